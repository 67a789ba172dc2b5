"""What is given: agreements in numbers, the outsider's types and their chances, what happens without a deal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bargain.errors import UsageError

__all__ = ["CounterDemand", "JointOffer"]

Floats = NDArray[np.float64]

WHOLE = 1e-9
"""Chances that people write down with a few decimals sum to 1 within this."""


@dataclass(frozen=True)
class CounterDemand:
    """The second stage: an outsider that refuses may answer with a demand of its own.

    ``breakdown`` is the chance that talks end after a refusal; ``patience`` (K,) what each type's gain, and ``members``
    (m,) what each member's gain, is worth if it is agreed on one round later, as a factor. One number is that of all, 1
    is patient.
    """

    breakdown: float = 0.0
    patience: tuple[float, ...] | float = 1.0
    members: tuple[float, ...] | float = 1.0


@dataclass(frozen=True, eq=False)
class JointOffer:
    r"""A bloc of m members chooses by a concept what to offer; an outsider of one of K types accepts or refuses.

    A type accepts iff its payoff is at least what refusing is worth to it: the indifferent accept. Without a second
    stage that is its refusal payoff $r_t$. With one (``counter``), talks end after a refusal with chance q, else the
    outsider demands an agreement of the same list, signed iff every member gets at least its refusal payoff, and

    .. math:: w_t = r_t + (1 - q)\,\delta_t\,\max(0, \max_b v_t(b) - r_t), \quad b \text{ acceptable to all members.}

    With no offer there are no talks: member i gets its refusal payoff, $\sum_t p_t d_{ti}$ on average, which is the
    disagreement point of the bargain inside.

    Attributes
    ----------
    payoffs : (k, m) what each agreement pays the members.
    outsider : (k, K) what it pays each type of the outsider.
    chances : (K,) the types' chances, summing to 1.
    refusal : (K, m) what members get without an agreement if the outsider is of that type; (m,) if types do not matter.
    outsider_refusal : (K,) what each type gets without an agreement.
    concept : how the members agree among themselves, the name of a concept over feasible sets.
    powers : (m,) the members' bargaining powers; only ratios matter. ``outsider_power`` counts only where the
        outsider is imagined in the room.
    counter : the second stage, or None.
    members, to, types : names of the members, the outsider, and its types.

    Raises
    ------
    UsageError
        naming what is wrong and what to write.

    >>> rules = JointOffer([[3, 2], [1, 1]], [[1, 0], [2, 2]], [0.5, 0.5], [0, 0], [1, 2], members=("a", "b"))
    >>> rules.players, rules.refusal.tolist()
    (('a', 'b', 'outsider'), [[0.0, 0.0], [0.0, 0.0]])
    """

    payoffs: Floats
    outsider: Floats
    chances: Floats
    refusal: Floats
    outsider_refusal: Floats
    concept: str = "nash"
    powers: Floats | None = None
    outsider_power: float = 1.0
    counter: CounterDemand | None = None
    members: tuple[str, ...] = ()
    to: str = "outsider"
    types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        odds = self._take("chances", self.chances, 1)
        count, m = self._take("payoffs", self.payoffs, 2).shape
        if not count or not m or not len(odds):
            raise UsageError("an offer needs agreements, members and types", hint="give at least one of each")
        without = np.asarray(self.refusal, dtype=float)
        without = np.tile(without, (len(odds), 1)) if without.ndim == 1 else without
        weights = self._take("powers", np.ones(m) if self.powers is None else self.powers, 1)
        self._take("outsider", self.outsider, 2, (count, len(odds)), "a row per agreement, a column per type")
        self._take("refusal", without, 2, (len(odds), m), "a row per type, a column per member")
        self._take("outsider_refusal", self.outsider_refusal, 1, (len(odds),), "a number per type")
        self._take("powers", weights, 1, (m,), "a number per member")
        _require_chances(odds)
        if (weights <= 0).any() or not self.outsider_power > 0:
            raise UsageError("powers: every power must be above 0", hint="write 1 for everybody")
        self._set("counter", _checked(self.counter, len(odds), m))
        self._set("members", _names(self.members, "member", m))
        self._set("types", _names(self.types, "type", len(odds)))
        if self.to in self.members:
            raise UsageError(f"{self.to} is inside the bloc and outside at once", hint="leave it out of the bloc")

    def _take(self, name: str, given: object, axes: int, shape: tuple[int, ...] = (), wanted: str = "") -> Floats:
        """Keep what was given as an array that nobody changes."""
        value = np.array(given, dtype=float)
        if value.ndim != axes or (shape and value.shape != shape):
            wanted = wanted or ("a table of numbers" if axes == 2 else "a list of numbers")
            raise UsageError(f"{name}: its shape is {value.shape}", hint=f"write {wanted}")
        if not np.isfinite(value).all():
            raise UsageError(f"{name}: every number must be finite", hint="leave out what has no payoff")
        value.setflags(write=False)
        self._set(name, value)
        return value

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    @property
    def weights(self) -> Floats:
        """(m,) the members' powers, 1 for all unless given."""
        return np.ones(len(self.members)) if self.powers is None else self.powers

    @property
    def patience(self) -> tuple[float, ...]:
        """(K,) what a gain one round later is worth to each type, as a factor."""
        return _factors(self.counter.patience if self.counter else 1.0, len(self.types), "type")

    @property
    def going_on(self) -> float:
        """The chance that talks go on after a refusal."""
        return 0.0 if self.counter is None else 1 - self.counter.breakdown

    @property
    def players(self) -> tuple[str, ...]:
        """The members, then the outsider."""
        return (*self.members, self.to)

    def knowing(self, kind: int) -> JointOffer:
        """The same with the outsider's type known."""
        return replace(
            self,
            outsider=self.outsider[:, [kind]],
            chances=np.ones(1),
            refusal=self.refusal[[kind]],
            outsider_refusal=self.outsider_refusal[[kind]],
            types=(self.types[kind],),
            counter=self.counter and replace(self.counter, patience=(self.patience[kind],)),
        )


def _require_chances(chances: Floats) -> None:
    if (chances < 0).any() or abs(chances.sum() - 1) > WHOLE:
        raise UsageError(f"chances: they are {chances.tolist()}", hint="write numbers from 0 that sum to 1")


def _checked(counter: CounterDemand | None, types: int, members: int) -> CounterDemand | None:
    """The second stage with a patience for every type and member."""
    if counter is None:
        return None
    theirs = _factors(counter.patience, types, "type")
    ours = _factors(counter.members, members, "member")
    (breakdown,) = _factors(counter.breakdown, 1, "refusal")
    return CounterDemand(breakdown, theirs, ours)


def _factors(given: Sequence[float] | float, count: int, whose: str) -> tuple[float, ...]:
    """One number from 0 to 1 for each."""
    factors = (float(given),) * count if isinstance(given, int | float) else tuple(map(float, given))
    if len(factors) != count:
        raise UsageError(
            f"counter: a number is needed for every {whose}", hint=f"write {count} numbers, or one for all"
        )
    if not all(0 <= factor <= 1 for factor in factors):
        raise UsageError(f"counter: for every {whose}, it is {given}", hint="write a number from 0 to 1")
    return factors


def _names(given: Sequence[str], kind: str, count: int) -> tuple[str, ...]:
    names = tuple(given) or tuple(f"{kind}_{number}" for number in range(1, count + 1))
    if len(names) != count or len(set(names)) != count:
        raise UsageError(f"{kind}s: {count} different names are needed, found {list(names)}", hint="name each once")
    return names
