"""The claims of a concept, line by line: what it keeps, what it breaks, and the witness for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from bargain.axioms import DOMAINS, Axiom, Domain, Situation, Voice, axioms_over, ground_of, witness_against
from bargain.axioms.axiom import number
from bargain.axioms.coalitions.changes import group
from bargain.axioms.witness import Problem
from bargain.concepts import CATALOGUE
from bargain.concepts.concept import Concept
from bargain.games.claims import Claims
from bargain.games.coalitions import Game
from bargain.geometry.items import Items

__all__ = ["Entry", "Kept", "keepers", "ledger"]

Kept = Literal["kept", "kept by two", "broken"]


@dataclass(frozen=True)
class Entry:
    """One claim. It speaks of any number of players for whom the concept is defined, unless it says otherwise.

    ``witness`` is a problem on which the concept breaks the axiom; None where it keeps it.
    """

    concept: Concept
    axiom: Axiom
    domain: Domain
    kept: Kept
    witness: Problem | None = None

    def words(self) -> str:
        """What happens on the witness; empty where there is none."""
        violation = self.axiom.violation(self.concept, self.witness) if self.witness is not None else None
        if self.witness is None or violation is None:
            return ""
        return f"{_problem_in_words(self.witness)}, {violation}"

    def to_dict(self) -> dict[str, Any]:
        """The claim as JSON; among agreements with the regime."""
        over = ground_of(self.domain)
        where = {"regime": self.domain} if over == "agreements" else {"over": over}
        claim: dict[str, Any] = {"axiom": self.axiom.name, **where, "claim": self.kept}
        if self.witness is not None:
            claim["witness"] = {**_problem_as_numbers(self.witness), "words": self.words()}
        return claim


def ledger(concept: Concept) -> list[Entry]:
    """Everything that a concept claims, domain by domain, in the order of the axioms.

    >>> from bargain.concepts import nash
    >>> [entry.axiom.name for entry in ledger(nash) if (entry.domain, entry.kept) == ("lotteries", "broken")]
    ['strong_monotonicity', 'individual_monotonicity', 'restricted_monotonicity', 'step_by_step', 'superadditivity']
    >>> next(entry for entry in ledger(nash) if entry.kept == "broken").witness.points.tolist()
    [[2.0, 1.0], [1.0, 3.0]]
    """
    places = [(domain, axiom) for domain in DOMAINS for axiom in axioms_over(ground_of(domain))]
    return [entry for domain, axiom in places if (entry := _entry(concept, axiom, domain)) is not None]


def keepers(axiom: Axiom, domain: Domain) -> dict[str, Kept]:
    """The concepts of the catalogue that keep an axiom, by name, and whether only for two players."""
    entries = [entry for concept in CATALOGUE if (entry := _entry(concept, axiom, domain)) is not None]
    return {entry.concept.name: entry.kept for entry in entries if entry.kept != "broken"}


def _entry(concept: Concept, axiom: Axiom, domain: Domain) -> Entry | None:
    two, three = (concept.claims.standing(axiom, domain, players) for players in (2, 3))
    if two == "unclaimed":
        return None
    if two == "kept" and three != "broken":
        return Entry(concept, axiom, domain, "kept")
    kept: Kept = "kept by two" if two == "kept" else "broken"
    return Entry(concept, axiom, domain, kept, witness_against(concept.name, axiom.name, domain, players=3))


def _problem_as_numbers(problem: Problem) -> dict[str, Any]:
    match problem:
        case Items():
            keys: tuple[str, ...] = ("points",)
        case Game():
            return {"worths": {_members(s): float(problem.values[s]) for s in range(1, 2**problem.n)}}
        case Claims():
            keys = ("estate", "claims")
        case _:
            keys = ("points", "disagreement", "powers")
    return {key: np.asarray(getattr(problem, key)).tolist() for key in keys}


def _problem_in_words(problem: Problem) -> str:
    """The problem as the beginning of a sentence."""
    match problem:
        case Items():
            weighed = [" : ".join(map(number, pair)) for pair in problem.points.tolist()]
            return f"with points of {_listed(weighed)}"
        case Game():
            return f"where {_worths_in_words(problem)}"
        case Claims():
            claims = _listed([number(claim) for claim in problem.claims.tolist()])
            return f"with an estate of {number(problem.estate)} and claims of {claims}"
    return f"among {_agreements_in_words(problem)}"


def _members(coalition: int) -> str:
    """A coalition by the numbers of its members: 13 is player 1 and player 3."""
    return "".join(str(player + 1) for player in group(int(coalition)))


def _worths_in_words(game: Game) -> str:
    """Coalitions by the numbers of their members, those worth the same together."""
    worths = dict.fromkeys(game.values[np.flatnonzero(game.values)].tolist())
    told = []
    for worth in worths:
        named = [_members(int(coalition)) for coalition in np.flatnonzero(game.values == worth)]
        are = "is" if len(named) == 1 else "are"
        told.append(f"{_listed(named)} {are} worth {number(worth)}")
    return f"{', '.join(told)}, the other coalitions 0"


def _listed(told: list[str]) -> str:
    *most, last = told
    return f"{', '.join(most)} and {last}" if most else last


def _agreements_in_words(problem: Situation) -> str:
    """All agreements by what they pay, and powers where they differ; no deal is worth 0 to everybody."""
    told = [Voice().deal(point) for point in problem.points]
    listed = _listed(told) if len(told) > 1 else f"{told[0]} alone"
    powers = " : ".join(map(number, problem.powers.tolist()))
    return listed if len(set(problem.powers.tolist())) == 1 else f"{listed}, with powers {powers}"
