"""The frontier of sums whose lists are coupled: they share variables, and they use up common budgets.

*Variables.* Every list (a `Factor`) has a row for each possible joint setting of a few variables; rows of different
lists go together if they agree on what they share. One variable after the other is settled: the lists that ask about
it are joined, with one frontier per setting of what others still ask about, and its own setting is forgotten. The
work grows with the number of settings of the largest clique so formed, not with the product of everything; the order
is that of fewest new links (min-fill), which for chains, trees and narrow ladders is the best there is.

*Budgets.* What has been saved of a budget is one more coordinate of every sum. Sums that break a budget whatever
comes are dropped, and what can no longer be missed counts as equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import prod

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.sums.frontier import Frontier
from bargain.geometry.sums.stages import Measure, Stage, join, leaf

__all__ = ["Factor", "eliminate", "elimination_order", "largest_clique"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Factor:
    """One list of rows.

    Attributes
    ----------
    scope : the variables that its rows settle.
    settings : (r, variables) how every row settles them; joint settings that are not listed are impossible.
    payoffs : (r, n) what every row adds to payoffs.
    uses : (r, budgets) what every row takes of every budget; may be negative.
    """

    scope: tuple[int, ...]
    settings: NDArray[np.intp]
    payoffs: Floats
    uses: Floats


def eliminate(
    factors: Sequence[Factor], dust: Sequence[float], limits: Sequence[float] = (), largest: int | None = None
) -> Frontier:
    """The frontier of all choices of one row per factor that agree on shared variables and keep all budgets.

    ``dust`` (n,) tells how far payoffs may differ and still be equal, ``limits`` how much of every budget there is.
    Without players (n = 0) nothing beats anything: the one point counts all possible choices. ``largest`` is how many
    sums are looked at in one step at most.

    Raises
    ------
    TooManyAgreements
        if one step would have to look at too many sums.

    >>> pair = np.array([[0, 0], [0, 1], [1, 1]])
    >>> pay = np.array([[2.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    >>> chain = [Factor((0, 1), pair, pay, np.zeros((3, 0))), Factor((1, 2), pair, pay, np.zeros((3, 0)))]
    >>> found = eliminate(chain, [0.0, 0.0])
    >>> found.points.tolist()
    [[4.0, 0.0], [2.0, 2.0]]
    """
    budgets = _Budgets(dust, limits, largest)
    saved = [-factor.uses.T for factor in factors]
    stages: list[Stage] = []
    asked = Counter(variable for factor in factors for variable in factor.scope)
    for position, factor in enumerate(factors):
        kept = sorted(variable for variable in factor.scope if asked[variable] > 1)
        columns = [factor.scope.index(variable) for variable in kept]
        rows = np.ascontiguousarray(np.hstack([factor.payoffs, -factor.uses]).T)
        measure = budgets.measure([some for place, some in enumerate(saved) if place != position])
        stages.append(leaf(position, rows, tuple(kept), factor.settings[:, columns], measure))
        saved[position] = stages[-1].sums[len(dust) :]
    for variable in elimination_order([factor.scope for factor in factors]):
        bucket = [stage for stage in stages if variable in stage.scope]
        if bucket:
            stages = [stage for stage in stages if variable not in stage.scope]
            stages.append(_together(bucket, stages, budgets))
    top = _together(stages, [], budgets)
    top = replace(top, sums=top.sums[: len(dust)])  # in the end all savings are alike
    return Frontier(np.ascontiguousarray(top.sums.T), top)


def _together(bucket: Sequence[Stage], rest: Sequence[Stage], budgets: _Budgets) -> Stage:
    """All stages of a bucket joined, small ones first."""
    waiting = sorted(bucket, key=len)
    while len(waiting) > 1:
        one, other, *waiting = waiting
        others = (*waiting, *rest)
        later = {v for stage in others for v in stage.scope}
        measure = budgets.measure([stage.sums[budgets.players :] for stage in others])
        waiting.insert(0, join(one, other, later, measure))
    return waiting[0]


class _Budgets:
    """What sums of some of the factors mean, given what the others may still save."""

    def __init__(self, dust: Sequence[float], limits: Sequence[float], largest: int | None) -> None:
        self.players, self.limits, self.largest = len(dust), np.array(limits, dtype=float), largest
        self.dust = [*dust, *(0.0 for _ in limits)]

    def measure(self, others: Sequence[Floats]) -> Measure:
        """``others`` are the (budgets, states) savings of what is still to come."""
        if not len(self.limits):
            return Measure(self.players, self.dust, largest=self.largest)
        most, least = -self.limits, -self.limits
        for saved in others:
            most = most - saved.min(axis=1, initial=np.inf)
            least = least - saved.max(axis=1, initial=-np.inf)
        return Measure(self.players, self.dust, least.tolist(), most.tolist(), self.largest)


def elimination_order(scopes: Sequence[Sequence[int]]) -> list[int]:
    """Variables in the order of fewest new links; among equals beside the one before, then the first.

    >>> elimination_order([(0, 1), (1, 2), (2, 3)])
    [0, 1, 2, 3]
    """
    return [variable for variable, _ in _cliques(scopes)]


def largest_clique(scopes: Sequence[Sequence[int]], sizes: Sequence[int]) -> int:
    """The largest number of joint settings that elimination has to look at in one step.

    >>> largest_clique([(0, 1), (1, 2), (2, 3)], [5, 5, 5, 5])
    25
    """
    return max((prod(sizes[v] for v in clique) for _, clique in _cliques(scopes)), default=1)


def _cliques(scopes: Sequence[Sequence[int]]) -> list[tuple[int, set[int]]]:
    """Every variable in the order of elimination, with the clique it forms with its neighbours."""
    near: dict[int, set[int]] = {variable: set() for scope in scopes for variable in scope}
    for scope in scopes:
        for one, other in combinations(scope, 2):
            near[one].add(other)
            near[other].add(one)
    found: list[tuple[int, set[int]]] = []
    last: set[int] = set()
    while near:
        variable = min(near, key=lambda v: (_new_links(near, v), v not in last, v))
        last = near.pop(variable)
        found.append((variable, {variable, *last}))
        for one in last:
            near[one] |= last - {one}
            near[one].discard(variable)
    return found


def _new_links(near: dict[int, set[int]], variable: int) -> int:
    neighbours = near[variable]
    return sum(len(neighbours - near[one]) - 1 for one in neighbours)
