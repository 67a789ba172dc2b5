"""What mechanisms of trade can reach (Myerson & Satterthwaite 1983): first best, its deficit, second best."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import exp, inf

from bargain.errors import NotApplicable
from bargain.protocols.double_auction.rules import Prior

__all__ = ["Bound", "bound"]

PRECISION = 1e-12
"""Absolute and relative, of integrals and of the root: a hundred times finer than what is claimed about them."""
PIECES = 200
"""So many subdivisions are more than smooth integrands ever need."""

FAR = 45.0
"""e^-45 is 3e-20: what has no more of a chance than that does not matter to an integral."""


@dataclass(frozen=True)
class Bound:
    """The limits of trade under private information.

    ``first_best`` is what could be gained if types were known, ``deficit`` the subsidy that efficient trade would need
    (negative: what it would leave over), ``alpha`` the weight of information rents in the second best, ``second_best``
    the largest gains without a subsidy, ``chance`` that the second best trades. ``gap`` is how far a value must be
    above a cost for the second best to trade, for uniform priors; None for others, where it depends on the types.
    """

    first_best: float
    deficit: float
    alpha: float
    second_best: float
    chance: float
    gap: float | None

    @property
    def efficient(self) -> bool:
        """Whether some mechanism trades whenever there is a gain, without a subsidy."""
        return self.deficit <= 0


def bound(values: Prior, costs: Prior) -> Bound:
    r"""The largest gains of a mechanism that is incentive-compatible, individually rational and needs no subsidy.

    Trade iff $v - \alpha (1-F(v))/f(v) \ge c + \alpha\,G(c)/g(c)$, with the smallest $\alpha$ in [0, 1] at which the
    expectation of $[v - (1-F)/f] - [c + G/g]$ over trades, which is what types do not have to be left, is not negative.
    Uniform on [0, 1] both: $\alpha = 1/3$, trade iff $v - c \ge 1/4$, gains 9/64 of 1/6.

    Raises `NotApplicable` if the buyer's exponent is below 1: the virtual value then does not rise with the value.
    Source: Myerson & Satterthwaite (1983), Journal of Economic Theory 29, 265-281.

    >>> best = bound(Prior(0, 1), Prior(0, 1))
    >>> round(best.first_best, 9), round(best.deficit, 9), round(best.alpha, 9), round(best.second_best, 9)
    (0.166666667, 0.166666667, 0.333333333, 0.140625)
    """
    from scipy.optimize import brentq

    if values.exponent < 1:
        raise NotApplicable("the buyer's virtual value does not rise with its value: exponents below 1 are not solved")
    first_best, deficit = _gains(values, costs, 0.0), 0.0 - _surplus(values, costs, 0.0)
    alpha = 0.0
    if deficit > PRECISION * max(first_best, 0.0):
        alpha = float(brentq(lambda a: _surplus(values, costs, a), 0.0, 1.0, xtol=PRECISION))
    uniform = values.exponent == costs.exponent == 1
    return Bound(
        first_best=first_best,
        deficit=deficit,
        alpha=alpha,
        second_best=_gains(values, costs, alpha) if alpha > 0 else first_best,
        chance=_chance(values, costs, alpha),
        gap=alpha / (1 + alpha) * max(values.high - costs.low, 0.0) if uniform else None,
    )


def _virtual(values: Prior, alpha: float, value: float) -> float:
    """v - alpha (1 - F) / f, for a value inside the range; without a limit where the density is 0, as far as rounding.

    With a high exponent that is a whole part of the range: 0.4 to the power of 1000 is 0.
    """
    density = values.density(value)
    if density == 0:
        return -inf if alpha > 0 else value
    return value - alpha * (1.0 - values.chance_below(value)) / density


def _last_cost(values: Prior, costs: Prior, alpha: float, value: float) -> float:
    """The highest cost that trades with a value; G / g = (c - low) / exponent makes the condition linear in c."""
    slope = alpha / costs.exponent
    limit = (_virtual(values, alpha, value) + slope * costs.low) / (1.0 + slope)
    return min(max(limit, costs.low), costs.high)


def _gains(values: Prior, costs: Prior, alpha: float) -> float:
    """Expected v - c over trades; the integral of c dG up to x is x G(x) less the integral of G."""

    def inner(value: float, cost: float) -> float:
        below = costs.chance_below(cost)
        return ((value - cost) * below + (cost - costs.low) * below / (costs.exponent + 1.0)) * values.density(value)

    return _over_values(values, costs, alpha, inner)


def _surplus(values: Prior, costs: Prior, alpha: float) -> float:
    """Expected virtual value less virtual cost over trades; the integral of (c + G/g) dG up to x is x G(x)."""

    def inner(value: float, cost: float) -> float:
        above = 1.0 - values.chance_below(value)
        return ((value - cost) * values.density(value) - above) * costs.chance_below(cost)

    return _over_values(values, costs, alpha, inner)


def _chance(values: Prior, costs: Prior, alpha: float) -> float:
    """The chance of trade."""
    return _over_values(values, costs, alpha, lambda v, c: costs.chance_below(c) * values.density(v))


def _over_values(values: Prior, costs: Prior, alpha: float, inner: Callable[[float, float], float]) -> float:
    """The integral over values of a function of the value and of the highest cost that trades with it.

    In pieces, between the values that trade with the lowest cost, with the lowest that matters and with the highest;
    with a high exponent, all that matters of a range lies next to its upper end, where quadrature has to look for it.
    """
    from scipy.integrate import quad

    slope = alpha / costs.exponent
    levels = [cost + slope * (cost - costs.low) for cost in (costs.low, _least(costs), costs.high)]
    starts, *others = (_first_value(values, alpha, level) for level in levels)
    ends = sorted({starts, *others, max(starts, _least(values)), values.high})
    options = {"epsabs": PRECISION * values.width, "epsrel": PRECISION, "limit": PIECES}

    def integrand(value: float) -> float:
        return inner(value, _last_cost(values, costs, alpha, value))

    return float(sum(quad(integrand, a, b, **options)[0] for a, b in pairwise(ends)))


def _least(prior: Prior) -> float:
    """The end below which there is no chance that matters."""
    return prior.low + prior.width * exp(-FAR / prior.exponent)


def _first_value(values: Prior, alpha: float, level: float) -> float:
    """The lowest value whose virtual value is at least a level; the top of the range if none is.

    The root of (v - level) f(v) = alpha (1 - F(v)), which is finite where the virtual value is not.
    """
    from scipy.optimize import brentq

    if values.high <= level:
        return values.high
    if alpha == 0 or _virtual(values, alpha, values.low) >= level:
        return max(values.low, level)

    def excess(value: float) -> float:
        return (value - level) * values.density(value) - alpha * (1.0 - values.chance_below(value))

    return float(brentq(excess, values.low, values.high, xtol=PRECISION * values.width))
