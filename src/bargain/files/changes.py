"""What is laid over a file before it is judged: a variant, then values from the command line.

New problems are told at the change that caused them: at the variant's line, or as ``--set PATH=VALUE``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bargain.errors import Problem, UsageError, nearest
from bargain.files import knobs
from bargain.files.findings import Finding, to_problem
from bargain.files.marks import Mark, Path, below, graft, locate
from bargain.files.validate import validate
from bargain.files.yaml import Document

__all__ = ["Change", "Changed", "refuse_unknown", "sorted_problems"]


@dataclass(frozen=True)
class Change:
    """One knob that was set: how much of its path existed before, how it was written, where."""

    target: Path
    existing: int
    written: str
    mark: Mark


class Changed:
    """A document under change; the document itself stays as it was."""

    def __init__(self, document: Document) -> None:
        self.original = document.data
        self.tree: dict[str, Any] = document.data
        self.own_marks = document.marks
        self.marks = dict(document.marks)
        self.problems = list(document.problems)
        self.notices: list[str] = []
        self.changes: list[Change] = []
        self.from_outside: list[Change] = []

    def set(self, text: str) -> None:
        """Apply ``PATH=VALUE``."""
        path, value = knobs.parse_set(text)
        label = Mark(knobs.set_label(text))
        target, existing = knobs.aim(self.tree, path)
        source = dict.fromkeys(value.marks, label)
        self._put(Change(target, existing, path, label), value.data, source, ())
        self.from_outside.append(self.changes[-1])

    def vary(self, name: str) -> None:
        """Apply a variant; what remains has no variants and only this one's expectations."""
        variants = _map(self.tree.get("variants"))
        if name not in variants:
            raise UsageError(f"there is no variant '{name}'", hint=nearest(name, variants, plural="variants"))
        self._lay(_map(_map(variants[name]).get("set")), ("variants", name, "set"))
        titled = self.tree.get("title") == self.original.get("title")
        self._keep_expectations(name)
        self.tree = {key: value for key, value in self.tree.items() if key != "variants"}
        if titled:
            self.tree = {**self.tree, "title": f"{self.tree.get('title')}: {_map(variants[name]).get('title') or name}"}

    def assume(self, player: str, name: str) -> None:
        """Apply what a type of a player changes; paths that lead nowhere are told by the check of types."""
        changes = _map(_map(_map(_map(self.tree.get("types")).get(player)).get(name)).get("set"))
        told = len(self.problems)
        self._lay(changes, ("types", player, name, "set"))
        del self.problems[told:]

    def _lay(self, changes: Mapping[str, Any], root: Path) -> None:
        """Put every value in its place; ``root`` is where the file writes them."""
        source = dict(self.marks)
        for path, value in changes.items():
            origin: Path = (*root, path)
            mark = locate(source, origin)
            try:
                target, existing = knobs.aim(self.tree, path)
            except UsageError as error:
                finding = Finding(origin, error.message, error.hint)
                self.problems.append(to_problem(finding, mark))
                continue
            self._put(Change(target, existing, path, mark), value, source, origin)

    def _keep_expectations(self, variant: str) -> None:
        """Only the variant's own, each with its marks."""
        entries = self.tree.get("expect")
        if not isinstance(entries, list):
            return
        kept = [i for i, entry in enumerate(entries) if isinstance(entry, dict) and _is_about(entry, variant)]
        own = [{key: value for key, value in entries[i].items() if key != "variant"} for i in kept]
        self.tree = {**self.tree, "expect": own}
        source = {marked: self.marks.pop(marked) for marked in below(self.marks, ("expect",)) if len(marked) > 1}
        for place, index in enumerate(kept):
            graft(self.marks, ("expect", place), source, ("expect", index))

    def explain(self, findings: list[Finding]) -> list[Problem]:
        """Findings as problems, each at its own line or at that of the change that caused it."""
        if not findings:
            return []
        refuse_unknown(findings, self.from_outside)
        before = {(f.path, f.message) for f in validate(self.original)[1]} if self.changes else set()
        return [
            to_problem(f, self._mark(f, new=bool(self.changes) and (f.path, f.message) not in before)) for f in findings
        ]

    def _put(self, change: Change, value: Any, source: dict[Path, Mark], origin: Path) -> None:
        self.tree, widened = knobs.put(self.tree, change.target, value, self.marks, source, origin)
        self.notices += widened
        self.changes.append(change)

    def _mark(self, finding: Finding, *, new: bool) -> Mark:
        own = locate(self.marks, finding.where)
        if not new or own != locate(self.own_marks, finding.where):
            return own
        return max(reversed(self.changes), key=lambda change: _shared(change.target, finding.where)).mark


def refuse_unknown(findings: Iterable[Finding], changes: Iterable[Change]) -> None:
    """Raise `UsageError` if a path that was set from outside does not exist."""
    for finding in findings:
        for change in changes:
            if knobs.blames_path(finding, change.target, change.existing):
                raise UsageError(f"there is no knob '{change.written}': {finding.message}", hint=finding.hint)


def sorted_problems(problems: Iterable[Problem]) -> list[Problem]:
    """In file order, each once."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.file, p.line or 0, p.column or 0, p.path, p.message))


def _is_about(entry: dict[str, Any], variant: str) -> bool:
    return str(entry.get("variant")) == variant


def _shared(one: Path, other: Path) -> int:
    """How long two paths run together."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _map(node: Any) -> dict[str, Any]:
    return node if isinstance(node, dict) else {}
