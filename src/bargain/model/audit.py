"""What an audit says: which axioms the concepts keep in general, and which of their answers here break one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from bargain.model.results import Comparison, Ground, Regime

if TYPE_CHECKING:
    from bargain.model.agreements import Agreements

__all__ = ["Asked", "Audit", "Claim", "Trial"]

Claim = Literal["kept", "broken", "unclaimed"]


@dataclass(frozen=True)
class Asked:
    """An axiom that was asked for: its name, title and definition, and what it is about."""

    name: str
    title: str
    definition: str
    source: str
    over: Ground = "agreements"


@dataclass(frozen=True)
class Trial:
    """One concept before one axiom.

    ``claim`` is what holds in general, with as many signatories and (of agreements) in this regime. ``words`` tells the
    violation that was found on this scenario, and is None if none was found among the changes that were tried.
    """

    concept: str
    axiom: str
    claim: Claim
    words: str | None = None
    answers: Sequence[Mapping[str, float]] = ()
    answers_after: Sequence[Mapping[str, float]] = ()
    over: Ground = "agreements"

    @property
    def here(self) -> str:
        """``broken`` if a violation was found on this scenario, else ``not broken``."""
        return "not broken" if self.words is None else "broken"

    def to_dict(self) -> dict[str, Any]:
        """The trial as JSON."""
        return {
            "concept": self.concept,
            "axiom": self.axiom,
            "over": self.over,
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
        """Names of the concepts that keep every axiom asked for, in general.

        Where axioms over agreements and over coalitions share a name, each concept is asked for its own.
        """
        refused = {trial.concept for trial in self.trials if trial.claim != "kept"}
        tried: dict[str, set[str]] = {}
        for trial in self.trials:
            tried.setdefault(trial.concept, set()).add(trial.axiom)
        asked = {asked.name for asked in self.axioms}
        return tuple(name for name, axioms in tried.items() if name not in refused and axioms == asked)

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """What the axioms are about."""
        return tuple(dict.fromkeys(asked.over for asked in self.axioms))

    def of(self, axiom: str, over: Ground | None = None) -> list[Trial]:
        """The trials of one axiom, in the order of the concepts; of all grounds with an axiom of that name, or one."""
        return [trial for trial in self.trials if trial.axiom == axiom and over in (None, trial.over)]

    def to_dict(self) -> dict[str, Any]:
        """The audit as JSON."""
        names = ("name", "title", "definition", "source", "over")
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
