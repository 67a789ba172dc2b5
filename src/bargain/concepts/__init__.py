"""Axiomatic solutions, one file each; `CATALOGUE` lists them in the order in which they are printed."""

from bargain.concepts.asymmetric_nash import asymmetric_nash
from bargain.concepts.concept import Concept
from bargain.concepts.constrained_equal_awards import constrained_equal_awards
from bargain.concepts.constrained_equal_losses import constrained_equal_losses
from bargain.concepts.core import core
from bargain.concepts.egalitarian import egalitarian
from bargain.concepts.kalai_smorodinsky import kalai_smorodinsky
from bargain.concepts.leximin import leximin
from bargain.concepts.nash import nash
from bargain.concepts.nucleolus import nucleolus
from bargain.concepts.proportional_awards import proportional_awards
from bargain.concepts.shapley import shapley
from bargain.concepts.utilitarian import utilitarian

__all__ = [
    "CATALOGUE",
    "Concept",
    "asymmetric_nash",
    "constrained_equal_awards",
    "constrained_equal_losses",
    "core",
    "egalitarian",
    "kalai_smorodinsky",
    "leximin",
    "nash",
    "nucleolus",
    "proportional_awards",
    "shapley",
    "utilitarian",
]

CATALOGUE: tuple[Concept, ...] = (
    nash,
    asymmetric_nash,
    kalai_smorodinsky,
    egalitarian,
    leximin,
    utilitarian,
    shapley,
    nucleolus,
    core,
    constrained_equal_awards,
    constrained_equal_losses,
    proportional_awards,
)
