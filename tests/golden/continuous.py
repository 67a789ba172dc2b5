"""Pies, budgets, claims: continuous issues with closed forms."""

from __future__ import annotations

from math import sqrt
from typing import Any

from golden.lotteries import ADJUSTED_WINNER, panama
from golden.records import Golden, capped, linear, pie, powered

FINE = 1e-6
POWER = "own derivation: with u = x^e the Nash shares are proportional to power x e (first-order condition)"
SIMPLEX = "own derivation: on sum q u = B the Nash payoffs are d + w(B - qd)/q"
CLAIMS = "Dagan & Volij 1993, Math. Soc. Sci. 26:287: Nash is constrained equal awards, Kalai-Smorodinsky "
"proportional to min(claim, estate)"
GOLDEN_SECTION = (sqrt(5) - 1) / 2
LEVEL = (sqrt(17) - 1) / 8

BUDGET = pie([linear(8 / 2), linear(8 / 1), linear(8 / 4)], (1, 2, 0.5))
"""2a + b + 4c = 8 with d = (1, 2, 0.5), which costs 6: two are left to be bargained over."""


def budget_rule() -> dict[str, Any]:
    """Two amounts from 0 to 10 under x + 3y <= 6; each player is paid one of them."""
    amount = {"weight": 10, "shape": "linear", "worst": 0, "best": 10}
    return {
        "bargain": 1,
        "title": "A budget",
        "players": {"a": {}, "b": {}},
        "issues": {"x": {"range": [0, 10]}, "y": {"range": [0, 10]}},
        "utilities": {"a": {"x": amount, "y": "ignored"}, "b": {"x": "ignored", "y": amount}},
        "rules": [{"at_most": 6, "sum": {"x": 1, "y": 3}}],
        "disagreement": {"payoffs": {"a": 1, "b": 0.5}},
    }


def best_at_disagreement(flat: dict[str, Any], start: float) -> dict[str, Any]:
    """a can at best keep d, at the top of a flat curve over x, which is not worth leaving for b; b and c share y."""
    rising, falling = ({"shape": "power", "exponent": 0.5, "worst": worst, "best": 1 - worst} for worst in (0, 1))
    return {
        "bargain": 1,
        "title": "Nothing to gain for a",
        "players": {"a": {}, "b": {}, "c": {}},
        "issues": {"x": {"range": [0, 1]}, "y": {"range": [0, 1]}},
        "utilities": {
            "a": {"x": flat, "y": "ignored"},
            "b": {"x": linear(), "y": rising},
            "c": {"x": "ignored", "y": falling},
        },
        "disagreement": {"payoffs": {"a": 0, "b": start, "c": 0}},
    }


def claims(estate: float, *amounts: float) -> dict[str, Any]:
    """Claims on an estate; nobody is awarded more than the claim."""
    return pie([capped(amount, estate) for amount in amounts], (0,) * len(amounts))


def _case(name: str, document: dict[str, Any], concept: str, payoffs: tuple[float, ...], source: str) -> Golden:
    return Golden(name, document, concept, payoffs, source, within=FINE)


IDEAL = {"shape": "ideal", "at": 0, "scale": 1}
"""-x^2: a's payoff is 0 at x = 0 only, where its slope is 0 as well."""
INSIDE = {"shape": "ideal", "at": 0.37, "scale": 2}
HALF = sqrt(0.5)
THIN = "own derivation: a keeps d only at its best x; there b has sqrt(y) and c sqrt(1 - y)"

