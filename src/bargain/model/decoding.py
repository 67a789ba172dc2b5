"""From rows and numbers back to agreements in the order of the file."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bargain.model.axes import Axis
from bargain.model.blocks import Block, Web
from bargain.model.results import Agreement

if TYPE_CHECKING:
    from bargain.geometry.unlisted.parts import Part

__all__ = ["distinct", "part_in_order", "ways_to"]

Marks = NDArray[np.bool_]

ALIKE = 1e-6
"""Numbers that differ by less than this share of the length of their issue are the same setting."""


def distinct(axes: Mapping[str, Axis], agreements: Sequence[Agreement]) -> list[Agreement]:
    """Agreements in file order, those that differ by less than a polish can tell once."""
    ordered: list[Agreement] = []
    for agreement in sorted(agreements, key=lambda one: _file_order(axes, one)):
        if not any(_alike(axes, agreement, other) for other in ordered):
            ordered.append(agreement)
    return ordered


def _alike(axes: Mapping[str, Axis], one: Agreement, other: Agreement) -> bool:
    pairs = zip(_file_order(axes, one), _file_order(axes, other), axes.values(), strict=True)
    for a, b, axis in pairs:
        length = max((float(np.ptp(numbers)) for numbers in axis.columns.values()), default=1.0)
        if max(abs(x - y) for x, y in zip(a, b, strict=True)) > ALIKE * length:
            return False
    return True


def _file_order(axes: Mapping[str, Axis], agreement: Agreement) -> tuple[tuple[float, ...], ...]:
    """Sorts agreements lexicographically: options by their place in the file, numbers and shares by size."""
    order: list[tuple[float, ...]] = []
    for name, setting in agreement.items():
        options = axes[name].options
        if options is not None:
            order.append((float(options.index(str(setting))),))
        else:
            order.append(tuple(setting.values()) if isinstance(setting, Mapping) else (float(setting),))
    return tuple(order)


def ways_to(part: Part, index: int, blocks: Sequence[Block | Web]) -> int:
    """How many agreements pay one point of a part; a row of a web stands for several."""
    if not any(isinstance(block, Web) for block in blocks):
        return part.count(index)
    one = part.towards([index])
    ways: list[int] = [1]
    for step in one.steps:
        block = blocks[step.block]
        pairs = zip(step.before.tolist(), step.row.tolist(), strict=True)
        through = [ways[before] * (block.frontier.count(row) if isinstance(block, Web) else 1) for before, row in pairs]
        starts = step.starts.tolist()
        ways = [sum(through[start:end]) for start, end in itertools.pairwise(starts)]
    return ways[0]


def part_in_order(part: Part, blocks: Sequence[Block | Web], names: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """Settings of ``names`` in the agreements of a part of the frontier, in lexicographic file order.

    Of what a row of a web stands for, the first is told.
    """
    spot = {name: (b, c) for b, block in enumerate(blocks) for c, name in enumerate(block.issues)}

    def setting_of(name: str, row: int) -> int:
        b, column = spot[name]
        block = blocks[b]
        return block.setting(column, row) if isinstance(block, Block) else block.settings_of(row)[name]

    def descend(chosen: tuple[int, ...], allowed: list[Marks]) -> Iterator[tuple[int, ...]]:
        if len(chosen) == len(names):
            yield chosen
            return
        name = names[len(chosen)]
        b, _ = spot[name]
        rows: dict[int, list[int]] = {}
        for row in np.flatnonzero(part.rows_used(allowed)[b]).tolist():
            rows.setdefault(setting_of(name, row), []).append(row)
        for setting in sorted(rows):
            marks = np.zeros_like(allowed[b])
            marks[rows[setting]] = True
            yield from descend((*chosen, setting), [*allowed[:b], marks, *allowed[b + 1 :]])

    yield from descend((), [np.ones(len(block), dtype=bool) for block in blocks])
