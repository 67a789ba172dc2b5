"""Plans of trade put into words: who bids what, who trades, and what is lost because types are private."""

from __future__ import annotations

from typing import Any

import numpy as np

from bargain.model.equilibrium import Equilibrium, Move, Outcome, Strategy
from bargain.model.wording import rounded
from bargain.protocols.double_auction.bound import bound
from bargain.protocols.double_auction.plan import AuctionPlan, Line, MechanismPlan
from bargain.protocols.double_auction.rules import DoubleAuction, Prior, Trade, Types
from bargain.protocols.words import Words

__all__ = ["tell_auction", "tell_trade"]

CERTAIN = 1e-9
"""A chance this near to 0 or 1 is that of something that never or always happens, rounded."""


def _status(chance: float) -> Outcome:
    if chance > 1.0 - CERTAIN:
        return "agreement"
    return "uncertain" if chance > CERTAIN else "no_agreement"


def _players(players: tuple[str, str], words: Words) -> dict[str, str]:
    return {name: words.title_of(name) for name in players}


def tell_auction(rules: DoubleAuction, plan: AuctionPlan, words: Words) -> Equilibrium:
    """The linear equilibrium as an `Equilibrium`."""
    buyer, seller = rules.players
    best = bound(rules.values, rules.costs)
    return Equilibrium(
        model="double_auction",
        status=_status(plan.chance),
        players=_players(rules.players, words),
        solution_concept="Bayesian Nash equilibrium",
        rules={
            "values": _range(rules.values),
            "costs": _range(rules.costs),
            "price_weight": rules.price_weight,
        },
        payoffs=dict(zip(rules.players, plan.payoffs, strict=True)),
        disagreement={buyer: 0.0, seller: 0.0},
        chance_of_agreement=plan.chance,
        path=_auction_path(rules, plan),
        strategies=[*_bidding(buyer, "value", "bids", plan.bids), *_bidding(seller, "cost", "asks", plan.asks)],
        measures={
            "gains": plan.gains,
            "first_best": best.first_best,
            "second_best": best.second_best,
            "efficiency": plan.gains / best.first_best,
            "lowest_price": plan.lowest,
            "highest_price": plan.highest,
            "subsidy_for_full_efficiency": best.deficit,
            "second_best_trades_from_a_gap_of": best.gap,
        },
        tables={
            "bids": [{"value": x, "bid": y} for x, y in zip(plan.bids.knots, plan.bids.heights, strict=True)],
            "asks": [{"cost": x, "ask": y} for x, y in zip(plan.asks.knots, plan.asks.heights, strict=True)],
        },
        remarks=[
            "Bids that are equal to asks trade. The linear equilibrium is one of many.",
            "First best: types known to both. Second best: the most that any mechanism without a subsidy can reach.",
        ],
    )


def _range(prior: Prior) -> dict[str, float]:
    return {"low": prior.low, "high": prior.high}


def _auction_path(rules: DoubleAuction, plan: AuctionPlan) -> list[Move]:
    buyer, seller = rules.players
    paid = {name: payoff / plan.chance for name, payoff in zip(rules.players, plan.payoffs, strict=True)}
    return [
        Move(1, buyer, "bids", note="at the same time"),
        Move(1, seller, "asks", note="at the same time"),
        Move(2, buyer, "buys if the bid is no less than the ask", paid, chance=plan.chance, note="average payoffs"),
    ]


def _bidding(name: str, what: str, does: str, line: Line) -> list[Strategy]:
    """What a side does, piece by piece of its line."""
    told = []
    for a, b, low, high in zip(line.knots, line.knots[1:], line.heights, line.heights[1:], strict=False):
        slope = (high - low) / (b - a)
        start = low - slope * a
        numbers = {"from": a, "to": b, "slope": slope, "intercept": start}
        truthful = abs(slope - 1.0) <= CERTAIN and abs(start) <= CERTAIN * max(abs(a), abs(b), 1.0)
        bid = f"its {what}" if truthful else f"{rounded(start)} + {rounded(slope)} x {what}"
        told.append(Strategy(name, f"{what} {rounded(a)} to {rounded(b)}", f"{does} {bid}", numbers))
    return told


