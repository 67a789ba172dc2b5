"""Backward induction over the points: what to ask for and what to accept in every round."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.concession.choosing import kindest
from bargain.protocols.concession.plan import Schedule

__all__ = ["schedule_of"]

Floats = NDArray[np.float64]


def schedule_of(
    gains: Floats, left: Sequence[Floats], slack: Floats, proposers: Sequence[int], lasting: Floats
) -> Schedule:
    r"""The finite game backwards: after the last round gains are 0, before it $V_r$ is what the proposer's best brings.

    Everybody accepts from $w_i = (1 - q)\,\delta_i V_{i, r+1}$ on; ``lasting`` (n,) is $(1 - q)\,\delta$. The proposer
    asks for the best of what all accept and is no worse to itself than waiting, if there is such a point, and else for
    its own best, which is refused. ``gains`` are (m, n), ``left`` is by `left_to_others`, ``proposers`` one per round.

    >>> shares = np.arange(5.0)
    >>> gains = np.column_stack([shares, 4 - shares])
    >>> left = (gains[:, 1:] / 4, gains[:, :1] / 4)
    >>> found = schedule_of(gains, left, np.zeros(2), (0, 1, 0), np.array([0.5, 0.5]))
    >>> found.points, found.floors.tolist()  # the last proposer takes all, the one before leaves it half of that
    (array([3, 2, 4]), [[1.0, 1.0], [2.0, 0.0], [0.0, 0.0]])
    """
    places = np.zeros(len(proposers), dtype=np.intp)
    floors = np.zeros((len(proposers), gains.shape[1]))
    value = np.zeros(gains.shape[1])
    for turn in range(len(proposers) - 1, -1, -1):
        player, waiting = proposers[turn], lasting * value
        own, kind = gains[:, player], left[player]
        fine = (gains >= waiting - slack).all(axis=1)
        eligible = own >= own.max(initial=0.0, where=fine) - slack[player] if fine.any() else own >= own.max()
        places[turn] = kindest(own, kind, eligible & (fine | ~fine.any()), slack[player])
        floors[turn] = waiting
        value = gains[places[turn]] if fine.any() else waiting
    return Schedule(places, floors)
