"""The concepts beside the classical six: lists, lotteries and pies."""

from __future__ import annotations

from math import sqrt
from typing import Any

from golden.lotteries import ADJUSTED_WINNER, POLYGON, SIMPLEX, panama
from golden.records import Golden, linear, pie, table

BRIDGE = [(0, 11), (9, 9), (13, 8), (15, 7), (20, 4)]
CAMP_DAVID = {
    "sinai": (35, 55), "recognition": (10, 5), "west_bank_gaza": (20, 10), "linkage": (10, 5),
    "palestinian_rights": (5, 20), "jerusalem": (20, 5),
}  # fmt: skip
CAMP_DAVID_SOURCE = (
    "issues and method: Brams & Togman 1996, Conflict Management and Peace Science 15(1):99-112; the points are "
    "recalled, unconfirmed; own derivation: 60 against 75, a sixth of Sinai (ratio 55/35) moves: 75 - 55s = 60 + 35s"
)
RATIO = sqrt(2 / 3)
DRIFT = (8 + 6 * RATIO) * ((8 + 6 * RATIO) / (8 - 6 * RATIO)) ** (-(1 + 1 / sqrt(6)) / (2 / sqrt(6)))
"""What the second still misses of 8 when the first reaches 6: q + kp and q - kp fall at rates 1 + r and 1 - r, with
p = 6 - x, q = 8 - y, k = sqrt(2/3), r = 1/sqrt(6)."""


def items(points: dict[str, tuple[float, float]], d: tuple[float, float] = (0, 0)) -> dict[str, Any]:
    """Every item a division between a and b, worth its points to whoever has all of it."""
    names = ("a", "b")
    return {
        "bargain": 1,
        "title": "Items",
        "players": {name: {} for name in names},
        "issues": {item: {"division": list(names)} for item in points},
        "utilities": {
            name: {item: linear(both[side]) for item, both in points.items()} for side, name in enumerate(names)
        },
        "disagreement": {"payoffs": dict(zip(names, d, strict=True))},
    }


def _list(name: str, rows: Any, d: Any, concept: str, payoffs: Any, source: str, power: Any = None) -> Golden:
    return Golden(name, table(rows, d, power), concept, payoffs, f"own derivation: {source}")


def _lottery(name: str, rows: Any, d: Any, concept: str, payoffs: Any, source: str, power: Any = None) -> Golden:
    document = table(rows, d, power)
    return Golden(name, document, concept, payoffs, f"own derivation: {source}", regime="lotteries", within=1e-8)


def _pie(name: str, weights: Any, d: Any, concept: str, payoffs: Any, source: str, power: Any = None) -> Golden:
    document = pie([linear(weight) for weight in weights], d, power)
    return Golden(name, document, concept, payoffs, f"own derivation: {source}", within=1e-6)


