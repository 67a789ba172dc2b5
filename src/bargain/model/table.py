"""Payoffs and possibility of agreements on a product of axes.

Everything about a product is an array with one dimension per issue, of length 1 where an issue does not matter, so that
numpy's broadcasting multiplies nothing out before it must. The same functions serve a block of the agreement space
and the one setting of a single agreement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import fsum
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bargain.errors import Problem, ScenarioError
from bargain.geometry.attitude import Attitude, Attitudes, Neutral
from bargain.model.axes import Axis, axis_of
from bargain.model.conditions import Condition, Setting, slack
from bargain.model.scenario import Budget, Forbid, IfThen, Rule, Scenario
from bargain.model.utilities import Term, Valued
from bargain.model.wording import condition_in_words, in_words, number, rule_in_words

__all__ = [
    "Product",
    "attitude_of",
    "attitudes_of",
    "disagreement_payoffs",
    "drawn_payoffs",
    "largest_sum",
    "obstacles_to",
    "parts_of",
    "payoffs_of",
    "product_of",
    "red_lines_of",
    "shares_of_chance",
    "totals_of",
    "worth_of",
]

DRAWS = 10
"""Joint settings drawn for each one asked for, since rules may forbid most of them."""

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Number = TypeVar("Number", bound=np.generic)


class Product:
    """All joint settings of some issues, and the questions that conditions and utilities put to them."""

    def __init__(self, axes: Mapping[str, Axis]) -> None:
        self.axes = axes
        self.shape = tuple(map(len, axes.values()))
        self._dimension = {name: dimension for dimension, name in enumerate(axes)}

    def along(self, name: str, values: NDArray[Number]) -> NDArray[Number]:
        """An array over an issue's settings, laid along its dimension."""
        shape = [1] * len(self.shape)
        shape[self._dimension[name]] = -1
        return values.reshape(shape)

    def listed(self, array: NDArray[Number]) -> NDArray[Number]:
        """One entry per joint setting, in lexicographic order."""
        return np.broadcast_to(array, self.shape).reshape(-1)

    def hold(self, condition: Condition) -> Bools:
        """Whether all tests of the condition hold; its issues must be among these."""
        met = np.ones([1] * len(self.shape), dtype=bool)
        for name, test in condition.items():
            met = met & self.along(name, self.axes[name].holds(test))
        return met

    def knows(self, condition: Condition) -> bool:
        """Whether all issues of the condition are among these."""
        return all(name in self.axes for name in condition)

    def obeys(self, rule: Rule) -> Bools:
        """Whether a rule is respected."""
        if isinstance(rule, Forbid):
            return ~self.hold(rule.forbid)
        if isinstance(rule, IfThen):
            return ~self.hold(rule.if_) | self.hold(rule.then)
        return self.spent(rule) <= rule.at_most.value + slack(rule.at_most.value)

    def spent(self, budget: Budget) -> Floats:
        """The weighted sum that a budget bounds."""
        spent = np.zeros([1] * len(self.shape))
        for key, weight in budget.sum.items():
            name, _, member = key.partition(".")
            spent = spent + weight.value * self.along(name, self.axes[name].numbers(member))
        return spent


class Listing(Product):
    """Some joint settings, one after the other: ``chosen`` has the index of each issue's setting in every one."""

    def __init__(self, axes: Mapping[str, Axis], chosen: Mapping[str, NDArray[np.intp]]) -> None:
        super().__init__(axes)
        self.chosen = chosen
        self.shape = next(iter(chosen.values())).shape

    def along(self, name: str, values: NDArray[Number]) -> NDArray[Number]:
        """An array over an issue's settings, read off at the setting of every joint one."""
        return values[self.chosen[name]]


def issues_of(rule: Rule) -> list[str]:
    """The issues that a rule ties together."""
    if isinstance(rule, Forbid):
        return list(rule.forbid)
    if isinstance(rule, IfThen):
        return list(dict.fromkeys([*rule.if_, *rule.then]))
    return list(dict.fromkeys(key.partition(".")[0] for key in rule.sum))


