"""Offers and demands off the grid on which continuous issues are listed.

Once it is said who accepts, what is left is a bargain among the members over agreements that pay the accepting types
enough. The package's own search for such answers between grid points (`bargain.geometry.smooth`) is asked for each of
these bargains, and what it finds is added to the list. Whatever is added, the list only grows, so that the plan is an
equilibrium over it; what the search proves is that nothing better was left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.geometry.choice import Choice, Place, tolerances
from bargain.geometry.smooth.patchwork import Patchwork
from bargain.model.agreements import Agreements
from bargain.model.results import Agreement
from bargain.protocols.joint_offer.answers import answers_to
from bargain.protocols.joint_offer.inside import concept_called
from bargain.protocols.joint_offer.rules import JointOffer

__all__ = ["Paid", "extended", "new", "paid_by", "refined"]

Floats = NDArray[np.float64]
Paid = tuple[Agreement, Floats]
"""An agreement, and what it pays every column: the members, then the types."""

OUT_OF_THE_WAY = 10.0
"""A type that need not accept is kept above so many times its range below its lowest payoff, that is, nowhere."""


@dataclass(frozen=True, eq=False)
class Gated:
    """The members' bargain over agreements that pay some types enough, as concepts see a feasible set.

    ``view`` has all columns, members first; ``ideal`` (m,) may be reached with other types accepting.
    """

    view: Patchwork
    members: int
    ideal: Floats
    mixes = False
    ideal_doubt = 0.0

    @property
    def disagreement(self) -> Floats:
        """(m,) from where on members gain."""
        return self.view.disagreement[: self.members]

    @property
    def powers(self) -> Floats:
        """(m,) the members' powers."""
        return self.view.powers[: self.members]

    @property
    def tolerance(self) -> Floats:
        """(m,) differences that do not count."""
        return self.view.tolerance[: self.members]

    @property
    def border(self) -> Floats:
        """Single agreements have no border: raises `NotApplicable`."""
        return self.view.border

    def product(self, powers: Floats) -> Choice:
        """The largest product of the members' gains."""
        return self.view.product(self._alone(powers))

    def total(self, weights: Floats) -> Choice:
        """The largest sum of the members' payoffs."""
        return self.view.total(self._alone(weights))

    def along(self, direction: Floats) -> Choice:
        """The last point on a ray of the members' gains."""
        return self.view.along(self._alone(direction))

    def least_loss(self, target: Floats) -> Choice:
        """The smallest largest loss of the members."""
        nowhere = self.view.disagreement[self.members :] - OUT_OF_THE_WAY * self.view.span[self.members :]
        return self.view.least_loss(np.append(target, nowhere))

    def _alone(self, numbers: Floats) -> Floats:
        return np.append(numbers, np.zeros(len(self.view.disagreement) - self.members))


@dataclass(frozen=True, eq=False)
class _Bargain:
    """Who must accept (K,), and from where on members gain (m,): expected gains are the share ``likely`` of those.

    ``kind`` is the type that is known, if one is.
    """

    accepting: NDArray[np.bool_]
    standing: Floats
    likely: float
    kind: int | None = None


def refined(agreements: Agreements, rules: JointOffer) -> list[Paid]:
    """Agreements off the grid: demands first, since what types accept depends on them, then offers.

    Parameters
    ----------
    agreements : whose frontier (k, m + K) the rules list.
    """
    if not agreements.grid:
        return []
    added = new(_demands(agreements, rules), agreements, [])
    ample = extended(rules, added)
    waiting = answers_to(ample).waiting
    bargains = list(_bargains(ample))
    added += new(_best_for_each(agreements, rules, waiting, bargains), agreements, added)
    ample = extended(rules, added)
    return added + new(_agreed(agreements, ample, waiting, bargains), agreements, added)


def extended(rules: JointOffer, added: Sequence[Paid]) -> JointOffer:
    """The rules with more agreements."""
    if not added:
        return rules
    more, m = np.array([paid for _, paid in added]), len(rules.members)
    payoffs, outsider = np.vstack([rules.payoffs, more[:, :m]]), np.vstack([rules.outsider, more[:, m:]])
    return replace(rules, payoffs=payoffs, outsider=outsider)


