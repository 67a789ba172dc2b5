"""Attitudes to risk against their definitions, numerical derivatives and limits."""

from __future__ import annotations

import numpy as np
import pytest

from bargain.geometry.attitude import Attitude, Attitudes, Cara, Crra, Neutral

EVERY = [Neutral(), Cara(0.5), Cara(-0.3), Cara(0.0), Cara(3.0), Crra(0.5, -1), Crra(1, -1), Crra(3, -2), Crra(-1, -1)]
every = pytest.mark.parametrize("attitude", EVERY, ids=repr)
TOTALS = np.linspace(-0.9, 8, 90)


@every
def test_slope_and_curvature_are_derivatives(attitude: Attitude) -> None:
    step = 1e-5
    slope = (attitude.worth(TOTALS + step) - attitude.worth(TOTALS - step)) / (2 * step)
    assert attitude.slope(TOTALS) == pytest.approx(slope, rel=1e-6, abs=1e-10)
    slope = attitude.slope(TOTALS)
    second = (attitude.slope(TOTALS + step) - attitude.slope(TOTALS - step)) / (2 * step)
    assert attitude.curvature(TOTALS) == pytest.approx(-second / slope**2, rel=1e-5, abs=1e-9)


@every
def test_worth_rises_and_bends_as_it_says(attitude: Attitude) -> None:
    steps = np.diff(attitude.worth(TOTALS))
    assert (steps > 0).all()
    bends = np.diff(steps)
    assert (bends <= 1e-12).all() if attitude.averse else (bends >= -1e-12).all()


@every
def test_total_undoes_worth(attitude: Attitude) -> None:
    near = TOTALS[TOTALS < 3]
    assert attitude.total(attitude.worth(near)) == pytest.approx(near, abs=1e-9)
    assert np.isfinite(attitude.total(np.array([-1e300, 1e300]))).all() or not isinstance(attitude, Cara)


@pytest.mark.parametrize("tiny", [1e-5, 1e-9, 1e-14, 1e-300, 5e-324, 0.0])
def test_no_aversion_is_the_limit(tiny: float) -> None:
    assert Cara(tiny).worth(TOTALS) == pytest.approx(TOTALS, abs=40 * tiny + 1e-15)
    assert Crra(tiny, -2).worth(TOTALS) == pytest.approx(TOTALS + 1, abs=40 * tiny + 1e-14)
    for eta in (1 - tiny, 1 + tiny):
        assert Crra(eta, -2).worth(TOTALS) == pytest.approx(np.log(TOTALS + 2), abs=20 * tiny + 1e-14)


@pytest.mark.parametrize(
    ("attitude", "total", "bearable"),
    [
        (Cara(1.0), 229.0, True),
        (Cara(1.0), -229.0, True),
        (Cara(1.0), -231.0, False),
        (Cara(1e-12), 1e14, True),
        (Crra(0.5, 10), 10.0, False),
        (Crra(0.5, 10), 9.0, False),
        (Crra(0.5, 10), 10 + 1e-9, True),
        (Crra(3.0, 0), 1e-200, False),
        (Crra(0.5, 0), 1e150, True),
        (Neutral(), -1e300, True),
    ],
)
def test_what_has_a_definite_worth(attitude: Attitude, total: float, bearable: bool) -> None:
    assert bool(attitude.bearable(np.array(total))) is bearable
    found = [attitude.worth, attitude.slope, attitude.curvature]
    assert all(np.isfinite(function(np.array(total))) for function in found)


def test_no_worth_stands_above_its_line() -> None:
    for attitude in EVERY:
        for at in (-0.5, 1.0, 6.0, 100.0):
            low, high = np.array([TOTALS[0]]), np.array([TOTALS[-1]])
            worth = np.array([float(attitude.worth(np.array(at)))])
            slopes, offsets = Attitudes((attitude,)).lines_above(worth, low, high)
            line = slopes[0] * TOTALS + offsets[0]
            assert (line >= attitude.worth(TOTALS) - 1e-9 * np.abs(line)).all()
            if attitude.averse and at < 7:
                assert line.min() <= slopes[0] * at + offsets[0] == pytest.approx(worth[0])


def test_columns_have_their_own_attitudes() -> None:
    both = Attitudes((Neutral(), Cara(1.0)))
    assert both.worth(np.array([[2.0, 0.0], [3.0, np.log(2)]])).tolist() == [[2.0, 0.0], [3.0, pytest.approx(0.5)]]
    assert both.averse
    assert not both.neutral
    assert Attitudes((Neutral(), Neutral())).neutral
    assert not Attitudes((Neutral(), Cara(-1.0))).averse
