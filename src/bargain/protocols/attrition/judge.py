"""The judge of wars of attrition: what giving in at any other time would pay, by quadrature of the plan alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.attrition.plan import Concession, ReputationPlan, WarPlan
from bargain.protocols.attrition.rules import Reputation, WarOfAttrition
from bargain.protocols.judging import TOLERANCE, Judgement, largest

__all__ = ["judge_reputation", "judge_war", "reputation_deviations", "war_deviations"]

Array = NDArray[np.float64]
PANELS = 64
"""So many stretches of time for each player; on each, a rule of order 16 leaves rounding only."""
ORDER = 16
LONG = 45.0
"""e^-45 is 3e-20: after so many mean times nothing that matters is left of a plan without an end."""
STARTS = 4
"""Moments from which the rest of the plan is judged as a plan of its own."""
LATEST = 0.9
"""The last of them, as a part of the time in which players give in."""
BESIDE = 1e-14
"""So far, as a part of the deadline, just before and just after a time is: a few roundings of it."""
NOTHING = 1e-18
"""A chance so small that it is rounding."""


@dataclass(frozen=True)
class _Stakes:
    """What one player gets, by the time since the start: the other gives in, it gives in itself, nobody ever does.

    ``size`` is what is at stake, ``last`` the time left until a deadline, ``pace`` the time in which what is got
    shrinks to nothing that matters.
    """

    size: float
    prize: Callable[[Array], Array]
    giving_in: Callable[[Array], Array]
    nobody: float
    last: float = math.inf
    pace: float = math.inf


Found = tuple[float, int, str, float]
"""A gain in units of what is at stake for its player, the deviations tried for it, what it is, and what is at stake."""


def judge_war(rules: WarOfAttrition, plan: WarPlan) -> Judgement:
    """The largest gain from giving in at another time, at the start or at any later moment, and what the plan claims.

    Payoffs of giving in at every time on a grid are integrals against the other's distribution, by Gauss-Legendre
    quadrature on 64 stretches per player; a claim that is wrong by some amount counts as a gain of that size.
    """
    found = [_distributions(plan.concessions)]
    if found[0][0] == 0:
        found += [*war_deviations(rules, plan), *_war_claims(rules, plan)]
    return _judgement(found)


def judge_reputation(rules: Reputation, plan: ReputationPlan) -> Judgement:
    """The largest gain of a rational player from giving in at another time, and what the plan claims.

    As for the war of attrition; besides, no more give in than are rational, and both reputations are 1 at ``plan.end``.
    """
    found = [_distributions(plan.concessions)]
    if found[0][0] == 0:
        found += [*reputation_deviations(rules, plan), *_reputation_claims(rules, plan)]
    return _judgement(found)


def war_deviations(rules: WarOfAttrition, plan: WarPlan) -> Iterator[Found]:
    """The best deviation of each player from each of a few moments on."""
    turns = _turns(rules, plan.concessions)
    for start in sorted({*_starts(plan.concessions, rules.deadline), *turns}):
        for i in (0, 1):
            stakes = _war_stakes(rules, i, rules.deadline - start)
            found = _deviation(rules.players[i], plan.concessions, i, start, stakes, some_never=True)
            yield max(found[0] - turns.get(start, 0.0) * rules.costs[i] / stakes.size, 0.0), *found[1:]


def reputation_deviations(rules: Reputation, plan: ReputationPlan) -> Iterator[Found]:
    """The best deviation of each player, being rational, from each of a few moments on."""
    for start in _starts(plan.concessions, math.inf):
        for i in (0, 1):
            left = _left_at(plan.concessions[i], math.inf)
            never = left > rules.stubborn[i] * (1.0 + TOLERANCE)  # rational ones among them
            yield _deviation(rules.players[i], plan.concessions, i, start, _shares(rules, i), some_never=never)


def _judgement(found: list[Found]) -> Judgement:
    """The largest of what was found, beside what is at stake for its player."""
    gain, _, where, scale = largest(found, lambda entry: entry[0])
    return Judgement(gain * scale, scale, checked=sum(entry[1] for entry in found), where=where)


def _distributions(plans: tuple[Concession, Concession]) -> Found:
    """Nothing if both are distributions over time, else an infinite fault."""
    for plan in plans:
        if not (0 <= plan.holds <= 1 and plan.rate >= 0 and plan.until >= 0):
            return math.inf, 1, f"not a distribution over time: {plan}", 1.0
    return 0.0, 1, "", 1.0


def _left_at(plan: Concession, time: float) -> float:
    """The chance of not having given in by a time after 0."""
    spell = min(time, plan.until)
    return 0.0 if math.isinf(plan.rate) and spell > 0 else plan.holds * math.exp(-plan.rate * spell)


def _starts(plans: tuple[Concession, Concession], deadline: float) -> list[float]:
    """Moments from which the plan is judged: 0, and later ones while somebody may still give in or wait."""
    spans = [min(plan.until, LONG / plan.rate if plan.rate > 0 else math.inf) for plan in plans]
    ends = [span for span in spans if math.isfinite(span) and span > 0] or [1.0]
    inside = [LATEST * end * k / STARTS for end in ends for k in range(1, STARTS + 1)]
    late = [deadline * k / STARTS for k in range(1, STARTS)] if math.isfinite(deadline) else []
    return sorted({0.0, *inside, *late})


def _turns(rules: WarOfAttrition, plans: tuple[Concession, Concession]) -> dict[float, float]:
    """Moments just before and after a player changes what it does by the plan, or should (at D - s / c, D a deadline).

    Only there does what giving in and waiting pay change its course; a time that is off by little shows nowhere else.
    Beside each moment stands how long the rounding of times may take there.
    """
    turns = [plan.until for plan in plans if math.isfinite(plan.until)]
    if math.isfinite(rules.deadline):
        waits = [settlement / cost for settlement, cost in zip(rules.settlement, rules.costs, strict=True)]
        turns += [0.0, *(rules.deadline - wait for wait in waits), rules.deadline]
    hair = BESIDE * max((abs(turn) for turn in turns), default=0.0)
    beside = [turn + way * hair for turn in turns for way in (-1.0, 1.0)]
    return {time: 4.0 * hair for time in beside if 0 < time < rules.deadline}


def _war_stakes(rules: WarOfAttrition, i: int, left: float) -> _Stakes:
    """What is at stake for a player of a war of attrition; what has been spent is gone."""
    prize, cost = rules.prizes[i], rules.costs[i]
    nobody = rules.settlement[i] - cost * left if math.isfinite(left) else -math.inf
    return _Stakes(prize, lambda t: prize - cost * t, lambda t: -cost * t, nobody, left)


def _shares(rules: Reputation, i: int) -> _Stakes:
    """What is at stake for a rational player with a demand, discounted to the start."""
    own, left, rate = rules.demands[i], rules.left[i], rules.rates[i]
    return _Stakes(own, lambda t: own * np.exp(-rate * t), lambda t: left * np.exp(-rate * t), 0.0, pace=LONG / rate)


@dataclass(frozen=True)
class _Rest:
    """What is left of a plan from a start on: an atom at once, a rate until the end; ``span`` is what matters of it."""

    holds: float
    rate: float
    end: float

    @property
    def span(self) -> float:
        """The time in which the player gives in, cut off where nothing that matters is left."""
        return min(self.end, LONG / self.rate) if self.rate > 0 else 0.0

    def staying(self, times: Array) -> Array:
        """The chance of not having given in by a time, the atom at once being over."""
        if self.rate == 0:
            return np.full_like(times, self.holds)
        return np.asarray(self.holds * np.exp(-self.rate * np.minimum(times, self.end)))

    def density(self, times: Array) -> Array:
        """The density of giving in after time 0."""
        return np.asarray(np.where(times < self.end, self.rate * self.staying(times), 0.0))


def _rest(plan: Concession, start: float) -> _Rest:
    """A plan given that nobody gave in before a start, as a plan of its own."""
    if math.isinf(plan.rate):
        return _Rest(0.0 if start < plan.until else 1.0, 0.0, 0.0)
    going = plan.rate > 0 and start < plan.until
    return _Rest(plan.holds if start == 0 else 1.0, plan.rate if going else 0.0, plan.until - start if going else 0.0)


def _grid(own: _Rest, other: _Rest, last: float, pace: float = math.inf) -> Array:
    """Times from the start on, with the ends of both spans among them and something after them."""
    spans = [min(rest.span, last) for rest in (own, other) if rest.span > 0] or [min(last, 1.0)]
    longest = max(spans)
    stretches = [np.linspace(0.0, span, PANELS + 1) for span in (*spans, min(pace, longest))]
    after = np.linspace(longest, min(2.0 * longest, last), PANELS // 8)
    times = np.unique(np.concatenate([*stretches, after]))
    return np.asarray(times[times <= last])


@cache
def _rule() -> tuple[Array, Array]:
    """Gauss-Legendre on [-1, 1]."""
    return np.polynomial.legendre.leggauss(ORDER)


def _nodes(times: Array) -> tuple[Array, Array]:
    """Nodes and weights of quadrature on every stretch between the times."""
    nodes, weights = _rule()
    half = np.diff(times)[:, None] / 2
    return times[:-1, None] + half * (1.0 + nodes), half * weights


@dataclass(frozen=True, eq=False)
class _Choices:
    """What giving in pays at each of the ``times`` (the first: just after the start), at the start itself, or never."""

    times: Array
    by_time: Array
    now: float
    never: float


def _choices(own: _Rest, other: _Rest, stakes: _Stakes) -> _Choices:
    """Integrals against the other's distribution, from stretch to stretch of time."""
    times = _grid(own, other, stakes.last, stakes.pace)
    x, w = _nodes(times)
    zero = np.zeros(1)
    at_once = (1.0 - other.holds) * float(stakes.prize(zero)[0])
    won = np.concatenate([zero, np.cumsum((w * stakes.prize(x) * other.density(x)).sum(axis=1))])
    tie = (1.0 - other.holds) * float(stakes.prize(zero)[0] + stakes.giving_in(zero)[0]) / 2
    stuck = float(other.staying(times[-1:])[0])
    return _Choices(
        times=times,
        by_time=at_once + won + other.staying(times) * stakes.giving_in(times),
        now=tie + other.holds * float(stakes.giving_in(zero)[0]),
        never=at_once + float(won[-1]) + (stuck * stakes.nobody if stuck > NOTHING else 0.0),
    )


