"""An independent look at a dance: is every offer, every answer and every payoff what the rules say?

Shares no code with the simulator. Where the simulator finds a point, this checks that no other point has a better
claim; risk limits are compared as products of gains; what waiting is worth is read forwards from what is going to be
said, not backwards from the end.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.concession.plan import Offer, Plan, Schedule
from bargain.protocols.concession.rules import Concession
from bargain.protocols.concession.strategies import (
    EquilibriumPlay,
    Hardheaded,
    RandomAsks,
    Strategy,
    TimeDependent,
    TitForTat,
    Zeuthen,
)
from bargain.protocols.judging import TOLERANCE, Judgement

__all__ = ["judge"]

Floats = NDArray[np.float64]
Finding = tuple[float, str]
"""By how much something is not what it should be, as part of what is at stake for its player, and what."""
WRONG = 1.0
"""For what is either right or wrong: all that is at stake."""
ROUNDED = 1e-13
"""Part of the largest payoff up to which a player's payoffs are equal: the rounding of their sums and differences."""


def judge(rules: Concession, plan: Plan) -> Judgement:
    """The largest departure of a record from its rules; for equilibrium play, also the largest gain.

    Every player's payoffs are measured against the range of its own, so that no unit hides anybody: the scale is 1.
    A wrong round, proposer, point, answer or ending counts as much as there is at stake. Of rules of thumb the judge
    says that they were followed, not that following them was wise; a schedule of equilibrium play has to stand against
    every single deviation by anybody in any round, on the way or off it.
    """
    bench = _Bench(rules)
    findings = list(bench.form(plan))
    if not findings:
        findings = [*bench.record(plan), *(bench.schedule(plan.schedule) if plan.schedule is not None else ())]
    size, where = max(((math.inf if math.isnan(size) else size), where) for size, where in findings)
    return Judgement(size, 1.0, bench.checked + len(findings), where if size > 0 else "")


