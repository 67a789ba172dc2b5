"""Audits: what concepts claim, and what their answers to one scenario break, in the scenario's words."""

from __future__ import annotations

from dataclasses import replace

import pytest

import bargain
from bargain import axioms
from bargain.axioms import axioms_over
from bargain.axioms.removals import MOST

BRIDGE = bargain.tabulate(bargain.read("teaching/polygon"))


def trial(audit: bargain.Audit, axiom: str, concept: str):
    """One concept before one axiom."""
    return next(found for found in audit.of(axiom) if found.concept == concept)


def test_what_nobody_chose_changes_a_mind_in_the_words_of_the_file() -> None:
    found = bargain.audit(BRIDGE, axioms=[axioms.independence])
    minded = trial(found, "independence", "kalai_smorodinsky")
    assert (minded.claim, minded.here) == ("broken", "broken")
    assert "without “Plan A” (North bank 0, South bank 11)" in minded.words
    assert minded.answers == [{"north": 13, "south": 8}]
    assert minded.answers_after == [{"north": 15, "south": 7}]
    kept = trial(found, "independence", "nash")
    assert (kept.claim, kept.here, kept.words) == ("kept", "not broken", None)


def test_claims_depend_on_regime_and_on_the_number_of_signatories() -> None:
    wanted = [axioms.individual_monotonicity, axioms.disagreement_monotonicity]
    pure, mixed = (bargain.audit(BRIDGE, axioms=wanted, regime=regime) for regime in ("pure", "lotteries"))
    assert trial(pure, "individual_monotonicity", "kalai_smorodinsky").claim == "broken"
    assert trial(mixed, "individual_monotonicity", "kalai_smorodinsky").claim == "kept"
    assert "kalai_smorodinsky" in mixed.satisfying
    three = bargain.audit(bargain.read("teaching/three_partners"), [bargain.kalai_smorodinsky], wanted)
    assert trial(pure, "disagreement_monotonicity", "kalai_smorodinsky").claim == "kept"
    assert trial(three, "disagreement_monotonicity", "kalai_smorodinsky").claim == "broken"


@pytest.mark.parametrize(
    ("name", "regime"),
    [
        ("teaching/polygon", "pure"),
        ("teaching/polygon", "lotteries"),
        ("literature/nash_1950_barter", "pure"),
        pytest.param("teaching/glove_market", "pure", marks=pytest.mark.slow),
        pytest.param("literature/airport_1973", "pure", marks=pytest.mark.slow),
        ("literature/un_security_council", "pure"),
        pytest.param("cases/panama_canal_1974", "lotteries", marks=pytest.mark.slow),
    ],
)
def test_no_claim_is_broken_by_a_shipped_scenario(name: str, regime: str) -> None:
    found = bargain.audit(bargain.read(name), regime=regime)
    assert [t for t in found.trials if t.claim == "kept" and t.words] == []
    assert any(t.words for t in found.trials) or found.remarks


def test_satisfying_means_every_axiom_that_was_asked_for() -> None:
    nash_1950 = [axioms.efficiency, axioms.symmetry, axioms.scale_invariance, axioms.independence]
    assert bargain.audit(BRIDGE, axioms=nash_1950).satisfying == ("nash",)
    assert bargain.audit(BRIDGE, axioms=[axioms.strong_monotonicity]).satisfying == ()
    few = bargain.audit(BRIDGE, [bargain.nash, bargain.leximin], nash_1950)
    assert [t.concept for t in few.of("symmetry")] == ["nash", "leximin"]


def test_the_json_names_everything() -> None:
    document = bargain.audit(BRIDGE, [bargain.utilitarian], [axioms.midpoint_domination]).to_dict()
    assert document["scenario"] == "Five plans for a bridge"
    assert document["axioms"][0]["name"] == "midpoint_domination"
    assert document["satisfying"] == []
    assert document["trials"][0] == {
        "concept": "utilitarian",
        "axiom": "midpoint_domination",
        "over": "agreements",
        "claim": "broken",
        "here": "broken",
        "words": "the answer is “Plan E” (North bank 20, South bank 4): South bank gets 4, and an equal chance of "
        "dictating the deal is worth 5.5",
        "answers": [{"north": 20.0, "south": 4.0}],
        "answers_after": [],
    }
    assert document["solutions"][0]["agreement"] == {"plan": "e"}


def test_a_concept_that_lies_is_exposed_here() -> None:
    boast = replace(bargain.utilitarian, claims=axioms.Keeps(pure=axioms_over("agreements")))
    (lie,) = bargain.audit(BRIDGE, [boast], [axioms.midpoint_domination]).trials
    assert (lie.claim, lie.here) == ("kept", "broken")


def test_remarks_say_what_was_left_out() -> None:
    stuck = bargain.audit(bargain.read("teaching/no_deal"), axioms=[axioms.efficiency, axioms.independence])
    assert "not everybody can gain at once" in stuck.remarks[0]
    assert not any(t.words for t in stuck.trials)
    three = bargain.read("teaching/three_partners")
    long = bargain.audit(three, [bargain.nash], [axioms.independence])
    assert f"about {MOST} are taken away" in " ".join(long.remarks)
    drawn = bargain.audit(three, [bargain.nash], [axioms.efficiency], "lotteries")
    assert "on at most 8 efficient payoffs, and here are 358" in drawn.remarks[0]
    assert drawn.trials[0].claim == "kept"
    impossible = bargain.read("teaching/polygon", sets=["rules=[{forbid: {plan: [a, b, c, d, e]}}]"])
    assert "no possible agreement" in bargain.audit(impossible, [bargain.nash], [axioms.efficiency]).remarks[0]


