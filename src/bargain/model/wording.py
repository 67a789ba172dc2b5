"""Agreements and conditions in the scenario's own words."""

from __future__ import annotations

from collections.abc import Mapping

from bargain.model.conditions import Bounds, Condition, Setting, Test
from bargain.model.issues import DivisionIssue, MenuIssue, RangeIssue
from bargain.model.payoff_table import TABLE_ISSUE
from bargain.model.quantity import Quantity
from bargain.model.scenario import Budget, Forbid, Rule, Scenario

__all__ = ["condition_in_words", "in_words", "number", "rounded", "rule_in_words", "setting_in_words"]


def number(x: float, digits: int = 6) -> str:
    """A number as a person writes it: no dust, no ``-0``.

    >>> number(12.500000000001), number(-0.0), number(1 / 3, 4)
    ('12.5', '0', '0.3333')
    """
    text = f"{x:.{digits}g}"
    return "0" if float(text) == 0 else text


def rounded(x: float) -> str:
    """A number to read, not to compute with: four digits, and the whole part up to a thousand million.

    >>> rounded(33.784790), rounded(123456.7), rounded(900.0), rounded(6e-7), rounded(5.2631579e14)
    ('33.78', '123457', '900', '6e-07', '5.263e+14')
    """
    return number(x, 4) if not 9_999.5 <= abs(x) < 1e9 else number(round(x), 15)


def in_words(scenario: Scenario, agreement: Mapping[str, Setting | Mapping[str, float]]) -> list[tuple[str, str]]:
    """(issue title, how it is settled), in file order; of a row of a table its name, then what describes it."""
    if scenario.agreements is not None:
        label = str(agreement[TABLE_ISSUE])
        return [(scenario.issues[TABLE_ISSUE].title or TABLE_ISSUE, label), *scenario.agreements.described(label)]
    issues = scenario.issues.items()
    return [(issue.title or name, setting_in_words(scenario, name, agreement[name])) for name, issue in issues]


def setting_in_words(scenario: Scenario, name: str, setting: Setting | Mapping[str, float]) -> str:
    """How one issue is settled: an option's wording, a number with its unit, shares in per cent."""
    issue = scenario.issues[name]
    if isinstance(issue, MenuIssue):
        return issue.options[str(setting)]
    if isinstance(issue, DivisionIssue):
        shares = setting if isinstance(setting, Mapping) else {}
        parts = [f"{scenario.title_of(m)} {rounded(100 * shares.get(m, 0.0))} %" for m in issue.division]
        return ", ".join(parts)
    assert not isinstance(setting, str | Mapping)
    return with_unit(issue, rounded(setting))


def with_unit(issue: RangeIssue, text: str) -> str:
    """A number in words followed by the unit of its issue."""
    return f"{text} {issue.unit}" if issue.unit else text


def condition_in_words(scenario: Scenario, condition: Condition) -> str:
    """A condition as a clause: ``NATO membership is "Renounced in law" and Ceasefire line is above 20 %``."""
    return " and ".join(_test_in_words(scenario, name, test) for name, test in condition.items())


def _test_in_words(scenario: Scenario, name: str, test: Test) -> str:
    issue = scenario.issues[name]
    title = issue.title or name
    if isinstance(issue, MenuIssue):
        choices = test if isinstance(test, list) else [test]
        names = [choice if isinstance(choice, str) else number(float(choice), 15) for choice in choices]  # type: ignore[arg-type]
        return f"{title} is " + " or ".join(f'"{issue.options[choice]}"' for choice in names)
    if isinstance(test, dict):
        shares = [f"share of {scenario.title_of(member)} {_bounds_in_words(part)}" for member, part in test.items()]
        return f"in {title} the " + " and the ".join(shares)
    if isinstance(test, list):
        return f"{title} is " + " or ".join(number(float(choice)) for choice in test)
    assert isinstance(test, Bounds | Quantity)
    text = f"{title} {_bounds_in_words(test)}"
    return with_unit(issue, text) if isinstance(issue, RangeIssue) else text


def _bounds_in_words(test: Bounds | Quantity) -> str:
    if isinstance(test, Quantity):
        return f"is {number(test.value)}"
    ends = (("above", test.above), ("below", test.below), ("at least", test.from_), ("at most", test.to))
    return "is " + " and ".join(f"{word} {number(end.value)}" for word, end in ends if end is not None)


def rule_in_words(scenario: Scenario, rule: Rule) -> str:
    """A rule as a sentence without its full stop."""
    if isinstance(rule, Forbid):
        return f"not possible together: {condition_in_words(scenario, rule.forbid)}"
    if isinstance(rule, Budget):
        parts = [f"{number(weight.value)} x {key}" for key, weight in rule.sum.items()]
        return f"{' + '.join(parts)} must be at most {number(rule.at_most.value)}"
    return f"if {condition_in_words(scenario, rule.if_)}, then {condition_in_words(scenario, rule.then)}"
