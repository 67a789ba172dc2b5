"""What the picture of the frontier shows: a comparison reduced to points on the two axes chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.concepts.standing import missing_ground
from bargain.errors import UsageError
from bargain.model.joined import joined
from bargain.model.results import Comparison, Solution

__all__ = ["View", "pair_of", "require_agreements", "view_of"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class View:
    """Players of the two axes, clouds of points, marked points.

    ``frontier`` is sorted by the first column; ``joined`` tells, in the pure regime with continuous issues, which of
    its points agreements in between join to the next (None: there is nothing in between). ``rational`` are the
    efficient points nobody refuses, ``spots`` where concepts land, ``ties`` what does equally well
    elsewhere (with the concept).
    """

    players: tuple[str, str]
    projected: bool
    cloud: Floats
    frontier: Floats | None
    joined: NDArray[np.bool_] | None
    rational: Floats | None
    d: tuple[float, float]
    spots: Sequence[tuple[tuple[float, float], Sequence[Solution]]]
    ties: Sequence[tuple[tuple[float, float], str]]


def require_agreements(comparison: Comparison) -> None:
    """Raise `UsageError` where there are no agreements to draw."""
    if not comparison.agreements.scenario.has_agreements:
        raise UsageError(f"there is no such figure: {missing_ground('agreements', comparison.agreements.scenario)}")


def pair_of(comparison: Comparison, players: Sequence[str] | None) -> tuple[str, str]:
    """The two signatories asked for, or the first two."""
    require_agreements(comparison)
    signatories = tuple(comparison.agreements.signatories)
    if len(signatories) < 2:
        raise UsageError("the frontier is drawn for two signatories, and this scenario has fewer")
    chosen = signatories[:2] if players is None else tuple(players)
    for name in chosen:
        if name not in signatories:
            raise UsageError(f"{name!r} is not a signatory", hint=f"signatories are {', '.join(signatories)}")
    if len(set(chosen)) != 2 or len(chosen) != 2:
        raise UsageError("the frontier needs two different players", hint=f"choose from {', '.join(signatories)}")
    return chosen[0], chosen[1]


def view_of(comparison: Comparison, players: tuple[str, str]) -> View:
    """Everything the picture needs, cut down to two columns."""
    agreements = comparison.agreements
    signatories = tuple(agreements.signatories)
    columns = [signatories.index(name) for name in players]
    cloud = np.asarray(agreements.sample(), dtype=float).reshape(-1, len(signatories))
    frontier = comparison.frontier
    listed = None if frontier is None else np.asarray(frontier, dtype=float).reshape(-1, len(signatories))
    rational = None
    if listed is not None:
        d = np.array([comparison.disagreement[name] for name in signatories])
        rational = listed[(listed >= d - 1e-9 * np.maximum(1, np.abs(d))).all(axis=1)][:, columns]
    shown = np.vstack([cloud[:, columns], _point(comparison.disagreement, players)])
    order = None if listed is None else np.lexsort((-listed[:, columns[1]], listed[:, columns[0]]))
    unit = np.maximum(np.ptp(shown, axis=0), 1e-9 * np.abs(shown).max(axis=0))
    return View(
        players=players,
        projected=len(signatories) > 2,
        cloud=np.unique(cloud[:, columns], axis=0),
        frontier=None if listed is None or order is None else listed[order][:, columns],
        joined=None if order is None else _joined(comparison, order),
        rational=rational,
        d=_point(comparison.disagreement, players),
        spots=_spots(comparison.agreed, players, unit),
        ties=_ties(comparison.agreed, players, unit),
    )


def _joined(comparison: Comparison, order: NDArray[np.intp]) -> NDArray[np.bool_] | None:
    """Which frontier points are joined to the next; None where only jumps or lotteries lead from one to another."""
    agreements = comparison.agreements
    curved = comparison.grid and comparison.regime == "pure" and len(agreements.signatories) == 2
    if not curved or comparison.frontier is None:
        return None
    return joined(agreements, comparison.frontier, order.tolist())


def _point(payoffs: Mapping[str, float], players: tuple[str, str]) -> tuple[float, float]:
    return float(payoffs[players[0]]), float(payoffs[players[1]])


def _spots(
    solutions: Sequence[Solution], players: tuple[str, str], unit: Floats
) -> list[tuple[tuple[float, float], Sequence[Solution]]]:
    """The points where concepts land, each with the concepts that share it (nearer than the eye can tell)."""
    spots: list[tuple[tuple[float, float], list[Solution]]] = []
    for solution in solutions:
        if solution.status != "agreement":
            continue
        at = _point(solution.payoffs, players)
        spot = next((there for there in spots if _same(there[0], at, unit)), None)
        if spot is None:
            spots.append((at, [solution]))
        else:
            spot[1].append(solution)
    return list(spots)


def _same(one: tuple[float, float], two: tuple[float, float], unit: Floats) -> bool:
    """Equal up to a millionth of what the picture spans."""
    return bool((np.abs(np.subtract(one, two)) <= 1e-6 * unit).all())


def _ties(
    solutions: Sequence[Solution], players: tuple[str, str], unit: Floats
) -> list[tuple[tuple[float, float], str]]:
    return [
        (_point(tie.payoffs, players), solution.concept)
        for solution in solutions
        for tie in solution.ties
        if not _same(_point(tie.payoffs, players), _point(solution.payoffs, players), unit)
    ]
