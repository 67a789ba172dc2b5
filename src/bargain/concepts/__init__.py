"""Axiomatic solutions, one file each; `CATALOGUE` lists them in the order in which they are printed."""

from bargain.concepts.adjusted_winner import adjusted_winner
from bargain.concepts.asymmetric_nash import asymmetric_nash
from bargain.concepts.concept import Concept
from bargain.concepts.egalitarian import egalitarian
from bargain.concepts.equal_loss import equal_loss
from bargain.concepts.kalai_smorodinsky import kalai_smorodinsky
from bargain.concepts.leximin import leximin
from bargain.concepts.maschler_perles import maschler_perles
from bargain.concepts.nash import nash
from bargain.concepts.proportional import proportional
from bargain.concepts.raiffa_continuous import raiffa_continuous
from bargain.concepts.raiffa_discrete import raiffa_discrete
from bargain.concepts.relative_utilitarian import relative_utilitarian
from bargain.concepts.utilitarian import utilitarian

__all__ = [
    "CATALOGUE",
    "Concept",
    "adjusted_winner",
    "asymmetric_nash",
    "egalitarian",
    "equal_loss",
    "kalai_smorodinsky",
    "leximin",
    "maschler_perles",
    "nash",
    "proportional",
    "raiffa_continuous",
    "raiffa_discrete",
    "relative_utilitarian",
    "utilitarian",
]

CATALOGUE: tuple[Concept, ...] = (
    nash,
    asymmetric_nash,
    kalai_smorodinsky,
    egalitarian,
    proportional,
    leximin,
    utilitarian,
    relative_utilitarian,
    equal_loss,
    maschler_perles,
    raiffa_discrete,
    raiffa_continuous,
    adjusted_winner,
)
