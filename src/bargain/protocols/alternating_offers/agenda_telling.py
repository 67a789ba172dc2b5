"""What a plan for an agenda comes to, as an `Equilibrium`, beside every other order and the package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.errors import TooManyAgreements
from bargain.model.equilibrium import Equilibrium, Move, Strategy
from bargain.model.results import Agreement
from bargain.model.wording import number, rounded, setting_in_words
from bargain.protocols.alternating_offers.agenda_compare import (
    Orders,
    Step,
    compare_orders,
    steps_of,
    steps_of_pies,
    worth_of_agenda,
    worth_of_pies,
)
from bargain.protocols.alternating_offers.agenda_filling import AgendaWords
from bargain.protocols.alternating_offers.agenda_rules import Agenda, AgendaPlan, PieAgenda, PiePlan
from bargain.protocols.words import Words

__all__ = ["tell_agenda"]

Floats = NDArray[np.float64]
FEW = 5
"""So many options are named; of more, how many."""

Rules = Agenda | PieAgenda
Plan = AgendaPlan | PiePlan


def tell_agenda(rules: Rules, plan: Plan, words: Words) -> Equilibrium:
    """The equilibrium without its certificate of deviations."""
    steps, gains = _followed(rules, plan)
    d = _disagreement(rules, words)
    settled = {} if not isinstance(words, AgendaWords) else _settled(steps, words)
    done = len(steps) == len(rules.issues)
    partly = bool(steps) and not done and isinstance(rules, Agenda) and rules.paid == "as_settled"
    stationary = "stationary " if isinstance(rules, PieAgenda) else ""
    orders = _orders(rules)
    return Equilibrium(
        "alternating_offers",
        "agreement" if done else "no_agreement",
        {name: words.title_of(name) for name in rules.players},
        solution_concept=f"{stationary}subgame-perfect equilibrium",
        rules=_rules(rules),
        agreement=settled if done and settled else None,
        payoffs=_by_name(rules, d + gains),
        disagreement=_by_name(rules, d),
        chance_of_agreement=1.0 if done else 0.0,
        path=list(_moves(rules, steps, words, d)),
        strategies=list(_strategies(rules, plan, words)),
        measures=_measures(rules, steps, gains, orders, d),
        tables={} if orders is None else {"orders": _order_rows(rules, orders, d)},
        remarks=list(_remarks(rules, orders, words)),
        reason=None if done else "only some issues are settled" if partly else "not everything is settled in time",
    )


def _followed(rules: Rules, plan: Plan) -> tuple[list[Step], Floats]:
    """The path, and the gains discounted to the start."""
    if isinstance(rules, Agenda) and isinstance(plan, AgendaPlan):
        return steps_of(rules, plan), worth_of_agenda(rules, plan)
    if isinstance(rules, PieAgenda) and isinstance(plan, PiePlan):
        return steps_of_pies(rules, plan), worth_of_pies(rules, plan)
    raise TypeError(f"{type(plan).__name__} is no plan for {type(rules).__name__}")


def _disagreement(rules: Rules, words: Words) -> Floats:
    if words.agreements is not None:
        return words.agreements.threat_point
    return np.array(rules.shortfall if isinstance(rules, Agenda) else (0.0, 0.0))


def _by_name(rules: Rules, row: Floats) -> dict[str, float]:
    return {name: float(value) for name, value in zip(rules.players, row, strict=True)}


def _settled(steps: list[Step], words: AgendaWords) -> Agreement:
    """The whole agreement, issues in the order of the file."""
    found: dict[str, Any] = {}
    for step in steps:
        found |= words.setting(step.issue, step.option, step.share)
    names = found if words.scenario is None else words.scenario.issues
    return {name: found[name] for name in names if name in found}


def _rules(rules: Rules) -> dict[str, Any]:
    pies = isinstance(rules, PieAgenda)
    told: dict[str, Any] = {
        "about": "pies, one after another" if pies else "issues, one after another",
        "agenda": list(rules.issues),
        "first": rules.players[rules.first],
        "patience": dict(zip(rules.players, rules.patience, strict=True)),
        "paid": "as_settled" if isinstance(rules, PieAgenda) else rules.paid,
    }
    return {**told, "horizon": rules.horizon} if isinstance(rules, Agenda) else told


def _moves(rules: Rules, steps: list[Step], words: Words, d: Floats) -> Iterator[Move]:
    """What is settled round by round; rounds that pass in vain are told by the numbers that are missing."""
    paid = {step.issue: _paid(rules, steps, step) for step in steps}
    for step in steps:
        about = words.setting(step.issue, step.option, step.share) if isinstance(words, AgendaWords) else {}
        told = _told(step, about, words)
        payoffs = {} if paid[step.issue] is None else _by_name(rules, paid[step.issue] + d)  # type: ignore[operator]
        proposer, other = rules.players[step.proposer], rules.players[1 - step.proposer]
        yield Move(step.round + 1, proposer, f"proposes {told}", payoffs, about or None)
        yield Move(step.round + 1, other, "accepts")


def _paid(rules: Rules, steps: list[Step], step: Step) -> Floats | None:
    """What has been gained, undiscounted, once this step is taken; None where nothing is paid yet."""
    before = steps[: steps.index(step) + 1]
    if isinstance(rules, PieAgenda):
        shares = [(rules.worths[rules.issues.index(s.issue)], s.share or 0.0) for s in before]
        return np.asarray(np.sum([worth * [share, 1 - share] for worth, share in shares], axis=0))
    total = np.sum([rules.values[rules.issues.index(s.issue)][s.option] for s in before], axis=0)
    if rules.paid == "as_settled":
        return np.asarray(total)
    return np.asarray(total - rules.shortfall) if len(before) == len(rules.issues) else None


def _told(step: Step, about: Mapping[str, Any], words: Words) -> str:
    if words.scenario is None or not about:
        return f"{step.issue}: " + (f"option {step.option}" if step.share is None else number(step.share, 4))
    issue = words.scenario.issues[step.issue]
    return f"{issue.title or step.issue}: {setting_in_words(words.scenario, step.issue, about[step.issue])}"


def _strategies(rules: Rules, plan: Plan, words: Words) -> Iterator[Strategy]:
    """For pies all that is planned; for lists the first round, when nothing is settled yet."""
    if isinstance(plan, PiePlan):
        for m, issue in enumerate(rules.issues):
            for s, name in enumerate(rules.players):
                offer, floor = float(plan.offers[m, s]), float(plan.accepts[m, s])
                does = f"offers {number(100 * offer, 4)} %, accepts {number(100 * floor, 4)} % or more"
                yield Strategy(name, f"about {issue}", does, {"offer": offer, "accepts_from": floor})
    elif isinstance(rules, Agenda) and isinstance(plan, AgendaPlan):
        accepted = np.flatnonzero(plan.accepts[0][0][0])
        option = int(plan.offers[0][0][0])
        proposer, other = rules.players[rules.first], rules.players[1 - rules.first]
        about = f"about {rules.issues[0]} in round 1"
        named = "nothing acceptable" if option < 0 else _option(rules, words, option)
        yield Strategy(proposer, f"proposing {about}", f"proposes {named}", {"option": option if option >= 0 else None})
        listed = f"{len(accepted)} of {plan.accepts[0][0].shape[1]} options"
        if len(accepted) <= FEW:
            listed = ", ".join(_option(rules, words, int(k)) for k in accepted) or "nothing"
        yield Strategy(other, f"answering {about}", f"accepts {listed}", {"accepts": accepted.tolist()})


def _option(rules: Agenda, words: Words, option: int) -> str:
    issue = rules.issues[0]
    about = words.setting(issue, option, None) if isinstance(words, AgendaWords) else {}
    if words.scenario is None or not about:
        return f"option {option}"
    return setting_in_words(words.scenario, issue, about[issue])


def _orders(rules: Rules) -> Orders | None:
    try:
        return compare_orders(rules)
    except TooManyAgreements:
        return None


def _measures(rules: Rules, steps: list[Step], gains: Floats, orders: Orders | None, d: Floats) -> dict[str, Any]:
    found: dict[str, Any] = {"rounds": steps[-1].round + 1} if steps else {}
    if orders is not None:
        found["package"] = _by_name(rules, d + orders.package)
        found["gain_over_package"] = _by_name(rules, gains - orders.package)
        found["best_order"] = {name: " > ".join(orders.best(i)) for i, name in enumerate(rules.players)}
    return found


def _order_rows(rules: Rules, orders: Orders, d: Floats) -> list[dict[str, Any]]:
    """A row for every order, and one for the package."""
    rows = [
        {"order": " > ".join(order), **_by_name(rules, d + gains)}
        for order, gains in zip(orders.orders, orders.gains, strict=True)
    ]
    return [*rows, {"order": "package", **_by_name(rules, d + orders.package)}]


def _remarks(rules: Rules, orders: Orders | None, words: Words) -> Iterator[str]:
    yield "Who is indifferent accepts, and who is indifferent between agreeing and waiting agrees."
    yield "A round passes between two issues, and whoever accepted proposes next."
    if isinstance(rules, PieAgenda) or rules.paid == "as_settled":
        yield "Every issue pays from the round in which it is settled."
    else:
        yield "Nothing is paid until everything is settled; what is settled is not opened again."
    if orders is not None and len(orders.orders) > 1:
        best = [" > ".join(orders.best(i)) for i in (0, 1)]
        spread = orders.gains.max(axis=0) - orders.gains.min(axis=0)
        for i, name in enumerate(map(words.title_of, rules.players)):
            yield f"Of all orders {name} gains most by {best[i]}: {rounded(float(spread[i]))} more than by its worst."
