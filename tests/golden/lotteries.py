"""Lotteries: triangles, polygons, three and four players, Adjusted Winner's divisible points."""

from __future__ import annotations

from typing import Any

from golden.records import Golden, linear, table
from golden.small_sets import NASH_1950, barter

POLYGON = [(0, 10), (6, 8), (10, 0)]
SIMPLEX = [(4, 0, 0), (0, 2, 0), (0, 0, 1)]
MONOTONE = "Kalai & Smorodinsky 1975, Econometrica 43:513-518, the two sets of their monotonicity example (recalled)"
ROTH = "hull of (1, 0, 1) and (0, 1, 1), after Roth 1979, Axiomatic Models of Bargaining (recalled); own "
"derivation"
PANAMA = {
    "us_defense_rights": (22, 9), "use_rights": (22, 15), "land_and_water": (15, 15),
    "expansion_rights": (14, 3),
    "duration": (11, 15), "expansion_routes": (6, 5), "compensation": (4, 11), "jurisdiction": (2, 7),
    "us_military_rights": (2, 7), "defense_role_of_panama": (2, 13),
}  # fmt: skip
ADJUSTED_WINNER = (
    "points: Raiffa 1982, The Art and Science of Negotiation; own derivation by Adjusted Winner (Brams & "
    "Taylor 1996): each issue to "
    "the higher bidder gives 64 and 53, land and water (15 each) is split so that both have 66"
)


def panama(*, divided: bool) -> dict[str, Any]:
    """Ten issues, each to be won by one side: as divisions, or as menus to be drawn from by lottery."""
    options = {"us": "United States", "panama": "Panama"}
    issue = {"division": ["us", "panama"]} if divided else {"options": options}

    def entry(points: float, player: str) -> dict[str, Any]:
        return (
            linear(points) if divided else {"weight": points, "values": {name: int(name == player) for name in options}}
        )

    return {
        "bargain": 1,
        "title": "Panama Canal",
        "players": {"us": {}, "panama": {}},
        "issues": dict.fromkeys(PANAMA, issue),
        "utilities": {
            player: {name: entry(points[i], player) for name, points in PANAMA.items()}
            for i, player in enumerate(options)
        },
        "disagreement": {"payoffs": {"us": 0, "panama": 0}},
    }


def _case(name: str, rows: list[tuple[float, ...]], d: tuple[float, ...], concept: str, payoffs: tuple[float,
...],
          source: str, **extra: Any) -> Golden:  # fmt: skip
    power = extra.pop("power", None)
    return Golden(name, table(rows, d, power), concept, payoffs, f"own derivation: {source}",
    regime="lotteries",
                  within=1e-8, **extra)  # fmt: skip


