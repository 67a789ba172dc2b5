"""`bargain.play`: what it plays, and that it returns nothing which the judge does not certify."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import pytest

import bargain
import bargain.playing
import bargain.protocols
from bargain.errors import NotApplicable, NotConverged, UsageError
from bargain.files.read import set_values
from bargain.model.equilibrium import Equilibrium, Move
from bargain.playing import play, setup_named
from bargain.protocols import Protocol
from bargain.protocols.judging import Judgement
from bargain.protocols.words import Filled

PIE = """
bargain: 1
title: A pie
players: {a: {title: Ann, patience: 0.9}, b: {patience: 0.8}}
protocols: {turns: {model: alternating_offers, pie: 2}}
"""


@dataclass(frozen=True)
class Keep:
    """The first player keeps what it likes; a toy."""

    share: float
    players: tuple[str, ...] = ("a", "b")
    seed: int = 0


def keep(gain=0.0, fill=None):
    """A toy protocol in the place of alternating offers, whose judge finds a gain."""
    return Protocol(
        name="alternating_offers",
        title="Keep",
        definition="the first player keeps what it likes",
        source="made up",
        rules=(Keep,),
        fill=fill or (lambda scenario, setup: Filled(Keep(float(setup.pie), tuple(scenario.players)))),
        solve=lambda rules: rules.share,
        judge=lambda rules, _: Judgement(gain, 1.0, 3, f"{rules.players[0]}, keeping more"),
        tell=lambda rules, plan, words: Equilibrium(
            "alternating_offers",
            "agreement",
            {name: words.title_of(name) for name in rules.players},
            "equilibrium of a toy",
            payoffs={"a": plan, "b": 0.0},
            path=[Move(1, "a", "keeps it", {"a": plan, "b": 0.0})],
            measures={"kept": plan, "by": {"a": 1.0, "b": 0.0}, "seed": rules.seed},
        ),
    )


@pytest.fixture
def toy(monkeypatch):
    """Install a toy protocol."""

    def install(**how):
        made = keep(**how)
        for room in (bargain.protocols, bargain.playing):
            monkeypatch.setattr(room, "protocol_named", lambda _: made)
            monkeypatch.setattr(room, "protocol_of", lambda _: made)

    install()
    return install


@pytest.mark.usefixtures("toy")
def test_a_scenario_is_played():
    found = play(bargain.parse(PIE))
    assert (found.protocol, found.title, found.status) == ("turns", "A pie", "agreement")
    assert found.payoffs == {"a": 2.0, "b": 0.0}
    assert found.certificate == {"largest_gain": 0.0, "tolerance": 1e-9, "deviations": 3}
    assert found.measure("kept") == 2.0
    assert found.measure("by", "b") == 0.0
    assert found.measure("by") is None
    assert found.measure("unknown") is None
    document = found.to_dict()
    assert document["path"][0] == {
        "round": 1,
        "player": "a",
        "action": "keeps it",
        "payoffs": {"a": 2.0, "b": 0.0},
        "agreement": None,
        "chance": 1.0,
        "note": "",
    }


@pytest.mark.usefixtures("toy")
def test_rules_alone_are_played():
    found = play(Keep(0.5), seed=7)
    assert found.payoffs["a"] == 0.5
    assert found.measures["seed"] == 7
    assert found.protocol == ""
    with pytest.raises(UsageError, match="leave the name out"):
        play(Keep(0.5), "turns")


@pytest.mark.usefixtures("toy")
def test_the_page_says_what_it_says():
    text = repr(play(bargain.parse(PIE)))
    assert "A pie: turns (alternating offers)" in text
    assert "Equilibrium of a toy: nobody gains by any one of 3 deviations" in text
    assert "Ann" in text
    assert "<table" in play(bargain.parse(PIE))._repr_html_()


def test_a_plan_that_the_judge_refuses_is_not_returned(toy):
    toy(gain=1e-3)
    with pytest.raises(NotConverged, match=r"a, keeping more would gain 0\.001 of what is at stake"):
        play(Keep(0.5))
    toy(gain=1e-10)
    assert play(Keep(0.5)).certificate["largest_gain"] == 1e-10
    toy(gain=-0.25)  # every deviation loses
    assert play(Keep(0.5)).certificate["largest_gain"] == 0.0


def test_what_does_not_apply_is_a_status(toy):
    def refuse(*_):
        raise NotApplicable("there is no pie")

    toy(fill=refuse)
    found = play(bargain.parse(PIE))
    assert (found.status, found.reason) == ("not_applicable", "there is no pie")
    assert "Not applicable: there is no pie." in repr(found)


@pytest.mark.usefixtures("toy")
def test_expectations_of_protocols():
    text = (
        PIE
        + """
expect:
  - {protocol: turns, status: agreement}
  - {protocol: turns, player: a, payoff: 2}
  - {protocol: turns, player: a, payoff: 1}
  - {protocol: turns, measure: kept, value: 2}
  - {protocol: turns, measure: by, player: a, value: 1}
  - {protocol: turns, measure: by, value: 1}
  - {protocol: turns, measure: kept, value: 1}
