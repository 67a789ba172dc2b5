"""`bargain check`: problems, lints, expectations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from bargain.cli.asked import Asked, reads_scenario
from bargain.cli.failures import told
from bargain.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from bargain.check import Trial
    from bargain.files.read import Reading
    from bargain.show.layout import Page

__all__ = ["command"]

INVALID, FAILED, FINE = 3, 1, 0


@dataclass(frozen=True)
class _Placed:
    """A remark with its position; one about the whole file stands at its beginning."""

    at: Problem
    kind: str

    def __str__(self) -> str:
        return f"{self.at} [{self.kind}]"

    def to_dict(self) -> dict[str, object]:
        place = {key: entry for key, entry in self.at.to_dict().items() if key != "hint"}
        return {**place, "kind": self.kind}


@dataclass(frozen=True)
class _Report:
    """What there is to say about one file; ``places`` are the positions of the trials."""

    file: str
    problems: Sequence[Problem]
    lints: Sequence[_Placed] = ()
    trials: Sequence[Trial] = ()
    places: Sequence[Problem] = ()

    @property
    def code(self) -> int:
        if self.problems:
            return INVALID
        return FINE if all(trial.passed for trial in self.trials) else FAILED

    def to_dict(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "valid": not self.problems,
            "problems": [problem.to_dict() for problem in self.problems],
            "lints": [lint.to_dict() for lint in self.lints],
            "expectations": [
                {
                    **{key: getattr(place, key) for key in ("file", "line", "column", "path")},
                    "expect": _as_written(trial),
                    "passed": trial.passed,
                    "found": trial.found,
                }
                for trial, place in zip(self.trials, self.places, strict=True)
            ],
        }


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@reads_scenario
def command(asked: Asked, *, files: tuple[str, ...]) -> None:
    """Tell all problems of every FILE with their positions; of a sound one lints and failed expectations."""
    reports = [_report(asked, file) for file in files]
    code = max(report.code for report in reports)
    asked.answer(
        lambda: _document(reports, code),
        lambda _: [line for report in reports for line in _page(report, asked)],
    )
    raise click.exceptions.Exit(code)


def _document(reports: Sequence[_Report], code: int) -> dict[str, Any]:
    """Every file's report; with problems also the error that other commands would give."""
    document: dict[str, Any] = {"ok": code == FINE, "files": [report.to_dict() for report in reports]}
    problems = [problem for report in reports for problem in report.problems]
    return {**document, **told(ScenarioError(problems)).to_dict()} if problems else document


def _report(asked: Asked, file: str) -> _Report:
    reading = _reading(asked, file)
    if reading.problems or reading.scenario is None:
        return _Report(file, reading.problems)
    from bargain.check import Audit

    audit = Audit(reading.scenario, reading.variants)
    remarks = [_Placed(_at(reading, file, lint.path, lint.message), lint.kind) for lint in audit.lints()]
    trials = audit.expectations()
    places = [_at(reading, file, f"expect.{index}", _verdict(trial)) for index, trial in enumerate(trials)]
    return _Report(file, (), remarks, trials, places)


def _reading(asked: Asked, file: str) -> Reading:
    from bargain.files.read import examine, survey

    if asked.variant is None:
        return survey(file, sets=asked.sets)
    return examine(file, variant=asked.variant, sets=asked.sets)


def _at(reading: Reading, file: str, path: str, message: str) -> Problem:
    """Something to say about a path, with its position; what was set from outside a file has none."""
    mark = reading.where(path)
    if not path:
        return Problem(mark.file or file, 1, 1, "", message)
    return Problem(mark.file or file, mark.line, mark.column, path, message)


def _verdict(trial: Trial) -> str:
    """What was expected, and whether it was found."""
    expected = ", ".join(f"{key} {entry}" for key, entry in _as_written(trial).items() if key != "note")
    return f"as expected: {expected}" if trial.passed else f"failed: expected {expected}; found {trial.found}"


def _page(report: _Report, asked: Asked) -> Page:
    from bargain.show.layout import Line

    if report.problems:
        count = len(report.problems)
        page = [Line(str(problem)) for problem in report.problems]
        return [*page, Line(f"{report.file}: {count} problem{'s' if count > 1 else ''}", "heading")]
    return [*_remarks(report, asked), Line(_summary(report), "heading")]


def _remarks(report: _Report, asked: Asked) -> Page:
    """Lints and failed expectations, a line each as problems have it; all expectations when asked for more."""
    from bargain.show.layout import Line

    page = [] if asked.quiet else [Line(str(lint)) for lint in report.lints]
    for trial, place in zip(report.trials, report.places, strict=True):
        if not trial.passed:
            page.append(Line(f"{place} [expectation]"))
        elif asked.verbose:
            page.append(Line(str(place), "muted"))
    return page


def _summary(report: _Report) -> str:
    held, tried = sum(trial.passed for trial in report.trials), len(report.trials)
    told = f"{held} of {tried} expectations hold" if tried else "no expectations"
    return f"{report.file}: valid; {told}"


def _as_written(trial: Trial) -> dict[str, Any]:
    """An expectation as the file has it."""
    return trial.expectation.model_dump(mode="json", by_alias=True, exclude_unset=True)
