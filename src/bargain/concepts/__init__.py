"""Axiomatic solutions, one file each; `CATALOGUE` lists them in the order in which they are printed."""

from bargain.concepts.asymmetric_nash import asymmetric_nash
from bargain.concepts.concept import Concept
from bargain.concepts.egalitarian import egalitarian
from bargain.concepts.kalai_smorodinsky import kalai_smorodinsky
from bargain.concepts.leximin import leximin
from bargain.concepts.nash import nash
from bargain.concepts.utilitarian import utilitarian

__all__ = [
    "CATALOGUE",
    "Concept",
    "asymmetric_nash",
    "egalitarian",
    "kalai_smorodinsky",
    "leximin",
    "nash",
    "utilitarian",
]

CATALOGUE: tuple[Concept, ...] = (
    nash,
    asymmetric_nash,
    kalai_smorodinsky,
    egalitarian,
    leximin,
    utilitarian,
)
