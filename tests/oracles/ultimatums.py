"""Every perfect Bayesian continuation of a small two-round ultimatum, by supports and linear programmes.

Given which types accept, refuse or do both, and which replies are made, what types need is linear in the mixture of
replies, and what the proposer needs is linear in how often each type refuses. Shares nothing with the package.
"""

from __future__ import annotations

from itertools import chain, combinations, product

import numpy as np
from scipy.optimize import linprog

SEEN = 1e-6
"""A refusal by types that do both has so much chance at least, or else beliefs would be free."""


def highest_worth(u, v, q, r, d, mine, theirs, first):
    """The highest payoff of the proposer in any continuation after the offer ``first``; -inf if there is none."""
    k, kinds = v.shape
    later = np.where(v >= d, v - d, 0.0)
    gains = np.where(v >= d, u[:, None] - r, 0.0)
    best = -np.inf
    supports = list(chain.from_iterable(combinations(range(k), size) for size in range(1, k + 1)))
    for acts in product("arm", repeat=kinds):
        for replies in supports:
            if types_agree(v[first] - d, theirs * later, acts, replies):
                worth = proposer_agrees(gains, q, acts, replies, u[first] - r, mine)
                best = max(best, worth)
    return best + q @ r


def types_agree(now, later, acts, replies):
    """Whether some mixture of these replies makes every type content with what it does."""
    rows, bounds, equal, levels = [], [], [], []
    for kind, act in enumerate(acts):
        wait = later[list(replies), kind]
        if act == "a":
            rows.append(wait), bounds.append(now[kind])
        elif act == "r":
            rows.append(-wait), bounds.append(-now[kind])
        else:
            equal.append(wait), levels.append(now[kind])
    equal.append(np.ones(len(replies))), levels.append(1.0)
    found = linprog(np.zeros(len(replies)), rows or None, bounds or None, equal, levels, method="highs")
    return found.status == 0


def proposer_agrees(gains, q, acts, replies, now, mine):
    """The highest gain while these replies are best: over how often the types that do both refuse, or over beliefs."""
    k, kinds = gains.shape
    made = replies[0]
    others = [gains[other] - gains[made] for other in range(k)]
    ties = [gains[other] - gains[made] for other in replies]
    if set(acts) == {"a"}:
        ones = np.ones((1, kinds))
        content = linprog(
            np.zeros(kinds), others, np.zeros(k), [*ties, *ones], [0.0] * len(ties) + [1.0], method="highs"
        )
        return q @ now if content.status == 0 else -np.inf
    limits = [{"a": (0, 0), "r": (share, share), "m": (0, share)}[act] for act, share in zip(acts, q, strict=True)]
    aim = now - mine * gains[made]
    rows, levels = [*others, -np.ones(kinds)], [0.0] * k + [-SEEN]
    found = linprog(aim, rows, levels, ties, np.zeros(len(ties)), limits, method="highs")
    return q @ now - found.fun if found.status == 0 else -np.inf
