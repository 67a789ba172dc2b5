"""The nucleolus: the coalition with most to complain about complains as little as possible, then the next."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.axioms import Keeps, awards, coalitions
from bargain.concepts.concept import concept
from bargain.games.claims import Claims, talmud
from bargain.games.coalitions import Division, Game
from bargain.games.kinds import CoalitionGame
from bargain.games.nucleolus import nucleolus as lexicographic
from bargain.games.program import LARGEST, dust_of
from bargain.games.voting import Voting

__all__ = ["nucleolus"]

HEAD = 12
"""Excesses that the certificate lists, from the largest down."""
LISTED = 50
"""Coalitions with the largest excess that it lists; all of them are counted."""


@concept(
    title="Nucleolus",
    definition="the largest excess of a coalition (its worth less its members' shares) as small as possible, then the "
    "second largest, and so on, nobody getting less than alone",
    source="Schmeidler (1969), The Nucleolus of a Characteristic Function Game, SIAM J. Applied Mathematics 17(6), "
    "1163-1170; claims: Aumann & Maschler (1985), J. Economic Theory 36(2), 195-213",
    over="coalitions",
    keeps=Keeps(
        coalitions=(
            *coalitions.BASICS,
            coalitions.individual_rationality,
            coalitions.core_stability,
            coalitions.davis_maschler_consistency,
        ),
        claims=(
            *awards.BASICS,
            awards.claims_truncation_invariance,
            awards.minimal_rights_first,
            awards.self_duality,
            awards.consistency,
            awards.securement,
        ),
    ),
)
def nucleolus(game: CoalitionGame) -> Division:
    r"""Lexicographically minimise the excesses $v(S) - x(S)$, sorted from the largest, over all $x_i \ge v(\{i\})$.

    Of a claims problem it is the Talmud rule, of votes with veto players an equal split among these (the core is
    what they can divide among themselves, the nucleolus lies in it, and they are interchangeable); these need no
    programme and have no limit of size.

    >>> division = nucleolus(Claims(200, np.array([100.0, 200, 300])))
    >>> division.shares, division.evidence["rule"]
    (array([50., 75., 75.]), 'Talmud: equal awards, at most half of each claim')
    """
    if isinstance(game, Claims):
        upper = game.estate > game.claims.sum() / 2
        rule = "equal losses, at most half of each claim" if upper else "equal awards, at most half of each claim"
        shares = talmud(game)
        return Division(shares, {**_excesses(game, shares), "rule": f"Talmud: {rule}"}, "Talmud rule")
    if isinstance(game, Voting) and game.vetoes.any() and game.alone.sum() <= 1:
        shares = game.vetoes / game.vetoes.sum()
        return Division(shares, {**_excesses(game, shares), "veto_players": game.vetoes}, "veto players share equally")
    found = lexicographic(game.table())
    evidence = {**_excesses(game, found.shares), "levels": found.levels}
    return Division(found.shares, evidence, "successive linear programmes")


def _excesses(game: CoalitionGame, shares: NDArray[np.float64]) -> dict[str, Any]:
    """The head of the sorted excesses and the coalitions that have the largest, where coalitions can be listed."""
    if game.n > LARGEST or game.n == 1:
        return {}
    table: Game = game.table()
    excess, dust = table.excesses(shares)[1:-1], dust_of(table)
    order = np.argsort(-(excess / dust).round() if dust else -excess, kind="stable")
    largest = float(excess[order[0]])
    largest = 0.0 if abs(largest) <= dust else largest
    binding = order[excess[order] >= largest - dust]
    return {
        "largest_excess": largest,
        "binding": [int(s) + 1 for s in binding[:LISTED]],
        "binding_count": len(binding),
        "excesses": {int(s) + 1: float(excess[s]) for s in order[:HEAD]},
        "in_core": largest <= 0,
    }
