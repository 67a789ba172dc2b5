"""Partial sums of blocks: what a list of rows gives, and what two lists of partial sums give together.

A `Stage` is a node of the way a frontier is built. Its *states* are the distinct sums that may still become part of an
efficient agreement, one frontier for every setting of the *scope*: the variables that something outside this stage
still has to agree with. Every state keeps all the ways to reach it, so that agreements can be rebuilt from the top.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bargain.errors import TooManyAgreements
from bargain.geometry.sums.sweep import Survivors, survivors

__all__ = ["Measure", "Stage", "join", "join_freely", "leaf", "renumbered"]

LARGEST_MERGE = 4_000_000
"""Candidate sums looked at in one step; more would take minutes."""
EASY = 10
"""For two players, whose frontier is one sort, so many times more."""
PIECE = 1_000_000
"""Candidate sums held in memory at once."""

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Measure:
    """What the coordinates of a sum mean.

    Attributes
    ----------
    players : so many coordinates are payoffs; the rest is saved of budgets (minus what is used).
    dust : (w,) differences that do not count.
    least : (budgets,) what must be saved at least, or the budget is broken whatever comes.
    most : (budgets,) who saves more is never short, whatever comes: the difference does not count.
    largest : candidate sums looked at in one step at most; by default `LARGEST_MERGE`, for two players more.
    """

    players: int
    dust: Sequence[float]
    least: Sequence[float] = ()
    most: Sequence[float] = ()
    largest: int | None = None

    @property
    def limit(self) -> int:
        """How many candidate sums are looked at in one step at most."""
        return self.largest or LARGEST_MERGE * (EASY if self.players == len(self.dust) == 2 else 1)

    def open(self, sums: Floats) -> tuple[Indices, Floats]:
        """Which of candidate ``sums`` (w, c) may still keep all budgets; and they, savings never missed made equal."""
        if not self.least:
            return np.arange(sums.shape[1]), sums
        saved = sums[self.players :]
        open_ = np.flatnonzero((saved >= np.array(self.least)[:, None]).all(axis=0))
        sums = sums[:, open_]
        sums[self.players :] = np.minimum(sums[self.players :], np.array(self.most)[:, None])
        return open_, sums

    def survivors(self, sums: Floats) -> Survivors:
        """Which of candidate ``sums`` (w, c) stay."""
        if not self.least:
            return survivors(sums, self.players, self.dust)
        open_, sums = self.open(sums)
        telling = [True] * self.players + [bool((saved != saved[:1]).any()) for saved in sums[self.players :]]
        found = survivors(sums[telling], self.players, np.asarray(self.dust)[telling])
        values = np.repeat(sums[:, :1], found.values.shape[1], axis=1)
        values[telling] = found.values
        return Survivors(values, found.starts, open_[found.candidates])


@dataclass(frozen=True, eq=False)
class Stage:
    """States, and all ways to reach each.

    Attributes
    ----------
    scope : variables whose settings tell frontiers apart, rising.
    keys : (s, variables of the scope) their settings; states of one setting are neighbours.
    sums : (w, s) what the states pay and save.
    starts : (s + 1,) state ``i`` is reached by the ways ``starts[i]`` to ``starts[i + 1]``.
    ways : per child, the state of it that every way takes; of a leaf, the row.
    children : the stages that this one joins; none for a leaf.
    position : of a leaf, which list its rows are of.
    """

    scope: tuple[int, ...]
    keys: Indices
    sums: Floats
    starts: Indices
    ways: tuple[Indices, ...]
    children: tuple[Stage, ...] = ()
    position: int | None = None
    leaves: frozenset[int] = field(default_factory=frozenset)

    def __len__(self) -> int:
        return int(self.sums.shape[1])

    def ways_to(self, state: int) -> Iterator[tuple[int, ...]]:
        """For every way to a state, the states of the children, or the row."""
        span = slice(self.starts[state], self.starts[state + 1])
        return zip(*(way[span].tolist() for way in self.ways), strict=True)


def leaf(position: int, rows: Floats, scope: tuple[int, ...], settings: Indices, measure: Measure) -> Stage:
    """The stage of one list: ``rows`` (w, r) in columns, and their ``settings`` (r, variables of ``scope``)."""
    order, cuts = _grouped(settings)
    if len(cuts) > len(order):  # nobody to compare with
        open_, sums = measure.open(rows[:, order])
        order = order[open_]
        ways = (order,), (), position, frozenset({position})
        return Stage(scope, settings[order], sums, np.arange(len(order) + 1), *ways)
    found = []
    for start, end in pairwise(cuts.tolist()):
        kept = measure.survivors(rows[:, order[start:end]])
        found.append(replace(kept, candidates=order[start:end][kept.candidates]))
    return Stage(
        scope,
        np.repeat(settings[order[cuts[:-1]]], [len(s.starts) - 1 for s in found], axis=0),
        _side_by_side([s.values for s in found], len(rows)),
        _counted_on(found),
        (_in_a_row([s.candidates for s in found]),),
        position=position,
        leaves=frozenset({position}),
    )


def join(left: Stage, right: Stage, later: Collection[int], measure: Measure) -> Stage:
    """All sums of a state of each that agree on the variables both have, as far as they stay.

    ``later`` names the variables that other stages still ask about; the others are settled here.

    Raises
    ------
    TooManyAgreements
        if more candidate sums would have to be looked at than the measure allows.
    """
    if len(right) > len(left):
        left, right = right, left
    if not left.scope and not right.scope and len(left) * len(right) <= min(PIECE, measure.limit):
        return join_freely((left, right), measure)
    scope = tuple(v for v in sorted({*left.scope, *right.scope}) if v in later)
    keys, owner, pairs = _pairs(left, right, scope)
    _refuse_more(int((pairs[:, 1] * pairs[:, 3]).sum()), left, right, measure)
    cuts = np.searchsorted(owner, np.arange(len(keys) + 1)).tolist() if scope or not len(pairs) else [0, len(pairs)]
    found = [_best_sums(left, right, pairs[a:b], measure) for a, b in pairwise(cuts)]
    stays = [s for s, _, _ in found]
    return Stage(
        scope,
        np.repeat(keys, [len(s.starts) - 1 for s in stays], axis=0),
        _side_by_side([s.values for s in stays], len(left.sums)),
        _counted_on(stays),
        (_in_a_row([a for _, a, _ in found]), _in_a_row([b for _, _, b in found])),
        (left, right),
        leaves=left.leaves | right.leaves,
    )


def join_freely(stages: Sequence[Stage], measure: Measure) -> Stage:
    """All sums of a state of each, as far as they stay; the stages share no variable, and their sums fit in memory."""
    sums = stages[0].sums
    for stage in stages[1:]:
        count = len(stage) * sums.shape[1]
        sums = (stage.sums[:, :, None] + sums[:, None, :]).reshape(len(sums), count)
    stay = measure.survivors(sums)
    rest, ways = stay.candidates, []
    for stage in stages[:-1]:
        left = rest // len(stage)
        ways.append(rest - left * len(stage))
        rest = left
    leaves = frozenset().union(*[stage.leaves for stage in stages])
    keys = np.empty((stay.values.shape[1], 0), dtype=np.intp)
    return Stage((), keys, stay.values, stay.starts, (*ways, rest), tuple(stages), None, leaves)


def _refuse_more(total: int, left: Stage, right: Stage, measure: Measure) -> None:
    if total > measure.limit:
        raise TooManyAgreements(
            f"the efficient agreements of {len(left)} x {len(right)} partial packages are too many to list; "
            "use fewer options per issue, a larger step, or fewer signatories"
        )


def renumbered(stage: Stage, offset: int) -> Stage:
    """The same stage, its leaves counted from ``offset``."""
    if stage.position is not None:
        return replace(stage, position=stage.position + offset, leaves=frozenset({stage.position + offset}))
    children = tuple(renumbered(child, offset) for child in stage.children)
    return replace(stage, children=children, leaves=frozenset(place + offset for place in stage.leaves))


def _pairs(left: Stage, right: Stage, scope: tuple[int, ...]) -> tuple[Indices, Indices, Indices]:
    """Pairs of groups of states that agree: the keys of what they give; per pair its key, and (first, count) twice."""
    if not left.scope and not right.scope:
        return np.zeros((1, 0), dtype=np.intp), np.zeros(1, dtype=np.intp), np.array([[0, len(left), 0, len(right)]])
    groups = [_spans(stage) for stage in (left, right)]
    shared = sorted(set(left.scope) & set(right.scope))
    asked = zip((left, right), groups, strict=True)
    codes = _codes([stage.keys[spans[:, 0]][:, [stage.scope.index(v) for v in shared]] for stage, spans in asked])
    order = np.argsort(codes[1], kind="stable")
    low, high = (np.searchsorted(codes[1][order], codes[0], side=side) for side in ("left", "right"))
    one = np.repeat(np.arange(len(codes[0])), high - low)
    other = order[np.repeat(low - np.r_[0, np.cumsum(high - low)[:-1]], high - low) + np.arange(len(one))]
    settings = np.empty((len(one), len(scope)), dtype=np.intp)
    for column, variable in enumerate(scope):
        stage, spans, chosen = (left, groups[0], one) if variable in left.scope else (right, groups[1], other)
        settings[:, column] = stage.keys[spans[chosen, 0], stage.scope.index(variable)]
    place, cuts = _grouped(settings)
    owner = np.repeat(np.arange(len(cuts) - 1), np.diff(cuts))
    return settings[place[cuts[:-1]]], owner, np.column_stack([groups[0][one[place]], groups[1][other[place]]])


def _best_sums(left: Stage, right: Stage, pairs: Indices, measure: Measure) -> tuple[Survivors, Indices, Indices]:
    """The sums that stay of pairs of groups, and the state of each side that every one of them takes."""
    counts = pairs[:, 1] * pairs[:, 3]
    if counts.sum() > PIECE and (len(pairs) > 1 or pairs[0, 3] > 1):
        parts = [_best_sums(left, right, some, measure)[1:] for some in _halves(pairs)]
        a, b = (np.concatenate(sides) for sides in zip(*parts, strict=True))
        stay = measure.survivors(left.sums[:, a] + right.sums[:, b])
        return stay, a[stay.candidates], b[stay.candidates]
    sums = np.empty((len(left.sums), int(counts.sum())))
    ends = np.cumsum(counts)
    for (i, size, j, others), end in zip(pairs.tolist(), ends.tolist(), strict=True):
        room = sums[:, end - size * others : end].reshape(len(sums), others, size)
        np.add(right.sums[:, j : j + others, None], left.sums[:, None, i : i + size], out=room)
    stay = measure.survivors(sums)
    if len(pairs) == 1:
        i, size, j, _ = pairs[0].tolist()
        column, inside = np.divmod(stay.candidates, size)
        return stay, i + inside, j + column
    pair = np.searchsorted(ends, stay.candidates, side="right")
    inside = stay.candidates - (ends - counts)[pair]
    size = pairs[pair, 1]
    return stay, pairs[pair, 0] + inside % size, pairs[pair, 2] + inside // size


def _halves(pairs: Indices) -> tuple[Indices, Indices]:
    """Pairs of groups in two parts; a single pair is cut in its second group."""
    if len(pairs) > 1:
        middle = len(pairs) // 2
        return pairs[:middle], pairs[middle:]
    first, second = pairs.copy(), pairs.copy()
    half = pairs[0, 3] // 2
    first[0, 3] = half
    second[0, 2:] += [half, -half]
    return first, second


def _spans(stage: Stage) -> Indices:
    """(groups, 2) the first state and the number of states of every setting of the scope."""
    if len(stage) == 0:
        return np.zeros((0, 2), dtype=np.intp)
    starts = np.flatnonzero(np.r_[True, (stage.keys[1:] != stage.keys[:-1]).any(axis=1)])
    return np.column_stack([starts, np.diff(np.r_[starts, len(stage)])])


def _codes(settings: Sequence[Indices]) -> tuple[Indices, ...]:
    """Each row of several arrays as one number, equal rows of any of them alike."""
    everything = np.concatenate(settings)
    found = np.zeros(len(everything), dtype=np.intp)
    for column in everything.T:
        _, found = np.unique(found * (int(column.max(initial=0)) + 1) + column, return_inverse=True)
    return tuple(np.split(found, [len(settings[0])]))


def _grouped(settings: Indices) -> tuple[Indices, Indices]:
    """An order that brings equal rows together, in lexicographic order, and where each group starts (and all end)."""
    count = len(settings)
    if settings.shape[1] == 0:
        return np.arange(count), np.array([0, count] if count else [0])
    order = np.lexsort(tuple(settings[:, ::-1].T))
    fresh = np.r_[True, (settings[order][1:] != settings[order][:-1]).any(axis=1)][:count]
    return order, np.r_[np.flatnonzero(fresh), count]


def _counted_on(found: Sequence[Survivors]) -> Indices:
    """The starts of several lists of ways, one after the other."""
    if len(found) == 1:
        return found[0].starts
    lengths = [np.diff(s.starts) for s in found]
    return np.r_[0, np.cumsum(np.concatenate(lengths))] if lengths else np.zeros(1, dtype=np.intp)


def _side_by_side(values: Sequence[Floats], height: int) -> Floats:
    if len(values) == 1:
        return values[0]
    return np.concatenate(values, axis=1) if values else np.zeros((height, 0))


def _in_a_row(parts: Sequence[Indices]) -> Indices:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.intp)
