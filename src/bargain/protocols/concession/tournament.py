"""Strategies against each other: every profile in every seat, what it brings, and who would rather play another.

Payoffs are expected over the chance of breakdown, which is known, and means over several seeds where strategies draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable, TooManyAgreements
from bargain.protocols.concession.ground import Ground, draws, lay_out
from bargain.protocols.concession.rules import Concession
from bargain.protocols.concession.simulate import course_of
from bargain.protocols.concession.strategies import (
    EquilibriumPlay,
    Hardheaded,
    RandomAsks,
    Strategy,
    TimeDependent,
    TitForTat,
    Zeuthen,
)

__all__ = ["Replies", "Tournament", "best_replies", "distances", "hold", "usual"]

Floats = NDArray[np.float64]
MOST_PROFILES = 5_000
"""A profile takes about a millisecond."""
SAME = 1e-9
"""Mean payoffs of a player that differ by less, as part of its ideal gain, are equal."""


def usual(n: int) -> tuple[Strategy, ...]:
    """The strategies that are offered where a file names none; Zeuthen's and random ones only for two.

    Among more, every profile with a random player would be played over all seeds: thousands of dances.

    >>> [strategy.label for strategy in usual(3)]
    ['boulware 0.2', 'linear', 'conceder 5', 'tit for tat, absolute', 'hardheaded', 'equilibrium']
    """
    plain = (TimeDependent(0.2), TimeDependent(1.0), TimeDependent(5.0), TitForTat(), Hardheaded(), EquilibriumPlay())
    return (*plain, RandomAsks(), Zeuthen()) if n == 2 else plain


@dataclass(frozen=True, eq=False)
class Tournament:
    """What every profile of strategies brings.

    Attributes
    ----------
    players : n names, one for each seat.
    labels : m names of strategies.
    payoffs : (m, ..., m, n) expected payoffs; the place on axis i is what player i plays.
    agreed : (m, ..., m) chance of an agreement.
    rounds : (m, ..., m) mean number of offers if nothing breaks off.
    from_frontier : (m, ..., m) distance of the mean payoffs to the nearest rational point, in parts of ideal gains.
    from_nash : the same to the nearest point of the largest product of gains.
    ideal : (n,) the largest gains.
    seeds : how many seeds were tried for profiles that draw.
    """

    players: tuple[str, ...]
    labels: tuple[str, ...]
    payoffs: Floats
    agreed: Floats
    rounds: Floats
    from_frontier: Floats
    from_nash: Floats
    ideal: Floats
    seeds: int

    @cached_property
    def means(self) -> Floats:
        """(n, m) the mean payoff of each strategy in each seat over everything the others may play."""
        n = len(self.players)
        return np.array(
            [self.payoffs[..., i].mean(axis=tuple(axis for axis in range(n) if axis != i)) for i in range(n)]
        )

    def best_reply(self, player: int, profile: Sequence[int]) -> tuple[int, ...]:
        """The strategies that are best for a player against what the others play in a profile."""
        line = tuple(slice(None) if i == player else place for i, place in enumerate(profile))
        own = self.payoffs[..., player][line]
        return tuple(np.flatnonzero(own >= own.max() - SAME * self.ideal[player]).tolist())

    @cached_property
    def equilibria(self) -> tuple[tuple[int, ...], ...]:
        """Profiles in which everybody's strategy is a best reply: pure Nash equilibria of the game of strategies.

        Among the strategies that take part, and no others.
        """
        stable = np.ones(self.agreed.shape, dtype=bool)
        for i in range(len(self.players)):
            own = self.payoffs[..., i]
            stable &= own >= own.max(axis=i, keepdims=True) - SAME * self.ideal[i]
        return tuple(tuple(place) for place in np.argwhere(stable).tolist())


@dataclass(frozen=True, eq=False)
class Replies:
    """What each player would have gained by its best reply among the strategies offered, the others held fixed.

    ``expected`` (n,) what the players' own strategies bring, ``best`` (n,) what the best replies would, ``labels``
    their names (a player's own where nothing offered is better), ``agreed`` the chance of an agreement as things are.
    """

    expected: Floats
    best: Floats
    labels: tuple[str, ...]
    agreed: float

    @property
    def regrets(self) -> Floats:
        """(n,) the differences, 0 where nothing is better."""
        return np.asarray(np.maximum(self.best - self.expected, 0.0))


@dataclass(frozen=True)
class _Score:
    """A profile: expected payoffs, chance of agreement, rounds."""

    payoffs: Floats
    agreed: float
    rounds: float


def hold(rules: Concession) -> Tournament:
    """Play every profile of the strategies offered; the rules' own strategies do not matter.

    >>> pie = np.column_stack([np.arange(11.0), 10 - np.arange(11.0)])
    >>> two = (Hardheaded(), TimeDependent(4))
    >>> held = hold(Concession(pie, np.zeros(2), two, 10, offered=two))
    >>> held.payoffs[0, 1], held.payoffs[1, 1]  # the last round is player 2's
    (array([9., 1.]), array([5., 5.]))
    >>> [tuple(held.labels[k] for k in profile) for profile in held.equilibria]
    [('hardheaded', 'hardheaded'), ('conceder 4', 'hardheaded')]
    """
    offered, ground, drawn = rules.offered or usual(rules.n), _ground(rules), _drawn(rules)
    if len(offered) ** rules.n > MOST_PROFILES:
        message = f"{len(offered)} strategies for {rules.n} players make {len(offered) ** rules.n} profiles"
        raise TooManyAgreements(f"{message}; name fewer strategies, so that there are at most {MOST_PROFILES}")
    shape = (len(offered),) * rules.n
    scores = [_score(rules, ground, profile, drawn) for profile in product(offered, repeat=rules.n)]
    payoffs = np.array([score.payoffs for score in scores])
    from_frontier, from_nash = distances(rules, payoffs)
    return Tournament(
        rules.players,
        tuple(strategy.label for strategy in offered),
        payoffs.reshape(*shape, rules.n),
        np.array([score.agreed for score in scores]).reshape(shape),
        np.array([score.rounds for score in scores]).reshape(shape),
        from_frontier.reshape(shape),
        from_nash.reshape(shape),
        ground.ideal,
        rules.repetitions,
    )


def best_replies(rules: Concession) -> Replies:
    """The best that each player could have played of what is offered, against the others' own strategies."""
    offered, ground, drawn = rules.offered or usual(rules.n), _ground(rules), _drawn(rules)
    own = _score(rules, ground, rules.strategies, drawn)
    expected = own.payoffs
    best, labels = expected.copy(), [strategy.label for strategy in rules.strategies]
    for i in range(rules.n):
        for strategy in offered:
            profile = (*rules.strategies[:i], strategy, *rules.strategies[i + 1 :])
            paid = _score(rules, ground, profile, drawn).payoffs[i]
            if paid > best[i] + SAME * ground.ideal[i]:
                best[i], labels[i] = paid, strategy.label
    return Replies(expected, best, tuple(labels), own.agreed)


def distances(rules: Concession, payoffs: Floats) -> tuple[Floats, Floats]:
    """How far rows of payoffs (k, n) are from the nearest rational point, and from the nearest of the largest product.

    In parts of ideal gains, so that units do not matter.

    >>> pie = np.column_stack([np.arange(11.0), 10 - np.arange(11.0)])
    >>> rules = Concession(pie, np.zeros(2), (Hardheaded(), Hardheaded()), 4)
    >>> [found.round(3).tolist() for found in distances(rules, np.array([[5.0, 5.0], [10.0, 0.0], [5.0, 4.0]]))]
    [[0.0, 0.0, 0.1], [0.0, 0.707, 0.1]]
    """
    ground = _ground(rules)
    parts, points = _parts(ground, payoffs - rules.disagreement), _parts(ground, ground.gains)
    products = ground.gains.prod(axis=1)
    return _nearest(parts, points), _nearest(parts, points[products >= products.max() * (1 - SAME)])


def _ground(rules: Concession) -> Ground:
    ground = lay_out(rules)
    if not len(ground.rows):
        raise NotApplicable("no point leaves everybody at disagreement or above, so there is nothing to ask for")
    return ground


def _drawn(rules: Concession) -> list[Floats]:
    """The draws of as many seeds as there are repetitions, counted from that of the rules."""
    return [draws(rules.seed + k, rules.n, rules.deadline) for k in range(rules.repetitions)]


def _score(rules: Concession, ground: Ground, profile: Sequence[Strategy], drawn: Sequence[Floats]) -> _Score:
    """One profile, over all seeds if somebody draws, and over one if nobody does."""
    chancy = any(isinstance(s, RandomAsks) or (isinstance(s, TitForTat) and s.noise > 0) for s in profile)
    runs = [_run(rules, ground, profile, each) for each in (drawn if chancy else drawn[:1])]
    paid = np.mean([run.payoffs for run in runs], axis=0)
    return _Score(paid, float(np.mean([run.agreed for run in runs])), float(np.mean([run.rounds for run in runs])))


def _run(rules: Concession, ground: Ground, profile: Sequence[Strategy], drawn: Floats) -> _Score:
    course = course_of(ground, profile, drawn)
    waits = len(course.asks) - 1
    if not course.agrees:
        return _Score(rules.disagreement, 0.0, waits + 1)
    alive = (1 - rules.breakdown) ** waits
    gains = alive * rules.patience**waits * ground.gains[course.asks[-1][1].place]
    return _Score(rules.disagreement + gains, alive, waits + 1)


def _parts(ground: Ground, gains: Floats) -> Floats:
    """Gains as parts of ideal gains; nothing for who cannot gain."""
    return np.asarray(np.where(ground.ideal > 0, gains / np.where(ground.ideal > 0, ground.ideal, 1.0), 0.0))


def _nearest(parts: Floats, points: Floats) -> Floats:
    """The distance of each row to the nearest of the points."""
    return np.array([np.sqrt(((points - row) ** 2).sum(axis=1).min()) for row in parts])
