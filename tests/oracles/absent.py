"""A joint offer over a whole scenario file, read and listed apart from the package.

Every agreement is listed, not only the efficient ones: menus and ladders in full, and one range at the ends of its
straight pieces and wherever somebody is paid a level that matters. Reads what `scenarios/berlin_2025.yaml` uses: menus,
ladders, a range with straight values, terms, forbidden combinations, red lines, a lottery with costs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

BESIDE = 1e-6
"""Just beside a strict threshold."""
DUST = 1e-9


def number(node: Any) -> float:
    return float(node["value"] if isinstance(node, Mapping) else node)


@dataclass
class File:
    """A document, and for every agreement what it pays: ``rows`` (combination, number on the range)."""

    document: dict[str, Any]

    def __post_init__(self) -> None:
        issues = self.document["issues"]
        self.range = next(name for name, issue in issues.items() if "range" in issue and "step" not in issue)
        self.players = list(self.document["players"])
        self.others = [name for name in issues if name != self.range]
        self.combinations = [dict(zip(self.others, c, strict=True)) for c in product(*map(self.settings, self.others))]

    def settings(self, name: str) -> list[Any]:
        issue = self.document["issues"][name]
        if "options" in issue:
            return list(issue["options"])
        low, high = map(number, issue["range"])
        return [low + place * issue["step"] for place in range(round((high - low) / issue["step"]) + 1)]

    def value(self, player: str, name: str, setting: Any) -> float:
        how = self.document["utilities"][player][name]
        if how == "ignored":
            return 0.0
        weight = number(how["weight"])
        if "values" in how:
            return weight * number(how["values"][setting])
        if "points" in how:
            points = [tuple(map(number, point)) for point in how["points"]]
        else:
            points = sorted([(number(how["worst"]), 0.0), (number(how["best"]), 1.0)])
        return weight * float(np.interp(setting, *zip(*points, strict=True)))

    def holds(self, condition: Mapping[str, Any], agreement: Mapping[str, Any]) -> bool:
        for name, test in condition.items():
            setting = agreement[name]
            if isinstance(test, Mapping):
                if not setting > number(test["above"]):
                    return False
            elif setting not in (test if isinstance(test, list) else [test]):
                return False
        return True

    def payoff(self, player: str, agreement: Mapping[str, Any]) -> float:
        terms = self.document["utilities"][player].get("terms", [])
        added = sum(number(term["add"]) for term in terms if self.holds(term["when"], agreement))
        return added + sum(self.value(player, name, setting) for name, setting in agreement.items())

    def possible(self, agreement: Mapping[str, Any]) -> bool:
        forbidden = [rule["forbid"] for rule in self.document["rules"]]
        for player, lines in self.document["red_lines"].items():
            if self.document["players"][player].get("signs", True):
                forbidden += [{k: v for k, v in line.items() if k not in ("note", "source")} for line in lines]
        return not any(self.holds(condition, agreement) for condition in forbidden)

    def without(self, costs: Mapping[str, float]) -> dict[str, float]:
        lottery = self.document["disagreement"]["lottery"]
        given = sum(number(part["chance"]) for part in lottery if part["chance"] != "rest")
        chances = [1 - given if part["chance"] == "rest" else number(part["chance"]) for part in lottery]
        cost = {p: number(c) for p, c in self.document["disagreement"]["costs"].items()} | costs
        return {
            p: sum(c * self.payoff(p, part["agreement"]) for c, part in zip(chances, lottery, strict=True)) - cost[p]
            for p in self.players
        }

    def ends(self) -> list[float]:
        """The ends of straight pieces of the range, and points just beside strict thresholds."""
        found = {float(x) for x in map(number, self.document["issues"][self.range]["range"])}
        for utilities in self.document["utilities"].values():
            how = utilities[self.range]
            if how != "ignored" and "points" in how:
                found |= {number(point[0]) for point in how["points"]}
        conditions = [rule["forbid"] for rule in self.document["rules"]]
        conditions += [term["when"] for u in self.document["utilities"].values() for term in u.get("terms", [])]
        conditions += [line for lines in self.document["red_lines"].values() for line in lines]
        strict = [number(c[self.range]["above"]) for c in conditions if isinstance(c.get(self.range), Mapping)]
        return sorted(found | set(strict) | {x + BESIDE for x in strict})

    def listed(self, levels: Sequence[tuple[str, float]]) -> tuple[list[dict[str, Any]], np.ndarray]:
        """All possible agreements at the ends of pieces and where a player is paid a level; (k, players) payoffs."""
        agreements: list[dict[str, Any]] = []
        payoffs: list[list[float]] = []
        for combination in self.combinations:
            column = []
            for x in self.ends():
                agreement = {**combination, self.range: x}
                paid = [self.payoff(p, agreement) for p in self.players]
                possible = self.possible(agreement)
                column.append((x, paid, possible))
                if possible:
                    agreements.append(agreement)
                    payoffs.append(paid)
            for (x, low, can), (y, high, could) in pairwise(column):
                if (
                    y - x <= 2 * BESIDE
                    or not could
                    or not (can or self.possible({**combination, self.range: x + BESIDE}))
                ):
                    continue
                for player, level in levels:
                    place = self.players.index(player)
                    if (low[place] - level) * (high[place] - level) < 0:
                        share = (level - low[place]) / (high[place] - low[place])
                        agreements.append({**combination, self.range: x + share * (y - x)})
                        payoffs.append([a + share * (b - a) for a, b in zip(low, high, strict=True)])
        return agreements, np.array(payoffs)


def berlin(path: Path, counter: float | None, concept: str = "nash") -> dict[str, Any]:
    """The joint offer to Russia of the file: ``counter`` is the chance of breakdown, None for take it or leave it."""
    file = File(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
    members = [p for p in file.players if p != "russia"]
    ours, ru = [file.players.index(p) for p in members], file.players.index("russia")
    types = file.document["types"]["russia"]
    chances = np.array([number(types["resolute"]["chance"]), 1 - number(types["resolute"]["chance"])])
    costs = [number(t["set"]["disagreement.costs.russia"]) for t in types.values()]
    floors = [file.without({"russia": cost})["russia"] for cost in costs]
    d = np.array([file.without({})[p] for p in members])
    levels = list(zip(members, d.tolist(), strict=True))
    waiting = np.array(floors)
    refused = np.tile(d, (2, 1))
    if counter is not None:
        _, table = file.listed(levels)
        signed = table[(table[:, ours] >= d - DUST).all(axis=1)]
        best = signed[:, ru].max()
        equal = signed[signed[:, ru] >= best - DUST][:, ours]
        kindest = equal[np.lexsort(np.sort(equal - d, axis=1).T[::-1])[-1]]
        waiting = waiting + (1 - counter) * np.maximum(best - waiting, 0)
        refused = d + (1 - counter) * np.tile(kindest - d, (2, 1))
    agreements, table = file.listed([*levels, *(("russia", float(w)) for w in waiting)])
    accepts = table[:, [ru]] >= waiting - DUST
    expected = np.zeros((len(table), len(members)))
    for kind, chance in enumerate(chances):
        expected += chance * np.where(accepts[:, [kind]], table[:, ours], refused[kind])

    def best_of(values: np.ndarray, keep: np.ndarray) -> int:
        gains = values - d
        fine = keep & (gains >= -DUST).all(axis=1)
        score = gains.prod(axis=1) if concept == "nash" else gains.min(axis=1)
        return int(np.where(fine, score, -np.inf).argmax())

    some = accepts.any(axis=1) | (counter is not None)
    chosen = best_of(expected, some)
    informed = []
    for kind in range(2):
        values = np.where(accepts[:, [kind]], table[:, ours], refused[kind])
        informed.append(values[best_of(values, accepts[:, kind] | (counter is not None))])
    value = chances @ np.array(informed) - expected[chosen]
    return {
        "agreement": agreements[chosen],
        "payoffs": dict(zip(members, expected[chosen].tolist(), strict=True)),
        "accepts": accepts[chosen].tolist(),
        "waiting": waiting.tolist(),
        "value": dict(zip(members, value.tolist(), strict=True)),
        "size": len(table),
    }
