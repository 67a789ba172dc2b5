"""An ultimatum over a pie to types that differ in their cost of conflict: the demands that can matter, as a list."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bargain.errors import UsageError
from bargain.protocols.ultimatum.rules import INDIFFERENT, PrivateCost, Ultimatum

__all__ = ["over_a_pie"]


def over_a_pie(
    win: float,
    cost: float,
    costs: Sequence[float],
    chances: Sequence[float],
    pie: float = 1.0,
    held: float = 0.0,
    rounds: int = 1,
    patience: tuple[float, float] = (1.0, 1.0),
    types: tuple[str, ...] = (),
    players: tuple[str, str] = ("proposer", "responder"),
) -> Ultimatum:
    """Rules whose offers are the demands x that leave some type indifferent; no other demand can be better.

    Conflict gives the proposer win * pie - cost and type j (1 - win) * pie - costs[j]. In the last round a type is
    indifferent at win * pie + costs[j]; in the first of two, where the last demand is that for type m, at
    win * pie + costs[j] - d * max(0, costs[j] - costs[m]). Between these the proposer's payoff rises in its demand.
    All are cut to pie - held, which is a demand, too.

    >>> over_a_pie(0.5, 0.1, [0.1, 0.3], [0.2, 0.8]).proposer.tolist()
    [0.6, 0.8]
    """
    hidden = np.asarray(costs, dtype=float)
    # the same conditions as for a range of costs, so that they are checked in one place
    spread = float(hidden.max()) if len(hidden) and hidden.max() > hidden.min() else float(hidden.max(initial=0.0)) + 1
    known = PrivateCost(win, cost, float(hidden.min(initial=0.0)), spread, pie, held, rounds, patience)
    if not np.isfinite(hidden).all():
        raise UsageError("a cost is not a number")
    last = np.minimum(hidden, known.ceiling)
    lead = np.maximum(0.0, hidden[:, None] - last) if rounds == 2 else np.zeros((len(hidden), 1))
    wanted = (hidden[:, None] - patience[1] * lead).ravel()
    demands = _apart(win * pie + np.minimum(wanted, known.ceiling), INDIFFERENT * pie)
    return Ultimatum(
        proposer=demands,
        responder=np.repeat(pie - demands[:, None], len(hidden), axis=1),
        chances=np.asarray(chances, dtype=float),
        refusal=np.full(len(hidden), win * pie - cost),
        floors=(1 - win) * pie - hidden,
        rounds=rounds,
        patience=patience,
        types=types,
        players=players,
    )


def _apart(numbers: NDArray[np.float64], dust: float) -> NDArray[np.float64]:
    """Increasing numbers, the lowest of those that differ by rounding."""
    ordered = np.unique(numbers)
    return np.asarray(ordered[np.concatenate([[True], np.diff(ordered) > dust])])
