"""What rational players ask for, being able to pass for stubborn (Abreu & Gul 2000)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bargain.protocols.attrition.plan import ChoicePlan, ReputationPlan
from bargain.protocols.attrition.reputation import solve_reputation
from bargain.protocols.attrition.rules import DemandChoice, Reputation

__all__ = ["solve_choice"]

PRECISION = 1e-15
"""Of roots, relative to their bracket; four of these are the least that the search takes."""
TINY = 1e-300
"""Added to a tolerance that must not be 0."""
MOST = 700.0
"""The largest exponent that a float holds."""


def solve_choice(rules: DemandChoice) -> ChoicePlan:
    r"""Both mix over demands until each that is made does equally well.

    The more often a rational player asks for a share, the less its asking is taken for stubbornness, and the less it
    brings. After demand $\alpha$, with a reputation of z, the second gets $1-\alpha$ by agreeing, and by asking for
    $\beta$ in addition $(\alpha+\beta-1)\,[1 - z\,\zeta^{-e}]$, where $\zeta$ is its own reputation then and
    $e = r_2(1-\alpha)/(r_1(1-\beta))$; so the level at which its chances sum to 1 is one root. What the first gets by
    $\alpha$ falls as it asks for it more often: a higher z makes the second agree more, or ask for less. So the level
    of the first is one root as well. Up to ten demands a side take a fraction of a second.

    Source: Abreu & Gul (2000), Econometrica 68, 85-117; that the first's payoff rises in z own derivation.

    >>> even = ((0.5, 0.6, 0.7, 0.8), (0.5, 0.6, 0.7, 0.8))
    >>> plan = solve_choice(DemandChoice(demands=even, stubborn=((1e-9,) * 4, (1e-9,) * 4), rates=(1, 1)))
    >>> [round(payoff, 2) for payoff in plan.payoffs]   # nearly the half that patience gives to each
    [0.5, 0.5]
    """
    sides = [_Opening(rules, j) for j in range(len(rules.demands[0]))]
    low, high = max(side.paid(side.widest) for side in sides), max(side.paid(0.0) for side in sides)
    asks = _mixed(lambda w: [side.chance_at(w) for side in sides], low, high)
    answers = [side.answer(side.doubt(chance)) for side, chance in zip(sides, asks, strict=True)]
    reached = [s + rules.rational(0) * chance for s, chance in zip(rules.stubborn[0], asks, strict=True)]
    first = max(side.paid(side.doubt(chance)) for side, chance in zip(sides, asks, strict=True))
    second = math.fsum(p * (1.0 - side.demand + a.extra) for p, side, a in zip(reached, sides, answers, strict=True))
    return ChoicePlan(
        asks=asks,
        agrees=tuple(answer.agrees for answer in answers),
        replies=tuple(answer.replies for answer in answers),
        contests=tuple(_contests(rules, j, asks[j], answer.replies) for j, answer in enumerate(answers)),
        payoffs=(first, second),
    )


@dataclass(frozen=True)
class _Answer:
    """What the rational second does after a demand: replies, agreeing, and what that brings beyond what is left."""

    replies: tuple[float, ...]
    agrees: float
    extra: float


class _Opening:
    """One demand of the first, with all that depends on its ``doubt``, -ln of its reputation for being stubborn."""

    def __init__(self, rules: DemandChoice, j: int) -> None:
        self.rules, self.demand, self.stubborn = rules, rules.demands[0][j], rules.stubborn[0][j]
        self.excess = [
            0.0 if rules.fit(j, k) else self.demand + other - 1.0 for k, other in enumerate(rules.demands[1])
        ]
        patience = rules.rates[1] * (1.0 - self.demand) / rules.rates[0]
        self.powers = [patience / (1.0 - other) for other in rules.demands[1]]
        self.widest = self.doubt(1.0)

    def doubt(self, chance: float) -> float:
        """-ln of the reputation if rational players make the demand with a chance."""
        return math.log1p(self.rules.rational(0) * chance / self.stubborn)

    def chance_at(self, level: float) -> float:
        """How often the demand can be made and still pay a level; 0 if it never does, 1 if it always does."""
        if self.paid(self.widest) >= level:
            return 1.0
        if self.paid(0.0) <= level:
            return 0.0
        doubt = _root(lambda x: self.paid(x) - level, 0.0, self.widest)
        return self.stubborn / self.rules.rational(0) * math.expm1(doubt)

    def reply(self, k: int, top: float, slack: float, doubt: float) -> float:
        """How often the second can reply with its demand k and get ``top - slack`` beyond what is left to it.

        The level comes in two parts because it may be closer to ``top`` than a float can tell.
        """
        room = self.excess[k] - top + slack
        if self.excess[k] <= 0 or room <= 0:
            return 0.0
        exponent = (doubt + math.log(room / self.excess[k])) / self.powers[k]
        share = self.rules.stubborn[1][k] / self.rules.rational(1)
        return share * math.expm1(min(exponent, MOST)) if exponent > 0 else 0.0

    def replies(self, top: float, slack: float, doubt: float) -> tuple[float, ...]:
        """How often the second can make each of its replies at a level."""
        return tuple(self.reply(k, top, slack, doubt) for k in range(len(self.excess)))

    def answer(self, doubt: float) -> _Answer:
        """What the second does: at the level 0 some agree, at a higher one none do."""
        at_nothing = self.replies(0.0, 0.0, doubt)
        if math.fsum(at_nothing) <= 1.0:
            return _Answer(at_nothing, 1.0 - math.fsum(at_nothing), 0.0)
        tops = sorted({excess for excess in self.excess if excess > 0})
        top = next(excess for excess in tops if math.fsum(self.replies(excess, 0.0, doubt)) < 1.0)
        below = max((excess for excess in tops if excess < top), default=0.0)
        widest = math.log(top - below)
        ends = (min(math.log(top) - doubt, widest) - 1.0, widest)  # at the lower end no reply at the top is left
        made = _mixed(lambda x: self.replies(top, math.exp(-x), doubt), -ends[1], -ends[0])
        return _Answer(made, 0.0, self.extra(made, doubt))

    def extra(self, made: tuple[float, ...], doubt: float) -> float:
        """What the second gets, beyond what is left to it, by the replies that it makes."""
        gained = 0.0
        for k, chance in enumerate(made):
            name = self.rules.stubborn[1][k] / (self.rules.stubborn[1][k] + self.rules.rational(1) * chance)
            gained += chance * self.excess[k] * max(0.0, -math.expm1(-doubt - self.powers[k] * math.log(name)))
        return gained

    def paid(self, doubt: float) -> float:
        """What the rational first gets by the demand: all of it from whoever agrees, else what is left to it."""
        answer, rational = self.answer(doubt), self.rules.rational(1)
        total = rational * answer.agrees * self.demand
        for k, (excess, stubborn) in enumerate(zip(self.excess, self.rules.stubborn[1], strict=True)):
            left = self.demand if excess <= 0 else 1.0 - self.rules.demands[1][k]
            total += (stubborn + rational * answer.replies[k]) * left
        return total


def _contests(
    rules: DemandChoice, j: int, asked: float, replies: tuple[float, ...]
) -> tuple[ReputationPlan | None, ...]:
    """What follows each reply to a demand."""
    found: list[ReputationPlan | None] = []
    for k, (other, reply) in enumerate(zip(rules.demands[1], replies, strict=True)):
        if rules.fit(j, k) or reply == 0 or asked == 0:
            found.append(None)
            continue
        names = (rules.stubborn[0][j], rules.stubborn[1][k])
        wide = (names[0] + rules.rational(0) * asked, names[1] + rules.rational(1) * reply)
        pair = (names[0] / wide[0], names[1] / wide[1])
        found.append(solve_reputation(Reputation((rules.demands[0][j], other), pair, rules.rates)))
    return tuple(found)


def _root(gap: Callable[[float], float], low: float, high: float) -> float:
    """Where a gap changes its sign between two ends; the end closer to it, if it does not."""
    from scipy.optimize import brentq

    at_low, at_high = gap(low), gap(high)
    if at_low == 0 or at_low * at_high > 0:
        return low if abs(at_low) <= abs(at_high) else high
    return float(brentq(gap, low, high, xtol=PRECISION * abs(high - low) + TINY, rtol=4 * PRECISION))


def _mixed(chances: Callable[[float], Sequence[float]], low: float, high: float) -> tuple[float, ...]:
    """Chances that sum to 1, where they fall with a level and sum to 1 or more at the lower end.

    Between two levels that can hardly be told apart, one with a sum of 1 or more and one with less, every chance may be
    anything between its two values: what pays the same at many chances leaves a gap there.
    """
    level, step = _root(lambda w: math.fsum(chances(w)) - 1.0, low, high), PRECISION * max(abs(low), abs(high))
    below = above = level
    while math.fsum(most := chances(below)) < 1.0 and below > low:
        below, step = max(low, below - step), 2.0 * step
    while math.fsum(least := chances(above)) > 1.0 and above <= high:
        above, step = above + step, 2.0 * step
    width = math.fsum(most) - math.fsum(least)
    part = min(max((1.0 - math.fsum(least)) / width, 0.0), 1.0) if width > 0 else 0.0
    found = [few + part * (many - few) for few, many in zip(least, most, strict=True)]
    return tuple(chance / math.fsum(found) for chance in found)
