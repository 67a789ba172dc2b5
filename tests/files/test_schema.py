"""The JSON Schema accepts what reads and refuses what is misspelt."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from bargain.files.library import shipped
from bargain.files.schema import json_schema
from bargain.files.template import START, template
from bargain.files.text import read_text
from bargain.files.yaml import parse_yaml

HERE = Path(__file__).parent
VALIDATOR = Draft7Validator(json_schema())


def faults(text):
    return [error.message for error in VALIDATOR.iter_errors(parse_yaml(text, "f").data)]


def test_is_a_schema():
    Draft7Validator.check_schema(json_schema())
    assert json_schema()["$id"]
    assert "$defs" not in str(json_schema())


@pytest.mark.parametrize("file", [*(HERE / "valid").glob("*.yaml"), *shipped().values()], ids=lambda file: file.stem)
def test_accepts_every_valid_file(file):
    assert faults(read_text(file, "f")) == []


REFUSED = [
    "misspelt_keys",
    "missing_sections",
    "wrong_types",
    "quantities",
    "kinds_of_issue",
    "names",
    "empty_parts",
    "rules",
    "lottery_chances",
    "version_newer",
    "shapes",
    "not_a_map",
    "expectations",
    "extends_two_files",
    "coalitions_worths",
    "coalitions_votes",
    "coalitions_kinds",
    "coalitions_not_a_map",
]


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_faults_of_form(name):
    assert faults(read_text(HERE / "invalid" / f"{name}.yaml", "f"))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("weight:", "wieght:"), ("points:", "ponts:"), ("red_lines:", "redlines:"), ("shape: linear", "shape: liner"),
     ("title: Upper Town", "titel: Upper Town"), ("range: [20, 100]", "range: [20]"), ("low: 30", "lo: 30")],
)  # fmt: skip
def test_refuses_typical_typos(right, wrong):
    text = template(START)
    assert faults(text) == []
    assert right in text
    assert faults(text.replace(right, wrong, 1))


def test_reserved_sections_have_a_word_of_explanation():
    properties = json_schema()["definitions"]["Scenario"]["properties"]
    assert "not yet supported" in properties["aftermath"]["description"]


def test_the_schema_beside_the_scenarios_is_up_to_date() -> None:
    """After a change of the format: ``bargain schema > scenarios/bargain.schema.json``."""
    beside = Path(__file__).parents[2] / "scenarios" / "bargain.schema.json"
    assert json.loads(beside.read_text(encoding="utf-8")) == json_schema()
