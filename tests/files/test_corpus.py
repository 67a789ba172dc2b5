"""Files that are right read and come back; files that are wrong say exactly this."""

from pathlib import Path

import pytest

from bargain.files.library import shipped
from bargain.files.read import parse, read, survey
from bargain.files.write import dump

HERE = Path(__file__).parent
VALID = sorted((HERE / "valid").glob("*.yaml"))
INVALID = sorted((HERE / "invalid").glob("*.yaml"))
EVERY = [*VALID, *shipped().values()]


@pytest.mark.parametrize("file", EVERY, ids=lambda file: file.stem)
def test_valid_file_reads_and_its_dump_is_the_same_scenario(file):
    reading = survey(file)
    problems, scenario = list(reading.problems), reading.scenario
    assert problems == []
    assert scenario is not None
    once = dump(scenario)
    again = parse(once, folder=file.parent)
    assert again == scenario
    assert dump(again) == once


@pytest.mark.parametrize("file", EVERY, ids=lambda file: file.stem)
def test_every_variant_reads_and_its_dump_is_the_same_scenario(file):
    reading = survey(file)
    assert list(reading.variants) == list(reading.scenario.variants)
    for scenario in reading.variants.values():
        assert scenario.variants == {}
        assert all(entry.variant is None for entry in scenario.expect)
        assert parse(dump(scenario), folder=file.parent) == scenario
    for variant in list(reading.variants)[-1:]:
        assert read(file, variant=variant) == reading.variants[variant]


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_invalid_file_says_what_is_wrong(file, monkeypatch):
    monkeypatch.chdir(file.parent)
    problems = survey(file.name).problems
    said = "".join(f"{problem}\n" for problem in problems)
    assert said == file.with_suffix(".txt").read_text(encoding="utf-8")
    assert said


def test_corpus_is_whole():
    assert len(INVALID) >= 35
    assert {file.stem for file in INVALID} == {file.stem for file in (HERE / "invalid").glob("*.txt")}


def test_scenario_that_extends():
    scenario = read(HERE / "valid" / "extends.yaml")
    assert scenario.title == "A file that extends another"
    assert scenario.question is None
    assert scenario.players["b"].power.value == 4
    assert scenario.players["b"].note == "n"
    assert len(scenario.rules) == 1
    assert not scenario.variants
    assert not scenario.red_lines


def test_words_and_numbers_as_names():
    scenario = read(HERE / "valid" / "words_and_numbers_as_names.yaml")
    assert list(scenario.issues["switch"].options) == ["on", "off", "true", "2025"]
    assert scenario.issues["share"].division == ["1", "2"]
    assert scenario.issues["height"].ends == (10, 31)
    assert scenario.utilities["1"].terms[0].when == {"switch": ["true", "2025"]}
    assert scenario.disagreement.lottery[0].agreement["switch"] == "true"
    assert scenario.as_of == "2025-12-14"
