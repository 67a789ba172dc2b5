"""Offers, which are payoffs here, in the words of the file: an agreement, or a lottery over two."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotConverged
from bargain.geometry.choice import Place
from bargain.model.results import Agreement
from bargain.model.wording import in_words, number
from bargain.protocols.alternating_offers.asking import Asked
from bargain.protocols.alternating_offers.curved import CurvedBorder
from bargain.protocols.alternating_offers.rules import AlternatingOffers
from bargain.protocols.alternating_offers.terms import Point, Points, Polyline, PowerPie
from bargain.protocols.words import Words

__all__ = ["Offer", "frontier_of", "kind_of_terms", "spelled"]

Floats = NDArray[np.float64]

CERTAIN = 1e-9
"""A lottery with less than this chance of the other agreement is an agreement."""
MISSED = 1e-6
"""What an agreement pays may differ from what the search said by this share: ten times the search's own accuracy."""
DRAWN = 200
"""Points of a frontier that a figure needs at most."""


@dataclass(frozen=True)
class Offer:
    """What is proposed: an agreement, or a lottery (chances and agreements), or shares of a pie with no words."""

    agreement: Agreement | None = None
    note: str = ""
    lottery: tuple[tuple[float, Agreement], ...] = ()


def spelled(rules: AlternatingOffers, words: Words, point: Point) -> Offer:
    """What an offer with these payoffs is."""
    terms = rules.terms
    if words.agreements is None:
        return Offer(note=_shares(rules, words, point))
    if isinstance(terms, Polyline | CurvedBorder):
        single = words.agreements.certain(np.array(point))
        if single is not None:
            return Offer(words.agreements.first([single[0][1]], 1)[0][0])
        corners = np.array(sorted(map(tuple, np.asarray(terms.corners).tolist())))
        drawn = tuple((chance, _agreement(rules, words, corner)) for chance, corner in _mixture(corners, point))
        if len(drawn) > 1:
            return Offer(note=_told(words, drawn), lottery=drawn)
        return Offer(drawn[0][1])
    return Offer(_agreement(rules, words, point))


def _shares(rules: AlternatingOffers, words: Words, point: Point) -> str:
    """The shares of a pie, where they are not the payoffs."""
    terms = rules.terms
    if not isinstance(terms, PowerPie):
        return ""
    pairs = zip(rules.players, point, terms.exponents, strict=True)
    return "shares: " + ", ".join(f"{words.title_of(name)} {number(payoff ** (1 / e), 4)}" for name, payoff, e in pairs)


def _mixture(corners: Floats, point: Point) -> list[tuple[float, Point]]:
    """Chances of the two corners, (c, 2) with the first payoff rising, between which a point of the line lies."""
    for one, other in pairwise(corners.tolist()):
        if one[0] <= point[0] <= other[0]:
            share = (point[0] - one[0]) / (other[0] - one[0])
            parts = [(1 - share, (one[0], one[1])), (share, (other[0], other[1]))]
            return [part for part in parts if part[0] > CERTAIN]
    nearest = corners[np.abs(corners - np.array(point)).sum(axis=1).argmin()].tolist()
    return [(1.0, (nearest[0], nearest[1]))]


def _agreement(rules: AlternatingOffers, words: Words, point: Point) -> Agreement:
    """The first agreement of the file that pays this."""
    agreements, terms = words.agreements, rules.terms
    if agreements is None:
        return {}
    place: Place | None = terms.places.get(point) if isinstance(terms, Asked | CurvedBorder) else None
    if place is None:
        place = int(np.abs(agreements.frontier.points - np.array(point)).sum(axis=1).argmin())
        return agreements.first([place], 1)[0][0]
    found = agreements.first([place], 1)[0][0]
    _require_paid(rules, words, found, point)
    return found


def _require_paid(rules: AlternatingOffers, words: Words, agreement: Agreement, point: Point) -> None:
    """Raise `NotConverged` if an agreement that was searched for does not pay what the search said."""
    assert words.agreements is not None
    paid = words.agreements.payoffs_of(agreement)
    spans = np.ptp(words.agreements.frontier.points, axis=0)
    for name, told, span in zip(rules.players, point, spans, strict=True):
        if abs(paid[name] - told) > MISSED * max(float(span), abs(told)):
            raise NotConverged(f"an agreement pays {name} {number(paid[name])}, where the search said {number(told)}")


def _told(words: Words, drawn: tuple[tuple[float, Agreement], ...]) -> str:
    """Chances and what the agreements differ in."""
    if words.scenario is None:
        return "a lottery"
    settings = [in_words(words.scenario, agreement) for _, agreement in drawn]
    apart = [place for place, told in enumerate(zip(*settings, strict=True)) if len(set(told)) > 1]
    parts = [
        f"with {number(100 * chance, 4)} % " + ", ".join(": ".join(settings[which][place]) for place in apart)
        for which, (chance, _) in enumerate(drawn)
    ]
    return f"a lottery: {'; '.join(parts)}"


def frontier_of(rules: AlternatingOffers) -> Floats:
    """(k, 2) points of the frontier for a figure, the first player's payoff rising."""
    terms = rules.terms
    if isinstance(terms, PowerPie):
        shares = terms.size * (1 - np.cos(np.linspace(0, np.pi, DRAWN // 2 + 1))) / 2
        return np.column_stack([shares ** terms.exponents[0], (terms.size - shares) ** terms.exponents[1]])
    if isinstance(terms, Asked):
        points = terms.agreements.frontier.points
    elif isinstance(terms, Points):
        points = terms.frontier
    else:
        points = np.asarray(terms.corners)  # type: ignore[attr-defined]
    points = points[np.argsort(points[:, 0])]
    kept = np.unique(np.linspace(0, len(points) - 1, DRAWN).round().astype(int))
    return np.asarray(points[kept])


def kind_of_terms(rules: AlternatingOffers, words: Words) -> str:
    """What they share, in words."""
    terms = rules.terms
    if isinstance(terms, Points):
        return f"a list of {len(terms.frontier)} efficient agreements"
    if isinstance(terms, Asked):
        return "agreements with continuous issues"
    if isinstance(terms, CurvedBorder) or words.agreements is not None:
        return "lotteries over agreements"
    return "a pie" if isinstance(terms, PowerPie) or len(frontier_of(rules)) == 2 else "a frontier of straight edges"
