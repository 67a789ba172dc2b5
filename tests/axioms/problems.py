"""Random items, games and claims for the axioms: small whole numbers, so that ties and edges are frequent."""

from __future__ import annotations

from random import Random

from bargain.axioms import Domain
from bargain.axioms.awards import estate
from bargain.axioms.items import points
from bargain.axioms.witness import Problem
from bargain.games.claims import Claims
from bargain.geometry.items import Items
from oracles.games import random_game

__all__ = ["random_problem"]


def random_problem(rng: Random, domain: Domain) -> Problem:
    """A problem of a domain."""
    match domain:
        case "items":
            return _items(rng)
        case "coalitions":
            return random_game(rng, rng.randint(1, 4))
        case "claims":
            return _estate(rng)
    raise ValueError(domain)


def _items(rng: Random) -> Items:
    """Half of them with equally many points in all; some that one or nobody weighs."""
    first = [rng.choice([0, 0, 1, 2, 3, 10, 30]) for _ in range(rng.randint(1, 5))]
    second = [rng.choice([0, 1, 2, 3, 10, 30]) for _ in first]
    if rng.random() < 0.5:
        second = rng.sample(first, len(first))
    return points(list(zip(first, second, strict=True)))


def _estate(rng: Random) -> Claims:
    """Often with equal claims; from no estate at all to one that pays everybody."""
    claims = [rng.choice([0, 1, 2, 3, 5, 10, 30]) for _ in range(rng.randint(1, 5))]
    return estate(rng.randint(0, sum(claims)), claims)
