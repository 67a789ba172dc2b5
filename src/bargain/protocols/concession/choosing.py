"""Which of several points to ask for when they are as good for oneself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["kindest"]

Floats = NDArray[np.float64]
ALIKE = 1e-9
"""Parts of ideal gains that differ by less are equal; they are parts of one."""


def kindest(own: Floats, left: Floats, eligible: NDArray[np.bool_], slack: float) -> int:
    """The place, among those eligible, that leaves most to the worst-off other; then best for oneself; then first.

    ``own`` (m,) gains, ``left`` (m,) parts of ideal gains, ``slack`` a difference of gains that does not count.

    >>> kindest(np.array([5.0, 7.0, 9.0]), np.array([0.5, 0.5, 0.2]), np.array([True, True, True]), 0.0)
    1
    """
    most = left.max(initial=0.0, where=eligible)
    eligible = eligible & (left >= most - ALIKE)
    best = own.max(initial=0.0, where=eligible)
    return int(np.argmax(eligible & (own >= best - slack)))
