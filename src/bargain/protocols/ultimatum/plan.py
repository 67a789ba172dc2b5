"""Equilibrium strategies of an ultimatum in numbers, so that a judge can check them without the solver."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Cutoffs", "OneOffer", "Path", "Steps", "TwoOffers"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class OneOffer:
    """Take it or leave it: the offer made, and which types accept which offer.

    ``offer``: index; ``ties``: every index that is as good, ``offer`` the first; ``accepts`` (k, K).
    """

    offer: int
    ties: tuple[int, ...]
    accepts: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class TwoOffers:
    """A perfect Bayesian equilibrium with two offers, described after every first offer.

    ``offer``: the first offer; ``accepts`` (k, K): each type's chance to accept each first offer; ``beliefs`` (k, K):
    the proposer's after that offer was refused; ``replies`` and ``weights`` (k, w): which offers it then makes, and
    with which chances; ``accepts_last`` (k, K): which types accept which offer in round 2; ``surprise`` (k,): whether
    refusing is off the path, so that beliefs are free; ``worth`` (k,): what each first offer is worth to the
    proposer; ``supported``: its lowest and its highest payoff among the equilibria that were met.
    """

    offer: int
    ties: tuple[int, ...]
    accepts: Floats
    beliefs: Floats
    replies: Integers
    weights: Floats
    accepts_last: NDArray[np.bool_]
    surprise: NDArray[np.bool_]
    worth: Floats
    supported: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Cutoffs:
    """One or two demands to a uniform private cost: who accepts which, and what is demanded after a refusal.

    Demands count from the share ``win * pie``. ``first``: the first demand; ``demands`` (m,) increasing, with
    ``cutoffs`` (m,): the cost from which it is accepted, and ``replies`` (m,): the demand in round 2 after it was
    refused (empty with one round); all three linear in between, and below the first demand everybody accepts.
    """

    first: float
    demands: Floats
    cutoffs: Floats
    replies: Floats


@dataclass(frozen=True)
class Steps:
    """Stationary play without a last round: with k the highest cost that is left, the demand is ``price * k``;

    a type accepts up to ``reserve`` times its own cost; after each refusal the highest cost left is ``left * k``.
    """

    price: float
    reserve: float
    left: float


@dataclass(frozen=True)
class Path:
    """A round that can be reached: its demand, the chances that it is reached, and that it is then accepted."""

    round: int
    offer: float
    reached: float
    accepted: float
