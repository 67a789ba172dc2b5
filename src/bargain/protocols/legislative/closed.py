"""The closed rule where votes count by heads: one piecewise linear equation, solved exactly.

Let w_i = (1 - delta_i) s_i + delta_i v_i be the price of member i's vote, where v_i is what the member expects before a
session and s_i its status quo. Members with a veto are in every coalition. Of the others a coalition needs r, counting
the proposer; tau is the r-th lowest of their prices, and c is what a proposer keeps beyond its own price (or beyond
tau, if its own price is higher). With m_i the chance to be in the coalition that forms, as proposer or as a partner,

    v_i = p_i c + m_i min(w_i, tau),        m_i in [p_i, 1],

and m_i = 1 below tau, m_i = p_i above. Solving for m_i gives one expression for all three cases,

    m_i = clip(1/delta_i - ((1 - delta_i)/delta_i s_i + p_i c)/tau,  p_i,  1),       sum of m_i = r        (*)
    c + sum over vetoes of w_i + sum over the others of min(s_i + k_i c, tau) - (number of the others - r) tau = pie,

with k_i = delta_i p_i/(1 - delta_i). Without a status quo only y = c/tau is unknown in (*), whose left side falls in y
along straight pieces, and stationary payoffs are unique (Eraslan 2002, Journal of Economic Theory 103, 11-30).

With a status quo tau is found by halving. Let h be the number of the others. Where at least h - r of them are capped at
tau in the second line, c does not rise in tau, so that the left side of (*) does not fall. Where fewer are, more than r
have m_i = 1, and it is above r. So once it has reached r it stays there or above as tau rises: there is one root, or an
interval of roots with the same m_i, all of them p_i or 1 (between the two, m_i would rise). Payoffs are the same along
it: those with m_i = p_i are recognised with a chance of 0 together, and c does not change, or with 1, and c + tau does
not (own derivation).

That needs patience above 0. With patience 0 the price is s_i, and at s_i = tau any m_i in [p_i, 1] will do. If several
such members tie there, only the sum of their m_i is determined, and other draws pay them otherwise; the answer then
takes each the same part of the way from p_i to 1. All of this is among plans that agree in the first session. Vetoes:
v_i = s_i + p_i c/(1 - delta_i), as in unanimity bargaining.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.protocols.legislative.batch import crossings
from bargain.protocols.legislative.rules import Legislature

__all__ = ["Balance", "balance"]

Floats = NDArray[np.float64]

HALVINGS = 200
"""Enough for the bracket to close to neighbouring numbers from any start."""
PREFERS = 1e-12
"""A member rather lets a session pass only if that is better by more than rounding, in parts of the pie."""


@dataclass(frozen=True, eq=False)
class Balance:
    """Where prices and chances settle.

    Attributes
    ----------
    values, prices : (n,) v and w.
    within : (n,) the chance m_i to be in the coalition that forms; above tau it is that of being recognised.
    rest : c, what the proposer keeps beyond the price of its own vote.
    margin : tau, the price of the dearest vote that is bought (vetoes aside); 0 if no votes are bought.
    partners : r, how many members without a veto a coalition has.
    """

    values: Floats
    prices: Floats
    within: Floats
    rest: float
    margin: float
    partners: int


def balance(rules: Legislature) -> Balance:
    """Stationary payoffs, prices and chances under the closed rule, votes counted by heads.

    >>> balance(Legislature.symmetric(5, 0.8)).rest.round(9)  # 1 - 3 * 0.8/5
    np.float64(0.52)
    """
    _check(rules)
    chances, waiting, veto = rules.chances, rules.waiting, rules.may_veto
    partners = max(0, int(rules.heads or 0) - int(veto.sum()))
    free = ~veto
    if rules.standing.any():
        rest, margin, within = _by_halving(rules, partners)
    else:
        y, shares = crossings(chances[None, free], waiting[None, free], partners)
        margin, within = (0.0 if np.isinf(y[0]) else 1 / float(y[0])), np.ones(rules.n)
        within[free] = shares[0]
        k = _odds(chances, waiting)
        held = np.minimum(k[free], margin).sum() - (free.sum() - partners) * margin if margin else 0.0
        rest = rules.pie / (1 + k[veto].sum() + held)
        margin *= rest
    return _settled(rules, partners, rest, margin, within)


def _check(rules: Legislature) -> None:
    """Cases without an answer."""
    chances, waiting = rules.chances, rules.waiting
    free = int((~rules.may_veto).sum())
    needed = max(0, int(rules.heads or 0) - int(rules.may_veto.sum()))
    for i in np.flatnonzero(waiting == 1):
        everyone = needed >= free
        if chances[i] == 0 or rules.may_veto[i] or everyone:
            raise NotApplicable(
                f"'{rules.players[i]}' waits without loss and is "
                + ("never recognised" if chances[i] == 0 else "needed by every coalition")
                + ", so that shares are not determined; give it a patience below 1"
            )
    if rules.standing.sum() >= rules.pie:
        raise NotApplicable(
            "what the status quo is worth adds up to the pie or more: there is nothing to gain together"
        )
    if (rules.standing < 0).any():
        raise NotApplicable(
            "a status quo below 0 would be worth less than an empty share; add a constant to the payoffs"
        )


def _odds(chances: Floats, waiting: Floats) -> Floats:
    """(n,) k_i = delta_i p_i/(1 - delta_i), infinite for a recognised member who waits without loss."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(chances * waiting > 0, chances * waiting / (1 - waiting), 0.0)


