"""Axioms of rules that divide an estate among claims; `AXIOMS` lists them in the order in which they are printed."""

from bargain.axioms.awards.anonymity import anonymity
from bargain.axioms.awards.changes import estate
from bargain.axioms.awards.claims_boundedness import claims_boundedness
from bargain.axioms.awards.claims_monotonicity import claims_monotonicity
from bargain.axioms.awards.claims_truncation_invariance import claims_truncation_invariance
from bargain.axioms.awards.composition_down import composition_down
from bargain.axioms.awards.composition_up import composition_up
from bargain.axioms.awards.consistency import consistency
from bargain.axioms.awards.efficiency import efficiency
from bargain.axioms.awards.equal_treatment import equal_treatment
from bargain.axioms.awards.full_compensation import full_compensation
from bargain.axioms.awards.homogeneity import homogeneity
from bargain.axioms.awards.minimal_rights_first import minimal_rights_first
from bargain.axioms.awards.no_advantageous_transfer import no_advantageous_transfer
from bargain.axioms.awards.null_compensation import null_compensation
from bargain.axioms.awards.order_preservation import order_preservation
from bargain.axioms.awards.resource_monotonicity import resource_monotonicity
from bargain.axioms.awards.securement import securement
from bargain.axioms.awards.self_duality import self_duality

__all__ = [
    "AXIOMS",
    "BASICS",
    "anonymity",
    "claims_boundedness",
    "claims_monotonicity",
    "claims_truncation_invariance",
    "composition_down",
    "composition_up",
    "consistency",
    "efficiency",
    "equal_treatment",
    "estate",
    "full_compensation",
    "homogeneity",
    "minimal_rights_first",
    "no_advantageous_transfer",
    "null_compensation",
    "order_preservation",
    "resource_monotonicity",
    "securement",
    "self_duality",
]

AXIOMS = (
    efficiency,
    claims_boundedness,
    equal_treatment,
    anonymity,
    order_preservation,
    homogeneity,
    resource_monotonicity,
    claims_monotonicity,
    claims_truncation_invariance,
    minimal_rights_first,
    composition_down,
    composition_up,
    self_duality,
    consistency,
    securement,
    full_compensation,
    null_compensation,
    no_advantageous_transfer,
)

BASICS = (
    efficiency,
    claims_boundedness,
    equal_treatment,
    anonymity,
    order_preservation,
    homogeneity,
    resource_monotonicity,
    claims_monotonicity,
)
"""Every concept of the catalogue that divides an estate keeps these."""
