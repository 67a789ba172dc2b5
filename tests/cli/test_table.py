"""`bargain table`, and every command on a scenario that is a table."""

import csv
import io
import json

import pytest

from cli.scenarios import run, run_json

TABLE = """
bargain: 1
title: Drafts
players: {ann: {title: Ann}, ben: {}, observer: {signs: false}}
agreements: drafts.csv
utilities: {ann: {attitude: {cara: 0.1}}}
disagreement: {agreement: none, costs: {others: 0.5}}
variants: {neutral: {set: {utilities.ann.attitude: null}}}
expect: [{concept: utilitarian, agreement: "b, again"}]
"""
DRAFTS = 'agreement,line,ann,ben,observer\nnone,,0,0,0\na,river,1,3,2\n"b, again",hills,4,1,1\n'


@pytest.fixture
def drafts(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "drafts.csv").write_text(DRAFTS)
    path = tmp_path / "drafts.yaml"
    path.write_text(TABLE)
    return path


def test_table_lists_every_agreement(two):
    result = run("table", two)
    rows = list(csv.reader(io.StringIO(result.stdout)))
    assert rows[0][-2:] == ["ann", "ben"]
    assert "Note: to solve it as a table" in result.stderr
    document = run_json("table", two, "-q")
    assert len(document["agreements"]) == len(rows) - 1
    assert document["agreements"][0]["payoffs"]["ann"] == float(rows[1][-2])


def test_table_is_written_to_a_file_that_solves_alike(two, tmp_path):
    assert "Wrote" in run("table", two, "-o", "p.csv").stderr
    assert run("table", two, "-o", "p.csv").exit_code == 2
    assert run("table", two, "-o", "p.csv", "--force").exit_code == 0
    (tmp_path / "t.yaml").write_text(
        "bargain: 1\ntitle: T\nplayers: {ann: {}, ben: {}}\nagreements: p.csv\n"
        "disagreement: {payoffs: {ann: 0.5, ben: 0.5}}\n"
    )
    one, other = (run_json("solve", file, "-c", "leximin")["solutions"][0] for file in (two, "t.yaml"))
    assert one["payoffs"] == pytest.approx(other["payoffs"])


def test_table_refuses_what_is_too_long(two):
    result = run("table", two, "--most", "1")
    assert result.exit_code == 4
    assert "--efficient" in result.stderr
    assert len(run("table", two, "--efficient").stdout.splitlines()) <= len(run("table", two).stdout.splitlines())


def test_every_command_understands_a_table(drafts):
    assert run("check", drafts).exit_code == 0
    assert "only shown, never counted: line" in run("check", drafts).stdout
    solved = run("solve", drafts, "-c", "utilitarian")
    assert "Agreement  b, again" in solved.stdout
    assert "line       hills" in solved.stdout
    assert "after the attitude to risk of Ann" in solved.stdout
    assert run_json("solve", drafts, "-c", "nash", "--variant", "neutral")["solutions"][0]["payoffs"]["ann"] in (1, 4)
    judged = run_json("evaluate", drafts, "-a", "agreement=b, again")
    assert judged["efficient"] is True
    assert "did you mean 'a" in run("evaluate", drafts, "-a", "agreement=aa").stderr
    assert "agreement (none | a | b, again)" in run("evaluate", drafts, "-a", "").stderr
    assert "agreements: drafts.csv" in run("resolve", drafts).stdout
    assert json.loads(run("resolve", drafts, "--json").stdout)["agreements"] == "drafts.csv"
    assert run("compare", drafts, "--variant", "neutral").exit_code == 0
    swept = run("sweep", drafts, "--vary", "utilities.ann.attitude.cara=0.1,3", "-c", "nash")
    assert len(swept.stdout.splitlines()) == 3
    for kind in ("frontier", "issues"):
        assert run("plot", drafts, kind, "-o", f"{kind}.svg").exit_code == 0
    assert run("table", drafts).stdout.splitlines()[0] == "agreement,line,ann,ben,observer"


def test_a_shipped_table_is_copied_with_its_scenario(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("new", "mine", "--template", "teaching/drafts").exit_code == 0
    assert run("check", "mine.yaml").exit_code == 0


def test_problems_of_a_table_are_told_with_their_place(drafts, tmp_path):
    (tmp_path / "drafts.csv").write_text(DRAFTS.replace("4,1,1", '"1,000",x,1'))
    result = run("solve", drafts)
    assert result.exit_code == 3
    assert "drafts.csv:4:3  ann: the digits stand in groups; write 1000" in result.stderr
    document = json.loads(run("solve", drafts, "--json").stdout)
    assert [problem["path"] for problem in document["error"]["problems"]] == ["ann", "ben"]


def test_a_total_without_worth_names_the_agreement(drafts):
    result = run("solve", drafts, "--set", "utilities.ann.attitude={cara: null, crra: 2, base: 0.5}")
    assert result.exit_code == 3
    assert "Ann has a total of -0.5 without a deal, which is not above the base 0.5" in result.stderr
    result = run("solve", drafts, "--set", "utilities.ann.attitude.cara=1e5")
    assert result.exit_code == 3
    assert "too far off" in result.stderr