CASES = [
    *[
        _case("a breaks even at best", best_at_disagreement(IDEAL, 0), concept, (0, HALF, HALF), THIN)
        for concept in ("nash", "asymmetric_nash", "kalai_smorodinsky", "egalitarian", "leximin", "utilitarian")
    ],
    *[
        _case("a breaks even inside", best_at_disagreement(INSIDE, 0.37), concept, (0, 0.37 + HALF, HALF), THIN)
        for concept in ("nash", "asymmetric_nash", "kalai_smorodinsky", "egalitarian", "leximin", "utilitarian")
    ],
    _case("split the difference", pie([linear(), linear()], (0.1, 0.3)), "nash", (0.4, 0.6),
          "own derivation: d + S/2, S = 0.6"),
    *[
        _case("disagreement is efficient", pie([linear(), linear()], (0.4, 0.6)), concept, (0.4, 0.6),
              "own derivation: the only rational division pays d")
        for concept in ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")
    ],
    Golden("claims that cannot be met", pie([linear(), linear()], (0.7, 0.7)), "nash", None,
           "own derivation: 0.2 short each at best", within=FINE,
           certificate={"largest_minimum_gain": -0.2, "lotteries_would_help": False}),
    _case("one player has it all", pie([linear(), linear(), linear()], (0.5, 0.5, 0)), "nash", (0.5, 0.5, 0),
          "own derivation: nothing is left for the third"),
    _case("surplus by powers", pie([linear(), linear()], (0.1, 0.2), (3, 1)), "asymmetric_nash", (0.625,
          0.375),
          "own derivation: d + wS, S = 0.7"),
    _case("three powers", pie([linear()] * 3, (0, 0, 0), (1, 2, 3)), "asymmetric_nash", (1 / 6, 1 / 3,
          1 / 2), POWER),
    _case("risk aversion costs", pie([linear(), powered(0.5)], (0, 0)), "nash", (2 / 3, sqrt(1 / 3)), POWER),
    _case("power offsets curvature", pie([linear(), powered(0.5)], (0, 0), (1, 2)), "asymmetric_nash", (0.5,
          sqrt(0.5)), POWER),
    _case("three curvatures", pie([linear(), powered(0.5), powered(0.25)], (0, 0, 0)), "nash",
          (4 / 7, sqrt(2 / 7), (1 / 7) ** 0.25), POWER),
    _case("golden section", pie([linear(2), powered(0.5)], (0, 0)), "kalai_smorodinsky", (2 * GOLDEN_SECTION,
          GOLDEN_SECTION),
          "own derivation: t + t² = 1"),
    _case("half of every hope", pie([linear(), powered(0.5), powered(0.5)], (0, 0, 0)), "kalai_smorodinsky",
          (0.5, 0.5, 0.5),
          "own derivation: t + 2t² = 1"),
    _case("equal payoffs", pie([linear(2), powered(0.5)], (0, 0)), "egalitarian", (2 * LEVEL, 2 * LEVEL),
          "own derivation: 2x = sqrt(1 - x)"),
    _case("equal payoffs", pie([linear(2), powered(0.5)], (0, 0)), "leximin", (2 * LEVEL, 2 * LEVEL),
          "own derivation: 2x = sqrt(1 - x)"),
    _case("largest sum", pie([linear(), powered(0.5)], (0, 0)), "utilitarian", (0.75, 0.5),
          "own derivation: 1/(2 sqrt(1 - x)) = 1"),
    _case("budget", BUDGET, "nash", (4 / 3, 8 / 3, 2 / 3), SIMPLEX),
    _case("budget", BUDGET, "kalai_smorodinsky", (4 / 3, 8 / 3, 2 / 3),
          "own derivation: ideal (2, 4, 1), every q(a - d) is 2, t = 1/3"),
    _case("budget", BUDGET, "egalitarian", (9 / 7, 16 / 7, 11 / 14), "own derivation: 7t = 2"),
    _case("budget", BUDGET, "utilitarian", (1, 4, 0.5),
          "own derivation: everything beyond d to the cheapest, b"),
    _case("budget as a rule", budget_rule(), "nash", (2.75, 0.5 + 3.5 / 6), SIMPLEX),
    _case("budget as a rule", budget_rule(), "egalitarian", (1.875, 1.375), "own derivation: 4t = 3.5"),
    _case("budget as a rule", budget_rule(), "kalai_smorodinsky", (2.75, 0.5 + 3.5 / 6),
          "own derivation: ideal (4.5, 5/3), t = 1/2"),
    _case("two claims", claims(100, 30, 90), "nash", (30, 70), CLAIMS),
    _case("two claims", claims(100, 30, 90), "kalai_smorodinsky", (25, 75), CLAIMS),
    _case("two claims", claims(100, 30, 90), "leximin", (30, 70),
          "own derivation: equal awards, then the rest to b"),
    _case("three claims, small estate", claims(200, 100, 200, 300), "nash", (200 / 3,) * 3, CLAIMS),
    _case("three claims, small estate", claims(200, 100, 200, 300), "kalai_smorodinsky", (40, 80, 80),
          CLAIMS),
    _case("three claims, large estate", claims(400, 100, 200, 300), "nash", (100, 150, 150), CLAIMS),
    _case("three claims, large estate", claims(400, 100, 200, 300), "kalai_smorodinsky", (400 / 6, 800 / 6,
          200), CLAIMS),
    _case("three claims, large estate", claims(400, 100, 200, 300), "egalitarian", (100, 150, 150),
          "own derivation: constrained equal awards is leximin"),
    _case("Panama Canal", panama(divided=True), "egalitarian", (66, 66), ADJUSTED_WINNER),
    _case("Panama Canal", panama(divided=True), "nash", (66, 66),
          ADJUSTED_WINNER + "; that edge has slope -1"),
]  # fmt: skip
