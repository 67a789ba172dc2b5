"""Problems to haggle over: pies, curves, and random lists."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.concession.rules import Concession
from bargain.protocols.concession.strategies import (
    EquilibriumPlay,
    Hardheaded,
    RandomAsks,
    Strategy,
    TimeDependent,
    TitForTat,
    Zeuthen,
)

EACH: tuple[Strategy, ...] = (
    TimeDependent(0.3),
    TimeDependent(1),
    TimeDependent(3, start=0.1),
    TitForTat(),
    TitForTat("absolute", lag=2, noise=3.0),
    TitForTat("relative"),
    TitForTat("averaged", lag=2),
    Hardheaded(),
    RandomAsks(),
    EquilibriumPlay(),
)
FOR_TWO = (*EACH, Zeuthen())


def pie(steps: int) -> NDArray[np.float64]:
    """A pie of so many pieces between two."""
    pieces = np.arange(steps + 1.0)
    return np.column_stack([pieces, steps - pieces])


def frontier(rng: np.random.Generator, k: int, n: int) -> NDArray[np.float64]:
    """Points on a sphere or a bent one, in different units, in no order; hardly any dominates another."""
    raw = rng.dirichlet(np.ones(n), size=k) ** rng.uniform(0.4, 1.0)
    return np.round(raw * rng.uniform(5, 200, size=n) - rng.uniform(0, 20, size=n), 3)


def random_rules(seed: int, n: int, strategies: tuple[Strategy, ...] = ()) -> Concession:
    """Any problem for n players, with strategies drawn from all there are unless given."""
    rng = np.random.default_rng(seed)
    points = frontier(rng, int(rng.integers(3, 40)), n)
    each = FOR_TWO if n == 2 else EACH
    drawn = strategies or tuple(each[k] for k in rng.integers(len(each), size=n))
    low = points.min(axis=0)
    standing = low + rng.uniform(-0.2, 0.2, size=n) * (points.max(axis=0) - low)
    return Concession(
        points,
        standing,
        drawn,
        int(rng.integers(1, 25)),
        breakdown=float(rng.choice([0.0, 0.05])),
        patience=rng.uniform(0.8, 1.0, size=n),
        order=tuple(rng.permutation(n).tolist()),
        seed=seed,
    )


def pairs() -> list[tuple[Strategy, ...]]:
    """Every pairing of strategies for two."""
    return list(product(FOR_TWO, repeat=2))
