"""What the solver says, as frozen records: solutions, comparisons, evaluations, studies.

Every result has ``.to_dict()`` (the JSON of the command line), a readable ``repr`` and notebook HTML. Records hold
plain values, so that tables, plots and pages need nothing but them and the `Agreements` they came from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np

    from bargain.model.agreements import Agreements

__all__ = [
    "Agreement",
    "Alternative",
    "Comparison",
    "Evaluation",
    "Ground",
    "Regime",
    "Solution",
    "Stakes",
    "Status",
    "Study",
]

Regime = Literal["pure", "lotteries"]
Status = Literal["agreement", "no_agreement", "not_applicable"]
Ground = Literal["agreements", "items", "coalitions", "claims"]
"""What a concept chooses from: agreements, items to hand out, the worth of coalitions, claims on an estate."""
Agreement = Mapping[str, str | float | Mapping[str, float]]
"""Issue -> option name, number, or shares by player."""


@dataclass(frozen=True)
class Alternative:
    """Another agreement that does equally well: what it is and what it pays every player."""

    agreement: Agreement
    payoffs: Mapping[str, float]

    def to_dict(self) -> dict[str, Any]:
        """The alternative as JSON."""
        return {"agreement": self.agreement, "payoffs": self.payoffs}


@dataclass(frozen=True)
class Solution:
    """One concept's answer: status, agreement (or lottery), payoffs of all players, ties, certificate.

    ``payoffs`` are always what the printed agreement or lottery is worth; under ``no_agreement`` they are the
    disagreement payoffs. ``paper`` are the payoffs as signed; they equal ``payoffs`` while nothing models what
    happens after the signature, and ``ratified`` and ``honoured`` are None for the same reason.

    A concept over coalitions or claims divides what all are worth together: there is no agreement, ``payoffs`` are
    the shares of those who sign, and ``gains`` count from what each is worth alone.
    """

    concept: str
    status: Status
    regime: Regime = "pure"
    payoffs: Mapping[str, float] = field(default_factory=dict)
    paper: Mapping[str, float] = field(default_factory=dict)
    gains: Mapping[str, float] = field(default_factory=dict)
    agreement: Agreement | None = None
    lottery: Sequence[tuple[float, Agreement]] | None = None
    ratified: float | None = None
    honoured: float | None = None
    ties: Sequence[Alternative] = ()
    tie_count: int = 0
    certificate: Mapping[str, Any] = field(default_factory=dict)
    reason: str | None = None
    over: Ground = "agreements"

    @property
    def divides(self) -> bool:
        """True if this divides the worth of coalitions, and is no agreement about issues."""
        return self.over in ("coalitions", "claims")

    def to_dict(self) -> dict[str, Any]:
        """The solution as the JSON contract has it."""
        lottery = None
        if self.lottery is not None:
            lottery = [{"chance": chance, "agreement": agreement} for chance, agreement in self.lottery]
        document: dict[str, Any] = {
            "concept": self.concept,
            "status": self.status,
            "payoffs": self.payoffs,
            "paper": self.paper,
            "gains": self.gains,
            "agreement": self.agreement,
            "lottery": lottery,
            "ratified": self.ratified,
            "honoured": self.honoured,
            "ties": [tie.to_dict() for tie in self.ties],
            "tie_count": self.tie_count,
            "certificate": self.certificate,
        }
        if self.divides:
            document["over"] = self.over
        if self.reason is not None:
            document["reason"] = self.reason
        return document

    def __repr__(self) -> str:
        from bargain.show.table import solution_text

        return solution_text(self)

    def _repr_html_(self) -> str:
        from bargain.show.html import solution_html

        return solution_html(self)


@dataclass(frozen=True)
class Stakes:
    """What there is to divide among coalitions: what all are worth together, and each alone.

    ``kind`` is ``worths``, ``votes`` or ``claims``; ``asked`` has the votes or the claims by player, ``limit`` the
    quota (None where there is none).
    """

    kind: Literal["worths", "votes", "claims"]
    together: float
    alone: Mapping[str, float]
    asked: Mapping[str, float] = field(default_factory=dict)
    limit: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """The stakes as JSON."""
        document: dict[str, Any] = {"kind": self.kind, "together": self.together, "alone": dict(self.alone)}
        if self.asked:
            document[self.kind] = dict(self.asked)
        if self.limit is not None:
            document["quota"] = self.limit
        return document


@dataclass(frozen=True)
class Comparison:
    """Every concept asked for on one scenario, with what they share: disagreement, ideal point, frontier.

    ``frontier`` is a (k, n) array of efficient payoffs, columns the signatories in file order, or None where it
    cannot be listed. ``grid`` tells, per continuous issue, how many points the frontier was listed on. ``stakes`` tell
    what coalitions divide; a scenario with coalitions alone has an empty ``disagreement``. ``ideal_doubt`` is by how
    much a payoff of ``ideal`` may be higher where it could only be bounded, else 0.
    """

    agreements: Agreements
    regime: Regime
    disagreement: Mapping[str, float]
    ideal: Mapping[str, float] | None
    frontier: np.ndarray | None
    rational_size: int | None
    solutions: Sequence[Solution]
    grid: Mapping[str, int] | None = None
    stakes: Stakes | None = None
    ideal_doubt: float = 0.0

    def __getitem__(self, concept: str) -> Solution:
        """The solution of a concept by its name; a KeyError says which there are."""
        for solution in self.solutions:
            if solution.concept == concept:
                return solution
        raise KeyError(f"no solution of {concept!r} here; {', '.join(one.concept for one in self.solutions)}")

    @property
    def agreed(self) -> tuple[Solution, ...]:
        """The solutions of concepts that choose agreements."""
        return tuple(solution for solution in self.solutions if not solution.divides)

    @property
    def divided(self) -> tuple[Solution, ...]:
        """The solutions of concepts that divide the worth of coalitions."""
        return tuple(solution for solution in self.solutions if solution.divides)

    @property
    def frontier_size(self) -> int | None:
        """How many distinct efficient payoff vectors there are, or None where they cannot be listed."""
        return None if self.frontier is None else len(self.frontier)

    def to_dict(self, *, frontier: bool = False) -> dict[str, Any]:
        """The comparison as the JSON contract of ``bargain solve`` has it; the frontier's points only if asked for."""
        scenario = self.agreements.scenario
        document: dict[str, Any] = {
            "scenario": scenario.title,
            "players": list(scenario.players),
            "signatories": list(scenario.signatories),
            "regime": self.regime,
            "disagreement": dict(self.disagreement) or None,
            "ideal": self.ideal,
            "frontier_size": self.frontier_size,
            "rational_size": self.rational_size,
        }
        if self.ideal_doubt > 0:
            document["ideal_doubt"] = self.ideal_doubt
        if frontier:
            document["frontier"] = self._frontier_points()
        if self.grid:
            document["grid"] = dict(self.grid)
        if self.stakes is not None:
            document["coalitions"] = self.stakes.to_dict()
        document["solutions"] = [solution.to_dict() for solution in self.solutions]
        return document

    def _frontier_points(self) -> list[dict[str, dict[str, float]]] | None:
        if self.frontier is None:
            return None
        names = self.agreements.scenario.signatories
        return [{"payoffs": dict(zip(names, map(float, point), strict=True))} for point in self.frontier]

    def __repr__(self) -> str:
        from bargain.show.table import comparison_text

        return comparison_text(self)

    def _repr_html_(self) -> str:
        from bargain.show.html import comparison_html

        return comparison_html(self)


