"""The interior-point method against scipy: linear programmes exactly, concave ones by SLSQP and by duality."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog, minimize

from bargain.geometry.attitude import Attitudes, Cara, Crra
from bargain.geometry.smooth.interior import Optima, Patches, Programme, maximise
from geometry.lands import patches_of, payoffs_at, random_patches, wander

COUNT = 6
KINDS = {
    "free": {},
    "budgets": {"budgets": 2},
    "shares": {"shares": True},
    "both": {"budgets": 1, "shares": True},
}
every_kind = pytest.mark.parametrize("kind", KINDS)
every_size = pytest.mark.parametrize(("n", "m"), [(2, 3), (4, 2)])


def asked(_: Patches, floor: np.ndarray, **given: np.ndarray) -> Programme:
    named = {name: np.zeros_like(floor) for name in ("ray", "weights", "powers")} | given
    return Programme(floor=floor, span=np.full_like(floor, 3.0), **named)


def problem(kind: str, n: int, m: int, *, curved: bool) -> tuple[Patches, np.ndarray, np.random.Generator]:
    """Patches, floors that the starting points clear, and what the dice give next."""
    rng = np.random.default_rng([n, m, len(kind), curved])
    patches = random_patches(rng, COUNT, n, m, curved=curved, **KINDS[kind])
    return patches, patches.payoffs(patches.start) - rng.uniform(0.01, 0.6, size=(COUNT, n)), rng


def check_constraints(patches: Patches, floor: np.ndarray, found: Optima) -> None:
    assert found.feasible.all()
    assert (found.residual < 1e-9).all()
    assert ((found.s >= 0) & (found.s <= 1)).all()
    assert (patches.payoffs(found.s) >= floor - 1e-8).all()
    assert ((patches.limit_rows @ found.s[:, :, None])[:, :, 0] <= patches.limits + 1e-8).all()
    assert (patches.tie_rows @ found.s[:, :, None])[:, :, 0] == pytest.approx(patches.ties, abs=1e-8)


def by_slsqp(patches: Patches, row: int, loss: object, floor: np.ndarray) -> float:
    """The smallest loss(u) that scipy finds on one patch."""
    one = patches.subset(np.array([row]))

    def u(s: np.ndarray) -> np.ndarray:
        return np.asarray(one.payoffs(s[None])[0])

    rules = [{"type": "ineq", "fun": lambda s: u(s) - floor}]
    rules += [{"type": "ineq", "fun": lambda s: one.limits[0] - one.limit_rows[0] @ s}] * bool(one.limits.size)
    rules += [{"type": "eq", "fun": lambda s: one.tie_rows[0] @ s - one.ties[0]}] * bool(one.ties.size)
    start = one.start[0]
    found = minimize(
        lambda s: loss(u(s)),  # type: ignore[operator]
        start,
        bounds=[(0, 1)] * len(start),
        constraints=rules,
        method="SLSQP",
        options={"ftol": 1e-12},
    )
    kept = all(np.min(rule["fun"](found.x)) > -1e-9 for rule in rules)
    return float(found.fun) if kept and found.success else float(loss(u(start)))  # type: ignore[operator]


def by_linprog(patches: Patches, row: int, floor: np.ndarray, weights: np.ndarray, ray: np.ndarray) -> float:
    """The largest weights.u, or the largest t with u >= floor + t ray, on one straight patch."""
    one = patches.subset(np.array([row]))
    m = one.start.shape[1]
    budgets = np.c_[one.limit_rows[0], np.zeros(len(one.limits[0]))]
    answer = linprog(
        -np.append(weights @ one.slope[0], float(ray.any())),
        A_ub=np.vstack([np.c_[-one.slope[0], ray], budgets]),
        b_ub=np.r_[one.constant[0] - floor, one.limits[0]],
        A_eq=np.c_[one.tie_rows[0], np.zeros(len(one.ties[0]))] if one.ties.size else None,
        b_eq=one.ties[0] if one.ties.size else None,
        bounds=[(0, 1)] * m + [(None, None) if ray.any() else (0, 0)],
        method="highs",
    )
    assert answer.status == 0
    return float(-answer.fun + weights @ one.constant[0])


@every_kind
@every_size
def test_straight_sums_and_rays(kind: str, n: int, m: int) -> None:
    patches, floor, rng = problem(kind, n, m, curved=False)
    weights, ray, nothing = rng.uniform(0, 2, size=n), rng.uniform(0.2, 2, size=n), np.zeros(n)
    found = maximise(patches, asked(patches, floor, weights=np.tile(weights, (COUNT, 1))))
    check_constraints(patches, floor, found)
    wanted = [by_linprog(patches, row, floor[row], weights, nothing) for row in range(COUNT)]
    assert patches.payoffs(found.s) @ weights == pytest.approx(wanted, abs=1e-8)
    ray[0] = 0 if n > 2 else ray[0]
    found = maximise(patches, asked(patches, floor, ray=np.tile(ray, (COUNT, 1))))
    check_constraints(patches, floor + found.reach[:, None] * ray, found)
    wanted = [by_linprog(patches, row, floor[row], nothing, ray) for row in range(COUNT)]
    assert found.reach == pytest.approx(wanted, abs=1e-8)


@every_kind
@every_size
@pytest.mark.parametrize("curved", [False, True])
def test_products(kind: str, n: int, m: int, curved: bool) -> None:
    """As good as scipy's; and at the prices powers/gains no point of the patch is worth more."""
    patches, floor, rng = problem(kind, n, m, curved=curved)
    powers = rng.uniform(0.3, 3, size=n)
    found = maximise(patches, asked(patches, floor, powers=np.tile(powers, (COUNT, 1))))
    check_constraints(patches, floor, found)
    best = patches.payoffs(found.s)
    assert found.prices == pytest.approx(powers / (best - floor), rel=1e-6)
    for row in range(COUNT):
        if row < 1:
            loss = by_slsqp(patches, row, lambda u, d=floor[row]: -powers @ np.log(np.maximum(u - d, 1e-9)), floor[row])
            assert powers @ np.log(best[row] - floor[row]) >= -loss - 1e-7
        around = payoffs_at(patches, row, wander(patches, row, rng))
        assert (around @ found.prices[row]).max() <= best[row] @ found.prices[row] + 1e-7


