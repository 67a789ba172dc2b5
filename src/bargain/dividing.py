"""Apply a concept over coalitions to a scenario and say the division in the scenario's own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from bargain.concepts import Concept
from bargain.concepts.standing import missing_ground
from bargain.errors import NotApplicable
from bargain.games.claims import Claims
from bargain.games.coalitions import Division
from bargain.games.kinds import CoalitionGame
from bargain.games.nucleolus import Level
from bargain.games.voting import Voting
from bargain.model.game import coalition_name, game_of
from bargain.model.results import Regime, Solution, Stakes
from bargain.model.scenario import Scenario

__all__ = ["divide", "stakes_of"]

BY_COALITION = ("binding", "excesses", "balanced")
"""Entries of a certificate that are about coalitions; numbers in them are bitmasks."""


def divide(scenario: Scenario, concept: Concept, regime: Regime = "pure") -> Solution:
    """How a concept divides what all who sign are worth together. The regime makes no difference to it."""
    reason = missing_ground(concept.over, scenario)
    game = _game(scenario)
    if reason is not None or game is None:
        return Solution(concept.name, "not_applicable", regime, reason=reason, over=concept.over)
    try:
        division = concept(game)
    except NotApplicable as why:
        return Solution(concept.name, "not_applicable", regime, reason=str(why), over=concept.over)
    return _solution(scenario, concept, regime, game, division)


def stakes_of(scenario: Scenario) -> Stakes | None:
    """What there is to divide; None if the file has no coalitions."""
    game, players = _game(scenario), scenario.signatories
    if game is None:
        return None
    alone = dict(zip(players, game.alone.tolist(), strict=True))
    if isinstance(game, Claims):
        return Stakes("claims", game.grand, alone, dict(zip(players, game.claims.tolist(), strict=True)))
    if isinstance(game, Voting):
        return Stakes("votes", 1.0, alone, dict(zip(players, game.weights.tolist(), strict=True)), game.quota)
    return Stakes("worths", game.grand, alone)


def _game(scenario: Scenario) -> CoalitionGame | None:
    return None if scenario.coalitions is None else game_of(scenario.coalitions, scenario.signatories)


def _solution(
    scenario: Scenario, concept: Concept, regime: Regime, game: CoalitionGame, division: Division
) -> Solution:
    """Shares by name; where no division will do, what each is worth alone."""
    players = scenario.signatories
    shares = game.alone if division.shares is None else division.shares
    payoffs = dict(zip(players, shares.tolist(), strict=True))
    gains = dict(zip(players, (shares - game.alone).tolist(), strict=True))
    certificate: dict[str, Any] = {"method": division.method, "proof": "exact"}
    certificate |= {key: _named(key, entry, players) for key, entry in division.evidence.items()}
    return Solution(
        concept=concept.name,
        status="agreement" if division.shares is not None else "no_agreement",
        regime=regime,
        payoffs=payoffs,
        paper=payoffs,
        gains=gains,
        certificate=certificate,
        reason=division.reason or None,
        over=concept.over,
    )


def _named(key: str, entry: Any, players: Sequence[str]) -> Any:
    """Players and coalitions by their names, numbers as plain values."""
    if key == "levels":
        return [_level(level, players) for level in entry]
    if key == "extreme_points":
        return [{players[i]: share for i, share in corner.items()} for corner in entry]
    if key in BY_COALITION:
        names = [coalition_name(int(mask), players) for mask in entry]
        return dict(zip(names, entry.values(), strict=True)) if isinstance(entry, dict) else names
    if isinstance(entry, np.ndarray):
        return dict(zip(players, entry.tolist(), strict=True))
    return entry.item() if isinstance(entry, np.generic) else entry


def _level(level: Level, players: Sequence[str]) -> dict[str, Any]:
    return {"excess": level.excess, "coalitions": [coalition_name(mask, players) for mask in level.coalitions]}
