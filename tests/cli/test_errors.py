"""How runs end: exit codes, errors in words and as JSON, help, the lazy group."""

import json

import click
import pytest

from bargain import errors
from bargain.cli import asked
from bargain.cli.main import COMMANDS, main
from bargain.cli.output import json_text
from cli.scenarios import run, run_json


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["slove", "two.yaml"], "did you mean 'solve'?"),
        (["solve", "tow.yaml"], "did you mean 'two.yaml'?"),
        (["solve", "two.yaml", "-c", "nahs"], "did you mean 'nash'?"),
        (["solve", "two.yaml", "--variant", "cam"], "did you mean 'calm'?"),
        (["solve", "two.yaml", "--set", "disagreement.payofs.ann=1"], "did you mean 'payoffs'?"),
        (["solve", "two.yaml", "--set", "nonsense"], "PATH=VALUE"),
        (["compare", "two.yaml", "--variant", "cam"], "did you mean 'calm'?"),
        (["solve", "two.yaml", "--nope"], "--nope"),
        (["solve"], "FILE"),
        (["plot", "two.yaml", "pie"], "frontier"),
    ],
)
def test_usage_errors_exit_with_2_and_name_the_nearest(arguments, hint):
    result = run(*arguments)
    assert result.exit_code == 2
    assert hint in result.stderr
    assert result.stdout == ""
    error = run_json(*arguments, code=2)["error"]
    assert error["kind"] == "usage"
    assert error["message"]
    assert error["problems"] == []


def test_an_invalid_scenario_exits_with_3_and_lists_all_problems(two):
    text = (
        two.read_text().replace("power", "powr").replace("best: 10", "bets: 10").replace("title: Ann}", "titel: Ann}")
    )
    two.write_text(text)
    result = run("solve", two)
    assert result.exit_code == 3
    assert result.stderr.count(f"{two}:") >= 2
    assert "problems in the scenario" in result.stderr
    error = run_json("solve", two, code=3)["error"]
    assert error["kind"] == "scenario"
    assert len(error["problems"]) >= 2
    assert set(error["problems"][0]) == {"file", "line", "column", "path", "message", "hint"}


def test_an_invalid_value_on_a_valid_path_is_3(two):
    assert run("solve", two, "--set", "disagreement.payoffs.ann=high").exit_code == 3


@pytest.mark.parametrize(
    ("failure", "code", "kind"),
    [
        (errors.TooManyAgreements("too many"), 4, "too_many_agreements"),
        (errors.NotConverged("gap 1e-3"), 4, "not_converged"),
        (MemoryError(), 4, "too_many_agreements"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (ZeroDivisionError("oops"), 70, "internal"),
        (PermissionError(13, "Permission denied", "x.csv"), 2, "usage"),
    ],
)
def test_every_failure_has_its_code_and_kind(two, monkeypatch, failure, code, kind):
    def fail(*_args, **_keywords):
        raise failure

    monkeypatch.setattr(asked.Asked, "read", fail)
    result = run("solve", two)
    assert result.exit_code == code
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Traceback" not in result.output
    assert run_json("solve", two, code=code)["error"]["kind"] == kind


def test_json_has_no_nan():
    document = json_text({"a": float("nan"), "b": [float("inf"), 1.5]})
    assert json.loads(document) == {"a": None, "b": [None, 1.5]}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_in_its_own_file(name):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "--json" in result.stdout
    assert "--seed" in result.stdout
    assert max(map(len, run("--help").stdout.splitlines())) <= 80


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"new", "list", "schema", "compare"}))
def test_every_command_that_reads_a_scenario_takes_set_and_variant(name):
    text = run(name, "--help").stdout
    assert "--set" in text
    assert "--variant" in text


def test_help_names_completion_and_exit_codes():
    text = run("--help").stdout
    assert "_BARGAIN_COMPLETE=bash_source" in text
    assert "130 interrupted" in text


def test_the_group_finds_all_its_commands():
    context = click.Context(main)
    assert main.list_commands(context) == list(COMMANDS)
    assert main.get_command(context, "nothing") is None
