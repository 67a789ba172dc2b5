"""Small scenarios, written as the maps that a file holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bargain.model.scenario import Scenario

HALF = {"shape": "linear", "worst": 0, "best": 1}


def scenario(issues: Mapping[str, Any], utilities: Mapping[str, Any] | None = None, **sections: Any) -> Scenario:
    """Ann and Bob, who care about nothing unless told otherwise, and get 0 without a deal."""
    players = sections.pop("players", {"ann": {"title": "Ann"}, "bob": {"title": "Bob"}})
    nothing = dict.fromkeys(issues, "ignored")
    document = {
        "bargain": 1,
        "title": "Small",
        "players": players,
        "issues": issues,
        "utilities": {player: nothing | dict((utilities or {}).get(player, {})) for player in players},
        "disagreement": {"payoffs": dict.fromkeys(players, 0)},
    }
    return Scenario.model_validate(document | sections)


def menu(*options: str) -> dict[str, Any]:
    """A menu whose options are worded as they are named, in capitals."""
    return {"options": {option: option.upper() for option in options}}


def values(**worth: float) -> dict[str, Any]:
    """What the options of a menu are worth."""
    return {"values": worth}


PIE = {"pie": {"title": "The pie", "division": ["ann", "bob"]}}
SPLIT = {"ann": {"pie": HALF}, "bob": {"pie": HALF}}
