"""A dance of offers in words and numbers: every offer, how it ended, and what else the players could have done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bargain.model.equilibrium import Equilibrium, Move, Strategy as Told
from bargain.model.wording import in_words, rounded
from bargain.protocols.concession.plan import Offer, Plan
from bargain.protocols.concession.rules import Concession
from bargain.protocols.concession.strategies import RandomAsks, Strategy, TimeDependent, TitForTat
from bargain.protocols.concession.tabling import offers_table, points_table, standings_table, tournament_table
from bargain.protocols.concession.tournament import Replies, best_replies, distances, hold
from bargain.protocols.words import Words

__all__ = ["tell"]

EQUILIBRIUM = "subgame-perfect equilibrium of the finite game"
SIMULATION = "a simulation by rules of thumb, not an equilibrium"
ENDINGS = {
    "deadline": "the deadline passes after {rounds} rounds without an offer that all accept",
    "breakdown": "talks break down after round {rounds}",
    "nothing_rational": "no efficient agreement leaves everybody at disagreement or above",
}
FEW_ISSUES = 2
"""So many settings of an offer are told in its row; of more changes, only how many there are."""


def tell(rules: Concession, plan: Plan, words: Words) -> Equilibrium:
    """The dance, what it pays, and by how much each player's best reply would have been better."""
    agreed = plan.agreed is not None
    ends = [(1.0, words.agreement(plan.agreed), len(plan.offers) - 1)] if plan.agreed is not None else []
    own = _named(rules, plan.payoffs), _named(rules, rules.disagreement)
    payoffs, without = words.everybody(*own, ends)
    titles = {name: words.title_of(name) for name in payoffs}
    reason = "" if agreed else ENDINGS[plan.ending].format(rounds=len(plan.offers))
    told: dict[str, Any] = {
        "model": rules.model,
        "status": "agreement" if agreed else "no_agreement",
        "players": titles,
        "reason": reason or None,
        "rules": _rules(rules),
        "agreement": None if plan.agreed is None else words.agreement(plan.agreed),
        "payoffs": payoffs,
        "disagreement": without,
        "path": _path(rules, plan, words),
        "strategies": [_strategy(rules, plan, place) for place in range(rules.n)],
        "remarks": _remarks(rules, words),
    }
    if not plan.offers:
        return Equilibrium(**told, chance_of_agreement=0.0)
    found = best_replies(rules)
    tables = _tables(rules, plan)
    if 0 < found.agreed < 1:
        ending = f"an agreement is reached in round {len(plan.offers)}" if agreed else reason
        told |= {"status": "uncertain", "reason": f"In this draw {ending}, and payoffs are those of this draw"}
    return Equilibrium(
        **told,
        solution_concept=SIMULATION if _by_thumb(rules) else EQUILIBRIUM,
        chance_of_agreement=found.agreed,
        measures=_measures(rules, plan, found, tables),
        tables=tables,
        certificate=_certificate(rules, found),
    )


def _by_thumb(rules: Concession) -> bool:
    return any(strategy.rule_of_thumb for strategy in rules.strategies)


def _draws(rules: Concession) -> bool:
    return any(isinstance(s, RandomAsks) or (isinstance(s, TitForTat) and s.noise > 0) for s in rules.strategies)


def _named(rules: Concession, values: Sequence[Any] | np.ndarray[Any, Any]) -> dict[str, Any]:
    return dict(zip(rules.players, np.asarray(values).tolist(), strict=True))


def _rules(rules: Concession) -> dict[str, Any]:
    return {
        "strategies": _named(rules, [strategy.label for strategy in rules.strategies]),
        "order": [rules.players[place] for place in rules.order],
        "deadline": rules.deadline,
        "breakdown": rules.breakdown,
        "patience": _named(rules, rules.patience),
        "seed": rules.seed,
        "offers": len(rules.points),
    }


def _path(rules: Concession, plan: Plan, words: Words) -> list[Move]:
    moves: list[Move] = []
    last: dict[int, Mapping[str, Any]] = {}
    for offer in plan.offers:
        settled = words.agreement(offer.point)
        paid = words.payoffs(offer.point) or _named(rules, offer.payoffs)
        own = {name: paid[name] for name in rules.players}
        asked = _asked(words, last.get(offer.player), settled)
        action = "; ".join(filter(None, [asked, _answer(rules, offer, words)]))
        note = f"wants {rounded(offer.target)}"
        moves.append(Move(offer.round, rules.players[offer.player], action, own, settled, note=note))
        last[offer.player] = settled or {}
    return moves


