"""The package's games against slow, independent ones; and the judges against wrong answers."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from bargain.games.claims import Claims, equal_awards, equal_losses, random_arrival, talmud
from bargain.games.coalitions import Game
from bargain.games.core import core_corners, core_ranges, least_core
from bargain.games.nucleolus import nucleolus
from bargain.games.shapley import shapley_value
from bargain.games.voting import Voting
from oracles.awards import contested_garment_complaints, equal_complaints, plain_complaints
from oracles.corners import nucleolus_by_corners
from oracles.games import as_sets, random_game
from oracles.kohlberg import kohlberg_complaints
from oracles.orders import average_over_orders, first_come


def floats(numbers):
    return [float(number) for number in numbers]


def compare_games(seed: int, sizes: tuple[int, ...], *, exact: int) -> None:
    """One random game: Shapley by orders, nucleolus by Kohlberg's test and, up to ``exact`` players, by corners."""
    chance = Random(seed)
    game = random_game(chance, chance.choice(sizes))
    worth = as_sets(game)
    assert shapley_value(game) == pytest.approx(floats(average_over_orders(game.n, worth.__getitem__)), abs=1e-12)
    found = nucleolus(game).shares
    assert kohlberg_complaints({s: float(v) for s, v in worth.items()}, found.tolist()) == [], game.values.tolist()
    if game.n <= exact:
        assert found == pytest.approx(floats(nucleolus_by_corners(worth, game.n)), abs=1e-9), game.values.tolist()


@pytest.mark.parametrize("seed", range(25))
def test_small_games(seed):
    compare_games(seed, (2, 3, 4), exact=3)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(20))
def test_many_games(block):
    for seed in range(1000 + 40 * block, 1040 + 40 * block):
        compare_games(seed, (2, 3, 4, 5, 6), exact=3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_four_players_by_corners(seed):
    game = random_game(Random(seed), 4)
    assert nucleolus(game).shares == pytest.approx(floats(nucleolus_by_corners(as_sets(game), 4)), abs=1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_core(seed):
    """Empty exactly if a balanced collection is worth more than all; corners and ranges agree with each other."""
    chance = Random(seed)
    game = random_game(chance, chance.choice((2, 3, 4)))
    least = least_core(game)
    excesses = game.excesses(least.shares)[1:-1]
    assert excesses.max() == pytest.approx(least.excess, abs=1e-9)
    total = sum(weight * game.members[s] for s, weight in least.weights.items())
    assert total == pytest.approx(np.ones(game.n), abs=1e-9)
    assert (least.balanced > game.grand + 1e-9) == least.empty
    corners = core_corners(game)
    assert corners is not None
    assert (len(corners) == 0) == least.empty
    if not least.empty:
        assert all(game.excesses(corner).max() <= 1e-9 for corner in corners)
        assert core_ranges(game) == pytest.approx(
            np.stack([corners.min(axis=0), corners.max(axis=0)], axis=1), abs=1e-9
        )


@pytest.mark.parametrize("seed", range(12))
def test_votes(seed):
    chance = Random(seed)
    n = chance.randint(2, 6)
    unit = chance.choice([1, 0.1, 2.5])
    weights = [chance.randint(0, 5) for _ in range(n)]
    weights[0] += 1
    quota = chance.randint(1, sum(weights))
    power = Voting(np.array(weights) * unit, quota * unit).power
    worth = {True: Fraction(1), False: Fraction(0)}
    assert list(power.shapley_shubik) == average_over_orders(n, lambda s: worth[sum(weights[i] for i in s) >= quota])
    assert power == Voting(np.array(weights) * unit, quota * unit)._listed_power()


@pytest.mark.parametrize("seed", range(12))
def test_claims(seed):
    chance = Random(seed)
    claims = [chance.randint(0, 8) for _ in range(chance.randint(1, 5))]
    estate = chance.randint(0, sum(claims))
    problem = Claims(estate, np.array(claims, dtype=float))
    awards = talmud(problem)
    assert contested_garment_complaints(claims, awards.tolist()) == []
    assert nucleolus(problem.table()).shares == pytest.approx(awards, abs=1e-9)
    assert random_arrival(problem) == pytest.approx(floats(first_come(Fraction(estate), [*map(Fraction, claims)])))
    equal, losses = equal_awards(problem.claims, estate)[0], equal_losses(problem.claims, estate)[0]
    assert equal_complaints(claims, equal.tolist()) == []
    assert equal_complaints(claims, (problem.claims - losses).tolist()) == []
    for found in (awards, equal, losses):
        assert plain_complaints(estate, claims, found.tolist()) == []


def test_counting_for_more_players_than_can_be_listed(monkeypatch):
    problem = Claims(13, np.array([2.0, 3, 5, 7, 9]))
    listed = random_arrival(problem)
    monkeypatch.setattr("bargain.games.claims.LISTED", 4)
    assert random_arrival(problem) == pytest.approx(listed, abs=1e-12)


MAJORITY = {frozenset(s): float(len(s) >= 2) for s in ((), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2))}
ESTATE = as_sets(Claims(200, np.array([100.0, 200, 300])).table())


@pytest.mark.parametrize(
    ("worth", "right", "wrong"),
    [
        (MAJORITY, [1 / 3, 1 / 3, 1 / 3], [[0.5, 0.5, 0], [0.34, 0.33, 0.33], [0.3, 0.3, 0.3], [1.2, -0.1, -0.1]]),
        (ESTATE, [50, 75, 75], [[100 / 3, 250 / 3, 250 / 3], [50, 75.01, 74.99], [0, 50, 150], [66, 67, 67]]),
    ],
)
def test_kohlberg_notices_wrong_answers(worth, right, wrong):
    numbers = {s: float(v) for s, v in worth.items()}
    assert kohlberg_complaints(numbers, right) == []
    assert all(kohlberg_complaints(numbers, answer) for answer in wrong)


def test_corners_and_orders_notice_wrong_answers():
    exact = {s: Fraction(v) for s, v in MAJORITY.items()}
    assert nucleolus_by_corners(exact, 3) == [Fraction(1, 3)] * 3
    glove = {s: Fraction(int(2 in s and len(s) > 1)) for s in MAJORITY}
    assert nucleolus_by_corners(glove, 3) == [0, 0, 1]
    assert average_over_orders(3, glove.__getitem__) == [Fraction(1, 6), Fraction(1, 6), Fraction(2, 3)]
    assert first_come(Fraction(200), [*map(Fraction, (100, 200, 300))]) == [Fraction(100, 3), *[Fraction(250, 3)] * 2]


def test_judges_of_awards_notice_wrong_answers():
    claims = [100, 200, 300]
    assert contested_garment_complaints(claims, [50, 75, 75]) == []
    assert contested_garment_complaints(claims, [66, 67, 67])
    assert equal_complaints(claims, [100, 120, 120]) == []
    assert equal_complaints(claims, [90, 125, 125])
    assert plain_complaints(200, claims, [50, 75, 75]) == []
    assert plain_complaints(200, claims, [50, 75, 74])
    assert plain_complaints(200, claims, [110, 90, 0])
    assert plain_complaints(200, claims, [-10, 10, 200])


def test_a_fixed_excess_must_be_constant():
    """Every coalition that a level names has its excess in all optimal divisions: degenerate duals fix too little,
    never too much."""
    game = Game(np.array([0.0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 2, 0, 2, 2, 2]))  # any three of four win 2
    found = nucleolus(game)
    assert found.shares == pytest.approx([0.5] * 4)
    assert [round(level.excess, 9) for level in found.levels] == [0.5]
