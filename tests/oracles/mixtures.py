"""Random sums of blocks, and complaints about lotteries over them: every answer against linear programs and prices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.optimize import linprog

from oracles.programs import CLOSE, Lotteries

CLEAR = 1e-7
"""A gain, in what is at stake, that is beyond doubt."""
LOOSE = 1e-6
"""How far linear programs one after another may drift."""


@dataclass(frozen=True)
class Case:
    """Blocks that add up, all the sums, disagreement, powers."""

    blocks: list[np.ndarray]
    d: np.ndarray
    powers: np.ndarray

    @cached_property
    def sums(self) -> np.ndarray:
        """(k, n) everything that can be agreed on."""
        total = np.zeros((1, len(self.d)))
        for block in self.blocks:
            total = (total[:, None] + block[None]).reshape(-1, len(self.d))
        return total

    @cached_property
    def lotteries(self) -> Lotteries:
        """The linear programs."""
        return Lotteries(self.sums - self.d)

    @cached_property
    def stake(self) -> float:
        """The most that is at stake for anybody."""
        return max(float(np.ptp(np.vstack([self.sums, self.d]), axis=0).max()), 1e-3)


def random_case(seed: int, players: int | None = None) -> Case:
    """Up to five players: whole numbers with ties, opposed interests, reals of any size, hardly any difference."""
    rng = np.random.default_rng(seed)
    n = players or int(rng.integers(1, 6))
    kind = rng.choice(["whole", "opposed", "real", "hardly"])
    blocks = [_block(rng, kind, int(rng.integers(1, 6)), n) for _ in range(rng.integers(1, 4))]
    case = Case(blocks, np.zeros(n), rng.choice([0.5, 1, 2, 3, 7], size=n))
    low, high = case.sums.min(axis=0), case.sums.max(axis=0)
    d = {
        "zero": np.zeros(n),
        "on an agreement": case.sums[rng.integers(len(case.sums))],
        "far below": low - rng.choice([1, 50]),
        "in the middle": case.sums.mean(axis=0),
        "demanding": high - rng.integers(0, 3, size=n),
        "one-sided": np.where(rng.random(n) < 0.5, high, low),
    }
    return Case(blocks, d[rng.choice(list(d))], case.powers)


def _block(rng: np.random.Generator, kind: str, rows: int, n: int) -> np.ndarray:
    if kind == "whole":
        return rng.integers(-2, 4, size=(rows, n)).astype(float)
    if kind == "opposed":
        block = rng.integers(0, 5, size=(rows, n)).astype(float)
        return np.c_[block[:, :-1], -block[:, :-1].sum(axis=1)] if n > 1 else block
    if kind == "real":
        return rng.normal(size=(rows, n)) * 10.0 ** rng.integers(-2, 3)
    return rng.choice([0.0, 0.0, 0.0, 1.0, -1.0], size=(rows, n))


def complaints_about(case: Case, feasible: Any, listed: np.ndarray) -> list[str]:
    """Everything in which a feasible set and the programs differ; places are rows of ``listed`` or picks."""
    least = case.lotteries.largest_minimum_gain
    complaints = []
    if abs(feasible.outlook.least_gain - least) > CLEAR * case.stake:
        complaints.append(f"least gain {feasible.outlook.least_gain} instead of {least}")
    if feasible.rational != (least >= 0) and abs(least) > CLEAR * case.stake:
        complaints.append(f"rational is {feasible.rational}, but the least gain {least}")
    if feasible.rational and least >= -1e-12:
        complaints += _about_ideal(case, feasible)
        for name, choice in _choices(case, feasible).items():
            complaints += [f"{name}: {text}" for text in _about_mixtures(case, choice, listed)]
        complaints += [*_about_products(case, feasible), *_about_totals(case, feasible)]
        complaints += [*_about_rays(case, feasible), *_about_losses(case, feasible)]
    return complaints


def _choices(case: Case, feasible: Any) -> dict[str, Any]:
    return {
        "product": feasible.product(case.powers),
        "total": feasible.total(case.powers),
        "along": feasible.along(case.powers),
        "least_loss": feasible.least_loss(feasible.ideal),
    }


def _about_mixtures(case: Case, choice: Any, listed: np.ndarray) -> Iterator[str]:
    """Points must be what the mixtures pay, of few agreements, with nobody below disagreement."""
    for mixture, point in zip(choice.mixtures, choice.points, strict=True):
        paid = np.zeros(len(case.d))
        for chance, place in mixture:
            rows = getattr(place, "rows", None)
            pays = listed[place] if rows is None else sum(b[r] for b, r in zip(case.blocks, rows, strict=True))
            paid += chance * pays
        if abs(sum(chance for chance, _ in mixture) - 1) > 1e-12 or min(chance for chance, _ in mixture) <= 0:
            yield f"chances {mixture}"
        if np.abs(paid - point).max() > 1e-10 * case.stake:
            yield f"{point} is not what {mixture} pays, {paid}"
        if len(mixture) > len(case.d):
            yield f"{len(mixture)} agreements in one lottery"
        if (point < case.d - 1e-8 * case.stake).any():
            yield f"{point} below disagreement"


def _about_ideal(case: Case, feasible: Any) -> Iterator[str]:
    wanted = case.lotteries.ideal
    if np.abs(feasible.ideal - case.d - wanted).max() > LOOSE * case.stake:
        yield f"ideal gains {feasible.ideal - case.d} instead of {wanted}"


def _about_products(case: Case, feasible: Any) -> Iterator[str]:
    """Whoever can gain does, and at prices power/gain no rational lottery is worth more."""
    able = np.array(case.lotteries.ideal) > CLEAR * case.stake
    for powers in (np.ones(len(case.d)), case.powers):
        choice = feasible.product(powers)
        gains = choice.points[0] - case.d
        if np.any(able & (gains <= 0)) or np.any(~able & (gains > 2 * CLEAR * case.stake)):
            yield f"product: gains {gains}, those who can gain {able}"
            continue
        prices = np.where(able, powers / powers.sum() / np.where(able, gains, 1), 0.0)
        excess = case.lotteries.gap(prices, gains) if able.any() else 0.0
        if not excess <= LOOSE:
            yield f"product: gap {excess} at gains {gains}"
        if choice.prices is not None and ((case.sums - choice.points[0]) @ choice.prices).max() > 1e-8:
            yield f"product: the prices {choice.prices} do not support {choice.points[0]}"


def _about_totals(case: Case, feasible: Any) -> Iterator[str]:
    for weights in (np.ones(len(case.d)), case.powers):
        choice = feasible.total(weights)
        for point in choice.points:
            excess = case.lotteries.gap(weights, point - case.d)
            if not excess <= LOOSE * case.stake:
                yield f"total: {point} is {excess} below the largest"
        if choice.continuum != (len(choice.points) > 1):
            yield f"total: continuum {choice.continuum}, points {choice.points}"


def _higher(found: np.ndarray, wanted: np.ndarray, stake: float) -> bool:
    """Whether the first level that differs by more than a linear programme can tell is higher.

    Where facets are all but parallel, giving up 1e-11 on one level can be worth much on the next.
    """
    steps = np.sort(found) - np.sort(wanted)
    telling = np.flatnonzero(np.abs(steps) > 1e-9 * stake)
    return len(telling) > 0 and bool(steps[telling[0]] > 0)


def _about_rays(case: Case, feasible: Any) -> Iterator[str]:
    for ray in (np.ones(len(case.d)), case.powers):
        choice = feasible.along(ray)
        gains, wanted = choice.points[0] - case.d, np.array(case.lotteries.leximin(ray.tolist()))
        if np.abs(gains - wanted).max() > 1e-5 * case.stake and not _higher(gains / ray, wanted / ray, case.stake):
            yield f"along {ray}: gains {gains} instead of {wanted}"
        if np.abs(choice.ray_point - case.d - ray * (gains / ray).min()).max() > 1e-8 * case.stake:
            yield f"along {ray}: ray point {choice.ray_point} below {choice.points[0]}"


def _about_losses(case: Case, feasible: Any) -> Iterator[str]:
    target = case.d + np.array(case.lotteries.ideal)
    choice, wanted = feasible.least_loss(target), _least_loss(case, target)
    if abs((target - choice.points[0]).max() - wanted) > LOOSE * case.stake:
        yield f"least loss {(target - choice.points[0]).max()} instead of {wanted}"
    if np.abs(choice.ray_point - np.maximum(target - wanted, case.d)).max() > LOOSE * case.stake:
        yield f"least loss: ray point {choice.ray_point}, loss {wanted}"


def _least_loss(case: Case, target: np.ndarray) -> float:
    """The smallest t with ``u >= target - t`` and ``u >= d`` for a lottery u."""
    count, n = case.sums.shape
    rows = np.vstack([np.c_[-case.sums.T, -np.ones(n)], np.c_[-case.sums.T, np.zeros(n)]])
    answer = linprog(
        np.append(np.zeros(count), 1),
        A_ub=rows,
        b_ub=np.append(-target, -case.d + 1e-10 * case.stake),
        A_eq=np.append(np.ones(count), 0)[None],
        b_eq=[1],
        bounds=[(0, None)] * count + [(None, None)],
        method="highs",
        options=CLOSE,
    )
    return float(answer.fun)
