"""Lists of agreements without lotteries: barter, textbook tables, convention traps, degenerate cases."""

from __future__ import annotations

from typing import Any

from golden.records import Golden, table

BILL_THEN_JACK = {
    "book": (2, 4), "whip": (2, 2), "ball": (2, 1), "bat": (2, 2), "box": (4, 1),
    "pen": (10, 1), "toy": (4, 1), "knife": (6, 2), "hat": (2, 2),
}  # fmt: skip
"""Nash's goods, worth to Bill and worth to Jack; Bill owns the first five, Jack the last four."""

NASH_1950 = "Nash 1950, Econometrica 18:155-162, the barter example (pages recalled: 160-161)"
TRAPS = [(1, 0), (0, 1), (0.5, 0.55), (0.8, 0.2), (0.3, 0.75)]
SPREAD = [(1, 0), (0, 1), (0.30, 0.315), (0.9, 0.31)]
UNREACHABLE_IDEAL = [(10, 0), (4, 2), (2, 5)]
THREE = [(1, 1, 5), (1, 2, 2), (1, 2, 3), (1, 3, 2)]
STRONG = [(6, 1), (3, 3), (1, 4)]


def barter() -> dict[str, Any]:
    """Nine goods, each ending with Bill or with Jack; without a deal both keep theirs (12 and 6)."""
    goods = list(BILL_THEN_JACK)
    return {
        "bargain": 1,
        "title": "Bill and Jack",
        "players": {"bill": {}, "jack": {}},
        "issues": {good: {"options": {"bill": "to Bill", "jack": "to Jack"}} for good in goods},
        "utilities": {
            "bill": {good: {"values": {"bill": BILL_THEN_JACK[good][0], "jack": 0}} for good in goods},
            "jack": {good: {"values": {"bill": 0, "jack": BILL_THEN_JACK[good][1]}} for good in goods},
        },
        "disagreement": {"agreement": {good: "bill" if k < 5 else "jack" for k, good in enumerate(goods)}},
    }


BARTER_DEAL = {good: "bill" if good in ("box", "pen", "toy", "knife") else "jack" for good in BILL_THEN_JACK}

