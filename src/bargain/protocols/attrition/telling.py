"""Plans of wars of attrition put into words: when each gives in, what that pays, how reputations grow."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from bargain.model.equilibrium import Belief, Equilibrium, Move, Outcome, Strategy
from bargain.model.wording import rounded
from bargain.protocols.attrition.plan import Concession, ReputationPlan, WarPlan
from bargain.protocols.attrition.reputation import patient_shares, yields_in_the_limit
from bargain.protocols.attrition.rules import Reputation, WarOfAttrition
from bargain.protocols.attrition.war import equilibria, may_yield
from bargain.protocols.words import Words

__all__ = ["tell_reputation", "tell_war"]

TIMES = 121
"""Rows of the table over time."""
SHOWN = 3.0
"""Without an end, the table runs for so many mean times of the slower player."""
AFTER = 1.125
"""With an end, the table runs for a little longer, in which nothing happens any more."""
BOTH = "both"
CERTAIN = 1e-12
"""What is left of a chance after rounding."""


def tell_war(rules: WarOfAttrition, plan: WarPlan, words: Words) -> Equilibrium:
    """A war of attrition as an `Equilibrium`."""
    base = _given_in(rules.players, words)
    status: Outcome = "agreement" if plan.settled == 0 else "no_agreement" if plan.settled == 1 else "uncertain"
    payoffs = {name: base[name] + paid for name, paid in zip(rules.players, plan.payoffs, strict=True)}
    return Equilibrium(
        model="attrition",
        status=status,
        players={name: words.title_of(name) for name in rules.players},
        solution_concept="subgame-perfect equilibrium" if plan.unique else "one of many subgame-perfect equilibria",
        rules=_war_rules(rules),
        agreement=words.agreement(int(plan.prize_chances[1] > plan.prize_chances[0])) if plan.settled < 1 else None,
        payoffs=payoffs,
        chance_of_agreement=1.0 - plan.settled,
        path=_war_path(rules, plan, words, base),
        strategies=[move for i in (0, 1) for move in _giving_in(rules.players[i], plan.concessions[i], rules.deadline)],
        measures={
            "equilibrium": _kind(rules, plan, words),
            "rates": _by(rules.players, [_finite(concession.rate) for concession in plan.concessions]),
            "at_once": _by(rules.players, [concession.atom for concession in plan.concessions]),
            "prize_chances": _by(rules.players, plan.prize_chances),
            "mean_length": plan.length,
            **({"chance_of_reaching_the_deadline": plan.settled} if math.isfinite(rules.deadline) else {}),
        },
        tables={
            "concessions": _over_time(rules.players, plan.concessions, rules.deadline),
            "equilibria": [_member(rules, member, words, base) for member in equilibria(rules)],
        },
        remarks=_war_remarks(rules, plan, words),
        reason=None if plan.settled < 1 else "The deadline is so near that neither gains by giving in",
    )


def tell_reputation(rules: Reputation, plan: ReputationPlan, words: Words) -> Equilibrium:
    """Reputational bargaining as an `Equilibrium`; payoffs are those of rational players."""
    base = _without_a_deal(rules, words)
    return Equilibrium(
        model="attrition",
        status="uncertain",
        players={name: words.title_of(name) for name in rules.players},
        solution_concept="perfect Bayesian equilibrium",
        rules=_reputation_rules(rules),
        agreement=words.agreement(int(plan.yields[0] > plan.yields[1])),
        payoffs={name: base[name] + paid for name, paid in zip(rules.players, plan.payoffs, strict=True)},
        disagreement=base,
        chance_of_agreement=1.0 - plan.conflict,
        path=_reputation_path(rules, plan, words, base),
        strategies=[move for i in (0, 1) for move in _giving_in(rules.players[i], plan.concessions[i])],
        beliefs=_beliefs(rules, plan),
        measures=_reputation_measures(rules, plan),
        tables={"concessions": _with_reputations(rules, plan)},
        remarks=_reputation_remarks(rules),
    )


def _by(players: tuple[str, str], numbers: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(players, numbers, strict=True))


def _finite(number: float) -> float | None:
    """A number that JSON can hold."""
    return number if math.isfinite(number) else None


def _given_in(players: tuple[str, str], words: Words) -> dict[str, float]:
    """What giving in at once pays each: the other's agreement, or nothing in a game of plain numbers."""
    return {name: words.payoffs(1 - i).get(name, 0.0) for i, name in enumerate(players)}


