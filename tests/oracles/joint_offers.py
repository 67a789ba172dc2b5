"""A joint offer by exact fractions and plain loops: every agreement, every type, every demand. Shares no code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Row = list[Fraction]


@dataclass(frozen=True)
class Exact:
    """The same problem as `bargain.protocols.joint_offer.rules.JointOffer`, in fractions."""

    payoffs: list[Row]
    outsider: list[Row]
    chances: Row
    refusal: list[Row]
    floors: Row
    powers: Row
    breakdown: Fraction | None
    patience: Row
    members: Row

    def demand(self, kind: int) -> int | None:
        """What a type demands: its best that all members sign, of equals the one best for them, then the first."""
        if self.breakdown is None or self.breakdown == 1:
            return None
        best: tuple[Any, ...] | None = None
        for row, pay in enumerate(self.payoffs):
            gains = [u - d for u, d in zip(pay, self.refusal[kind], strict=True)]
            if min(gains) < 0 or self.outsider[row][kind] < self.floors[kind]:
                continue
            key = (self.outsider[row][kind], sorted(gains), -row)
            best = key if best is None or key > best else best
        return None if best is None else -best[2]

    def waiting(self, kind: int) -> Fraction:
        """What a refusal is worth to a type."""
        demand = self.demand(kind)
        if demand is None or self.breakdown is None:
            return self.floors[kind]
        gain = self.outsider[demand][kind] - self.floors[kind]
        return self.floors[kind] + (1 - self.breakdown) * self.patience[kind] * gain

    def refused(self, kind: int) -> Row:
        """What members get after it."""
        demand = self.demand(kind)
        if demand is None or self.breakdown is None:
            return self.refusal[kind]
        pairs = zip(self.refusal[kind], self.payoffs[demand], self.members, strict=True)
        return [d + (1 - self.breakdown) * factor * (u - d) for d, u, factor in pairs]

    def accepts(self, row: int, kind: int) -> bool:
        return self.outsider[row][kind] >= self.waiting(kind)

    def expected(self, row: int, kinds: Sequence[int], chances: Sequence[Fraction]) -> Row:
        """Members' expected payoffs of an offer."""
        total = [Fraction(0)] * len(self.powers)
        for kind, chance in zip(kinds, chances, strict=True):
            paid = self.payoffs[row] if self.accepts(row, kind) else self.refused(kind)
            total = [a + chance * b for a, b in zip(total, paid, strict=True)]
        return total

    def live(self, row: int, kind: int) -> bool:
        return self.accepts(row, kind) or self.demand(kind) is not None

    def offers(self, concept: str, kinds: Sequence[int] | None = None) -> tuple[set[int], dict[int, Row], Row]:
        """The best offers of a concept, members' gains from every offer that counts, disagreement."""
        kinds = range(len(self.chances)) if kinds is None else kinds
        chances = self.chances if len(kinds) == len(self.chances) else [Fraction(1)] * len(kinds)
        without = [
            sum((p * self.refusal[k][i] for k, p in zip(kinds, chances, strict=True)), Fraction(0))
            for i in range(len(self.powers))
        ]
        met = [k for k, p in zip(kinds, chances, strict=True) if p > 0]
        gains = {
            row: [a - b for a, b in zip(self.expected(row, kinds, chances), without, strict=True)]
            for row in range(len(self.payoffs))
            if any(self.live(row, k) for k in met)
        }
        return best_rows(concept, gains, self.powers), gains, without


def best_rows(concept: str, gains: dict[int, Row], powers: Row) -> set[int]:
    """The rational rows that a concept is about."""
    rational = {row: gain for row, gain in gains.items() if min(gain) >= 0}
    if not rational:
        return set()
    hopes = [max(column) for column in zip(*rational.values(), strict=True)]
    if concept in ("nash", "asymmetric_nash"):
        return _products(rational, [1] * len(powers) if concept == "nash" else [int(power) for power in powers])
    scores: dict[int, Any] = {}
    for row, gain in rational.items():
        if concept == "egalitarian":
            scores[row] = sorted(gain)
        elif concept == "kalai_smorodinsky":
            scores[row] = sorted(g / hope for g, hope in zip(gain, hopes, strict=True) if hope > 0)
        elif concept == "equal_loss":
            scores[row] = sorted(g - hope for g, hope in zip(gain, hopes, strict=True))
        else:
            scores[row] = sum(gain)
    most = max(scores.values())
    return {row for row, score in scores.items() if score == most}


def _products(rational: dict[int, Row], powers: Sequence[int]) -> set[int]:
    """As many gainers as possible; within a group of gainers the largest product."""
    count = max(sum(g > 0 for g in gain) for gain in rational.values())
    groups: dict[tuple[bool, ...], dict[int, Fraction]] = {}
    for row, gain in rational.items():
        group = tuple(g > 0 for g in gain)
        if sum(group) == count:
            product = Fraction(1)
            for g, power in zip(gain, powers, strict=True):
                product *= g**power if g > 0 else 1
            groups.setdefault(group, {})[row] = product
    return {row for scores in groups.values() for row, score in scores.items() if score == max(scores.values())}


def exactly(rules: Any) -> Exact:
    """The rules as fractions with small denominators."""

    def near(number: float) -> Fraction:
        return Fraction(float(number)).limit_denominator(5040)

    def table(rows: Any) -> list[Row]:
        return [[near(x) for x in row] for row in rows]

    counter = rules.counter
    return Exact(
        table(rules.payoffs),
        table(rules.outsider),
        [near(x) for x in rules.chances],
        table(rules.refusal),
        [near(x) for x in rules.outsider_refusal],
        [near(x) for x in rules.weights],
        None if counter is None else near(counter.breakdown),
        [near(x) for x in rules.patience],
        [Fraction(1)] * len(rules.weights) if counter is None else [near(x) for x in counter.members],
    )
