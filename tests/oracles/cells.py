"""Piecewise linear scenarios with ranges and divisions, by one linear program per cell.

Every continuous coordinate (a number, or one player's share) is cut at all breakpoints and thresholds. On a
cell (one piece per coordinate, one option per menu) payoffs are affine and conditions do not change.
So the best to be had in it is a linear program (for a product of gains a smooth concave one).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog, minimize

from oracles.brute import BOUNDS, Reference, exact

Coordinate = tuple[str, str | None]
"""An issue and, in a division, a player."""

TOLERANCE = 1e-7


@dataclass(frozen=True)
class Cell:
    """Gains ``base + slopes @ z`` for z in a box, under ``rows @ z <= limits`` and ``equal @ z == 1``."""

    base: np.ndarray
    slopes: np.ndarray
    box: list[tuple[float, float]]
    rows: np.ndarray
    limits: np.ndarray
    equal: np.ndarray

    def best(
        self, price: np.ndarray, floors: np.ndarray, scale: np.ndarray | None = None
    ) -> tuple[float, np.ndarray] | None:
        """Largest ``price @ gains`` above floors, or largest t with ``gains >= t scale``; and where."""
        k = len(self.box)
        lift = np.zeros(len(floors)) if scale is None else scale
        objective = np.append(-price @ self.slopes, 0 if scale is None else -1)
        rows = np.vstack(
            [np.column_stack([-self.slopes, lift]), np.column_stack([self.rows, np.zeros(len(self.rows))])]
        )
        kept = np.where(lift > 0, 0.0, floors) if scale is not None else floors
        answer = linprog(
            objective,
            A_ub=rows,
            b_ub=np.concatenate([self.base - kept, self.limits]),
            A_eq=np.column_stack([self.equal, np.zeros(len(self.equal))]) if len(self.equal) else None,
            b_eq=np.ones(len(self.equal)) if len(self.equal) else None,
            bounds=[*self.box, (0, 0) if scale is None else (None, None)],
            method="highs",
        )
        if answer.status != 0:
            return None
        worth = float(answer.x[k]) if scale is not None else float(price @ (self.base + self.slopes @ answer.x[:k]))
        return worth, answer.x[:k]

    def leximin(self, scale: np.ndarray) -> list[float] | None:
        """Sorted leximin levels of gains over ``scale`` with nobody below 0; None if somebody must lose."""
        n = len(self.base)
        left = [i for i in range(n) if scale[i] > TOLERANCE]
        floors = np.zeros(n)
        levels: list[float] = []
        while left:
            found = self.best(np.zeros(n), floors, np.where(np.isin(range(n), left), scale, 0))
            if found is None or found[0] < -TOLERANCE:
                return None
            t = found[0]
            held = np.array([t * scale[i] - 1e-10 if i in left else floors[i] for i in range(n)])
            tops = {i: self.best(np.eye(n)[i], held) for i in left}
            stuck = [i for i, top in tops.items() if top is None or top[0] / scale[i] <= t + TOLERANCE] or list(left)
            for i in stuck:
                left.remove(i)
                floors[i] = t * scale[i] - 1e-10
                levels.append(t)
        return sorted(levels)

    def largest_product(self, powers: np.ndarray) -> float:
        """Largest ``powers @ log(gains)``, searched from the point of equal gains; -inf if not all gain."""
        n = len(self.base)
        start = self.best(np.zeros(n), np.zeros(n), np.ones(n))
        if start is None or start[0] <= 1e-6:
            return -np.inf

        def loss(z: np.ndarray) -> float:
            return float(-powers @ np.log(np.maximum(self.base + self.slopes @ z, 1e-12)))

        limits = [{"type": "ineq", "fun": lambda z: self.limits - self.rows @ z}] if len(self.rows) else []
        equal = [{"type": "eq", "fun": lambda z: self.equal @ z - 1}] if len(self.equal) else []
        found = minimize(
            loss,
            start[1],
            bounds=self.box,
            constraints=[*limits, *equal],
            method="SLSQP",
            options={"ftol": 1e-14},
        )
        inside = np.all(self.rows @ found.x <= self.limits + 1e-9) and np.allclose(
            self.equal @ found.x, 1, rtol=0, atol=1e-9
        )
        return -min(loss(found.x), loss(start[1])) if inside else -loss(start[1])


def cells(document: Mapping[str, Any]) -> list[Cell]:
    """All cells that hold a possible agreement in their middle."""
    reference = Reference(document)
    d = np.array([float(reference.disagreement[player]) for player in reference.signatories])
    found = (_cell(reference, d, pieces) for pieces in itertools.product(*_pieces(document)))
    return [cell for cell in found if cell is not None]


def _pieces(document: Mapping[str, Any]) -> Iterator[list[dict[Coordinate, Any]]]:
    """Per issue the ways to fix an option or an interval for every coordinate."""
    for issue, section in document["issues"].items():
        if "options" in section:
            yield [{(issue, None): option} for option in section["options"]]
        elif "range" in section:
            yield [
                {(issue, None): piece} for piece in itertools.pairwise(_cuts(document, issue, None, section["range"]))
            ]
        else:
            shares = [list(itertools.pairwise(_cuts(document, issue, p, (0, 1)))) for p in section["division"]]
            coordinates = [(issue, player) for player in section["division"]]
            yield [dict(zip(coordinates, row, strict=True)) for row in itertools.product(*shares)]


def _cuts(document: Mapping[str, Any], issue: str, player: str | None, ends: Sequence[float]) -> list[float]:
    """Breakpoints of everybody's values and thresholds of every condition along one coordinate."""
    numbers = set(map(float, map(exact, ends)))
    low, high = min(numbers), max(numbers)
    for owner, utilities in document["utilities"].items():
        entry = utilities[issue]
        if entry == "ignored" or (player is not None and entry.get("of", owner) != player):
            continue
        numbers |= {float(x) for x, _ in entry.get("points", [])} | {
            float(entry[key]) for key in ("worst", "best") if key in entry
        }
    for condition in _conditions(document):
        test = condition.get(issue, {})
        test = test.get(player, {}) if player is not None else test
        numbers |= {float(bound) for key, bound in test.items() if key in BOUNDS}
    return sorted(number for number in numbers if low <= number <= high)


