"""A scenario with one player's hidden types side by side: each type is a column, as if it were a player.

What a proposer can offer to a player of unknown type depends on how all its types value it, so efficient offers are
those efficient for the others and every type.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bargain.files.read import set_values
from bargain.model.agreements import Agreements
from bargain.model.chances import REST
from bargain.model.issues import DivisionIssue
from bargain.model.quantity import Quantity
from bargain.model.scenario import Disagreement, Player, Scenario
from bargain.model.table import disagreement_payoffs
from bargain.model.tabulate import tabulate
from bargain.model.utilities import Column, PlayerUtilities, Valued

__all__ = ["KNOWN", "TypedProblem", "remarks_on_types", "typed"]

Floats = NDArray[np.float64]

KNOWN = "known"
"""The one type of a player of whom the file names none."""


@dataclass(frozen=True, eq=False)
class TypedProblem:
    """A scenario seen by the others while a player's type is hidden.

    Attributes
    ----------
    scenario : the scenario as the file has it.
    player : whose type is hidden.
    others : the other signatories, in file order.
    types : (K) names of the types, and ``scenarios`` what the file says if each is true.
    chances : (K,) how likely each is.
    """

    scenario: Scenario
    player: str
    others: tuple[str, ...]
    types: tuple[str, ...]
    scenarios: tuple[Scenario, ...]
    chances: Floats

    @cached_property
    def without_deal(self) -> Floats:
        """(K, m) what no deal pays the others, by type."""
        told = [disagreement_payoffs(scenario) for scenario in self.scenarios]
        return np.array([[payoffs[name] for name in self.others] for payoffs in told]).reshape(len(self.types), -1)

    @cached_property
    def refusals(self) -> Floats:
        """(K,) what no deal pays each type itself."""
        return np.array([disagreement_payoffs(scenario)[self.player] for scenario in self.scenarios])

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns of ``agreements``: the others, then ``player.type`` for every type."""
        return (*self.others, *(f"{self.player}.{name}" for name in self.types))

    @cached_property
    def agreements(self) -> Agreements:
        """(…, m + K) the agreements with the others and every type as columns; disagreement is expected for the others.

        Its agreements in words are those of the scenario.
        """
        return tabulate(self._side_by_side())

    def _side_by_side(self) -> Scenario:
        """The scenario with every type in the place of the player; made, never read from a file."""
        own = {f"{self.player}.{name}": scenario for name, scenario in zip(self.types, self.scenarios, strict=True)}
        players: dict[str, Player] = {name: self.scenario.players[name] for name in self.others}
        players |= {name: scenario.players[self.player] for name, scenario in own.items()}
        silent = {name: player for name, player in self.scenario.players.items() if not player.signs}
        utilities = {name: self.scenario.utilities[name] for name in (*self.others, *silent)}
        for name, scenario in own.items():
            utilities[name] = _with_own_shares(scenario, self.player)
        expected = dict(zip(self.others, (self.chances @ self.without_deal).tolist(), strict=True))
        expected |= dict(zip(own, self.refusals.tolist(), strict=True))
        expected |= {name: disagreement_payoffs(self.scenario)[name] for name in silent}
        lines = {name: found for name, found in self.scenario.red_lines.items() if name != self.player}
        if self.player in self.scenario.red_lines:
            lines[next(iter(own))] = self.scenario.red_lines[self.player]
        return self.scenario.model_copy(
            update={
                "players": {**players, **silent},
                "utilities": utilities,
                "red_lines": lines,
                "disagreement": Disagreement.model_construct(
                    payoffs={n: Quantity(value=d) for n, d in expected.items()}
                ),
            }
        )


def typed(scenario: Scenario, player: str) -> TypedProblem:
    """The scenario with those types of a player side by side that have a chance; a certain one where none is named."""
    types = scenario.types.get(player, {})
    others = tuple(name for name in scenario.signatories if name != player)
    if not types:
        return TypedProblem(scenario, player, others, (KNOWN,), (scenario,), np.ones(1))
    given = [float(entry.chance) if entry.chance != REST else np.nan for entry in types.values()]
    chances = np.array(given)
    chances[np.isnan(chances)] = max(1.0 - float(np.nansum(chances)), 0.0)
    kept = [place for place, chance in enumerate(chances.tolist()) if chance > 0]
    names = tuple(tuple(types)[place] for place in kept)
    scenarios = tuple(set_values(scenario, types[name].set) for name in names)
    return TypedProblem(scenario, player, others, names, scenarios, chances[kept])


def remarks_on_types(scenario: Scenario, player: str | None) -> tuple[str, ...]:
    """What is left out of the file's types where only those of one player (or of nobody) matter."""
    told = [
        f"The hidden types of {scenario.title_of(name)} are left out: this is about what the file says without them."
        for name in scenario.types
        if name != player
    ]
    if player is not None:
        types = scenario.types.get(player, {})
        kept = typed(scenario, player).types if types else ()
        never = [kind.title or name for name, kind in types.items() if name not in kept]
        if never:
            told.append(f"Of {scenario.title_of(player)}, types without a chance are left out: {', '.join(never)}.")
    return tuple(told)


def _with_own_shares(scenario: Scenario, player: str) -> PlayerUtilities:
    """The player's utilities, saying whose share or column counts, since a type goes by another name."""
    utilities = scenario.utilities[player]
    own = {
        name: how.model_copy(update={"of": player})
        for name, how in utilities.issues.items()
        if isinstance(how, Valued)
        and how.of is None
        and (isinstance(how, Column) or isinstance(scenario.issues[name], DivisionIssue))
    }
    return utilities.model_copy(update=own)
