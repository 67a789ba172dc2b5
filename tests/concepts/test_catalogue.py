"""The catalogue: names, words to print, sources; and concepts on plain arrays."""

from __future__ import annotations

import re
from doctest import DocTestFinder, DocTestRunner
from importlib import import_module
from operator import attrgetter

import numpy as np
import pytest

import bargain
from bargain import concepts
from bargain.concepts import CATALOGUE, Concept
from bargain.errors import NotApplicable
from bargain.geometry.menu import Menu
from bargain.geometry.mixtures.hull import Hull
from bargain.geometry.orbit import follow, jump
from bargain.model.scenario import CONCEPTS
from geometry.mixtures.test_rounded import powers_of_a_pie

CONVEX = {"maschler_perles", "raiffa_discrete", "raiffa_continuous"}
OVER_PAYOFFS = [concept for concept in CATALOGUE if concept.over == "agreements"]
every_concept = pytest.mark.parametrize("concept", CATALOGUE, ids=attrgetter("name"))
every_concept_over_payoffs = pytest.mark.parametrize("concept", OVER_PAYOFFS, ids=attrgetter("name"))


def test_names_are_unique_and_the_scenario_knows_them() -> None:
    names = [concept.name for concept in CATALOGUE]
    assert len(set(names)) == len(names)
    assert tuple(names) == CONCEPTS
    assert len({concept.title for concept in CATALOGUE}) == len(CATALOGUE)


@every_concept
def test_words_to_print(concept: Concept) -> None:
    assert getattr(concepts, concept.name) is concept
    assert concept.definition.strip()
    assert "\n" not in concept.definition + concept.title + concept.source
    assert re.search(r"\((19|20)\d\d\)", concept.source), "a source says when"
    assert concept.__doc__ != Concept.__doc__
    assert ">>>" in (concept.__doc__ or ""), "a doctest with numbers"
    assert repr(concept) == f"<concept {concept.name}: {concept.title}>"


@every_concept
def test_the_example_in_its_documentation(concept: Concept) -> None:
    """Collectors of doctests look at functions and classes, and a concept is neither."""
    home = vars(import_module(f"bargain.concepts.{concept.name}"))
    (example,) = DocTestFinder().find(concept.rule, concept.name, globs=dict(home))
    assert example.examples
    assert DocTestRunner(verbose=False).run(example).failed == 0


@every_concept_over_payoffs
@pytest.mark.parametrize("kind", [Menu, Hull])
def test_the_symmetric_point_of_a_symmetric_problem(concept: Concept, kind: type[Menu]) -> None:
    feasible = kind(np.array([[4.0, 0.0], [3.0, 3.0], [0.0, 4.0]]), np.zeros(2), np.ones(2))
    if kind is Menu and concept.name in CONVEX:
        with pytest.raises(NotApplicable, match="allow lotteries"):
            concept(feasible)
        return
    finding = concept(feasible)
    assert finding.choice.points == pytest.approx(np.array([[3, 3]]), abs=1e-11)
    assert finding.evidence(finding.choice.points[0])


@every_concept_over_payoffs
def test_evidence_is_about_the_payoffs_that_are_shown(concept: Concept) -> None:
    """What is printed must be checkable from what is printed, not from a polished point nobody sees.

    The steps and the end of a walk are what they are wherever the answer was put.
    """
    if "raiffa" in concept.name:
        return
    kind = Hull if concept.name in CONVEX else Menu
    finding = concept(kind(np.array([[4.0, 1.0], [2.0, 2.0], [1.0, 2.2]]), np.zeros(2), np.array([3.0, 1.0])))
    shown, other = (finding.evidence(np.array(point)) for point in ([2.0, 2.0], [4.0, 0.5]))
    own = {"product_of_gains", "ratios", "smallest_gain", "sum_of_payoffs", "gain_per_power"}
    own = (own | {"sum_of_ratios", "losses", "half_lengths"}) & set(shown)
    assert own
    assert all(str(shown[key]) != str(other[key]) for key in own)


