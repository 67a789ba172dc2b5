"""How a player haggles: small records of plain numbers. What they do stands in `asking/`, one file for each."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import ClassVar, Literal

from bargain.errors import UsageError

__all__ = ["EquilibriumPlay", "Hardheaded", "RandomAsks", "Strategy", "TimeDependent", "TitForTat", "Zeuthen"]

FARATIN = (
    "Faratin, Sierra & Jennings (1998), Negotiation decision functions for autonomous agents, "
    "Robotics and Autonomous Systems 24(3-4), 159-182"
)


@dataclass(frozen=True)
class TimeDependent:
    r"""Concede as time goes by: $target = min + (1 - F(t))(max - min)$, $F(t) = k + (1 - k)(t/T)^{1/\beta}$.

    ``beta`` below 1 holds out and gives in late (boulware), 1 is linear, above 1 gives in early (conceder); ``start``
    is k, the part of the way that is conceded at once. min is disagreement, max the best rational payoff.

    >>> TimeDependent(0.2).label, TimeDependent(1).label, TimeDependent(4).label
    ('boulware 0.2', 'linear', 'conceder 4')
    """

    beta: float
    start: float = 0.0

    rule_of_thumb: ClassVar[bool] = True
    source: ClassVar[str] = FARATIN

    def __post_init__(self) -> None:
        if not (isfinite(self.beta) and self.beta > 0):
            raise UsageError(
                f"beta is {self.beta}", hint="write a number above 0; below 1 is boulware, above 1 conceder"
            )
        if not 0 <= self.start <= 1:
            raise UsageError(f"start is {self.start}", hint="write what is conceded at once, from 0 to 1")

    @property
    def label(self) -> str:
        """The name that the literature has for it."""
        kind = "linear" if self.beta == 1 else f"{'boulware' if self.beta < 1 else 'conceder'} {self.beta:g}"
        return f"{kind} from {self.start:g}" if self.start else kind


@dataclass(frozen=True)
class TitForTat:
    r"""Give what is given: $g_t = g_{t-2} - (y_{new} - y_{old})$, or as ratios $g_t = g_{t-2}\,y_{old}/y_{new}$.

    g is the gain one asks for, y the gain that the others' offers would bring. ``absolute`` imitates the step that was
    made ``lag`` offers ago in units of payoff (and gives up to ``noise`` more, drawn anew each time), ``relative`` the
    same step as a ratio, ``averaged`` the ratio over the last ``lag`` steps.
    """

    kind: Literal["absolute", "relative", "averaged"] = "absolute"
    lag: int = 1
    noise: float = 0.0

    rule_of_thumb: ClassVar[bool] = True
    source: ClassVar[str] = FARATIN

    def __post_init__(self) -> None:
        if self.kind not in ("absolute", "relative", "averaged"):
            raise UsageError(f"tit-for-tat of kind '{self.kind}'", hint="write absolute, relative or averaged")
        if self.lag < 1:
            raise UsageError(f"lag is {self.lag}", hint="write a whole number from 1 on")
        if not (isfinite(self.noise) and self.noise >= 0):
            raise UsageError(f"noise is {self.noise}", hint="write how much more is given at most, in payoffs")
        if self.noise and self.kind != "absolute":
            raise UsageError("only absolute tit-for-tat has noise", hint="leave noise out, or write kind: absolute")

    @property
    def label(self) -> str:
        """The kind, and what differs from the simplest."""
        lag = f" over {self.lag}" if self.kind == "averaged" else f" lag {self.lag}"
        noise = f" noise {self.noise:g}" if self.noise else ""
        return f"tit for tat, {self.kind}{lag if self.lag > 1 else ''}{noise}"


@dataclass(frozen=True)
class Hardheaded:
    """Ask for one's best up to the deadline; with no turn left, take whatever is no worse than disagreement."""

    label: ClassVar[str] = "hardheaded"
    rule_of_thumb: ClassVar[bool] = True
    source: ClassVar[str] = f"the limit of beta to 0 in {FARATIN}"


@dataclass(frozen=True)
class RandomAsks:
    """Ask for any rational point, each with the same chance; accept what is no worse than the next draw."""

    label: ClassVar[str] = "random"
    rule_of_thumb: ClassVar[bool] = True
    source: ClassVar[str] = "a yardstick without reasoning, cf. Gode & Sunder (1993), J. Political Economy 101, 119-137"


@dataclass(frozen=True)
class EquilibriumPlay:
    """Backward induction: ask for the best that everybody would accept, accept what is no worse than waiting.

    It reckons that everybody plays like this. Then it is the subgame-perfect equilibrium of the finite game in which
    a player who is indifferent accepts, and a proposer who is indifferent to delay does not wait.
    """

    label: ClassVar[str] = "equilibrium"
    rule_of_thumb: ClassVar[bool] = False
    source: ClassVar[str] = "Ståhl (1972), Bargaining Theory, Stockholm School of Economics"


@dataclass(frozen=True)
class Zeuthen:
    r"""Whoever can less afford a conflict concedes just enough: risk limits $(g_i(a) - g_i(b))/g_i(a)$, two players.

    a is one's own last ask, b the other's; the player whose turn it is concedes at equal risk. The smaller risk is that
    of the smaller product of gains, so that talks between two such players end at the Nash point, if the deadline
    leaves them time.
    """

    label: ClassVar[str] = "zeuthen"
    rule_of_thumb: ClassVar[bool] = True
    source: ClassVar[str] = "Zeuthen (1930), Problems of Monopoly; Harsanyi (1956), Econometrica 24, 144-157"


Strategy = TimeDependent | TitForTat | Hardheaded | RandomAsks | EquilibriumPlay | Zeuthen
