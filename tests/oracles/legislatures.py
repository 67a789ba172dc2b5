"""A slow, independent way to legislatures: coalitions listed, replies averaged, sessions played out in fractions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, product

import numpy as np


def averaged_payoffs(
    recognition, patience, votes, quota, *, vetoes=(), standing=None, pie=1.0, rounds=6_000, part=0.05
):
    """Stationary payoffs by going a part of the way to replies with cheapest coalitions; the last half is averaged."""
    n = len(recognition)
    p, delta = np.asarray(recognition, float), np.asarray(patience, float)
    s = np.zeros(n) if standing is None else np.asarray(standing, float)
    able = [winning(n, i, votes, quota, vetoes) for i in range(n)]
    values, mean = np.full(n, pie / n), np.zeros(n)
    for t in range(rounds):
        prices = (1 - delta) * s + delta * values
        reply = np.zeros(n)
        for i in range(n):
            costs = able[i] @ prices
            best = able[i][int(costs.argmin())]
            reply += p[i] * best * prices
            reply[i] += p[i] * (pie - costs.min())
        values = values + (reply - values) * part
        mean += values * (2 * t >= rounds) / (rounds - (rounds + 1) // 2)
    return mean


def winning(n: int, proposer: int, votes: Sequence[float], quota: float, vetoes: Sequence[int]) -> np.ndarray:
    """(k, n) sets of partners, the proposer not counted, with which it passes something; each as it is."""
    others = [i for i in range(n) if i != proposer]
    rows = []
    for size in range(n):
        for chosen in combinations(others, size):
            whole = {proposer, *chosen}
            if sum(votes[i] for i in whole) >= quota - 1e-9 and set(vetoes) <= whole:
                rows.append([float(i in chosen) for i in range(n)])
    return np.array(rows)


def played_out(payoffs, recognition, patience, quota, standing, sessions):
    """Payoffs of a finite legislature over listed agreements, by recursion in exact fractions, one vote each."""
    n = len(recognition)
    following = [Fraction(x) for x in standing]
    for _ in range(sessions):
        going_on = [(1 - patience[i]) * Fraction(standing[i]) + patience[i] * following[i] for i in range(n)]
        value = [Fraction(0)] * n
        for i in range(n):
            best, chosen = going_on[i], None
            for row in payoffs:
                passes = sum(row[j] >= going_on[j] for j in range(n)) >= quota
                if passes and (row[i] > best or (chosen is None and row[i] >= best)):
                    best, chosen = row[i], row
            got = going_on if chosen is None else chosen
            value = [value[j] + recognition[i] * got[j] for j in range(n)]
        following = value
    return following


def stands_without_lots(payoffs, recognition, patience, quota, standing) -> bool:
    """Whether stationary moves and votes without lots, votes by the agreement alone, are an equilibrium: every policy
    with every vote of those who are indifferent, in exact fractions. One vote each."""
    n, count = len(recognition), len(payoffs)
    for policy in product([None, *range(count)], repeat=n):
        prices = _going_on(payoffs, recognition, patience, standing, policy)
        undecided = [(a, j) for a in range(count) for j in range(n) if payoffs[a][j] == prices[j]]
        for votes in product([True, False], repeat=len(undecided)):
            drawn = dict(zip(undecided, votes, strict=True))
            yes = [[drawn.get((a, j), payoffs[a][j] > prices[j]) for j in range(n)] for a in range(count)]
            passing = [a for a in range(count) if sum(yes[a]) >= quota]
            got = [prices[i] if policy[i] is None else payoffs[policy[i]][i] for i in range(n)]
            best = [max([prices[i], *(payoffs[a][i] for a in passing)]) for i in range(n)]
            if got == best and all(a is None or a in passing for a in policy):
                return True
    return False


def _going_on(payoffs, recognition, patience, standing, policy):
    """What going on is worth if everything in a policy passes."""
    failed = sum((p for p, a in zip(recognition, policy, strict=True) if a is None), Fraction(0))
    prices = []
    for j, (delta, status_quo) in enumerate(zip(patience, standing, strict=True)):
        signed = sum(p * payoffs[a][j] for p, a in zip(recognition, policy, strict=True) if a is not None)
        left = 1 - failed * delta
        value = (signed + failed * (1 - delta) * status_quo) / left if left else Fraction(status_quo)
        prices.append((1 - delta) * status_quo + delta * value)
    return prices
