"""Any rule of voting, for a few members: prices and draws over least winning coalitions.

Each recognised member offers their prices to the partners of a cheapest winning coalition, so

    v_i = p_i (pie - least cost_i) + w_i (chance that somebody else buys i),      w_i = (1 - delta_i) s_i + delta_i v_i.

Averaging replies come close; the coalitions that are about cheapest there are then made equally cheap by Newton's
method on prices and draws together, and a linear programme looks for draws that are chances. What comes out is exact to
rounding, or it is ``NotConverged``. Without a status quo the payoffs are unique (Eraslan & McLennan 2013, Journal of
Economic Theory 148, 2195-2222; recalled). With one they need not be: with patience 0 a vote costs its status quo, and
who buys whom among equally dear coalitions can change payoffs, so that even the order of the members may decide.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable, NotConverged
from bargain.protocols.legislative.plan import DivisionPlan
from bargain.protocols.legislative.rules import Legislature

__all__ = ["by_coalitions"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MOST_MEMBERS = 12
"""All sets of partners are listed up to this number."""
REPLIES = ((0.3, 200), (0.1, 600), (0.03, 2_000), (0.01, 6_000))
"""How far prices go to a reply, and how often, before Newton's method is tried."""
NEARLY = (1e-4, 1e-3, 4e-3, 1e-2, 3e-2, 8e-2)
"""Coalitions whose cost is this near to the least, in parts of the pie, may be among the cheapest."""
STEPS = 30
DROPPED = 40
"""Steps of Newton's method, and coalitions that are dropped at most."""
SOLVED = 1e-12
"""Residual of Newton's method, and how much cheaper an unused coalition may be, in parts of the pie."""


def by_coalitions(rules: Legislature) -> DivisionPlan:
    """The stationary plan under the closed rule for votes that do not count by heads.

    >>> plan = by_coalitions(Legislature((0.25,) * 4, 0.8, 3, votes=(2, 1, 1, 1)))  # an apex of 2 among 1, 1, 1
    >>> plan.values.round(4), plan.values.sum().round(9)
    (array([0.4, 0.2, 0.2, 0.2]), np.float64(1.0))
    """
    if rules.n > MOST_MEMBERS:
        raise NotApplicable(f"unequal votes are solved for at most {MOST_MEMBERS} members; give equal votes")
    if rules.standing.sum() >= rules.pie or (rules.standing < 0).any():
        raise NotApplicable("the status quo must be worth at least 0 to each, and less than the pie to all together")
    if ((rules.waiting == 1) & (rules.chances == 0)).any() or _needed_and_patient(rules):
        raise NotApplicable("a member who waits without loss must be recognised, and not be needed by every coalition")
    sets = [_partners(rules, i) for i in range(rules.n)]
    unit = replace(rules, pie=1.0, status_quo=tuple(rules.standing / rules.pie))
    prices = unit.standing + 1 / rules.n
    for part, rounds in REPLIES:
        prices = _averaged(unit, sets, prices, part, rounds)
        for nearly in NEARLY:
            plan = _polished(unit, sets, prices, nearly)
            if plan is not None:
                return _scaled(plan, rules.pie)
    raise NotConverged("no prices and draws of coalitions were found that hold each other up")


def _scaled(plan: DivisionPlan, pie: float) -> DivisionPlan:
    return replace(plan, prices=pie * plan.prices, offers=pie * plan.offers, values=pie * plan.values)


def _needed_and_patient(rules: Legislature) -> bool:
    return any(rules.waiting[i] == 1 and not rules.passes(np.arange(rules.n) != i) for i in range(rules.n))


def _partners(rules: Legislature, proposer: int) -> Bools:
    """(k, n) least sets of partners with which the proposer passes something."""
    found: list[Bools] = []
    others = [i for i in range(rules.n) if i != proposer]
    for size in range(rules.n):
        for chosen in combinations(others, size):
            row = np.zeros(rules.n, dtype=bool)
            row[list(chosen)] = True
            if any((smaller <= row).all() for smaller in found):
                continue
            whole = row.copy()
            whole[proposer] = True
            if rules.passes(whole):
                found.append(row)
    return np.array(found)


def _priced(rules: Legislature, values: Floats) -> Floats:
    return np.asarray((1 - rules.waiting) * rules.standing + rules.waiting * values)