def _without_a_deal(rules: Reputation, words: Words) -> dict[str, float]:
    """What holding out for ever pays each, in units of the file."""
    return {
        name: words.payoffs(i)[name] - rules.demands[i] if words.agreement(i) is not None else 0.0
        for i, name in enumerate(rules.players)
    }


def _war_rules(rules: WarOfAttrition) -> dict[str, Any]:
    told: dict[str, Any] = {key: _by(rules.players, getattr(rules, key)) for key in ("prizes", "costs")}
    if max(rules.atoms) > 0:
        told["at_once"] = _by(rules.players, rules.atoms)
    if math.isfinite(rules.deadline):
        told |= {"deadline": rules.deadline, "settlement": _by(rules.players, rules.settlement)}
    return told


def _reputation_rules(rules: Reputation) -> dict[str, Any]:
    return {key: _by(rules.players, getattr(rules, key)) for key in ("demands", "left", "stubborn", "rates")}


def _paying(players: tuple[str, str], words: Words, base: Mapping[str, float], i: int, gains: Any) -> dict[str, float]:
    """What it pays if player i gives in, before costs of waiting and discounting."""
    paid = words.payoffs(1 - i)
    return {**paid} if paid else {name: base[name] + gain for name, gain in zip(players, gains, strict=True)}


def _war_path(rules: WarOfAttrition, plan: WarPlan, words: Words, base: Mapping[str, float]) -> list[Move]:
    waited = plan.settled * rules.deadline if plan.settled > 0 else 0.0
    later = 1.0 - plan.settled - sum(concession.atom for concession in plan.concessions)
    mean = (plan.length - waited) / later if later > CERTAIN else 0.0
    moves = []
    for i, name in enumerate(rules.players):
        gains = (0.0, rules.prizes[1]) if i == 0 else (rules.prizes[0], 0.0)
        paid, agreed = _paying(rules.players, words, base, i, gains), words.agreement(1 - i)
        at_last = _less(paid, rules, mean)
        moves += _moves_of(name, plan.concessions[i].atom, plan.prize_chances[1 - i], mean, (paid, at_last), agreed)
    if plan.settled > 0:
        paid = {name: base[name] + part for name, part in zip(rules.players, rules.settlement, strict=True)}
        paid = _less(paid, rules, rules.deadline)
        moves.append(Move(rules.deadline, BOTH, "hold out to the deadline", paid, chance=plan.settled))
    return sorted(moves, key=lambda move: move.round)


def _less(paid: Mapping[str, float], rules: WarOfAttrition, time: float) -> dict[str, float]:
    """Payoffs less what waiting for so long costs those who hold out."""
    costs = _by(rules.players, rules.costs)
    return {name: payoff - costs.get(name, 0.0) * time for name, payoff in paid.items()}


def _reputation_path(rules: Reputation, plan: ReputationPlan, words: Words, base: Mapping[str, float]) -> list[Move]:
    later = sum(plan.yields) - sum(concession.atom for concession in plan.concessions)
    mean = plan.length * sum(plan.yields) / later if later > CERTAIN else 0.0
    moves = []
    for i, name in enumerate(rules.players):
        gains = (rules.left[0], rules.demands[1]) if i == 0 else (rules.demands[0], rules.left[1])
        paid, agreed = _paying(rules.players, words, base, i, gains), words.agreement(1 - i)
        moves += _moves_of(name, plan.concessions[i].atom, plan.yields[i], mean, (paid, paid), agreed)
    moves.append(Move(plan.end, BOTH, "hold out for ever, both being stubborn", dict(base), chance=plan.conflict))
    return sorted(moves, key=lambda move: move.round)


def _moves_of(
    name: str, atom: float, total: float, mean: float, paid: tuple[dict[str, float], dict[str, float]], agreed: Any
) -> list[Move]:
    """Giving in at once and later on, what each of the two pays, and the chance that it is this player who does."""
    found = []
    if atom > 0:
        found.append(Move(0.0, name, "gives in at once", paid[0], agreed, atom))
    if total - atom > CERTAIN:
        found.append(Move(mean, name, "gives in", paid[1], agreed, total - atom, "at a random time, this on average"))
    return found


