"""Covariance: units, and gifts to single players, do not matter."""

import numpy as np

from bargain.axioms.axiom import Part, Violation, axiom
from bargain.axioms.division import Dividing, division_of, stake_of
from bargain.games.coalitions import Game, sums_of

__all__ = ["covariance"]

FACTORS = (2.0, 0.5)


@axiom(
    title="Covariance",
    definition="counting in other units, and giving a player an amount of its own in every coalition, changes the "
    "answer by just that",
    source="Peleg (1986), On the Reduced Game Property and Its Converse, Int. J. Game Theory 15(3), 187-200",
    over="coalitions",
)
def covariance(rule: Dividing, game: Game) -> Violation | None:
    r"""Strategic equivalence: $f(\alpha v + b) = \alpha f(v) + b$ with $\alpha > 0$ and a number $b_i$ per player.

    >>> from bargain.axioms.coalitions import worth
    >>> from bargain.concepts import shapley
    >>> print(covariance.violation(shapley, worth([1, 0, 3])))
    None
    """
    answer = division_of(rule, game)
    if answer is None:
        return None
    changes = [(factor, np.zeros(game.n)) for factor in FACTORS]
    changes += [(1.0, gift) for gift in stake_of(game) * np.eye(game.n)]
    for factor, gift in changes:
        changed = Game(factor * game.values + sums_of(gift))
        after = division_of(rule, changed)
        expected = answer.counted_in(np.full(game.n, factor), gift)
        if after is not None and not expected.same(after):
            change: tuple[Part, ...] = (f"; with all worths times {factor:g}",)
            if gift.any():
                player = int(gift.argmax())
                change = ("; with ", float(gift[player]), " more for ", player, " in every coalition")
            return Violation(game, answer, ("the answer is ", answer, *change, " it is ", after), changed, after)
    return None
