"""The worth of coalitions, divided: a table of shares, and what can be checked by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bargain.model.coalitions import PLUS
from bargain.model.results import Comparison, Solution, Stakes
from bargain.show.findings import concept_title
from bargain.show.layout import Column, Line, Page, columns, paragraph
from bargain.show.numbers import figures, number, percent, signed

__all__ = ["Share", "division_sentence", "divisions_page", "shares_of", "stakes_sentence"]

TitleOf = Callable[[str], str]
Share = tuple[str, Mapping[str, float]]
"""What a row or column of the table is about, and its number for each player."""

ACROSS = 4
"""Up to so many players each has a column; with more, each has a line."""
MANY = 12
"""More coalitions than this are only counted."""
NAMED = 4
"""Coalitions and players that a sentence names before it counts the rest."""
PER_CENT = 100.0
SPELLED_OUT = 5
"""Players up to which marginal contributions are spelled out."""


def divisions_page(comparison: Comparison, width: int) -> Page:
    """What there is to divide, and who gets what under each concept."""
    if comparison.stakes is None or not comparison.divided:
        return []
    page = paragraph(stakes_sentence(comparison.stakes), width)
    shares = shares_of(comparison)
    if len(comparison.stakes.alone) <= ACROSS:
        table = _players_across(comparison, shares, width)
    else:
        table = _players_down(comparison, shares, width)
    page += [Line(""), *table]
    for sentence in _unsettled(comparison):
        page += [Line(""), *paragraph(sentence, width)]
    return page


def shares_of(comparison: Comparison) -> list[Share]:
    """What is asked for or had alone, then every distinct division under its concepts (of votes, in per cent)."""
    assert comparison.stakes is not None
    groups: dict[tuple[str, ...], list[Solution]] = {}
    for solution in comparison.divided:
        if solution.status == "agreement":
            groups.setdefault(tuple(figures(solution.payoffs.values())), []).append(solution)
    words = {"worths": "alone", "votes": "votes", "claims": "claim"}
    first = (words[comparison.stakes.kind], comparison.stakes.asked or comparison.stakes.alone)
    shares: list[Share] = [first]
    unit = PER_CENT if comparison.stakes.kind == "votes" else 1.0
    for group in groups.values():
        titles = ", ".join(concept_title(solution.concept) for solution in group)
        shares.append((titles, {name: unit * share for name, share in group[0].payoffs.items()}))
    return shares


def stakes_sentence(stakes: Stakes) -> str:
    """What there is to divide."""
    if stakes.kind == "claims":
        total = sum(stakes.asked.values())
        return f"An estate of {number(stakes.together)} is divided among claims of {number(total)} in all."
    if stakes.kind == "votes":
        total = sum(stakes.asked.values())
        needed = f"{number(stakes.limit)} of {number(total)} votes"
        return f"A coalition wins, and is worth 1, with {needed}. Shares are in per cent."
    alone = number(sum(stakes.alone.values()))
    return f"All together are worth {number(stakes.together)}; each alone, {alone} in sum."


def _players_across(comparison: Comparison, shares: Sequence[Share], width: int) -> Page:
    scenario = comparison.agreements.scenario
    table = [Column(["concept"], [label for label, _ in shares], words=True)]
    for name in scenario.signatories:
        table.append(Column([scenario.title_of(name)], figures([numbers[name] for _, numbers in shares])))
    return columns(table, width) or _players_down(comparison, shares, width)


def _players_down(comparison: Comparison, shares: Sequence[Share], width: int) -> Page:
    """One line per player, one lettered column per division, a legend above."""
    scenario = comparison.agreements.scenario
    letters = [chr(ord("A") + rank) for rank in range(len(shares) - 1)]
    page = [
        line
        for letter, (label, _) in zip(letters, shares[1:], strict=True)
        for line in paragraph(f"{letter}  {label}", width, style="heading")
    ]
    names = list(scenario.signatories)
    table = [Column(["player"], [scenario.title_of(name) for name in names], words=True)]
    for heading, (_, numbers) in zip([shares[0][0], *letters], shares, strict=True):
        table.append(Column([heading], figures([numbers[name] for name in names])))
    fitted = columns(table, width)
    if fitted is None:
        rows = zip(*(column.cells for column in table), strict=True)
        fitted = [line for row in rows for line in paragraph(f"{row[0]}: {', '.join(row[1:])}", width)]
    return [*page, Line(""), *fitted]


def _unsettled(comparison: Comparison) -> list[str]:
    """Concepts without a division, and why."""
    title_of = comparison.agreements.scenario.title_of
    return [
        f"{concept_title(solution.concept)}: {division_sentence(solution, title_of)}."
        for solution in comparison.divided
        if solution.status == "no_agreement"
    ]


def division_sentence(solution: Solution, title_of: TitleOf) -> str:
    """What a reader can check by hand about a division; empty if there is nothing to say."""
    facts = solution.certificate
    told = [sentence(facts, title_of) for key, sentence in SENTENCES.items() if facts.get(key) is not None]
    reason = [solution.reason] if solution.reason else []
    return "; ".join([*reason, *told])


def _marginal(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    contributions: Mapping[str, Sequence[float]] = facts["marginal_contributions"]
    if len(contributions) > SPELLED_OUT:
        return "the mean of what each adds to coalitions of 0, 1, 2, … others (in the JSON)"
    told = [f"{title_of(name)} {', '.join(map(number, added))}" for name, added in contributions.items()]
    counts = ", ".join(map(str, range(len(contributions))))
    return f"the mean of what each adds to {counts} others, on average over these: {'; '.join(told)}"


def _pivots(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    pivots: Mapping[str, str] = facts["fractions"]
    told = _by_number({name: f"{title_of(name)} {share}" for name, share in pivots.items()}, pivots)
    return f"the part of all orders of joining in which a player's votes reach the quota: {told}"


def _banzhaf(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    index: Mapping[str, float] = facts["banzhaf_normalised"]
    told = _by_number({name: f"{title_of(name)} {percent(share)}" for name, share in index.items()}, index)
    return f"Banzhaf index, the part of all swings: {told}"


def _by_number(told: Mapping[str, str], numbers: Mapping[str, Any]) -> str:
    """Every player, or where there are many, the first with each number and how many have the same."""
    if len(told) <= NAMED:
        return ", ".join(told.values())
    groups: dict[Any, list[str]] = {}
    for name, value in numbers.items():
        groups.setdefault(value, []).append(name)
    parts = [told[g[0]] + (f" (and {len(g) - 1} more the same)" if len(g) > 1 else "") for g in groups.values()]
    return ", ".join(parts[: 2 * NAMED]) + (", …" if len(parts) > 2 * NAMED else "")


def _excess(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    where = _coalitions(facts["binding"], facts["binding_count"], title_of)
    largest = facts["largest_excess"]
    stands = "so it lies in the core" if facts["in_core"] else "so it is not in the core"
    return f"the largest excess (worth less shares) is {signed(largest)}, of {where}, {stands}"


def _rule(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    del title_of
    return str(facts["rule"])


def _range(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    lowest, highest = facts["lowest"], facts["highest"]
    told = {name: f"{title_of(name)} {number(lowest[name])} to {number(highest[name])}" for name in lowest}
    ends = {name: (round(lowest[name], 9), round(highest[name], 9)) for name in lowest}
    return f"not empty; over all its divisions {_by_number(told, ends)}"


def _balanced(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    weights: Mapping[str, float] = facts["balanced"]
    named = [f"{_title(name, title_of)} ({number(weight)})" for name, weight in list(weights.items())[: 2 * NAMED]]
    more = f" and {len(weights) - len(named)} more" if len(weights) > len(named) else ""
    return (
        f"with the weights in brackets, which give every player a total of 1, {', '.join(named)}{more} are worth "
        f"{number(facts['balanced_worth'])}"
    )


def _least(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    point: Mapping[str, float] = facts["least_core_point"]
    told = {name: f"{title_of(name)} {number(share)}" for name, share in point.items()}
    shares = _by_number(told, {name: round(share, 9) for name, share in point.items()})
    return (
        f"some coalition is always short by {number(facts['least_excess'])} (the least core), for instance at {shares}"
    )


def _level(key: str, words: str) -> Callable[[Mapping[str, Any], TitleOf], str]:
    def sentence(facts: Mapping[str, Any], title_of: TitleOf) -> str:
        del title_of
        return words.format(number(facts[key]))

    return sentence


def _coalitions(names: Sequence[str], count: int, title_of: TitleOf) -> str:
    if count > MANY:
        return f"{count} coalitions"
    shown = [_title(name, title_of) for name in names[:NAMED]]
    more = f" and {count - NAMED} more" if count > NAMED else ""
    return ", ".join(shown) + more


def _title(name: str, title_of: TitleOf) -> str:
    return " + ".join(title_of(member) for member in name.split(PLUS))


SENTENCES: dict[str, Callable[[Mapping[str, Any], TitleOf], str]] = {
    "rule": _rule,
    "marginal_contributions": _marginal,
    "fractions": _pivots,
    "banzhaf_normalised": _banzhaf,
    "largest_excess": _excess,
    "lowest": _range,
    "balanced": _balanced,
    "least_core_point": _least,
    "award_level": _level("award_level", "everybody gets {}, or the whole claim if that is less"),
    "loss_level": _level("loss_level", "everybody loses {}, or the whole claim if that is less"),
    "rate": _level("rate", "everybody gets {} of each unit claimed"),
}
"""Key of the certificate -> what it says in words."""
