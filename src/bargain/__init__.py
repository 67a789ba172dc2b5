"""A game-theoretic bargaining simulator: one YAML file in, every textbook answer out.

>>> import bargain
>>> scenario = bargain.read("literature/nash_1950_barter")
>>> solution = bargain.solve(scenario, bargain.nash)
>>> solution.payoffs["bill"], solution.payoffs["jack"]
(24.0, 11.0)

Everything is imported when it is first used, so that ``import bargain`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOMES = {
    "bargain.concepts": (
        "CATALOGUE",
        "adjusted_winner",
        "asymmetric_nash",
        "constrained_equal_awards",
        "constrained_equal_losses",
        "core",
        "egalitarian",
        "equal_loss",
        "kalai_smorodinsky",
        "leximin",
        "maschler_perles",
        "nash",
        "nucleolus",
        "proportional_awards",
        "shapley",
        "proportional",
        "raiffa_continuous",
        "raiffa_discrete",
        "relative_utilitarian",
        "utilitarian",
    ),
    "bargain.auditing": ("audit",),
    "bargain.errors": (
        "BargainError",
        "NotApplicable",
        "NotConverged",
        "Problem",
        "ScenarioError",
        "TooManyAgreements",
        "UsageError",
    ),
    "bargain.files.library": ("shipped",),
    "bargain.files.read": ("parse", "read", "set_value"),
    "bargain.files.write": ("dump",),
    "bargain.model.agreements": ("Agreements",),
    "bargain.model.audit": ("Audit",),
    "bargain.model.equilibrium": ("Equilibrium",),
    "bargain.playing": ("play",),
    "bargain.protocols": ("PROTOCOLS",),
    "bargain.protocols.alternating_offers": ("Agenda", "AlternatingOffers", "PieAgenda", "Unanimity", "UnanimityOver"),
    "bargain.protocols.ultimatum": ("PrivateCost", "Ultimatum"),
    "bargain.protocols.concession.rules": ("Concession",),
    "bargain.protocols.attrition.rules": ("DemandChoice", "Reputation", "WarOfAttrition"),
    "bargain.protocols.double_auction.rules": ("DoubleAuction", "Prior", "Trade", "Types"),
    "bargain.protocols.legislative": ("Legislature", "Motions"),
    "bargain.protocols.joint_offer.rules": ("CounterDemand", "JointOffer"),
    "bargain.show.plots.plays": ("plot_play",),
    "bargain.model.results": ("Comparison", "Evaluation", "Solution", "Study"),
    "bargain.model.scenario": ("Scenario",),
    "bargain.model.tabulate": ("tabulate",),
    "bargain.solving": ("compare", "evaluate", "solve"),
    "bargain.show.plots.frontier": ("plot_frontier",),
    "bargain.show.plots.issues": ("plot_issues",),
    "bargain.show.plots.sweep": ("plot_sweep",),
    "bargain.studies.sweep": ("sweep",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
_ROOMS = ("axioms",)
"""Rooms that are entered by name: ``bargain.axioms.symmetry``."""

__all__ = ["__version__", *_ROOMS, *sorted(_HOME_OF)]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    if name in _ROOMS:
        return import_module(f"bargain.{name}")
    raise AttributeError(f"module 'bargain' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__


if TYPE_CHECKING:
    from bargain import axioms as axioms
    from bargain.auditing import audit as audit
    from bargain.concepts import (
        CATALOGUE as CATALOGUE,
        adjusted_winner as adjusted_winner,
        asymmetric_nash as asymmetric_nash,
        constrained_equal_awards as constrained_equal_awards,
        constrained_equal_losses as constrained_equal_losses,
        core as core,
        egalitarian as egalitarian,
        equal_loss as equal_loss,
        kalai_smorodinsky as kalai_smorodinsky,
        leximin as leximin,
        maschler_perles as maschler_perles,
        nash as nash,
        nucleolus as nucleolus,
        proportional as proportional,
        proportional_awards as proportional_awards,
        raiffa_continuous as raiffa_continuous,
        raiffa_discrete as raiffa_discrete,
        relative_utilitarian as relative_utilitarian,
        shapley as shapley,
        utilitarian as utilitarian,
    )
    from bargain.errors import (
        BargainError as BargainError,
        NotApplicable as NotApplicable,
        NotConverged as NotConverged,
        Problem as Problem,
        ScenarioError as ScenarioError,
        TooManyAgreements as TooManyAgreements,
        UsageError as UsageError,
    )
    from bargain.files.library import shipped as shipped
    from bargain.files.read import parse as parse, read as read, set_value as set_value
    from bargain.files.write import dump as dump
    from bargain.model.agreements import Agreements as Agreements
    from bargain.model.audit import Audit as Audit
    from bargain.model.equilibrium import Equilibrium as Equilibrium
    from bargain.model.results import (
        Comparison as Comparison,
        Evaluation as Evaluation,
        Solution as Solution,
        Study as Study,
    )
    from bargain.model.scenario import Scenario as Scenario
    from bargain.model.tabulate import tabulate as tabulate
    from bargain.playing import play as play
    from bargain.protocols import PROTOCOLS as PROTOCOLS
    from bargain.protocols.alternating_offers import (
        Agenda as Agenda,
        AlternatingOffers as AlternatingOffers,
        PieAgenda as PieAgenda,
        Unanimity as Unanimity,
        UnanimityOver as UnanimityOver,
    )
    from bargain.protocols.attrition.rules import (
        DemandChoice as DemandChoice,
        Reputation as Reputation,
        WarOfAttrition as WarOfAttrition,
    )
    from bargain.protocols.concession.rules import Concession as Concession
    from bargain.protocols.double_auction.rules import (
        DoubleAuction as DoubleAuction,
        Prior as Prior,
        Trade as Trade,
        Types as Types,
    )
    from bargain.protocols.joint_offer.rules import CounterDemand as CounterDemand, JointOffer as JointOffer
    from bargain.protocols.ultimatum import PrivateCost as PrivateCost, Ultimatum as Ultimatum
    from bargain.show.plots.frontier import plot_frontier as plot_frontier
    from bargain.show.plots.issues import plot_issues as plot_issues
    from bargain.show.plots.plays import plot_play as plot_play
    from bargain.show.plots.sweep import plot_sweep as plot_sweep
    from bargain.solving import compare as compare, evaluate as evaluate, solve as solve
    from bargain.studies.sweep import sweep as sweep
