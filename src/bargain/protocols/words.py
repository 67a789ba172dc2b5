"""What the numbers of filled rules are called in the scenario: which agreement an offer is, what it pays everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bargain.geometry.choice import Place
from bargain.model.agreements import Agreements
from bargain.model.results import Agreement
from bargain.model.scenario import Scenario

__all__ = ["NO_WORDS", "End", "Filled", "Words"]


End = tuple[float, Agreement | None, float]
"""A chance, the agreement that is signed with it, and the rounds of waiting before."""


@dataclass(frozen=True, eq=False)
class Words:
    """Offers in the words of a file; stylised rules with plain numbers have none (``NO_WORDS``).

    ``places`` says where in ``agreements`` offer number ``i`` of the rules stands: an index into the frontier, or a
    place that an answer named.
    """

    scenario: Scenario | None = None
    agreements: Agreements | None = None
    places: Sequence[Place] = ()
    _known: dict[int, Agreement] = field(default_factory=dict)

    def title_of(self, player: str) -> str:
        """The title of a player, or its name."""
        known = self.scenario is not None and player in self.scenario.players
        return self.scenario.title_of(player) if self.scenario is not None and known else player

    def agreement(self, offer: int) -> Agreement | None:
        """The first agreement of the file, in its order, that an offer stands for."""
        if self.agreements is None:
            return None
        if offer not in self._known:
            found, _ = self.agreements.first([self.places[offer]], 1)
            self._known[offer] = found[0]
        return self._known[offer]

    def payoffs(self, offer: int) -> Mapping[str, float]:
        """What an offer pays every player of the file, those who do not sign included."""
        agreement = self.agreement(offer)
        if agreement is None or self.scenario is None:
            return {}
        from bargain.model.table import payoffs_of

        return payoffs_of(self.scenario, agreement)

    def everybody(
        self, payoffs: Mapping[str, float], disagreement: Mapping[str, float], ends: Iterable[End]
    ) -> tuple[dict[str, float], dict[str, float]]:
        """Expected payoffs, and those of no deal, with every player of the file who takes no part.

        Their gains over no deal are discounted by their own patience, where they have one. With plain numbers, and
        where it is not known what is agreed, nobody is added.
        """
        if self.agreements is None or self.scenario is None:
            return {**payoffs}, {**disagreement}
        from bargain.model.table import disagreement_payoffs, payoffs_of

        without = {name: d for name, d in disagreement_payoffs(self.scenario).items() if name not in payoffs}
        expected = {**without}
        for chance, agreement, rounds in ends if without else ():
            if agreement is None:
                return {**payoffs}, {**disagreement}
            paid = payoffs_of(self.scenario, agreement)
            for name, d in without.items():
                patience = self.scenario.players[name].patience
                late = 1.0 if patience is None else patience.value**rounds
                expected[name] += chance * late * (paid[name] - d)
        return {**payoffs, **expected}, {**disagreement, **without}


NO_WORDS = Words()


@dataclass(frozen=True, eq=False)
class Filled:
    """Rules of a protocol filled from a scenario, what their numbers are called there, and what went unsaid."""

    rules: Any
    words: Words = NO_WORDS
    remarks: tuple[str, ...] = ()
