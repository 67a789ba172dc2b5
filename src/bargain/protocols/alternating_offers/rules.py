"""The rules of alternating offers between two players, in plain numbers."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from math import isfinite

from bargain.errors import UsageError, unknown_name
from bargain.protocols.alternating_offers.terms import Point, Terms, pie
from bargain.protocols.checking import require_whole

__all__ = ["AlternatingOffers"]

Pair = tuple[float, float]


@dataclass(frozen=True, eq=False)
class AlternatingOffers:
    r"""Two players make offers in turn until one is accepted.

    In a round one proposes an agreement, the other accepts it or refuses; who is indifferent accepts, and who is
    indifferent between proposing something acceptable and waiting proposes. After a refusal the responder may take its
    outside option, which ends the talks (one who is indifferent stays, unless no equilibrium is left). Otherwise they
    break down with chance ``breakdown``; if they do not, a round
    passes, and the other proposes. With V the value of the next round, waiting is worth

    $$q\,b_i + (1 - q)\,[(1 - \delta_i)\,g_i + \delta_i V_i - c_i]$$

    Attributes
    ----------
    terms : what can be agreed on: `pie`, `Polyline`, `PowerPie`, `Points`.
    patience : discount factors of a round, from 0 to 1; 1 where time costs nothing or a fixed cost.
    players : their names.
    first : name of the player who proposes in round 1; the first player unless said otherwise.
    horizon : number of rounds, after which there is no deal; None for no end.
    breakdown : chance q that talks break down after a refusal.
    costs : fixed costs c of every further round, in units of payoff.
    disagreement : payoffs d if nothing is ever signed; gains over it are what patience discounts.
    broken : payoffs b after a breakdown; d unless said otherwise.
    inside : payoffs g, as a flow, while they disagree; d unless said otherwise.
    outside : payoffs w that a responder can leave with; None for a player who cannot leave, and who gets d if the
        other leaves.

    Raises
    ------
    UsageError
        naming what is wrong and what to write.

    >>> AlternatingOffers(patience=(0.9, 0.8), players=("ann", "bob"), first="bob").order
    (1, 0)
    """

    terms: Terms = field(default_factory=pie)
    patience: Pair = (1.0, 1.0)
    players: tuple[str, str] = ("one", "two")
    first: str | None = None
    horizon: int | None = None
    breakdown: float = 0.0
    costs: Pair = (0.0, 0.0)
    disagreement: Pair = (0.0, 0.0)
    broken: Pair | None = None
    inside: Pair | None = None
    outside: tuple[float | None, float | None] = (None, None)

    def __post_init__(self) -> None:
        if len(self.players) != 2 or self.players[0] == self.players[1]:
            raise UsageError("alternating offers are made by two players with different names")
        if self.first is not None and self.first not in self.players:
            raise unknown_name("player", self.first, self.players)
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, tuple) and one.name != "players":
                _check_pair(one.name, value, may_lack=one.name == "outside")
        if not all(0 <= delta <= 1 for delta in self.patience):
            raise UsageError(f"patience is between 0 and 1, not {self.patience}", hint="0.9 for 10 % lost in a round")
        if any(cost < 0 for cost in self.costs):
            raise UsageError(f"costs of a round are 0 or more, not {self.costs}")
        if not 0 <= self.breakdown <= 1:
            raise UsageError(f"breakdown is a chance between 0 and 1, not {self.breakdown}")
        if self.horizon is not None:
            require_whole("horizon", self.horizon)

    @property
    def order(self) -> tuple[int, int]:
        """Who proposes in odd rounds and who in even ones, as places in `players`."""
        return (1, 0) if self.first == self.players[1] else (0, 1)

    @property
    def after_breakdown(self) -> Point:
        """What a breakdown pays."""
        return self.disagreement if self.broken is None else self.broken

    @property
    def meanwhile(self) -> Point:
        """What they live on while they disagree."""
        return self.disagreement if self.inside is None else self.inside

    @property
    def after_leaving(self) -> Point:
        """What both get when one leaves with its outside option."""
        first, second = (d if w is None else w for w, d in zip(self.outside, self.disagreement, strict=True))
        return first, second


def _check_pair(name: str, values: tuple[float | None, ...], *, may_lack: bool) -> None:
    given = [value for value in values if value is not None or not may_lack]
    if len(values) != 2 or not all(isinstance(value, int | float) and isfinite(value) for value in given):
        raise UsageError(f"{name} are two finite numbers, one for each player, not {values}")
