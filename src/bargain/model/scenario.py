"""The scenario: one negotiation as frozen records, exactly as the file says it and completed by defaults.

A `Scenario` holds facts only; what is done with it are functions elsewhere (`tabulate`, `solve`, the plots).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, field_validator, model_validator
from pydantic_core import PydanticCustomError

from bargain.model.chances import Chance
from bargain.model.coalitions import Coalitions
from bargain.model.conditions import Condition, Setting
from bargain.model.issues import Issue, Name
from bargain.model.payoff_table import PayoffTable
from bargain.model.quantity import Quantity, Record
from bargain.model.setups import AnySetup
from bargain.model.types import PlayerType
from bargain.model.utilities import PlayerUtilities

__all__ = [
    "CHOOSING",
    "CONCEPTS",
    "UNSUPPORTED",
    "Budget",
    "Consent",
    "Disagreement",
    "Expectation",
    "Forbid",
    "IfThen",
    "Player",
    "Prospect",
    "Rule",
    "Scenario",
    "Variant",
]

UNSUPPORTED = ("aftermath", "game", "tree")
"""Sections the format reserves; the reader knows them and says that they are not yet supported."""
CONCEPTS = (
    "nash",
    "asymmetric_nash",
    "kalai_smorodinsky",
    "egalitarian",
    "proportional",
    "leximin",
    "utilitarian",
    "relative_utilitarian",
    "equal_loss",
    "maschler_perles",
    "raiffa_discrete",
    "raiffa_continuous",
    "adjusted_winner",
    "shapley",
    "nucleolus",
    "core",
    "constrained_equal_awards",
    "constrained_equal_losses",
    "proportional_awards",
)
"""Names of the concepts that ``expect`` may name; a test holds it equal to the catalogue."""
CHOOSING = CONCEPTS[: CONCEPTS.index("maschler_perles")]
"""Those that choose from a list of single agreements, as a bloc does; a test asks the catalogue."""


class Player(Record):
    """Someone with preferences; with ``signs`` an agreement needs this player's consent."""

    title: str | None = None
    signs: bool = True
    power: Quantity = Quantity(value=1.0)
    patience: Quantity | None = None
    note: str | None = None
    source: str | None = None

    @field_validator("power")
    @classmethod
    def _power_positive(cls, power: Quantity) -> Quantity:
        if power.value <= 0:
            raise PydanticCustomError("power_positive", "power must be above 0")
        return power

    @field_validator("patience")
    @classmethod
    def _patience_a_factor(cls, patience: Quantity | None) -> Quantity | None:
        if patience is not None and not 0 <= patience.value <= 1:
            raise PydanticCustomError("patience_factor", "patience is a discount factor from 0 to 1")
        return patience


class Forbid(Record):
    """Agreements for which the condition holds are not possible."""

    forbid: Condition
    note: str | None = None
    source: str | None = None


class IfThen(Record):
    """Where ``if`` holds, ``then`` must hold."""

    if_: Condition = Field(alias="if")
    then: Condition
    note: str | None = None
    source: str | None = None


class Budget(Record):
    """A linear budget: the weighted sum of numbers (``line``) and shares (``assets.russia``) is at most ``at_most``."""

    at_most: Quantity
    sum: Annotated[dict[str, Quantity], Field(min_length=1)]
    note: str | None = None
    source: str | None = None


def _rule_kind(data: Any) -> str | None:
    keys = data if isinstance(data, dict) else getattr(data, "model_fields_set", ())
    for kind, marks in {"forbid": ("forbid",), "if": ("if", "if_", "then"), "at_most": ("at_most", "sum")}.items():
        if any(mark in keys for mark in marks):
            return kind
    return None


Rule = Annotated[
    Annotated[Forbid, Tag("forbid")] | Annotated[IfThen, Tag("if")] | Annotated[Budget, Tag("at_most")],
    Discriminator(
        _rule_kind,
        custom_error_type="rule_kind",
        custom_error_message="a rule is `forbid: …`, `if: …` with `then: …`, or `at_most: …` with `sum: …`",
    ),
]


class Prospect(Record):
    """One outcome of the disagreement lottery; ``chance: rest`` takes what the others leave."""

    chance: Chance
    agreement: dict[Name, Setting]
    title: str | None = None
    note: str | None = None
    source: str | None = None


