"""How one player haggles, as a file writes it: a word, or a word with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator
from pydantic_core import PydanticCustomError

from bargain.model.quantity import Quantity, Record

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema

__all__ = ["Haggling"]

Word = Literal["boulware", "linear", "conceder", "tit_for_tat", "hardheaded", "random", "equilibrium", "zeuthen"]
KINDS = ("play", "boulware", "conceder", "tit_for_tat")
EXAMPLE = "write a word such as `linear`, or e.g. `{boulware: 0.2}` or `{tit_for_tat: relative}`"


class Haggling(Record):
    """``linear``, or any other word; ``{boulware: 0.2}`` and ``{conceder: 5}`` with beta, ``{tit_for_tat: relative}``.

    ``start`` is conceded at once by who concedes with time; ``lag`` and ``noise`` are of tit-for-tat.
    """

    play: Word | None = None
    boulware: Quantity | None = None
    conceder: Quantity | None = None
    tit_for_tat: Literal["absolute", "relative", "averaged"] | None = None
    start: Quantity | None = None
    lag: int | None = Field(default=None, ge=1)
    noise: Quantity | None = None

    @model_validator(mode="before")
    @classmethod
    def _a_word(cls, data: Any) -> Any:
        return {"play": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _one_way(self) -> Haggling:
        if sum(getattr(self, kind) is not None for kind in KINDS) != 1:
            raise PydanticCustomError("haggling_kind", "a strategy is one word or one key", {"hint": EXAMPLE})
        self._in_range()
        paced = self.tempo is not None
        imitates = self.tit_for_tat is not None or self.play == "tit_for_tat"
        for key, fits in (("start", paced), ("lag", imitates), ("noise", imitates)):
            if getattr(self, key) is not None and not fits:
                raise PydanticCustomError("haggling_key", "`{key}` means nothing for this strategy", {"key": key})
        return self

    def _in_range(self) -> None:
        if self.boulware is not None and not 0 < self.boulware.value < 1:
            raise PydanticCustomError("boulware", "a boulware has a beta above 0 and below 1")
        if self.conceder is not None and self.conceder.value <= 1:
            raise PydanticCustomError("conceder", "a conceder has a beta above 1")
        if self.start is not None and not 0 <= self.start.value <= 1:
            raise PydanticCustomError("haggling_start", "what is conceded at once is a part from 0 to 1")
        if self.noise is not None and (self.noise.value < 0 or self.tit_for_tat in ("relative", "averaged")):
            raise PydanticCustomError("haggling_noise", "noise is not negative, and of absolute tit-for-tat only")

    @property
    def tempo(self) -> float | None:
        """Beta, for who concedes with time: 0.2 for a plain boulware, 5 for a plain conceder."""
        given = self.boulware or self.conceder
        return (
            given.value if given is not None else {"boulware": 0.2, "linear": 1.0, "conceder": 5.0}.get(self.play or "")
        )

    @model_serializer(mode="wrap")
    def _word_when_possible(self, handler: SerializerFunctionWrapHandler) -> Any:
        told = {key: entry for key, entry in handler(self).items() if entry is not None}
        return self.play if told.keys() == {"play"} else told

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """For editors: a word or a map."""
        told = handler(schema)
        inner = handler.resolve_ref_schema(told)
        as_map = dict(inner)
        about = as_map.pop("description", "")
        inner.clear()
        words = list(Word.__args__)  # type: ignore[attr-defined]
        inner.update({"description": about, "anyOf": [{"enum": words}, as_map]})
        return told
