"""Unquoted words mean what a person expects."""

import math

import pytest

from bargain.files.scalars import read_scalar
from bargain.files.yaml import parse_yaml

TEXT = ["on", "off", "yes", "no", "y", "12:30", "2025-12-14", "1_000", "1e", "e3", "0b1", "+", "-", ".", "1.2.3", "٣"]
NUMBERS = {
    "0": 0, "010": 10, "-7": -7, "+7": 7, "0o17": 15, "0xfF": 255, "1e-3": 0.001, "1E+2": 100.0, ".5": 0.5, "5.": 5.0,
    "-0.25": -0.25,
}  # fmt: skip


@pytest.mark.parametrize("word", TEXT)
def test_text_stays_text(word):
    assert read_scalar(word) == word


@pytest.mark.parametrize("word", NUMBERS)
def test_numbers(word):
    value = read_scalar(word)
    assert value == NUMBERS[word]
    assert type(value) is type(NUMBERS[word])


def test_words():
    assert [read_scalar(word) for word in ("", "~", "null", "true", "False")] == [None, None, None, True, False]
    assert all(not math.isfinite(read_scalar(word)) for word in (".nan", "-.inf", "1e999", "9" * 5000))


def test_quoted_words_are_text_and_keys_are_names():
    tree = parse_yaml("1: '1'\ntrue: \"null\"\nnull: !\n".replace(" !", ""), "f").data
    assert tree == {"1": "1", "true": "null", "null": None}


def test_marks_point_at_keys_and_items():
    marks = parse_yaml("a:\n  b: [1,\n    2]\n", "f").marks
    assert {path: (mark.line, mark.column) for path, mark in marks.items()} == {
        (): (1, 1),
        ("a",): (1, 1),
        ("a", "b"): (2, 3),
        ("a", "b", 0): (2, 7),
        ("a", "b", 1): (3, 5),
    }
