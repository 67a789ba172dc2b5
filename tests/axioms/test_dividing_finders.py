"""Judges of divisions are judged: every finder notices a rule that breaks its axiom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

import bargain
from bargain.axioms import Voice, awards, axioms_over, coalitions, items
from bargain.axioms.awards import estate
from bargain.axioms.coalitions import worth
from bargain.axioms.division import division_of
from bargain.axioms.items import points
from bargain.axioms.items.handing import handed_out
from bargain.games.claims import Claims, equal_awards, equal_losses
from bargain.games.coalitions import Division, Game
from bargain.geometry.choice import Choice, Shares
from bargain.geometry.items import Items

GLOVE = worth([0, 0, 0, 0, 1, 1, 1])
PARTNERS = worth([1, 0, 3, 0, 2, 2, 6])
NULL = worth([0, 0, 6, 0, 0, 0, 6])


def divides(shares: Callable[[Any], Any]) -> Callable[[Any], Division]:
    """A rule of the tests."""
    return lambda game: Division(np.asarray(shares(game), dtype=float))


def _first(game: Any, share: float) -> np.ndarray:
    """A part of all to the first player, the rest equally to the others."""
    return np.array([share] + [(game.grand - share) / (game.n - 1)] * (game.n - 1))


waste = divides(lambda game: np.zeros(game.n))
equal = divides(lambda game: np.full(game.n, game.grand / game.n))
dictator = divides(lambda game: game.grand * np.eye(game.n)[0])
half = divides(lambda game: _first(game, game.grand / 2))
envious = divides(lambda game: _first(game, 1 / (1 + game.values.sum())))
keystone = divides(lambda game: game.grand * np.eye(game.n)[int(np.argmin(game.values[-1 - (1 << np.arange(game.n))]))])
"""All to whom the others miss most."""

WRONG_DIVISIONS: list[tuple[str, Callable[[Any], Division], Game]] = [
    ("efficiency", waste, GLOVE),
    ("individual_rationality", equal, worth([3, 0, 3])),
    ("core_stability", equal, GLOVE),
    ("symmetry", dictator, GLOVE),
    ("anonymity", dictator, PARTNERS),
    ("dummy_player", equal, NULL),
    ("covariance", equal, PARTNERS),
    ("additivity", keystone, PARTNERS),
    ("aggregate_monotonicity", envious, GLOVE),
    ("coalitional_monotonicity", envious, GLOVE),
    ("strong_monotonicity", envious, GLOVE),
    ("davis_maschler_consistency", half, GLOVE),
    ("hart_mas_colell_consistency", half, GLOVE),
]

queue = divides(lambda p: np.diff(np.minimum(np.cumsum(np.r_[0.0, p.claims]), p.estate)))
overpaid = divides(lambda p: np.full(p.n, p.estate / p.n))


def _smallest_first(problem: Claims) -> np.ndarray:
    order = np.argsort(problem.claims, kind="stable")
    paid = np.zeros(problem.n)
    paid[order] = np.diff(np.minimum(np.cumsum(np.r_[0.0, problem.claims[order]]), problem.estate))
    return paid


by_claims = divides(lambda p: p.claims * p.estate / p.claims.sum())
smallest_first = divides(_smallest_first)
moody = divides(lambda p: (equal_awards if p.estate > 300 else equal_losses)(p.claims, p.estate)[0])
WRONG_AWARDS: list[tuple[str, Callable[[Any], Division], Claims]] = [
    ("efficiency", waste, estate(100, [100, 200])),
    ("claims_boundedness", overpaid, estate(250, [100, 200])),
    ("equal_treatment", queue, estate(100, [100, 100])),
    ("anonymity", queue, estate(100, [100, 200])),
    ("order_preservation", smallest_first, estate(100, [100, 200])),
    ("homogeneity", moody, estate(200, [100, 300])),
    ("resource_monotonicity", moody, estate(290, [100, 300])),
    ("claims_monotonicity", smallest_first, estate(100, [100, 200])),
    ("claims_truncation_invariance", by_claims, estate(100, [100, 200])),
    ("minimal_rights_first", by_claims, estate(150, [100, 200])),
    ("composition_down", moody, estate(350, [100, 300])),
    ("composition_up", moody, estate(350, [100, 300])),
    ("self_duality", queue, estate(100, [100, 200])),
    ("consistency", moody, estate(350, [100, 100, 300])),
    ("securement", queue, estate(100, [100, 200])),
    ("full_compensation", by_claims, estate(200, [100, 300])),
    ("null_compensation", by_claims, estate(100, [100, 300])),
    ("no_advantageous_transfer", moody, estate(200, [100, 200, 300])),
]


@dataclass(frozen=True)
class Handed:
    choice: Choice


def hands(shares: Callable[[Items], Any]) -> Callable[[Items], Handed]:
    """A rule of the tests: the first player's shares."""

    def rule(given: Items) -> Handed:
        first = np.asarray(shares(given), dtype=float)
        return Handed(Choice((((1.0, Shares(tuple(first.tolist()))),),), given.payoffs(first)[None]))

    return rule


