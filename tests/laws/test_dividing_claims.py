"""Concepts over items, coalitions and claims keep their word, and know their literature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

import bargain
from axioms.problems import random_problem
from bargain.axioms import Axiom, Domain, Keeps, awards, axioms_over, coalitions, items, witness_against
from bargain.concepts import CATALOGUE, Concept
from bargain.concepts.ledger import keepers, ledger

DOMAINS: tuple[Domain, ...] = ("items", "coalitions", "claims")
JUDGED = [(concept, domain) for domain in DOMAINS for concept in CATALOGUE if concept.claims.of(domain) is not None]
QUICK, THOROUGH = 3, 200

every_concept = pytest.mark.parametrize(
    ("concept", "domain"), JUDGED, ids=[f"{concept.name}-{domain}" for concept, domain in JUDGED]
)


def broken_claims(concept: Concept, domain: Domain, draws: int, seed: int = 0) -> Iterator[tuple[Axiom, str]]:
    """Claims that a random problem refutes."""
    rng = Random(seed)
    for _ in range(draws):
        problem = random_problem(rng, domain)
        for axiom in concept.keeps(domain):
            violation = axiom.violation(concept, problem)
            if violation is not None:
                yield axiom, f"{problem}: {violation}"


@every_concept
def test_each_concept_keeps_its_word(concept: Concept, domain: Domain) -> None:
    assert list(broken_claims(concept, domain, QUICK)) == []


@pytest.mark.slow
@every_concept
def test_each_concept_keeps_its_word_many_times(concept: Concept, domain: Domain) -> None:
    assert list(broken_claims(concept, domain, THOROUGH, seed=1)) == []


@every_concept
def test_each_admitted_failure_has_a_witness(concept: Concept, domain: Domain) -> None:
    for entry in ledger(concept):
        if entry.domain == domain and entry.kept != "kept":
            assert entry.kept == "broken"
            assert entry.words(), entry.axiom.name


@every_concept
def test_every_concept_says_something_about_every_axiom(concept: Concept, domain: Domain) -> None:
    told = {*concept.keeps(domain), *concept.breaks(domain), *concept.claims.unsaid}
    assert told == set(axioms_over(domain))
    assert concept.keeps() or concept.domain != domain


def test_nobody_is_silent() -> None:
    assert {concept for concept, _ in JUDGED} == {concept for concept in CATALOGUE if concept.over != "agreements"}


@pytest.mark.parametrize(
    ("concept", "domain", "lie"),
    [
        (bargain.shapley, "coalitions", coalitions.core_stability),
        (bargain.nucleolus, "coalitions", coalitions.additivity),
        (bargain.core, "coalitions", coalitions.additivity),
        (bargain.nucleolus, "claims", awards.composition_up),
        (bargain.shapley, "claims", awards.consistency),
        (bargain.proportional_awards, "claims", awards.claims_truncation_invariance),
        (bargain.adjusted_winner, "items", items.strategy_proofness),
    ],
    ids=lambda part: getattr(part, "name", part),
)
def test_a_false_claim_is_noticed(concept: Concept, domain: Domain, lie: Axiom) -> None:
    boast = replace(concept, claims=Keeps(**{domain: (lie,)}))
    exposed, words = next(broken_claims(boast, domain, 60))
    assert exposed is lie
    assert "answer" in words


def kept_by(domain: Domain, *axioms: Axiom) -> set[str]:
    """The concepts that keep all of these."""
    return set.intersection(*({*keepers(axiom, domain)} for axiom in axioms))


def test_theorems_about_coalitions() -> None:
    c = coalitions
    # Shapley (1953), with the dummy axiom for his carriers; Young (1985) without additivity.
    assert kept_by("coalitions", c.efficiency, c.symmetry, c.dummy_player, c.additivity) == {"shapley"}
    assert kept_by("coalitions", c.efficiency, c.symmetry, c.strong_monotonicity) == {"shapley"}
    assert kept_by("coalitions", c.covariance, c.symmetry, c.hart_mas_colell_consistency) == {"shapley"}
    # Schmeidler (1969): a point of the core where there is one. Young (1985): then not coalitionally monotonic.
    assert kept_by("coalitions", c.core_stability) == {"nucleolus", "core"}
    assert kept_by("coalitions", c.core_stability, c.coalitional_monotonicity) == set()
    # Megiddo (1974).
    assert c.aggregate_monotonicity in bargain.nucleolus.breaks("coalitions")


THOMSON = {
    awards.claims_truncation_invariance: {"constrained_equal_awards", "nucleolus", "shapley"},
    awards.minimal_rights_first: {"constrained_equal_losses", "nucleolus", "shapley"},
    awards.composition_down: {"constrained_equal_awards", "constrained_equal_losses", "proportional_awards"},
    awards.composition_up: {"constrained_equal_awards", "constrained_equal_losses", "proportional_awards"},
    awards.self_duality: {"proportional_awards", "nucleolus", "shapley"},
    awards.consistency: {
        "constrained_equal_awards",
        "constrained_equal_losses",
        "proportional_awards",
        "nucleolus",
    },
    awards.securement: {"constrained_equal_awards", "nucleolus", "shapley"},
    awards.full_compensation: {"constrained_equal_awards"},
    awards.null_compensation: {"constrained_equal_losses"},
    awards.no_advantageous_transfer: {"proportional_awards"},
}
"""Thomson (2019), How to Divide When There Isn't Enough, Cambridge UP, as the R package ClaimsProblems 1.0.0 tabulates
it (its function axioms): the Talmud rule is our nucleolus, random arrival our Shapley value."""


def test_the_table_of_rules_for_claims() -> None:
    everybody = kept_by("claims", *awards.BASICS)
    assert everybody == {concept.name for concept, domain in JUDGED if domain == "claims"}
    assert {axiom: kept_by("claims", axiom) for axiom in THOMSON} == THOMSON
    assert {*THOMSON, *awards.BASICS} == set(awards.AXIOMS)


def test_theorems_about_claims() -> None:
    a = awards
    # Aumann & Maschler (1985): self-dual, consistent, and the game of the claims decides.
    assert kept_by("claims", a.self_duality, a.consistency, a.claims_truncation_invariance) == {"nucleolus"}
    # Young (1988).
    assert kept_by("claims", a.self_duality, a.composition_up) == {"proportional_awards"}
    # Dagan (1996), Social Choice and Welfare 13, 51-59 (its second axiom recalled); its dual; Herrero & Villar (2002).
    assert kept_by("claims", a.claims_truncation_invariance, a.composition_up) == {"constrained_equal_awards"}
    assert kept_by("claims", a.minimal_rights_first, a.composition_down) == {"constrained_equal_losses"}
    assert kept_by("claims", a.composition_down, a.full_compensation) == {"constrained_equal_awards"}
    assert kept_by("claims", a.composition_up, a.null_compensation) == {"constrained_equal_losses"}


def test_adjusted_winner_is_what_its_book_says() -> None:
    """Brams & Taylor (1996): efficient, equitable, envy-free, at most one item split; and not strategy-proof."""
    book = {items.efficiency, items.equitability, items.envy_freeness, items.one_split}
    assert book <= set(bargain.adjusted_winner.keeps())
    assert items.strategy_proofness in bargain.adjusted_winner.breaks()


def test_witnesses_are_found_by_domain() -> None:
    assert witness_against("shapley", "core_stability", "coalitions") is not None
    assert witness_against("shapley", "core_stability") is None
    assert witness_against("nucleolus", "core_stability", "coalitions") is None
