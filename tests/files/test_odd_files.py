"""Bytes that are no scenario end in one clear line, soon, and never in a traceback."""

import os
import time
from pathlib import Path

import pytest

from bargain.errors import ScenarioError, UsageError
from bargain.files.read import parse, read

SMALLEST = (Path(__file__).parent / "valid" / "smallest.yaml").read_bytes()
SOON = 20.0
"""Seconds: generous for a loaded machine; the slowest takes three."""

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)
CHAIN = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 300))

CASES = {
    "utf_16": (SMALLEST.decode().encode("utf-16"), "is not UTF-8 text but UTF-16"),
    "utf_16_without_mark": (SMALLEST.decode().encode("utf-16-le"), "control character U+0000"),
    "latin_1": (SMALLEST.replace(b"pie", b"p\xe9e"), ":2:21  is not UTF-8 text: the byte 0xE9"),
    "after_a_mark": (b"\xef\xbb\xbfa: 1\nb: \xff", ":2:4  is not UTF-8 text: the byte 0xFF"),
    "nul": (SMALLEST + b"\0", "control character U+0000"),
    "escape_character": (b"a: 1\nb: \x1b[0m", ":2:4  contains the control character U+001B"),
    "empty": (b"", "is empty"),
    "blank": (b" \n\n\t\n", "is empty"),
    "only_a_mark": (b"\xef\xbb\xbf", "says nothing"),
    "too_large": (b"# " + b"x" * 600_000, "too large"),
    "deep_list": (b"[" * 10_000, "nested more than"),
    "deep_map": (b"{a: " * 10_000, "nested more than"),
    "deep_block": (b"- " * 10_000, "nested more than"),
    "deep_keys": (b"? " * 10_000, "nested more than"),
    "bomb": (BOMB.encode(), "aliases expand to more than"),
    "chain_of_aliases": (CHAIN.encode(), "aliases expand to more than"),
    "many_values": (b"a: [" + b"1, " * 50_001 + b"]", "more than 50000 values"),
    "long_number": (SMALLEST.replace(b"b: 0}}", b"b: " + b"9" * 400_000 + b"}}"), "not a finite number"),
    "long_hexadecimal": (SMALLEST.replace(b"b: 0}}", b"b: 0x" + b"f" * 9_000 + b"}}"), "not a finite number"),
    "long_exponent": (SMALLEST.replace(b"b: 0}}", b"b: 1e" + b"9" * 9_000 + b"}}"), "not a finite number"),
    "long_key": (b"k" * 400_000 + b": 1", "':'"),
    "long_version": (b"%YAML " + b"9" * 9_000 + b".1\n---\na: 1\n", "not valid YAML"),
    "impossible_escape": (b'a: "\\UFFFFFFFF"', ":1:2  is not valid YAML"),
    "yaml_bits": (b"a: &x *y !z |>%\n", "f.yaml:1:"),
}


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.slow) if n == "many_values" else n for n in CASES])
def test_ends_in_a_clear_line(name, tmp_path):
    content, expected = CASES[name]
    file = tmp_path / "f.yaml"
    file.write_bytes(content)
    start = time.perf_counter()
    with pytest.raises(ScenarioError) as raised:
        read(file)
    assert time.perf_counter() - start < SOON
    assert expected in str(raised.value)
    assert all(len(line) < 400 + len(str(file)) for line in str(raised.value).splitlines())


def test_folder(tmp_path):
    with pytest.raises(ScenarioError, match="is a folder, not a file"):
        read(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(ScenarioError, match="is a pipe, not a file"):
        read(tmp_path / "pipe.yaml")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")
def test_device():
    with pytest.raises(ScenarioError, match="is a device, not a file"):
        read("/dev/zero")


def test_missing_file_names_its_neighbours(tmp_path):
    (tmp_path / "river.yaml").write_bytes(SMALLEST)
    with pytest.raises(UsageError, match=r"there is no file .*rivre\.yaml'; did you mean '.*river\.yaml'"):
        read(tmp_path / "rivre.yaml")


def test_missing_name_names_shipped_scenarios():
    with pytest.raises(UsageError, match="did you mean 'berlin_2025'"):
        read("berlin_2052")


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_impossible_names(name):
    with pytest.raises(UsageError):
        read(name)


def test_base_that_is_a_folder_and_a_long_chain(tmp_path):
    (tmp_path / "f.yaml").write_text("extends: .\n")
    with pytest.raises(ScenarioError, match="is a folder"):
        read(tmp_path / "f.yaml")
    for number in range(20):
        (tmp_path / f"{number}.yaml").write_text(f"extends: {number + 1}.yaml\n")
    with pytest.raises(ScenarioError, match="more than 10 files extend one another"):
        read(tmp_path / "0.yaml")


@pytest.mark.parametrize("source", [{}, {"bargain": 10**400}, {"a": {1, 2}}, "[1]", "x", ""])
def test_in_memory(source):
    with pytest.raises(ScenarioError):
        parse(source)
