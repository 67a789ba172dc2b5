"""Alternating offers: who haggles by turns, what it ends with, and why nobody would do otherwise."""

from bargain.protocols.alternating_offers.agenda_rules import Agenda, PieAgenda
from bargain.protocols.alternating_offers.judge import judge
from bargain.protocols.alternating_offers.kinds import alternating_offers
from bargain.protocols.alternating_offers.limits import approach, limit, products
from bargain.protocols.alternating_offers.measures import first_mover_advantage, outcome
from bargain.protocols.alternating_offers.plan import Plan
from bargain.protocols.alternating_offers.rules import AlternatingOffers
from bargain.protocols.alternating_offers.solver import equilibria, solve
from bargain.protocols.alternating_offers.terms import Points, Polyline, PowerPie, pie
from bargain.protocols.alternating_offers.unanimity_rules import Unanimity
from bargain.protocols.alternating_offers.unanimity_set_rules import UnanimityOver

__all__ = [
    "Agenda",
    "AlternatingOffers",
    "PieAgenda",
    "Plan",
    "Points",
    "Polyline",
    "PowerPie",
    "Unanimity",
    "UnanimityOver",
    "alternating_offers",
    "approach",
    "equilibria",
    "first_mover_advantage",
    "judge",
    "limit",
    "outcome",
    "pie",
    "products",
    "solve",
]
