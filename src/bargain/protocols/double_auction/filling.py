"""From a scenario to rules: who buys, who sells, and what is known about what the object is worth to them."""

from __future__ import annotations

from bargain.errors import UsageError
from bargain.model.private import PrivateQuantity
from bargain.model.scenario import Scenario
from bargain.model.setups.double_auction import DoubleAuctionSetup
from bargain.protocols.double_auction.rules import DoubleAuction, Prior, Trade, Types
from bargain.protocols.words import Filled, Words

__all__ = ["fill"]

FORM = "write `values` and `costs` as {private: {shape: uniform, low: 0, high: 1}} or {private: {values: [1, 5]}}"


def fill(scenario: Scenario, setup: DoubleAuctionSetup) -> Filled:
    """A double auction where values and costs are uniform, the best mechanism where they are few.

    Raises
    ------
    UsageError
        if a distribution is missing, if the two are of different kinds, or if it is not clear who buys.
    """
    if setup.values is None or setup.costs is None:
        missing = "values" if setup.values is None else "costs"
        raise UsageError(f"double_auction needs to be told `{missing}`", hint=FORM)
    players = _players(scenario, setup)
    values, costs = _known(setup.values), _known(setup.costs)
    words = Words(scenario)
    if isinstance(values, Prior) and isinstance(costs, Prior):
        if setup.profit_weight is not None:
            raise UsageError("`profit_weight` is about a mechanism for few types", hint="write values, or leave it out")
        weight = 0.5 if setup.price_weight is None else setup.price_weight.value
        return Filled(DoubleAuction(values, costs, weight, players), words)
    if isinstance(values, Types) and isinstance(costs, Types):
        if setup.price_weight is not None:
            raise UsageError(
                "`price_weight` is about bids of uniform types", hint="leave it out: a mechanism is sought"
            )
        profit = 0.0 if setup.profit_weight is None else setup.profit_weight.value
        return Filled(Trade(values, costs, profit, players), words)
    raise UsageError("values and costs must both be uniform, or both a list of values", hint=FORM)


def _players(scenario: Scenario, setup: DoubleAuctionSetup) -> tuple[str, str]:
    """The buyer and the seller; of two players the first buys, unless the set-up says otherwise."""
    named = [setup.buyer, setup.seller]
    others = [name for name in scenario.players if name not in named]
    if None in named and len(scenario.players) != 2:
        raise UsageError("who buys and who sells?", hint="write `buyer` and `seller`")
    buyer, seller = (name if name is not None else others.pop(0) for name in named)
    if buyer == seller:
        raise UsageError(f"{buyer} cannot buy from itself", hint="name two players")
    return buyer, seller


def _known(quantity: PrivateQuantity) -> Prior | Types:
    """A distribution in plain numbers."""
    private = quantity.private
    if private.low is not None and private.high is not None:
        return Prior(private.low.value, private.high.value)
    values = [value.value for value in private.values or ()]
    chances = [1.0 / len(values)] * len(values) if private.chances is None else [q.value for q in private.chances]
    pairs = sorted(zip(values, chances, strict=True))
    return Types(tuple(value for value, _ in pairs), tuple(chance for _, chance in pairs))
