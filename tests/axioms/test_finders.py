"""Judges are judged: every finder notices a rule that breaks its axiom, and lets a rule pass that keeps it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from doctest import DocTestFinder, DocTestRunner
from importlib import import_module
from random import Random

import numpy as np
import pytest

from axioms.situations import random_situation
from bargain import axioms
from bargain.axioms import AXIOMS, Axiom, Situation, Voice, axioms_over, situation
from bargain.axioms.answer import Rule
from bargain.geometry.choice import Choice, FeasibleSet
from bargain.geometry.menu import Menu


@dataclass(frozen=True)
class Pick:
    """What a rule of the tests answers."""

    choice: Choice


def picks(chosen: Callable[[FeasibleSet], np.ndarray]) -> Rule:
    """A rule that answers one point."""
    return lambda feasible: Pick(Choice((), np.atleast_2d(chosen(feasible))))


def _rational(feasible: FeasibleSet) -> np.ndarray:
    return feasible.points[feasible.rational_rows]


def _best(feasible: FeasibleSet, key: Callable[[np.ndarray], float]) -> np.ndarray:
    return max(_rational(feasible), key=key)


dictator = picks(lambda f: _best(f, lambda u: (u[0], *u[1:])))
lowest = picks(lambda f: min(_rational(f), key=lambda u: (u.sum(), *u)))
stubborn = picks(lambda f: f.disagreement)
below = picks(lambda f: f.disagreement - 1)
fair = picks(lambda f: _best(f, lambda u: (u.min(), *u)))
raw_product = picks(lambda f: _best(f, lambda u: float(np.prod(np.maximum(u, 0)))))
richest = picks(lambda f: _best(f, lambda u: (u[0] * u[0] if u[0] < 10 else -u[0], *u)))
crowded = picks(lambda f: _best(f, lambda u: (u[0] if len(f.points) % 2 else u[1], *u)))
timid = picks(lambda f: _best(f, lambda u: (-u[0] if f.disagreement[0] > 0 else u[0], *u)))

AGREED = axioms_over("agreements")
SQUARE = situation([[4, 0], [3, 3], [0, 4], [1, 1]])
LINE = situation([[4, 0], [0, 4]])
WRONG: list[tuple[str, Rule, Situation]] = [
    ("efficiency", lowest, SQUARE),
    ("weak_efficiency", stubborn, SQUARE),
    ("individual_rationality", below, SQUARE),
    ("symmetry", dictator, SQUARE),
    ("anonymity", dictator, SQUARE),
    ("translation_invariance", raw_product, situation([[4, 1], [1, 3]])),
    ("scale_invariance", richest, situation([[9, 0], [4, 4]])),
    ("common_scale", richest, situation([[9, 0], [4, 4]])),
    ("independence", crowded, situation([[4, 0], [3, 3], [0, 4]])),
    ("independence_of_the_irrational", crowded, situation([[4, 1], [1, 4], [9, -1]])),
    ("strong_monotonicity", dictator, situation([[3, 3], [4, 1]])),
    ("individual_monotonicity", lowest, situation([[3, 3], [1, 1]])),
    ("restricted_monotonicity", lowest, situation([[3, 3], [1, 1]])),
    ("disagreement_monotonicity", timid, situation([[4, 1], [2, 3]])),
    ("midpoint_domination", dictator, SQUARE),
    ("step_by_step", timid, situation([[4, 2], [2, 4], [1, 1]])),
    ("superadditivity", fair, situation([[1, 3]])),
]


def test_every_axiom_has_a_wrong_rule() -> None:
    assert [name for name, _, _ in WRONG] == [axiom.name for axiom in AGREED]
    assert all(getattr(axioms, axiom.name) is axiom for axiom in AGREED)


@pytest.mark.parametrize(("name", "rule", "problem"), WRONG, ids=[name for name, _, _ in WRONG])
def test_a_wrong_rule_is_noticed(name: str, rule: Rule, problem: Situation) -> None:
    violation = getattr(axioms, name).violation(rule, problem)
    assert violation is not None
    assert "(" in str(violation)
    told = violation.told(Voice(["Ann", "Ben"]))
    assert "player" not in told
    assert ("Ann" in told or "Ben" in told) == ("player" in str(violation))


DICTATOR_KEEPS = {
    "efficiency",
    "weak_efficiency",
    "individual_rationality",
    "translation_invariance",
    "scale_invariance",
    "common_scale",
    "independence",
    "independence_of_the_irrational",
    "individual_monotonicity",
    "restricted_monotonicity",
    "disagreement_monotonicity",
    "superadditivity",
}
"""The best for player 1, then for player 2, and so on."""


@pytest.mark.parametrize("axiom", AGREED, ids=lambda axiom: axiom.name)
def test_what_a_dictator_keeps_and_breaks(axiom: Axiom) -> None:
    rng = Random(3)
    drawn = [random_situation(rng, "pure", 2) for _ in range(60)]
    broken = any(axiom.violation(dictator, problem) is not None for problem in drawn)
    assert broken == (axiom.name not in DICTATOR_KEEPS)


def test_the_disagreement_point_breaks_little_but_wastes_all() -> None:
    rng = Random(4)
    drawn = [random_situation(rng, "lotteries", 2) for _ in range(12)]
    broken = {axiom.name for axiom in AGREED for problem in drawn if axiom.violation(stubborn, problem)}
    assert broken == {"efficiency", "weak_efficiency", "midpoint_domination"}


@pytest.mark.parametrize("axiom", AXIOMS, ids=lambda axiom: f"{axiom.over}-{axiom.name}")
def test_the_example_in_its_documentation(axiom: Axiom) -> None:
    """Collectors of doctests look at functions and classes, and an axiom is neither."""
    home = vars(import_module(axiom.violation.__module__))
    (example,) = DocTestFinder().find(axiom.violation, axiom.name, globs=dict(home))
    assert example.examples
    assert DocTestRunner(verbose=False).run(example).failed == 0


def test_words_and_sources() -> None:
    for axiom in AXIOMS:
        assert axiom.definition[0].islower()
        assert not axiom.definition.endswith(".")
        assert any(character.isdigit() for character in axiom.source)
        assert "\n" not in axiom.title + axiom.definition + axiom.source
    assert repr(AXIOMS[0]) == "<axiom efficiency: Efficiency>"


def test_a_violation_holds_both_problems_and_both_answers() -> None:
    violation = axioms.independence.violation(crowded, situation([[4, 0], [3, 3], [0, 4]]))
    assert violation is not None
    assert violation.changed is not None
    assert len(violation.changed.points) == len(violation.situation.points) - 1
    assert violation.after is not None
    assert violation.after.points.tolist() != violation.answer.points.tolist()


def test_ties_move_as_a_set() -> None:
    """The corners of a symmetric problem tie under the product; neither alone would be symmetric."""
    product: Rule = lambda feasible: Pick(feasible.product(np.ones(2)))  # noqa: E731
    one: Rule = lambda feasible: Pick(_first(feasible.product(np.ones(2))))  # noqa: E731
    assert axioms.symmetry.violation(product, situation([[4, 1], [1, 4]])) is None
    assert axioms.symmetry.violation(one, situation([[4, 1], [1, 4]])) is not None


def _first(choice: Choice) -> Choice:
    return replace(choice, mixtures=choice.mixtures[:1], points=choice.points[:1])


def test_a_stretch_of_answers_is_known_by_its_ends() -> None:
    total: Rule = lambda feasible: Pick(feasible.total(np.ones(2)))  # noqa: E731
    answer = axioms.answer_of(total, replace(LINE, regime="lotteries"))
    assert answer is not None
    assert answer.continuum
    assert answer.holds(np.array([1.0, 3.0]))
    assert not answer.holds(np.array([1.0, 2.0]))
    assert not answer.holds(np.array([5.0, -1.0]))
    assert Voice().deals(answer) == "anything from (4, 0) to (0, 4)"


def test_nothing_is_said_without_a_rational_deal() -> None:
    hopeless = situation([[4, 0], [0, 4]], [5, 5])
    assert axioms.answer_of(dictator, hopeless) is None
    assert all(axiom.violation(dictator, hopeless) is None for axiom in AGREED)


def test_lotteries_reach_between_agreements() -> None:
    drawn = replace(LINE, regime="lotteries")
    assert drawn.contains(np.array([2.0, 2.0]))
    assert not LINE.contains(np.array([2.0, 2.0]))
    assert drawn.regular
    assert not LINE.regular
    assert drawn.ideal.tolist() == [4, 4]
    assert drawn.better(np.array([1.0, 1.0])) is not None
    assert drawn.better(np.array([3.0, 1.0])) is None


def test_situations_ask_the_sets_that_solvers_ask() -> None:
    assert isinstance(SQUARE.feasible(), Menu)
    assert replace(SQUARE, regime="lotteries").feasible().method == "polygon"
