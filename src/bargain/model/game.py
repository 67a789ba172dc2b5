"""A scenario's coalitions as a game: what files say by name, by place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bargain.games.claims import Claims
from bargain.games.coalitions import Game
from bargain.games.kinds import CoalitionGame
from bargain.games.voting import Voting
from bargain.model.coalitions import OTHERS, PLUS, ClaimsForm, VotesForm
from bargain.model.quantity import Quantity

__all__ = ["coalition_name", "game_of"]


def game_of(coalitions: Mapping[str, Quantity] | VotesForm | ClaimsForm, players: Sequence[str]) -> CoalitionGame:
    """The game among these players, in their order.

    >>> worths = {"a": 0, "b": 0, "b+a": 10}
    >>> game_of({name: Quantity(value=worth) for name, worth in worths.items()}, ["a", "b"]).values.tolist()
    [0.0, 0.0, 0.0, 10.0]
    """
    if isinstance(coalitions, VotesForm):
        return Voting(_per_player(coalitions.votes, players), coalitions.quota.value)
    if isinstance(coalitions, ClaimsForm):
        return Claims(coalitions.estate.value, _per_player(coalitions.claims, players))
    named = {frozenset(name.split(PLUS)): worth.value for name, worth in coalitions.items() if name != OTHERS}
    rest = coalitions[OTHERS].value if OTHERS in coalitions else 0.0
    values = np.full(2 ** len(players), rest)
    values[0] = 0.0
    place = {player: 1 << i for i, player in enumerate(players)}
    for members, worth in named.items():
        values[sum(place[member] for member in members)] = worth
    return Game(values)


def coalition_name(mask: int, players: Sequence[str]) -> str:
    """The name of a coalition, its members in the order of the players.

    >>> coalition_name(5, ["a", "b", "c"])
    'a+c'
    """
    return PLUS.join(player for i, player in enumerate(players) if mask >> i & 1)


def _per_player(numbers: Mapping[str, Quantity], players: Sequence[str]) -> NDArray[np.float64]:
    return np.array([float(numbers.get(player, numbers.get(OTHERS, 0.0))) for player in players])
