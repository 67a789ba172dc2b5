"""The columns of the picture of issues: each distinct agreement in words, and how it satisfies whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bargain.model.results import Agreement, Comparison
from bargain.model.scenario import Scenario
from bargain.model.wording import setting_in_words
from bargain.show.findings import Finding, findings, one_of_all
from bargain.show.numbers import percent
from bargain.show.plots.lettering import drawable

__all__ = ["SettledColumn", "settled_columns"]

Lottery = Sequence[tuple[float, Agreement]]


@dataclass(frozen=True)
class SettledColumn:
    """One distinct agreement: who picks it, how it settles each issue, what that is worth to whom."""

    head: str
    concepts: tuple[str, ...]
    words: Sequence[str]
    shares: Sequence[Mapping[str, float]]
    payoffs: Mapping[str, float]


def settled_columns(comparison: Comparison) -> list[SettledColumn]:
    """The distinct agreements; where there is no deal, the one that comes closest."""
    found = [_column(comparison, finding) for finding in findings(comparison)]
    if found:
        return found
    for solution in comparison.agreed:
        closest = solution.certificate.get("closest_agreement")
        if solution.status == "no_agreement" and closest:
            return [_settled(comparison, "what comes closest", (), [(1.0, closest)])]
    return []


def _column(comparison: Comparison, finding: Finding) -> SettledColumn:
    first = finding.solutions[0]
    names = tuple(solution.concept for solution in finding.solutions)
    ties = f" ({one_of_all(first)})" if first.tie_count else ""
    letter = f"{finding.letter}: " if finding.letter else ""
    lottery: Lottery = [(1.0, first.agreement or {})]
    if first.agreement is None and first.lottery:
        lottery = first.lottery
    return _settled(comparison, f"{letter}{finding.concepts}{ties}", names, lottery)


def _settled(comparison: Comparison, head: str, concepts: tuple[str, ...], lottery: Lottery) -> SettledColumn:
    agreements = comparison.agreements
    worded = [(chance, _texts(agreements.scenario, one)) for chance, one in lottery]
    parts = [(chance, agreements.contributions(one)) for chance, one in lottery]
    paid = [(chance, agreements.payoffs_of(one)) for chance, one in lottery]
    players, shares = list(comparison.disagreement), []
    for issue in agreements.scenario.issues:
        worth = {name: sum(chance * part[issue][name] for chance, part in parts) for name in players}
        found = {name: _share(comparison, issue, name, worth[name]) for name in players}
        shares.append({name: share for name, share in found.items() if share is not None})
    words = [_mixed([(chance, texts[row]) for chance, texts in worded]) for row in range(len(shares))]
    payoffs = {name: sum(chance * pays[name] for chance, pays in paid) for name in players}
    return SettledColumn(drawable(head), concepts, words, shares, payoffs)


def _texts(scenario: Scenario, agreement: Agreement) -> list[str]:
    return [setting_in_words(scenario, name, agreement[name]) for name in scenario.issues]


def _share(comparison: Comparison, issue: str, player: str, worth: float) -> float | None:
    """How satisfied a player is on an issue, from 0 to 1; None if nothing hangs on it."""
    low, high = comparison.agreements.contribution_range(issue, player)
    if high - low <= 1e-12 * max(1.0, abs(low), abs(high)):
        return None
    return min(max((worth - low) / (high - low), 0.0), 1.0)


def _mixed(texts: Sequence[tuple[float, str]]) -> str:
    """One wording, or the wordings of a lottery with their chances."""
    chances: dict[str, float] = {}
    for chance, text in texts:
        chances[text] = chances.get(text, 0.0) + chance
    if len(chances) == 1:
        return drawable(texts[0][1])
    return drawable("; ".join(f"{percent(chance)}: {text}" for text, chance in chances.items()))
