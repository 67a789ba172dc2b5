"""Axioms of rules that hand out items to two; `AXIOMS` lists them in the order in which they are printed."""

from bargain.axioms.items.anonymity import anonymity
from bargain.axioms.items.common_scale import common_scale
from bargain.axioms.items.efficiency import efficiency
from bargain.axioms.items.envy_freeness import envy_freeness
from bargain.axioms.items.equitability import equitability
from bargain.axioms.items.handing import points
from bargain.axioms.items.one_split import one_split
from bargain.axioms.items.resource_monotonicity import resource_monotonicity
from bargain.axioms.items.scale_invariance import scale_invariance
from bargain.axioms.items.strategy_proofness import strategy_proofness

__all__ = [
    "AXIOMS",
    "anonymity",
    "common_scale",
    "efficiency",
    "envy_freeness",
    "equitability",
    "one_split",
    "points",
    "resource_monotonicity",
    "scale_invariance",
    "strategy_proofness",
]

AXIOMS = (
    efficiency,
    equitability,
    envy_freeness,
    one_split,
    anonymity,
    common_scale,
    scale_invariance,
    resource_monotonicity,
    strategy_proofness,
)
