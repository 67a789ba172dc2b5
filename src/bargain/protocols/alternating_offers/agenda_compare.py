"""Every order of the issues beside the package in which all are settled at once: who gains by which."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from bargain.errors import TooManyAgreements
from bargain.protocols.alternating_offers.agenda import solve_agenda, solve_pies
from bargain.protocols.alternating_offers.agenda_rules import Agenda, AgendaPlan, PieAgenda, PiePlan
from bargain.protocols.alternating_offers.unanimity_horizon import solve_horizon
from bargain.protocols.alternating_offers.unanimity_set_rules import UnanimityOver

__all__ = ["Orders", "Step", "compare_orders", "package_of", "pie_package", "steps_of", "steps_of_pies"]

Floats = NDArray[np.float64]

MOST_ORDERS = 120
"""All orders of five issues."""


@dataclass(frozen=True)
class Step:
    """An issue settled on the path: when (rounds count from 0), by whose offer, and how.

    ``option`` is the place in a list; ``share`` is the first player's share of a pie.
    """

    issue: str
    round: int
    proposer: int
    option: int | None = None
    share: float | None = None


@dataclass(frozen=True, eq=False)
class Orders:
    """What every order leads to.

    Attributes
    ----------
    orders : the orders of the issues.
    gains : (o, 2) gains, discounted to the start.
    package : (2,) the same if everything is settled at once.
    """

    orders: tuple[tuple[str, ...], ...]
    gains: Floats
    package: Floats

    def best(self, player: int) -> tuple[str, ...]:
        """The order that a player gains most by, the first of its likes."""
        column = self.gains[:, player]
        return self.orders[int((column >= column.max() - 1e-9 * np.abs(column).max()).argmax())]


def compare_orders(rules: Agenda | PieAgenda) -> Orders:
    """All orders and the package, solved alike.

    The package is what the same two players reach, in turn and with as many rounds, if every offer is about all issues.

    Raises
    ------
    TooManyAgreements : for more than five issues.
    """
    orders = tuple(permutations(rules.issues)) if len(rules.issues) <= 5 else ()
    if not orders or len(orders) > MOST_ORDERS:
        raise TooManyAgreements(f"{len(rules.issues)} issues have too many orders to compare; name five at most")
    if isinstance(rules, PieAgenda):
        gains = [worth_of_pies(rules.ordered(order)) for order in orders]
        return Orders(orders, np.array(gains), pie_package(rules))
    gains = [worth_of_agenda(rules.ordered(order)) for order in orders]
    return Orders(orders, np.array(gains), package_of(rules))


def worth_of_agenda(rules: Agenda, plan: AgendaPlan | None = None) -> Floats:
    """(2,) the gains of following a plan (the equilibrium, if none is given), discounted to the start."""
    total, discounts = np.zeros(2), np.array(rules.patience)
    steps = steps_of(rules, plan or solve_agenda(rules))
    for step in steps:
        table = rules.values[rules.issues.index(step.issue)]
        when = step.round if rules.paid == "as_settled" else steps[-1].round
        total = total + discounts**when * table[step.option]
    if rules.paid == "together":
        done = len(steps) == len(rules.issues)
        return total - discounts ** steps[-1].round * rules.shortfall if done else np.zeros(2)
    return np.asarray(total)


def steps_of(rules: Agenda, plan: AgendaPlan) -> list[Step]:
    """What is settled on the path, in order."""
    steps: list[Step] = []
    row = 0
    for t in range(rules.horizon):
        m = len(steps)
        if m == len(rules.issues):
            break
        option = int(plan.offers[t][m][row])
        if option >= 0 and plan.accepts[t][m][row, option]:
            steps.append(Step(rules.issues[m], t, (rules.first + t) % 2, option))
            row = 0 if rules.paid == "as_settled" else row * len(rules.values[m]) + option
    return steps


def steps_of_pies(rules: PieAgenda, plan: PiePlan) -> list[Step]:
    """What is divided on the path: a pie every round."""
    steps = []
    for m, issue in enumerate(rules.issues):
        proposer = (rules.first + m) % 2
        offered = float(plan.offers[m, proposer])
        steps.append(Step(issue, m, proposer, share=1 - offered if proposer == 0 else offered))
    return steps


def worth_of_pies(rules: PieAgenda, plan: PiePlan | None = None) -> Floats:
    """(2,) the gains of following a plan (the equilibrium, if none is given), discounted to the start."""
    total = np.zeros(2)
    for m, step in enumerate(steps_of_pies(rules, plan or solve_pies(rules))):
        share = step.share or 0.0
        total = total + np.array(rules.patience) ** step.round * rules.worths[m] * [share, 1 - share]
    return np.asarray(total)


def package_of(rules: Agenda) -> Floats:
    """(2,) the gains if every offer is about all issues, by backward induction over all combinations."""
    total = np.zeros((1, 2))
    for table in rules.values:
        total = (total[:, None] + table[None]).reshape(-1, 2)
    joint = UnanimityOver(
        points=total,
        disagreement=np.array(rules.shortfall),
        patience=rules.patience,
        order=tuple(np.roll(rules.players, -rules.first).tolist()),
        horizon=rules.horizon,
        players=rules.players,
    )
    plan = solve_horizon(joint)
    for t in range(rules.horizon):
        place = plan.offers[t, (rules.first + t) % 2]
        if place >= 0:
            return np.asarray(np.array(rules.patience) ** t * joint.gains[place])
    return np.zeros(2)


def pie_package(rules: PieAgenda) -> Floats:
    r"""(2,) the gains if every offer divides all pies: Rubinstein (1982) on their joint frontier.

    The frontier goes from all for one to all for the other, giving away first what is dear to the other and cheap to
    oneself. With 1 proposing, the first keeps v with $f(v) = \delta_2 f(\delta_1 v)$, f being the frontier; the
    difference falls in v and is straight between the corners of either side, so the root is found exactly.
    """
    mine, theirs = rules.first, 1 - rules.first
    cheap = np.argsort(rules.worths[:, mine] / rules.worths[:, theirs], kind="stable")[::-1]
    keeps = np.append(0.0, rules.worths[cheap, mine].cumsum())
    gives = np.append(0.0, rules.worths[cheap, theirs].cumsum())
    lefts = gives[-1] - gives
    patience = rules.patience[mine], rules.patience[theirs]
    corners = np.unique(np.append(keeps, keeps / patience[0] if patience[0] > 0 else keeps))
    corners = corners[corners <= keeps[-1]]
    misses = np.interp(corners, keeps, lefts) - patience[1] * np.interp(patience[0] * corners, keeps, lefts)
    value = float(np.interp(0.0, -misses, corners))
    gains = np.zeros(2)
    gains[mine], gains[theirs] = value, np.interp(value, keeps, lefts)
    return gains