def _averaged(rules: Legislature, sets: list[Bools], prices: Floats, part: float, rounds: int) -> Floats:
    """Prices that go a part of the way to each reply so many times, averaged over the second half."""
    mean = np.zeros(rules.n)
    for step in range(rounds):
        values = np.zeros(rules.n)
        for i, (chance, partners) in enumerate(zip(rules.chances, sets, strict=True)):
            costs = partners @ prices
            best = int(costs.argmin())
            values += chance * prices * partners[best]
            values[i] += chance * (rules.pie - costs[best])
        prices = prices + (_priced(rules, values) - prices) * part
        if 2 * step >= rounds:
            mean += prices / (rounds - (rounds + 1) // 2)
    return mean


def _polished(rules: Legislature, sets: list[Bools], prices: Floats, nearly: float) -> DivisionPlan | None:
    """The plan whose cheapest coalitions are among those that are nearly cheapest at these prices, if there is one.

    A coalition that would have to be drawn with a chance below 0 is dropped, the most negative first, and all is solved
    again: equal costs were asked of too many.
    """
    used = [partners[(costs := partners @ prices) <= costs.min() + nearly] for partners in sets]
    makers = np.repeat(np.arange(rules.n), [len(rows) for rows in used])
    rows = np.vstack(used)
    for _ in range(DROPPED):
        draws = 1 / np.bincount(makers)[makers]
        solved = _newton(rules, makers, rows, prices, draws)
        if solved is None:
            return None
        plan = _stands(rules, sets, makers, rows, solved[0])
        alone = np.bincount(makers)[makers] == 1
        worst = int(np.where(alone, np.inf, solved[1]).argmin())
        if plan is not None or solved[1][worst] > 0 or alone[worst]:
            return plan
        makers, rows = np.delete(makers, worst), np.delete(rows, worst, axis=0)
    return None


def _stands(
    rules: Legislature, sets: list[Bools], makers: NDArray[np.int64], rows: Bools, prices: Floats
) -> DivisionPlan | None:
    """The plan at these prices, if nothing unused is cheaper and draws that are chances pay for the prices."""
    if (prices < -SOLVED).any():
        return None
    prices = np.maximum(prices, 0.0)
    least = np.array([(partners @ prices).min() for partners in sets])
    if (rows @ prices > least[makers] + SOLVED * rules.n).any():
        return None
    chances = _drawn(rules, makers, rows, prices, least)
    if chances is not None and (rules.pie - least < prices - SOLVED)[rules.chances > 0].any():
        raise NotApplicable(
            "a recognised member rather keeps the status quo than buys a coalition; lower its status quo"
        )
    return None if chances is None else _plan(rules, makers, rows, prices, chances)


def _newton(
    rules: Legislature, makers: NDArray[np.int64], rows: Bools, prices: Floats, draws: Floats
) -> tuple[Floats, Floats] | None:
    """Prices at which the given coalitions are equally cheap for their makers, and draws that pay for the prices."""
    first = np.array([np.flatnonzero(makers == i)[0] for i in range(rules.n)])
    for _ in range(STEPS):
        wrong, slope = _equations(rules, makers, rows, first, prices, draws)
        if np.abs(wrong).max() <= SOLVED:
            return prices, draws
        step = np.linalg.lstsq(slope, -wrong, rcond=1e-11)[0]
        prices, draws = prices + step[: rules.n], draws + step[rules.n :]
        if np.abs(prices).max() > 1e3:
            return None
    return None


def _equations(
    rules: Legislature, makers: NDArray[np.int64], rows: Bools, first: NDArray[np.int64], prices: Floats, draws: Floats
) -> tuple[Floats, Floats]:
    """What is wrong, and its derivative in prices and draws."""
    n, m = rules.n, len(makers)
    bought = (rules.chances[makers] * draws)[:, None] * rows
    costs = rows @ prices
    values = prices * bought.sum(axis=0) + rules.chances * rules.pie
    np.add.at(values, makers, -rules.chances[makers] * draws * costs)
    in_prices = np.diag(bought.sum(axis=0))
    np.add.at(in_prices, makers, -bought)
    in_draws = (rules.chances[makers][:, None] * rows * prices).T
    in_draws[makers, np.arange(m)] -= rules.chances[makers] * costs
    sums = (np.arange(n)[:, None] == makers).astype(float)
    wrong = np.concatenate([prices - _priced(rules, values), sums @ draws - 1, costs - costs[first[makers]]])
    waiting = rules.waiting[:, None]
    slope = np.block(
        [
            [np.eye(n) - waiting * in_prices, -waiting * in_draws],
            [np.zeros((n, n)), sums],
            [rows.astype(float) - rows[first[makers]], np.zeros((m, m))],
        ]
    )
    return wrong, slope


def _drawn(rules: Legislature, makers: NDArray[np.int64], rows: Bools, prices: Floats, least: Floats) -> Floats | None:
    """Chances of the coalitions under which everybody is worth its price."""
    from scipy.optimize import linprog

    waiting = rules.waiting
    income = prices - (1 - waiting) * rules.standing - waiting * rules.chances * (rules.pie - least)
    paid = waiting[:, None] * prices[:, None] * (rules.chances[makers][:, None] * rows).T
    sums = (np.arange(rules.n)[:, None] == makers).astype(float)
    answer = linprog(
        np.zeros(len(makers)),
        A_eq=np.vstack([sums, paid]),
        b_eq=np.concatenate([np.ones(rules.n), income]),
        bounds=(0, 1),
        method="highs-ds",
    )
    if answer.x is None or np.abs(paid @ answer.x - income).max() > 100 * SOLVED:
        return None
    return np.asarray(np.clip(answer.x, 0.0, 1.0))


def _plan(rules: Legislature, makers: NDArray[np.int64], rows: Bools, prices: Floats, chances: Floats) -> DivisionPlan:
    kept = chances > SOLVED
    makers, rows, chances = makers[kept], rows[kept], chances[kept]
    chances = chances / np.bincount(makers, chances, rules.n)[makers]
    dear = rules.pie - rows @ prices < prices[makers]
    waits = (rules.chances[makers] == 0) & dear  # never recognised, and would rather wait: its proposal fails
    offers = np.where(rows & ~waits[:, None], prices, 0.0)
    offers[np.arange(len(makers)), makers] = rules.pie - offers.sum(axis=1)
    values = (rules.chances[makers] * chances) @ offers
    return DivisionPlan(prices, makers, chances, offers, values)
