"""What a policy over listed agreements is worth: in closed form, for one policy or many."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.legislative.plan import WAIT
from bargain.protocols.legislative.rules import Motions

__all__ = ["signed_values", "worth"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def signed_values(rules: Motions, policies: Ints) -> tuple[Floats, Floats]:
    """(…, n) values and prices if the motions of a policy, (…, n), all pass."""
    chances = rules.house.chances
    moves = policies != WAIT
    paid = np.where(moves[..., None], rules.payoffs[policies], 0.0)
    return worth(rules, np.einsum("i,...ij->...j", chances, paid), 1 - moves @ chances)


def worth(rules: Motions, signed: Floats, failed: Floats) -> tuple[Floats, Floats]:
    """(…, n) values and prices if a session signs what is worth ``signed`` or else fails: ``motions.py``."""
    delta, standing = rules.house.waiting, rules.house.standing
    failed = np.asarray(np.maximum(failed, 0.0))[..., None]
    left = 1 - failed * delta
    never = left <= 0
    values = np.where(never, standing, (signed + failed * (1 - delta) * standing) / np.where(never, 1.0, left))
    return values, (1 - delta) * standing + delta * values