def _settled(rules: Legislature, partners: int, rest: float, margin: float, within: Floats) -> Balance:
    """Prices from values, and a check that nobody would rather let the session pass."""
    chances, waiting, standing, veto = rules.chances, rules.waiting, rules.standing, rules.may_veto
    k = _odds(chances, waiting)
    always = standing + np.where(np.isinf(k), np.inf, k) * rest
    never = (1 - waiting) * standing + waiting * chances * (rest + margin)
    prices = np.where(veto | (always <= margin), always, np.maximum(margin, never))
    values = chances * rest + within * np.where(veto, prices, np.minimum(prices, margin))
    waits = (chances > 0) & (rest + np.where(veto, prices, np.minimum(prices, margin)) < prices - PREFERS * rules.pie)
    if rest < 0 or waits.any():
        who = rules.players[int(np.flatnonzero(waits)[0])] if waits.any() else "a proposer"
        raise NotApplicable(
            f"'{who}', when recognised, rather keeps the status quo than buys a coalition: agreement is not immediate, "
            "which this model does not cover; lower its status quo"
        )
    return Balance(values, prices, within, rest, margin, partners)


def _by_halving(rules: Legislature, partners: int) -> tuple[float, float, Floats]:
    """(c, tau, m) with a status quo: tau is halved down; a jump of (*) at the root is filled by mixing both sides."""
    if partners == 0:
        return _rest(rules, 0.0, 0), 0.0, np.where(rules.may_veto, 1.0, rules.chances)
    low, high = 0.0, rules.pie
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if _within(rules, middle, partners).sum() < partners:
            low = middle
        else:
            high = middle
    below, above = _within(rules, low, partners), _within(rules, high, partners)
    gap = above.sum() - below.sum()
    share = (partners - below.sum()) / gap if gap > 0 else 0.0
    within = np.ones(rules.n)
    within[~rules.may_veto] = below + min(max(share, 0.0), 1.0) * (above - below)
    return _rest(rules, high, partners), high, within


def _within(rules: Legislature, margin: float, partners: int) -> Floats:
    """Left side of (*) for the members without a veto, at the c that belongs to tau."""
    free = ~rules.may_veto
    chances, waiting, standing = rules.chances[free], rules.waiting[free], rules.standing[free]
    if margin <= 0:
        return chances
    rest = _rest(rules, margin, partners)
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = (1 - (1 - waiting) * standing / margin) / waiting - chances * rest / margin
    at_once = np.where(standing <= margin, 1.0, chances)  # patience 0: the price is the status quo
    return np.where(waiting == 0, at_once, np.clip(inside, chances, 1.0))


def _rest(rules: Legislature, margin: float, partners: int) -> float:
    """The c that belongs to tau: the second equation rises in c along straight pieces."""
    veto, standing, k = rules.may_veto, rules.standing, _odds(rules.chances, rules.waiting)
    free = np.flatnonzero(~veto & (standing < margin) & (k > 0))
    bends = (margin - standing[free]) / k[free]
    bends, order = np.sort(bends), np.argsort(bends)
    k_free = k[free][order]
    flat = standing[veto].sum() + np.minimum(standing[~veto], margin).sum() - ((~veto).sum() - partners) * margin
    slope, start, level = 1 + k[veto].sum() + k_free[np.isfinite(k_free)].sum(), 0.0, flat
    level += (margin - standing[free][order][np.isinf(k_free)]).sum()
    for bend, rate in zip(bends, k_free, strict=True):
        if np.isinf(rate):
            continue
        if level + slope * (bend - start) >= rules.pie:
            break
        level, start, slope = level + slope * (bend - start), bend, slope - rate
    return float(start + (rules.pie - level) / slope)
