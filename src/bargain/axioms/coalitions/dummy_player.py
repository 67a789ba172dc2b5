"""Dummy player: who adds only its own worth gets its own worth."""

import numpy as np

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.coalitions import Game

__all__ = ["dummy_player"]


@axiom(
    title="Dummy player",
    definition="a player who adds to every coalition just what it is worth alone gets that; a null player gets nothing",
    source="Shapley (1953), A Value for n-Person Games, Contributions to the Theory of Games II, 307-317",
    over="coalitions",
)
def dummy_player(rule: Dividing, game: Game) -> Violation | None:
    r"""$x_i = v(\{i\})$ if $v(S \cup i) - v(S) = v(\{i\})$ for every S without i.

    >>> from bargain.axioms.coalitions import worth
    >>> from bargain.concepts import nucleolus
    >>> print(dummy_player.violation(nucleolus, worth([0, 0, 6, 1, 1, 1, 7])))
    None
    """
    answer = division_of(rule, game)
    if answer is None:
        return None
    for player in range(game.n):
        halves = game.values.reshape(-1, 2, 2**player)
        alone = float(game.alone[player])
        if np.abs(halves[:, 1] - halves[:, 0] - alone).max() > 0:
            continue
        off = np.abs(answer.points[:, player] - alone) > answer.close[player]
        if off.any():
            point = answer.points[int(off.argmax())]
            sentence = (player, " adds ", alone, " to every coalition, but the answer is ", point)
            return Violation(game, answer, sentence)
    return None
