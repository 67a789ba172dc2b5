"""From ``nato=renounced,line=10,assets.ukraine=0.6`` to an agreement, telling every mistake at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bargain.errors import UsageError
from bargain.model.conditions import Setting
from bargain.model.issues import DivisionIssue, Issue, MenuIssue
from bargain.model.proposal import settle
from bargain.model.scenario import Scenario

__all__ = ["proposal"]


def proposal(scenario: Scenario, texts: Sequence[str]) -> dict[str, Setting]:
    """The agreement that the texts describe, in file order; raises `UsageError` naming all that is wrong."""
    mistakes: list[str] = []
    written = _written(scenario, texts, mistakes)
    given = {name: _read(scenario.issues.get(name), parts) for name, parts in written.items()}
    agreement, wrong = settle(scenario, given)
    if mistakes or wrong:
        raise UsageError("--agreement: " + "\n  ".join([*mistakes, *wrong, *_examples(scenario, given)]))
    return agreement


def _examples(scenario: Scenario, given: Mapping[str, object]) -> Iterator[str]:
    """How shares are written, for each division that was given something else."""
    for name, issue in scenario.issues.items():
        if isinstance(issue, DivisionIssue) and isinstance(given.get(name), str):
            yield f"write {name}={'/'.join(f'{player}:…' for player in issue.division)}"


def _written(scenario: Scenario, texts: Sequence[str], mistakes: list[str]) -> dict[str, dict[str, str]]:
    """Issue -> {player or "": text}."""
    written: dict[str, dict[str, str]] = {}
    whole = scenario.agreements is not None  # names of rows may contain commas
    for part in (part.strip() for text in texts for part in ([text] if whole else text.split(",")) if part.strip()):
        key, equals, value = (piece.strip() for piece in part.partition("="))
        issue, _, player = key.partition(".")
        if not equals or not value:
            mistakes.append(f"'{part}' is not ISSUE=SETTING")
        elif player in written.setdefault(issue, {}):
            mistakes.append(f"{key} is given twice")
        else:
            written[issue][player] = value
    return written


def _read(issue: Issue | None, parts: Mapping[str, str]) -> object:
    """What the texts for one issue say; a text that says nothing of the kind is left as it is."""
    if isinstance(issue, DivisionIssue):
        return _shares(parts)
    if set(parts) != {""}:
        return parts
    return parts[""] if isinstance(issue, MenuIssue) else _number(parts[""])


def _shares(parts: Mapping[str, str]) -> object:
    """Player -> share from ``{"ann": "0.5"}`` or ``{"": "ann:0.5/ben:0.5"}``."""
    shares = {player: _number(text) for player, text in parts.items() if player}
    for piece in parts.get("", "").split("/"):
        player, colon, text = (word.strip() for word in piece.partition(":"))
        if piece and (not colon or player in shares):
            return parts[""]
        if piece:
            shares[player] = _number(text)
    return shares


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text.strip()
