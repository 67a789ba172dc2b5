"""Concepts over coalitions applied to scenarios: shares in the file's names, certificates, what does not apply."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import bargain
from bargain.check import expectations, lints
from bargain.cli.output import json_text
from bargain.concepts.standing import leading, standing_on
from bargain.errors import UsageError
from bargain.show.html import comparison_html, solution_html

VALID = Path(__file__).parent / "files" / "valid"
MAJORITY = {
    "bargain": 1,
    "title": "Majority",
    "players": {"a": {"title": "Ann"}, "b": {}, "c": {}, "watcher": {"signs": False}},
    "coalitions": {"a+b": 4, "b+c": 4, "c+a": 4, "a+b+c": 4, "others": 0},
}


def names(concepts):
    return [concept.name for concept in concepts]


def test_what_a_file_stands_on():
    both = bargain.read(VALID / "coalitions_beside_issues.yaml")
    assert names(standing_on(both)) == names(bargain.CATALOGUE)
    votes = bargain.read(VALID / "coalitions_of_voters.yaml")
    assert names(standing_on(votes)) == ["shapley", "nucleolus", "core"]
    assert names(standing_on(bargain.read("berlin_2025"))) == names(
        concept for concept in bargain.CATALOGUE if concept.over in ("agreements", "items")
    )
    assert (leading(both), leading(votes)) == (bargain.nash, bargain.shapley)
    assert [solution.concept for solution in bargain.compare(votes).solutions] == names(standing_on(votes))


def test_what_does_not_apply_says_why():
    votes, berlin = bargain.read(VALID / "coalitions_of_voters.yaml"), bargain.read("berlin_2025")
    for scenario, concept, reason in (
        (votes, bargain.nash, "the file has no issues"),
        (votes, bargain.proportional_awards, "not given by claims"),
        (berlin, bargain.core, "no `coalitions`"),
        (berlin, bargain.constrained_equal_losses, "no `coalitions`"),
    ):
        solution = bargain.solve(scenario, concept)
        assert solution.status == "not_applicable"
        assert reason in solution.reason
        assert dict(solution.payoffs) == {}


def test_the_nucleolus_needs_something_to_divide():
    alone = bargain.parse({**MAJORITY, "coalitions": {"a": 3, "a+b+c": 2, "others": 0}})
    assert bargain.solve(alone, bargain.shapley).status == "agreement"
    solution = bargain.solve(alone, bargain.nucleolus)
    assert solution.status == "not_applicable"
    assert "3 alone and 2 together" in solution.reason


def test_shares_are_of_those_who_sign():
    scenario = bargain.parse(MAJORITY)
    solution = bargain.solve(scenario, bargain.shapley)
    assert dict(solution.payoffs) == pytest.approx({"a": 4 / 3, "b": 4 / 3, "c": 4 / 3})
    assert solution.payoffs == solution.paper
    assert solution.gains == solution.payoffs
    assert solution.agreement is None
    assert (solution.over, solution.divides) == ("coalitions", True)
    assert solution.certificate["marginal_contributions"]["a"] == [0, 4, 0]


def test_an_empty_core_comes_with_its_proof():
    solution = bargain.solve(bargain.parse(MAJORITY), bargain.core)
    facts = solution.certificate
    assert solution.status == "no_agreement"
    assert dict(solution.payoffs) == {"a": 0, "b": 0, "c": 0}
    assert facts["balanced"] == pytest.approx({"a+b": 0.5, "a+c": 0.5, "b+c": 0.5})
    assert facts["balanced_worth"] == pytest.approx(6)
    assert facts["least_excess"] == pytest.approx(4 / 3)
    assert sum(facts["least_core_point"].values()) == pytest.approx(4)
    assert "the core is empty" in repr(solution)


def test_a_nucleolus_shows_its_excesses():
    facts = bargain.solve(bargain.read("literature/talmud_estates"), bargain.nucleolus).certificate
    assert facts["rule"].startswith("Talmud")
    assert facts["binding"] == ["first", "second+third"]
    assert facts["largest_excess"] == -50
    assert next(iter(facts["excesses"].items())) == ("first", -50)
    levels = bargain.solve(bargain.parse(MAJORITY), bargain.nucleolus).certificate["levels"]
    assert levels[0]["excess"] == pytest.approx(4 / 3)
    assert set(levels[0]["coalitions"]) == {"a+b", "a+c", "b+c"}


def test_large_games_by_formula():
    players = [f"p{k}" for k in range(24)]
    base = {"bargain": 1, "title": "Many", "players": {name: {} for name in players}}
    claims = {name: k + 1 for k, name in enumerate(players)}
    estates = bargain.compare(bargain.parse({**base, "coalitions": {"estate": 100, "claims": claims}}))
    assert {solution.status for solution in estates.solutions} == {"agreement"}
    assert all(sum(solution.payoffs.values()) == pytest.approx(100) for solution in estates.solutions)
    assert estates["core"].certificate["highest"]["p23"] == 24
    veto = bargain.parse({**base, "coalitions": {"quota": 30, "votes": {"p0": 10, "others": 1}}})
    assert bargain.solve(veto, bargain.core).payoffs["p0"] == 1
    assert bargain.solve(veto, bargain.nucleolus).payoffs["p1"] == 0
    equal = bargain.parse({**base, "coalitions": {"quota": 13, "votes": {"others": 1}}})
    assert bargain.solve(equal, bargain.shapley).payoffs["p7"] == pytest.approx(1 / 24)
    assert bargain.solve(equal, bargain.core).status == "no_agreement"
    assert "at most 20 players" in bargain.solve(equal, bargain.nucleolus).reason


@pytest.mark.parametrize("name", ["coalitions_worths", "coalitions_of_voters", "coalitions_beside_issues"])
def test_everything_is_plain_json(name):
    comparison = bargain.compare(bargain.read(VALID / f"{name}.yaml"))
    document = json.loads(json_text(comparison.to_dict(frontier=True)))
    assert document == json.loads(json.dumps(comparison.to_dict(frontier=True)))
    assert document["coalitions"]["kind"] in ("worths", "votes", "claims")
    for solution in comparison.solutions:
        assert solution.concept in repr(solution)
        assert solution.concept in solution_html(solution)
    assert "Shapley value" in comparison_html(comparison)


def test_coalitions_alone_have_no_frontier_and_no_disagreement():
    document = bargain.compare(bargain.parse(MAJORITY)).to_dict(frontier=True)
    assert [document[key] for key in ("disagreement", "ideal", "frontier_size", "frontier")] == [None] * 4
    assert document["coalitions"] == {"kind": "worths", "together": 4, "alone": {"a": 0, "b": 0, "c": 0}}


def test_the_two_regimes_are_one():
    scenario = bargain.read("teaching/glove_market")
    for concept in standing_on(scenario):
        pure, mixed = (bargain.solve(scenario, concept, regime) for regime in ("pure", "lotteries"))
        assert pure.payoffs == mixed.payoffs
        assert mixed.regime == "lotteries"


def test_worths_move_with_their_knob():
    study = bargain.sweep(bargain.read("teaching/glove_market"), {"coalitions.lea+rob": [0, 3, 6]})
    assert study.concepts == ("shapley",)
    assert study.column("payoff.rob", concept="shapley") == pytest.approx([3, 3.5, 4])


def test_knobs_name_coalitions():
    scenario = bargain.parse(MAJORITY)
    assert bargain.solve(bargain.set_value(scenario, "coalitions.c+a", 1), bargain.core).status == "no_agreement"
    assert float(bargain.set_value(scenario, "coalitions.a", 1).coalitions["a"]) == 1
    with pytest.raises(UsageError, match=r"no knob 'coalitions\.a\+c'.*already, as 'c\+a'"):
        bargain.set_value(scenario, "coalitions.a+c", 1)
    with pytest.raises(UsageError, match="there is no player 'd'"):
        bargain.set_value(scenario, "coalitions.a+d", 1)


def test_there_is_nothing_to_evaluate():
    with pytest.raises(UsageError, match="no issues to agree on, only coalitions"):
        bargain.evaluate(bargain.parse(MAJORITY), {})


def test_figures_of_agreements_are_refused():
    comparison = bargain.compare(bargain.parse(MAJORITY))
    for plot in (bargain.plot_frontier, bargain.plot_issues):
        with pytest.raises(UsageError, match="no issues to agree on, only coalitions"):
            plot(comparison)


def test_figures_of_agreements_leave_divisions_out():
    comparison = bargain.compare(bargain.read(VALID / "coalitions_beside_issues.yaml"))
    from bargain.show.plots.view import view_of

    marked = {solution.concept for _, solutions in view_of(comparison, ("a", "b")).spots for solution in solutions}
    agreed = {solution.concept for solution in comparison.solutions if solution.status == "agreement"}
    assert marked == agreed & set(names(c for c in bargain.CATALOGUE if c.over in ("agreements", "items")))
    assert "nash" in marked


def test_expectations_and_lints():
    scenario = bargain.read(VALID / "coalitions_worths.yaml")
    assert [trial.passed for trial in expectations(scenario)] == [True, True]
    wrong = bargain.parse({**MAJORITY, "expect": [{"concept": "core", "status": "agreement"}]})
    assert "the core is empty" in expectations(wrong)[0].found
    apart = {**MAJORITY, "coalitions": {"a": 3, "b+c": 2.5, "a+b+c": 5, "others": 0}}
    assert [lint.message for lint in lints(bargain.parse(apart)) if lint.path == "coalitions"] == [
        "apart, a and b+c are worth 5.5, more than the 5 of all together"
    ]
    told = {lint.path: lint.message for lint in lints(bargain.parse(MAJORITY))}
    assert told[""] == "5 of 5 numbers are judgements: 5 without a basis"
    assert "coalitions" not in told