def _giving_in(name: str, plan: Concession, deadline: float = math.inf) -> list[Strategy]:
    """What one player does, in the order of time; nobody does anything after a deadline."""
    if plan.rate == 0 and plan.atom == 0:
        return [Strategy(name, "always", "holds out", {"holds": 1.0, "rate": 0.0, "until": _finite(plan.until)})]
    numbers = {"holds": plan.holds, "rate": _finite(plan.rate), "until": _finite(plan.until)}
    start = f"gives in with chance {rounded(plan.atom)}" if plan.atom > 0 else "holds out"
    told = [Strategy(name, "at time 0", start, numbers)]
    until = f"until time {rounded(plan.until)}" if math.isfinite(plan.until) else "at any later time"
    if math.isinf(plan.rate):
        told.append(Strategy(name, until, "would give in at once"))
    elif plan.rate > 0:
        told.append(Strategy(name, until, f"gives in at a rate of {rounded(plan.rate)} per unit of time"))
    if plan.until < deadline or plan.rate == 0:
        told.append(Strategy(name, "after that", "holds out"))
    return told


def _kind(rules: WarOfAttrition, plan: WarPlan, words: Words) -> str:
    """Which member of the family of equilibria a plan is."""
    for name, concession in zip(rules.players, plan.concessions, strict=True):
        if concession.atom > 0:
            chance = "" if concession.holds == 0 else f" with chance {rounded(concession.atom)}"
            return f"{words.title_of(name)} gives in at once{chance}"
    return "nobody gives in at once" if plan.settled < 1 else "both hold out to the deadline"


def _member(rules: WarOfAttrition, plan: WarPlan, words: Words, base: Mapping[str, float]) -> dict[str, Any]:
    """A row of the table of equilibria."""
    paid = {name: base[name] + gain for name, gain in zip(rules.players, plan.payoffs, strict=True)}
    return {"equilibrium": _kind(rules, plan, words), **paid, "mean_length": plan.length}


def _over_time(players: tuple[str, str], plans: tuple[Concession, Concession], deadline: float) -> list[dict[str, Any]]:
    """The chance of having given in by each of a row of times."""
    spans = [plan.until * AFTER if math.isfinite(plan.until) else SHOWN / plan.rate for plan in plans if plan.rate > 0]
    end = deadline if math.isfinite(deadline) else max(spans, default=1.0)
    times = [end * step / (TIMES - 1) for step in range(TIMES)]
    return [{"time": t, **_by(players, [plan.chance_by(t) for plan in plans])} for t in times]


def _with_reputations(rules: Reputation, plan: ReputationPlan) -> list[dict[str, Any]]:
    """The table over time, with reputations beside chances."""
    rows = _over_time(rules.players, plan.concessions, math.inf)
    for row in rows:
        for i, name in enumerate(rules.players):
            row[f"reputation.{name}"] = plan.reputation(i, row["time"], rules.stubborn[i])
    return rows


def _beliefs(rules: Reputation, plan: ReputationPlan) -> list[Belief]:
    found = []
    for i, name in enumerate(rules.players):
        for when, time in (("before time 0", -1.0), ("just after", 0.0), ("half-way", plan.end / 2), ("end", plan.end)):
            chance = min(plan.reputation(i, time, rules.stubborn[i]), 1.0)
            told = when if time <= 0 else f"{when}, at time {rounded(time)}"
            found.append(Belief(name, told, {"stubborn": chance, "rational": 1.0 - chance}))
    return found


def _reputation_measures(rules: Reputation, plan: ReputationPlan) -> dict[str, Any]:
    limit = yields_in_the_limit(rules)
    measures: dict[str, Any] = {
        "rates": _by(rules.players, [concession.rate for concession in plan.concessions]),
        "at_once": _by(rules.players, [concession.atom for concession in plan.concessions]),
        "end": plan.end,
        "gives_in": _by(rules.players, plan.yields),
        "conflict": plan.conflict,
        "mean_length": plan.length,
        "gives_in_as_stubbornness_vanishes": None if limit is None else rules.players[limit],
    }
    if rules.is_pie:
        measures["shares_by_patience"] = _by(rules.players, patient_shares(rules.rates))
    return measures


def _war_remarks(rules: WarOfAttrition, plan: WarPlan, words: Words) -> list[str]:
    told = ["Who is indifferent may give in or hold out; rates make the other indifferent, not oneself."]
    able = may_yield(rules)
    if plan.unique:
        told.append("By backward induction from the deadline there is no other subgame-perfect outcome.")
    elif all(able):
        told.append("Every chance of giving in at time 0, of one player only, belongs to an equilibrium as well.")
    else:
        name = words.title_of(rules.players[able.index(True)])
        told.append(
            f"Every chance of {name} giving in at time 0 belongs to an equilibrium, as waiting pays just as much."
        )
    return told


def _reputation_remarks(rules: Reputation) -> list[str]:
    told = ["Payoffs are those of rational players, who pretend to be stubborn until they give in."]
    if rules.is_pie:
        told.append("Demands are given; with demands of every size, and stubbornness vanishing, shares go by patience.")
    return told
