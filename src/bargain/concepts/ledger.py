"""The claims of a concept, line by line: what it keeps, what it breaks, and the witness for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from bargain.axioms import AXIOMS, Axiom, Situation, Voice, witness_against
from bargain.axioms.axiom import number
from bargain.concepts import CATALOGUE
from bargain.concepts.concept import Concept
from bargain.model.results import Regime

__all__ = ["REGIMES", "Entry", "Kept", "keepers", "ledger"]

Kept = Literal["kept", "kept by two", "broken"]
REGIMES: tuple[Regime, ...] = ("pure", "lotteries")


@dataclass(frozen=True)
class Entry:
    """One claim. It speaks of any number of players for whom the concept is defined, unless it says otherwise.

    ``witness`` is a problem on which the concept breaks the axiom; None where it keeps it.
    """

    concept: Concept
    axiom: Axiom
    regime: Regime
    kept: Kept
    witness: Situation | None = None

    def words(self) -> str:
        """What happens on the witness, with no deal worth 0 to everybody; empty where there is none."""
        violation = self.axiom.violation(self.concept, self.witness) if self.witness is not None else None
        if self.witness is None or violation is None:
            return ""
        return f"among {_problem_in_words(self.witness)}, {violation}"

    def to_dict(self) -> dict[str, Any]:
        """The claim as JSON."""
        claim = {"axiom": self.axiom.name, "regime": self.regime, "claim": self.kept}
        if self.witness is None:
            return claim
        keys = ("points", "disagreement", "powers")
        problem = {key: getattr(self.witness, key).tolist() for key in keys}
        return claim | {"witness": {**problem, "words": self.words()}}


def ledger(concept: Concept) -> list[Entry]:
    """Everything that a concept claims, in the order of the axioms, without lotteries first.

    >>> from bargain.concepts import nash
    >>> [entry.axiom.name for entry in ledger(nash) if (entry.regime, entry.kept) == ("lotteries", "broken")]
    ['strong_monotonicity', 'individual_monotonicity', 'restricted_monotonicity', 'step_by_step', 'superadditivity']
    >>> next(entry for entry in ledger(nash) if entry.kept == "broken").witness.points.tolist()
    [[2.0, 1.0], [1.0, 3.0]]
    """
    return [entry for regime in REGIMES for axiom in AXIOMS if (entry := _entry(concept, axiom, regime)) is not None]


def keepers(axiom: Axiom, regime: Regime) -> dict[str, Kept]:
    """The concepts of the catalogue that keep an axiom, by name, and whether only for two players."""
    entries = [entry for concept in CATALOGUE for entry in ledger(concept) if entry.axiom is axiom]
    return {e.concept.name: e.kept for e in entries if e.regime == regime and e.kept != "broken"}


def _entry(concept: Concept, axiom: Axiom, regime: Regime) -> Entry | None:
    two, three = (concept.claims.standing(axiom, regime, players) for players in (2, 3))
    if two == "unclaimed":
        return None
    if two == "kept" and three != "broken":
        return Entry(concept, axiom, regime, "kept")
    kept: Kept = "kept by two" if two == "kept" else "broken"
    return Entry(concept, axiom, regime, kept, witness_against(concept.name, axiom.name, regime, players=3))


def _problem_in_words(problem: Situation) -> str:
    """All agreements by what they pay, and powers where they differ."""
    voice = Voice()
    *most, last = [voice.deal(point) for point in problem.points]
    listed = f"{', '.join(most)} and {last}" if most else f"{last} alone"
    powers = " : ".join(map(number, problem.powers.tolist()))
    return listed if len(set(problem.powers.tolist())) == 1 else f"{listed}, with powers {powers}"
