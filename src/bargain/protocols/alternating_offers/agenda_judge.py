"""The judge of agendas: what could either player gain by one deviation, in any round, whatever has been settled?

It values a plan by following it and tries every option, an offer that is refused, and the wrong answer to every option.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.alternating_offers.agenda_rules import Agenda, AgendaPlan, PieAgenda, PiePlan
from bargain.protocols.judging import Judgement, largest

__all__ = ["judge_agenda", "judge_pies"]

Floats = NDArray[np.float64]
Trial = tuple[float, int, int, str]
"""A gain, whose, how many deviations it is the largest of, and where."""

DUST = 1e-12
"""Shares may be off by this much through rounding alone."""


def judge_agenda(rules: Agenda, plan: AgendaPlan) -> Judgement:
    """The largest gain from one deviation at any decision of a plan with a last round."""
    final, trials = _totals(rules), list[Trial]()
    next_round: list[Floats | None] = [None] * len(rules.issues)
    for t in reversed(range(rules.horizon)):
        proposer, values = (rules.first + t) % 2, list[Floats | None]()
        for m, issue in enumerate(rules.issues):
            offer, answers = plan.offers[t][m], plan.accepts[t][m]
            wait = _aged(rules, next_round[m], (len(offer), 2))
            agreed = _after(rules, m, next_round, final, answers.shape)
            value = _followed(offer, answers, wait, agreed)
            values.append(value)
            when = f"about {issue} in round {t + 1}"
            trials += _tried(rules, proposer, answers, wait, agreed, value, when)
        next_round = values
    gain, player, _, where = largest(trials, lambda trial: trial[0] / rules.stakes[trial[1]])
    return Judgement(gain, float(rules.stakes[player]), sum(trial[2] for trial in trials), where)


def _totals(rules: Agenda) -> Floats:
    """The gains of agreeing on everything, one row per combination."""
    grids = np.meshgrid(*[np.arange(len(table)) for table in rules.values], indexing="ij")
    chosen = [table[grid.ravel()] for table, grid in zip(rules.values, grids, strict=True)]
    return np.asarray(np.sum(chosen, axis=0) - np.array(rules.shortfall))


def _aged(rules: Agenda, value: Floats | None, shape: tuple[int, ...]) -> Floats:
    """What comes a round later; nothing after the last."""
    return np.zeros(shape) if value is None else np.asarray(value * np.array(rules.patience))


def _after(rules: Agenda, m: int, next_round: list[Floats | None], final: Floats, shape: tuple[int, ...]) -> Floats:
    """(p, k, 2) what it is worth that issue m is settled by each option."""
    last = m + 1 == len(rules.issues)
    if rules.paid == "together":
        return final.reshape(*shape, 2) if last else _aged(rules, next_round[m + 1], (*shape, 2)).reshape(*shape, 2)
    rest = np.zeros((1, 2)) if last else _aged(rules, next_round[m + 1], (1, 2))
    return rest[:, None, :] + rules.values[m]


def _followed(offer: NDArray[np.intp], answers: NDArray[np.bool_], wait: Floats, agreed: Floats) -> Floats:
    rows = np.arange(len(offer))
    signed = (offer >= 0) & answers[rows, offer]
    return np.asarray(np.where(signed[:, None], agreed[rows, offer], wait))


def _tried(
    rules: Agenda, proposer: int, answers: NDArray[np.bool_], wait: Floats, agreed: Floats, value: Floats, when: str
) -> list[Trial]:
    other, count = 1 - proposer, answers.size
    possible = np.where(answers, agreed[:, :, proposer], wait[:, None, proposer])
    best = np.maximum(possible.max(axis=1), wait[:, proposer]) - value[:, proposer]
    difference = agreed[:, :, other] - wait[:, None, other]
    wrong = np.where(answers, -difference, difference)
    return [
        (float(best.max()), proposer, count + len(value), f"{rules.players[proposer]} proposing {when}"),
        (float(wrong.max()), other, count, f"{rules.players[other]} answering {when}"),
    ]


def judge_pies(rules: PieAgenda, plan: PiePlan) -> Judgement:
    """The largest gain from one deviation at any decision about any pie."""
    if not ((plan.offers >= -DUST) & (plan.offers <= 1 + DUST)).all():
        return Judgement(float("inf"), 1.0, 1, "an offer is no share of a pie")
    trials: list[Trial] = []
    after = np.zeros((2, 2))
    for m in reversed(range(len(rules.issues))):
        values = _pie_values(rules, plan, m, after)
        for s in (0, 1):
            trials += _pie_trials(rules, plan, m, s, after, values)
        after = values[::-1] * np.array(rules.patience)  # who accepted proposes next
    stakes = rules.worths.sum(axis=0)
    gain, player, _, where = largest(trials, lambda trial: trial[0] / stakes[trial[1]])
    return Judgement(gain, float(stakes[player]), sum(trial[2] for trial in trials), where)


def _pie_values(rules: PieAgenda, plan: PiePlan, m: int, after: Floats) -> Floats:
    """(2, 2) what it is worth to the column's player that the row's proposes about pie m, if both follow the plan."""
    patience, values = np.array(rules.patience), np.zeros((2, 2))
    signed = [plan.offers[m, s] >= plan.accepts[m, 1 - s] - DUST for s in (0, 1)]
    for s in (0, 1):
        if signed[s]:
            share = np.array([1 - plan.offers[m, s], plan.offers[m, s]])[:: 1 if s == 0 else -1]
            values[s] = share * rules.worths[m] + after[s]
    for s in (0, 1):
        if not signed[s] and signed[1 - s]:
            values[s] = patience * values[1 - s]
    return values


def _pie_trials(rules: PieAgenda, plan: PiePlan, m: int, s: int, after: Floats, values: Floats) -> list[Trial]:
    other, worth = 1 - s, rules.worths[m]
    wait = np.array(rules.patience) * values[other]
    floor, about = plan.accepts[m, other], f"about {rules.issues[m]}"
    trials = [(float(wait[s] - values[s, s]), s, 1, f"{rules.players[s]} proposing {about}, to be refused")]
    if floor <= 1:
        best = worth[s] * (1 - max(floor, 0.0)) + after[s, s]
        trials.append((float(best - values[s, s]), s, 1, f"{rules.players[s]} proposing {about}"))
    accepted = worth[other] * min(max(floor, 0.0), 1.0) + after[s, other]
    where = f"{rules.players[other]} answering {about}"
    if floor <= 1:
        trials.append((float(wait[other] - accepted), other, 1, where))
    if floor > 0:
        trials.append((float(accepted - wait[other]), other, 1, where))
    return trials