CASES = [
    _list("powers 2 to 1", [(9, 1), (6, 2), (2, 4)], (0, 0), "proportional", (6, 2),
          "least gains per power 1, 2, 1", (2, 1)),
    _list("powers of three", [(3, 2, 1), (4, 4, 0.5), (1, 5, 5)], (0, 0, 0), "proportional", (3, 2, 1),
          "least gains per power 1, 1/2, 1/3", (3, 2, 1)),
    _list("second level", [(2, 4, 1), (2, 2, 5)], (0, 0, 0), "proportional", (2, 2, 5),
          "gains per power 1-4-1 and 1-2-5", (2, 1, 1)),
    _lottery("triangle, powers 2 to 1", [(4, 0), (0, 2)], (0, 0), "proportional", (2, 1), "2t/4 + t/2 = 1", (2, 1)),
    _pie("shares of the surplus", (1, 1, 1), (0, 0, 0), "proportional", (1 / 6, 1 / 3, 1 / 2), "t(1 + 2 + 3) = 1",
         (1, 2, 3)),
    _list("sum of ratios", [(10, 0), (6, 3), (0, 4)], (0, 0), "relative_utilitarian", (6, 3), "1, 1.35 and 1"),
    _list("units do not count", [(100, 1), (2, 2)], (0, 0), "relative_utilitarian", (100, 1), "1.5 against 1.02"),
    _list("three players", [(4, 1, 0), (2, 2, 1), (0, 0, 2)], (0, 0, 0), "relative_utilitarian", (2, 2, 1),
          "ideal (4, 2, 2), sums 1.5, 2, 1"),
    _list("one player cannot gain", [(5, 2), (3, 2)], (1, 2), "relative_utilitarian", (5, 2), "only a counts"),
    _lottery("polygon", POLYGON, (0, 0), "relative_utilitarian", (6, 8), "1.4 against 1 and 1"),
    _list("equal losses", [(10, 0), (8, 2), (4, 3), (0, 4)], (0, 0), "equal_loss", (8, 2),
          "against (10, 4) the largest losses are 4, 2, 6, 10"),
    _list("three players", [(6, 0, 3), (3, 3, 3), (0, 4, 0)], (0, 0, 0), "equal_loss", (3, 3, 3),
          "against (6, 4, 3) the largest losses are 4, 3, 6"),
    _list("second level", [(4, 1, 4), (2, 2, 1), (1, 4, 3)], (0, 0, 0), "equal_loss", (4, 1, 4),
          "against (4, 4, 4) the losses are 3-0-0, 3-2-2, 3-1-0"),
    _lottery("polygon", POLYGON, (0, 0), "equal_loss", (20 / 3, 20 / 3), "10 - t = 20 - 2(10 - t)"),
    _lottery("polygon, d = (2, 0)", POLYGON, (2, 0), "equal_loss", (62 / 9, 56 / 9),
             "ideal (10, 28/3): 28/3 - t = 2t"),
    _pie("one cannot lose so much", (0.5, 2, 2), (0, 0, 0), "equal_loss", (0, 1, 1),
         "ideal (0.5, 2, 2): with a at 0, (2 - t)/2 twice is 1 for t = 1; a's loss stops at 0.5"),
    _pie("one pie, three players", (1, 1, 1), (0, 0.5, 0), "equal_loss", (1 / 6, 2 / 3, 1 / 6), "2 - 3t = 1"),
    _lottery("triangle", [(4, 0), (0, 2)], (0, 0), "maschler_perles", (2, 1), "the middle of the edge"),
    _lottery("polygon", POLYGON, (0, 0), "maschler_perles", (8 - sqrt(6) / 2, 4 + sqrt(6)),
             "edges weigh 4 sqrt 2 and 2 sqrt 3; half is the share 1/2 + sqrt(6)/8 of the first"),
    _lottery("polygon, d = (2, 0)", POLYGON, (2, 0), "maschler_perles", (8 - sqrt(6) / 3, 4 + 2 * sqrt(6) / 3),
             "the second edge ends at (2, 28/3) and weighs 4/sqrt 3; the share is 1/2 + sqrt(6)/12"),
    _lottery("triangle", [(4, 0), (0, 2)], (0, 0), "raiffa_discrete", (2, 1), "the first mean is efficient"),
    _lottery("polygon", POLYGON, (0, 0), "raiffa_discrete", (155 / 24, 85 / 12),
             "(5, 5); from there (15/2, 5) and (5, 25/3), mean (25/4, 20/3); then (20/3, 20/3) and (25/4, 15/2)"),
    _lottery("five plans", BRIDGE, (0, 0), "raiffa_discrete", (14.25, 7.375),
             "(10, 5.5); (17.5, 5.5) and (10, 8.75), mean (13.75, 7.125); then y = 14.5 - x/2 on both sides"),
    _lottery("triangle", [(4, 0), (0, 2)], (0, 0), "raiffa_continuous", (2, 1), "straight to the middle"),
    _lottery("polygon", POLYGON, (0, 0), "raiffa_continuous", (6 + DRIFT / 4, 8 - DRIFT / 2),
             "linear equations until the first has 6, then half of what is left on the lower edge"),
    _lottery("just reaching d", [(4, 0), (0, 4)], (2, 2), "raiffa_continuous", (2, 2), "there is nowhere to go"),
    Golden("Panama Canal", panama(divided=False), "adjusted_winner", (66, 66), ADJUSTED_WINNER, regime="lotteries",
           certificate={"split": "land_and_water", "transfers": ["land_and_water"],
                        "split_shares": {"us": 2 / 15, "panama": 13 / 15}}),
    Golden("Panama Canal, divided", panama(divided=True), "adjusted_winner", (66, 66), ADJUSTED_WINNER,
           certificate={"points": {"us": 66, "panama": 66}, "points_in_total": {"us": 100, "panama": 100}}),
    Golden("Camp David", items(CAMP_DAVID), "adjusted_winner", (395 / 6, 395 / 6), CAMP_DAVID_SOURCE,
           certificate={"split": "sinai", "split_shares": {"a": 1 / 6, "b": 5 / 6}, "transfers": ["sinai"]}),
    Golden("two transfers", items({"x": (50, 45), "y": (30, 25), "z": (20, 1)}), "adjusted_winner",
           (520 / 11, 520 / 11),
           "own derivation: a wins all 100; ratios 50/45, 30/25, 20: x moves whole (50 to 45), then y: "
           "50 - 30s = 45 + 25s, s = 1/11",
           certificate={"split": "y", "transfers": ["x", "y"]}),
]  # fmt: skip

AMONG_MANY = [
    _lottery("simplex, powers 1, 2, 3", SIMPLEX, (0, 0, 0), "proportional", (4 / 17, 8 / 17, 12 / 17),
             "t/4 + 2t/2 + 3t = 1", (1, 2, 3)),
    _lottery("simplex and its middle", [*SIMPLEX, (2, 1, 0.5)], (0, 0, 0), "relative_utilitarian", (2, 1, 0.5),
             "1.5 against 1"),
    _lottery("simplex", SIMPLEX, (0, 0, 0), "equal_loss", (8 / 3, 2 / 3, 0),
             "with all three t = 8/7 > 1, so c is left at 0: (4 - t)/4 + (2 - t)/2 = 1"),
    _lottery("simplex", SIMPLEX, (0, 0, 0), "raiffa_discrete", (4 / 3, 2 / 3, 1 / 3), "the first mean is efficient"),
    _lottery("simplex", SIMPLEX, (0, 0, 0), "raiffa_continuous", (4 / 3, 2 / 3, 1 / 3), "straight to the middle"),
    _lottery("beyond the ray", [(1, 0, 1), (0, 1, 1)], (0, 0, 0), "raiffa_discrete", (0.5, 0.5, 1),
             "a and b halve what is left in every step, c goes on"),
]  # fmt: skip
"""Lotteries among three and more signatories."""