class Disagreement(Record):
    """Without a deal: final ``payoffs``, a status-quo ``agreement`` or a ``lottery``, the latter two less ``costs``."""

    title: str | None = None
    note: str | None = None
    source: str | None = None
    payoffs: dict[Name, Quantity] | None = None
    agreement: dict[Name, Setting] | None = None
    lottery: Annotated[list[Prospect], Field(min_length=1)] | None = None
    costs: dict[Name, Quantity] | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Disagreement:
        given = [key for key in ("payoffs", "agreement", "lottery") if getattr(self, key) is not None]
        if len(given) != 1:
            found = " and ".join(given) or "none of them"
            raise PydanticCustomError(
                "disagreement_kind",
                "needs exactly one of payoffs, agreement, lottery, and has {found}",
                {"found": found},
            )
        if self.payoffs is not None and self.costs is not None:
            raise PydanticCustomError(
                "disagreement_costs",
                "payoffs are final, so costs cannot be added",
                {"hint": "subtract them from the payoffs"},
            )
        return self


class Consent(Record):
    """Who must agree: all signatories (``unanimity``), or a ``majority``, which protocols know and concepts do not.

    With a majority, ``votes`` are one each if left out, ``quota`` more than half of them, and nothing passes against a
    player with one of the ``vetoes``.
    """

    rule: Literal["unanimity", "majority"] = "unanimity"
    votes: dict[Name, Quantity] | None = None
    quota: Quantity | None = None
    vetoes: list[Name] | None = None


class Variant(Record):
    """A named change of the file: ``set`` maps knobs (dotted or nested) to what they become; ``null`` removes."""

    title: str | None = None
    note: str | None = None
    source: str | None = None
    set: dict[str, Any]


class Expectation(Record):
    """What the file expects of its own solution; `bargain check` and the tests try it.

    ``measure`` and ``value`` are for protocols: a number by which the equilibrium is told, of one ``player`` if it has
    one for each.
    """

    concept: str | None = None
    protocol: str | None = None
    variant: str | None = None
    regime: Literal["pure", "lotteries"] = "pure"
    status: Literal["agreement", "no_agreement", "uncertain", "not_applicable"] | None = None
    player: Name | None = None
    payoff: Quantity | None = None
    measure: str | None = None
    value: Quantity | None = None
    within: Quantity | None = None
    agreement: dict[Name, Setting] | None = None
    equilibria: Any = None
    note: str | None = None
    source: str | None = None


class Scenario(Record):
    """One negotiation. Obtained from `bargain.read`, which also checks that all names refer to something.

    Players, issues and options keep the order of the file; that order decides ties. A scenario has issues with
    utilities and a disagreement, or coalitions, or stylised protocols with numbers of their own, or several of these.
    With a table of ``agreements`` its rows are the options of the only issue, and its columns are the utilities.
    """

    bargain: Literal[1]
    title: str
    question: str | None = None
    as_of: str | None = None
    note: str | None = None
    sources: dict[Name, str] = Field(default_factory=dict)
    players: dict[Name, Player] = Field(min_length=1)
    issues: dict[Name, Issue] = Field(default_factory=dict, min_length=1)
    utilities: dict[Name, PlayerUtilities] = Field(default_factory=dict)
    rules: list[Rule] = Field(default_factory=list)
    red_lines: dict[Name, list[Condition]] = Field(default_factory=dict)
    agreements: PayoffTable | None = None
    disagreement: Disagreement | None = None
    coalitions: Coalitions | None = None
    consent: Consent = Consent()
    variants: dict[Name, Variant] = Field(default_factory=dict)
    expect: list[Expectation] = Field(default_factory=list)
    types: dict[Name, dict[Name, PlayerType]] = Field(default_factory=dict)
    protocols: dict[Name, AnySetup] = Field(default_factory=dict)
    aftermath: Any = None
    game: Any = None
    tree: Any = None

    @field_validator("types", "protocols", mode="before")
    @classmethod
    def _none_at_all(cls, section: Any) -> Any:
        """A variant or a child file removes a section by ``null``."""
        return {} if section is None else section

    @property
    def has_agreements(self) -> bool:
        """Whether there is something to agree on; a file may be about coalitions or stylised protocols alone."""
        return bool(self.issues)

    @property
    def signatories(self) -> tuple[str, ...]:
        """Names of the players whose consent an agreement needs, in file order."""
        return tuple(name for name, player in self.players.items() if player.signs)

    def title_of(self, player: str) -> str:
        """The title of a player, or its name."""
        return self.players[player].title or player
