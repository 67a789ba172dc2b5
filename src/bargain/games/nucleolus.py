"""The nucleolus: the largest excess as small as possible, then the next, by successive linear programmes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable, NotConverged
from bargain.games.coalitions import Game, sums_of
from bargain.games.program import PRICED, Optimum, Program, dust_of, normalised, outside_span, proper

__all__ = ["Level", "Nucleolus", "nucleolus"]

Floats = NDArray[np.float64]

POLISHED = 1e-6
"""How far, in units of the largest worth, the exact solution of the tight equations may lie from that of the
programmes (whose own tolerance is 1e-7)."""


@dataclass(frozen=True)
class Level:
    """One step: an excess, and coalitions that have it in every division that was still possible."""

    excess: float
    coalitions: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Nucleolus:
    """The division, and the levels of excess that pin it down, largest first."""

    shares: Floats
    levels: tuple[Level, ...]


def nucleolus(game: Game) -> Nucleolus:
    r"""Among divisions that give nobody less than alone, the one whose excesses $v(S) - x(S)$, sorted from the largest,
    come first in lexicographic order. It is unique.

    Each programme makes the largest excess of the coalitions not yet settled as small as possible. A coalition is
    settled when its dual price is positive, because only then is its excess the same in *every* solution;
    coalitions whose excess follows from settled ones drop out. At most n - 1 programmes settle everything, and the
    equations of the settled coalitions are then solved once more, exactly.

    Sources: Schmeidler (1969), The Nucleolus of a Characteristic Function Game, SIAM Journal on Applied Mathematics
    17(6), 1163-1170; Maschler, Peleg & Shapley (1979), Mathematics of Operations Research 4(4), 303-338.

    Raises
    ------
    NotApplicable
        if the players get more alone than all together, so that nothing can be divided; or above 16 players.

    >>> claims = Game(np.array([0.0, 0, 0, 0, 0, 0, 100, 200]))  # an estate of 200, claims of 100, 200 and 300
    >>> nucleolus(claims).shares.round(9)
    array([50., 75., 75.])
    """
    worth, unit = normalised(game)
    if worth[-1] * unit < -dust_of(game):
        raise NotApplicable(
            f"the players are worth {game.alone.sum():.12g} alone and {game.grand:.12g} together, so no division gives "
            "each what it gets alone"
        )
    worth[-1] = max(0.0, worth[-1])
    if game.n == 1:
        return Nucleolus(np.array([game.grand]), ())
    steps = _steps(worth, game.n)
    shares, excesses = _polished(worth, game.n, steps)
    settled = [sorted(coalition for coalition, price in step.prices.items() if price > PRICED) for step in steps]
    levels = [Level(float(e) * unit, tuple(found)) for e, found in zip(excesses, settled, strict=True)]
    return Nucleolus(shares * unit + game.alone, tuple(levels))


def _steps(worth: Floats, n: int) -> list[Optimum]:
    """The programmes, until every share is settled."""
    rows, sides = np.ones((1, n)), worth[-1:]
    wanted = proper(n)
    program = Program(worth, wanted, 0.0, (rows, sides))
    steps: list[Optimum] = []
    while program.wanted.any():
        step = program.least_excess()
        steps.append(step)
        for coalition in (s for s, price in step.prices.items() if price > PRICED):
            if program.wanted[coalition]:
                members = ((coalition >> np.arange(n)) & 1).astype(float)
                rows = np.vstack([rows, members])
                sides = np.append(sides, worth[coalition] - step.excess)
                program.wanted = program.wanted & outside_span(n, rows)
        program.equal = (rows, sides)
    return steps


def _polished(worth: Floats, n: int, steps: list[Optimum]) -> tuple[Floats, Floats]:
    """Shares and excesses from the equations that the programmes found tight, free of their tolerances."""
    equations, sides = [np.append(np.ones(n), np.zeros(len(steps)))], [worth[-1]]
    for rank, step in enumerate(steps):
        level = np.eye(len(steps))[rank]
        for coalition in (s for s, price in step.prices.items() if price > PRICED):
            equations.append(np.append((coalition >> np.arange(n)) & 1, level))
            sides.append(worth[coalition])
        for player in np.flatnonzero(step.bound_prices > PRICED):
            equations.append(np.append(np.eye(n)[player], np.zeros(len(steps))))
            sides.append(0.0)
    solved = np.linalg.lstsq(np.array(equations, dtype=float), np.array(sides), rcond=None)[0]
    shares, excesses = solved[:n], solved[n:]
    if np.abs(shares - steps[-1].shares).max() > POLISHED or shares.min() < -POLISHED:
        raise NotConverged("the equations of the nucleolus do not agree with its linear programmes")
    largest = (worth - sums_of(shares))[1:-1].max()
    if largest > excesses[0] + POLISHED:
        raise NotConverged("a coalition has a larger excess than the nucleolus allows")
    return np.maximum(shares, 0.0), excesses
