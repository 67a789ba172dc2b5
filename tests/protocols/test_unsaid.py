"""What a file leaves unsaid is refused or remarked on, and never filled in without a word."""

import pytest

import bargain
from bargain.concepts import CATALOGUE
from bargain.model.scenario import CHOOSING
from bargain.protocols.patience import patience_of

PIE = "bargain: 1\ntitle: A pie\nplayers: {ann: {title: Ann%s}, bob: {title: Bob%s}}\nprotocols: {game: %s}\n"
ROAD = """
bargain: 1
title: A road
players: {ann: {title: Ann, patience: 0.9}, bob: {title: Bob, patience: 0.8}}
issues:
  road: {options: {hill: Hill, coast: Coast, none: None}}
utilities:
  ann: {road: {weight: 10, values: {hill: 1, coast: 0.2, none: 0}}}
  bob: {road: {weight: 10, values: {hill: 0.2, coast: 1, none: 0}}}
disagreement: {payoffs: {ann: 1, bob: 1}}
"""
INSISTING = "model: attrition, insists: {ann: {road: hill}, bob: {road: coast}}"
WAR = f"protocols: {{game: {{{INSISTING}, costs: {{ann: 1, bob: 1}}}}}}\n"
NAMES = f"protocols: {{game: {{{INSISTING}, stubborn: {{ann: 0.1, bob: 0.1}}}}}}\n"
TYPES = """
types:
  ann: {x: {chance: 0.5, set: {disagreement.payoffs.ann: 2}}, y: {chance: rest}}
  bob: {hard: {chance: 0, title: Hard, set: {disagreement.payoffs.bob: 3}}, soft: {chance: 1}}
"""


def pie(game: str, ann: str = "", bob: str = "") -> bargain.Equilibrium:
    return bargain.play(bargain.parse(PIE % (ann, bob, game)))


def test_one_patience_next_to_none_is_refused() -> None:
    for more in ("breakdown: 0.1", "costs: {ann: 0.1}", "horizon: 3"):
        with pytest.raises(bargain.ScenarioError, match=r"players\.bob: `patience` is missing, and `game` needs it"):
            pie(f"{{model: alternating_offers, pie: 1, {more}}}", ann=", patience: 0.9")
    war = "{model: attrition, prizes: {ann: 1, bob: 1}, costs: {ann: 1, bob: 1}}"
    scenario = bargain.parse(PIE % (", patience: 0.9", "", war))
    with pytest.raises(bargain.UsageError, match=r"`players\.bob\.patience` is missing; write it for all"):
        patience_of(scenario, ("ann", "bob"))


def test_no_patience_at_all_is_remarked_on() -> None:
    said = "No patience in the file, so that gains are worth no less for being late: Ann, Bob."
    assert said in pie("{model: alternating_offers, pie: 1, breakdown: 0.1}").remarks
    assert said in pie("{model: alternating_offers, pie: 1, proposer: random, horizon: 3}").remarks
    patient = pie("{model: alternating_offers, pie: 1, breakdown: 0.1}", ", patience: 0.9", ", patience: 0.9")
    assert not any("patience in the file" in remark for remark in patient.remarks)


def test_the_divide_the_dollar_of_1989_with_perfect_patience() -> None:
    """Baron and Ferejohn (1989): who is recognised keeps 1 - (n - 1) / 2n, here 2/3, and each vote costs 1/n."""
    people = "players: {a: {patience: 1}, b: {patience: 1}, c: {patience: 1}, d: {signs: false}}"
    text = f"bargain: 1\ntitle: A dollar\n{people}\n"
    found = bargain.play(bargain.parse(f"{text}protocols: {{floor: {{model: legislative, pie: 1}}}}\n"))
    assert found.measures["price_of_vote"] == pytest.approx({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3})
    assert "No member, because it does not sign: d." in found.remarks
    unhurried = pie("{model: alternating_offers, pie: 1}", ", patience: 1", ", patience: 1")
    assert unhurried.status == "not_applicable"
    assert "neither loses anything by waiting" in str(unhurried.reason)


@pytest.mark.parametrize("model", ["ultimatum", "joint_offer"])
def test_types_that_are_left_out_are_remarked_on(model: str) -> None:
    text = f"{ROAD}{TYPES}protocols: {{game: {{model: {model}, to: bob}}}}\n"
    found = bargain.play(bargain.parse(text))
    assert any(remark.startswith("The hidden types of Ann are left out") for remark in found.remarks)
    assert "Of Bob, types without a chance are left out: Hard." in found.remarks
    assert all("hard" not in belief.chances for belief in found.beliefs)
    plain = bargain.play(bargain.parse(ROAD + f"protocols: {{game: {{model: {model}, to: bob}}}}\n"))
    assert not any("left out" in remark for remark in plain.remarks)


def test_known_costs_make_no_type_of_a_cost() -> None:
    game = "{model: ultimatum, pie: 100, win: 0.5, costs: {ann: 10, bob: 20}%s}"
    with pytest.raises(bargain.ScenarioError, match="it is not said who makes the offer"):
        pie(game % "")
    by_ann, to_ann = pie(game % ", proposer: ann"), pie(game % ", to: ann")
    assert by_ann.payoffs == pytest.approx({"ann": 70, "bob": 30})
    assert to_ann.payoffs == pytest.approx({"ann": 40, "bob": 60})
    assert "cost 20" not in str(by_ann)


@pytest.mark.parametrize("game", [WAR, NAMES])
def test_what_cannot_be_signed_is_not_fought_over(game: str) -> None:
    assert bargain.play(bargain.parse(ROAD + game)).status != "not_applicable"
    for more, why in (
        ("red_lines: {bob: [{road: hill}]}\n", "what Ann insists on is impossible: red line of Bob"),
        ("rules: [{forbid: {road: coast}}]\n", "what Bob insists on is impossible: rule"),
    ):
        found = bargain.play(bargain.parse(ROAD + more + game))
        assert (found.status, why in str(found.reason)) == ("not_applicable", True)
    dear = bargain.play(bargain.parse(ROAD.replace("ann: 1, bob: 1}", "ann: 50, bob: 1}") + game))
    assert dear.status == "not_applicable"
    assert dear.reason == "what Ann insists on pays Ann 10, less than no deal (50), so it would not be signed"


def test_prizes_are_those_of_the_agreements_insisted_on() -> None:
    same = ROAD + WAR.replace("bob: {road: coast}", "bob: {road: hill}")
    with pytest.raises(bargain.UsageError, match="insists: Ann has no prize to hold out for"):
        bargain.play(bargain.parse(same))


def test_names_of_protocols_that_do_not_exist() -> None:
    scenario = bargain.parse(ROAD + WAR)
    with pytest.raises(bargain.UsageError, match="the protocols are game, alternating_offers, legislative"):
        bargain.play(scenario, "zz")
    several = dict.fromkeys(("one", "two", "three", "four"), scenario.protocols["game"])
    with pytest.raises(
        bargain.UsageError, match="the file has one, two, three, four; models are alternating_offers, legislative"
    ):
        bargain.play(scenario.model_copy(update={"protocols": several}), "zz")
    with pytest.raises(bargain.UsageError, match="joint_offer needs to be told `to`"):
        bargain.play(scenario, "joint_offer")


def test_a_bloc_chooses_by_what_chooses_from_a_list() -> None:
    assert tuple(one.name for one in CATALOGUE if one.over == "agreements" and one.claims.pure is not None) == CHOOSING
