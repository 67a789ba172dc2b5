"""The catalogue: names, words to print, sources; and concepts on plain arrays."""

from __future__ import annotations

import re
from operator import attrgetter

import numpy as np
import pytest

from bargain import concepts
from bargain.concepts import CATALOGUE, Concept
from bargain.geometry.hull import Hull
from bargain.geometry.menu import Menu
from bargain.model.scenario import CONCEPTS

every_concept = pytest.mark.parametrize("concept", CATALOGUE, ids=attrgetter("name"))
over_agreements = pytest.mark.parametrize(
    "concept", [concept for concept in CATALOGUE if concept.over == "agreements"], ids=attrgetter("name")
)


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


@over_agreements
@pytest.mark.parametrize("kind", [Menu, Hull])
def test_the_symmetric_point_of_a_symmetric_problem(concept: Concept, kind: type[Menu]) -> None:
    feasible = kind(np.array([[4.0, 0.0], [3.0, 3.0], [0.0, 4.0]]), np.zeros(2), np.ones(2))
    finding = concept(feasible)
    assert finding.choice.points.tolist() == [[3, 3]]
    assert finding.evidence(finding.choice.points[0])


@over_agreements
def test_evidence_is_about_the_payoffs_that_are_shown(concept: Concept) -> None:
    """What is printed must be checkable from what is printed, not from a polished point nobody sees."""
    finding = concept(Menu(np.array([[4.0, 1.0], [2.0, 2.0]]), np.zeros(2), np.array([3.0, 1.0])))
    shown, other = (finding.evidence(np.array(point)) for point in ([2.0, 2.0], [4.0, 0.5]))
    own = {"product_of_gains", "ratios", "smallest_gain", "sum_of_payoffs"} & set(shown)
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


def test_a_player_without_hope_is_left_out_of_the_comparison() -> None:
    menu = Menu(np.array([[5.0, 2.0], [3.0, 2.0]]), np.array([1.0, 2.0]), np.ones(2))
    finding = concepts.kalai_smorodinsky(menu)
    assert finding.choice.points.tolist() == [[5, 2]]
    evidence = finding.evidence(np.array([5.0, 2.0]))
    assert np.isnan(evidence["ratios"][1])  # type: ignore[index]
    assert evidence["common_ratio"] == 1
    nobody = concepts.kalai_smorodinsky(Menu(np.array([[1.0, 2.0]]), np.array([1.0, 2.0]), np.ones(2)))
    assert "common_ratio" not in nobody.evidence(np.array([1.0, 2.0]))
