"""Games as arrays: sizes that are refused, votes with decimals, ties that rounding would break."""

from fractions import Fraction

import numpy as np
import pytest

from bargain.errors import NotApplicable
from bargain.games.claims import Claims, equal_awards, equal_losses, proportional, random_arrival, talmud
from bargain.games.coalitions import Game, members_of, sums_of
from bargain.games.core import core_corners, core_ranges, least_core
from bargain.games.counting import whole_numbers
from bargain.games.nucleolus import nucleolus
from bargain.games.shapley import marginal_contributions, shapley_value
from bargain.games.voting import Voting


def test_a_game_has_a_value_for_every_coalition():
    for values in ([0.0], [0.0, 1, 2], [1.0, 2]):
        with pytest.raises(ValueError, match=r"coalition|values"):
            Game(np.array(values))
    game = Game(np.array([0.0, 1, 2, 5]))
    assert (game.n, game.grand, game.alone.tolist(), game.table() is game) == (2, 5, [1, 2], True)
    assert game.members.tolist() == members_of(2).tolist() == [[0, 0], [1, 0], [0, 1], [1, 1]]
    assert game.excesses(np.array([3.0, 2.0])).tolist() == [0, -2, 0, 0]


def test_marginal_contributions_by_size():
    game = Game(np.array([0.0, 1, 2, 5, 0, 1, 2, 8]))
    average = marginal_contributions(game)
    assert average.tolist() == [[1, (3 + 1) / 2, 6], [2, (4 + 2) / 2, 7], [0, 0, 3]]
    assert shapley_value(game) == pytest.approx(average.mean(axis=1))


def test_too_many_players_are_refused_in_words():
    with pytest.raises(NotApplicable, match="21 players cannot be listed"):
        sums_of(np.ones(21))
    game = Game(np.zeros(2**17))
    for refuses in (nucleolus, least_core):
        with pytest.raises(NotApplicable, match="at most 16 players, and there are 17"):
            refuses(game)
    fine = Voting(np.full(25, 1 / 3), 4.0)
    with pytest.raises(NotApplicable, match="round the votes"):
        _ = fine.power
    with pytest.raises(NotApplicable, match="round the claims"):
        random_arrival(Claims(3.0, np.full(25, 1 / 3)))


def test_votes_with_decimals_are_exact():
    """0.1 + 0.2 reaches 0.3."""
    voting = Voting(np.array([0.1, 0.2, 0.3]), 0.3)
    assert voting.table().values.tolist() == [0, 0, 0, 1, 1, 1, 1, 1]
    assert voting.power.pivots == (1, 1, 4)
    assert voting.power.swings == (1, 1, 3)
    assert voting.power.banzhaf == (Fraction(1, 5), Fraction(1, 5), Fraction(3, 5))
    assert voting.power.banzhaf_absolute == (Fraction(1, 4), Fraction(1, 4), Fraction(3, 4))
    thirds = Voting(np.full(3, 1 / 3), 2 / 3)
    assert thirds.power.shapley_shubik == (Fraction(1, 3),) * 3


def test_whole_numbers():
    assert whole_numbers([0.5, 1.25, 2], 3) == [2, 5, 8]
    assert whole_numbers([0.1 + 0.2, 0.6], 3) == [1, 2]
    assert whole_numbers([1 / 3, 1.0], 3) is None


def test_vetoes():
    assert Voting(np.array([3.0, 1, 1]), 4).vetoes.tolist() == [True, False, False]
    assert not Voting(np.array([1.0, 1, 1]), 2).vetoes.any()
    assert Voting(np.array([5.0, 0]), 5).alone.tolist() == [1, 0]


def test_fifty_players_are_counted():
    """States of equal weight in pairs: a sum to 1 in exact fractions, and equal shares for equal votes."""
    voting = Voting(np.array([float(3 + k // 2) for k in range(50)]), 400.0)
    power = voting.power.shapley_shubik
    assert sum(power) == 1
    assert all(power[k] == power[k + 1] for k in range(0, 50, 2))
    assert list(power) == sorted(power)


def test_many_claims():
    claims = np.arange(1.0, 41.0)
    problem = Claims(300.0, claims)
    for awards in (talmud(problem), random_arrival(problem), *(rule(claims, 300.0)[0] for rule in (
            equal_awards, equal_losses, proportional))):  # fmt: skip
        assert awards.sum() == pytest.approx(300)
        assert (awards >= 0).all()
        assert (awards <= claims + 1e-9).all()


@pytest.mark.parametrize(
    ("estate", "claims"), [(0.0, [2.0, 3.0]), (5.0, [2.0, 3.0]), (0.0, [0.0, 0.0]), (3.0, [3.0]), (3.0, [0.0, 3.0])]
)
def test_claims_at_the_ends(estate, claims):
    problem, asked = Claims(estate, np.array(claims)), np.array(claims)
    expected = [0.0] * len(claims) if estate == 0 else claims
    for rule in (equal_awards, equal_losses, proportional):
        assert rule(asked, estate)[0] == pytest.approx(expected)
    assert talmud(problem) == pytest.approx(expected)
    assert random_arrival(problem) == pytest.approx(expected)


def test_one_player():
    game = Game(np.array([0.0, 3.0]))
    assert nucleolus(game).shares.tolist() == shapley_value(game).tolist() == [3]
    assert core_corners(game).tolist() == [[3]]
    assert core_ranges(game).tolist() == [[3, 3]]
    assert not least_core(game).empty


def test_more_alone_than_together():
    with pytest.raises(NotApplicable, match="4 alone and 2 together"):
        nucleolus(Game(np.array([0.0, 3, 1, 2])))


@pytest.mark.parametrize("offset", [0.0, 1e6, 1e9])
@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e9])
def test_scale(offset, unit):
    """Worths of any size, and what everybody has anyway, leave the core where it is."""
    base = np.array([0.0, 0, 0, 4, 1, 5, 6, 10]) * unit
    game = Game(base + sums_of(np.full(3, offset * unit)))
    within = unit * max(1e-9, 1e-15 * offset * 100)
    assert nucleolus(game).shares - offset * unit == pytest.approx(np.array([7, 10, 13]) * unit / 3, abs=within)
    ranges = core_ranges(game) - offset * unit
    assert ranges == pytest.approx(np.array([[0, 4], [0, 5], [1, 6]]) * unit, abs=within)
    assert not least_core(game).empty
    corners = core_corners(game)
    assert corners is not None
    assert len(corners) == 4


def test_a_core_of_one_point_is_not_empty():
    """Rounding must not decide: tenths and thirds of a game whose core is one point."""
    for unit in (0.1, 1 / 3, 0.7):
        game = Game(np.array([0.0, 0, 0, 2, 0, 2, 2, 3]) * unit)
        assert least_core(game).excess == 0
        assert core_corners(game) == pytest.approx(np.full((1, 3), unit))


def test_five_players_have_ranges_but_no_list_of_corners():
    game = Game(sums_of(np.ones(5)) ** 2)
    assert core_corners(game) is None
    assert core_ranges(game) == pytest.approx(np.array([[1.0, 9.0]] * 5))
    assert nucleolus(game).shares == pytest.approx([5] * 5)