@every_kind
@every_size
def test_curved_sums_and_their_prices(kind: str, n: int, m: int) -> None:
    """The cut: nowhere on the patch is (weights + prices).u - prices.floor above the best sum."""
    patches, floor, rng = problem(kind, n, m, curved=True)
    weights = rng.uniform(0, 2, size=n) * (rng.random(n) < 0.7)
    weights[0] = 1
    found = maximise(patches, asked(patches, floor, weights=np.tile(weights, (COUNT, 1))))
    check_constraints(patches, floor, found)
    best = patches.payoffs(found.s) @ weights
    for row in range(COUNT):
        if row < 1:
            assert best[row] >= -by_slsqp(patches, row, lambda u: -weights @ u, floor[row]) - 1e-7
        around = payoffs_at(patches, row, wander(patches, row, rng))
        bound = around @ (weights + found.prices[row]) - found.prices[row] @ floor[row]
        assert bound.max() <= best[row] + 1e-7


@every_kind
@every_size
def test_curved_rays_and_their_prices(kind: str, n: int, m: int) -> None:
    """Prices of a ray add up to 1 along it, and nowhere on the patch is prices.(u - floor) above its length."""
    patches, floor, rng = problem(kind, n, m, curved=True)
    ray = rng.uniform(0.2, 2, size=n)
    found = maximise(patches, asked(patches, floor, ray=np.tile(ray, (COUNT, 1))))
    check_constraints(patches, floor + found.reach[:, None] * ray, found)
    assert found.prices @ ray == pytest.approx(np.ones(COUNT), abs=1e-7)
    for row in range(COUNT):
        around = payoffs_at(patches, row, wander(patches, row, rng))
        assert ((around - floor[row]) @ found.prices[row]).max() <= found.reach[row] + 1e-7


