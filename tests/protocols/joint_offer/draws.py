"""Random problems with small whole numbers, so that fractions are exact and ties are frequent."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bargain.protocols.joint_offer.rules import CounterDemand, JointOffer

CONCEPTS = ("nash", "asymmetric_nash", "kalai_smorodinsky", "egalitarian", "equal_loss", "utilitarian")


def problem(seed: int, concepts: Sequence[str] = CONCEPTS, size: int = 12) -> JointOffer:
    """Up to ``size`` agreements, three members, three types; often a second stage."""
    rng = np.random.default_rng(seed)
    k, m, kinds = int(rng.integers(1, size)), int(rng.integers(1, 4)), int(rng.integers(1, 4))
    counter = None
    if rng.random() < 0.6:
        breakdown, patience = float(rng.integers(0, 5) / 4), rng.integers(0, 5, kinds) / 4
        counter = CounterDemand(breakdown, tuple(patience.tolist()), tuple((rng.integers(0, 5, m) / 4).tolist()))
    chances = rng.integers(0, 4, kinds) + np.eye(kinds)[0]
    refusal = rng.integers(0, 5, m if counter else (kinds, m))
    return JointOffer(
        rng.integers(0, 10, (k, m)),
        rng.integers(0, 10, (k, kinds)),
        chances / chances.sum(),
        refusal,
        rng.integers(0, 7, kinds),
        str(rng.choice(concepts)),
        rng.integers(1, 4, m),
        counter=counter,
    )
