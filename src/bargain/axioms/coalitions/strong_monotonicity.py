"""Strong monotonicity: who adds no less gets no less."""

from collections.abc import Iterator

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.coalitions.changes import steps_of, worth_in_words, worth_more
from bargain.axioms.division import Dividing, division_of, fall
from bargain.games.coalitions import Game

__all__ = ["strong_monotonicity"]


@axiom(
    title="Strong monotonicity",
    definition="if a game changes so that a player adds no less to any coalition, that player does not get less",
    source="Young (1985), Monotonic Solutions of Cooperative Games, Int. J. Game Theory 14(2), 65-72",
    over="coalitions",
)
def strong_monotonicity(rule: Dividing, game: Game) -> Violation | None:
    r"""$f_i(v') \ge f_i(v)$ if $v'(S \cup i) - v'(S) \ge v(S \cup i) - v(S)$ for every S without i.

    Tried: a coalition worth more with the player, one worth less without it, and one that changes alike with and
    without it.

    >>> from bargain.axioms.coalitions import worth
    >>> from bargain.concepts import shapley
    >>> print(strong_monotonicity.violation(shapley, worth([0, 0, 0, 0, 1, 1, 1])))
    None
    """
    answer = division_of(rule, game)
    if answer is None:
        return None
    for player in range(game.n):
        for coalitions, amount in _changes(game, player):
            changed = worth_more(game, coalitions, amount)
            after = division_of(rule, changed)
            if after is not None and fall(answer, after, player) is not None:
                told = [part for coalition in coalitions for part in (", ", *worth_in_words(changed, coalition))]
                change = ("; if ", *told[1:], ", so that ", player, " adds no less to any coalition, it is ", after)
                sentence = ("the answer is ", answer, *change, ", less for ", player)
                return Violation(game, answer, sentence, changed, after)
    return None


def _changes(game: Game, player: int) -> Iterator[tuple[tuple[int, ...], float]]:
    own = 1 << player
    for without in range(2**game.n):
        if without & own:
            continue
        for amount in steps_of(game):
            yield (without | own,), amount
            if without:
                yield (without,), -amount
                yield (without, without | own), amount
                yield (without, without | own), -amount