"""
    )
    from bargain.check import expectations

    trials = expectations(bargain.parse(text))
    assert [trial.passed for trial in trials] == [True, True, False, True, True, False, False]
    assert trials[-2].found == "no measure 'by'; there are chance_of_agreement, kept, by, seed"
    assert trials[-1].found == "kept 2"


def test_which_protocol_is_meant():
    one = bargain.parse(PIE)
    assert setup_named(one, None)[0] == "turns"
    assert setup_named(one, "ultimatum")[1].model == "ultimatum"
    with pytest.raises(UsageError, match=r"needs to be told `to`; write an entry"):
        setup_named(one, "joint_offer")
    with pytest.raises(UsageError, match=r"no protocol 'turn'; did you mean 'turns'"):
        setup_named(one, "turn")
    two = set_values(one, {"protocols.again": {"model": "alternating_offers", "pie": 1}})
    with pytest.raises(UsageError, match="several protocols; name one of turns, again"):
        setup_named(two, None)
    with pytest.raises(UsageError, match="there is nothing to play"):
        setup_named(bargain.read("berlin_2025").model_copy(update={"protocols": {}}), None)


def test_what_is_no_problem_is_refused():
    with pytest.raises(UsageError, match="expected a scenario or rules, found a int"):
        play(3)


def test_judgement_has_a_tolerance():
    verdict = Judgement(2e-9, 1.0, 1)
    assert not verdict.certified
    assert replace(verdict, scale=3.0).certified
    assert not Judgement(float("nan"), 1.0, 1).certified


TOLL = """
bargain: 1
title: A toll
players: {a: {patience: 0.9}, b: {patience: 0.8}, c: {patience: 0.8}}
issues: {toll: {range: [0, 100], step: 50}}
utilities:
  a: {toll: {shape: linear, worst: 100, best: 0}}
  b: {toll: {shape: linear, worst: 0, best: 100}}
  c: {toll: {shape: ideal, at: 50, scale: 100}}
disagreement: {payoffs: {a: -1, b: -1, c: -1}}
consent: {rule: majority, quota: 2}
protocols:
  turns: {model: alternating_offers, horizon: 2}
  house: {title: A chamber of three, model: legislative, horizon: 1}
"""


def test_only_a_legislature_knows_majorities():
    scenario = bargain.parse(TOLL)
    found = play(scenario, "turns")
    assert found.status == "not_applicable"
    assert "consent of a majority" in found.reason
    assert play(scenario, "house").status == "agreement"


def test_one_of_several_agreements_is_the_likeliest():
    page = repr(play(bargain.parse(TOLL), "house"))
    assert "The likeliest agreement" in page
    assert "A chamber of three." in page
    assert "The likeliest" not in repr(play(bargain.read("berlin_2025"), "berlin"))


def test_players_have_names_of_their_own():
    bid = bargain.DoubleAuction(bargain.Prior(0, 1), bargain.Prior(0, 1), players=("a", "a"))
    with pytest.raises(UsageError, match="two players have the same name, 'a'"):
        play(bid)


@pytest.mark.parametrize("horizon", [0, 2.0, True])
def test_rounds_are_whole_numbers(horizon):
    with pytest.raises(UsageError, match=r"horizon is .*; write a whole number from 1 on"):
        bargain.AlternatingOffers(patience=(0.9, 0.8), horizon=horizon)


def _without_a_number(plan):
    """The plan with one of its numbers missing, for every field of floats; what is said to be missing stays."""
    for field in fields(plan):
        value = getattr(plan, field.name)
        if isinstance(value, float):
            yield field.name, replace(plan, **{field.name: float("nan")})
        elif isinstance(value, tuple) and value and all(isinstance(part, float) for part in value):
            yield field.name, replace(plan, **{field.name: (*value[:-1], float("nan"))})
        elif isinstance(value, np.ndarray) and value.dtype == float and value.size and not np.isnan(value.flat[-1]):
            missing = value.copy()
            missing.flat[-2 if value.ndim > 1 and value.size > 1 else -1] = np.nan  # the last may be one's own
            yield field.name, replace(plan, **{field.name: missing})


UNJUDGED = {"supported", "lowest", "highest"}
"""What is told of other equilibria, and stands beside the certificate."""
CERTAIN_TO_BE_JUDGED = [
    ("rubinstein_1982", "talks"),
    ("rubinstein_1982", "three_rounds"),
    ("unanimity_three", None),
    ("agenda", None),
    ("baron_ferejohn_1989", "closed"),
    ("three_parties", "parliament"),
    ("risk_return", "demand"),
    ("risk_return", "any_cost"),
    ("screening_two_periods", "two_values"),
    ("absent_trader", "letter"),
    ("war_of_attrition", "war"),
    ("reputation", "talks"),
    ("double_auction_1983", "halfway"),
    ("trade_discrete", "sale"),
]


@pytest.mark.parametrize(("file", "name"), CERTAIN_TO_BE_JUDGED)
def test_no_judge_certifies_a_plan_that_leaves_a_number_unsaid(file, name):
    scenario = bargain.read(f"teaching/{file}")
    _, setup = setup_named(scenario, name or next(iter(scenario.protocols)))
    protocol = bargain.protocols.protocol_named(setup.model)
    rules = protocol.fill(scenario, setup).rules
    plan = protocol.solve(rules)
    assert protocol.judge(rules, plan).certified
    for field, broken in _without_a_number(plan):
        if field not in UNJUDGED:
            assert not protocol.judge(rules, broken).certified, field