all_to_first = hands(lambda given: np.ones(len(given.names)))
halves = hands(lambda given: np.full(len(given.names), 0.5))
contrary = hands(lambda given: (given.points[:, 0] < given.points[:, 1]).astype(float))
counting = hands(lambda given: np.full(len(given.names), float(len(given.names) % 2)))
large = hands(lambda given: np.full(len(given.names), float(given.points.sum() > 250)))
boasting = hands(lambda given: np.full(len(given.names), float(given.points[0, 0] > given.points[0, 1])))
HOUSE = points([(60, 50), (30, 20), (10, 30)])
WRONG_HANDS: list[tuple[str, Callable[[Items], Handed], Items]] = [
    ("efficiency", contrary, HOUSE),
    ("equitability", all_to_first, HOUSE),
    ("envy_freeness", all_to_first, HOUSE),
    ("one_split", halves, HOUSE),
    ("anonymity", all_to_first, HOUSE),
    ("common_scale", large, HOUSE),
    ("scale_invariance", large, HOUSE),
    ("resource_monotonicity", counting, HOUSE),
    ("strategy_proofness", boasting, points([(40, 60), (60, 40)])),
]
WRONG = [
    *(("coalitions", coalitions, *wrong) for wrong in WRONG_DIVISIONS),
    *(("claims", awards, *wrong) for wrong in WRONG_AWARDS),
    *(("items", items, *wrong) for wrong in WRONG_HANDS),
]


@pytest.mark.parametrize(
    ("over", "home", "wrong"),
    [("coalitions", coalitions, WRONG_DIVISIONS), ("claims", awards, WRONG_AWARDS), ("items", items, WRONG_HANDS)],
    ids=["coalitions", "claims", "items"],
)
def test_every_axiom_has_a_wrong_rule(over: Any, home: Any, wrong: Any) -> None:
    assert [name for name, _, _ in wrong] == [axiom.name for axiom in axioms_over(over)]
    assert axioms_over(over) == home.AXIOMS
    assert all(getattr(home, axiom.name) is axiom for axiom in home.AXIOMS)


@pytest.mark.parametrize(("over", "home", "name", "rule", "problem"), WRONG, ids=[f"{w[0]}-{w[2]}" for w in WRONG])
def test_a_wrong_rule_is_noticed(over: str, home: Any, name: str, rule: Any, problem: Any) -> None:
    axiom = getattr(home, name)
    assert axiom.over == over
    violation = axiom.violation(rule, problem)
    assert violation is not None
    told = violation.told(Voice(["Ann", "Ben", "Cleo"]))
    assert "player" not in told
    assert ("Ann" in told or "Ben" in told or "Cleo" in told) == ("player" in str(violation))


@pytest.mark.parametrize("axiom", axioms_over("coalitions", "claims", "items"), ids=lambda a: f"{a.over}-{a.name}")
def test_nothing_is_said_where_a_rule_is_not_defined(axiom: Any) -> None:
    """The core of a game in which it is empty, awards of what is no estate, items that cannot be split."""
    majority = worth([0, 0, 1, 0, 1, 1, 1])
    stuck = Items(("lamp",), np.array([[2.0, 2]]), np.zeros(2), np.zeros(2), np.zeros(2), np.zeros(1, bool), False)
    rule, problem = {
        "coalitions": (bargain.core, majority),
        "claims": (lambda _: bargain.constrained_equal_awards(majority), estate(1, [1, 2])),
        "items": (bargain.adjusted_winner, stuck),
    }[axiom.over]
    assert axiom.violation(rule, problem) is None


def test_the_core_is_judged_as_a_set() -> None:
    pair = division_of(bargain.core, worth([1, 2, 9]))
    assert pair is not None
    assert pair.points.tolist() == [[1, 8], [7, 2]]
    assert pair.holds(np.array([4.0, 5]))
    assert not pair.holds(np.array([0.0, 9]))
    assert Voice().deals(pair) == "anything from (1, 8) to (7, 2)"
    three = division_of(bargain.core, worth([0, 0, 0, 0, 0, 0, 1]))
    assert three is not None
    assert Voice().deals(three) == "any mix of (0, 0, 1), (0, 1, 0) and (1, 0, 0)"
    assert division_of(bargain.core, worth([0] * 30 + [1])) is None, "only ranges are known"


def test_a_lottery_for_an_item_is_a_split() -> None:
    drawn = Items(("lamp",), np.array([[2.0, 2]]), np.zeros(2), np.zeros(2), np.zeros(2), np.zeros(1, bool), True)
    handed = handed_out(bargain.adjusted_winner, drawn)
    assert handed is not None
    assert handed.shares.tolist() == [0.5]
    assert handed.won.tolist() == [1, 1]


def test_what_only_one_weighs_is_not_shared() -> None:
    idle = items.efficiency.violation(halves, points([(0, 10), (10, 0)]))
    assert idle is not None
    assert "which only player 2 weighs" in str(idle)
    assert items.efficiency.violation(hands(lambda _: [0.0, 1.0]), points([(0, 10), (10, 0)])) is None


def test_equitability_asks_for_no_more_than_there_is() -> None:
    """The second player wants nothing that the first has."""
    assert items.equitability.violation(hands(lambda _: [1.0, 0.0]), points([(10, 0), (1, 2)])) is None
    assert items.equitability.violation(hands(lambda _: [1.0, 0.5]), points([(10, 0), (1, 2)])) is not None
