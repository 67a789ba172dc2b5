"""A file -> a `Scenario`: read, complete (``extends``), change (variant, ``--set``), validate.

One `ScenarioError` lists every problem of a file; names that do not exist (file, variant, knob) are a
`UsageError`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any

from bargain.errors import Problem, ScenarioError
from bargain.files import knobs
from bargain.files.changes import Change, Changed, refuse_unknown, sorted_problems
from bargain.files.extends import complete, load
from bargain.files.findings import to_problem
from bargain.files.library import find
from bargain.files.marks import Mark, Path, locate
from bargain.files.plain import plain
from bargain.files.tables import IN_MEMORY, attached
from bargain.files.validate import validate
from bargain.files.write import document
from bargain.files.yaml import Document, parse_yaml
from bargain.model.scenario import Scenario

__all__ = ["Reading", "examine", "parse", "read", "set_value", "set_values", "survey"]

_OUTSIDE = Mark("")


@dataclass(frozen=True)
class Reading:
    """What reading a file gave: the scenario unless there are problems, notices of adjustments, positions, variants.

    ``variants`` holds the scenario as each sound variant has it; only `survey` fills it.
    """

    scenario: Scenario | None
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()
    marks: Mapping[Path, Mark] = field(default_factory=dict)
    variants: Mapping[str, Scenario] = field(default_factory=dict)

    def where(self, path: str) -> Mark:
        """Where a dotted path stands in the file, or the nearest part above it."""
        keys = (int(key) if key.isdecimal() else key for key in path.split("."))
        return locate(self.marks, tuple(keys) if path else ())


def read(path: str | FilePath, *, variant: str | None = None, sets: Sequence[str] = ()) -> Scenario:
    """Read a scenario file, or a shipped scenario by its name.

    >>> read("berlin_2025").players["ukraine"].title
    'Ukraine'
    """
    return _scenario(examine(path, variant=variant, sets=sets))


def parse(
    source: str | Mapping[str, Any],
    *,
    variant: str | None = None,
    sets: Sequence[str] = (),
    folder: str | FilePath | None = None,
) -> Scenario:
    """A scenario in memory, as YAML text or as a plain dict.

    ``folder`` is where ``extends`` and ``agreements`` look for files. Without one, ``extends`` starts from the current
    folder, and a table of agreements is refused.
    """
    home = None if folder is None else FilePath(folder)
    return _scenario(_judge(complete(_in_memory(source), home or FilePath()), variant, sets, home))


def examine(path: str | FilePath, *, variant: str | None = None, sets: Sequence[str] = ()) -> Reading:
    """Read a file and return problems instead of raising them; a `UsageError` is still raised."""
    try:
        file, home = _load(path)
        return _judge(file, variant, sets, home)
    except ScenarioError as error:
        return Reading(None, tuple(error.problems))


def survey(path: str | FilePath, *, sets: Sequence[str] = ()) -> Reading:
    """A file with every problem of its variants too; the scenario is given if the file itself is sound."""
    try:
        file, home = _load(path)
        base = _judge(file, None, sets, home)
    except ScenarioError as error:
        return Reading(None, tuple(error.problems))
    problems, variants = list(base.problems), dict[str, Scenario]()
    for variant in _variants(file):
        try:
            reading = _judge(file, variant, sets, home)
        except ScenarioError as error:
            reading = Reading(None, tuple(error.problems))
        if reading.scenario is not None:
            variants[variant] = reading.scenario
        found = reading.problems
        news = (problem for problem in found if problem not in base.problems)
        problems += [replace(problem, message=f"in variant {variant}: {problem.message}") for problem in news]
    return replace(base, problems=(*problems, *_wrong_types(file, base)), variants=variants)


def _wrong_types(file: Document, base: Reading) -> Iterator[Problem]:
    """What is wrong with the scenario as the types of its players have it."""
    for player, types in (file.data.get("types") or {}).items() if base.scenario is not None else ():
        for name in types:
            changed = Changed(file)
            changed.assume(player, name)
            for problem in changed.explain(validate(changed.tree)[1]):
                yield replace(problem, message=f"as type {name} of {player}: {problem.message}")


def set_value(scenario: Scenario, path: str, value: Any) -> Scenario:
    """The scenario with another value at a knob; made for studies, which call it once per point.

    >>> changed = set_value(read("berlin_2025"), "disagreement.costs.russia", 12)
    >>> float(changed.disagreement.costs["russia"])
    12.0
    """
    return set_values(scenario, {path: value})


def set_values(scenario: Scenario, values: Mapping[str, Any]) -> Scenario:
    """The scenario with other values at several knobs, judged once they are all in place.

    >>> weary = set_values(read("berlin_2025"), {"disagreement.costs.russia": 12, "players.russia.patience": 0.8})
    >>> float(weary.disagreement.costs["russia"]), float(weary.players["russia"].patience)
    (12.0, 0.8)
    """
    tree, changes = document(scenario), []
    for path, value in values.items():
        target, existing = knobs.aim(tree, path)
        changes.append(Change(target, existing, path, Mark(knobs.set_label(f"{path}={value}"))))
        tree, _ = knobs.put(tree, target, plain(value), {}, {(): _OUTSIDE}, ())
    mark = changes[-1].mark if changes else _OUTSIDE
    tree, problems = attached(tree, mark, None, scenario.agreements)
    if problems:
        raise ScenarioError(problems)
    result, findings = validate(tree)
    if result is None:
        refuse_unknown(findings, changes)
        raise ScenarioError(sorted_problems(to_problem(finding, mark) for finding in findings))
    return result


def _load(path: str | FilePath) -> tuple[Document, FilePath]:
    """The file, and its folder."""
    file = find(path)
    return load(file, str(file)), file.parent


def _in_memory(source: str | Mapping[str, Any]) -> Document:
    if isinstance(source, str):
        return parse_yaml(source, IN_MEMORY)
    return Document(plain(source), {(): Mark(IN_MEMORY)})


def _judge(file: Document, variant: str | None, sets: Sequence[str], home: FilePath | None) -> Reading:
    """Change and validate; raises `ScenarioError` only where nothing can be judged."""
    _require_map(file)
    changed = Changed(file)
    if variant is not None:
        changed.vary(variant)
    for text in sets:
        changed.set(text)
    mark = locate(changed.marks, ("agreements",))
    tree, misread = attached(changed.tree, mark, home, file.data.get("agreements"))
    scenario, findings = validate(tree)
    problems = [*changed.problems, *misread, *changed.explain(findings)]
    ordered, notices = tuple(sorted_problems(problems)), tuple(changed.notices)
    return Reading(None if problems else scenario, ordered, notices, changed.marks)


def _require_map(file: Document) -> None:
    if isinstance(file.data, dict):
        return
    mark = locate(file.marks, ())
    message = "the file says nothing" if file.data is None else "a scenario is a map of `key: value` lines"
    problem = Problem(mark.file, mark.line, mark.column, "", message, "begin with `bargain: 1`, or see `bargain new`")
    raise ScenarioError([*file.problems, problem])


def _variants(file: Document) -> list[str]:
    variants = file.data.get("variants")
    return [name for name, body in variants.items() if isinstance(body, dict)] if isinstance(variants, dict) else []


def _scenario(reading: Reading) -> Scenario:
    if reading.scenario is None:
        raise ScenarioError(reading.problems)
    return reading.scenario
