"""A plain tree -> a `Scenario`, or everything that is wrong with it: form and references together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from bargain.files.findings import Finding
from bargain.files.marks import Path
from bargain.files.places import is_setting
from bargain.files.problems import findings_of
from bargain.files.references import broken_references
from bargain.files.spelling import respell
from bargain.files.tables import unfolded
from bargain.model.scenario import Scenario

__all__ = ["validate"]


def validate(tree: Mapping[str, Any]) -> tuple[Scenario | None, list[Finding]]:
    """The scenario, or None and the findings."""
    spelt = respell(unfolded(tree))
    references = broken_references(spelt)
    try:
        scenario = Scenario.model_validate(spelt)
    except ValidationError as error:
        return None, _together(findings_of(error, spelt), references)
    return (None, _together((), references)) if references else (scenario, [])


def _together(form: Iterable[Finding], references: Iterable[Finding]) -> list[Finding]:
    """One finding per place; nothing inside parts that are set aside as a whole."""
    aside = [finding.path for finding in references if finding.kind == "section"]
    nameless = [finding.path for finding in references if finding.kind == "key"]
    settled = [finding.path for finding in references]
    kept = [
        finding
        for finding in form
        if not _inside(finding.where, [*aside, *nameless])
        and not (is_setting(finding.path) and any(_inside(path, [finding.path]) for path in settled))
    ]
    told = {finding.where for finding in kept}
    for finding in references:
        if finding.kind == "section" or (finding.path not in told and not _inside(finding.path, aside)):
            kept.append(finding)
    return kept


def _inside(path: Path, parts: Iterable[Path]) -> bool:
    return any(path[: len(part)] == part for part in parts)
