"""Aggregate monotonicity: more for all hurts nobody."""

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.coalitions.changes import steps_of, worth_more
from bargain.axioms.division import Dividing, division_of, fall
from bargain.games.coalitions import Game

__all__ = ["aggregate_monotonicity"]


@axiom(
    title="Aggregate monotonicity",
    definition="if all together become worth more and nothing else changes, nobody gets less",
    source="Megiddo (1974), On the Nonmonotonicity of the Bargaining Set, the Kernel and the Nucleolus of a Game, "
    "SIAM J. Applied Mathematics 27(2), 355-358",
    over="coalitions",
)
def aggregate_monotonicity(rule: Dividing, game: Game) -> Violation | None:
    r"""$f_i(v') \ge f_i(v)$ if only $v'(N) > v(N)$; of a set of answers, the best for each player.

    >>> from bargain.axioms.coalitions import worth
    >>> from bargain.concepts import shapley
    >>> print(aggregate_monotonicity.violation(shapley, worth([0, 0, 0, 0, 1, 1, 1])))
    None
    """
    answer = division_of(rule, game)
    if answer is None:
        return None
    for amount in steps_of(game):
        changed = worth_more(game, [2**game.n - 1], amount)
        after = division_of(rule, changed)
        if after is None:
            continue
        for player in range(game.n):
            if fall(answer, after, player) is not None:
                change = ("; if all together are worth ", changed.grand, " instead of ", game.grand, " it is ", after)
                sentence = ("the answer is ", answer, *change, ", less for ", player)
                return Violation(game, answer, sentence, changed, after)
    return None
