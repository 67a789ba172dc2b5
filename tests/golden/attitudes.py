"""Attitudes to risk: pies with closed forms, tables by hand, lotteries over bent payoffs."""

from __future__ import annotations

from math import e, exp, expm1, log, sqrt
from typing import Any

from golden.records import Golden, linear, pie, table

FINE = 1e-8


def averse(document: dict[str, Any], **attitudes: dict[str, float]) -> dict[str, Any]:
    """The document with attitudes of its players."""
    utilities = {
        name: body | ({"attitude": attitudes[name]} if name in attitudes else {})
        for name, body in document["utilities"].items()
    }
    return document | {"utilities": utilities}


def _root(function: Any, low: float, high: float) -> float:
    """Where a falling function passes 0, by halving."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) > 0 else (low, middle)
    return low


PIE = pie([linear(), linear()], (0, 0))
CARA_TWO = averse(PIE, a={"cara": 2})
SHARE = _root(lambda x: 2 * (1 - x) - expm1(2 * x), 0, 1)
"""a's first-order condition v'/v = 1/(1 - x): 2/(e^2x - 1) = 1/(1 - x)."""
KS_SHARE = _root(lambda x: (1 - x) - expm1(-2 * x) / expm1(-2), 0, 1)
"""Equal shares of the best hope: (1 - e^-2x)/(1 - e^-2) = 1 - x."""
EQUAL = _root(lambda x: (1 - x) + expm1(-2 * x) / 2, 0, 1)
"""Equal gains: (1 - e^-2x)/2 = 1 - x."""
THREE = averse(pie([linear(), linear(), linear()], (0, 0, 0)), a={"cara": 2}, b={"cara": 2})
THIRD = _root(lambda x: 2 * (1 - 2 * x) - expm1(2 * x), 0, 0.5)
"""Two with CARA 2 and one neutral: 2/(e^2x - 1) = 1/(1 - 2x) for the two."""

WAR = {
    "bargain": 1,
    "title": "A war for a pie",
    "players": {"a": {}, "b": {}},
    "issues": {"pie": {"division": ["a", "b"]}},
    "utilities": {
        "a": {"pie": linear(), "attitude": {"cara": 1}},
        "b": {"pie": linear()},
    },
    "disagreement": {
        "lottery": [
            {"chance": 0.5, "agreement": {"pie": {"a": 1}}},
            {"chance": "rest", "agreement": {"pie": {"b": 1}}},
        ],
        "costs": {"a": 0.2, "b": 0.5},
    },
}
WAR_D = 1 - (exp(-0.8) + exp(0.2)) / 2
"""a without a deal: the mean of 1 - e^-z over z = 1 - 0.2 and z = 0 - 0.2, costs off before the attitude."""
WAR_SHARE = _root(lambda x: exp(-x) * (1 - x) - (1 - exp(-x) - WAR_D), 0, 1)
"""First-order condition with b's d = 0.5 - 0.5 = 0: v'(x) (1 - x) = v(x) - d."""

DRAFTS = table([(1, 16), (9, 9), (16, 1)], (0, 0))
"""Square roots (CRRA 0.5, base 0) pay 2 sqrt(z) - 2: (0, 6), (4, 4), (6, 0)."""
LOTS = averse(table([(0, 2), (2, 0)], (-1, -1)), a={"cara": 1}, b={"cara": 1})
EVEN = 0.5 * -expm1(-2)
"""An even lot between 0 and 2 under CARA 1: (1 - e^-2)/2."""


def _case(
    name: str, document: dict[str, Any], concept: str, payoffs: tuple[float, ...], why: str, **more: Any
) -> Golden:
    return Golden(name, document, concept, payoffs, f"own derivation: {why}", **({"within": FINE} | more))


def _cara(z: float, rho: float = 2) -> float:
    return -expm1(-rho * z) / rho


CASES = [
    Golden(
        "the averse one gets less",
        CARA_TWO,
        "nash",
        (_cara(SHARE), 1 - SHARE),
        "Roth 1979, Axiomatic Models of Bargaining (recalled): a concave transform lowers the share; "
        "own derivation of the number: 2/(e^2x - 1) = 1/(1 - x)",
        within=FINE,
    ),
    _case(
        "the averse one's best hope",
        CARA_TWO,
        "kalai_smorodinsky",
        (_cara(KS_SHARE), 1 - KS_SHARE),
        "(1 - e^-2x)/(1 - e^-2) = 1 - x",
    ),
    _case(
        "equal gains after the attitude", CARA_TWO, "egalitarian", (_cara(EQUAL), 1 - EQUAL), "(1 - e^-2x)/2 = 1 - x"
    ),
    _case("the largest sum", CARA_TWO, "utilitarian", (0.0, 1.0), "v' = e^-2x < 1 for x > 0, so all goes to b"),
    _case(
        "two averse, one neutral",
        THREE,
        "nash",
        (_cara(THIRD), _cara(THIRD), 1 - 2 * THIRD),
        "2/(e^2x - 1) = 1/(1 - 2x)",
    ),
    _case(
        "no aversion",
        averse(PIE, a={"cara": 0}, b={"crra": 0, "base": -1}),
        "nash",
        (0.5, 0.5),
        "CARA 0 is the total, CRRA 0 above -1 is the total less base less 1, which is the total",
    ),
    _case(
        "next to no aversion",
        averse(PIE, a={"cara": 1e-9}, b={"cara": -1e-9}),
        "nash",
        (0.5, 0.5),
        "the limit of CARA is the total",
    ),
    _case(
        "logarithms of shares",
        averse(pie([linear(), linear()], (-1, -1)), a={"crra": 1, "base": -1}, b={"crra": 1, "base": -1}),
        "nash",
        (log(1.5), log(1.5)),
        "symmetry",
    ),
    _case(
        "a likes risk",
        averse(PIE, a={"cara": -1}),
        "utilitarian",
        (e - 1, 0.0),
        "e^x - 1 + 1 - x is convex, so an end is best: e - 1 at x = 1 against 1 at x = 0",
    ),
    _case(
        "costs of war inside the attitude",
        WAR,
        "nash",
        (1 - exp(-WAR_SHARE), 1 - WAR_SHARE),
        "d = 1 - (e^-0.8 + e^0.2)/2 for a, 0 for b; e^-x (1 - x) = 1 - e^-x - d",
    ),
    _case(
        "roots of three drafts",
        averse(DRAFTS, a={"crra": 0.5, "base": 0}, b={"crra": 0.5, "base": 0}),
        "utilitarian",
        (4.0, 4.0),
        "2 sqrt(z) - 2 pays (0, 6), (4, 4), (6, 0)",
        within=1e-9,
    ),
    _case(
        "an even lot is worth less than its middle",
        LOTS,
        "nash",
        (EVEN, EVEN),
        "symmetry; each pays 0 or (1 - e^-2)",
        regime="lotteries",
        within=1e-9,
    ),
    _case(
        "no lot between shares",
        averse(PIE, a={"cara": 2}),
        "nash",
        (_cara(SHARE), 1 - SHARE),
        "both are averse or neutral, so the set of payoffs is convex and lotteries add nothing",
        regime="lotteries",
    ),
    _case(
        "huge totals",
        averse(
            table([(4e12, 1e12), (3e12, 3e12), (1e12, 4e12)], (0, 0)), a={"cara": 1e-12}, b={"crra": 0.5, "base": -1e12}
        ),
        "nash",
        (_cara(3, 1) * 1e12, 2 * (sqrt(4e12) - 1)),
        "payoffs 0.98, 0.95, 0.63 (x 1e12) and 2.83, 4, 4.47 (x 1e6): the middle has the largest product",
        within=1.0,
    ),
    _case(
        "tiny totals",
        averse(table([(4e-12, 1e-12), (3e-12, 3e-12)], (0, 0)), a={"cara": 1e12}),
        "nash",
        (_cara(3, 1) * 1e-12, 3e-12),
        "gains 0.98 x 1 against 0.95 x 3 (x 1e-24)",
        within=1e-21,
    ),
]
