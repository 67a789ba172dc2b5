"""``model: alternating_offers``."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from bargain.model.issues import Name
from bargain.model.quantity import Quantity
from bargain.model.setups.ranges import NotNegative, Part, Positive
from bargain.model.setups.setup import Setup

__all__ = ["AlternatingOffersSetup"]


class AlternatingOffersSetup(Setup):
    """Offers and counter-offers over the scenario's agreements, or over a ``pie`` with plain numbers.

    ``first`` (or ``order``) says who proposes in round 1, ``horizon`` how many rounds there are. After a refusal talks
    break down with chance ``breakdown``, which pays ``broken`` (disagreement, unless said otherwise); a further round
    costs ``costs``; a responder may leave for ``outside``; while they disagree they live on ``inside``. Shares of a
    ``pie`` are worth share ``** exponents``. ``regime: lotteries`` lets them agree on lotteries.

    Among more than two everybody has to agree, and ``order`` is the line in which they propose; with ``proposer:
    random`` one is drawn by chances of ``recognition`` (equal, unless given) every round. With an ``agenda`` two settle
    one issue after another in that order, ``paid`` together when all are settled, or each as it is.
    """

    names_players: ClassVar[tuple[str, ...]] = (
        "first",
        "order",
        "recognition",
        "costs",
        "broken",
        "outside",
        "inside",
        "exponents",
    )
    names_issues: ClassVar[tuple[str, ...]] = ("agenda",)

    model: Literal["alternating_offers"]
    first: Name | None = None
    order: list[Name] | None = None
    proposer: Literal["alternating", "random"] = "alternating"
    recognition: dict[Name, Part] | None = None
    horizon: Annotated[int, Field(ge=1)] | None = None
    breakdown: Part | None = None
    costs: dict[Name, NotNegative] | None = None
    broken: dict[Name, Quantity] | None = None
    outside: dict[Name, Quantity] | None = None
    inside: dict[Name, Quantity] | None = None
    pie: Positive | None = None
    exponents: dict[Name, Positive] | None = None
    regime: Literal["pure", "lotteries"] = "pure"
    agenda: Annotated[list[Name], Field(min_length=1)] | None = None
    paid: Literal["together", "as_settled"] = "together"
