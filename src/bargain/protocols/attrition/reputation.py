"""Reputational bargaining: a war of attrition between players who may be stubborn (Abreu & Gul 2000)."""

from __future__ import annotations

import math

from bargain.errors import NotApplicable
from bargain.protocols.attrition.plan import Concession, ReputationPlan
from bargain.protocols.attrition.rules import Pair, Reputation

__all__ = ["patient_shares", "solve_reputation", "yields_in_the_limit"]

SAME_RATE = 1e-12
"""Rates that differ by less of their size are the same: they come from a few operations."""


def solve_reputation(rules: Reputation) -> ReputationPlan:
    r"""The unique equilibrium, in closed form.

    While both mix, i gives in at rate $\lambda_i = r_j(1-\alpha_i)/(\alpha_1+\alpha_2-1)$, which keeps j indifferent.
    At that rate alone i's reputation would reach 1 at $T_i = -\ln z_i/\lambda_i$. Both must reach it together, at the
    earlier time $T_0$; so the slower builder gives in at time 0 with chance $1 - z_i e^{\lambda_i T_0}$. A rational i
    is paid $1-\alpha_j$, and $\alpha_i$ in place of it with the chance that j gives in at once.

    Raises `NotApplicable` if the demands are compatible (of a pie: their sum is 1 or less).
    Source: Abreu & Gul (2000), Econometrica 68, 85-117.

    >>> plan = solve_reputation(Reputation(demands=(0.6, 0.6), stubborn=(0.01, 0.1), rates=(1, 1)))
    >>> [round(concession.atom, 9) for concession in plan.concessions], round(plan.end, 4)
    ([0.9, 0.0], 1.1513)
    >>> [round(payoff, 4) for payoff in plan.payoffs]
    [0.4, 0.58]
    """
    _require_conflict(rules)
    rates = (_rate(rules, 0), _rate(rules, 1))
    end = min(-math.log(z) / rate for z, rate in zip(rules.stubborn, rates, strict=True))
    holds = (_holds(rules.stubborn[0], rates[0], end), _holds(rules.stubborn[1], rates[1], end))
    atoms = (1.0 - holds[0], 1.0 - holds[1])
    total = sum(rates)
    later = holds[0] * holds[1] * -math.expm1(-total * end)  # somebody gives in after time 0
    conflict = rules.stubborn[0] * rules.stubborn[1]
    return ReputationPlan(
        concessions=(Concession(holds[0], rates[0], end), Concession(holds[1], rates[1], end)),
        end=end,
        payoffs=(_payoff(rules, 0, atoms[1]), _payoff(rules, 1, atoms[0])),
        yields=(atoms[0] + later * rates[0] / total, atoms[1] + later * rates[1] / total),
        conflict=conflict,
        length=holds[0] * holds[1] * _early(total * end) / total / (1.0 - conflict),
    )


def yields_in_the_limit(rules: Reputation) -> int | None:
    """Who gives in at once (0 or 1) as both chances of stubbornness shrink to 0 in proportion.

    It is the one with the lower rate; None if the rates are the same, and then delay remains.
    Source: Abreu & Gul (2000), as above.

    >>> yields_in_the_limit(Reputation(demands=(0.7, 0.7), stubborn=(0.1, 0.1), rates=(1, 3)))   # b is less patient
    1
    """
    first, second = (_rate(rules, player) for player in (0, 1))
    return None if math.isclose(first, second, rel_tol=SAME_RATE) else int(second < first)


def patient_shares(rates: Pair) -> Pair:
    """What each can be sure of in the limit as stubbornness vanishes, with demands of every size: r_j / (r_1 + r_2).

    These are the shares of alternating offers with short periods. Whoever demands them builds a reputation faster than
    anybody who demands more than what is left.
    Source: Abreu & Gul (2000), Econometrica 68, 85-117; Rubinstein (1982), Econometrica 50, 97-109.

    >>> patient_shares((1, 3))
    (0.75, 0.25)
    """
    total = sum(rates)
    return rates[1] / total, rates[0] / total


def _require_conflict(rules: Reputation) -> None:
    """Raise `NotApplicable` unless each likes its own demand better than the other's."""
    for player, demand, left in zip(rules.players, rules.demands, rules.left, strict=True):
        if demand <= left:
            told = f"{player} gets {left:g} by giving in and asks for {demand:g}"
            raise NotApplicable(f"the demands are compatible: {told}, so there is nothing to hold out for")


def _rate(rules: Reputation, player: int) -> float:
    """The rate of giving in that keeps the other indifferent between taking what is left and holding out."""
    other = 1 - player
    return rules.rates[other] * rules.left[other] / (rules.demands[other] - rules.left[other])


def _holds(stubborn: float, rate: float, end: float) -> float:
    """The chance of holding out at time 0; exactly 1 for whoever's reputation is there first."""
    return min(1.0, math.exp(math.log(stubborn) + rate * end)) if -math.log(stubborn) / rate > end else 1.0


def _early(x: float) -> float:
    """1 - e^-x (1 + x), the integral of t e^-t up to x, without losing digits where x is small."""
    from scipy.special import gammainc

    return float(gammainc(2.0, x))


def _payoff(rules: Reputation, player: int, atom: float) -> float:
    """What a rational player expects, the other giving in at time 0 with chance ``atom``."""
    return rules.left[player] + atom * (rules.demands[player] - rules.left[player])
