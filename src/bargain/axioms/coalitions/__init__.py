"""Axioms of rules that divide what coalitions are worth; `AXIOMS` lists them in the order in which they are printed."""

from bargain.axioms.coalitions.additivity import additivity
from bargain.axioms.coalitions.aggregate_monotonicity import aggregate_monotonicity
from bargain.axioms.coalitions.anonymity import anonymity
from bargain.axioms.coalitions.changes import worth
from bargain.axioms.coalitions.coalitional_monotonicity import coalitional_monotonicity
from bargain.axioms.coalitions.core_stability import core_stability
from bargain.axioms.coalitions.covariance import covariance
from bargain.axioms.coalitions.davis_maschler_consistency import davis_maschler_consistency
from bargain.axioms.coalitions.dummy_player import dummy_player
from bargain.axioms.coalitions.efficiency import efficiency
from bargain.axioms.coalitions.hart_mas_colell_consistency import hart_mas_colell_consistency
from bargain.axioms.coalitions.individual_rationality import individual_rationality
from bargain.axioms.coalitions.strong_monotonicity import strong_monotonicity
from bargain.axioms.coalitions.symmetry import symmetry

__all__ = [
    "AXIOMS",
    "BASICS",
    "additivity",
    "aggregate_monotonicity",
    "anonymity",
    "coalitional_monotonicity",
    "core_stability",
    "covariance",
    "davis_maschler_consistency",
    "dummy_player",
    "efficiency",
    "hart_mas_colell_consistency",
    "individual_rationality",
    "strong_monotonicity",
    "symmetry",
    "worth",
]

AXIOMS = (
    efficiency,
    individual_rationality,
    core_stability,
    symmetry,
    anonymity,
    dummy_player,
    covariance,
    additivity,
    aggregate_monotonicity,
    coalitional_monotonicity,
    strong_monotonicity,
    davis_maschler_consistency,
    hart_mas_colell_consistency,
)

BASICS = (efficiency, symmetry, anonymity, dummy_player, covariance)
"""Every concept of the catalogue that divides the worth of coalitions keeps these."""