CASES = [
    Golden("barter", barter(), "nash", (24, 11), NASH_1950, regime="lotteries", within=1e-8),
    _case("triangle", [(4, 0), (0, 2)], (0, 0), "nash", (2, 1), "the middle of the edge"),
    _case("triangle", [(4, 0), (0, 2)], (0, 0), "kalai_smorodinsky", (2, 1), "half of the ideal (4, 2)"),
    _case("triangle", [(4, 0), (0, 2)], (0, 0), "egalitarian", (4 / 3, 4 / 3), "t/4 + t/2 = 1"),
    _case("triangle", [(4, 0), (0, 2)], (0, 0), "leximin", (4 / 3, 4 / 3), "t/4 + t/2 = 1"),
    _case("triangle", [(4, 0), (0, 2)], (0, 0), "utilitarian", (4, 0), "4 against 2"),
    _case("triangle, b refuses less than 1", [(4, 0), (0, 2)], (0, 1), "utilitarian", (2, 1),
          "down the edge until b has 1"),
    _case("triangle, powers 3 to 1", [(4, 0), (0, 2)], (0, 0), "asymmetric_nash", (3, 0.5),
          "shares of the edge as powers",
          power=(3, 1)),
    _case("reservation filters the hull", [(10, 0), (0, 10)], (4, 0), "nash", (7, 3), "split the surplus 6"),
    _case("lotteries rescue a deal", [(4, 0), (0, 4)], (1, 1), "nash", (2, 2),
          "neither pure agreement is rational"),
    _case("polygon", POLYGON, (0, 0), "nash", (6, 8), "both edges have their maximum at the corner"),
    _case("polygon", POLYGON, (0, 0), "kalai_smorodinsky", (20 / 3, 20 / 3), "t = 20 - 2t, ideal (10, 10)"),
    _case("polygon", POLYGON, (0, 0), "utilitarian", (6, 8), "14 against 10"),
    _case("polygon, d = (2, 0)", POLYGON, (2, 0), "kalai_smorodinsky", (134 / 19, 112 / 19),
          "ideal (10, 28/3): 28t/3 = 20 - 2(2 + 8t), t = 12/19"),
    _case("polygon, d = (2, 0)", POLYGON, (2, 0), "egalitarian", (22 / 3, 16 / 3), "t = 20 - 2(2 + t)"),
    _case("polygon, d = (2, 0)", POLYGON, (2, 0), "leximin", (22 / 3, 16 / 3), "t = 20 - 2(2 + t)"),
    _case("polygon, d = (2, 0), powers 3 to 1", POLYGON, (2, 0), "asymmetric_nash", (8, 4),
          "3(20 - 2u) = 2(u - 2)",
          power=(3, 1)),
    Golden("before", table([(0, 1), (1, 0), (0.75, 0.75)], (0, 0)), "nash", (0.75, 0.75), MONOTONE,
          regime="lotteries"),
    Golden("after: b is worse off", table([(0, 1), (1, 0), (1, 0.7)], (0, 0)), "nash", (1, 0.7), MONOTONE,
          regime="lotteries"),
    _case("before", [(0, 1), (1, 0), (0.75, 0.75)], (0, 0), "kalai_smorodinsky", (0.75, 0.75), "the corner"),
    _case("after: b is better off", [(0, 1), (1, 0), (1, 0.7)], (0, 0), "kalai_smorodinsky", (10 / 13,
          10 / 13), "t = 1 - 0.3t"),
    _case("just reaching d", [(4, 0), (0, 4)], (2, 2), "nash", (2, 2), "the middle of the edge"),
    _case("d is efficient", [(4, 0), (0, 4), (2, 2)], (2, 2), "nash", (2, 2), "nothing else is rational"),
    *[
        Golden("Panama Canal", panama(divided=False), concept, (66, 66), ADJUSTED_WINNER, regime="lotteries",
              within=1e-8)
        for concept in ("nash", "egalitarian", "kalai_smorodinsky")
    ],
]  # fmt: skip

AMONG_MANY = [
    _case("simplex", SIMPLEX, (0, 0, 0), "nash", (4 / 3, 2 / 3, 1 / 3), "a third of each"),
    _case("simplex, powers 1, 2, 3", SIMPLEX, (0, 0, 0), "asymmetric_nash", (4 / 6, 4 / 6, 3 / 6),
          "chances as powers",
          power=(1, 2, 3)),
    _case("simplex", SIMPLEX, (0, 0, 0), "kalai_smorodinsky", (4 / 3, 2 / 3, 1 / 3), "a third of the ideal"),
    _case("simplex", SIMPLEX, (0, 0, 0), "egalitarian", (4 / 7, 4 / 7, 4 / 7), "t/4 + t/2 + t = 1"),
    _case("simplex", SIMPLEX, (0, 0, 0), "leximin", (4 / 7, 4 / 7, 4 / 7), "t/4 + t/2 + t = 1"),
    _case("simplex", SIMPLEX, (0, 0, 0), "utilitarian", (4, 0, 0), "4 against 2 and 1"),
    *[
        Golden("completed beyond the ray", table([(1, 0, 1), (0, 1, 1)], (0, 0, 0)), concept, (0.5, 0.5, 1),
              ROTH,
               regime="lotteries", within=1e-8)
        for concept in ("kalai_smorodinsky", "egalitarian", "leximin", "nash")
    ],
    _case("second level", [(1, 4, 0), (1, 0, 2)], (0, 0, 0), "leximin", (1, 4 / 3, 4 / 3),
          "a has 1 anyway; 4t = 2 - 2t"),
    _case("third level", [(1, 4, 0, 9), (1, 0, 4, 9), (1, 4, 0, 0)], (0, 0, 0, 0), "leximin", (1, 2, 2, 9),
          "1, then 2 and 2, then 9"),
]  # fmt: skip
"""Lotteries among three and more signatories."""