def red_lines_of(scenario: Scenario) -> list[tuple[str, Condition]]:
    """(player, condition) for every red line of a signatory."""
    lines = scenario.red_lines.items()
    return [(player, line) for player, crossed in lines if scenario.players[player].signs for line in crossed]


def part(scenario: Scenario, player: str, name: str, axis: Axis) -> Floats:
    """(settings,) what the settings of one issue add to a player's payoff."""
    utility = scenario.utilities[player].issues.get(name)
    return axis.value(utility, player) if isinstance(utility, Valued) else np.zeros(len(axis))


def parts_of(scenario: Scenario, player: str, axes: Mapping[str, Axis]) -> list[Floats]:
    """What a player's payoffs are sums of: one array per issue and one per term."""
    terms = [np.array([term.add.value]) for term in scenario.utilities[player].terms]
    return [*(part(scenario, player, name, axis) for name, axis in axes.items()), *terms]


def largest_sum(parts: Sequence[Floats]) -> float:
    """A bound on the absolute value of any sum of parts."""
    return sum(float(np.abs(values).max()) for values in parts)


def possible(scenario: Scenario, product: Product, *, budgets: bool = True) -> Bools:
    """Whether the rules and red lines about these issues are respected; budgets may be left out."""
    met = np.ones([1] * len(product.shape), dtype=bool)
    for rule in scenario.rules:
        known = all(name in product.axes for name in issues_of(rule))
        if known and (budgets or not isinstance(rule, Budget)):
            met = met & product.obeys(rule)
    for _, line in red_lines_of(scenario):
        if product.knows(line):
            met = met & ~product.hold(line)
    return met


def terms_of(scenario: Scenario, player: str, product: Product) -> list[Term]:
    """The terms of a player that are about these issues."""
    return [term for term in scenario.utilities[player].terms if product.knows(term.when)]


def drawn_payoffs(scenario: Scenario, axes: Mapping[str, Axis], count: int, rng: np.random.Generator) -> Floats:
    """(k, n) what possible joint settings of these issues, drawn at random, add to the signatories' payoffs."""
    drawn = Listing(axes, {name: rng.integers(len(axis), size=DRAWS * count) for name, axis in axes.items()})
    keeps = np.flatnonzero(drawn.listed(possible(scenario, drawn)))[:count]
    columns = []
    for player in scenario.signatories:
        parts = [drawn.along(name, part(scenario, player, name, axis)) for name, axis in axes.items()]
        terms = [term.add.value * drawn.hold(term.when) for term in terms_of(scenario, player, drawn)]
        columns.append(np.sum([*parts, *terms], axis=0)[keeps])
    return np.column_stack(columns)


def product_of(scenario: Scenario, agreement: Mapping[str, Setting]) -> Product:
    """One agreement as the product of one setting per issue."""
    return Product({name: axis_of(issue, [agreement[name]]) for name, issue in scenario.issues.items()})


def attitude_of(scenario: Scenario, player: str) -> Attitude:
    """A player's attitude to risk."""
    stated = scenario.utilities[player].attitude
    return Neutral() if stated is None else stated.curve


def attitudes_of(scenario: Scenario) -> Attitudes:
    """The signatories' attitudes to risk."""
    return Attitudes(tuple(attitude_of(scenario, player) for player in scenario.signatories))


def payoffs_of(scenario: Scenario, agreement: Mapping[str, Setting]) -> dict[str, float]:
    """What an agreement pays every player if signed and honoured: the totals, then the attitudes to risk."""
    totals = totals_of(scenario, agreement)

    def told() -> str:
        return "under the agreement " + "; ".join(f"{title}: {text}" for title, text in in_words(scenario, agreement))

    return {player: worth_of(scenario, player, total, told) for player, total in totals.items()}


def worth_of(scenario: Scenario, player: str, total: float, told: Callable[[], str]) -> float:
    """What a total is worth to a player; ``told`` says where it stands, for the error if it has no worth.

    Raises
    ------
    ScenarioError
        if the total is not above the base of the attitude, or so far off that its worth could not be calculated with.
    """
    attitude = attitude_of(scenario, player)
    if attitude.bearable(np.array(total)):
        return float(attitude.worth(np.array(total)))
    title = scenario.title_of(player)
    if total <= attitude.base:
        message = f"{title} has a total of {number(total)} {told()}, which is not above the base {attitude.base:g}"
        hint = "the base must be lower than every total"
    else:
        message = f"{title} has a total of {number(total)} {told()}, too far off for an attitude as strong as this"
        hint = "use a smaller number, or measure payoffs in larger units"
    raise ScenarioError([Problem(scenario.title, None, None, f"utilities.{player}.attitude", message, hint)])


