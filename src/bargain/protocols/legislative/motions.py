"""Listed agreements and no last session: stationary strategies, which may need indifferent members to draw lots.

A *policy* says what every member moves. Its values follow at once, since a session either signs something or not: with
b_i what is signed is worth (chances included) and f the chance that a session fails,

    v_i = (b_i + f (1 - delta_i) s_i)/(1 - f delta_i),        w_i = (1 - delta_i) s_i + delta_i v_i.

A policy is an equilibrium if it is best against votes at its own prices w. Members vote for what is worth more than
w and against what is worth less; at w they may do either. So what is moved must pass if the indifferent accept, and
nobody may prefer anything that passes even if the indifferent refuse, or that is moved by somebody else; what then
tempts somebody is refused by those who are indifferent to it. The search follows best replies and longer and longer
finite horizons, and lists all policies where they are few. Where none stands still, prices hover around payoffs;
members are made indifferent to these agreements, and accept them with the chances that keep their prices there
(``lots.py``). Everything found is checked before it is returned; that nothing was found is no proof that there is
nothing, except that no policy is missed, votes being without lots and by the agreement alone, where all were listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice, product

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.protocols.legislative.lots import with_lots
from bargain.protocols.legislative.plan import WAIT, MotionPlan
from bargain.protocols.legislative.rules import Motions
from bargain.protocols.legislative.sessions import SAME, best_motions
from bargain.protocols.legislative.signing import signed_values

__all__ = ["refused_at_price", "stationary"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LONGEST = 600
"""Sessions of the finite horizons that are followed, and best replies in a row."""
LISTED = 60_000
"""So many policies are listed."""
TRIED = 100
"""So many policies are tried with members that draw lots."""


def stationary(rules: Motions) -> MotionPlan:
    """A stationary plan without lots if one is found, else with members drawing lots where they are indifferent.

    Without lots, a plan in which indifferent members always accept comes first, one in which some refuse second.

    >>> from bargain.protocols.legislative.rules import Legislature
    >>> rules = Motions(Legislature.symmetric(3, 0.9), np.array([[4.0, 2, 0], [0, 4, 2], [2, 0, 4]]))
    >>> stationary(rules).moved[:, :3].round(2).tolist()  # each moves its best, which its neighbour accepts
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    """
    refusing, every = None, (len(rules.payoffs) + 1) ** rules.house.n <= LISTED
    for policy in chain(_met_once(_followed(rules)), _listed(rules) if every else ()):
        if (plan := _pure(rules, policy)) is not None:
            if not refused_at_price(rules, plan).any():
                return plan
            refusing = refusing or plan
    if refusing is not None:
        return refusing
    if (plan := with_lots(rules, rules.payoffs.argmax(axis=0))) is not None:  # everybody asks for the most
        return plan
    prices, seen = _hovering(rules)
    for mixed in islice(product(*seen), TRIED):
        if (plan := with_lots(rules, np.array(mixed), prices, seen)) is not None:
            return plan
    listed = "every plan without lots was listed (votes depend on what is moved, not on who moves it), none stands"
    looked = f"{listed}, and none with lots was found" if every else "no stationary equilibrium was found"
    raise NotApplicable(f"{looked}; with `horizon: 20`, say, there is an answer")


def refused_at_price(rules: Motions, plan: MotionPlan) -> Bools:
    """(k, n) which agreements members refuse though they are indifferent to them."""
    return np.asarray((plan.accepted == 0) & (np.abs(rules.payoffs - plan.prices) <= rules.slack(SAME)))


def _met_once(policies: Iterable[Ints]) -> Iterator[Ints]:
    """The same policies, each only the first time."""
    met: set[tuple[int, ...]] = set()
    for policy in policies:
        known = tuple(policy.tolist())
        if known not in met:
            met.add(known)
            yield policy


def _followed(rules: Motions) -> Iterator[Ints]:
    """Policies of longer and longer horizons, then best replies to their own values, from several starts."""
    house = rules.house
    values = house.standing
    for _ in range(LONGEST):
        prices = (1 - house.waiting) * house.standing + house.waiting * values
        policy = best_motions(rules, prices)
        yield policy
        values = house.chances @ np.where((policy != WAIT)[:, None], rules.payoffs[policy], prices)
    starts = [house.standing, rules.payoffs.mean(axis=0), *rules.payoffs[rules.payoffs.argmax(axis=0)]]
    for start in starts:
        prices = (1 - house.waiting) * house.standing + house.waiting * start
        for _ in range(LONGEST // 10):
            policy = best_motions(rules, prices)
            yield policy
            prices = signed_values(rules, policy)[1]


def _pure(rules: Motions, policy: Ints) -> MotionPlan | None:
    """The plan of a policy, if its motions pass and are best at its own prices.

    Indifferent members accept, except what somebody would rather move and what passes only with their votes.
    """
    values, prices = signed_values(rules, policy)
    payoffs, slack, taken = rules.payoffs, rules.slack(SAME), policy != WAIT
    accepted, keen = payoffs >= prices - slack, payoffs > prices + slack
    could, passing = rules.house.passes(accepted), rules.house.passes(keen)
    if not could[policy[taken]].all():
        return None
    passing[policy[taken]] = True
    best = np.where(passing[:, None], payoffs, -np.inf).max(axis=0)
    got = np.where(taken, payoffs[policy, np.arange(rules.house.n)], prices)
    if (got < np.maximum(best, prices) - slack).any():
        return None
    tempting = could & ~passing & (payoffs > got + slack).any(axis=1)
    accepted[tempting] = keen[tempting]
    moved = np.zeros((rules.house.n, len(payoffs) + 1))
    moved[np.arange(rules.house.n), policy] = 1.0  # WAIT is the last column
    return MotionPlan(prices, moved, accepted.astype(float), values)


def _listed(rules: Motions) -> Iterator[Ints]:
    """Every policy that could be one: its values are those of many at once, so that most are passed over quickly."""
    count, n = len(rules.payoffs), rules.house.n
    policies = np.stack(np.meshgrid(*[np.arange(-1, count)] * n, indexing="ij"), axis=-1).reshape(-1, n)
    _, prices = signed_values(rules, policies)
    reach = rules.payoffs[None] >= prices[:, None] - rules.slack(SAME)
    passes = rules.house.passes(reach)
    rows = np.arange(len(policies))[:, None]
    fits = ((policies == WAIT) | passes[rows, policies]).all(axis=1)
    yield from policies[fits]


def _hovering(rules: Motions) -> tuple[Floats, list[list[int]]]:
    """Where averaged replies come to rest, and what each member then moves: where no policy stands still, prices hover
    around the payoff to which somebody is indifferent."""
    house, values, seen = rules.house, rules.house.standing, [dict[int, int]() for _ in range(rules.house.n)]
    for step in range(LONGEST):
        prices = (1 - house.waiting) * house.standing + house.waiting * values
        policy = best_motions(rules, prices)
        reply = house.chances @ np.where((policy != WAIT)[:, None], rules.payoffs[policy], prices)
        values = values + (reply - values) * 2 / (step + 10)
        if step > LONGEST // 2:
            for counts, motion in zip(seen, policy.tolist(), strict=True):
                counts[motion] = counts.get(motion, 0) + 1
    prices = (1 - house.waiting) * house.standing + house.waiting * values
    return prices, [sorted(counts, key=lambda motion: -counts[motion]) for counts in seen]