@dataclass
class _Bench:
    """The rules as the judge reads them: gains in lists, rational rows, chances drawn anew."""

    rules: Concession

    def __post_init__(self) -> None:
        rules = self.rules
        both = np.vstack([rules.points, rules.disagreement])
        stakes = np.ptp(both, axis=0)
        self.checked = 0
        self.rounding = ROUNDED * np.abs(both).max(axis=0)
        self.stakes = np.where(stakes > 0, stakes, 1.0)
        self.dust = np.maximum(TOLERANCE * stakes, self.rounding).tolist()
        self.gains = [
            [
                0.0 if abs(u - d) <= dust else float(u - d)
                for u, d, dust in zip(row, rules.disagreement, self.dust, strict=True)
            ]
            for row in rules.points
        ]
        self.rows = [row for row, gains in enumerate(self.gains) if min(gains) >= 0]
        self.ideal = [max((self.gains[row][i] for row in self.rows), default=0.0) for i in range(rules.n)]
        keys = [np.random.SeedSequence(rules.seed, spawn_key=(i,)) for i in range(rules.n + 1)]
        self.chances = [np.random.default_rng(key).random(rules.deadline + rules.n).tolist() for key in keys]

    def part(self, i: int, payoff: float) -> float:
        """A difference of payoffs as a part of what is at stake for a player; rounding is none."""
        return 0.0 if abs(payoff) <= self.rounding[i] else float(payoff / self.stakes[i])

    # what was said -----------------------------------------------------------------------------------------------

    def form(self, plan: Plan) -> Iterator[Finding]:
        """What a record has to have before it can be read: nothing is yielded if all is there."""
        rules = self.rules
        if len(plan.payoffs) != rules.n or bool(plan.offers) != bool(self.rows) or len(plan.offers) > rules.deadline:
            yield WRONG, "not so many payoffs or offers"
        for turn, offer in enumerate(plan.offers, 1):
            if (offer.round, offer.player) != (turn, rules.order[(turn - 1) % rules.n]):
                yield WRONG, f"offer {turn}: not its round, or not this player's turn"
            if offer.point not in self.rows or {len(offer.payoffs), len(offer.accepted)} != {rules.n}:
                yield (
                    WRONG,
                    f"offer {turn}: not a point that leaves all at d or above, or not as many numbers as players",
                )
        needed = bool(self.rows) and any(isinstance(strategy, EquilibriumPlay) for strategy in rules.strategies)
        if needed != (plan.schedule is not None):
            yield WRONG, "a schedule of equilibrium play stands where nobody follows it, or is missing"
        if plan.schedule is not None and not self._formed(plan.schedule):
            yield WRONG, "the schedule has not a line for every round, or a point that is not rational"

    def _formed(self, schedule: Schedule) -> bool:
        rounds = len(schedule.points) == self.rules.deadline
        shape = np.shape(schedule.floors) == (self.rules.deadline, self.rules.n)
        return rounds and shape and set(np.asarray(schedule.points).tolist()) <= set(self.rows)

    def record(self, plan: Plan) -> Iterator[Finding]:
        """Every offer against what should have been said, then how it ended and what it paid."""
        if not plan.offers:
            fine = plan.ending == "nothing_rational" and plan.agreed is None
            yield (0.0 if fine else WRONG), "how it ended"
            yield from self._paid(plan, None, 1)
            return
        for k, offer in enumerate(plan.offers):
            yield from self._offer(plan, list(plan.offers[:k]), offer)
        yield from self._ending(plan)

    def _offer(self, plan: Plan, before: list[Offer], offer: Offer) -> Iterator[Finding]:
        rules, player, here = self.rules, offer.player, f"round {offer.round}"
        target, row = self._due(plan, player, offer.round, before)
        yield self.part(player, abs(offer.target - rules.disagreement[player] - target)), f"{here}: the target"
        yield (0.0 if offer.point == row else WRONG), f"{here}: the point asked for"
        for i, (told, right) in enumerate(zip(offer.payoffs, rules.points[offer.point], strict=True)):
            yield self.part(i, abs(told - right)), f"{here}: what the point pays"
        for i, answer in enumerate(offer.accepted):
            floor = self._floor(plan, i, player, offer.round, [*before, offer])
            takes = self.gains[offer.point][i] >= floor - self.dust[i]
            yield (0.0 if answer == takes else WRONG), f"{here}: the answer of {rules.players[i]}"

    def _floor(self, plan: Plan, i: int, proposer: int, turn: int, heard: list[Offer]) -> float:
        """The gain from which player i accepts the standing offer."""
        if i == proposer:
            return -math.inf
        if isinstance(self.rules.strategies[i], EquilibriumPlay):
            return math.nan if plan.schedule is None else float(plan.schedule.floors[turn - 1][i])
        turns = range(turn + 1, turn + 1 + self.rules.n)
        later = next(t for t in turns if self.rules.order[(t - 1) % self.rules.n] == i)
        return self._due(plan, i, later, heard)[0]

    def _ending(self, plan: Plan) -> Iterator[Finding]:
        last, rounds = plan.offers[-1], len(plan.offers)
        early = [offer.round for offer in plan.offers[:-1] if all(offer.accepted)]
        yield (WRONG if early else 0.0), "an offer was made after the end"
        breaks = [t for t in range(1, self.rules.deadline) if self.chances[-1][t - 1] < self.rules.breakdown]
        broken = bool(breaks) and breaks[0] == rounds and not all(last.accepted)
        late = bool(breaks) and breaks[0] < rounds
        due = "agreement" if all(last.accepted) else "breakdown" if broken else "deadline"
        over = due != "deadline" or rounds == self.rules.deadline
        yield (0.0 if plan.ending == due and over and not late else WRONG), "how it ended"
        agreed = last.point if due == "agreement" else None
        yield (0.0 if plan.agreed == agreed else WRONG), "what was agreed"
        yield from self._paid(plan, agreed, rounds)

    def _paid(self, plan: Plan, agreed: int | None, rounds: int) -> Iterator[Finding]:
        for i, paid in enumerate(plan.payoffs):
            gain = 0.0 if agreed is None else self.gains[agreed][i]
            kept = math.prod([float(self.rules.patience[i])] * (rounds - 1))
            off = abs(paid - self.rules.disagreement[i] - kept * gain)
            yield self.part(i, off), f"what {self.rules.players[i]} is paid"

    # what should be said -----------------------------------------------------------------------------------------

    def _due(self, plan: Plan, i: int, turn: int, before: list[Offer]) -> tuple[float, int]:
        """The target gain of player i in that round, and the row that it has to ask for."""
        strategy: Strategy = self.rules.strategies[i]
        own = [offer for offer in before if offer.player == i]
        match strategy:
            case TimeDependent():
                over = min(turn - 1, self.rules.deadline) / self.rules.deadline
                rest = math.exp(math.log(over) / strategy.beta) if over > 0 else 0.0
                return self._above(i, self.ideal[i] * (1 - strategy.start) * (1 - rest))
            case Hardheaded():
                return self._above(i, self.ideal[i] if turn <= self.rules.deadline else 0.0)
            case TitForTat():
                return self._above(i, self._returned(strategy, i, turn, own, before))
            case RandomAsks():
                row = self.rows[math.floor(self.chances[i][turn - 1] * len(self.rows))]
                return self.gains[row][i], row
            case Zeuthen():
                return self._risked(i, own, [offer for offer in before if offer.player != i])
            case EquilibriumPlay():
                row = -1 if plan.schedule is None else int(plan.schedule.points[turn - 1])
                return self.gains[row][i], row

    def _claim(self, i: int, rows: Sequence[int]) -> int:
        """Of some rows the first with the best claim: kinder to the worst-off other, to the next, ..., better for i."""
        left = {row: self._left(i, row) for row in rows}
        for place in range(self.rules.n - 1):
            most = max(parts[place] for parts in left.values())
            left = {row: parts for row, parts in left.items() if parts[place] >= most - 1e-9}
        best = max(self.gains[row][i] for row in left)
        return next(row for row in left if self.gains[row][i] >= best - self.dust[i])

    def _left(self, i: int, row: int) -> list[float]:
        """The others' parts of their ideal gains, the least first."""
        ideals = enumerate(self.ideal)
        return sorted(self.gains[row][j] / ideal if ideal > 0 else 1.0 for j, ideal in ideals if j != i)

    def _above(self, i: int, target: float) -> tuple[float, int]:
        within = min(target, self.ideal[i]) - self.dust[i]
        return target, self._claim(i, [row for row in self.rows if self.gains[row][i] >= within])

    def _returned(self, strategy: TitForTat, i: int, turn: int, own: list[Offer], before: list[Offer]) -> float:
        """What tit-for-tat wants: its last target moved by the others' mean step in its own gains."""
        last = own[-1].target - float(self.rules.disagreement[i]) if own else self.ideal[i]
        newest = 1 if strategy.kind == "averaged" else strategy.lag
        pairs = []
        for j in range(self.rules.n):
            brought = [self.gains[offer.point][i] for offer in before if offer.player == j][::-1]
            if j != i and len(brought) > strategy.lag:
                pairs.append((brought[strategy.lag], brought[newest - 1]))
        if not pairs:
            return last
        old, new = (math.fsum(side) / len(pairs) for side in zip(*pairs, strict=True))
        if strategy.kind != "absolute" and old > self.dust[i] and new > self.dust[i]:
            wanted = last / (new / old)
        else:
            wanted = last + old - new - strategy.noise * self.chances[i][turn - 1]
        return min(self.ideal[i], max(0.0, wanted))

    def _risked(self, i: int, own: list[Offer], other: list[Offer]) -> tuple[float, int]:
        """Zeuthen by products: whose offer has the smaller product of gains concedes until it has the larger."""
        if not own or not other:
            return self._above(i, self.ideal[i])
        mine, theirs = own[-1].point, other[-1].point
        against = self._product(theirs) * (1 + 1e-12)
        if self._product(mine) > against:
            return self.gains[mine][i], mine
        low, high = self.gains[theirs][i], self.gains[mine][i]
        enough = [row for row in self.rows if low <= self.gains[row][i] <= high and self._product(row) > against]
        if not enough:
            return low, theirs
        best = max(self.gains[row][i] for row in enough)
        return best, self._claim(i, [row for row in enough if self.gains[row][i] >= best - self.dust[i]])

    def _product(self, row: int) -> float:
        return math.prod(self.gains[row])

    # equilibrium play --------------------------------------------------------------------------------------------

    def schedule(self, schedule: Schedule) -> Iterator[Finding]:
        """One deviation at a time, in every round: what is asked for, and what is accepted."""
        rules = self.rules
        gains, dust = np.array(self.gains), np.array(self.dust)
        taken = np.array([self._accepts(schedule, turn, gains[row], dust) for turn, row in enumerate(schedule.points)])
        lasting = (1 - rules.breakdown) * rules.patience
        agreed = np.flatnonzero(taken)
        for turn in range(rules.deadline):
            coming = agreed[agreed > turn]
            waiting = np.zeros(rules.n)
            if len(coming):
                waiting = lasting ** (coming[0] - turn) * gains[schedule.points[coming[0]]]
            yield from self._deviations(schedule, turn, gains, waiting, bool(taken[turn]))

    def _accepts(self, schedule: Schedule, turn: int, offered: Floats, dust: Floats) -> bool:
        proposer = self.rules.order[turn % self.rules.n]
        fine = offered >= schedule.floors[turn] - dust
        return bool(np.delete(fine, proposer).all())

    def _deviations(
        self, schedule: Schedule, turn: int, gains: Floats, waiting: Floats, taken: bool
    ) -> Iterator[Finding]:
        """Against what waiting is worth: a floor too low or too high, and every other point the proposer might name."""
        rules, here = self.rules, f"equilibrium play, round {turn + 1}"
        for i in range(rules.n):
            off = abs(float(schedule.floors[turn][i] - waiting[i]))
            yield self.part(i, off), f"{here}: {rules.players[i]} accepts"
        proposer = rules.order[turn % rules.n]
        rows = np.array(self.rows)
        floors = np.delete(schedule.floors[turn] - np.array(self.dust), proposer)
        passes = (np.delete(gains[rows], proposer, axis=1) >= floors).all(axis=1)
        worth = np.where(passes, gains[rows][:, proposer], waiting[proposer])
        held = gains[schedule.points[turn]][proposer] if taken else waiting[proposer]
        self.checked += len(rows)
        gain = self.part(proposer, float(worth.max() - held))
        yield gain, f"{here}: {rules.players[proposer]} asks for another point"
