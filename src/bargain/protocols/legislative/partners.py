"""Who buys whom: from the chances of a balance to proposals, each a set of partners and a chance."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.protocols.legislative.closed import Balance
from bargain.protocols.legislative.flow import greatest_flow
from bargain.protocols.legislative.plan import DivisionPlan
from bargain.protocols.legislative.rules import Legislature

__all__ = ["proposals"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

TIED = 1e-11
"""A member whose chance is this close to always or never is bought always or never."""
MOST_MEMBERS = 101
"""Proposals of every member are listed up to this number; values alone have no such limit (``batch.values``)."""
SHORT = 1e-6
"""A member that lacks more than this of its partners is recognised so rarely that rounding starves it."""
THIN = 1e-13
"""Sets of partners with a smaller chance come from rounding."""
MET = 1e-12
"""Chances of being bought are met to this, or found by another way."""
RARE = 1e-13
"""What a member buys that is recognised this rarely changes nobody's payoff; it buys the cheapest."""


def proposals(rules: Legislature, found: Balance) -> DivisionPlan:
    """The plan in which every recognised member buys the cheapest votes, drawn so that all chances come out.

    Members below tau are always bought, members above never. Which of those at tau are bought is drawn: a transport
    problem, proposers' needs against members' chances, gives each proposer a chance for each of them (it always has an
    answer: no chance exceeds 1 - p_i, and they sum to what is needed); drawing at equal distances along these chances
    then gives sets of exactly the size needed (Madow 1949, Annals of Mathematical Statistics 20, 333-354).
    """
    if rules.n > MOST_MEMBERS:
        raise NotApplicable(f"proposals are listed for at most {MOST_MEMBERS} members; {rules.n} are too many")
    always, tied = _standing(rules, found)
    needs = _needs(rules, found, always)
    table = _transport(rules, found, tied, needs)
    makers, chances, offers = [], [], []
    for j in range(rules.n):
        if rules.chances[j] <= RARE or table[j].sum() < needs[j] - SHORT:
            others, draws = _never_drawn(rules, found, j), [(1.0, np.zeros(rules.n, dtype=bool))]
        else:
            others, draws = always & (np.arange(rules.n) != j), list(_sets(table[j], needs[j]))
        for chance, drawn in draws:
            offer = np.where(others | drawn, found.prices, 0.0)
            offer[j] = 0.0
            offer[j] = rules.pie - offer.sum()
            makers.append(j)
            chances.append(chance)
            offers.append(offer)
    return DivisionPlan(found.prices, np.array(makers), np.array(chances), np.array(offers), found.values)


def _standing(rules: Legislature, found: Balance) -> tuple[Bools, Bools]:
    """Who is bought by everyone, and who sometimes."""
    always = rules.may_veto | ((found.within >= 1 - TIED) & (found.prices <= found.margin + TIED * rules.pie))
    sometimes = ~always & (found.within > rules.chances * (1 + TIED) + RARE)
    return always, sometimes


def _never_drawn(rules: Legislature, found: Balance, proposer: int) -> Bools:
    """The cheapest partners; nobody, so that its proposal fails, if a member never recognised would rather wait."""
    others = _cheapest(rules, found, proposer)
    left = rules.pie - found.prices[others].sum()
    waits = rules.chances[proposer] == 0 and left < found.prices[proposer]
    return np.zeros_like(others) if waits else others


def _cheapest(rules: Legislature, found: Balance, proposer: int) -> Bools:
    """What a member would buy that is never recognised, so that its ties matter to nobody."""
    others: Bools = rules.may_veto & (np.arange(rules.n) != proposer)
    free = [i for i in np.argsort(found.prices, kind="stable") if i != proposer and not rules.may_veto[i]]
    others[free[: max(0, found.partners - (not rules.may_veto[proposer]))]] = True
    return others


def _needs(rules: Legislature, found: Balance, always: Bools) -> Ints:
    """(n,) how many tied votes each member buys when recognised."""
    sure = int((always & ~rules.may_veto).sum())
    if found.margin == 0:  # votes enough cost nothing
        return np.zeros(rules.n, dtype=np.int64)
    own = ~rules.may_veto & ~always
    return found.partners - sure - (own & (found.partners > 0))


def _transport(rules: Legislature, found: Balance, tied: Bools, needs: Ints) -> Floats:
    """(n, n) chance that j, when recognised, buys the tied i."""
    n, columns = rules.n, np.flatnonzero(tied)
    table = np.zeros((n, n))
    if not len(columns) or not (needs > 0).any():
        return table
    same = all(np.ptp(row[columns]) == 0 for row in (rules.chances, rules.waiting, rules.standing))
    if not same:
        return _matched(rules, found, columns, needs)
    for j in np.flatnonzero((needs > 0) & (rules.chances > RARE)):
        others = columns[columns != j]
        table[j, others] = needs[j] / max(len(others), 1)
    return table


def _matched(rules: Legislature, found: Balance, columns: Ints, needs: Ints) -> Floats:
    """The shares nearest to equal chances, if they are chances, so that members alike are treated alike; else any."""
    chances, wanted = rules.chances, (found.within - rules.chances)[columns]
    makers = np.flatnonzero((needs > 0) & (chances > RARE))
    pairs = [(j, i) for j in makers for i in columns if i != j]
    rows = np.array([[float(j == maker) for j, _ in pairs] for maker in makers])
    bought = np.array([[chances[j] * (i == column) for j, i in pairs] for column in columns])
    met, asked = np.vstack([rows, bought]), np.concatenate([needs[makers].astype(float), wanted])
    equal = rows.T @ (needs[makers] / rows.sum(axis=1))
    shares = equal + met.T @ np.linalg.lstsq(met @ met.T, asked - met @ equal, rcond=None)[0]
    table = np.zeros((rules.n, rules.n))
    table[tuple(np.transpose(pairs))] = np.clip(shares, 0.0, 1.0)
    if shares.min() < -THIN or shares.max() > 1 + THIN or np.abs(met @ shares - asked).max() > MET:
        most = np.where(np.arange(rules.n)[:, None] == columns, 0.0, chances[:, None])
        table[:, columns] = greatest_flow(chances * needs, wanted, most) / np.maximum(chances, RARE)[:, None]
    return table


def _sets(chances: Floats, size: int) -> Iterator[tuple[float, Bools]]:
    """Sets of ``size`` members, each with a chance, such that member i is drawn with ``chances[i]``."""
    if size == 0:
        yield 1.0, np.zeros(len(chances), dtype=bool)
        return
    ends = np.cumsum(chances * (size / chances.sum()))
    starts = np.concatenate([[0.0], ends[:-1]])
    cuts = np.unique(np.concatenate([[0.0, 1.0], ends - np.floor(ends)]))
    found = []
    for low, high in pairwise(cuts):
        marks = (low + high) / 2 + np.arange(size)
        drawn = ((starts[:, None] <= marks) & (marks < ends[:, None])).any(axis=1)
        if high - low > THIN and drawn.sum() == size:
            found.append((high - low, drawn))
    total = sum(width for width, _ in found)
    yield from ((width / total, drawn) for width, drawn in found)
