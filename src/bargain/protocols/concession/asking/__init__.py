"""What each strategy asks for next, and from which gain on it accepts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bargain.protocols.concession import strategies
from bargain.protocols.concession.asking import (
    equilibrium,
    hardheaded,
    random_asks,
    time_dependent,
    tit_for_tat,
    zeuthen,
)
from bargain.protocols.concession.ground import Ask, Moment

__all__ = ["floor", "next_ask"]

ASK: Mapping[type[Any], Callable[[Any, Moment], Ask]] = {
    strategies.TimeDependent: time_dependent.ask,
    strategies.TitForTat: tit_for_tat.ask,
    strategies.Hardheaded: hardheaded.ask,
    strategies.RandomAsks: random_asks.ask,
    strategies.EquilibriumPlay: equilibrium.ask,
    strategies.Zeuthen: zeuthen.ask,
}


def next_ask(strategy: strategies.Strategy, moment: Moment) -> Ask:
    """What a player asks for in the round of the moment."""
    return ASK[type(strategy)](strategy, moment)


def floor(strategy: strategies.Strategy, moment: Moment, turn: int) -> float:
    """The gain from which a player accepts in round ``turn``; ``moment`` is its own next turn.

    Rules of thumb accept what gives at least what they would want next (AC_next: Baarslag, Hindriks & Jonker 2013,
    Acceptance conditions in automated negotiation). Who has no turn left looks at the turn that would come after the
    deadline: by then players who concede with time, and hardheaded ones, take anything that is no worse than
    disagreement, others may not.
    """
    if not strategy.rule_of_thumb:
        return equilibrium.floor(moment, turn)
    return next_ask(strategy, moment).target
