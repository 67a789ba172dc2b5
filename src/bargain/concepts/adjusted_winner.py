"""Adjusted Winner: everybody wins what it weighs more, then items move until both have equally many points."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.axioms import Keeps, items as axioms
from bargain.concepts.concept import Evidence, Finding, concept
from bargain.errors import NotApplicable
from bargain.geometry.choice import Choice
from bargain.geometry.items import Items

__all__ = ["adjusted_winner"]

Floats = NDArray[np.float64]

SAME = 1e-12
"""Points, and ratios of points, this near to each other relative to their size are equal."""


@concept(
    title="Adjusted Winner",
    definition="each item to whoever gives it more points, then transfers in rising ratio of points until both have "
    "equally many; at most one item is split",
    source="Brams & Taylor (1996), Fair Division: From Cake-Cutting to Dispute Resolution, Cambridge UP, ch. 4",
    over="items",
    keeps=Keeps(
        items=(
            axioms.efficiency,
            axioms.equitability,
            axioms.envy_freeness,
            axioms.one_split,
            axioms.anonymity,
            axioms.common_scale,
            axioms.resource_monotonicity,
        )
    ),
)
def adjusted_winner(items: Items) -> Finding:
    r"""Share items out by points: efficient, and as equal in points as can be.

    An item's points are what winning it adds to a player's payoff over losing it, as the file has them: they need not
    sum to 100, and disagreement plays no part; an outcome below somebody's disagreement is refused instead. Items with
    equal points go to the side that trails, and equal ratios in file order; other divisions may then be as good.

    Raises
    ------
    NotApplicable
        if an item that cannot be divided would have to be split, or somebody would be better off without a deal.

    >>> one, whole = np.zeros(2), np.ones(3, dtype=bool)
    >>> items = Items(("house", "boat", "car"), np.array([[60.0, 50], [30, 20], [10, 30]]), one, one, one, whole, False)
    >>> adjusted_winner(items).choice.mixtures[0][0][1].first
    (0.4545454545454546, 1.0, 0.0)
    """
    shares, initial, tied = _initial(items.points)
    shares, moved = _transferred(items.points, shares)
    split = [k for k in range(len(shares)) if 0 < shares[k] < 1]
    mixture = items.placed(shares)
    if mixture is None:
        name = items.names[split[0]]
        raise NotApplicable(f"{name} would have to be split, and a single agreement cannot split it: allow lotteries")
    payoffs = items.payoffs(shares)
    below = payoffs < items.disagreement - items.tolerance
    if below.any():
        raise NotApplicable(
            "it takes no account of disagreement, and somebody would be better off without a deal: "
            f"it gives {payoffs[0]:.6g} and {payoffs[1]:.6g} against {items.disagreement[0]:.6g} and "
            f"{items.disagreement[1]:.6g}"
        )

    def evidence(_: Floats) -> Evidence:
        won = np.array([shares @ items.points[:, 0], (1 - shares) @ items.points[:, 1]])
        named: dict[str, Any] = {
            "points": won,
            "points_in_total": items.points.sum(axis=0),
            "initially": tuple([items.names[k] for k in range(len(initial)) if initial[k] == side] for side in (1, 0)),
            "equally_weighed": [items.names[k] for k in tied],
            "transfers": [items.names[k] for k in moved],
        }
        if split:
            named["split"] = items.names[split[0]]
            named["split_shares"] = np.array([shares[split[0]], 1 - shares[split[0]]])
        return named

    return Finding(Choice((mixture,), payoffs[None]), evidence)


def _initial(points: Floats) -> tuple[Floats, Floats, list[int]]:
    """The first player's share of every item at the start, a copy to keep, and the items that both weigh alike."""
    near = np.abs(points[:, 0] - points[:, 1]) <= SAME * points.max(axis=1)
    shares = np.where(points[:, 0] > points[:, 1], 1.0, 0.0)
    tied = [int(k) for k in np.flatnonzero(near & (points.max(axis=1) > 0))]
    shares[tied] = 0.0
    won = np.array([shares @ points[:, 0], (1 - shares) @ points[:, 1] - points[tied, 1].sum()])
    for k in tied:
        first = won[0] < won[1] or (won[0] == won[1] and k == tied[0])
        shares[k] = float(first)
        won += points[k] * [first, not first]
    return shares, shares.copy(), tied


def _transferred(points: Floats, shares: Floats) -> tuple[Floats, list[int]]:
    """The shares after transfers from the leader in rising ratio of points, and the items that moved, in order."""
    shares, moved = shares.copy(), []
    lead = float(shares @ points[:, 0] - (1 - shares) @ points[:, 1])
    leader = 0 if lead > 0 else 1
    own, other, lead = points[:, leader], points[:, 1 - leader], abs(lead)
    for k in _in_rising_ratio(own, other, shares == 1 - leader):
        if lead <= SAME * points.sum():
            break
        part = min(1.0, lead / (own[k] + other[k]))
        part = 1.0 if part > 1 - SAME else part
        shares[k] += part if leader else -part
        lead -= part * (own[k] + other[k])
        moved.append(k)
    return shares, moved


def _in_rising_ratio(own: Floats, other: Floats, held: NDArray[np.bool_]) -> Iterator[int]:
    """The leader's items that are worth something to the other, the leader's points over the other's rising."""
    held = held & (other > 0)
    ratios = np.divide(own, other, out=np.full_like(own, np.inf), where=held)
    yield from (int(k) for k in np.argsort(np.round(ratios, 12), kind="stable")[: int(held.sum())])