def _deviation(
    name: str, plans: tuple[Concession, Concession], i: int, start: float, stakes: _Stakes, *, some_never: bool
) -> Found:
    """What a player could gain by the best time to give in, over the worst at which it may give in by the plan.

    ``some_never``: whoever has not given in by the end of the plan, and is rational, never does.
    """
    own, other = _rest(plans[i], start), _rest(plans[1 - i], start)
    found = _choices(own, other, stakes)
    before = found.times < stakes.last
    mixing = before & (found.times <= own.end) if own.rate > 0 else np.zeros_like(before)
    holding_out = some_never and float(own.staying(found.times[-1:])[0]) > NOTHING
    planned = [*found.by_time[mixing], *([found.now] if own.holds < 1 else []), *([found.never] if holding_out else [])]
    if not planned:  # nobody rational is left
        return 0.0, 0, "", stakes.size
    options = np.concatenate([[found.now, found.never], found.by_time[before]])
    best = int(np.argmax(options))
    what = {0: "gives in at once", 1: "never gives in"}.get(best, f"gives in {found.times[max(best - 2, 0)]:.6g} later")
    gain = (float(options[best]) - float(min(planned))) / stakes.size
    return gain, len(options), f"{name} at time {start:.6g} {what}", stakes.size


def _value(plans: tuple[Concession, Concession], i: int, stakes: _Stakes, rational: float) -> float:
    """What the plan pays a player who is rational with a chance; only rational ones give in."""
    own, other = _rest(plans[i], 0.0), _rest(plans[1 - i], 0.0)
    found = _choices(own, other, stakes)
    x, w = _nodes(found.times)
    staying = float(own.staying(found.times[-1:])[0])
    at_once = (1.0 - other.holds) * float(stakes.prize(np.zeros(1))[0])
    paid = (1.0 - own.holds) * found.now + at_once * (own.holds - staying)
    paid += float((w * stakes.prize(x) * other.density(x) * (own.staying(x) - staying)).sum())
    paid += float((w * own.density(x) * other.staying(x) * stakes.giving_in(x)).sum())
    left = rational - (1.0 - staying)  # rational, and never gives in
    return (paid + (left * found.never if left > NOTHING else 0.0)) / rational


