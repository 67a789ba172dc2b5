"""Trade under private information: the sealed-bid double auction, its bound, and the best mechanism there is.

``linear`` and ``mechanism`` solve, ``bound`` says what could be reached; ``judge`` and ``mechanism_judge`` share no
code with them.
"""

from bargain.model.equilibrium import Equilibrium
from bargain.protocols.double_auction.filling import fill
from bargain.protocols.double_auction.judge import judge_auction
from bargain.protocols.double_auction.linear import solve_auction
from bargain.protocols.double_auction.mechanism import solve_trade
from bargain.protocols.double_auction.mechanism_judge import judge_trade
from bargain.protocols.double_auction.plan import AuctionPlan, MechanismPlan
from bargain.protocols.double_auction.rules import DoubleAuction, Trade
from bargain.protocols.double_auction.telling import tell_auction, tell_trade
from bargain.protocols.judging import Judgement
from bargain.protocols.protocol import Protocol
from bargain.protocols.words import Words

__all__ = ["double_auction"]

Rules = DoubleAuction | Trade
Plan = AuctionPlan | MechanismPlan


def _solve(rules: Rules) -> Plan:
    return solve_auction(rules) if isinstance(rules, DoubleAuction) else solve_trade(rules)


def _judge(rules: Rules, plan: Plan) -> Judgement:
    if isinstance(rules, DoubleAuction) and isinstance(plan, AuctionPlan):
        return judge_auction(rules, plan)
    if isinstance(rules, Trade) and isinstance(plan, MechanismPlan):
        return judge_trade(rules, plan)
    raise TypeError(f"a {type(plan).__name__} is no plan for a {type(rules).__name__}")


def _tell(rules: Rules, plan: Plan, words: Words) -> Equilibrium:
    if isinstance(rules, DoubleAuction) and isinstance(plan, AuctionPlan):
        return tell_auction(rules, plan, words)
    if isinstance(rules, Trade) and isinstance(plan, MechanismPlan):
        return tell_trade(rules, plan, words)
    raise TypeError(f"a {type(plan).__name__} is no plan for a {type(rules).__name__}")


double_auction = Protocol(
    name="double_auction",
    title="Double auction",
    definition="a buyer bids and a seller asks, each knowing only its own value or cost; with few types each, the best "
    "mechanism that they would take part in truthfully",
    source="Chatterjee & Samuelson (1983), Bargaining under Incomplete Information, Operations Research 31(5), "
    "835-851; Myerson & Satterthwaite (1983), Efficient Mechanisms for Bilateral Trading, Journal of Economic Theory "
    "29(2), 265-281",
    rules=(DoubleAuction, Trade),
    fill=fill,
    solve=_solve,
    judge=_judge,
    tell=_tell,
)