def totals_of(scenario: Scenario, agreement: Mapping[str, Setting]) -> dict[str, float]:
    """What an agreement adds up to for every player; rules and red lines play no part.

    ``total = sum over issues of weight x value + sum of the terms whose conditions hold``, rounded once.
    """
    product = product_of(scenario, agreement)
    payoffs = {}
    for player in scenario.players:
        parts = [float(part(scenario, player, name, axis)[0]) for name, axis in product.axes.items()]
        terms = [term.add.value for term in terms_of(scenario, player, product) if product.hold(term.when).all()]
        payoffs[player] = fsum([*parts, *terms])
    return payoffs


def obstacles_to(scenario: Scenario, agreement: Mapping[str, Setting]) -> list[str]:
    """The rules and red lines that make an agreement impossible, in words."""
    product = product_of(scenario, agreement)
    broken = [f"rule: {rule_in_words(scenario, rule)}" for rule in scenario.rules if not product.obeys(rule).all()]
    crossed = [
        f"red line of {scenario.title_of(player)}: {condition_in_words(scenario, line)}"
        for player, line in red_lines_of(scenario)
        if product.hold(line).all()
    ]
    return broken + crossed


def shares_of_chance(scenario: Scenario) -> list[float]:
    """The chances of the disagreement lottery, ``rest`` filled in."""
    lottery = scenario.disagreement.lottery if scenario.disagreement is not None else None
    chances = [prospect.chance for prospect in lottery or ()]
    given = fsum(chance.value for chance in chances if not isinstance(chance, str))
    return [max(0.0, 1 - given) if isinstance(chance, str) else chance.value for chance in chances]


def disagreement_payoffs(scenario: Scenario) -> dict[str, float]:
    """What every player gets if nothing is signed.

    Given payoffs are final. Otherwise costs come off the total of every outcome, the attitude to risk says what is left
    is worth, and a lottery is the mean of that. Rules and red lines do not bind what happens without a deal.
    A file that has only coalitions has none.
    """
    without = scenario.disagreement
    if without is None:
        return {}

    def named(numbers: Mapping[str, object] | None, player: str) -> float:
        entry = (numbers or {}).get(player, (numbers or {}).get("others", 0.0))
        return float(entry)  # type: ignore[arg-type]

    if without.payoffs is not None:
        return {player: named(without.payoffs, player) for player in scenario.players}
    prospects: Sequence[Mapping[str, Setting]]
    if without.agreement is not None:
        prospects, chances = [without.agreement], [1.0]
    else:
        prospects, chances = [p.agreement for p in without.lottery or ()], shares_of_chance(scenario)
    outcomes = [totals_of(scenario, _completed(scenario, prospect)) for prospect in prospects]
    found = {}
    for player in scenario.players:
        cost, totals = named(without.costs, player), [outcome[player] for outcome in outcomes]
        if isinstance(attitude_of(scenario, player), Neutral):
            found[player] = fsum([*(c * total for c, total in zip(chances, totals, strict=True)), -cost])
        else:
            worths = _worths_without(scenario, player, [total - cost for total in totals])
            found[player] = fsum(c * worth for c, worth in zip(chances, worths, strict=True))
    return found


def _worths_without(scenario: Scenario, player: str, totals: Sequence[float]) -> list[float]:
    """What the outcomes of no deal are worth to a player, costs taken off before."""

    def told(place: int) -> str:
        return "without a deal" + (f" (outcome {place + 1} of {len(totals)})" if len(totals) > 1 else "")

    return [worth_of(scenario, player, total, partial(told, place)) for place, total in enumerate(totals)]


def _completed(scenario: Scenario, agreement: Mapping[str, Setting]) -> dict[str, Setting]:
    return {name: agreement[name] for name in scenario.issues}
