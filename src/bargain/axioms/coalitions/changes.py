"""The changes of a game that axioms over coalitions speak about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bargain.axioms.division import stake_of
from bargain.games.coalitions import Game

__all__ = ["STEPS", "group", "relabelled", "restricted", "steps_of", "worth", "worth_in_words", "worth_more"]

STEPS = (1.0, 0.25)
"""By how much a worth is changed, in units of what is at stake."""


def steps_of(game: Game) -> list[float]:
    """The amounts by which a worth is changed."""
    return [share * stake_of(game) for share in STEPS]


def group(coalition: int) -> tuple[int, ...]:
    """The players of a coalition given as a bitmask.

    >>> group(5)
    (0, 2)
    """
    return tuple(player for player in range(coalition.bit_length()) if coalition >> player & 1)


def worth(worths: Sequence[float]) -> Game:
    """A game from plain numbers: what the coalitions 1, 2, 12, 3, 13, 23, 123, ... are worth.

    >>> worth([0, 0, 1]).grand
    1.0
    """
    return Game(np.array([0.0, *worths]))


def worth_more(game: Game, coalitions: Sequence[int], amount: float) -> Game:
    """The same game with some coalitions worth more, or less."""
    values = game.values.copy()
    values[list(coalitions)] += amount
    return Game(values)


def worth_in_words(game: Game, coalition: int) -> tuple[tuple[int, ...], str, float]:
    """What a coalition is worth, as parts of a sentence."""
    members = group(coalition)
    return members, " is worth " if len(members) == 1 else " are worth ", float(game.values[coalition])


def relabelled(game: Game, order: Sequence[int]) -> Game:
    """The same game with player ``order[i]`` in place i."""
    masks = np.arange(2**game.n)
    old = sum(((masks >> place) & 1) << player for place, player in enumerate(order))
    return Game(game.values[old])


def restricted(game: Game, coalition: int) -> Game:
    """The game among the members of a coalition, the others having left."""
    members = group(coalition)
    masks = np.arange(2 ** len(members))
    old = sum(((masks >> place) & 1) << player for place, player in enumerate(members))
    return Game(game.values[old])