def _answer(rules: Concession, offer: Offer, words: Words) -> str:
    """Who says no."""
    refusing = [words.title_of(rules.players[i]) for i, accepts in enumerate(offer.accepted) if not accepts]
    if not refusing:
        return "all accept" if rules.n > 2 else "accepted"
    if len(refusing) == rules.n - 1:
        return "refused" if rules.n == 2 else "all refuse"
    return f"refused by {', '.join(refusing)}"


def _asked(words: Words, before: Mapping[str, Any] | None, settled: Mapping[str, Any] | None) -> str:
    """What is asked for: everything where there are few issues, else what is new against the player's last offer."""
    if words.scenario is None or settled is None:
        return ""
    told = dict(zip(words.scenario.issues, in_words(words.scenario, settled), strict=False))
    if len(told) > FEW_ISSUES:
        if before is None:
            return "opens"
        told = {name: pair for name, pair in told.items() if before.get(name) != settled.get(name)}
        if len(told) > FEW_ISSUES:
            return f"{len(told)} issues changed"
    return "; ".join(f"{title}: {text}" for title, text in told.values()) or "the same again"


def _strategy(rules: Concession, plan: Plan, place: int) -> Told:
    """What a player does, with the numbers that say it exactly."""
    strategy = rules.strategies[place]
    numbers = {key: value for key, value in vars(strategy).items() if value}
    if not strategy.rule_of_thumb and plan.schedule is not None:
        numbers["accepts_gain_from"] = plan.schedule.floors[:, place].tolist()
    return Told(rules.players[place], "always", f"{strategy.label}: {_in_words(strategy)}", numbers)


def _in_words(strategy: Strategy) -> str:
    if isinstance(strategy, TimeDependent):
        how = "late" if strategy.beta < 1 else "evenly" if strategy.beta == 1 else "early"
        return f"concedes {how}, down to no deal at the deadline"
    if isinstance(strategy, TitForTat):
        return "gives as much as it is given"
    plain = {
        "hardheaded": "asks for its best up to the deadline",
        "random": "asks for any rational agreement",
        "equilibrium": "asks for the best that would be accepted if all reasoned backwards from the deadline",
        "zeuthen": "concedes just enough, whenever it has more to lose from a conflict",
    }
    return plain[strategy.label]


def _measures(rules: Concession, plan: Plan, found: Replies, tables: Mapping[str, Any]) -> dict[str, Any]:
    chancy = rules.breakdown > 0 or _draws(rules)
    expected = {"expected_payoffs": _named(rules, found.expected)} if chancy else {}
    stable = tables.get("tournament_equilibria")
    return {
        "rounds": len(plan.offers),
        "distance_from_nash": float(distances(rules, plan.payoffs[None, :])[1][0]),
        **expected,
        "best_reply": dict(zip(rules.players, found.labels, strict=True)),
        "gain_by_best_reply": _named(rules, found.regrets),
        **({} if stable is None else {"tournament_equilibria": len(stable)}),
    }


def _tables(rules: Concession, plan: Plan) -> dict[str, Sequence[Mapping[str, Any]]]:
    tables: dict[str, Sequence[Mapping[str, Any]]] = {
        "offers": offers_table(rules, plan),
        "points": points_table(rules),
    }
    if rules.offered is None:
        return tables
    held = hold(rules)
    profiles = tournament_table(held)
    said = (*rules.players, *(f"payoff.{name}" for name in rules.players))
    stable = [{key: row[key] for key in said} for row in profiles if row["equilibrium"]]
    return {"standings": standings_table(held), "tournament_equilibria": stable, "tournament": profiles, **tables}


def _certificate(rules: Concession, found: Replies) -> dict[str, Any]:
    """For rules of thumb the largest gain is that of a best reply among the strategies offered; the judge replays."""
    if not _by_thumb(rules):
        return {}
    return {"equilibrium": False, "gain_by_best_reply": float(found.regrets.max())}


def _remarks(rules: Concession, words: Words) -> list[str]:
    remarks = []
    if _by_thumb(rules):
        remarks.append(
            "The gain by a best reply says what each would have had from the best of the strategies on offer, if the "
            "others had kept to theirs."
        )
    if words.agreements is not None and words.agreements.grid:
        grid = ", ".join(f"{name} {count}" for name, count in words.agreements.grid.items())
        remarks.append(f"Offers are efficient agreements on the grid of continuous issues (points: {grid}).")
    if rules.breakdown > 0 or _draws(rules):
        told = f"One dance, with seed {rules.seed}; expected payoffs and the chance of an agreement are over all draws"
        remarks.append(f"{told} ({rules.repetitions} seeds)." if _draws(rules) else f"{told}.")
    return remarks