def paid_by(agreements: Agreements, agreement: Agreement) -> Floats:
    """(n,) what an agreement pays the columns."""
    payoffs = agreements.payoffs_of(agreement)
    return np.array([payoffs[name] for name in agreements.signatories])


def new(found: Iterator[Paid], agreements: Agreements, known: Sequence[Paid]) -> list[Paid]:
    """Those that pay something that nothing pays yet."""
    points = np.vstack([agreements.frontier.points, *(paid for _, paid in known)])
    dust = tolerances(points, agreements.threat_point, agreements.rounding)
    fresh: list[Paid] = []
    for agreement, paid in found:
        if not (np.abs(points - paid) <= dust).all(axis=1).any():
            points = np.vstack([points, paid])
            fresh.append((agreement, paid))
    return fresh


def _seen(agreements: Agreements, members: Floats, types: Floats, accepting: NDArray[np.bool_]) -> Patchwork | None:
    """The agreements that leave members at ``members`` or above, and accepting types at ``types``; None without any."""
    lowest = agreements.frontier.points[:, len(members) :].min(axis=0)
    nowhere = lowest - OUT_OF_THE_WAY * np.maximum(np.abs(types - lowest), 1.0)
    view = agreements.seen_from(np.append(members, np.where(accepting, types, nowhere)))
    return view if isinstance(view, Patchwork) and view.rational else None


def _demands(agreements: Agreements, rules: JointOffer) -> Iterator[Paid]:
    """What is best for each type among what all members sign."""
    nobody = np.zeros(len(rules.types), dtype=bool)
    view = _seen(agreements, rules.refusal.max(axis=0), rules.outsider_refusal, nobody) if rules.going_on else None
    if view is not None:
        yield from (_at(agreements, view.best_for(len(rules.members) + kind)[1]) for kind in range(len(rules.types)))


def _at(agreements: Agreements, place: Place) -> Paid:
    agreement = agreements.first([place], 1)[0][0]
    return agreement, paid_by(agreements, agreement)


def _bargains(rules: JointOffer) -> Iterator[_Bargain]:
    """One for every set of types that some offer satisfies, and one for every type that is known."""
    found = answers_to(rules)
    for accepting in np.unique(found.accepts, axis=0):
        likely = float(rules.chances @ accepting)
        if likely > 0:
            without = rules.chances @ rules.refusal
            standing = (without - (rules.chances * ~accepting) @ found.after) / likely
            yield _Bargain(accepting, standing, likely)
    for kind in range(len(rules.types)):
        yield _Bargain(np.arange(len(rules.types)) == kind, rules.refusal[kind], 1.0, kind)


def _best_for_each(
    agreements: Agreements, rules: JointOffer, waiting: Floats, bargains: Sequence[_Bargain]
) -> Iterator[Paid]:
    """What is best for each member, which is also what ideal points are made of."""
    for bargain in bargains:
        view = _seen(agreements, bargain.standing, waiting, bargain.accepting)
        if view is not None:
            yield from (_at(agreements, view.best_for(member)[1]) for member in range(len(rules.members)))


def _agreed(agreements: Agreements, rules: JointOffer, waiting: Floats, bargains: Sequence[_Bargain]) -> Iterator[Paid]:
    """What the concept picks in each of the bargains."""
    m = len(rules.members)
    for bargain in bargains:
        view = _seen(agreements, bargain.standing, waiting, bargain.accepting)
        if view is None:
            continue
        gated = Gated(view, m, bargain.standing + _hopes(rules, bargain) / bargain.likely)
        try:
            choice: Choice = concept_called(rules.concept).rule(gated).choice
        except NotApplicable:
            return
        yield _at(agreements, choice.mixtures[0][0][1])


def _hopes(rules: JointOffer, bargain: _Bargain) -> Floats:
    """(m,) the largest expected gain of each member from any offer, whoever accepts it."""
    known = rules if bargain.kind is None else rules.knowing(bargain.kind)
    found, without = answers_to(known), known.chances @ known.refusal
    gains = found.expected - without
    rational = found.live & (gains >= -tolerances(found.expected, without, 0.0)).all(axis=1)
    return np.asarray(gains[rational].max(axis=0, initial=0.0))
