"""Coalitional monotonicity: a coalition that becomes worth more does not hurt its members."""

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.coalitions.changes import group, steps_of, worth_in_words, worth_more
from bargain.axioms.division import Dividing, division_of, fall
from bargain.games.coalitions import Game

__all__ = ["coalitional_monotonicity"]


@axiom(
    title="Coalitional monotonicity",
    definition="if one coalition becomes worth more and nothing else changes, none of its members gets less",
    source="Young (1985), Monotonic Solutions of Cooperative Games, Int. J. Game Theory 14(2), 65-72",
    over="coalitions",
)
def coalitional_monotonicity(rule: Dividing, game: Game) -> Violation | None:
    r"""$f_i(v') \ge f_i(v)$ for i in S if only $v'(S) > v(S)$; of a set of answers, the best for each player.

    >>> from bargain.axioms.coalitions import worth
    >>> from bargain.concepts import shapley
    >>> print(coalitional_monotonicity.violation(shapley, worth([0, 0, 0, 0, 1, 1, 1])))
    None
    """
    answer = division_of(rule, game)
    if answer is None:
        return None
    for coalition in range(2**game.n - 1, 0, -1):
        for amount in steps_of(game):
            changed = worth_more(game, [coalition], amount)
            after = division_of(rule, changed)
            if after is None:
                continue
            for player in group(coalition):
                if fall(answer, after, player) is not None:
                    old = float(game.values[coalition])
                    change = ("; if ", *worth_in_words(changed, coalition), " instead of ", old, " it is ", after)
                    sentence = ("the answer is ", answer, *change, ", less for ", player)
                    return Violation(game, answer, sentence, changed, after)
    return None
