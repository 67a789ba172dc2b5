"""What a protocol leads to, as frozen records: the path of play, strategies, beliefs, and the judge's certificate.

Records hold plain values, so that tables, figures and pages need nothing but them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from bargain.model.results import Agreement

if TYPE_CHECKING:
    from bargain.model.scenario import Scenario

__all__ = ["Belief", "Equilibrium", "Move", "Outcome", "Strategy"]

Outcome = Literal["agreement", "no_agreement", "uncertain", "not_applicable"]
"""``uncertain``: an agreement with some types or by some draws, and none with others."""


@dataclass(frozen=True)
class Move:
    """One step of the path: who does what, when, and what it would pay if it were the end.

    ``round`` counts from 1, or is a time. ``chance`` is that of getting here. ``payoffs`` are undiscounted.
    """

    round: float
    player: str
    action: str
    payoffs: Mapping[str, float] = field(default_factory=dict)
    agreement: Agreement | None = None
    chance: float = 1.0
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The move as JSON."""
        return {
            "round": self.round,
            "player": self.player,
            "action": self.action,
            "payoffs": dict(self.payoffs),
            "agreement": self.agreement,
            "chance": self.chance,
            "note": self.note,
        }


@dataclass(frozen=True)
class Strategy:
    """What a player does in a situation, in words, with the numbers that say it exactly."""

    player: str
    when: str
    does: str
    numbers: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The strategy as JSON; its player is the key above it."""
        return {"when": self.when, "does": self.does, "numbers": dict(self.numbers)}


@dataclass(frozen=True)
class Belief:
    """How likely the others think each type of a player is, at some point; ``on_path`` if play gets there."""

    about: str
    when: str
    chances: Mapping[str, float]
    on_path: bool = True

    def to_dict(self) -> dict[str, Any]:
        """The belief as JSON."""
        return {"about": self.about, "when": self.when, "chances": dict(self.chances), "on_path": self.on_path}


@dataclass(frozen=True)
class Equilibrium:
    """What rational players who keep to a protocol reach, with the proof that nobody gains by leaving the plan.

    ``protocol`` is the name of the set-up in the file (or of the model), ``solution_concept`` the kind of equilibrium.
    ``players`` maps names to titles; ``rules`` are the numbers that were played with. ``agreement`` is the one that is
    reached (the likeliest, if that is uncertain), ``payoffs`` are expected and discounted to the start, and
    ``chance_of_agreement`` is that of any. ``measures`` are numbers by name, of all or by player; ``tables`` hold
    tidy rows for figures. ``certificate`` has the judge's
    ``largest_gain`` from one deviation, as a share of what is at stake for whoever deviates.
    """

    model: str
    status: Outcome
    players: Mapping[str, str]
    solution_concept: str = ""
    protocol: str = ""
    title: str = ""
    rules: Mapping[str, Any] = field(default_factory=dict)
    agreement: Agreement | None = None
    payoffs: Mapping[str, float] = field(default_factory=dict)
    disagreement: Mapping[str, float] = field(default_factory=dict)
    chance_of_agreement: float | None = None
    path: Sequence[Move] = ()
    strategies: Sequence[Strategy] = ()
    beliefs: Sequence[Belief] = ()
    measures: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    certificate: Mapping[str, Any] = field(default_factory=dict)
    remarks: Sequence[str] = ()
    reason: str | None = None
    scenario: Scenario | None = None

    def measure(self, name: str, player: str | None = None) -> float | None:
        """A number by its name, ``chance_of_agreement`` among them; None where there is none."""
        found = self.chance_of_agreement if name == "chance_of_agreement" else self.measures.get(name)
        if isinstance(found, Mapping):
            found = found.get(player)
        return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None

    def to_dict(self) -> dict[str, Any]:
        """The equilibrium as the JSON contract of ``bargain play`` has it."""
        strategies: dict[str, list[dict[str, Any]]] = {}
        for strategy in self.strategies:
            strategies.setdefault(strategy.player, []).append(strategy.to_dict())
        document: dict[str, Any] = {
            "scenario": self.title,
            "protocol": self.protocol or self.model,
            "model": self.model,
            "solution_concept": self.solution_concept,
            "players": list(self.players),
            "rules": dict(self.rules),
            "status": self.status,
            "chance_of_agreement": self.chance_of_agreement,
            "agreement": self.agreement,
            "payoffs": dict(self.payoffs),
            "disagreement": dict(self.disagreement),
            "path": [move.to_dict() for move in self.path],
            "strategies": strategies,
            "beliefs": [belief.to_dict() for belief in self.beliefs],
            "measures": dict(self.measures),
            "tables": {name: [dict(row) for row in rows] for name, rows in self.tables.items()},
            "certificate": dict(self.certificate),
            "remarks": list(self.remarks),
        }
        return document if self.reason is None else {**document, "reason": self.reason}

    def __repr__(self) -> str:
        from bargain.show.played import equilibrium_text

        return equilibrium_text(self)

    def _repr_html_(self) -> str:
        from bargain.show.played import equilibrium_html

        return equilibrium_html(self)
