"""Every concept keeps its word: the axioms it claims hold on random problems, the others fail on a stored witness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from random import Random

import pytest

import bargain
from axioms.situations import random_situation
from bargain.axioms import (
    AXIOMS,
    BASICS,
    Axiom,
    Keeps,
    answer_of,
    axioms_over,
    efficiency,
    ground_of,
    scale_invariance,
    situation,
    witness_against,
)
from bargain.axioms.witnesses import WITNESSES
from bargain.concepts import CATALOGUE, Concept
from bargain.concepts.ledger import ledger
from bargain.model.results import Regime

AGREED = axioms_over("agreements")
REGIMES: tuple[Regime, ...] = ("pure", "lotteries")
JUDGED = [concept for concept in CATALOGUE if concept.over == "agreements"]
FIELDS: list[tuple[Regime, int]] = [("pure", 2), ("pure", 3), ("pure", 4), ("lotteries", 2)]
DEAR: list[tuple[Regime, int]] = [("lotteries", 3), ("lotteries", 4)]
"""Lotteries among more are programmes, and take a second a problem."""

every_concept = pytest.mark.parametrize("concept", JUDGED, ids=attrgetter("name"))


def broken_claims(
    concept: Concept, draws: int, seed: int = 0, fields: Sequence[tuple[Regime, int]] = FIELDS
) -> Iterator[tuple[Axiom, str]]:
    """Claims that a random problem refutes."""
    rng = Random(seed)
    for regime, players in fields:
        for axiom in concept.keeps(regime, players):
            for _ in range(draws):
                violation = axiom.violation(concept, random_situation(rng, regime, players))
                if violation is not None:
                    yield axiom, str(violation)


@every_concept
def test_each_concept_keeps_its_word(concept: Concept) -> None:
    assert list(broken_claims(concept, 2)) == []


@pytest.mark.slow
@every_concept
def test_each_concept_keeps_its_word_many_times(concept: Concept) -> None:
    assert list(broken_claims(concept, 20, seed=1)) == []


def test_a_concept_keeps_its_word_among_three_who_draw_lots() -> None:
    assert list(broken_claims(bargain.nash, 1, seed=2, fields=DEAR[:1])) == []


@pytest.mark.slow
@every_concept
def test_each_concept_keeps_its_word_among_more_who_draw_lots(concept: Concept) -> None:
    draws = 1 if concept.name == "raiffa_continuous" else 4
    assert list(broken_claims(concept, draws, seed=3, fields=DEAR)) == []


@every_concept
def test_each_admitted_failure_has_a_witness(concept: Concept) -> None:
    for entry in ledger(concept):
        if entry.kept != "kept":
            assert entry.witness is not None, (entry.axiom.name, entry.domain)
            assert entry.witness.regime == entry.domain
            assert entry.words(), (entry.axiom.name, entry.domain)


def test_no_witness_is_idle() -> None:
    """Every stored problem speaks against every concept it names, which claims nothing else."""
    named = {concept.name: concept for concept in CATALOGUE}
    axioms = {(axiom.over, axiom.name): axiom for axiom in AXIOMS}
    for witness in WITNESSES:
        axiom = axioms[ground_of(witness.domain), witness.axiom]
        for name in witness.concepts:
            standing = named[name].claims.standing(axiom, witness.domain, witness.players)
            assert standing == "broken", (name, witness.axiom)


def test_witnesses_are_small() -> None:
    among_agreements = [witness.situation for witness in WITNESSES if witness.domain in REGIMES]
    assert max(len(problem.points) for problem in among_agreements) <= 5
    assert max(problem.players for problem in among_agreements) == 3
    assert max(witness.players for witness in WITNESSES) == 4
    assert witness_against("nash", "efficiency") is None


@every_concept
def test_every_concept_claims_something(concept: Concept) -> None:
    fields = [regime for regime in REGIMES if concept.keeps(regime, 2)]
    assert "lotteries" in fields
    for regime in fields:
        assert set(BASICS) <= set(concept.keeps(regime, 2))
        assert {*concept.keeps(regime, 2), *concept.breaks(regime, 2)} == set(AGREED)


@every_concept
def test_nothing_is_claimed_where_a_concept_is_not_defined(concept: Concept) -> None:
    for regime in REGIMES:
        answer = answer_of(concept, situation([[4, 1], [3, 3], [1, 4]], regime=regime))
        assert (answer is None) == (not concept.keeps(regime, 2))


def test_a_false_claim_is_noticed() -> None:
    boast = replace(bargain.utilitarian, claims=Keeps(pure=AGREED, lotteries=AGREED))
    exposed = {axiom.name for axiom, _ in broken_claims(boast, 3)}
    assert {"scale_invariance", "strong_monotonicity"} <= exposed
    assert "efficiency" not in exposed
    scale_free = replace(bargain.utilitarian, claims=Keeps(lotteries=(scale_invariance,)))
    assert list(broken_claims(scale_free, 3, seed=3, fields=DEAR[:1]))


def test_theorems_of_the_papers() -> None:
    """What the catalogue must say if it knows its literature: two players who may draw lots."""
    claims = {concept.name: {axiom.name for axiom in concept.keeps("lotteries", 2)} for concept in JUDGED}
    nash_1950 = {"efficiency", "symmetry", "scale_invariance", "translation_invariance", "independence"}
    assert [name for name, kept in claims.items() if nash_1950 <= kept] == ["nash"]
    kalai_smorodinsky_1975 = {*nash_1950, "individual_monotonicity"} - {"independence"}
    assert [name for name, kept in claims.items() if kalai_smorodinsky_1975 <= kept] == ["kalai_smorodinsky"]
    kalai_1977 = {"weak_efficiency", "symmetry", "strong_monotonicity", "translation_invariance"}
    assert [name for name, kept in claims.items() if kalai_1977 <= kept] == ["egalitarian"]
    perles_maschler_1981 = {*nash_1950, "superadditivity"} - {"independence"}
    assert [name for name, kept in claims.items() if perles_maschler_1981 <= kept] == ["maschler_perles"]
    # Roth (1979): among three the point where the ray of Kalai and Smorodinsky leaves the set may be inefficient.
    assert bargain.kalai_smorodinsky.claims.standing(efficiency, "lotteries", 3) == "broken"
    assert bargain.maschler_perles.claims.standing(efficiency, "lotteries", 3) == "unclaimed"