@dataclass(frozen=True)
class Evaluation:
    """Somebody's own proposal, judged.

    ``obstacles`` are the rules and red lines that it breaks, in words; ``refused_by`` the signatories it leaves below
    their disagreement payoff. ``better`` is an agreement that is better for every signatory (or, if there is none,
    better for some and worse for nobody); None if the proposal is efficient. ``distance`` is the largest amount that
    could be given to every signatory at once (0 on the weakly efficient frontier).
    """

    agreements: Agreements
    agreement: Agreement
    payoffs: Mapping[str, float]
    gains: Mapping[str, float]
    obstacles: Sequence[str]
    refused_by: Sequence[str]
    better: Solution | None
    distance: float

    @property
    def possible(self) -> bool:
        """True if no rule or red line is broken."""
        return not self.obstacles

    @property
    def rational(self) -> bool:
        """True if no signatory is left below its disagreement payoff."""
        return not self.refused_by

    def to_dict(self) -> dict[str, Any]:
        """The evaluation as JSON."""
        return {
            "scenario": self.agreements.scenario.title,
            "agreement": self.agreement,
            "payoffs": self.payoffs,
            "gains": self.gains,
            "disagreement": self.agreements.disagreement,
            "possible": self.possible,
            "obstacles": list(self.obstacles),
            "refused_by": list(self.refused_by),
            "efficient": self.possible and self.better is None,
            "distance": self.distance,
            "better": None if self.better is None else self.better.to_dict(),
        }

    def __repr__(self) -> str:
        from bargain.show.table import evaluation_text

        return evaluation_text(self)

    def _repr_html_(self) -> str:
        from bargain.show.html import evaluation_html

        return evaluation_html(self)


@dataclass(frozen=True)
class Study:
    """Many solves over knobs, as tidy rows: the knobs' values, the concept, status, payoffs and agreement.

    ``players`` maps names to titles. ``rows`` are dicts with the knobs' paths first, then ``concept``, ``status``,
    ``payoff.<player>`` and ``agreement.<issue>`` (shares as ``agreement.<issue>.<player>``).
    """

    title: str
    knobs: Mapping[str, Sequence[float]]
    players: Mapping[str, str]
    concepts: Sequence[str]
    rows: Sequence[Mapping[str, Any]]

    @property
    def columns(self) -> list[str]:
        """Column names, in the order of first appearance."""
        return list(dict.fromkeys(name for row in self.rows for name in row))

    def column(self, name: str, *, concept: str) -> list[Any]:
        """One column for one concept, in the order of the grid."""
        return [row.get(name) for row in self.rows if row["concept"] == concept]

    def to_csv(self) -> str:
        """The rows as CSV text with a header."""
        import csv
        import io

        sheet = io.StringIO()
        writer = csv.DictWriter(sheet, self.columns, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(self.rows)
        return sheet.getvalue()

    def to_dict(self) -> dict[str, Any]:
        """The study as JSON."""
        return {
            "scenario": self.title,
            "knobs": {path: list(values) for path, values in self.knobs.items()},
            "rows": [dict(row) for row in self.rows],
        }

    def __repr__(self) -> str:
        from bargain.show.table import study_text

        return study_text(self)

    def _repr_html_(self) -> str:
        from bargain.show.html import study_html

        return study_html(self)
