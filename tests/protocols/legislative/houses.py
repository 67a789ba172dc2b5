"""Random legislatures for tests."""

from __future__ import annotations

import numpy as np

from bargain.protocols.legislative.rules import Legislature, Motions


def house(seed: int, *, most: int = 7, extremes: bool = True) -> Legislature:
    """Any recognition, patience, quota, vetoes and status quo, extremes such as 0 and 1 among them."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, most + 1))
    recognition = rng.dirichlet(np.ones(n))
    patience = rng.random(n) if rng.random() < 0.6 else np.full(n, 0.9)
    if extremes and rng.random() < 0.3:
        recognition = rng.multinomial(6, np.ones(n) / n) / 6
    if extremes and rng.random() < 0.3:
        patience = rng.choice([0, 0.5, 0.9, 1], n)
    vetoes = tuple(str(i + 1) for i in range(min(int(rng.integers(0, 3)), n)))
    standing = rng.random(n) / n * rng.random() if rng.random() < 0.5 else np.zeros(n)
    quota = int(rng.integers(1, n + 1))
    return Legislature(tuple(recognition), tuple(patience), quota, vetoes=vetoes, status_quo=tuple(standing))


def motions(seed: int, *, whole: bool = True, horizon: int | None = None) -> Motions:
    """Random agreements, with many ties if their payoffs are whole numbers."""
    rng = np.random.default_rng(seed)
    n, count = int(rng.choice([3, 5])), int(rng.integers(2, 12))
    payoffs = rng.integers(0, 6, (count, n)).astype(float) if whole else 5 * rng.random((count, n))
    rules = Legislature(
        (1 / n,) * n if rng.random() < 0.5 else tuple(rng.dirichlet(np.ones(n))),
        float(rng.choice([0.5, 0.8, 0.9, 0.95])),
        int(rng.integers(n // 2 + 1, n + 1)),
        status_quo=tuple(rng.random(n) * rng.choice([0, 1, 2])),
    )
    return Motions(rules, payoffs, horizon)
