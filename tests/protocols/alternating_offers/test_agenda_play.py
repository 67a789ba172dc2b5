"""From a file to the answer of `bargain play` about an agenda."""

from __future__ import annotations

import numpy as np
import pytest

import bargain
from bargain.errors import ScenarioError
from bargain.files.read import parse


def menus(protocols: str, *, disagreement: str = "{payoffs: {ann: 1, bob: 0}}", more: str = "") -> bargain.Scenario:
    """Two menus between two; Ann cares for the first, Bob for the second."""
    return parse(f"""
bargain: 1
title: Two menus
players: {{ann: {{title: Ann, patience: 0.9}}, bob: {{patience: 0.8}}, eve: {{signs: false}}}}
issues:
  border: {{title: Border, options: {{north: North, middle: Middle, south: South}}}}
  trade: {{options: {{open: Open, closed: Closed}}}}
utilities:
  ann: {{border: {{weight: 4, values: {{north: 1, middle: 0.6, south: 0}}}}, trade: {{values: {{open: 1, closed: 0}}}}}}
  bob: {{border: {{values: {{north: 0, middle: 0.5, south: 1}}}}, trade: {{weight: 3, values: {{open: 0, closed: 1}}}}}}
  eve: {{border: ignored, trade: ignored}}
disagreement: {disagreement.replace("bob: 0}", "bob: 0, eve: 0}")}
protocols: {protocols}
{more}
""")


def test_the_answer_in_words() -> None:
    found = bargain.play(menus("{talks: {model: alternating_offers, agenda: [border, trade], horizon: 6}}"))
    assert found.status == "agreement"
    assert found.agreement is not None
    assert list(found.agreement) == ["border", "trade"]
    assert found.path[0].action.startswith("proposes Border: ")
    assert found.path[0].agreement == {"border": found.agreement["border"]}
    assert found.path[0].payoffs == {}
    total = found.path[2].payoffs
    direct = {name: bargain.tabulate(found.scenario).payoffs_of(found.agreement)[name] for name in ("ann", "bob")}
    assert dict(total) == pytest.approx(direct)
    paid = np.array([1 + 0.9 * (total["ann"] - 1), 0.8 * total["bob"]])
    assert list(found.payoffs.values()) == pytest.approx(paid.tolist())
    assert [row["order"] for row in found.tables["orders"]] == ["border > trade", "trade > border", "package"]
    assert found.measures["package"]["ann"] == pytest.approx(found.tables["orders"][-1]["ann"])
    assert found.solution_concept == "subgame-perfect equilibrium"
    assert found.to_dict()["rules"]["paid"] == "together"


def test_the_order_matters_and_orders_are_those_of_their_own_files() -> None:
    one, other = (
        bargain.play(menus(f"{{talks: {{model: alternating_offers, agenda: {agenda}, horizon: 5}}}}"))
        for agenda in ("[border, trade]", "[trade, border]")
    )
    assert dict(one.payoffs) != dict(other.payoffs)
    assert one.tables["orders"][1]["ann"] == pytest.approx(other.payoffs["ann"])
    assert other.tables["orders"][1]["bob"] == pytest.approx(one.payoffs["bob"])


def test_paid_as_settled_counts_from_the_status_quo() -> None:
    status_quo = "{agreement: {border: south, trade: closed}}"
    talks = "{talks: {model: alternating_offers, agenda: [border, trade], horizon: 5, paid: as_settled, first: bob}}"
    found = bargain.play(menus(talks, disagreement=status_quo))
    assert found.disagreement == {"ann": 0, "bob": 4}
    assert found.path == () or found.path[0].player in ("ann", "bob")
    assert all(found.payoffs[name] >= found.disagreement[name] - 1e-9 for name in ("ann", "bob"))


def test_too_short_a_horizon_settles_nothing_together() -> None:
    found = bargain.play(menus("{talks: {model: alternating_offers, agenda: [border, trade], horizon: 1}}"))
    assert found.status == "no_agreement"
    assert "in time" in (found.reason or "")
    partly = "{talks: {model: alternating_offers, agenda: [border, trade], horizon: 1, paid: as_settled}}"
    half = bargain.play(menus(partly, disagreement="{payoffs: {ann: 0, bob: 0}}"))
    assert half.reason == "only some issues are settled"


@pytest.mark.parametrize(
    ("setup", "more", "said"),
    [
        ("agenda: [border, trade]", "", "write `horizon`, or `paid: as_settled`"),
        ("agenda: [border, trade], horizon: 3, breakdown: 0.1", "", "breakdown: an agenda is settled in turn"),
        ("agenda: [border, trade], horizon: 3, proposer: random", "", "a random proposer"),
        ("agenda: [border, trade], horizon: 3, paid: as_settled", "", "worth something before"),
        ("agenda: [border, trade], horizon: 3", "rules: [{forbid: {border: north, trade: open}}]", "settle them as a"),
    ],
)
def test_what_does_not_apply_says_why(setup: str, more: str, said: str) -> None:
    found = bargain.play(menus(f"{{talks: {{model: alternating_offers, {setup}}}}}", more=more))
    assert found.status == "not_applicable"
    assert said in (found.reason or "")


def test_menus_are_no_pies() -> None:
    setup = "{talks: {model: alternating_offers, agenda: [border, trade], paid: as_settled}}"
    found = bargain.play(menus(setup, disagreement="{payoffs: {ann: 0, bob: 0}}"))
    assert "border has to be a division" in (found.reason or "")


def test_names_of_issues_are_checked() -> None:
    with pytest.raises(ScenarioError, match=r"protocols\.talks\.agenda\.0: there is no issue 'boarder'; did you mean"):
        menus("{talks: {model: alternating_offers, agenda: [boarder, trade], horizon: 3}}")
    with pytest.raises(ScenarioError, match="'trade' is named twice; name every issue once"):
        menus("{talks: {model: alternating_offers, agenda: [trade, trade], horizon: 3}}")
    with pytest.raises(ScenarioError, match="leaves out trade"):
        bargain.play(menus("{talks: {model: alternating_offers, agenda: [border], horizon: 3}}"))


def test_plain_numbers_can_be_played() -> None:
    fair = np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]])
    played = bargain.play(bargain.Agenda(("a", "b"), (fair, fair), (0.9, 0.9), horizon=4))
    assert played.status == "agreement"
    assert played.path[0].action.startswith("proposes a: option ")
    pies = bargain.play(bargain.PieAgenda(("a", "b"), np.ones((2, 2)), (0.9, 0.9)))
    assert pies.solution_concept == "stationary subgame-perfect equilibrium"
    assert "package" in repr(pies)
