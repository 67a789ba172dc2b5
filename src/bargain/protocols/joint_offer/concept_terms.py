"""What each concept says that it maximises, written down for the judge; no code of the concepts is used."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

__all__ = ["KNOWN", "shortfall"]

Floats = NDArray[np.float64]

DUST = 1e-9
"""Gains within this part of what a player has at stake are none, as everywhere in the package."""


def shortfall(concept: str, gains: Floats, chosen: int, powers: Floats, stakes: Floats) -> float | None:
    """By how much the choice falls short of its concept's objective, as a part of what is at stake; None if unknown.

    Parameters
    ----------
    gains : (r, n) over disagreement, of everything that leaves nobody below it; ``chosen`` is a row.
    powers, stakes : (n,) bargaining powers; what each player has at stake.
    """
    if concept not in KNOWN:
        return None
    settled = np.where(np.abs(gains) <= DUST * stakes, 0.0, gains)
    return KNOWN[concept](settled, chosen, powers, stakes)


def _product(gains: Floats, chosen: int, powers: Floats, _: Floats) -> float:
    """How much larger the weighted geometric mean of gains could be, relatively; more gainers come first."""
    gaining = gains > 0
    counts = gaining.sum(axis=1)
    if counts[chosen] < counts.max():
        return 1.0
    alike = (gaining == gaining[chosen]).all(axis=1)
    weights = powers * gaining[chosen]
    logs = np.log(np.where(gaining[chosen], gains[alike], 1.0)) @ weights
    own = float(np.log(np.where(gaining[chosen], gains[chosen], 1.0)) @ weights)
    return float(-np.expm1((own - logs.max()) / powers.sum()))


def _lexicographic(values: Floats, chosen: int, dust: float) -> float:
    """The first difference by which another row, sorted upwards, is above the chosen one."""
    rising = np.sort(values, axis=1)
    above = rising - rising[chosen]
    left = np.ones(len(values), dtype=bool)
    for level in range(values.shape[1]):
        most = float(above[left, level].max())
        if most > dust:
            return most
        left &= above[:, level] >= -dust
    return 0.0


def _smallest(gains: Floats, chosen: int, units: Floats, stakes: Floats) -> float:
    """Leximin of gains per unit; who has no unit is left out."""
    moving = units > 0
    if not moving.any():
        return 0.0
    scale = float((stakes[moving] / units[moving]).max())
    return _lexicographic(gains[:, moving] / units[moving], chosen, DUST * scale) / scale


def _hopes(gains: Floats, stakes: Floats) -> Floats:
    best = gains.max(axis=0)
    return np.asarray(np.where(best > DUST * stakes, best, 0.0))


def _equal_gains(gains: Floats, chosen: int, _: Floats, stakes: Floats) -> float:
    return _smallest(gains, chosen, np.ones(gains.shape[1]), stakes)


def _equal_hopes(gains: Floats, chosen: int, _: Floats, stakes: Floats) -> float:
    return _smallest(gains, chosen, _hopes(gains, stakes), stakes)


def _equal_losses(gains: Floats, chosen: int, _: Floats, stakes: Floats) -> float:
    scale = float(stakes.max())
    return _lexicographic(gains - gains.max(axis=0), chosen, DUST * scale) / scale


def _total(gains: Floats, chosen: int, _: Floats, stakes: Floats) -> float:
    sums = gains.sum(axis=1)
    return float((sums.max() - sums[chosen]) / stakes.sum())


def _total_of_hopes(gains: Floats, chosen: int, _: Floats, stakes: Floats) -> float:
    hopes = _hopes(gains, stakes)
    if not hopes.any():
        return 0.0
    weights = np.divide(1.0, hopes, out=np.zeros_like(hopes), where=hopes > 0)
    sums = gains @ weights
    return float((sums.max() - sums[chosen]) / (stakes @ weights))


def _plain_product(gains: Floats, chosen: int, _: Floats, stakes: Floats) -> float:
    return _product(gains, chosen, np.ones(gains.shape[1]), stakes)


KNOWN: dict[str, Callable[[Floats, int, Floats, Floats], float]] = {
    "nash": _plain_product,
    "asymmetric_nash": _product,
    "kalai_smorodinsky": _equal_hopes,
    "egalitarian": _equal_gains,
    "leximin": _equal_gains,
    "proportional": _smallest,
    "utilitarian": _total,
    "relative_utilitarian": _total_of_hopes,
    "equal_loss": _equal_losses,
}
"""Concept -> its objective."""
