"""Tables of payoffs: what spreadsheets write is read, quickly or slowly the same; what is wrong is told."""

from __future__ import annotations

import os
import pickle
from copy import deepcopy
from pathlib import Path
from random import Random

import numpy as np
import pytest

import bargain
from bargain.errors import ScenarioError
from bargain.files import payoff_file
from bargain.files.payoff_file import read_payoffs
from bargain.files.read import parse, set_value
from bargain.files.write import document, dump

SCENARIO = """
bargain: 1
title: A table
players: {ann: {}, bob: {}}
agreements: payoffs.csv
disagreement: {payoffs: {ann: 0, bob: 0}}
variants: {other: {set: {agreements: sub/other.csv}}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "t.yaml").write_text(SCENARIO)
    (tmp_path / "payoffs.csv").write_text("agreement,ann,bob\na,1,3\nb,2,2\n")
    (tmp_path / "sub" / "other.csv").write_text("agreement,ann,bob\nc,1,1\n")
    return tmp_path


def told(folder: Path, text: str | bytes) -> list[str]:
    path = folder / "payoffs.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    rows, problems = read_payoffs(path, "p.csv", ("ann", "bob"))
    assert (rows is None) == bool(problems)
    return list(map(str, problems))


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_spreadsheets_are_read(folder: Path, sign: str, end: str, mark: str) -> None:
    lines = [
        ["agreement", "bob", "ann", "note"],
        ["a", "1.5", '"2"', '"x, y"'],
        ["b", "-1e3", ".5", ""],
        [],
        ["", "", "", ""],
    ]
    path = folder / "payoffs.csv"
    path.write_bytes((mark + end.join(sign.join(line) for line in lines) + end).encode())
    rows, problems = read_payoffs(path, "p.csv", ("ann", "bob"))
    assert problems == []
    assert rows is not None
    assert rows.labels == ("a", "b")
    assert rows.payoffs["ann"].tolist() == [2, 0.5]
    assert rows.payoffs["bob"].tolist() == [1.5, -1000]
    assert rows.described == {"note": ("x, y", "")}


def test_chunks_taken_quickly_and_slowly_are_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = Random(1)
    numbers = [(rng.uniform(-9, 9), rng.randint(-9, 9)) for _ in range(500)]
    text = "note;ann;bob\n" + "".join(f"n{k};{a!r};{b}\n" for k, (a, b) in enumerate(numbers)).replace(".", ",")
    (folder / "payoffs.csv").write_text(text)
    monkeypatch.setattr(payoff_file, "CHUNK", 7)
    quick, _ = read_payoffs(folder / "payoffs.csv", "p.csv", ("ann", "bob"))
    monkeypatch.setattr(payoff_file._Sheet, "_take_quickly", lambda *_: False)
    slow, _ = read_payoffs(folder / "payoffs.csv", "p.csv", ("ann", "bob"))
    assert quick is not None
    assert slow is not None
    assert quick.labels == slow.labels == tuple(map(str, range(1, 501)))
    assert quick.described == slow.described
    for player, column in quick.payoffs.items():
        assert np.array_equal(column, slow.payoffs[player])
    assert quick.payoffs["ann"].tolist() == [a for a, _ in numbers]


def test_problems_have_their_line_whatever_the_chunk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'note,ann,bob\n"two\nlines",1,2\n\nx,1_0,2\ny,1,2\nz,oh,1\n'
    expected = [
        "p.csv:5:2  ann: expected a number, found the text '1_0'; write a number",
        "p.csv:7:2  ann: expected a number, found the text 'oh'; write a number",
    ]
    for size in (1, 2, 100):
        monkeypatch.setattr(payoff_file, "CHUNK", size)
        assert told(folder, text) == expected


def test_of_many_problems_some_are_told_and_all_are_counted(folder: Path) -> None:
    problems = told(folder, "ann,bob\n" + "x,1\n" * 100)
    assert len(problems) == payoff_file.MOST_TOLD + 1
    assert problems[-1].endswith("and 70 more problems")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\n \n", "is empty"),
        ("ann,bob\n1,2\n".encode("utf-16"), "is not UTF-8 text but UTF-16"),
        (b"ann,bob\n1,\xff\n", "p.csv:2:1  is not UTF-8 text"),
        (b"\x00\x01", "is not a text file"),
        (b'ann,bob\n1,"2\n', "is a quotation mark not closed?"),
        (b"ann,bob\n", "has a header but no agreements"),
        (b"1,2\n3,4\n", "ann: there is no column for this player"),
    ],
)
def test_what_is_no_table_is_told_in_one_line(folder: Path, text: bytes, complaint: str) -> None:
    assert complaint in told(folder, text)[0]


def test_the_file_that_is_named_is_found_from_where_it_is_named(folder: Path) -> None:
    (folder / "sub" / "child.yaml").write_text("extends: ../t.yaml\ntitle: A child\n")
    child = bargain.read(folder / "sub" / "child.yaml")
    assert str(child.agreements) == "../payoffs.csv"
    assert parse(dump(child), folder=folder / "sub") == child
    (folder / "sub" / "own.yaml").write_text("extends: ../t.yaml\nagreements: other.csv\n")
    assert list(bargain.read(folder / "sub" / "own.yaml").issues["agreement"].options) == ["c"]
    assert list(bargain.read(folder / "t.yaml", variant="other").issues["agreement"].options) == ["c"]
    changed = bargain.read(folder / "t.yaml", sets=["agreements=sub/other.csv"])
    assert list(changed.issues["agreement"].options) == ["c"]


def test_a_scenario_keeps_its_table_in_memory(folder: Path) -> None:
    scenario = bargain.read(folder / "t.yaml")
    (folder / "payoffs.csv").unlink()
    for again in (set_value(scenario, "disagreement.payoffs.ann", 1.5), parse(document(scenario)), deepcopy(scenario)):
        assert bargain.solve(again, bargain.nash).agreement == {"agreement": "b"}
    assert bargain.solve(pickle.loads(pickle.dumps(scenario)), bargain.nash).payoffs["bob"] == 2
    assert parse(document(scenario), variant="other").agreements == "sub/other.csv"
    assert list(set_value(scenario, "agreements", "sub/other.csv").issues["agreement"].options) == ["c"]
    with pytest.raises(ScenarioError, match="no file"):
        set_value(scenario, "agreements", "payoffs.csv")


def test_a_file_that_changed_is_read_again(folder: Path) -> None:
    assert bargain.solve(bargain.read(folder / "t.yaml"), bargain.nash).payoffs["bob"] in (2, 3)
    path = folder / "payoffs.csv"
    path.write_text("agreement,ann,bob\na,7,9\nb,2,2\n")
    os.utime(path, ns=(1, 1))
    assert bargain.solve(bargain.read(folder / "t.yaml"), bargain.nash).payoffs["bob"] == 9


def test_a_text_without_a_folder_cannot_name_a_table() -> None:
    with pytest.raises(ScenarioError, match="no folder to look for a file in; read the scenario from a file"):
        parse(SCENARIO)


def test_dust_of_whoever_filled_in_the_table_breaks_no_tie(folder: Path) -> None:
    (folder / "payoffs.csv").write_text("ann,bob\n0.30000000000000004,1\n0.3,1.0000000000000002\n0.3,0.99999999\n")
    answer = bargain.solve(bargain.read(folder / "t.yaml"), bargain.utilitarian)
    assert answer.agreement == {"agreement": "1"}
    assert [tie.agreement for tie in answer.ties] == [{"agreement": "2"}]


@pytest.mark.slow
def test_a_million_rows_load_in_seconds(folder: Path) -> None:
    from time import process_time

    rng = np.random.default_rng(0)
    rows = rng.random((1_000_000, 2)).round(6).tolist()
    (folder / "payoffs.csv").write_text("ann,bob\n" + "".join(f"{a},{b}\n" for a, b in rows))
    start = process_time()
    scenario = bargain.read(folder / "t.yaml")
    assert process_time() - start < 15, "about 2 seconds on an idle core"
    assert bargain.solve(scenario, bargain.utilitarian).payoffs["ann"] > 0.99