CASES = [
    Golden("barter", barter(), "nash", (24, 11), NASH_1950, agreement=BARTER_DEAL, tie_count=0,
           certificate={"product_of_gains": 60}),
    Golden("barter by sum", barter(), "utilitarian", (30, 6),
           "own derivation: every good to whoever values it more, sum 36; whip, bat and hat are worth 2 to "
           "both, and Jack "
           "needs one of the three besides the book: 7 ways, the first leaves Bill the whip and the bat",
           tie_count=6),
    Golden("war worse than any deal", table(TRAPS, (-1, -0.1)), "nash", (0.3, 0.75),
           "own derivation: products of gains 0.2, 1.1, 0.975, 0.54, 1.105; raising d to the players' minima "
           "(0, 0) would give (0.5, 0.55)"),
    Golden("same list, d at the minima", table(TRAPS, (0, 0)), "nash", (0.5, 0.55),
           "own derivation: 0.275 against 0.225 and 0.16"),
    Golden("unsupported", table([(10, 0.5), (4, 4), (0.5, 10)], (0, 0)), "nash", (4, 4),
           "own derivation: 16 against 5 twice, although a lottery of the others pays 5.25 each"),
    Golden("two equal products", table([(1, 2), (2, 1), (1, 1)], (0, 0)), "nash", (1, 2),
           "own derivation: products 2, 2, 1", tie_count=1),
    Golden("three players", table([(1, 1, 8), (2, 2, 2), (3, 3, 1), (2, 1, 5)], (0, 0, 0)), "nash", (2, 1, 5),
           "own derivation: products 8, 8, 9, 10"),
    Golden("only two of three can gain", table([(2, 3, 0), (0, 1, 1), (5, 0, 1), (4, 0, 0)], (0, 0, 0)),
          "nash", (2, 3, 0),
           "own derivation: three groups of two gainers tie, as in maximum Nash welfare (Caragiannis et "
           "al. 2019)",
           tie_count=2),
    Golden("equal powers", table(STRONG, (0, 0)), "asymmetric_nash", (3, 3),
          "own derivation: products 6, 9, 4"),
    Golden("powers 2 to 1", table(STRONG, (0, 0), (2, 1)), "asymmetric_nash", (6, 1),
           "own derivation: a²b is 36, 27, 4", certificate={"powers": {"a": 2 / 3, "b": 1 / 3}}),
    Golden("powers of three", table([(4, 1, 1), (2, 2, 1), (1, 1, 3)], (0, 0, 0), (1, 1, 3)),
          "asymmetric_nash", (1, 1, 3),
           "own derivation: abc³ is 4, 4, 27"),
    Golden("largest least ratio", table(SPREAD, (0, 0)), "kalai_smorodinsky", (0.9, 0.31),
           "own derivation: least ratios 0, 0, 0.30, 0.31; the smallest spread would pick (0.30, 0.315)",
           certificate={"ratios": {"a": 0.9, "b": 0.31}, "ideal": {"a": 1, "b": 1}}),
    Golden("ideal over rational agreements", table(UNREACHABLE_IDEAL, (0, 1)), "kalai_smorodinsky", (2, 5),
           "own derivation: the ideal is (4, 5), ratios (1, 1/4) and (1/2, 1); counting (10, 0), which b "
           "refuses, the "
           "ratios are (2/5, 1/4) and (1/5, 1) and the answer (4, 2)", certificate={"ideal": {"a": 4,
           "b": 5}}),
    Golden("one player cannot gain", table([(0, 2), (0, 5), (-1, 9)], (0, 0)), "kalai_smorodinsky", (0, 5),
           "own derivation: only b's ratio counts"),
    Golden("ratios of three", table([(4, 1, 4), (2, 2, 1), (1, 4, 3)], (0, 0, 0)), "kalai_smorodinsky", (4,
          1, 4),
           "own derivation: ideal (4, 4, 4), sorted ratios in quarters 1-4-4, 1-2-2 and 1-3-4: leximin at "
           "the second level "
           "(Imai 1983, Econometrica 51:389)", tie_count=0),
    Golden("second and third level", table(THREE, (0, 0, 0)), "leximin", (1, 2, 3),
           "own derivation: sorted gains 1-1-5, 1-2-2, 1-2-3, 1-2-3", tie_count=1),
    Golden("as egalitarian", table(THREE, (0, 0, 0)), "egalitarian", (1, 2, 3), "own derivation: as leximin",
          tie_count=1,
           certificate={"smallest_gain": 1}),
    Golden("gains, not payoffs", table([(5, 5), (8, 3)], (4, 0)), "egalitarian", (8, 3),
           "own derivation: least gains 1 and 3"),
    Golden("gains, not payoffs", table([(5, 5), (8, 3)], (4, 0)), "leximin", (8, 3),
          "own derivation: least gains 1 and 3"),
    Golden("no normalisation", table([(100, 1), (2, 2)], (0, 0)), "egalitarian", (2, 2),
           "own derivation: 1 against 2; ratios would give (100, 1)"),
    Golden("last level", table([(1, 2, 3, 4), (1, 2, 3, 5), (4, 3, 2, 1)], (0, 0, 0, 0)), "leximin", (1, 2,
          3, 5),
           "own derivation: the fourth level decides", tie_count=0),
    Golden("sum over rational agreements", table([(9, 0), (3, 4), (5, 3)], (0, 1)), "utilitarian", (5, 3),
           "own derivation: 9 is refused by b; then 8 against 7"),
    Golden("equal sums", table([(3, 1, 1), (1, 3, 1), (2, 2, 0)], (0, 0, 1)), "utilitarian", (3, 1, 1),
           "own derivation: 5 and 5; c refuses the third", tie_count=1),
    *[
        Golden("disagreement is efficient", table([(3, 0), (1, 1), (0, 3)], (1, 1)), concept, (1, 1),
               "own derivation: the only rational agreement pays d", tie_count=0)
        for concept in ("nash", "asymmetric_nash", "kalai_smorodinsky", "egalitarian", "leximin",
        "utilitarian")
    ],
    *[
        Golden("nothing is rational", table([(4, 0), (0, 3)], (1, 1)), concept, None,
               "own derivation: least gains -1 and -1", certificate={"largest_minimum_gain": -1,
               "lotteries_would_help": True})
        for concept in ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")
    ],
    Golden("a lottery would just reach d", table([(4, 0), (0, 4)], (2, 2)), "nash", None,
           "own derivation: an even lottery pays (2, 2)",
           certificate={"largest_minimum_gain": -2, "lotteries_would_help": True}),
    Golden("one player asks too much", table([(1, 1), (0, 2)], (4, 0)), "nash", None,
          "own derivation: a is 3 short at best",
           certificate={"largest_minimum_gain": -3, "binding": ["a"], "lotteries_would_help": False}),
]  # fmt: skip