def _conditions(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for rule in document.get("rules", []):
        yield from (rule[key] for key in ("forbid", "if", "then") if key in rule)
    for utilities in document["utilities"].values():
        yield from (term["when"] for term in utilities.get("terms", []))


def _cell(reference: Reference, d: np.ndarray, pieces: Sequence[dict[Coordinate, Any]]) -> Cell | None:
    fixed = {coordinate: piece for part in pieces for coordinate, piece in part.items()}
    box = {coordinate: piece for coordinate, piece in fixed.items() if not isinstance(piece, str)}
    middle = {coordinate: (low + high) / 2 for coordinate, (low, high) in box.items()}
    rules = reference.document.get("rules", [])
    budgets = [rule for rule in rules if "at_most" in rule]
    conditions = Reference({**reference.document, "rules": [rule for rule in rules if rule not in budgets]})
    if not conditions.is_possible(_agreement(fixed, middle)):
        return None

    def gains(z: Mapping[Coordinate, float]) -> np.ndarray:
        payoffs = reference.payoffs_of(_agreement(fixed, z))
        return np.array([float(payoffs[player]) for player in reference.signatories]) - d

    return _affine(gains, box, middle, budgets)


def _affine(
    gains: Callable[[Mapping[Coordinate, float]], np.ndarray],
    box: Mapping[Coordinate, tuple[float, float]],
    middle: Mapping[Coordinate, float],
    budgets: Sequence[Mapping[str, Any]],
) -> Cell:
    """The affine pieces, read off a step from the middle of the cell along every coordinate."""
    coordinates, at = list(box), gains(middle)
    steps = {c: (high - low) / 4 for c, (low, high) in box.items()}
    columns = [(gains({**middle, c: middle[c] + steps[c]}) - at) / steps[c] for c in coordinates]
    slopes = np.column_stack(columns) if columns else np.zeros((len(at), 0))
    rows = [[float(rule["sum"].get(_path(c), 0)) for c in coordinates] for rule in budgets]
    divisions = {issue for issue, player in coordinates if player is not None}
    return Cell(
        base=at - slopes @ np.array([middle[c] for c in coordinates]),
        slopes=slopes,
        box=[box[c] for c in coordinates],
        rows=np.array(rows).reshape(len(budgets), len(coordinates)),
        limits=np.array([float(rule["at_most"]) for rule in budgets]),
        equal=np.array([[float(c[0] == issue) for c in coordinates] for issue in sorted(divisions)]).reshape(
            -1, len(coordinates)
        ),
    )


def _path(coordinate: Coordinate) -> str:
    issue, player = coordinate
    return issue if player is None else f"{issue}.{player}"


def _agreement(fixed: Mapping[Coordinate, Any], z: Mapping[Coordinate, float]) -> dict[str, Any]:
    agreement: dict[str, Any] = {}
    for (issue, player), piece in fixed.items():
        if player is None:
            agreement[issue] = piece if isinstance(piece, str) else z[issue, None]
        else:
            agreement.setdefault(issue, {})[player] = z[issue, player]
    return agreement
