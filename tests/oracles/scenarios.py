"""Small random scenarios, as documents: many ties, rules, coupling terms, awkward disagreement points."""

from __future__ import annotations

import math
from itertools import product
from random import Random
from typing import Any

from oracles.brute import Reference

MOST_AGREEMENTS = 256
AWKWARD = (
    "inside",
    "inside",
    "on_an_agreement",
    "outside",
    "one_sided",
    "far_below",
    "agreement",
    "lottery",
    "lottery",
)

Document = dict[str, Any]


def random_document(rng: Random, *, signatories: int | None = None, disagreement: str | None = None) -> Document:
    """Menus and ladders, two to four signatories and now and then somebody who does not sign."""
    players = _players(rng, signatories or rng.choice([2, 2, 2, 3, 3, 4]))
    issues = _issues(rng)
    kind = rng.choice(["integer", "integer", "decimal", "real"])
    document: Document = {
        "bargain": 1,
        "title": "Random",
        "players": players,
        "issues": issues,
        "utilities": {player: _utilities(rng, issues, kind) for player in players},
        "rules": [_rule(rng, issues) for _ in range(rng.choice([0, 0, 0, 1, 1, 2]))],
        "red_lines": {player: [_condition(rng, issues)] for player in players if rng.random() < 0.15},
        "disagreement": {"payoffs": dict.fromkeys(players, 0)},
    }
    if not Reference(document).possible:
        document |= {"rules": [], "red_lines": {}}
    document["disagreement"] = _disagreement(rng, document, disagreement or rng.choice(AWKWARD))
    return document


def averse_document(rng: Random) -> Document:
    """A random document in which most players have an attitude to risk, averse or not.

    None is so averse that totals are worth the same to a billionth of what is at stake, for what ties then is a matter
    of convention.
    """
    document = random_document(rng, disagreement="inside")
    reference = Reference(document)
    issues = document["issues"]
    every = [dict(zip(issues, row, strict=True)) for row in product(*map(_settings, issues.values()))]
    for player in document["players"]:
        base = min(math.floor(reference.totals_of(agreement)[player]) for agreement in every) - rng.choice([3, 10])
        kind = rng.choice(["none", "cara", "cara", "crra", "crra"])
        if kind == "cara":
            document["utilities"][player]["attitude"] = {"cara": rng.choice([0.02, 0.1, 0.3, -0.2, 0])}
        elif kind == "crra":
            document["utilities"][player]["attitude"] = {"crra": rng.choice([0.5, 1, 2, 0, -0.5]), "base": base}
    document["disagreement"] = _disagreement(rng, document, rng.choice(AWKWARD))
    reference = Reference(document)
    stakes = [reference.disagreement, *(deal.payoffs for deal in reference.possible)]
    return document if all(abs(payoff) < 1000 for paid in stakes for payoff in paid.values()) else averse_document(rng)


def table_document(
    payoffs: dict[str, list[float]] | list[tuple[float, ...]],
    d: list[float] | tuple[float, ...],
    **players: dict[str, Any],
) -> Document:
    """One menu whose options pay what a table says, one row per option.

    Rows are options ``o1``, ``o2``, … or the names of a map; players are ``a``, ``b``, … or those given.
    """
    rows = payoffs if isinstance(payoffs, dict) else {f"o{k}": list(row) for k, row in enumerate(payoffs, 1)}
    names = list(players) or [chr(ord("a") + i) for i in range(len(d))]
    columns = zip(*rows.values(), strict=True)
    return {
        "bargain": 1,
        "title": "A table of payoffs",
        "players": {name: players.get(name, {}) for name in names},
        "issues": {"deal": {"options": {option: option for option in rows}}},
        "utilities": {
            name: {"deal": {"values": dict(zip(rows, column, strict=True))}}
            for name, column in zip(names, columns, strict=True)
        },
        "disagreement": {"payoffs": dict(zip(names, d, strict=True))},
    }


def _players(rng: Random, signatories: int) -> Document:
    players: Document = {}
    for i in range(signatories):
        players[f"p{i}"] = {"power": rng.choice([1, 1, 2, 0.5, 3])} if rng.random() < 0.5 else {}
    if rng.random() < 0.25:
        names = [*players, "observer"]
        rng.shuffle(names)
        players = {name: players.get(name, {"signs": False}) for name in names}
    return players


def _issues(rng: Random) -> Document:
    issues: Document = {}
    size = 1
    for k in range(rng.choice([1, 2, 2, 3, 3, 4])):
        count = rng.choice([2, 2, 3, 3, 4, 5])
        if size * count > MOST_AGREEMENTS:
            continue
        size *= count
        if rng.random() < 0.3:
            low, step = rng.choice([(0, 1), (-2, 1), (0, 0.1), (10, 2.5)])
            high = low + step * (count - 1) + rng.choice([0, 0, step / 2])
            issues[f"ladder{k}"] = {"range": [low, round(high, 6)], "step": step}
        else:
            issues[f"menu{k}"] = {"options": {f"x{j}": f"Option {j}" for j in range(count)}}
    return issues


