"""What an audit says: which axioms the concepts keep in general, and which of their answers here break one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from bargain.model.results import Comparison, Regime

if TYPE_CHECKING:
    from bargain.model.agreements import Agreements

__all__ = ["Asked", "Audit", "Claim", "Trial"]

Claim = Literal["kept", "broken", "unclaimed"]


@dataclass(frozen=True)
class Asked:
    """An axiom that was asked for: its name, title and definition."""

    name: str
    title: str
    definition: str
    source: str


@dataclass(frozen=True)
class Trial:
    """One concept before one axiom.

    ``claim`` is what holds in general, with as many signatories and in this regime. ``words`` tells the violation that
    was found on this scenario, and is None if none was found among the changes that were tried.
    """

    concept: str
    axiom: str
    claim: Claim
    words: str | None = None
    answers: Sequence[Mapping[str, float]] = ()
    answers_after: Sequence[Mapping[str, float]] = ()

    @property
    def here(self) -> str:
        """``broken`` if a violation was found on this scenario, else ``not broken``."""
        return "not broken" if self.words is None else "broken"

    def to_dict(self) -> dict[str, Any]:
        """The trial as JSON."""
        return {
            "concept": self.concept,
            "axiom": self.axiom,
            "claim": self.claim,
            "here": self.here,
            "words": self.words,
            "answers": [dict(answer) for answer in self.answers],
            "answers_after": [dict(answer) for answer in self.answers_after],
        }


@dataclass(frozen=True)
class Audit:
    """Concepts before axioms, in general and on one scenario.

    ``comparison`` holds the concepts' answers here, ``titles`` their titles by name; ``remarks`` say what was left out.
    """

    comparison: Comparison
    axioms: Sequence[Asked]
    titles: Mapping[str, str]
    trials: Sequence[Trial]
    remarks: Sequence[str] = ()

    @property
    def agreements(self) -> Agreements:
        """The agreements that were judged."""
        return self.comparison.agreements

    @property
    def regime(self) -> Regime:
        """Whether lots could be drawn."""
        return self.comparison.regime

    @property
    def satisfying(self) -> tuple[str, ...]:
        """Names of the concepts that keep every axiom asked for, in general."""
        refused = {trial.concept for trial in self.trials if trial.claim != "kept"}
        tried = dict.fromkeys(trial.concept for trial in self.trials)
        return tuple(name for name in tried if name not in refused)

    def of(self, axiom: str) -> list[Trial]:
        """The trials of one axiom, in the order of the concepts."""
        return [trial for trial in self.trials if trial.axiom == axiom]

    def to_dict(self) -> dict[str, Any]:
        """The audit as JSON."""
        names = ("name", "title", "definition", "source")
        return {
            "scenario": self.agreements.scenario.title,
            "regime": self.regime,
            "signatories": list(self.agreements.signatories),
            "axioms": [{key: getattr(asked, key) for key in names} for asked in self.axioms],
            "satisfying": list(self.satisfying),
            "trials": [trial.to_dict() for trial in self.trials],
            "solutions": [solution.to_dict() for solution in self.comparison.solutions],
            "remarks": list(self.remarks),
        }

    def __repr__(self) -> str:
        from bargain.show.audited import audit_text

        return audit_text(self)

    def _repr_html_(self) -> str:
        from bargain.show.audited import audit_html

        return audit_html(self)
