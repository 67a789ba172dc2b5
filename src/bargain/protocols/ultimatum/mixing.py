"""What follows a first offer where two types or more have to mix: a mixed-integer programme, then exact equations.

Given which types draw and which replies are drawn, what types need is linear in the mixture of replies, and what the
proposer needs is linear in how often each type refuses. Binary variables choose the case (the complementarity
conditions of a bilinear game), the best payoff of the proposer is the aim, and the case found is solved to rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.ultimatum.replies import Menu
from bargain.protocols.ultimatum.rules import Ultimatum

__all__ = ["Mixture", "mixture_after", "surprising"]

Floats = NDArray[np.float64]

SEEN = 1e-6
"""The least chance of a refusal, or else beliefs would be free; smaller ones are refusals that never happen."""
DRAWN = 1e-6
"""What a programme leaves of a chance below this is rounding."""
EXACT = 1e-10
"""By how much the equations of a case may be missed after they are solved."""


@dataclass(frozen=True, eq=False)
class Mixture:
    """``refuse`` (K,): chances to have refused; ``belief`` (K,); ``places`` and ``weights``: replies with chances;
    ``worth``: the proposer's payoff."""

    refuse: Floats
    belief: Floats
    places: NDArray[np.int64]
    weights: Floats
    worth: float


def mixture_after(rules: Ultimatum, menu: Menu, offer: int) -> Mixture | None:
    """The continuation after a first offer that is best for the proposer; None if none was found.

    First among those in which somebody refuses, then among those in which nobody does and beliefs are free.
    """
    return _found(rules, menu, offer, surprise=False) or surprising(rules, menu, offer)


def surprising(rules: Ultimatum, menu: Menu, offer: int) -> Mixture | None:
    """A continuation in which everybody accepts a first offer, and a belief about who refused it that supports this."""
    return _found(rules, menu, offer, surprise=True)


def _found(rules: Ultimatum, menu: Menu, offer: int, *, surprise: bool) -> Mixture | None:
    case = _programme(rules, menu, offer, surprise=surprise)
    return None if case is None else _exactly(rules, menu, offer, *case, surprise=surprise)


def _programme(rules: Ultimatum, menu: Menu, offer: int, *, surprise: bool) -> tuple[Floats, Floats] | None:
    """(K,) how often types refuse (or, after a surprise, what is believed), and (M,) the mixture of replies.

    Variables: these two, the payoff v of the best reply, and binaries: type strictly refuses, strictly accepts, reply
    is made.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    kinds, replies = len(rules.chances), len(menu.offers)
    wait = (rules.waits * menu.rents / rules.stakes[1]).T
    now = np.maximum(rules.rents[offer] / rules.stakes[1], -1.0)
    gains = menu.gains / rules.stakes[0]
    mass = np.ones(kinds) if surprise else rules.chances
    places = np.cumsum([0, kinds, replies, 1, kinds, kinds, replies])
    f, s, v, over, under, made = (slice(a, b) for a, b in pairwise(places.tolist()))
    rows = {name: np.zeros((size, places[-1])) for name, size in (("k", kinds), ("m", replies), ("one", 1))}

    def row(name: str, **parts: Floats | float) -> Floats:
        block = rows[name].copy()
        for part, values in parts.items():
            block[:, {"f": f, "s": s, "v": v, "over": over, "under": under, "made": made}[part]] = values
        return block

    eye, each = np.eye(kinds), np.eye(replies)
    large = 2.0 + np.abs(now).max()
    worth = gains * mass
    limits = [
        LinearConstraint(row("k", s=wait, over=-large * eye), -np.inf, now),
        LinearConstraint(row("k", s=-wait, under=-large * eye), -np.inf, -now),
        LinearConstraint(row("m", f=worth, v=-1.0), -np.inf, 0.0),
        LinearConstraint(row("m", f=-worth, v=1.0, made=2 * each), -np.inf, 2.0),
        LinearConstraint(row("m", s=each, made=-each), -np.inf, 0.0),
        LinearConstraint(row("one", s=1.0), 1.0, 1.0),
    ]
    if surprise:
        limits += [LinearConstraint(row("k", over=eye), 0.0, 0.0), LinearConstraint(row("one", f=1.0), 1.0, 1.0)]
    else:
        limits += [
            LinearConstraint(row("k", f=-eye, over=eye), -np.inf, 0.0),
            LinearConstraint(row("k", f=eye, under=eye), -np.inf, 1.0),
            LinearConstraint(row("one", f=rules.chances), SEEN, np.inf),
        ]
    aim = np.zeros(places[-1])
    if not surprise:
        aim[f] = rules.chances * (rules.proposer[offer] - rules.refusal) / rules.stakes[0]
        aim[v] = -rules.patience[0]
    whole = np.zeros(places[-1])
    whole[over.start :] = 1
    low, high = np.zeros(places[-1]), np.ones(places[-1])
    low[v], high[v] = -np.inf, np.inf
    found = milp(aim, constraints=limits, integrality=whole, bounds=Bounds(low, high))
    return None if found.x is None else (found.x[f], found.x[s])


def _exactly(
    rules: Ultimatum, menu: Menu, offer: int, shares: Floats, weights: Floats, *, surprise: bool
) -> Mixture | None:
    """The same case with its equations solved to rounding; None if that leads out of it."""
    places = np.flatnonzero(weights > DRAWN)
    inside = (shares > DRAWN) & (surprise | (shares < 1 - DRAWN))
    shares, mixers = np.where(inside, shares, np.round(shares)), np.flatnonzero(inside)
    even = mixers[:0] if surprise else mixers
    wait = (rules.waits * menu.rents).T[np.ix_(even, places)]
    weights = _corrected(weights[places], [*wait, np.ones(len(places))], [*rules.rents[offer, even], 1.0])
    worth = menu.gains[places] * (1.0 if surprise else rules.chances)
    ties, levels = list((worth[1:] - worth[:1])[:, mixers]), list((worth[:1] - worth[1:]) @ _without(shares, mixers))
    if surprise:
        ties, levels = [*ties, np.ones(len(mixers))], [*levels, 1.0]
    shares[mixers] = _corrected(shares[mixers], ties, levels)
    if min(weights.min(), shares.min()) < 0 or shares.max() > 1 or abs(weights.sum() - 1) > EXACT:
        return None
    refuse = np.zeros(len(shares)) if surprise else shares
    belief = shares / shares.sum() if surprise else rules.chances * shares / (rules.chances @ shares)
    agreed = rules.chances * (1.0 - refuse)
    later = rules.patience[0] * float(weights @ (menu.gains[places] @ (rules.chances * refuse)))
    now = float(agreed @ (rules.proposer[offer] - rules.refusal)) if agreed.any() else 0.0
    return Mixture(refuse, belief, places, weights, float(rules.chances @ rules.refusal) + now + later)


def _without(shares: Floats, mixers: NDArray[np.int64]) -> Floats:
    fixed = shares.copy()
    fixed[mixers] = 0.0
    return fixed


def _corrected(values: Floats, rows: list[Floats], levels: list[float]) -> Floats:
    """The nearest values that keep linear equations."""
    if not rows or not len(values):
        return values
    matrix, wanted = np.array(rows, dtype=float), np.array(levels, dtype=float)
    step = np.linalg.lstsq(matrix, wanted - matrix @ values, rcond=None)[0]
    return np.asarray(values + step)
