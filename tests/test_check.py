"""Lints and expectations."""

from copy import deepcopy

import pytest

import bargain
from bargain.check import expectations, lints

BASE = {
    "bargain": 1,
    "title": "Two",
    "players": {"a": {}, "b": {}},
    "issues": {"plan": {"options": {"x": "X", "y": "Y"}}, "price": {"range": [0, 10]}},
    "utilities": {
        "a": {
            "plan": {"values": {"x": 1, "y": 0}},
            "price": {"shape": "linear", "worst": {"value": 10, "basis": "derived"}, "best": 0},
        },
        "b": {"plan": {"values": {"x": 0, "y": 1}}, "price": {"shape": "linear", "worst": 0, "best": 10}},
    },
    "disagreement": {"payoffs": {"a": 0.2, "b": 0.2}},
}


def changed(**changes):
    """The base scenario with entries replaced at dotted paths (``__`` for the dot)."""
    tree = deepcopy(BASE)
    for path, value in changes.items():
        *way, last = path.split("__")
        node = tree
        for key in way:
            node = node.setdefault(key, {})
        node[last] = value
    return bargain.parse(tree)


def remarks(scenario):
    return {lint.path: lint.message for lint in lints(scenario)}


def test_a_plain_scenario_has_only_the_summary_of_its_numbers():
    found = remarks(changed())
    assert list(found) == [""]
    assert found[""] == "5 of 6 numbers are judgements: 1 derived, 5 without a basis"


def test_few_numbers_without_a_basis_are_named():
    found = remarks(changed(disagreement__payoffs__a={"value": 0.2, "basis": "assumed"}))
    assert "disagreement.payoffs.b" in found
    assert "disagreement.payoffs.a" not in found
    assert "4 without a basis" in found[""]


def test_a_source_above_covers_the_numbers_below():
    found = remarks(changed(sources={"poll": "A poll"}, disagreement__source="poll"))
    assert "2 sourced" in found[""]


def test_a_fully_founded_scenario_says_nothing():
    scenario = changed(
        sources={"s": "S"},
        disagreement__source="s",
        utilities__a__price={"shape": "linear", "worst": 10, "best": 0, "source": "s"},
        utilities__b__price={"shape": "linear", "worst": 0, "best": 10, "source": "s"},
    )
    assert lints(scenario) == []


def test_a_source_that_is_not_listed():
    assert "'hearsay'" in remarks(changed(disagreement__source="hearsay"))["disagreement.source"]


def test_an_option_nobody_wants():
    scenario = changed(
        issues__plan={"options": {"x": "X", "y": "Y", "z": "Z"}},
        utilities__a__plan={"values": {"x": 1, "y": 0, "z": 0}},
        utilities__b__plan={"values": {"x": 0, "y": 1, "z": 0.5}},
    )
    assert "issues.plan.options.z" in remarks(scenario)
    assert "issues.plan.options.x" not in remarks(scenario)


def test_an_option_that_a_rule_reads_is_left_alone():
    scenario = changed(
        issues__plan={"options": {"x": "X", "y": "Y", "z": "Z"}},
        utilities__a__plan={"values": {"x": 1, "y": 0, "z": 0}},
        utilities__b__plan={"values": {"x": 0, "y": 1, "z": 0.5}},
        rules=[{"if": {"plan": "y"}, "then": {"price": {"above": 5}}}],
    )
    assert "issues.plan.options.z" not in remarks(scenario)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"utilities__a__plan": {"weight": 0, "values": {"x": 1, "y": 0}}}, "utilities.a.plan.weight"),
        ({"utilities__a": {"plan": "ignored", "price": "ignored"}, "disagreement__payoffs__a": 0}, "utilities.a"),
        ({"disagreement__payoffs": {"a": 5, "b": 5}}, "disagreement"),
        ({"variants": {"same": {"set": {"disagreement.payoffs.a": 0.2}}}}, "variants.same"),
    ],
)
def test_each_oversight_is_told_at_its_path(changes, path):
    assert path in remarks(changed(**changes))
    assert path not in remarks(changed())


def test_a_variant_that_changes_something_is_fine():
    scenario = changed(variants={"other": {"set": {"disagreement.payoffs.a": 0.3}}})
    assert "variants.other" not in remarks(scenario)


def tried(**expectation):
    variants = {"poor": {"set": {"disagreement.payoffs.a": 9}}}
    (trial,) = expectations(changed(expect=[expectation], variants=variants))
    return trial


@pytest.mark.parametrize(
    "expectation",
    [
        {"concept": "nash", "status": "agreement"},
        {"concept": "nash", "agreement": {"plan": "x", "price": 10}},
        {"concept": "nash", "agreement": {"price": 10}},
        {"concept": "nash", "player": "a", "payoff": 1},
        {"concept": "nash", "player": "a", "payoff": 1.01, "within": 0.02},
        {"concept": "nash", "variant": "poor", "status": "no_agreement"},
        {"concept": "egalitarian", "regime": "lotteries", "player": "b", "payoff": 1},
    ],
)
def test_expectations_that_hold(expectation):
    trial = tried(**expectation)
    assert trial.passed, trial.found
    assert trial.found == "as expected"


@pytest.mark.parametrize(
    ("expectation", "found"),
    [
        ({"concept": "nash", "status": "no_agreement"}, "status agreement"),
        ({"concept": "nash", "player": "a", "payoff": 1.01}, "payoff of a 1"),
        ({"concept": "nash", "agreement": {"plan": "y"}}, "plan x"),
        ({"concept": "nash", "agreement": {"price": 9.99}}, "price 10"),
        ({"concept": "nash", "variant": "poor", "player": "a", "payoff": 9}, "status no_agreement"),
    ],
)
def test_expectations_that_fail_say_what_was_found(expectation, found):
    trial = tried(**expectation)
    assert not trial.passed
    assert found in trial.found


def test_variants_share_a_frontier_only_if_it_is_theirs() -> None:
    base = bargain.parse(
        {
            "bargain": 1,
            "title": "Two ways",
            "players": {"ann": {}, "ben": {}},
            "issues": {"deal": {"options": {"one": "One", "two": "Two"}}},
            "utilities": {
                "ann": {"deal": {"values": {"one": 1, "two": 2}}},
                "ben": {"deal": {"values": {"one": 3, "two": 1}}},
            },
            "disagreement": {"payoffs": {"ann": 0, "ben": 0}},
        }
    )
    first = bargain.tabulate(base)
    for path, value, shared in (
        ("disagreement.payoffs.ann", 1, True),
        ("players.ann.power", 2, True),
        ("utilities.ann.deal.values.one", 1.5, False),
        ("rules", [{"forbid": {"deal": "one"}}], False),
    ):
        other = bargain.tabulate(bargain.set_value(base, path, value))
        fresh = other.frontier.points
        again = bargain.tabulate(bargain.set_value(base, path, value))
        again.share_frontier([first])
        assert (again.frontier is first.frontier) is shared
        assert again.frontier.points.tolist() == fresh.tolist()