def test_hopeless_patches_are_flagged_beside_the_others() -> None:
    patches, floor, _ = problem("free", 2, 2, curved=True)
    floor[::2, 1] += 50
    programme = asked(patches, floor, powers=np.ones_like(floor))
    found = maximise(patches, programme)
    assert found.feasible.tolist() == [row % 2 == 1 for row in range(COUNT)]
    alone = maximise(patches.subset(np.array([1])), programme.subset(np.array([1])))
    assert alone.s[0] == pytest.approx(found.s[1], abs=1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_a_patch_that_meets_its_floors_at_one_corner_only(seed: int) -> None:
    """No interior point: it must be found all the same, beside patches that take longer."""
    rng = np.random.default_rng(seed)
    n, m = rng.integers(2, 4, size=2)
    patches = random_patches(rng, COUNT, n, m, curved=seed % 2 == 1)
    corner = rng.integers(0, 2, size=(COUNT, m)).astype(float)
    slope, quad, coef = patches.slope.copy(), patches.quad.copy(), patches.coef.copy()
    slope[:, 0] = np.abs(slope[:, 0]) * np.where(corner > 0, 1, -1)
    quad[:, 0] = coef[:, 0] = 0
    patches = replace(patches, slope=slope, quad=quad, coef=coef)
    best = patches.payoffs(corner)
    floor = best - rng.uniform(0, 1, size=best.shape)
    floor[:, 0] = best[:, 0]
    floor[0] -= 1
    found = maximise(patches, asked(patches, floor, weights=np.tile(np.eye(n)[1], (COUNT, 1))))
    assert found.feasible.all()
    assert patches.payoffs(found.s)[1:] == pytest.approx(best[1:], abs=1e-6)
    assert np.quantile(found.residual, 0.8) < 1e-9


def test_budgets_that_exclude_each_other() -> None:
    rows = np.array([[[1.0], [-1.0]]])
    torn = patches_of(np.zeros((1, 1)), np.ones((1, 1, 1)), limit_rows=rows, limits=np.array([[0.2, -0.6]]))
    programme = Programme(*(np.full((1, 1), x) for x in (-9.0, 0.0, 1.0, 0.0, 1.0)))
    assert not maximise(torn, programme).feasible[0]


def test_a_tilt_chooses_among_ties() -> None:
    """Two equal coordinates share a fixed sum; a tilt leans to the smallest first coordinate, or the largest."""
    flat = patches_of(np.zeros((1, 1)), np.ones((1, 1, 2)), tie_rows=np.ones((1, 1, 2)), ties=np.ones((1, 1)))
    for tilt, wanted in ((1.0, [0, 1]), (-1.0, [1, 0])):
        programme = Programme(*(np.full((1, 1), x) for x in (0.0, 0.0, 0.0, 0.0, 1.0)), tilt=tilt)
        assert maximise(flat, programme).s[0] == pytest.approx(wanted, abs=1e-6)


def test_derivatives() -> None:
    rng = np.random.default_rng(0)
    patches = random_patches(rng, 5, 3, 2, curved=True)
    s, step = rng.uniform(0.2, 0.8, size=(5, 2)), 1e-5
    first, second = patches.derivatives(s)
    for k in range(2):
        ahead, behind = (patches.payoffs(s + sign * step * np.eye(2)[k]) for sign in (1, -1))
        assert (ahead - behind) / (2 * step) == pytest.approx(first[:, :, k], abs=1e-6)
        assert (ahead - 2 * patches.payoffs(s) + behind) / step**2 == pytest.approx(second[:, :, k], abs=1e-4)


BENT = Attitudes((Cara(0.7), Crra(2.0, -20.0)))


def test_derivatives_of_bent_payoffs_are_those_of_differences() -> None:
    patches, _, _ = problem("free", 2, 3, curved=True)
    patches = replace(patches, attitudes=BENT)
    s, step = patches.start, 1e-4
    first, second = patches.derivatives(s)
    curvature = patches.curvature(s)
    assert curvature is not None
    hessian = second[:, :, :, None] * np.eye(3) - curvature[:, :, None, None] * first[:, :, :, None] * first[:, :, None]
    for k in range(3):
        hop = step * np.eye(3)[k]
        slope = (patches.payoffs(s + hop) - patches.payoffs(s - hop)) / (2 * step)
        assert first[:, :, k] == pytest.approx(slope, rel=1e-5, abs=1e-7)
        bend = (patches.derivatives(s + hop)[0] - patches.derivatives(s - hop)[0]) / (2 * step)
        assert hessian[:, :, k] == pytest.approx(bend, rel=1e-3, abs=1e-5)


@every_kind
def test_no_point_has_a_larger_product_of_bent_gains(kind: str) -> None:
    patches, _, _ = problem(kind, 2, 3, curved=True)
    patches = replace(patches, attitudes=BENT)
    floor = patches.payoffs(patches.start) - 0.05
    found = maximise(patches, asked(patches, floor, powers=np.ones_like(floor)))
    check_constraints(patches, floor, found)
    own = np.log(patches.payoffs(found.s) - floor).sum(axis=1)
    for row in range(COUNT):
        others = payoffs_at(patches, row, wander(patches, row, np.random.default_rng(row), 150)) - floor[row]
        inside = (others > 0).all(axis=1)
        assert np.log(others[inside]).sum(axis=1).max(initial=-np.inf) <= own[row] + 1e-9
