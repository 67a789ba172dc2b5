"""Laws of dividing what coalitions are worth, tried on random games."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from bargain.games.claims import Claims, equal_awards, equal_losses, proportional, random_arrival, talmud
from bargain.games.coalitions import Game, sums_of
from bargain.games.core import core_ranges, least_core
from bargain.games.nucleolus import nucleolus
from bargain.games.shapley import shapley_value
from bargain.games.voting import Voting
from oracles.games import random_game

WITHIN = 1e-8
half_as_often = settings(max_examples=settings().max_examples // 2)
"""For laws that solve several programmes per game."""
seeds = st.integers(0, 10**6)
games = seeds.map(lambda seed: random_game(Random(seed), 2 + seed % 3))


def nucleolus_of(game):
    return nucleolus(game).shares


values = pytest.mark.parametrize("value", [shapley_value, nucleolus_of], ids=["shapley", "nucleolus"])
problems = st.lists(st.integers(0, 9), min_size=1, max_size=5).flatmap(
    lambda claims: st.integers(0, sum(claims)).map(lambda e: Claims(float(e), np.array(claims, dtype=float)))
)


def relabelled(game, order):
    """The same game with player order[i] in place i."""
    masks = np.arange(2**game.n)
    old = sum(((masks >> place) & 1) << player for place, player in enumerate(order))
    return Game(game.values[old])


@values
@given(game=games)
@half_as_often
def test_all_is_divided(value, game):
    assert value(game).sum() == pytest.approx(game.grand, abs=WITHIN)


@values
@given(game=games, seed=seeds)
@half_as_often
def test_names_do_not_matter(value, game, seed):
    order = Random(seed).sample(range(game.n), game.n)
    assert value(relabelled(game, order)) == pytest.approx(value(game)[order], abs=WITHIN)


@values
@given(game=games)
@half_as_often
def test_players_who_are_alike_get_the_same(value, game):
    """Made alike by taking the mean of the game and the game with players 0 and 1 exchanged."""
    order = [1, 0, *range(2, game.n)]
    alike = Game((game.values + relabelled(game, order).values) / 2)
    first, second = value(alike)[:2]
    assert first == pytest.approx(second, abs=WITHIN)


@values
@given(game=games, worth=st.integers(-3, 3))
@half_as_often
def test_a_dummy_gets_what_it_is_worth_alone(value, game, worth):
    assert value(Game(np.concatenate([game.values, game.values + worth])))[-1] == pytest.approx(worth, abs=WITHIN)


@values
@given(game=games, factor=st.sampled_from([0.001, 2.0, 1e6]), shift=st.integers(-4, 4))
@half_as_often
def test_units_and_gifts_do_not_matter(value, game, factor, shift):
    gift = np.arange(game.n) + float(shift)
    changed = Game(factor * game.values + sums_of(gift))
    assert value(changed) == pytest.approx(factor * value(game) + gift, abs=WITHIN * factor + 1e-9)


@given(one=games, seed=seeds)
def test_shapley_values_of_two_games_add_up(one, seed):
    other = random_game(Random(seed), one.n)
    together = Game(one.values + other.values)
    assert shapley_value(together) == pytest.approx(shapley_value(one) + shapley_value(other), abs=WITHIN)


@given(game=games)
@half_as_often
def test_nobody_gets_less_than_alone_in_the_nucleolus(game):
    assert (nucleolus_of(game) >= game.alone - WITHIN).all()


@given(game=games)
@half_as_often
def test_the_nucleolus_lies_in_the_core_unless_that_is_empty(game):
    shares, least = nucleolus_of(game), least_core(game)
    largest = game.excesses(shares)[1:-1].max()
    assert largest >= least.excess - WITHIN
    if not least.empty:
        assert largest == pytest.approx(least.excess, abs=WITHIN)
        ranges = core_ranges(game)
        assert (ranges[:, 0] - WITHIN <= shares).all()
        assert (shares <= ranges[:, 1] + WITHIN).all()


@given(weights=st.lists(st.integers(0, 5), min_size=1, max_size=5).filter(any), seed=seeds)
@half_as_often
def test_veto_players_share_equally_in_the_nucleolus(weights, seed):
    game = Voting(np.array(weights, dtype=float), float(Random(seed).randint(1, sum(weights))))
    if game.vetoes.any():
        assert nucleolus_of(game.table()) == pytest.approx(game.vetoes / game.vetoes.sum(), abs=WITHIN)
    assert least_core(game.table()).empty == (not game.vetoes.any() and game.n > 1)


@given(problem=problems)
def test_what_a_claim_has_above_the_estate_is_ignored(problem):
    cut = Claims(problem.estate, np.minimum(problem.claims, problem.estate))
    assert talmud(cut) == pytest.approx(talmud(problem), abs=WITHIN)
    assert random_arrival(cut) == pytest.approx(random_arrival(problem), abs=WITHIN)
    assert equal_awards(cut.claims, cut.estate)[0] == pytest.approx(equal_awards(problem.claims, problem.estate)[0])


def test_but_not_by_losses_and_proportions():
    full, cut = np.array([100.0, 300.0]), np.array([100.0, 200.0])
    assert proportional(full, 200)[0].tolist() == [50, 150]
    assert proportional(cut, 200)[0] == pytest.approx([200 / 3, 400 / 3])
    assert equal_losses(full, 200)[0].tolist() == [0, 200]
    assert equal_losses(cut, 200)[0].tolist() == [50, 150]


@given(problem=problems)
def test_dividing_losses_is_dividing_awards(problem):
    claims, lost = problem.claims, float(problem.claims.sum()) - problem.estate
    mirror = Claims(lost, claims)
    assert talmud(problem) == pytest.approx(claims - talmud(mirror), abs=WITHIN)
    assert random_arrival(problem) == pytest.approx(claims - random_arrival(mirror), abs=WITHIN)
    assert proportional(claims, problem.estate)[0] == pytest.approx(claims - proportional(claims, lost)[0], abs=WITHIN)
    assert equal_losses(claims, problem.estate)[0] == pytest.approx(claims - equal_awards(claims, lost)[0], abs=WITHIN)


@given(problem=problems)
def test_larger_claims_get_more_and_lose_more(problem):
    order = np.argsort(problem.claims, kind="stable")
    for awards in (talmud(problem), equal_awards(problem.claims, problem.estate)[0], random_arrival(problem)):
        assert (np.diff(awards[order]) >= -WITHIN).all()
        assert (np.diff((problem.claims - awards)[order]) >= -WITHIN).all()
