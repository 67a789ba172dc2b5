"""What a concept picks from a feasible set, and how a feasible set is judged against disagreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.unlisted.parts import Part

__all__ = [
    "Choice",
    "FeasibleSet",
    "Listed",
    "Mixture",
    "Outlook",
    "Pick",
    "Place",
    "Shares",
    "Spot",
    "doubted",
    "tolerances",
]

Floats = NDArray[np.float64]

RELATIVE = 1e-9
"""Two objectives, or a payoff and the disagreement payoff, count as equal within this share of their scale."""

TOO_LONG_A_WALK = (
    "among three and more it asks for hundreds of ideal points, and with curved values or budgets over continuous "
    "issues each is a search of seconds: use piecewise linear values and steps"
)
"""Why a walk is not begun."""
CONVEX_ONLY = "it needs a convex set of payoffs: allow lotteries"
"""Why what stands between agreements cannot be had in the pure regime."""


@dataclass(frozen=True)
class Spot:
    """An agreement off the grid: which patch (one key per block), and the continuous coordinates in it."""

    patch: tuple[int, ...]
    coordinates: tuple[float, ...]


@dataclass(frozen=True)
class Pick:
    """An agreement of a space whose frontier is not listed: one row of every block."""

    rows: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Listed:
    """A payoff of a part of the frontier that was listed for one question; it stands for all agreements that pay it."""

    part: Part
    index: int


@dataclass(frozen=True)
class Shares:
    """An agreement that shares items out between two: the first player's share of each."""

    first: tuple[float, ...]


Place = int | Spot | Pick | Listed | Shares
"""Where an agreement stands: an index into the frontier or into a listed part of it (which several agreements may pay),
a spot off the grid, a pick from blocks, or shares of items."""
Mixture = tuple[tuple[float, Place], ...]
"""Chances and places. A pure agreement has one place."""


@dataclass(frozen=True)
class Choice:
    """The tied answers of one concept.

    Attributes
    ----------
    mixtures : the tied answers; several frontier places may tie, and each place may stand for several agreements.
    points : (t, n) their payoffs, row by row.
    ray_point : where the ray of a ray concept leaves the set (with free disposal), before leximin completes it.
    continuum : True if what ties is a whole stretch, of which only the ends are listed.
    residual : largest violation of the optimality conditions left by polishing, None where nothing was polished.
    proof : why this is the answer, in words.
    gap : by how much, relatively, something better may have been missed (a bound from prices), None where not needed.
    prices : (n,) at which no agreement is worth more than this answer.
    """

    mixtures: tuple[Mixture, ...]
    points: Floats
    ray_point: Floats | None = None
    continuum: bool = False
    residual: float | None = None
    proof: str = "exact"
    gap: float | None = None
    prices: Floats | None = None


@dataclass(frozen=True)
class Outlook:
    """Can all gain together? The largest attainable minimum gain, where it is reached, who binds there, the proof."""

    least_gain: float
    place: Mixture
    point: Floats
    binding: tuple[int, ...]
    proof: str = "exact"


class FeasibleSet(Protocol):
    """A set of payoffs with a disagreement point; answers the questions that concepts ask."""

    @property
    def disagreement(self) -> Floats:
        """(n,) payoffs without a deal."""

    @property
    def powers(self) -> Floats:
        """(n,) bargaining powers; only their ratios matter."""

    @property
    def method(self) -> str:
        """How answers are found: ``list``, ``grid and polish``, ``polygon``, ``prices``, ..."""

    @property
    def tolerance(self) -> Floats:
        """(n,) differences of payoffs that do not count."""

    @property
    def mixes(self) -> bool:
        """Whether lotteries over agreements are allowed: the set is convex."""

    @property
    def walkable(self) -> bool:
        """Whether ideal points seen from elsewhere are had so quickly that a walk may ask for hundreds of them."""

    @property
    def outlook(self) -> Outlook:
        """The largest attainable minimum gain."""

    @property
    def points(self) -> Floats:
        """(k, n) the efficient payoffs, as far as they are listed."""

    @property
    def rational_rows(self) -> NDArray[np.intp]:
        """Indices of the listed points that leave nobody below disagreement."""

    @property
    def rational(self) -> bool:
        """Whether some payoff leaves nobody below disagreement."""

    @property
    def ideal(self) -> Floats:
        """(n,) each player's best payoff among the rational ones; ``ideal_from(disagreement)``."""

    @property
    def ideal_doubt(self) -> float:
        """By how much a payoff of the ideal point may be higher, for all that is known; 0 where it is exact."""

    @property
    def border(self) -> Floats:
        """(v, 2) vertices of the efficient border between the players' best rational points, the first's falling.

        Raises
        ------
        NotApplicable
            where there is no such line: without lotteries, or with more than two players.
        """

    def ideal_from(self, standing: Floats) -> Floats:
        """(n,) each player's best payoff among those that leave nobody below ``standing`` (n,); -inf if none does."""

    def product(self, powers: Floats) -> Choice:
        """Maximise the product of gains, each raised to its power."""

    def total(self, weights: Floats) -> Choice:
        """Maximise the sum of payoffs, each times its weight, among the rational ones."""

    def along(self, direction: Floats) -> Choice:
        """The last payoff on the ray from disagreement along ``direction``, completed by leximin."""

    def least_loss(self, target: Floats) -> Choice:
        """The smallest t with ``max(target - t, disagreement)`` feasible, completed by leximin of ``u - target``."""


def tolerances(points: Floats, disagreement: Floats, rounding: Floats | float) -> Floats:
    """(n,) how far two payoffs of a player may differ and still count as equal.

    1e-9 of what is at stake for it, and no less than what rounding may do.
    """
    low = np.minimum(points.min(axis=0, initial=np.inf), disagreement)
    high = np.maximum(points.max(axis=0, initial=-np.inf), disagreement)
    allowed = np.maximum(RELATIVE * (high - low), 1e-13 * np.maximum(high, -low))
    return np.asarray(np.maximum(allowed, rounding))


def doubted(choice: Choice, doubt: float) -> Choice:
    """An answer that stands on an ideal point of which a payoff may be higher by up to ``doubt``.

    >>> doubted(Choice((), np.zeros((0, 2))), 0.25).proof
    'best found; best payoffs of single players may be higher by up to 0.25'
    """
    if doubt == 0:
        return choice
    said = "best found" if choice.proof.startswith("exact") else choice.proof
    return replace(choice, proof=f"{said}; best payoffs of single players may be higher by up to {doubt:.2g}")


def pure(places: Sequence[Place]) -> tuple[Mixture, ...]:
    """Each place as a mixture of one."""
    return tuple(((1.0, place),) for place in places)