def _mixing(plans: tuple[Concession, Concession]) -> tuple[list[float], float, float]:
    """The chances that each gives in first, the mean time of it (times the chance), and the chance of neither."""
    first, second = _rest(plans[0], 0.0), _rest(plans[1], 0.0)
    x, w = _nodes(_grid(first, second, math.inf))
    earlier = w * first.density(x) * second.staying(x), w * second.density(x) * first.staying(x)
    chances = [
        (1.0 - own.holds) * (1.0 + other.holds) / 2 + float(part.sum())
        for own, other, part in ((first, second, earlier[0]), (second, first, earlier[1]))
    ]
    far = np.array([max(first.span, second.span)])
    return chances, float(((earlier[0] + earlier[1]) * x).sum()), float(first.staying(far)[0] * second.staying(far)[0])


def _claim(what: str, claimed: float, found: float, size: float = 1.0) -> Found:
    """A wrong claim as a gain: its error in units of ``size``."""
    error = abs(claimed - found) / size
    return (error if math.isfinite(error) else math.inf), 1, f"claimed {what}: {claimed:.9g}, found {found:.9g}", size


def _war_claims(rules: WarOfAttrition, plan: WarPlan) -> Iterator[Found]:
    """What the plan says about payoffs, prizes and length, recomputed."""
    yields, mean, stuck = _mixing(plan.concessions)
    for i, name in enumerate(rules.players):
        value = _value(plan.concessions, i, _war_stakes(rules, i, rules.deadline), 1.0)
        yield _claim(f"payoff of {name}", plan.payoffs[i], value, rules.prizes[i])
        yield _claim(f"chance of the prize of {name}", plan.prize_chances[i], yields[1 - i])
    settled = stuck if math.isfinite(rules.deadline) else 0.0
    length = mean + (settled * rules.deadline if settled > 0 else 0.0)
    yield _claim("chance of a settlement", plan.settled, settled)
    yield _claim("mean length", plan.length, length, length or 1.0)


def _reputation_claims(rules: Reputation, plan: ReputationPlan) -> Iterator[Found]:
    """What the plan says about payoffs, who gives in, length and reputations, recomputed."""
    yields, mean, stuck = _mixing(plan.concessions)
    for i, name in enumerate(rules.players):
        value = _value(plan.concessions, i, _shares(rules, i), 1.0 - rules.stubborn[i])
        yield _claim(f"payoff of {name}", plan.payoffs[i], value, rules.demands[i])
        yield _claim(f"chance that {name} gives in", plan.yields[i], yields[i])
        left = _left_at(plan.concessions[i], plan.end)
        yield _claim(f"reputation of {name} at the end", 1.0, rules.stubborn[i] / left if left > 0 else math.inf)
        yield _claim(f"end of giving in of {name}", plan.end, plan.concessions[i].until, plan.end)
    yield _claim("chance of conflict without end", plan.conflict, stuck)
    length = mean / (1.0 - stuck)
    yield _claim("mean length", plan.length, length, length or 1.0)