def test_long_agreements_are_called_by_their_payoffs() -> None:
    (found,) = bargain.audit(
        bargain.read("literature/nash_1950_barter"), [bargain.utilitarian], [axioms.scale_invariance]
    ).trials
    assert found.words is not None
    assert "“" not in found.words
    assert "Bill" in found.words


def test_it_shows_itself() -> None:
    found = bargain.audit(BRIDGE, axioms=[axioms.symmetry, axioms.independence])
    text = " ".join(repr(found).split())
    assert "broken here Kalai-Smorodinsky, Relative utilitarian and Equal loss" in text
    assert "In general all of these at once are kept by Nash" in text
    assert "not defined here Maschler-Perles" in text
    html = found._repr_html_()
    assert html.count("<tr>") == 3
    assert "broken here" in html
    assert "broken elsewhere" in html
    none = bargain.audit(BRIDGE, axioms=[axioms.strong_monotonicity, axioms.efficiency])
    assert "No concept keeps all of these at once." in repr(none)


TALMUD = bargain.read("literature/talmud_estates")


@pytest.fixture(scope="module")
def estate() -> bargain.Audit:
    """All axioms that are about the claims, and about their game."""
    return bargain.audit(TALMUD)


def test_axioms_that_are_about_what_the_file_has(estate: bargain.Audit) -> None:
    found = estate
    assert found.grounds == ("coalitions", "claims")
    assert [t for t in found.trials if t.claim == "kept" and t.words] == []
    assert [t.concept for t in found.of("self_duality")] == [
        "shapley",
        "nucleolus",
        "constrained_equal_awards",
        "constrained_equal_losses",
        "proportional_awards",
    ]
    assert len(found.of("efficiency")) == 3 + 5
    assert len(found.of("efficiency", "claims")) == 5
    assert bargain.audit(bargain.read("teaching/glove_market"), [bargain.shapley]).grounds == ("coalitions",)
    assert bargain.audit(BRIDGE, axioms=[axioms.symmetry]).grounds == ("agreements",)
    panama = bargain.audit(bargain.read("cases/panama_canal_1974"), [bargain.adjusted_winner], regime="lotteries")
    assert panama.grounds == ("items",)
    assert "United States gets" in (trial(panama, "strategy_proofness", "adjusted_winner").words or "")


def test_each_concept_is_asked_for_its_own_axiom_of_a_name() -> None:
    shared = [axioms.coalitions.efficiency, axioms.awards.efficiency]
    assert len(bargain.audit(TALMUD, axioms=shared).satisfying) == 6
    more = [*shared, axioms.awards.consistency]
    assert bargain.audit(TALMUD, axioms=more).satisfying == (
        "nucleolus",
        "constrained_equal_awards",
        "constrained_equal_losses",
        "proportional_awards",
    )


def test_a_division_is_told_by_who_gets_what() -> None:
    found = bargain.audit(TALMUD, [bargain.constrained_equal_losses], [axioms.awards.securement])
    words = found.trials[0].words or ""
    assert words.startswith("the answer is (First claim 0, Second claim 50, Third claim 150): ")
    assert words.endswith("First claim gets 0, and should be sure of 33.33")
    assert found.trials[0].to_dict()["over"] == "claims"
    again = bargain.audit(TALMUD, [bargain.shapley], [axioms.awards.consistency]).trials[0]
    assert again.answers
    assert again.answers_after == [], "only two of three divide again"


def test_an_axiom_about_something_else_is_refused() -> None:
    with pytest.raises(
        bargain.UsageError, match="independence is an axiom over agreements, and the file has no issues"
    ):
        bargain.audit(TALMUD, axioms=[axioms.independence])
    with pytest.raises(bargain.UsageError, match="one may ask efficiency, weak_efficiency"):
        bargain.audit(BRIDGE, axioms=[axioms.awards.self_duality])
    with pytest.raises(bargain.UsageError, match="axiom over claims, and the coalitions of the file are not given by"):
        bargain.audit(bargain.read("teaching/glove_market"), axioms=[axioms.awards.self_duality])
    with pytest.raises(bargain.UsageError, match="axiom over items, and "):
        bargain.audit(bargain.read("teaching/three_partners"), axioms=[axioms.items.envy_freeness])


def test_concepts_without_ground_are_named() -> None:
    found = bargain.audit(TALMUD, [bargain.nash, bargain.core], [axioms.awards.self_duality])
    assert found.trials == []
    assert found.remarks == [
        "Nash: the file has no issues to agree on, only coalitions",
        "Core: over coalitions, which these axioms are not about",
    ]
    many = bargain.audit(bargain.read("literature/un_security_council"))
    assert many.remarks == ["axioms over coalitions are tried here with at most 6 players, and here are 15"]
    assert trial(many, "core_stability", "shapley").claim == "broken"
    six = bargain.audit(bargain.read("literature/eec_council_1958"), [bargain.core], [axioms.coalitions.efficiency])
    assert "corners, which are known for up to 4 players" in six.remarks[0]


def test_divisions_are_shown(estate: bargain.Audit) -> None:
    wanted = [axioms.awards.self_duality, axioms.awards.consistency, axioms.awards.claims_truncation_invariance]
    found = bargain.audit(TALMUD, axioms=wanted)
    text = " ".join(repr(found).split())
    assert "in every estate with claims on it" in text
    assert "In general all of these at once are kept by Nucleolus. Their answers here An estate of 200" in text
    assert "Nucleolus 50 75 75" in text
    both = " ".join(repr(estate).split())
    assert "in every game of coalitions; in every estate with claims on it" in both
    assert "Efficiency, over coalitions" in both
    html = estate._repr_html_()
    assert "<td" in html
    assert "–" in html
    assert "Efficiency, over claims" in html
