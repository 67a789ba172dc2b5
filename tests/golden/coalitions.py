"""Coalitions: published divisions, and small games whose answers are derived here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from golden.records import Golden

AUMANN_MASCHLER = "Aumann & Maschler (1985), J. Economic Theory 36, 195-213: the three estates of Ketubot 93a"
TALMUD_AWARDS = "own derivation: claims 100, 200, 300"
LITTLECHILD_OWEN = (
    "rule of Littlechild & Owen (1973), Management Science 20, 370-372; own numbers: 8/4, +12/3, +6/2, +4/1"
)
EEC = "own derivation: 18 of 120 orders for Belgium, none for Luxembourg, the rest in three (scenarios/literature)"


def coalitions(section: Mapping[str, Any], players: Sequence[str]) -> dict[str, Any]:
    """A scenario about coalitions alone."""
    return {"bargain": 1, "title": "Coalitions", "players": {name: {} for name in players}, "coalitions": dict(section)}


def claims(estate: float, *asked: float) -> dict[str, Any]:
    """Claims of a, b, c, … on an estate."""
    names = [chr(ord("a") + i) for i in range(len(asked))]
    return coalitions({"estate": estate, "claims": dict(zip(names, asked, strict=True))}, names)


def votes(quota: float, *weights: float) -> dict[str, Any]:
    """Votes of a, b, c, … and a quota."""
    names = [chr(ord("a") + i) for i in range(len(weights))]
    return coalitions({"quota": quota, "votes": dict(zip(names, weights, strict=True))}, names)


GLOVE = coalitions({"a+c": 1, "b+c": 1, "a+b+c": 1, "others": 0}, "abc")
HOUSE = coalitions({"a+b": 4, "a+c": 5, "b+c": 6, "a+b+c": 10, "others": 0}, "abc")
PAIR = coalitions({"a": 1, "b": 3, "a+b": 10}, "ab")
MAJORITY = votes(2, 1, 1, 1)
EEC_1958 = votes(12, 4, 4, 4, 2, 2, 1)
UN = votes(39, *[7] * 5, *[1] * 10)
COSTS = {"a": 8, "b": 20, "c": 26, "d": 30}
AIRPORT = coalitions(
    {
        "+".join(group): -max(COSTS[name] for name in group)
        for mask in range(1, 16)
        if (group := [name for i, name in enumerate("abcd") if mask >> i & 1])
    },
    "abcd",
)

MEGIDDO = {"a+b+c": 1, "b+d": 1, "b+c+d": 1, "a+b+d": 2, "a+c+d": 2, "others": 0}


def worths(named: Mapping[str, float]) -> dict[str, Any]:
    """Coalitions of a, b, c and d."""
    return coalitions(named, "abcd")


CASES = [
    # Shapley value
    Golden("two players split the surplus", PAIR, "shapley", (4, 6), "own derivation: 1 + 6/2 and 3 + 6/2"),
    Golden("gloves", GLOVE, "shapley", (1 / 6, 1 / 6, 2 / 3), "own derivation: a pivotal only in the order c, a, b"),
    Golden("three pairs", HOUSE, "shapley", (17 / 6, 20 / 6, 23 / 6),
           "own derivation: marginals by size 0, (4+5)/2, 4; 0, (4+6)/2, 5; 0, (5+6)/2, 6",
           certificate={"marginal_contributions": {"a": [0, 4.5, 4], "b": [0, 5, 5], "c": [0, 5.5, 6]}}),
    Golden("airport", AIRPORT, "shapley", (-2, -6, -9, -13), LITTLECHILD_OWEN),
    Golden("European Economic Community 1958", EEC_1958, "shapley", (7 / 30, 7 / 30, 7 / 30, 3 / 20, 3 / 20, 0), EEC,
           certificate={"pivotal_orders": dict(zip("abcdef", (168, 168, 168, 108, 108, 0), strict=True))}),
    Golden("Security Council", UN, "shapley", (*[421 / 2145] * 5, *[4 / 2145] * 10),
           "own derivation: C(9,3) 8! 6!/15! = 4/2145 for each of ten; the rest in five"),
    Golden("estate 200, random arrival", claims(200, 100, 200, 300), "shapley", (100 / 3, 250 / 3, 250 / 3),
           "own derivation: a gets 100 first, else nothing or what b leaves: (100 + 100)/6"),
    # Nucleolus
    Golden("two players split the surplus", PAIR, "nucleolus", (4, 6), "own derivation: equal excesses of both"),
    Golden("gloves", GLOVE, "nucleolus", (0, 0, 1), "own derivation: the only point of the core"),
    Golden("estate 100", claims(100, 100, 200, 300), "nucleolus", (100 / 3, 100 / 3, 100 / 3), AUMANN_MASCHLER),
    Golden("estate 200", claims(200, 100, 200, 300), "nucleolus", (50, 75, 75), AUMANN_MASCHLER),
    Golden("estate 300", claims(300, 100, 200, 300), "nucleolus", (50, 100, 150), AUMANN_MASCHLER),
    Golden("contested garment", claims(1, 0.5, 1), "nucleolus", (0.25, 0.75),
           "Mishnah, Baba Metzia 2a, discussed by Aumann & Maschler (1985): one claims half, the other all"),
    Golden("majority of three", MAJORITY, "nucleolus", (1 / 3, 1 / 3, 1 / 3), "own derivation: symmetry",
           certificate={"largest_excess": 1 / 3, "in_core": False}),
    Golden("three pairs", HOUSE, "nucleolus", (7 / 3, 10 / 3, 13 / 3),
           "own derivation: pairs have excesses 4 - (10 - c), …: all equal -5/3 at c = 13/3, b = 10/3, a = 7/3, and "
           "singles are below that"),
    Golden("more to divide, less for one", worths({**MEGIDDO, "a+b+c+d": 3}), "nucleolus", (0.75, 0.5, 0.5, 1.25),
           "own derivation: a+b+d against c and a+c+d against b have excess -1/2, then a against b+d -3/4"),
    Golden("more to divide, less for one", worths({**MEGIDDO, "a+b+c+d": 4}), "nucleolus", (1, 1, 1, 1),
           "own derivation: the same coalitions, all with excess -1; d had 1.25 of 3 (Megiddo 1974: not monotonic)"),
    Golden("Security Council", UN, "nucleolus", (*[1 / 5] * 5, *[0] * 10),
           "own derivation: the veto players are alike"),
    # Core
    Golden("two players", PAIR, "core", (4, 6), "own derivation: a from 1 to 7",
           certificate={"lowest": {"a": 1, "b": 3}, "highest": {"a": 7, "b": 9}}),
    Golden("gloves", GLOVE, "core", (0, 0, 1),
           "own derivation: b + c >= 1 leaves a nothing, a + c >= 1 leaves b nothing",
           certificate={"empty": False, "least_excess": 0}),
    Golden("three pairs", HOUSE, "core", (7 / 3, 10 / 3, 13 / 3),
           "own derivation: a at most 10 - 6, b 10 - 5, c 10 - 4, so c at least 10 - 4 - 5",
           certificate={"lowest": {"a": 0, "b": 0, "c": 1}, "highest": {"a": 4, "b": 5, "c": 6}}),
    Golden("majority of three", MAJORITY, "core", None, "own derivation: the three pairs with weight 1/2 are worth 3/2",
           certificate={"empty": True, "least_excess": 1 / 3, "balanced_worth": 1.5,
                        "balanced": {"a+b": 0.5, "a+c": 0.5, "b+c": 0.5}}),
    # Awards
    Golden("two claims", claims(60, 40, 80), "constrained_equal_awards", (30, 30), "own derivation: 30 is below both"),
    Golden("estate 200", claims(200, 100, 200, 300), "constrained_equal_awards", (200 / 3, 200 / 3, 200 / 3),
           TALMUD_AWARDS),
    Golden("estate 400", claims(400, 100, 200, 300), "constrained_equal_awards", (100, 150, 150),
           "own derivation: a is paid in full, (400 - 100)/2 for the others", certificate={"award_level": 150}),
    Golden("two claims", claims(60, 40, 80), "constrained_equal_losses", (10, 50), "own derivation: 60 lost, 30 each"),
    Golden("estate 200", claims(200, 100, 200, 300), "constrained_equal_losses", (0, 50, 150),
           "own derivation: a loses all its 100, b and c lose 150 each", certificate={"loss_level": 150}),
    Golden("estate 300", claims(300, 100, 200, 300), "constrained_equal_losses", (0, 100, 200), TALMUD_AWARDS),
    Golden("two claims", claims(60, 40, 80), "proportional_awards", (20, 40), "own derivation: half of each"),
    Golden("estate 200", claims(200, 100, 200, 300), "proportional_awards", (100 / 3, 200 / 3, 100), TALMUD_AWARDS),
    Golden("estate 300", claims(300, 100, 200, 300), "proportional_awards", (50, 100, 150), TALMUD_AWARDS,
           certificate={"rate": 0.5}),
]  # fmt: skip