def _rungs(issue: Document) -> list[float]:
    low, high = issue["range"]
    return [round(low + k * issue["step"], 6) for k in range(math.floor((high - low) / issue["step"] + 1e-9) + 1)]


def _settings(issue: Document) -> list[Any]:
    return list(issue["options"]) if "options" in issue else _rungs(issue)


def _number(rng: Random, kind: str, low: int, high: int) -> float:
    if kind == "integer":
        return rng.randint(low, high)
    if kind == "decimal":
        return rng.randint(10 * low, 10 * high) / 10
    return rng.randint(10000 * low, 10000 * high) / 10000


def _utilities(rng: Random, issues: Document, kind: str) -> Document:
    utilities: Document = {name: _utility(rng, issue, kind) for name, issue in issues.items()}
    if rng.random() < 0.35:
        utilities["terms"] = [
            {"when": _condition(rng, issues), "add": _number(rng, kind, -4, 4)} for _ in range(rng.choice([1, 2]))
        ]
    return utilities


def _utility(rng: Random, issue: Document, kind: str) -> Any:
    if rng.random() < 0.1:
        return "ignored"
    weight = {} if rng.random() < 0.2 else {"weight": _number(rng, kind, 0, 4)}
    if "options" in issue:
        return weight | {"values": {option: _number(rng, kind, -1, 3) for option in issue["options"]}}
    low, high = issue["range"]
    ends = [low, high] if rng.random() < 0.5 else [high, low]
    form = rng.choice(["linear", "power", "ideal", "points"])
    if form == "points":
        inner = round(rng.uniform(low, high), 2)
        xs = sorted({low, high, inner})
        return weight | {"points": [[x, _number(rng, kind, -1, 3)] for x in xs]}
    if form == "ideal":
        return weight | {"shape": "ideal", "at": rng.choice(_rungs(issue)), "scale": rng.choice([1, 2, 0.5])}
    exponent = {"exponent": rng.choice([2, 3, 0.5])} if form == "power" else {}
    return weight | {"shape": form, "worst": ends[0], "best": ends[1]} | exponent


def _condition(rng: Random, issues: Document) -> Document:
    names = rng.sample(list(issues), min(len(issues), rng.choice([1, 2, 2])))
    return {name: _test(rng, issues[name]) for name in sorted(names)}


def _test(rng: Random, issue: Document) -> Any:
    settings = _settings(issue)
    one = rng.choice(settings)
    if "options" in issue:
        return rng.choice([one, rng.sample(settings, rng.randint(1, len(settings)))])
    return rng.choice(
        [one, {"above": one}, {"below": one}, {"from": one}, {"to": one}, {"from": settings[0], "to": one}]
    )


def _rule(rng: Random, issues: Document) -> Document:
    ladders = [name for name in issues if name.startswith("ladder")]
    if len(ladders) > 1 and rng.random() < 0.6:
        rungs = [rng.choice(_rungs(issues[name])) for name in ladders]
        return {"at_most": round(sum(rungs), 6), "sum": dict.fromkeys(ladders, 1)}
    if rng.random() < 0.4 and len(issues) > 1:
        cause, effect = rng.sample(list(issues), 2)
        return {"if": {cause: _test(rng, issues[cause])}, "then": {effect: _test(rng, issues[effect])}}
    return {"forbid": _condition(rng, issues)}


def _disagreement(rng: Random, document: Document, kind: str) -> Document:
    reference = Reference(document)
    deals = reference.possible
    any_deal = {name: rng.choice(_settings(issue)) for name, issue in document["issues"].items()}
    if kind == "agreement":
        costs = rng.choice([{}, {"costs": {"others": rng.choice([0, 1])}}, {"costs": {"others": 0, "p1": 2.5}}])
        return {"agreement": any_deal} | costs
    if kind == "lottery":
        other = {name: rng.choice(_settings(issue)) for name, issue in document["issues"].items()}
        prospects = [
            {"chance": rng.choice([0.25, 0.5, 0.1]), "agreement": any_deal},
            {"chance": "rest", "agreement": other},
        ]
        return {
            "lottery": prospects,
            "costs": {player: rng.choice([0, 1, 2.5]) for player in document["players"]},
        }
    columns = {player: [deal.payoffs[player] for deal in deals] for player in document["players"]}
    some = rng.choice(deals).payoffs
    payoffs = {
        "inside": {player: some[player] - rng.choice([0, 1, 2]) for player in some},
        "on_an_agreement": some,
        "outside": {player: max(column) - rng.choice([-1, 0, 1]) for player, column in columns.items()},
        "one_sided": {
            player: max(column) if i == 0 else min(column) for i, (player, column) in enumerate(columns.items())
        },
        "far_below": {player: min(column) - rng.choice([1, 50]) for player, column in columns.items()},
    }[kind]
    return {"payoffs": {player: float(payoff) for player, payoff in payoffs.items()}}
