"""The dance itself: offer, answers, next round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.concession.asking import floor, next_ask
from bargain.protocols.concession.ground import Ask, Ground, Moment, draws, lay_out
from bargain.protocols.concession.plan import Ending, Offer, Plan, Schedule
from bargain.protocols.concession.rules import Concession
from bargain.protocols.concession.strategies import Strategy

__all__ = ["Course", "course_of", "solve"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Course:
    """What is said if nothing breaks off: who asks for what in each round, and who accepts."""

    asks: tuple[tuple[int, Ask], ...]
    accepted: tuple[tuple[bool, ...], ...]

    @property
    def agrees(self) -> bool:
        """Whether the last offer is accepted by all."""
        return bool(self.accepted) and all(self.accepted[-1])


def course_of(ground: Ground, strategies: Sequence[Strategy], drawn: Floats) -> Course:
    """Offers in turn up to the first that all accept, or the deadline. ``drawn`` as by `draws`."""
    said: list[list[Ask]] = [[] for _ in strategies]
    asks: list[tuple[int, Ask]] = []
    answers: list[tuple[bool, ...]] = []
    for turn in range(1, ground.deadline + 1):
        player = ground.proposer(turn)
        ask = next_ask(strategies[player], _moment(ground, player, turn, said, drawn))
        said[player].append(ask)
        asks.append((player, ask))
        answers.append(_answers(ground, strategies, turn, said, ask.place, drawn))
        if all(answers[-1]):
            break
    return Course(tuple(asks), tuple(answers))


def _answers(
    ground: Ground, strategies: Sequence[Strategy], turn: int, said: list[list[Ask]], place: int, drawn: Floats
) -> tuple[bool, ...]:
    """Who accepts, each by itself; a proposer accepts its own offer."""
    proposer, offered = ground.proposer(turn), ground.gains[place].tolist()
    answers = [True] * ground.n
    for player, strategy in enumerate(strategies):
        if player != proposer:
            moment = _moment(ground, player, ground.next_turn(player, turn), said, drawn)
            answers[player] = bool(offered[player] >= floor(strategy, moment, turn) - ground.slack[player])
    return tuple(answers)


def _moment(ground: Ground, player: int, turn: int, said: list[list[Ask]], drawn: Floats) -> Moment:
    return Moment(ground, player, turn, said, float(drawn[player, turn - 1]))


def solve(rules: Concession) -> Plan:
    """Play the dance once, with the chances that the seed draws.

    Two boulwares with the same beta meet late, near the middle; the proposer of the last round need not hurry.

    >>> from bargain.protocols.concession.strategies import Hardheaded, TimeDependent
    >>> pie = np.column_stack([np.arange(11.0), 10 - np.arange(11.0)])
    >>> plan = solve(Concession(pie, np.zeros(2), (Hardheaded(), TimeDependent(4)), 10))
    >>> plan.ending, len(plan.offers), plan.payoffs
    ('agreement', 10, array([9., 1.]))
    """
    ground = lay_out(rules)
    if not len(ground.rows):
        return Plan((), "nothing_rational", None, rules.disagreement.copy())
    drawn = draws(rules.seed, rules.n, rules.deadline)
    course = course_of(ground, rules.strategies, drawn)
    said, ending = _broken_off(course, rules, drawn[-1])
    offers = tuple(_offer(rules, ground, course, turn) for turn in range(1, said + 1))
    agreed = offers[-1].point if ending == "agreement" else None
    gains = rules.patience ** (said - 1) * ground.gains[course.asks[said - 1][1].place]
    payoffs = rules.disagreement + (gains if agreed is not None else 0.0)
    return Plan(offers, ending, agreed, payoffs, _schedule(rules, ground))


def _broken_off(course: Course, rules: Concession, drawn: Floats) -> tuple[int, Ending]:
    """How many rounds there are, and how they end, when breakdown may strike after a refusal."""
    rounds = len(course.asks)
    struck = np.flatnonzero(drawn[: rounds - 1] < rules.breakdown)
    if len(struck):
        return int(struck[0]) + 1, "breakdown"
    return rounds, "agreement" if course.agrees else "deadline"


def _offer(rules: Concession, ground: Ground, course: Course, turn: int) -> Offer:
    player, ask = course.asks[turn - 1]
    row = int(ground.rows[ask.place])
    target = float(rules.disagreement[player] + ask.target)
    return Offer(turn, player, target, row, tuple(rules.points[row].tolist()), course.accepted[turn - 1])


def _schedule(rules: Concession, ground: Ground) -> Schedule | None:
    """The numbers of equilibrium play, in rows of the rules, if somebody plays it."""
    if all(strategy.rule_of_thumb for strategy in rules.strategies):
        return None
    return replace(ground.schedule, points=ground.rows[ground.schedule.points])
