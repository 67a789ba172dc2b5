"""A plain, slow reference: every agreement is listed and every number is a fraction.

`Reference` reads a scenario document (the map that a YAML file holds) and answers for the pure regime what
the package answers by cleverer means. It shares no code with it. Numbers are taken from their decimal text:
``0.1 + 0.2`` is three tenths; only powers with a broken exponent are rounded, once each.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

TIE = Fraction(1, 10**9)
"""Two objectives within a billionth of each other (relative above 1) are tied."""

DUST = Fraction(1, 10**12)
"""A gain this near to nothing is nothing: a disagreement payoff written as a decimal may be rounded."""

SLACK = Fraction(1, 10**10)
"""How far a number may miss a threshold of a condition and still count as on it (relative above 1)."""

BOUNDS = {"above", "below", "from", "to"}


def exact(number: Any) -> Fraction:
    """A number of the file as a fraction.

    >>> exact(0.1) + exact({"value": 0.2, "low": 0})
    Fraction(3, 10)
    """
    if isinstance(number, Fraction):
        return number
    return _decimal(repr(number["value"] if isinstance(number, dict) else number))


_decimal = cache(Fraction)
"""Reading a text takes longer than the arithmetic, and the same few numbers come back all the time."""


def passes(test: Any, setting: Any) -> bool:
    """Whether one issue's setting passes one test of a condition."""
    if isinstance(test, str):
        return bool(setting == test)
    if isinstance(test, list):
        return any(passes(entry, setting) for entry in test)
    if not isinstance(test, Mapping) or "value" in test:
        return not isinstance(setting, str) and abs(exact(setting) - exact(test)) <= slack(test)
    if not set(test) <= BOUNDS:
        return all(passes(entry, setting.get(player, 0)) for player, entry in test.items())
    number = exact(setting)
    return (
        ("above" not in test or number > exact(test["above"]) + slack(test["above"]))
        and ("below" not in test or number < exact(test["below"]) - slack(test["below"]))
        and ("from" not in test or number >= exact(test["from"]) - slack(test["from"]))
        and ("to" not in test or number <= exact(test["to"]) + slack(test["to"]))
    )


def slack(threshold: Any) -> Fraction:
    """The tolerance at one threshold."""
    return SLACK * max(Fraction(1), abs(exact(threshold)))


def holds(condition: Mapping[str, Any], agreement: Mapping[str, Any]) -> bool:
    """Whether an agreement meets every test of a condition."""
    return all(passes(test, agreement[issue]) for issue, test in condition.items())


def value(entry: Any, setting: Any, player: str) -> Fraction:
    """Weight times value of one issue's setting to one player."""
    if entry == "ignored":
        return Fraction(0)
    if isinstance(setting, Mapping):
        setting = setting.get(entry.get("of") or player, 0)
    return exact(entry.get("weight", 1)) * _unweighted(entry, setting)


def _unweighted(entry: Mapping[str, Any], setting: Any) -> Fraction:
    if "values" in entry:
        return exact(entry["values"][setting])
    if "points" in entry:
        return _along([(exact(x), exact(y)) for x, y in entry["points"]], exact(setting))
    if entry["shape"] == "ideal":
        return -(((exact(setting) - exact(entry["at"])) / exact(entry["scale"])) ** 2)
    worst, best = exact(entry["worst"]), exact(entry["best"])
    straight = min(max((exact(setting) - worst) / (best - worst), Fraction(0)), Fraction(1))
    exponent = exact(entry.get("exponent", 1))
    if exponent.denominator == 1:
        return straight**exponent.numerator
    return Fraction(float(straight) ** float(exponent))


def _along(points: Sequence[tuple[Fraction, Fraction]], x: Fraction) -> Fraction:
    if x <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]


def worth(attitude: Mapping[str, Any] | None, total: Fraction) -> Fraction:
    """What a total is worth under constant absolute or relative risk aversion.

    >>> worth({"crra": 0.5, "base": 1}, Fraction(5)), worth(None, Fraction(1, 3))
    (Fraction(2, 1), Fraction(1, 3))
    """
    if attitude is None:
        return total
    if "cara" in attitude:
        rho = exact(attitude["cara"])
        return total if rho == 0 else (1 - Fraction(math.exp(-rho * total))) / rho
    above, rest = total - exact(attitude["base"]), 1 - exact(attitude["crra"])
    return Fraction(math.log(above)) if rest == 0 else (Fraction(float(above) ** float(rest)) - 1) / rest


