"""The war of attrition between players who know each other's prizes and costs (Hendricks, Weiss & Wilson 1988)."""

from __future__ import annotations

import math
from dataclasses import replace

from bargain.errors import NotApplicable
from bargain.protocols.attrition.plan import Concession, WarPlan
from bargain.protocols.attrition.rules import WarOfAttrition

__all__ = ["equilibria", "may_yield", "solve_war"]

EQUAL_STAYING = 1e-12
"""Waits that a settlement is worth are equal within this part of them, and the deadline is one: they are divided."""


def solve_war(rules: WarOfAttrition) -> WarPlan:
    r"""The equilibrium that ``rules.atoms`` chooses, in closed form.

    Each gives in at a rate that keeps the other indifferent, $\lambda_i = c_j / v_j$: waiting $dt$ costs $c_j\,dt$ and
    brings the prize with chance $\lambda_i\,dt$. With an atom $q_i$ at time 0 the other is paid $q_i v_j$, i nothing.
    With q the atom of either, the mean length is $(1-q)/(\lambda_1+\lambda_2)$, and j gets the prize with chance
    $q_i + (1-q)\lambda_i/(\lambda_1+\lambda_2)$.

    With a deadline D and settlements s, player i rather waits for it from $D - s_i/c_i$ on. The one who would wait
    longer is given in to at once, the unique subgame-perfect outcome; if neither wants to give in even at time 0,
    both hold out; if the two times are the same, both mix as above until then, and the rest hold out. With D just
    $s_i/c_i$, i is indifferent at time 0 and may give in then with any chance: without atoms it holds out.

    Raises `NotApplicable` if atoms are asked for of a player who does not give in at time 0 in any equilibrium.
    Source: Hendricks, Weiss & Wilson (1988), International Economic Review 29, 663-680; with a deadline own derivation
    by backward induction.

    >>> plan = solve_war(WarOfAttrition(prizes=(10, 5), costs=(1, 1)))
    >>> [round(concession.rate, 3) for concession in plan.concessions], round(plan.length, 4)
    ([0.2, 0.1], 3.3333)
    >>> [round(chance, 4) for chance in plan.prize_chances]   # the low prize is more often taken
    [0.3333, 0.6667]
    """
    if math.isinf(rules.deadline):
        return _mixed(rules, math.inf)
    waits = _waits(rules)
    able = may_yield(rules)
    for i, name in enumerate(rules.players):
        if rules.atoms[i] > 0 and not able[i]:
            raise NotApplicable(
                f"the deadline decides what {name} does at time 0: no chance of giving in can be chosen"
            )
    if rules.deadline <= min(waits) or _equal(rules.deadline, min(waits)):
        return _both_hold_out(rules, unique=not any(able))
    if _equal(*waits):
        return _mixed(rules, rules.deadline - sum(waits) / 2)
    return _weaker_gives_in(rules, 0 if waits[0] < waits[1] else 1)


def may_yield(rules: WarOfAttrition) -> tuple[bool, bool]:
    """Whether there are equilibria in which each gives in at time 0 with any chance from 0 to 1, as it likes.

    >>> may_yield(WarOfAttrition((10, 10), (1, 1), deadline=4, settlement=(4, 6)))  # waiting pays 4 - 4, and 6 - 4
    (True, False)
    """
    if math.isinf(rules.deadline):
        return True, True
    waits = _waits(rules)
    if rules.deadline > min(waits) and _equal(*waits):
        return True, True
    near = rules.deadline <= min(waits) or _equal(rules.deadline, min(waits))
    first, second = (near and _equal(rules.deadline, wait) for wait in waits)
    return first, second


def equilibria(rules: WarOfAttrition) -> tuple[WarPlan, ...]:
    """The members of the family worth naming: no atom, and each player who may giving in at once for certain.

    Every atom in between, of one player, is an equilibrium as well. Where backward induction from a deadline leaves
    one, it stands alone.

    >>> [plan.payoffs for plan in equilibria(WarOfAttrition(prizes=(10, 5), costs=(1, 1)))]
    [(0.0, 0.0), (0.0, 5.0), (10.0, 0.0)]
    """
    ends = [atoms for atoms, able in zip(((1.0, 0.0), (0.0, 1.0)), may_yield(rules), strict=True) if able]
    return tuple(solve_war(replace(rules, atoms=atoms)) for atoms in ((0.0, 0.0), *ends))


def _waits(rules: WarOfAttrition) -> tuple[float, float]:
    """How long each would wait for its settlement rather than give in: s / c."""
    (s_first, s_second), (c_first, c_second) = rules.settlement, rules.costs
    return s_first / c_first, s_second / c_second


def _equal(time: float, other: float) -> bool:
    return abs(time - other) <= EQUAL_STAYING * max(time, other)


def _mixed(rules: WarOfAttrition, until: float) -> WarPlan:
    """Both give in at the rates that keep the other indifferent, until ``until``; atoms as the rules say."""
    (v_first, v_second), (c_first, c_second) = rules.prizes, rules.costs
    rates = (c_second / v_second, c_first / v_first)
    total = sum(rates)
    left = 1.0 - max(rules.atoms)  # they have not given in at time 0
    mixing = left * -math.expm1(-total * until)
    settled = left - mixing if math.isfinite(until) else 0.0
    tail = settled * (rules.deadline - until) if settled > 0 else 0.0
    return WarPlan(
        concessions=(
            Concession(1.0 - rules.atoms[0], rates[0], until),
            Concession(1.0 - rules.atoms[1], rates[1], until),
        ),
        payoffs=(rules.atoms[1] * v_first, rules.atoms[0] * v_second),
        prize_chances=(rules.atoms[1] + mixing * rates[1] / total, rules.atoms[0] + mixing * rates[0] / total),
        length=mixing / total + tail,
        settled=settled,
    )


def _both_hold_out(rules: WarOfAttrition, *, unique: bool) -> WarPlan:
    """Nobody gives in after time 0: the deadline is so near that its settlement is worth the wait; atoms as asked."""
    q_first, q_second = rules.atoms
    first, second = (s - c * rules.deadline for s, c in zip(rules.settlement, rules.costs, strict=True))
    left = 1.0 - max(rules.atoms)
    return WarPlan(
        concessions=(Concession(1.0 - q_first, 0.0, rules.deadline), Concession(1.0 - q_second, 0.0, rules.deadline)),
        payoffs=(q_second * rules.prizes[0] + left * first, q_first * rules.prizes[1] + left * second),
        prize_chances=(q_second, q_first),
        length=left * rules.deadline,
        settled=left,
        unique=unique,
    )


def _weaker_gives_in(rules: WarOfAttrition, weaker: int) -> WarPlan:
    """The player who would turn to waiting later gives in at once, and at any time before that."""
    turn = rules.deadline - rules.settlement[weaker] / rules.costs[weaker]
    yielding, staying = Concession(0.0, math.inf, turn), Concession(1.0, 0.0, rules.deadline)
    first = weaker == 0
    return WarPlan(
        concessions=(yielding, staying) if first else (staying, yielding),
        payoffs=(0.0, rules.prizes[1]) if first else (rules.prizes[0], 0.0),
        prize_chances=(0.0, 1.0) if first else (1.0, 0.0),
        length=0.0,
        settled=0.0,
        unique=True,
    )