def tell_trade(rules: Trade, plan: MechanismPlan, words: Words) -> Equilibrium:
    """The best mechanism as an `Equilibrium`."""
    buyer, seller = rules.players
    f, g = np.array(rules.values.chances), np.array(rules.costs.chances)
    chance = float(f @ plan.trade @ g)
    return Equilibrium(
        model="double_auction",
        status=_status(chance),
        players=_players(rules.players, words),
        solution_concept="incentive-compatible mechanism",
        rules={
            "values": _types(rules.values),
            "costs": _types(rules.costs),
            "profit_weight": rules.profit_weight,
        },
        payoffs={buyer: float(f @ plan.buyer), seller: float(g @ plan.seller)},
        disagreement={buyer: 0.0, seller: 0.0},
        chance_of_agreement=chance,
        path=[
            Move(1, buyer, "reports its value", note="at the same time"),
            Move(1, seller, "reports its cost", note="at the same time"),
            Move(2, buyer, "buys as the table says", chance=chance),
        ],
        strategies=_reporting(rules, plan),
        measures=_trade_measures(rules, plan),
        tables={"mechanism": _mechanism(rules, plan)},
        remarks=_trade_remarks(rules, plan),
    )


def _types(types: Types) -> dict[str, float]:
    return {f"{value:g}": chance for value, chance in zip(types.values, types.chances, strict=True)}


def _reporting(rules: Trade, plan: MechanismPlan) -> list[Strategy]:
    """What each type reports, and what it then expects."""
    sides = (
        (rules.players[0], "value", rules.values, plan.trade @ np.array(rules.costs.chances), plan.buyer),
        (rules.players[1], "cost", rules.costs, np.array(rules.values.chances) @ plan.trade, plan.seller),
    )
    return [
        Strategy(
            name,
            f"{what} {rounded(value)}",
            f"reports it; trades with chance {rounded(chance)} and expects {rounded(payoff + 0.0)}",
            {"trade": chance, "payoff": payoff},
        )
        for name, what, types, chances, payoffs in sides
        for value, chance, payoff in zip(types.values, chances.tolist(), payoffs.tolist(), strict=True)
    ]


def _trade_measures(rules: Trade, plan: MechanismPlan) -> dict[str, Any]:
    measures: dict[str, Any] = {
        "gains": plan.gains,
        "first_best": plan.first_best,
        "efficiency": plan.gains / plan.first_best if plan.first_best > 0 else None,
        "subsidy_for_full_efficiency": plan.deficit,
        "full_efficiency_possible": plan.efficient,
        "shadow_of_the_budget": plan.shadows.budget,
    }
    return measures | ({"profit": plan.profit} if rules.profit_weight > 0 else {})


def _mechanism(rules: Trade, plan: MechanismPlan) -> list[dict[str, Any]]:
    """A row for every pair of types."""
    return [
        {
            "value": value,
            "cost": cost,
            "chance": rules.values.chances[i] * rules.costs.chances[j],
            "trade": float(plan.trade[i, j]),
            "gain": value - cost,
            "buyer_pays": float(plan.pays[i, j]),
            "seller_gets": float(plan.receives[i, j]),
        }
        for i, value in enumerate(rules.values.values)
        for j, cost in enumerate(rules.costs.values)
    ]


def _trade_remarks(rules: Trade, plan: MechanismPlan) -> list[str]:
    told = ["No mechanism does better: the multipliers of its constraints prove it. Payments may not be the only ones."]
    if plan.first_best > 0 and not plan.efficient and rules.profit_weight == 0:
        told.append("Trading whenever there is a gain would need a subsidy: types must be paid for telling the truth.")
    if rules.profit_weight == 0:
        told.append("What the buyer pays the seller gets, whatever is reported and also without trade.")
    return told
