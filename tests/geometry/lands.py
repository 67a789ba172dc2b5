"""Small random patches and lands, and plain ways to look at every point of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from bargain.geometry.menu import Menu
from bargain.geometry.pareto import efficient
from bargain.geometry.smooth.interior import Patches
from bargain.geometry.smooth.patchwork import Patchwork
from bargain.geometry.smooth.search import Land

CURVES = ("slope", "quad", "coef", "base", "reach")


def patches_of(constant: np.ndarray, slope: np.ndarray, **given: np.ndarray) -> Patches:
    """Patches that are straight and free unless something else is given."""
    count, n, m = slope.shape
    arrays = {name: np.zeros((count, n, m)) for name in CURVES} | {
        "constant": constant,
        "slope": slope,
        "exponent": np.ones((count, n, m)),
        "limit_rows": np.zeros((count, 0, m)),
        "limits": np.zeros((count, 0)),
        "tie_rows": np.zeros((count, 0, m)),
        "ties": np.zeros((count, 0)),
        "start": np.full((count, m), 0.5),
        "width": np.ones((count, m)),
    }
    return Patches(**arrays | given)


def random_patches(
    rng: np.random.Generator, count: int, n: int, m: int, *, curved: bool, budgets: int = 0, shares: bool = False
) -> Patches:
    """Concave patches whose starting points keep budgets and equations."""
    size = (count, n, m)
    given: dict[str, np.ndarray] = {"start": rng.uniform(0.2, 0.8, size=(count, m))}
    if curved:
        base, top = rng.uniform(0.05, 1, size=(2, *size))
        given |= {
            "quad": -rng.uniform(0, 2, size=size),
            "coef": rng.uniform(0, 2, size=size),
            "base": base,
            "reach": top - base,
            "exponent": rng.choice([0.3, 0.5, 1.0], size=size),
        }
    if budgets:
        rows = rng.uniform(-0.3, 1, size=(count, budgets, m))
        limits = (rows @ given["start"][:, :, None])[:, :, 0] + rng.uniform(0.01, 0.2, size=(count, budgets))
        given |= {"limit_rows": rows, "limits": limits}
    if shares:
        rows = rng.uniform(0.2, 1, size=(count, 1, m))
        given |= {"tie_rows": rows, "ties": (rows @ given["start"][:, :, None])[:, :, 0]}
    return patches_of(rng.normal(size=(count, n)), rng.normal(size=size) * 2, **given)


def wander(patches: Patches, row: int, rng: np.random.Generator, count: int = 60) -> np.ndarray:
    """(count, m) random coordinates of one patch within its box, budgets and equations, by hops from its start."""
    one = patches.subset(np.array([row]))
    m = one.start.shape[1]
    walls = np.vstack([np.eye(m), -np.eye(m), one.limit_rows[0]])
    limits = np.r_[np.ones(m), np.zeros(m), one.limits[0]]
    free = np.eye(m) - np.linalg.pinv(one.tie_rows[0]) @ one.tie_rows[0]
    s, found = one.start[0], []
    for _ in range(count):
        step = free @ rng.normal(size=m)
        speed, room = walls @ step, np.maximum(limits - walls @ s, 0)
        far = np.min(room[speed > 1e-12] / speed[speed > 1e-12], initial=1e3)
        s = s + step * far * rng.choice([rng.random(), 1.0])
        found.append(s)
    return np.array(found)


def payoffs_at(patches: Patches, row: int, s: np.ndarray) -> np.ndarray:
    """(count, n) payoffs of one patch at coordinates ``s`` (count, m)."""
    return patches.subset(np.full(len(s), row)).payoffs(s)


def straight_land(blocks: list[tuple[np.ndarray, np.ndarray]], *, bend: float = 0.0) -> Land:
    """Blocks (low, high), each (patches, n): payoffs at both ends of a coordinate; equal ends are a plain option.

    With ``bend`` every coordinate's payoffs bulge above the line by at most that much.
    """
    m = len(blocks)

    def build(keys: np.ndarray) -> Patches:
        low = [low[keys[:, column]] for column, (low, _) in enumerate(blocks)]
        rise = [(high - low)[keys[:, column]] for column, (low, high) in enumerate(blocks)]
        width = np.stack([np.abs(step).max(axis=1) > 0 for step in rise], axis=1).astype(float)
        bulge = 4 * bend * width[:, None, :] * np.ones((1, low[0].shape[1], 1))
        return patches_of(np.sum(low, axis=0), np.stack(rise, axis=2) + bulge, quad=-bulge, width=width)

    corners = tuple(np.stack([low, high], axis=1) for low, high in blocks)
    moving = [(np.abs(high - low).max(axis=1, keepdims=True) > 0) * np.ones_like(low) for low, high in blocks]
    assert m
    return Land(corners, tuple(bend * some for some in moving), build, True, lambda keys, s: np.c_[2 * keys, s])


def random_blocks(rng: np.random.Generator, n: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """One or two blocks of one to four pieces, now and then without a coordinate; whole numbers at the ends."""
    blocks = []
    for _ in range(rng.integers(1, 3)):
        ends = rng.integers(-3, 6, size=(2, rng.integers(1, 5), n)).astype(float)
        blocks.append((ends[0], ends[0] if rng.random() < 0.25 else ends[1]))
    return blocks


def all_keys(land: Land) -> np.ndarray:
    """Every combination of patches."""
    return np.array(list(product(*(range(len(block)) for block in land.corners))), dtype=np.intp)


def everywhere(land: Land, steps: int) -> Iterator[np.ndarray]:
    """Payoffs on a dense grid, patch by patch."""
    line = np.linspace(0, 1, steps)
    s = np.array(list(product(line, repeat=len(land.corners))))
    patches = land.build(all_keys(land))
    for row in range(len(patches)):
        yield payoffs_at(patches, row, s)


def patchwork(land: Land, d: np.ndarray, powers: np.ndarray | None = None) -> Patchwork:
    """The patchwork of a land; its grid are the corners of all patches."""
    grid = np.unique(np.vstack(list(everywhere(land, 2))), axis=0)[::-1]
    return Patchwork(Menu(grid[efficient(grid)], d, np.ones(len(d)) if powers is None else powers), land)