@dataclass(frozen=True)
class Deal:
    """One agreement and what it pays everybody."""

    agreement: dict[str, Any]
    payoffs: dict[str, Fraction]


@dataclass(frozen=True)
class Answer:
    """What a concept says: a status and all its winners, in lexicographic file order."""

    status: str
    winners: Sequence[Deal]


class Reference:
    """All of a scenario, listed.

    ``settings`` gives the settings to be tried of issues that are continuous.
    """

    def __init__(self, document: Mapping[str, Any], settings: Mapping[str, Sequence[Any]] | None = None) -> None:
        self.document = document
        self.settings = dict(settings or {})
        self.players = list(document["players"])
        self._worths: dict[tuple[str, str, Any], Fraction] = {}
        self.signatories = [name for name, player in document["players"].items() if player.get("signs", True)]

    # one agreement

    def payoffs_of(self, agreement: Mapping[str, Any]) -> dict[str, Fraction]:
        """What an agreement, signed and honoured, pays everybody: totals, then attitudes to risk."""
        return {player: self._bent(player, self._total(player, agreement)) for player in self.players}

    def totals_of(self, agreement: Mapping[str, Any]) -> dict[str, Fraction]:
        """What an agreement adds up to for everybody."""
        return {player: self._total(player, agreement) for player in self.players}

    def _bent(self, player: str, total: Fraction) -> Fraction:
        return worth(self.document["utilities"][player].get("attitude"), total)

    def _total(self, player: str, agreement: Mapping[str, Any]) -> Fraction:
        utilities = self.document["utilities"][player]
        total = sum((self._worth(player, issue, agreement[issue]) for issue in self.document["issues"]), Fraction(0))
        terms = (exact(term["add"]) for term in utilities.get("terms", []) if holds(term["when"], agreement))
        return total + sum(terms, Fraction(0))

    def _worth(self, player: str, issue: str, setting: Any) -> Fraction:
        entry = self.document["utilities"][player][issue]
        if isinstance(setting, Mapping):
            return value(entry, setting, player)
        key = (player, issue, setting)
        if key not in self._worths:
            self._worths[key] = value(entry, setting, player)
        return self._worths[key]

    def is_possible(self, agreement: Mapping[str, Any]) -> bool:
        """Whether no rule and no signatory's red line stands against an agreement."""
        rules = self.document.get("rules", [])
        lines = self.document.get("red_lines", {})
        crossed = (line for player in self.signatories for line in lines.get(player, []))
        return all(self._respects(rule, agreement) for rule in rules) and not any(
            holds(line, agreement) for line in crossed
        )

    @staticmethod
    def _respects(rule: Mapping[str, Any], agreement: Mapping[str, Any]) -> bool:
        if "forbid" in rule:
            return not holds(rule["forbid"], agreement)
        if "if" in rule:
            return not holds(rule["if"], agreement) or holds(rule["then"], agreement)
        total = Fraction(0)
        for path, factor in rule["sum"].items():
            issue, _, player = path.partition(".")
            setting = agreement[issue]
            total += exact(factor) * exact(setting.get(player, 0) if player else setting)
        return total <= exact(rule["at_most"]) + slack(rule["at_most"])

    def gains_of(self, deal: Deal) -> tuple[Fraction, ...]:
        """What each signatory gains from a deal; dust counts as nothing."""
        return tuple(self._gain(deal.payoffs[player], self.disagreement[player]) for player in self.signatories)

    @staticmethod
    def _gain(payoff: Fraction, at_odds: Fraction) -> Fraction:
        gain = payoff - at_odds
        return Fraction(0) if abs(gain) <= DUST * max(Fraction(1), abs(payoff)) else gain

    # the whole of it

    @cached_property
    def disagreement(self) -> dict[str, Fraction]:
        """What everybody gets if nothing is signed."""
        section = self.document["disagreement"]
        if "payoffs" in section:
            return {player: exact(section["payoffs"][player]) for player in self.players}
        prospects = section.get("lottery") or [{"chance": 1, "agreement": section["agreement"]}]
        given = sum((exact(entry["chance"]) for entry in prospects if entry["chance"] != "rest"), Fraction(0))
        mean = dict.fromkeys(self.players, Fraction(0))
        costs = section.get("costs", {"others": 0})
        for entry in prospects:
            chance = 1 - given if entry["chance"] == "rest" else exact(entry["chance"])
            for player, total in self.totals_of(entry["agreement"]).items():
                cost = exact(costs.get(player, costs.get("others")))
                mean[player] += chance * self._bent(player, total - cost)
        return mean

    def options(self, issue: str) -> list[Any]:
        """Every way to settle one issue, in file order."""
        if issue in self.settings:
            return list(self.settings[issue])
        section = self.document["issues"][issue]
        if "options" in section:
            return list(section["options"])
        (low, high), step = map(exact, section["range"]), exact(section["step"])
        return [low + k * step for k in range(math.floor((high - low) / step) + 1)]

    @cached_property
    def possible(self) -> list[Deal]:
        """Every possible agreement, in lexicographic file order."""
        issues = list(self.document["issues"])
        every = (dict(zip(issues, row, strict=True)) for row in itertools.product(*map(self.options, issues)))
        return [Deal(agreement, self.payoffs_of(agreement)) for agreement in every if self.is_possible(agreement)]

    @cached_property
    def rational(self) -> list[Deal]:
        """Possible, and no signatory below its disagreement payoff."""
        return [deal for deal in self.possible if min(self.gains_of(deal)) >= 0]

    def point(self, deal: Deal) -> tuple[Fraction, ...]:
        """The payoffs of the signatories."""
        return tuple(deal.payoffs[player] for player in self.signatories)

    @cached_property
    def frontier(self) -> list[tuple[Fraction, ...]]:
        """Distinct payoff vectors of signatories that no other one dominates."""
        points = sorted({self.point(deal) for deal in self.possible}, reverse=True)
        kept: list[tuple[Fraction, ...]] = []
        for point in points:  # whatever dominates a point comes before it
            if not any(all(a >= b for a, b in zip(other, point, strict=True)) for other in kept):
                kept.append(point)
        return kept

    @property
    def rational_size(self) -> int:
        """How many frontier points leave no signatory below disagreement."""
        floor = [self.disagreement[player] for player in self.signatories]
        return sum(all(self._gain(u, d) >= 0 for u, d in zip(point, floor, strict=True)) for point in self.frontier)

    @property
    def ideal(self) -> dict[str, Fraction] | None:
        """The best each signatory gets in a rational agreement."""
        if not self.rational:
            return None
        return {player: max(deal.payoffs[player] for deal in self.rational) for player in self.signatories}

    @property
    def largest_minimum_gain(self) -> Fraction:
        """The best that the worst-off signatory can gain in a possible agreement (negative: no deal)."""
        return max(min(self.gains_of(deal)) for deal in self.possible)

    @property
    def closest(self) -> list[Deal]:
        """The possible agreements at the largest minimum gain."""
        best = self.largest_minimum_gain
        return [deal for deal in self.possible if tied(min(self.gains_of(deal)), best)]

    def binding(self, deal: Deal) -> set[str]:
        """The signatories with the smallest gain in a deal."""
        gains = self.gains_of(deal)
        return {player for player, gain in zip(self.signatories, gains, strict=True) if tied(gain, min(gains))}

    # the concepts

    def solve(self, concept: str) -> Answer:
        """All winners of a concept."""
        if not self.rational:
            return Answer("no_agreement", [])
        return Answer("agreement", getattr(self, concept)())

    def nash(self) -> list[Deal]:
        """Largest product of gains."""
        return self._largest_product(lambda gains: math.prod(gains, start=Fraction(1)))

    def asymmetric_nash(self) -> list[Deal]:
        """Largest product of gains, each raised to the power of its player."""
        powers = [exact(self.document["players"][player].get("power", 1)) for player in self.signatories]

        def product(gains: Sequence[Fraction], who: Sequence[int]) -> Fraction:
            return Fraction(
                math.exp(
                    sum(float(powers[i] / sum(powers)) * math.log(gain) for i, gain in zip(who, gains, strict=True))
                )
            )

        return self._largest_product(product, knows_who=True)

    def _largest_product(self, product: Any, *, knows_who: bool = False) -> list[Deal]:
        """As many gainers as possible; per group of gainers the largest product; groups of one size tie."""
        groups: dict[tuple[int, ...], list[Deal]] = {}
        for deal in self.rational:
            gainers = tuple(i for i, gain in enumerate(self.gains_of(deal)) if gain > 0)
            groups.setdefault(gainers, []).append(deal)
        size = max(map(len, groups))
        winners = []
        for gainers, deals in groups.items():
            if len(gainers) != size:
                continue
            scores = []
            for deal in deals:
                gains = [self.gains_of(deal)[i] for i in gainers]
                scores.append(product(gains, gainers) if knows_who else product(gains))
            winners += [deal for deal, score in zip(deals, scores, strict=True) if score >= max(scores) * (1 - TIE)]
        return [deal for deal in self.rational if any(deal is winner for winner in winners)]

    def kalai_smorodinsky(self) -> list[Deal]:
        """Leximin of gains as shares of the best that each could gain."""
        assert self.ideal is not None
        hopes = [self._gain(self.ideal[player], self.disagreement[player]) for player in self.signatories]
        return self._leximin(
            [
                [gain / hope for gain, hope in zip(self.gains_of(deal), hopes, strict=True) if hope > 0]
                for deal in self.rational
            ]
        )

    def proportional(self) -> list[Deal]:
        """Leximin of gains per unit of power."""
        powers = [exact(self.document["players"][player].get("power", 1)) for player in self.signatories]
        shares = [power / sum(powers) for power in powers]
        gains = map(self.gains_of, self.rational)
        return self._leximin([[gain / share for gain, share in zip(row, shares, strict=True)] for row in gains])

    def equal_loss(self) -> list[Deal]:
        """Leximin of what is left of the best hopes (the equal-loss ray completed)."""
        assert self.ideal is not None
        best = [self.ideal[player] for player in self.signatories]
        return self._leximin([[u - a for u, a in zip(self.point(deal), best, strict=True)] for deal in self.rational])

    def relative_utilitarian(self) -> list[Deal]:
        """Largest sum of gains as shares of the best that each could gain."""
        assert self.ideal is not None
        hopes = [self._gain(self.ideal[player], self.disagreement[player]) for player in self.signatories]
        sums = [
            sum((gain / hope for gain, hope in zip(self.gains_of(deal), hopes, strict=True) if hope > 0), Fraction(0))
            for deal in self.rational
        ]
        return [deal for deal, total in zip(self.rational, sums, strict=True) if tied(total, max(sums))]

    def egalitarian(self) -> list[Deal]:
        """Leximin of gains (the equal-gains ray completed)."""
        return self._leximin([list(self.gains_of(deal)) for deal in self.rational])

    leximin = egalitarian

    def _leximin(self, vectors: Sequence[Sequence[Fraction]]) -> list[Deal]:
        left = [(sorted(vector), deal) for vector, deal in zip(vectors, self.rational, strict=True)]
        for level in range(len(left[0][0])):
            best = max(vector[level] for vector, _ in left)
            left = [(vector, deal) for vector, deal in left if tied(vector[level], best)]
        return [deal for _, deal in left]

    def utilitarian(self) -> list[Deal]:
        """Largest sum of payoffs among rational agreements."""
        sums = [sum(self.point(deal), Fraction(0)) for deal in self.rational]
        return [deal for deal, total in zip(self.rational, sums, strict=True) if tied(total, max(sums))]


def tied(a: Fraction, b: Fraction) -> bool:
    """Whether two objectives count as equal.

    >>> tied(Fraction(1), Fraction(1) + Fraction(1, 10**10)), tied(Fraction(1), Fraction(2))
    (True, False)
    """
    return abs(a - b) <= TIE * max(Fraction(1), abs(a), abs(b))