def test_evidence_by_hand() -> None:
    menu = Menu(np.array([[5.0, 3.0], [3.0, 5.0]]), np.array([1.0, 2.0]), np.array([3.0, 1.0]))
    point = np.array([5.0, 3.0])
    assert concepts.nash(menu).evidence(point) == {"product_of_gains": 4}
    weighed = concepts.asymmetric_nash(menu).evidence(point)
    assert weighed["product_of_gains"] == pytest.approx(4**0.75)
    assert list(weighed["powers"]) == [0.75, 0.25]  # type: ignore[arg-type]
    assert concepts.utilitarian(menu).evidence(point) == {"sum_of_payoffs": 8}
    assert concepts.leximin(menu).evidence(point) == {"smallest_gain": 1, "sorted_gains": [1, 4]}
    assert concepts.egalitarian(menu).evidence(point)["smallest_gain"] == 1
    shares = concepts.kalai_smorodinsky(menu).evidence(point)
    assert (list(shares["ratios"]), list(shares["ideal"])) == ([1, 1 / 3], [5, 5])  # type: ignore[arg-type]
    assert shares["common_ratio"] == pytest.approx(1 / 3)
    assert list(concepts.equal_loss(menu).evidence(point)["losses"]) == [0, 2]  # type: ignore[arg-type]
    assert concepts.relative_utilitarian(menu).evidence(point)["sum_of_ratios"] == pytest.approx(4 / 3)
    each = concepts.proportional(menu).evidence(point)
    assert list(each["gain_per_power"]) == pytest.approx([16 / 3, 4])  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["maschler_perles"])
def test_for_two_only(name: str) -> None:
    with pytest.raises(NotApplicable, match="two signatories, and here are 3"):
        getattr(concepts, name)(Menu(np.zeros((1, 3)), np.zeros(3), np.ones(3)))


def test_a_player_without_hope_is_left_out_of_the_comparison() -> None:
    menu = Menu(np.array([[5.0, 2.0], [3.0, 2.0]]), np.array([1.0, 2.0]), np.ones(2))
    finding = concepts.kalai_smorodinsky(menu)
    assert finding.choice.points.tolist() == [[5, 2]]
    evidence = finding.evidence(np.array([5.0, 2.0]))
    assert np.isnan(evidence["ratios"][1])  # type: ignore[index]
    assert evidence["common_ratio"] == 1
    relative = concepts.relative_utilitarian(menu)
    assert relative.choice.points.tolist() == [[5, 2]]
    assert relative.evidence(np.array([5.0, 2.0]))["sum_of_ratios"] == 1
    nobody = concepts.kalai_smorodinsky(Menu(np.array([[1.0, 2.0]]), np.array([1.0, 2.0]), np.ones(2)))
    assert "common_ratio" not in nobody.evidence(np.array([1.0, 2.0]))


@every_concept_over_payoffs
def test_nobody_can_gain(concept: Concept) -> None:
    """Disagreement on the border: every answer is disagreement itself."""
    finding = concept(Hull(np.array([[4.0, 0.0], [0.0, 4.0]]), np.array([1.0, 3.0]), np.ones(2)))
    assert finding.choice.points == pytest.approx(np.array([[1, 3]]), abs=1e-12)
    assert finding.evidence(finding.choice.points[0])


@every_concept_over_payoffs
def test_a_single_point(concept: Concept) -> None:
    finding = concept(Hull(np.array([[3.0, 2.0]]), np.zeros(2), np.ones(2)))
    assert finding.choice.points == pytest.approx(np.array([[3, 2]]), abs=1e-12)
    assert finding.evidence(finding.choice.points[0])


