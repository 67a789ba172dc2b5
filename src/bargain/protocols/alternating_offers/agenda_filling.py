"""An agenda over the issues of a scenario: their options in a list, or pies that are divided without end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable, UsageError
from bargain.model.axes import Axis, axis_of
from bargain.model.issues import DivisionIssue
from bargain.model.results import Agreement
from bargain.model.scenario import Scenario
from bargain.model.setups.alternating_offers import AlternatingOffersSetup
from bargain.model.table import part
from bargain.model.tabulate import tabulate
from bargain.protocols.alternating_offers.agenda_rules import Agenda, PieAgenda
from bargain.protocols.patience import patience_of, remark_on_patience
from bargain.protocols.words import Filled, Words

__all__ = ["AgendaWords", "fill_agenda"]

Floats = NDArray[np.float64]

STRAIGHT = 1e-12
"""A pie's worth at half, beside half its worth."""
NO_PLACE = ("costs", "broken", "outside", "inside", "pie", "exponents", "breakdown", "recognition")
"""What an agenda has no use for."""


@dataclass(frozen=True, eq=False)
class AgendaWords(Words):
    """Words of single issues: the settings that options stand for."""

    axes: Mapping[str, Axis] | None = None

    def setting(self, issue: str, option: int | None, share: float | None) -> Agreement:
        """The issue and how it is settled, by the place of an option or the first signatory's share."""
        if self.scenario is None:
            return {}
        if share is not None:
            first, second = self.scenario.signatories
            return {issue: {first: share, second: 1 - share}}
        return {} if option is None or self.axes is None else {issue: self.axes[issue].setting(option)}


def fill_agenda(scenario: Scenario, setup: AlternatingOffersSetup) -> Filled:
    """The rules that a set-up with an ``agenda`` makes of a scenario of two signatories.

    With a ``horizon`` the options of every issue are listed, continuous ones on their grid. Without, the issues have to
    be divisions with straight values, paid as they are settled.

    Raises
    ------
    UsageError
        where the agenda leaves out an issue, or a number is missing.
    NotApplicable
        where payoffs are no sum over issues, or the set-up asks for what an agenda cannot do.
    """
    names = scenario.signatories
    _suits(scenario, setup)
    how: dict[str, Any] = {
        "issues": tuple(setup.agenda or ()),
        "patience": patience_of(scenario, names, instead="" if setup.horizon is not None else "or write `horizon`"),
        "first": names.index(_first(setup, names)),
        "players": names,
    }
    agreements = tabulate(scenario)
    words = AgendaWords(scenario, agreements, axes=agreements.axes)
    d, remarks = agreements.threat_point, remark_on_patience(scenario, names)
    if setup.horizon is None:
        return Filled(_pies(scenario, setup, d, how), words, remarks)
    tables = {name: _parts(scenario, name, agreements.axes[name]) for name in how["issues"]}
    shortfall = (float(d[0]), float(d[1]))
    if setup.paid == "as_settled":
        base = _without_deal(scenario, d)
        tables = {name: table - base.get(name, 0.0) for name, table in tables.items()}
        shortfall = (0.0, 0.0)
    values = tuple(tables[name] for name in how["issues"])
    rules = Agenda(values=values, horizon=setup.horizon, paid=setup.paid, shortfall=shortfall, **how)
    return Filled(rules, words, remarks)


def _suits(scenario: Scenario, setup: AlternatingOffersSetup) -> None:
    """Complain about what an agenda cannot be made of."""
    names = scenario.signatories
    if len(names) != 2:
        raise NotApplicable(f"an agenda is for two signatories, and here are {len(names)}")
    extra = [key for key in NO_PLACE if getattr(setup, key) is not None]
    if extra or setup.proposer == "random" or setup.regime == "lotteries":
        what = ", ".join(extra) or ("a random proposer" if setup.proposer == "random" else "lotteries")
        raise NotApplicable(f"{what}: an agenda is settled in turn, in single options, with patience alone")
    if not scenario.has_agreements:
        raise UsageError("an agenda lists issues", hint="write issues, utilities and a disagreement")
    missing = [name for name in scenario.issues if name not in (setup.agenda or ())]
    if missing:
        raise UsageError(f"the agenda leaves out {', '.join(missing)}", hint="name every issue once, in order")
    wants = [scenario.utilities[name] for name in names]
    if scenario.rules or scenario.red_lines or any(want.terms or want.attitude for want in wants):
        raise NotApplicable("rules, red lines, terms and attitudes tie issues together: settle them as a package")


def _first(setup: AlternatingOffersSetup, names: tuple[str, ...]) -> str:
    first = setup.first or (setup.order[0] if setup.order else names[0])
    if first not in names:
        raise UsageError(f"{first} does not sign, so cannot propose first")
    return first


def _parts(scenario: Scenario, name: str, axis: Axis) -> Floats:
    """(k, 2) what the settings of an issue add to both payoffs."""
    return np.column_stack([part(scenario, player, name, axis) for player in scenario.signatories])


def _without_deal(scenario: Scenario, d: Floats) -> dict[str, Floats]:
    """(2,) per issue, what it is worth before it is settled: in the status quo, or nothing."""
    status_quo = None if scenario.disagreement is None else scenario.disagreement.agreement
    if status_quo is not None and scenario.disagreement is not None and scenario.disagreement.costs is None:
        axes = {name: axis_of(scenario.issues[name], [setting]) for name, setting in status_quo.items()}
        return {name: _parts(scenario, name, axis)[0] for name, axis in axes.items()}
    if d.any():
        raise NotApplicable(
            "issues that pay as they are settled need to be worth something before: give disagreement as an agreement, "
            "or as payoffs of 0"
        )
    return {}


def _pies(scenario: Scenario, setup: AlternatingOffersSetup, d: Floats, how: dict[str, Any]) -> PieAgenda:
    if setup.paid != "as_settled":
        raise NotApplicable("paid together, an agenda needs a last round: write `horizon`, or `paid: as_settled`")
    if d.any():
        raise NotApplicable("without a last round, disagreement has to pay 0")
    worths = [_pie(scenario, name) for name in how["issues"]]
    return PieAgenda(worths=np.array(worths), **how)


def _pie(scenario: Scenario, name: str) -> Floats:
    """(2,) what a whole pie is worth to both."""
    issue, (one, other) = scenario.issues[name], scenario.signatories
    if isinstance(issue, DivisionIssue) and set(issue.division) == {one, other}:
        whole, nothing, half = _parts(
            scenario, name, axis_of(issue, [{one: 1.0}, {other: 1.0}, {one: 0.5, other: 0.5}])
        ).tolist()
        straight = [abs(half[i] - (whole[i] + nothing[i]) / 2) <= STRAIGHT * (1 + abs(half[i])) for i in (0, 1)]
        if all(straight) and whole[1] == 0 and nothing[0] == 0:
            return np.array([whole[0], nothing[1]])
    wanted = "a division between the two, worth a straight line from 0"
    raise NotApplicable(f"without a last round, {name} has to be {wanted}: write `horizon`")
