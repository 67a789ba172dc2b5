"""Small problems on which concepts break axioms. Written by ``python docs/witnesses.py``, not by hand."""

from bargain.axioms.awards.changes import estate
from bargain.axioms.coalitions.changes import worth
from bargain.axioms.items.handing import points
from bargain.axioms.situation import situation
from bargain.axioms.witness import Witness

__all__ = ["WITNESSES"]

WITNESSES: tuple[Witness, ...] = (
    Witness("efficiency", ("egalitarian", "proportional"), situation([[1, 2]], regime="lotteries")),
    Witness("efficiency", ("kalai_smorodinsky", "equal_loss"), situation([[0, 1, 1], [2, 2, 0]], regime="lotteries")),
    Witness("symmetry", ("asymmetric_nash", "proportional"), situation([[2, 1], [1, 2]], powers=[2, 1])),
    Witness(
        "symmetry", ("asymmetric_nash", "proportional"), situation([[1, 0], [0, 1]], powers=[2, 1], regime="lotteries")
    ),
    Witness("scale_invariance", ("utilitarian", "equal_loss"), situation([[2, 0], [1, 3]])),
    Witness("scale_invariance", ("egalitarian", "proportional", "leximin"), situation([[2, 1], [1, 3]])),
    Witness("scale_invariance", ("egalitarian", "proportional"), situation([[1, 1]], regime="lotteries")),
    Witness("scale_invariance", ("leximin", "equal_loss"), situation([[1, 0], [0, 1]], regime="lotteries")),
    Witness("scale_invariance", ("utilitarian",), situation([[1, 0], [0, 3]], regime="lotteries")),
    Witness("independence", ("equal_loss",), situation([[3, 0], [1, 1], [0, 3]])),
    Witness("independence", ("kalai_smorodinsky",), situation([[3, 1], [1, 2], [0, 4]])),
    Witness("independence", ("relative_utilitarian",), situation([[3, 1], [2, 2], [0, 4]])),
    Witness(
        "independence",
        ("kalai_smorodinsky", "equal_loss", "maschler_perles", "raiffa_discrete", "raiffa_continuous"),
        situation([[2, 0], [1, 1], [0, 2]], regime="lotteries"),
    ),
    Witness("independence", ("relative_utilitarian",), situation([[3, 1], [2, 2], [0, 4]], regime="lotteries")),
    Witness("strong_monotonicity", ("utilitarian", "equal_loss"), situation([[1, 1], [0, 3]])),
    Witness(
        "strong_monotonicity",
        (
            "nash",
            "asymmetric_nash",
            "kalai_smorodinsky",
            "egalitarian",
            "proportional",
            "leximin",
            "relative_utilitarian",
        ),
        situation([[2, 1], [1, 3]]),
    ),
    Witness(
        "strong_monotonicity",
        ("kalai_smorodinsky", "equal_loss", "maschler_perles", "raiffa_discrete", "raiffa_continuous"),
        situation([[1, 1], [0, 2]], regime="lotteries"),
    ),
    Witness("strong_monotonicity", ("leximin",), situation([[2, 0], [1, 2]], regime="lotteries")),
    Witness("strong_monotonicity", ("nash", "asymmetric_nash"), situation([[2, 1], [1, 2]], regime="lotteries")),
    Witness("strong_monotonicity", ("utilitarian",), situation([[1, 1], [0, 3]], regime="lotteries")),
    Witness("strong_monotonicity", ("relative_utilitarian",), situation([[2, 1], [1, 3]], regime="lotteries")),
    Witness("individual_monotonicity", ("kalai_smorodinsky",), situation([[2, 1], [1, 2], [0, 3]])),
    Witness(
        "individual_monotonicity",
        ("nash", "asymmetric_nash", "egalitarian", "proportional", "leximin", "equal_loss"),
        situation([[3, 0], [2, 2], [1, 3]]),
    ),
    Witness("individual_monotonicity", ("relative_utilitarian",), situation([[3, 1], [2, 2], [0, 4]])),
    Witness("individual_monotonicity", ("utilitarian",), situation([[4, 0], [3, 3], [1, 4]])),
    Witness(
        "individual_monotonicity", ("nash", "asymmetric_nash"), situation([[3, 0], [2, 2], [1, 3]], regime="lotteries")
    ),
    Witness("individual_monotonicity", ("utilitarian",), situation([[3, 0], [2, 3], [0, 4]], regime="lotteries")),
    Witness(
        "individual_monotonicity", ("relative_utilitarian",), situation([[3, 1], [2, 2], [0, 4]], regime="lotteries")
    ),
    Witness("individual_monotonicity", ("raiffa_continuous",), situation([[3, 2], [2, 3], [0, 4]], regime="lotteries")),
    Witness("individual_monotonicity", ("raiffa_discrete",), situation([[2, 5], [0, 5], [3, 4]], regime="lotteries")),
    Witness(
        "individual_monotonicity",
        ("maschler_perles",),
        situation([[7, 4], [10, 0], [7, 9], [-1, 8]], regime="lotteries"),
    ),
    Witness("restricted_monotonicity", ("kalai_smorodinsky",), situation([[2, 1], [1, 2], [0, 3]])),
    Witness(
        "restricted_monotonicity",
        ("nash", "asymmetric_nash", "egalitarian", "proportional", "leximin", "equal_loss"),
        situation([[3, 0], [2, 2], [1, 3]]),
    ),
    Witness("restricted_monotonicity", ("relative_utilitarian",), situation([[3, 0], [2, 3], [1, 4]])),
    Witness("restricted_monotonicity", ("utilitarian",), situation([[4, 0], [3, 3], [1, 4]])),
    Witness(
        "restricted_monotonicity", ("nash", "asymmetric_nash"), situation([[3, 0], [2, 2], [1, 3]], regime="lotteries")
    ),
    Witness("restricted_monotonicity", ("utilitarian",), situation([[3, 0], [2, 3], [0, 4]], regime="lotteries")),
    Witness(
        "restricted_monotonicity", ("relative_utilitarian",), situation([[3, 0], [2, 3], [1, 4]], regime="lotteries")
    ),
    Witness("restricted_monotonicity", ("raiffa_continuous",), situation([[3, 2], [2, 3], [0, 4]], regime="lotteries")),
    Witness("restricted_monotonicity", ("raiffa_discrete",), situation([[2, 5], [0, 5], [3, 4]], regime="lotteries")),
    Witness(
        "restricted_monotonicity",
        ("maschler_perles",),
        situation([[1, 11], [0, 11], [11, 7], [12, -3]], regime="lotteries"),
    ),
    Witness("restricted_monotonicity", ("leximin",), situation([[1, 2, 1], [0, 2, 2], [1, 0, 2]], regime="lotteries")),
    Witness("disagreement_monotonicity", ("relative_utilitarian",), situation([[6, 1], [0, 10], [4, 3]])),
    Witness("disagreement_monotonicity", ("equal_loss",), situation([[0, 0, 3], [1, 3, 1], [3, 2, 0]])),
    Witness("disagreement_monotonicity", ("kalai_smorodinsky",), situation([[3, 6, 3], [5, 5, 2], [0, 1, 5]])),
    Witness(
        "disagreement_monotonicity",
        ("relative_utilitarian",),
        situation([[3, -1, 2], [0, 0, 2], [2, 5, 0]], regime="lotteries"),
    ),
    Witness(
        "midpoint_domination",
        (
            "nash",
            "asymmetric_nash",
            "kalai_smorodinsky",
            "egalitarian",
            "proportional",
            "leximin",
            "utilitarian",
            "relative_utilitarian",
            "equal_loss",
        ),
        situation([[1, 1], [0, 3]]),
    ),
    Witness("midpoint_domination", ("egalitarian", "proportional"), situation([[1, 3]], regime="lotteries")),
    Witness(
        "midpoint_domination", ("leximin", "utilitarian", "equal_loss"), situation([[1, 0], [0, 2]], regime="lotteries")
    ),
    Witness("midpoint_domination", ("relative_utilitarian",), situation([[1, 1], [0, 3]], regime="lotteries")),
    Witness(
        "midpoint_domination", ("asymmetric_nash",), situation([[1, 0], [0, 1]], powers=[2, 1], regime="lotteries")
    ),
    Witness("step_by_step", ("egalitarian", "proportional", "leximin"), situation([[3, 3], [5, 2], [2, 1]])),
    Witness(
        "step_by_step",
        ("nash", "asymmetric_nash", "kalai_smorodinsky", "utilitarian", "relative_utilitarian", "equal_loss"),
        situation([[6, 2], [5, 1], [3, 6]]),
    ),
    Witness(
        "step_by_step",
        (
            "nash",
            "asymmetric_nash",
            "kalai_smorodinsky",
            "utilitarian",
            "equal_loss",
            "maschler_perles",
            "raiffa_discrete",
            "raiffa_continuous",
        ),
        situation([[2, 0], [1, 1], [0, 3]], regime="lotteries"),
    ),
    Witness("step_by_step", ("leximin",), situation([[3, 0], [2, 1], [1, 3]], regime="lotteries")),
    Witness("step_by_step", ("relative_utilitarian",), situation([[6, 2], [5, 1], [3, 6]], regime="lotteries")),
    Witness("superadditivity", ("relative_utilitarian",), situation([[1, 1]])),
    Witness("superadditivity", ("kalai_smorodinsky",), situation([[1, 2]])),
    Witness(
        "superadditivity", ("nash", "asymmetric_nash", "egalitarian", "proportional", "leximin"), situation([[1, 3]])
    ),
    Witness("superadditivity", ("equal_loss",), situation([[1, 1], [0, 3]])),
    Witness(
        "superadditivity",
        (
            "nash",
            "asymmetric_nash",
            "kalai_smorodinsky",
            "relative_utilitarian",
            "raiffa_discrete",
            "raiffa_continuous",
        ),
        situation([[1, 1]], regime="lotteries"),
    ),
    Witness("superadditivity", ("leximin",), situation([[1, 2]], regime="lotteries")),
    Witness("superadditivity", ("equal_loss",), situation([[6, 0, 0], [0, 6, 0], [1, 1, 1]], regime="lotteries")),
    Witness("scale_invariance", ("adjusted_winner",), points([(100, 100)])),
    Witness("strategy_proofness", ("adjusted_winner",), points([(0, 25), (100, 75)])),
    Witness("individual_rationality", ("shapley",), worth([0, 0, 0, 0, 0, 1, 0])),
    Witness("core_stability", ("shapley",), worth([0, 0, 0, 0, 1, 1, 1])),
    Witness("additivity", ("nucleolus",), worth([0, 0, 0, 0, 0, 0, 1])),
    Witness("additivity", ("core",), worth([0, 0, 0, 0, 1, 1, 1])),
    Witness("aggregate_monotonicity", ("nucleolus",), worth([0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2, 0, 2, 1, 3])),
    Witness("coalitional_monotonicity", ("nucleolus",), worth([0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2, 0, 2, 1, 3])),
    Witness("coalitional_monotonicity", ("core",), worth([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2])),
    Witness("strong_monotonicity", ("nucleolus", "core"), worth([0, 0, 0, 0, 0, 0, 1])),
    Witness("davis_maschler_consistency", ("shapley",), worth([0, 0, 0, 0, 0, 1, 0])),
    Witness("hart_mas_colell_consistency", ("nucleolus",), worth([0, 0, 0, 0, 0, 1, 2])),
    Witness(
        "claims_truncation_invariance", ("constrained_equal_losses", "proportional_awards"), estate(50, [100, 200])
    ),
    Witness("minimal_rights_first", ("constrained_equal_awards", "proportional_awards"), estate(150, [100, 200])),
    Witness("composition_down", ("shapley", "nucleolus"), estate(150, [100, 200])),
    Witness("composition_up", ("shapley", "nucleolus"), estate(150, [100, 200])),
    Witness("self_duality", ("constrained_equal_awards", "constrained_equal_losses"), estate(50, [100, 200])),
    Witness("consistency", ("shapley",), estate(150, [100, 200, 300])),
    Witness("securement", ("constrained_equal_losses", "proportional_awards"), estate(50, [100, 200])),
    Witness(
        "full_compensation",
        ("shapley", "nucleolus", "constrained_equal_losses", "proportional_awards"),
        estate(200, [100, 200]),
    ),
    Witness(
        "null_compensation",
        ("shapley", "nucleolus", "constrained_equal_awards", "proportional_awards"),
        estate(50, [100, 200]),
    ),
    Witness(
        "no_advantageous_transfer",
        ("shapley", "nucleolus", "constrained_equal_awards", "constrained_equal_losses"),
        estate(50, [100, 200, 300]),
    ),
)
