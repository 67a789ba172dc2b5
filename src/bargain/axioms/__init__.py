"""Axioms that run: one finder of violations each; `AXIOMS` lists them in the order in which they are printed.

Those about agreements stand here; those about dividing what coalitions are worth, an estate among claims, and items
stand in `coalitions`, `awards` and `items`. Names are unique within a ground.
"""

from bargain.axioms import awards, coalitions, items
from bargain.axioms.anonymity import anonymity
from bargain.axioms.answer import Answer, Rule, answer_of
from bargain.axioms.axiom import Axiom, Violation, Voice
from bargain.axioms.claims import DOMAINS, Domain, Keeps, Standing, ground_of
from bargain.axioms.common_scale import common_scale
from bargain.axioms.disagreement_monotonicity import disagreement_monotonicity
from bargain.axioms.efficiency import efficiency
from bargain.axioms.independence import independence
from bargain.axioms.independence_of_the_irrational import independence_of_the_irrational
from bargain.axioms.individual_monotonicity import individual_monotonicity
from bargain.axioms.individual_rationality import individual_rationality
from bargain.axioms.midpoint_domination import midpoint_domination
from bargain.axioms.restricted_monotonicity import restricted_monotonicity
from bargain.axioms.scale_invariance import scale_invariance
from bargain.axioms.situation import Situation, situation
from bargain.axioms.step_by_step import step_by_step
from bargain.axioms.strong_monotonicity import strong_monotonicity
from bargain.axioms.superadditivity import superadditivity
from bargain.axioms.symmetry import symmetry
from bargain.axioms.translation_invariance import translation_invariance
from bargain.axioms.weak_efficiency import weak_efficiency
from bargain.axioms.witness import Witness, witness_against
from bargain.model.results import Ground

__all__ = [
    "AXIOMS",
    "BASICS",
    "DOMAINS",
    "Answer",
    "Axiom",
    "Domain",
    "Keeps",
    "Rule",
    "Situation",
    "Standing",
    "Violation",
    "Voice",
    "Witness",
    "anonymity",
    "answer_of",
    "awards",
    "axioms_over",
    "coalitions",
    "common_scale",
    "disagreement_monotonicity",
    "efficiency",
    "ground_of",
    "independence",
    "independence_of_the_irrational",
    "individual_monotonicity",
    "individual_rationality",
    "items",
    "midpoint_domination",
    "restricted_monotonicity",
    "scale_invariance",
    "situation",
    "step_by_step",
    "strong_monotonicity",
    "superadditivity",
    "symmetry",
    "translation_invariance",
    "weak_efficiency",
    "witness_against",
]

AXIOMS: tuple[Axiom, ...] = (
    efficiency,
    weak_efficiency,
    individual_rationality,
    symmetry,
    anonymity,
    translation_invariance,
    scale_invariance,
    common_scale,
    independence,
    independence_of_the_irrational,
    strong_monotonicity,
    individual_monotonicity,
    restricted_monotonicity,
    disagreement_monotonicity,
    midpoint_domination,
    step_by_step,
    superadditivity,
    *items.AXIOMS,
    *coalitions.AXIOMS,
    *awards.AXIOMS,
)

BASICS: tuple[Axiom, ...] = (
    weak_efficiency,
    individual_rationality,
    anonymity,
    translation_invariance,
    common_scale,
    independence_of_the_irrational,
)
"""Hardly anybody would do without these: every concept over agreements keeps them, in every regime."""


def axioms_over(*grounds: Ground) -> tuple[Axiom, ...]:
    """The axioms of rules that choose from agreements, items, coalitions or claims.

    >>> [axiom.name for axiom in axioms_over("items")][:3]
    ['efficiency', 'equitability', 'envy_freeness']
    """
    return tuple(axiom for axiom in AXIOMS if axiom.over in grounds)