def test_a_curved_border_is_halved_up_to_its_residual() -> None:
    """A quarter of the unit circle seen from (0.6, 0.7): the root of sin cos is integrated on a fine grid."""
    some = powers_of_a_pie(0.5, (0.6, 0.7))
    assert some.rational
    angles = np.linspace(np.arcsin(0.7), np.arccos(0.6), 200_001)
    weights = np.sqrt(np.sin(angles) * np.cos(angles))
    lengths = np.r_[0.0, np.cumsum((weights[1:] + weights[:-1]) / 2)]
    half = np.interp(lengths[-1] / 2, lengths, angles)
    choice = concepts.maschler_perles(some).choice
    assert choice.points[0] == pytest.approx([np.cos(half), np.sin(half)], abs=1e-6)
    assert choice.residual is not None
    assert 1e-9 < choice.residual < 1e-3
    assert choice.proof.startswith("approximate")


@pytest.mark.parametrize("d", [(0.3, 0.1), pytest.param((0.05, 0.6), marks=pytest.mark.slow)])
def test_walks_to_a_curved_border_end_within_their_residual(d: tuple[float, float]) -> None:
    """A quarter of the unit circle, where the ideal point seen from x is the root of 1 - x^2, crosswise."""
    start = np.array(d)

    def ideal(x: np.ndarray) -> np.ndarray:
        return np.sqrt(np.maximum(1 - x[::-1] ** 2, 0.0))

    drift = concepts.raiffa_continuous(powers_of_a_pie(0.5, d)).choice
    off = float(np.abs(drift.points[0] - follow(ideal, start).end).max())
    assert drift.residual is not None
    assert 1e-7 < off <= drift.residual < 2e-5
    assert drift.proof.startswith("approximate")
    steps = concepts.raiffa_discrete(powers_of_a_pie(0.5, d)).choice
    assert steps.points[0] == pytest.approx(jump(ideal, start).end, abs=1e-8)
    assert steps.residual is not None
    assert steps.proof == "exact"


def test_walks_to_a_straight_border_leave_nothing_open() -> None:
    straight = Hull(np.array([[4.0, 0.0], [2.0, 3.0], [0.0, 4.0]]), np.zeros(2), np.ones(2))
    for name in sorted(CONVEX):
        choice = getattr(concepts, name)(straight).choice
        assert (choice.residual, choice.proof) == (None, "exact")


@pytest.mark.slow
def test_a_path_below_a_curved_border_ends_within_its_residual() -> None:
    """Below the unit circle x' = sqrt(1 - y^2) - x and y' = sqrt(1 - x^2) - y, in steps of Runge and Kutta's method."""

    def speed(at: np.ndarray) -> np.ndarray:
        return np.sqrt(np.maximum(1 - at[::-1] ** 2, 0)) - at

    at = np.array([0.1, 0.5])
    for _ in range(4000):
        k1 = speed(at)
        k2 = speed(at + k1 / 200)
        k3 = speed(at + k2 / 200)
        k4 = speed(at + k3 / 100)
        at = at + (k1 + 2 * k2 + 2 * k3 + k4) / 600
    choice = concepts.raiffa_continuous(powers_of_a_pie(0.5, (0.1, 0.5))).choice
    assert choice.residual is not None
    assert choice.points[0] == pytest.approx(at, abs=choice.residual)
    assert choice.residual < 1e-3
    assert choice.proof.startswith("approximate")


@pytest.mark.parametrize("name", ["raiffa_discrete", "raiffa_continuous"])
def test_no_walk_is_begun_that_would_not_end(name: str) -> None:
    """Where every ideal point is a search off the grid among three, the answer is a reason and not a wait."""
    values = {"shape": "power", "exponent": 0.5, "worst": 0, "best": 1}
    made = bargain.parse(
        {
            "bargain": 1,
            "title": "A pie for three",
            "players": {"a": {}, "b": {}, "c": {}},
            "issues": {"pie": {"division": ["a", "b", "c"]}},
            "utilities": {player: {"pie": values} for player in "abc"},
            "disagreement": {"payoffs": dict.fromkeys("abc", 0)},
        }
    )
    solution = bargain.solve(made, getattr(concepts, name), "lotteries")
    assert solution.status == "not_applicable"
    assert "hundreds of ideal points" in (solution.reason or "")
