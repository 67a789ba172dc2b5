"""The space of agreements: what is tied, what is possible, and agreements by payoff in the order of the file."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest

from bargain.errors import TooManyAgreements
from bargain.geometry.choice import Spot
from bargain.model import tabulate as module
from bargain.model.agreements import Agreements
from bargain.model.issues import MenuIssue
from bargain.model.scenario import Scenario
from bargain.model.table import obstacles_to, payoffs_of
from bargain.model.tabulate import tabulate, tied_issues
from model.documents import PIE, SPLIT, menu, scenario, values
from oracles.scenarios import random_document

FIVE = {name: menu("x", "y", "z") for name in "abcde"}


def tied(*groups: tuple[str, ...], **sections: Any) -> Scenario:
    """Five menus worth 0, 1 or 2 to Ann and the contrary to Bob, tied in groups by idle rules."""
    rules = [{"forbid": dict.fromkeys(group, "x")} for group in groups]
    worth = {"ann": dict.fromkeys(FIVE, values(x=0, y=1, z=2)), "bob": dict.fromkeys(FIVE, values(x=2, y=1, z=0))}
    return scenario(FIVE, worth, rules=rules, **sections)


def listed(made: Scenario) -> list[dict[str, Any]]:
    """All possible agreements of a discrete scenario in the order of the file, one by one."""
    axes = tabulate(made).axes
    settings = product(*([axis.setting(i) for i in range(len(axis))] for axis in axes.values()))
    deals = [dict(zip(axes, deal, strict=True)) for deal in settings]
    return [deal for deal in deals if not obstacles_to(made, deal)]


def test_what_ties_issues_together() -> None:
    assert tied_issues(tied()) == [["a"], ["b"], ["c"], ["d"], ["e"]]
    assert tied_issues(tied(("a", "c"), ("d", "b"))) == [["a", "c"], ["b", "d"], ["e"]]
    assert tied_issues(tied(("a", "e"), ("c", "e"), ("b",))) == [["a", "c", "e"], ["b"], ["d"]]
    assert tied_issues(tied(("c", "d"), ("b", "c"), ("a", "b"))) == [["a", "b", "c", "d"], ["e"]]
    terms = [{"when": {"b": "x", "e": "y"}, "add": 1}]
    lines = {"ann": [{"a": "x", "d": "y"}]}
    made = scenario(FIVE, {"bob": {"terms": terms}}, red_lines=lines, rules=[{"if": {"c": "x"}, "then": {"a": "y"}}])
    assert tied_issues(made) == [["a", "c", "d"], ["b", "e"]]


def test_a_red_line_of_a_bystander_ties_nothing_and_a_budget_does() -> None:
    numbers = {name: {"range": [0, 2], "step": 1} for name in ("m", "n", "o")}
    players = {"ann": {}, "bob": {"signs": False}}
    made = scenario(numbers, players=players, red_lines={"bob": [{"m": 1, "n": 1}]})
    assert tied_issues(made) == [["m"], ["n"], ["o"]]
    made = scenario(numbers, rules=[{"at_most": 2, "sum": {"m": 1, "o": 1}}])
    assert tied_issues(made) == [["m", "o"], ["n"]]
    assert tabulate(made).size == 6 * 3


def test_blocks_hold_what_is_possible() -> None:
    found = tabulate(tied(("a", "c"), ("b", "d", "e")))
    assert [block.issues for block in found.blocks] == [("a", "c"), ("b", "d", "e")]
    assert [len(block) for block in found.blocks] == [8, 26]
    assert found.size == 8 * 26 == len(listed(found.scenario))
    first = found.blocks[0]
    pairs = list(zip(first.settings(0).tolist(), first.settings(1).tolist(), strict=True))
    assert pairs == [pair for pair in product(range(3), repeat=2) if pair != (0, 0)]
    assert (first.payoffs / found.units).tolist() == [[a + c, 4 - a - c] for a, c in pairs]


@pytest.mark.parametrize(
    "groups",
    [(), (("a", "c"), ("b", "d")), (("a", "e"), ("b", "d")), (("e", "b"), ("c",)), (("a", "b", "c", "d", "e"),)],
)
def test_first_in_the_order_of_the_file(groups: tuple[tuple[str, ...], ...]) -> None:
    """Blocks interleave, and agreements still come in lexicographic order, each place by place and merged."""
    made = tied(*groups)
    found = tabulate(made)
    deals = listed(made)
    paid = [tuple(payoffs_of(made, deal).values()) for deal in deals]
    points = [tuple(point) for point in found.frontier.points.tolist()]
    for places in ([0], [3], [len(points) - 1], [2, 5], list(range(len(points)))):
        wanted = [deal for deal, point in zip(deals, paid, strict=True) if point in {points[p] for p in places}]
        for limit in (1, 4, 1000):
            some, count = found.first(places, limit)
            assert some == wanted[:limit]
            assert count == len(wanted)


@pytest.mark.parametrize("seed", range(25))
def test_random_scenarios_place_by_place(seed: int) -> None:
    made = Scenario.model_validate(random_document(Random(seed)))
    found, deals = tabulate(made), listed(made)
    assert found.size == len(deals)
    payoffs = np.array([[payoffs_of(made, deal)[name] for name in found.signatories] for deal in deals])
    for place, point in enumerate(found.frontier.points):
        same = np.flatnonzero(np.isclose(payoffs, point, rtol=1e-11, atol=1e-11).all(axis=1))
        assert found.first([place], 1000) == ([deals[i] for i in same], len(same))
    sample = found.sample()
    assert np.sort(sample, axis=0) == pytest.approx(np.sort(payoffs, axis=0), abs=1e-9)


def test_a_sample_is_drawn_when_there_are_too_many() -> None:
    found = tabulate(tied(("a", "c")))
    assert len(found.sample(found.size)) == found.size == 216
    drawn = found.sample(100)
    assert drawn.shape == (100, 2)
    assert (drawn == found.sample(100)).all()
    assert {tuple(row) for row in drawn.tolist()} <= {tuple(row) for row in found.sample().tolist()}
    nothing = tabulate(scenario({"a": menu("x")}, rules=[{"forbid": {"a": "x"}}]))
    assert nothing.size == 0
    assert nothing.sample().shape == (0, 2)


def test_contributions_and_their_range() -> None:
    made = scenario(
        {"a": menu("x", "y"), **PIE},
        {"ann": {"a": {"weight": 3} | values(x=1, y=-1), "terms": [{"when": {"a": "x"}, "add": 50}]}}
        | {"bob": SPLIT["bob"]},
    )
    found = tabulate(made)
    deal = {"a": "x", "pie": {"ann": 0.25, "bob": 0.75}}
    assert found.contributions(deal) == {"a": {"ann": 3, "bob": 0}, "pie": {"ann": 0, "bob": 0.75}}
    assert found.contribution_range("a", "ann") == (-3, 3)
    assert found.contribution_range("pie", "bob") == (0, 1)
    assert found.contribution_range("pie", "ann") == (0, 0)


def test_too_many_joint_settings() -> None:
    wide = {name: menu(*(f"o{k}" for k in range(60))) for name in "abcde"}
    made = scenario(wide, rules=[{"forbid": dict.fromkeys("abcde", "o0")}])
    message = (
        "the issues a, b, c, d, e are tied by terms, rules or red lines and have 777600000 joint settings, more than "
        "the 100000000 that can be listed; tie fewer of them together (chains of pairs can be any length), or use "
        "fewer options or larger steps"
    )
    with pytest.raises(TooManyAgreements) as raised:
        tabulate(made)
    assert str(raised.value) == message
    assert tabulate(scenario(wide)).size == 60**5


def test_the_grid_coarsens_before_it_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    ranges = {name: {"range": [0, 1]} for name in "abc"}
    alone, together = scenario(ranges), scenario(ranges, rules=[{"at_most": 2, "sum": {"a": 1, "b": 1, "c": 1}}])
    assert tabulate(alone).grid == {"a": 101, "b": 101, "c": 101}
    assert tabulate(together).grid == {"a": 21, "b": 21, "c": 21}
    monkeypatch.setattr(module, "FINE_BLOCK", 100)
    assert tabulate(together).grid == {"a": 2, "b": 2, "c": 2}
    assert tabulate(scenario(FIVE)).grid == {}


def pie(**sections: Any) -> Agreements:
    return tabulate(scenario(PIE, SPLIT, **sections))


def test_spots_off_the_grid() -> None:
    """Places off the grid become agreements without dust, those that differ by rounding only once."""
    found = pie()
    spots = [Spot((0,), (x,)) for x in (0.7, 1 / 3, 1 / 3 + 1e-9, 0.25 + 1e-13)]
    some, count = found.first(spots, 10)
    assert [deal["pie"] for deal in some] == [
        {"ann": 0.25, "bob": 0.75},
        pytest.approx({"ann": 1 / 3, "bob": 2 / 3}, abs=1e-9),
        {"ann": 0.7, "bob": 0.3},
    ]
    assert count == 3
    assert found.first(spots, 1) == (some[:1], 3)


def test_certain() -> None:
    """A payoff that a single agreement has is found; one that only a lottery reaches is not."""
    found = pie()
    place = found.certain(np.array([0.4, 0.6]))
    assert place is not None
    ((chance, spot),) = place
    assert chance == 1
    assert found.first([spot], 1)[0][0]["pie"] == pytest.approx({"ann": 0.4, "bob": 0.6})
    lucky = scenario(
        PIE, {p: {"pie": {"shape": "power", "worst": 0, "best": 1, "exponent": 3}} for p in ("ann", "bob")}
    )
    assert tabulate(lucky).certain(np.array([0.5, 0.5])) is None
    assert tabulate(tied()).certain(np.array([5.0, 5.0])) is None


def test_powers_and_threat_point_follow_the_signatories() -> None:
    players = {"ann": {"power": 2}, "cat": {"signs": False}, "bob": {"power": 0.5}}
    found = pie(players=players, disagreement={"payoffs": {"ann": 0.1, "cat": 9, "bob": 0.2}})
    assert found.signatories == ("ann", "bob")
    assert found.powers.tolist() == [2, 0.5]
    assert found.threat_point.tolist() == [0.1, 0.2]
    assert found.disagreement == {"ann": 0.1, "cat": 9, "bob": 0.2}


def test_agreements_are_taken_over_where_only_no_deal_and_powers_differ() -> None:
    known = tabulate(tied())
    powerful = {"ann": {"power": 2}, "bob": {"title": "Robert"}}
    changed = tied(players=powerful, disagreement={"payoffs": {"ann": 3, "bob": 1}})
    before, powers, answer = known.frontier, known.powers, known.menu().product(np.ones(2))
    assert known.threat_point.tolist() == [0, 0]
    assert (powers.tolist(), len(answer.points)) == ([1, 1], len(answer.mixtures))  # all that could be kept is kept now
    found = tabulate(changed, like=known)
    assert found.frontier is before
    assert found.scenario is changed
    assert found.powers.tolist() == [2, 1]
    assert found.threat_point.tolist() == [3, 1]
    fresh = tabulate(changed)
    assert found.menu().product(found.powers).points.tolist() == fresh.menu().product(fresh.powers).points.tolist()
    assert known.threat_point.tolist() == [0, 0]


def turned(made: Scenario, *, options: bool) -> Scenario:
    """The same, equal as maps are, with the issues, or the options of the first, in the contrary order."""
    issues = dict(reversed(made.issues.items()))
    if options:
        first = made.issues["a"]
        assert isinstance(first, MenuIssue)
        issues = made.issues | {"a": first.model_copy(update={"options": dict(reversed(first.options.items()))})}
    return made.model_copy(update={"issues": issues})


@pytest.mark.parametrize(
    "changed",
    [
        tied(("a", "b")),
        tied(red_lines={"ann": [{"a": "x"}]}),
        tied(players={"ann": {}, "bob": {"signs": False}}),
        tied(players={"bob": {}, "ann": {}}),
        turned(tied(), options=False),
        turned(tied(), options=True),
    ],
    ids=["rule", "red line", "signs", "players", "issues", "options"],
)
def test_nothing_is_taken_over_where_agreements_or_their_order_differ(changed: Scenario) -> None:
    known = tabulate(tied())
    before = known.frontier
    found, fresh = tabulate(changed, like=known), tabulate(changed)
    assert found.frontier is not before
    assert list(found.axes) == list(fresh.axes)
    assert [axis.options for axis in found.axes.values()] == [axis.options for axis in fresh.axes.values()]
    assert found.frontier.points.tolist() == fresh.frontier.points.tolist()
