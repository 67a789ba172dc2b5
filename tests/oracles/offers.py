"""Alternating offers over a short list of agreements in exact fractions: everything written out, nothing searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

Pair = tuple[Fraction, Fraction]
Option = tuple[Fraction | None, Fraction | None]
NOTHING = Fraction(0), Fraction(0)


@dataclass(frozen=True)
class Talks:
    """The rules in fractions; the first player proposes in round 1."""

    points: Sequence[Pair]
    patience: Pair
    disagreement: Pair = NOTHING
    chance: Fraction = Fraction(0)
    broken: Pair = NOTHING
    costs: Pair = NOTHING
    outside: Option = (None, None)

    def waiting(self, following: Pair) -> Pair:
        """What not agreeing is worth, if the next round is worth ``following``."""
        worth = []
        for i in (0, 1):
            gain = self.patience[i] * (following[i] - self.disagreement[i])
            worth.append(
                self.chance * self.broken[i] + (1 - self.chance) * (self.disagreement[i] + gain - self.costs[i])
            )
        return worth[0], worth[1]

    def left(self) -> Pair:
        """What both get if one leaves."""
        first, second = (d if w is None else w for w, d in zip(self.outside, self.disagreement, strict=True))
        return first, second

    def answer(self, proposer: int, waiting: Pair) -> tuple[Pair | None, bool, Pair]:
        """The best offer (None for a delay), whether the responder would leave, and what the round is worth."""
        responder = 1 - proposer
        option = self.outside[responder]
        leaves = option is not None and option > waiting[responder]
        refused = self.left() if leaves else waiting
        good = [p for p in self.points if p[responder] >= refused[responder] and p[proposer] >= refused[proposer]]
        if not good:
            return None, leaves, refused
        best = max(good, key=lambda p: (p[proposer], p[responder]))
        return best, leaves, best


def rounds(talks: Talks, horizon: int) -> list[tuple[Pair | None, bool, Pair]]:
    """Backward induction; what is proposed, whether the responder would leave, what it is worth, from round 1 on."""
    waiting, found = talks.disagreement, []
    for turn in range(horizon, 0, -1):
        found.append(talks.answer((turn - 1) % 2, waiting))
        waiting = talks.waiting(found[-1][2])
    return found[::-1]


def stationary(talks: Talks) -> Iterator[tuple[Pair | None, Pair | None]]:
    """All pairs of proposals (None for none acceptable) that are best replies to each other, tried one by one."""
    for first, second in product([*talks.points, None], repeat=2):
        for leaves in product((False, True), repeat=2):
            values = _values(talks, (first, second), leaves)
            if values is None:
                continue
            one = talks.answer(0, talks.waiting(values[1]))
            two = talks.answer(1, talks.waiting(values[0]))
            if (one[0], two[0], one[1], two[1]) == (first, second, *leaves):
                yield first, second


def _values(
    talks: Talks, offers: tuple[Pair | None, Pair | None], leaves: tuple[bool, ...]
) -> tuple[Pair, Pair] | None:
    """What both rounds are worth under these strategies; None if they haggle for ever at a cost that has no end."""
    known: list[Pair | None] = [
        offer if offer is not None else talks.left() if leave else None
        for offer, leave in zip(offers, leaves, strict=True)
    ]
    if known[0] is None and known[1] is None:
        zero, one = talks.waiting(NOTHING), talks.waiting((Fraction(1), Fraction(1)))
        if any(b - a == 1 for a, b in zip(zero, one, strict=True)):
            return None
        ever = tuple(a / (1 - (b - a)) for a, b in zip(zero, one, strict=True))
        return (ever[0], ever[1]), (ever[0], ever[1])
    first = known[0] if known[0] is not None else talks.waiting(known[1] or NOTHING)
    second = known[1] if known[1] is not None else talks.waiting(first)
    return first, second
