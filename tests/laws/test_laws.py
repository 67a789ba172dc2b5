"""Laws that hold for every scenario, tried on random ones for every concept of the catalogue."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from operator import attrgetter
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings, strategies as st

import bargain
import bargain.axioms
from bargain.concepts import CATALOGUE
from bargain.model.results import Regime, Solution
from bargain.model.scenario import Scenario
from laws.changes import issues_reversed, players_reversed, rescaled, with_rule
from oracles.brute import Reference, holds
from oracles.judge import MOST_TIES, near, same_payoffs
from oracles.scenarios import Document, averse_document, random_document

every_pure_concept = pytest.mark.parametrize(
    "concept", [concept for concept in CATALOGUE if concept.keeps("pure", 2)], ids=attrgetter("name")
)
"""Concepts over items claim nothing; they have laws of their own (oracles/test_items.py)."""
every_concept_and_regime = pytest.mark.parametrize(
    ("concept", "regime"),
    [
        pytest.param(concept, regime, id=f"{concept.name}-{regime}")
        for concept in CATALOGUE
        for regime in ("pure", "lotteries")
        if concept.keeps(regime, 2)
    ],
)


def concepts_that_keep(axiom: bargain.axioms.Axiom, regime: Regime, players: int) -> pytest.MarkDecorator:
    """Parametrise by the concepts that claim an axiom."""
    keepers = [concept for concept in CATALOGUE if axiom in concept.keeps(regime, players)]
    return pytest.mark.parametrize("concept", keepers, ids=attrgetter("name"))


both_regimes = pytest.mark.parametrize("regime", ["pure", "lotteries"])
QUICK = settings().max_examples <= 25
seeds = st.integers(0, 80 if QUICK else 10**6)
"""In the quick lane every concept meets the same few documents, which are drawn and laid out once."""


@lru_cache(maxsize=4000)
def drawn(seed: int, signatories: int | None = None) -> str:
    """A random document as text; the quick lane draws the same few for every concept."""
    return json.dumps(random_document(Random(seed), signatories=signatories))


documents = seeds.map(lambda seed: json.loads(drawn(seed)))
pairs = seeds.map(lambda seed: json.loads(drawn(seed, 2)))
randoms = st.integers(0, 10**6).map(Random)


def solution_of(document: Document, concept: Any, regime: str = "pure") -> Solution:
    """A concept's answer to a document.

    Raiffa's walks among three and more ask for hundreds of ideal points: here two walk, and more of them in
    oracles/test_lotteries.py and test_claims.py.
    """
    if regime == "lotteries" and "raiffa" in concept.name:
        assume(len(Reference(document).signatories) == 2)
    return bargain.solve(agreements_of(json.dumps(document)), concept, regime)


@lru_cache(maxsize=4000)
def agreements_of(text: str) -> bargain.Agreements:
    """A document laid out once for all concepts: the quick lane tries every concept on the same ones."""
    return bargain.tabulate(Scenario.model_validate(json.loads(text)))


def frozen(agreement: Mapping[str, Any] | None) -> tuple[tuple[str, Any], ...]:
    """An agreement as something to put in a set, whatever the order of its issues."""
    assert agreement is not None
    return tuple(
        sorted((issue, value if isinstance(value, str) else round(value, 9)) for issue, value in agreement.items())
    )


def winners(solution: Solution) -> set[tuple[tuple[str, Any], ...]]:
    """The set of agreements that a solution names; empty without agreement."""
    assume(solution.tie_count <= MOST_TIES)
    if solution.status != "agreement":
        return set()
    return {frozen(solution.agreement), *(frozen(tie.agreement) for tie in solution.ties)}


@every_pure_concept
@given(document=documents)
def test_the_order_of_players_does_not_matter(concept: Any, document: Document) -> None:
    assert winners(solution_of(document, concept)) == winners(solution_of(players_reversed(document), concept))


@every_pure_concept
@given(document=documents)
def test_the_order_of_issues_and_options_does_not_matter(concept: Any, document: Document) -> None:
    assert winners(solution_of(document, concept)) == winners(solution_of(issues_reversed(document), concept))


@every_pure_concept
@given(document=documents, factor=st.sampled_from([1e12, 1e-12]))
def test_the_unit_of_all_payoffs_does_not_matter(concept: Any, document: Document, factor: float) -> None:
    changed = document
    for player in document["players"]:
        changed = rescaled(changed, player, factor, 0)
    assert winners(solution_of(document, concept)) == winners(solution_of(changed, concept))


@given(document=seeds.map(lambda seed: averse_document(Random(seed))))
def test_attitudes_to_risk_leave_efficient_agreements_efficient(document: Document) -> None:
    neutral = document | {
        "utilities": {
            player: {key: part for key, part in body.items() if key != "attitude"}
            for player, body in document["utilities"].items()
        }
    }
    bent, straight = (bargain.tabulate(Scenario.model_validate(given)) for given in (document, neutral))
    assert len(bent.frontier) == len(straight.frontier)
    everywhere = range(len(bent.frontier))
    assert bent.first(everywhere, 300) == straight.first(everywhere, 300)


@concepts_that_keep(bargain.axioms.scale_invariance, "pure", 3)
@given(document=documents, rng=randoms, factor=st.sampled_from([0.5, 2, 8]), shift=st.integers(-3, 3))
def test_units_of_one_player_do_not_matter(
    concept: Any, document: Document, rng: Random, factor: float, shift: int
) -> None:
    changed = rescaled(document, rng.choice(list(document["players"])), factor, shift)
    assert winners(solution_of(document, concept)) == winners(solution_of(changed, concept))


@concepts_that_keep(bargain.axioms.scale_invariance, "lotteries", 2)
@given(document=documents, rng=randoms, factor=st.sampled_from([0.5, 2, 8]), shift=st.integers(-3, 3))
def test_units_of_one_player_do_not_matter_to_lotteries(
    concept: Any, document: Document, rng: Random, factor: float, shift: int
) -> None:
    player = rng.choice(Reference(document).signatories)
    before = solution_of(document, concept, "lotteries")
    after = solution_of(rescaled(document, player, factor, shift), concept, "lotteries")
    assert after.status == before.status
    assume(before.status != "not_applicable")
    for name in Reference(document).signatories:
        expected = before.payoffs[name] * factor + shift if name == player else before.payoffs[name]
        assert near(after.payoffs[name], expected, 1e-6)


@every_pure_concept
@given(document=documents, rng=randoms, shift=st.integers(-3, 3))
def test_the_zero_of_utility_does_not_matter(concept: Any, document: Document, rng: Random, shift: int) -> None:
    changed = rescaled(document, rng.choice(list(document["players"])), 1, shift)
    assert winners(solution_of(document, concept)) == winners(solution_of(changed, concept))


@every_concept_and_regime
@given(document=documents, exponent=st.sampled_from([-20, 20]))
def test_large_and_small_numbers_are_treated_alike(
    concept: Any, regime: str, document: Document, exponent: int
) -> None:
    changed = document
    for player in document["players"]:
        changed = rescaled(changed, player, 2.0**exponent, 0)
    before, after = solution_of(document, concept, regime), solution_of(changed, concept, regime)
    assert before.status == after.status
    if regime == "pure":
        assert winners(before) == winners(after)
    for name, payoff in before.payoffs.items():
        assert near(after.payoffs[name] / 2.0**exponent, payoff, 1e-7)


@every_concept_and_regime
@given(document=documents)
def test_nobody_signs_below_disagreement_and_nothing_dominates(concept: Any, regime: str, document: Document) -> None:
    solution, reference = solution_of(document, concept, regime), Reference(document)
    assume(solution.status == "agreement")
    point = [solution.payoffs[player] for player in reference.signatories]
    assert all(solution.payoffs[player] >= reference.disagreement[player] - 1e-9 for player in reference.signatories)
    for deal in reference.possible:
        other = [float(payoff) for payoff in reference.point(deal)]
        better_for = [a > b + 1e-7 for a, b in zip(other, point, strict=True)]
        worse_for = [a < b - 1e-11 for a, b in zip(other, point, strict=True)]
        assert any(worse_for) or not any(better_for), (deal.agreement, other, point)


@every_pure_concept
@given(document=documents)
def test_printed_payoffs_are_those_of_the_printed_agreement(concept: Any, document: Document) -> None:
    agreements = agreements_of(json.dumps(document))
    solution = bargain.solve(agreements, concept)
    assume(solution.status == "agreement")
    assert solution.agreement is not None
    assert same_payoffs(solution.payoffs, agreements.payoffs_of(solution.agreement), 1e-12)
    assert same_payoffs(solution.payoffs, Reference(document).payoffs_of(solution.agreement))
    for tie in solution.ties:
        assert same_payoffs(tie.payoffs, agreements.payoffs_of(tie.agreement), 1e-12)


@every_pure_concept
@given(document=documents)
def test_an_agreement_found_survives_its_evaluation(concept: Any, document: Document) -> None:
    agreements = agreements_of(json.dumps(document))
    solution = bargain.solve(agreements, concept)
    assume(solution.status == "agreement")
    assert solution.agreement is not None
    verdict = bargain.evaluate(agreements, dict(solution.agreement))
    assert verdict.possible
    assert verdict.rational
    assert verdict.better is None
    assert near(verdict.distance, 0)


@concepts_that_keep(bargain.axioms.independence, "pure", 3)
@given(document=documents, rng=randoms)
def test_agreements_not_chosen_are_irrelevant(concept: Any, document: Document, rng: Random) -> None:
    solution = solution_of(document, concept)
    assume(solution.status == "agreement")
    assert solution.agreement is not None
    other = rng.choice(Reference(document).possible).agreement
    issues = rng.sample(list(other), rng.randint(1, len(other)))
    condition = {name: other[name] if isinstance(other[name], str) else float(other[name]) for name in issues}
    assume(not holds(condition, solution.agreement))
    after = solution_of(with_rule(document, condition), concept)
    assert after.status == "agreement"
    assert frozen(after.agreement) == frozen(solution.agreement)
    assert winners(after) <= winners(solution)


@both_regimes
@given(document=documents, factor=st.sampled_from([0.1, 3]))
def test_only_ratios_of_powers_matter(regime: str, document: Document, factor: float) -> None:
    players = {
        name: player | {"power": player.get("power", 1) * factor} for name, player in document["players"].items()
    }
    before = solution_of(document, bargain.asymmetric_nash, regime)
    after = solution_of(document | {"players": players}, bargain.asymmetric_nash, regime)
    assert after.status == before.status
    assert same_payoffs(before.payoffs, after.payoffs, 1e-7)


@both_regimes
@given(document=documents)
def test_equal_powers_are_nash(regime: str, document: Document) -> None:
    players = {name: player | {"power": 3} for name, player in document["players"].items()}
    weighted = solution_of(document | {"players": players}, bargain.asymmetric_nash, regime)
    plain = solution_of(document, bargain.nash, regime)
    assert weighted.status == plain.status
    assert same_payoffs(weighted.payoffs, plain.payoffs, 1e-6 if regime == "lotteries" else 1e-12)


@both_regimes
@given(document=documents)
def test_egalitarian_and_leximin_agree(regime: str, document: Document) -> None:
    one, other = (solution_of(document, concept, regime) for concept in (bargain.egalitarian, bargain.leximin))
    assert one.status == other.status
    assert same_payoffs(one.payoffs, other.payoffs, 1e-7)
    assert one.tie_count == other.tie_count


@given(document=documents)
def test_lotteries_never_lower_what_a_concept_maximises(document: Document) -> None:
    d = {player: float(payoff) for player, payoff in Reference(document).disagreement.items()}

    def gains(concept: Any, regime: str) -> list[float]:
        payoffs = solution_of(document, concept, regime).payoffs
        return [payoffs[player] - d[player] for player in Reference(document).signatories]

    assume(solution_of(document, bargain.nash).status == "agreement")
    products = [_product(gains(bargain.nash, regime)) for regime in ("pure", "lotteries")]
    minima = [min(gains(bargain.egalitarian, regime)) for regime in ("pure", "lotteries")]
    sums = [sum(gains(bargain.utilitarian, regime)) for regime in ("pure", "lotteries")]
    for pure, mixed in (products, minima, sums):
        assert mixed >= pure - 1e-7 * max(1, abs(pure))


def _product(gains: list[float]) -> float:
    total = 1.0
    for gain in gains:
        total *= max(gain, 0)
    return total
