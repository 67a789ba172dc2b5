"""The core: divisions that no coalition has a reason to leave."""

from typing import Any

import numpy as np

from bargain.axioms import Keeps, coalitions
from bargain.concepts.concept import concept
from bargain.concepts.nucleolus import nucleolus
from bargain.errors import NotApplicable
from bargain.games.claims import Claims
from bargain.games.coalitions import Division, Game
from bargain.games.core import core_corners, core_ranges, least_core
from bargain.games.kinds import CoalitionGame
from bargain.games.program import LARGEST
from bargain.games.voting import Voting

__all__ = ["core"]

EMPTY = "the core is empty: whatever the division, some coalition is worth more than its members get"


@concept(
    title="Core",
    definition="every division in which no coalition gets less than it is worth; shown: its range for each player, and "
    "the nucleolus as one point of it",
    source="Gillies (1959), Solutions to General Non-Zero-Sum Games, Contributions to the Theory of Games IV, 47-85; "
    "emptiness: Bondareva (1963), Problemy Kibernetiki 10, 119-139; Shapley (1967), Naval Research Logistics Quarterly "
    "14(4), 453-460",
    over="coalitions",
    keeps=Keeps(
        coalitions=(
            *coalitions.BASICS,
            coalitions.individual_rationality,
            coalitions.core_stability,
            coalitions.aggregate_monotonicity,
            coalitions.davis_maschler_consistency,
        ),
        unsaid=(coalitions.hart_mas_colell_consistency,),
    ),
)
def core(game: CoalitionGame) -> Division:
    r"""$x(N) = v(N)$ and $x(S) \ge v(S)$ for every coalition.

    If it is empty, there are no shares; the evidence is a balanced collection of coalitions that are together worth
    more than all, and the least core: the smallest largest excess, with a division that reaches it.

    >>> from bargain.games.coalitions import Game
    >>> majority = core(Game(np.array([0.0, 0, 0, 1, 0, 1, 1, 1])))  # any two of three
    >>> majority.shares is None, round(majority.evidence["least_excess"], 9)
    (True, 0.333333333)
    """
    if game.n > LARGEST:
        return _by_formula(game)
    table = game.table()
    least = least_core(table)
    if least.empty:
        evidence: dict[str, Any] = {
            "empty": True,
            "least_excess": least.excess,
            "least_core_point": least.shares,
            "balanced": least.weights,
            "balanced_worth": least.balanced,
        }
        return Division(None, evidence, "linear programme", EMPTY)
    return Division(nucleolus(game).shares, _evidence(table, least.excess), "linear programmes")


def _evidence(table: Game, least: float) -> dict[str, Any]:
    corners = core_corners(table)
    if corners is None:
        ranges = core_ranges(table)
        return {"empty": False, "least_excess": least, "lowest": ranges[:, 0], "highest": ranges[:, 1]}
    ends = {"lowest": corners.min(axis=0), "highest": corners.max(axis=0)}
    listed = [dict(enumerate(corner)) for corner in corners.tolist()]
    return {"empty": False, "least_excess": least, **ends, "extreme_points": listed}


def _by_formula(game: CoalitionGame) -> Division:
    """Many claimants, or many voters: the core is known without listing coalitions."""
    if isinstance(game, Claims):
        highest = np.minimum(game.claims, game.estate)
        evidence: dict[str, Any] = {"empty": False, "lowest": game.alone, "highest": highest}
        return Division(nucleolus(game).shares, evidence, "claims and what the others leave")
    if isinstance(game, Voting):
        vetoes = game.vetoes
        if not vetoes.any():
            return Division(None, {"empty": True}, "veto players", f"{EMPTY}; nobody has a veto")
        single = vetoes.sum() == 1
        evidence = {"empty": False, "lowest": vetoes * float(single), "highest": vetoes.astype(float)}
        return Division(nucleolus(game).shares, evidence, "veto players")
    raise NotApplicable(f"the core is worked out for at most {LARGEST} players, and there are {game.n}")
