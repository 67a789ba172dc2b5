"""Every command on a file about coalitions alone, and on one that has them beside its issues."""

import csv
import io
from pathlib import Path

import pytest

from cli.scenarios import run, run_json

CLAIMS = """\
bargain: 1
title: An estate
players: {ann: {title: Ann}, ben: {title: Ben}, cleo: {title: Cleo}}
coalitions:
  estate: {value: 200, low: 100, high: 300}
  claims: {ann: 100, ben: 200, cleo: 300}
variants:
  large: {title: Larger, set: {coalitions.estate: 300}}
expect:
  - {concept: nucleolus, player: ann, payoff: 50}
  - {concept: shapley, variant: large, player: cleo, payoff: 1}
"""
BESIDE = Path(__file__).parents[1] / "files" / "valid" / "coalitions_beside_issues.yaml"


@pytest.fixture
def claims(tmp_path, monkeypatch):
    """The path of a claims problem; the folder is the current one."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "claims.yaml"
    path.write_text(CLAIMS, encoding="utf-8")
    return path


def flat(result):
    return " ".join(result.stdout.split())


def test_solve_shows_the_concepts_that_stand_on_coalitions(claims):
    result = run("solve", claims)
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    text = flat(result)
    assert "An estate of 200 is divided among claims of 600 in all." in text
    assert "Nucleolus, Core 50.0 75.0 75.0" in text
    assert "Talmud: equal awards" in text
    assert "ot applicable" not in text
    assert "Nash" not in text
    solutions = run_json("solve", claims)["solutions"]
    assert [s["concept"] for s in solutions][:3] == ["shapley", "nucleolus", "core"]
    assert all(s["over"] in ("coalitions", "claims") for s in solutions)


def test_solve_quietly_and_with_everything(claims):
    assert run("solve", claims, "-q").stdout.startswith("An estate of 200")
    assert "Definition: " in run("solve", claims, "-v").stdout
    assert run("solve", claims, "--fail-if-no-deal").exit_code == 0


def test_what_was_asked_for_by_name_says_why_it_does_not_apply(claims, two):
    assert "Not applicable: Nash (the file has no issues to agree on, only coalitions)." in flat(
        run("solve", claims, "-c", "nash")
    )
    assert "Not applicable: Shapley value (the file has no `coalitions`)." in flat(run("solve", two, "-c", "shapley"))
    assert run("solve", two, "-c", "shapley", "--fail-if-no-deal").exit_code == 1


def test_issues_and_coalitions_stand_one_after_the_other():
    text = run("solve", BESIDE).stdout
    assert text.index("Nash") < text.index("An estate of 6 is divided") < text.index("Constrained equal awards")
    assert "5 possible" not in text
    solutions = run_json("solve", BESIDE)["solutions"]
    assert {"nash", "core", "proportional_awards"} <= {s["concept"] for s in solutions}


def test_check_tries_expectations(claims):
    result = run("check", claims)
    assert result.exit_code == 1
    assert "1 of 2 expectations hold" in result.stdout
    assert "payoff of cleo 150" in flat(result)


def test_compare_and_sweep_begin_with_shapley(claims):
    assert "Shapley value" in run("compare", claims, "--variant", "large").stdout
    columns = run_json("compare", claims, "--variant", "large", "-c", "all")["columns"]
    assert len(columns[1]["solutions"]) == 6
    rows = list(csv.DictReader(io.StringIO(run("sweep", claims, "--vary", "coalitions.estate=100:300:3").stdout)))
    assert [row["concept"] for row in rows] == ["shapley"] * 3
    assert float(rows[1]["payoff.ann"]) == pytest.approx(100 / 3)
    assert (
        run("sweep", claims, "--vary", "coalitions.claims.ann=50,100", "-c", "nucleolus", "--plot", "x.png").exit_code
        == 0
    )
    assert "did you mean 'ann'" in run("sweep", claims, "--vary", "coalitions.claims.amn=1,2").stderr


def test_compare_files_of_both_kinds(claims, two):
    result = run("compare", claims, two)
    assert result.exit_code == 0
    assert "Shapley value" in result.stdout
    assert "Nash" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [("evaluate", "-a", "x=1"), ("plot", "frontier"), ("plot", "issues"), ("solve", "--plot", "out.png")],
)
def test_what_needs_issues_is_refused(claims, arguments):
    command, *options = arguments
    result = run(command, claims, *options)
    assert result.exit_code == 2
    assert "the file has no issues, only coalitions" in result.stderr
    assert not claims.with_name("out.png").exists()


def test_resolve_reads_back(claims):
    claims.with_name("again.yaml").write_text(run("resolve", claims).stdout, encoding="utf-8")
    assert run_json("solve", "again.yaml") == run_json("solve", claims)
    assert "estate: {value: 300, low: 100, high: 300}" in run("resolve", claims, "--variant", "large").stdout


def test_a_set_that_breaks_the_game_is_told(claims):
    result = run("solve", claims, "--set", "coalitions.estate=700")
    assert result.exit_code == 3
    assert "covers all claims, which sum to 600" in result.stderr


def test_axioms_of_an_estate(claims):
    result = run("axioms", claims, "-r", "self-duality,consistency", "-r", "claims_truncation_invariance")
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "In general all of these at once are kept by Nucleolus." in flat(result)
    document = run_json("axioms", claims, "-r", "efficiency")
    assert {trial["over"] for trial in document["trials"]} == {"coalitions", "claims"}
    assert len(document["satisfying"]) == 6
    assert run_json("axioms", claims, "-c", "core")["trials"][0]["concept"] == "core"


def test_axioms_beside_issues():
    document = run_json("axioms", BESIDE, "-r", "efficiency")
    assert {"agreements", "coalitions"} <= {trial["over"] for trial in document["trials"]}


def test_axioms_about_what_is_not_there_are_refused(claims):
    result = run("axioms", claims, "-r", "independence")
    assert result.exit_code == 2
    assert "the file has no issues to agree on, only coalitions; of this file one may ask efficiency" in result.stderr
