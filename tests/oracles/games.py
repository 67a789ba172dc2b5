"""Random games with whole-number worths (many ties), and translations between bitmasks and sets."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np

from bargain.games.coalitions import Game

KINDS = ("any", "simple", "claims", "superadditive")


def random_game(chance: Random, n: int) -> Game:
    """A game in which all together are worth at least what each is worth alone."""
    kind, everyone = chance.choice(KINDS), 2**n - 1
    members = [[i for i in range(n) if mask >> i & 1] for mask in range(2**n)]
    if kind == "claims":
        claims = [chance.randint(0, 6) for _ in range(n)]
        estate = chance.randint(0, sum(claims))
        worth = [max(0, estate - sum(claims) + sum(claims[i] for i in group)) for group in members]
    elif kind == "simple":
        worth = [chance.randint(0, 1) if len(group) > 1 else 0 for group in members]
    else:
        worth = [chance.randint(-2, 6) for _ in members]
    worth[0] = 0
    alone = sum(worth[1 << i] for i in range(n))
    worth[everyone] = max(worth[everyone], alone, max(worth) if kind == "superadditive" else alone)
    return Game(np.array(worth, dtype=float))


def as_sets(game: Game) -> dict[frozenset[int], Fraction]:
    """Every coalition as a set of players, with its worth."""
    return {
        frozenset(i for i in range(game.n) if mask >> i & 1): Fraction(float(value))
        for mask, value in enumerate(game.values)
    }
