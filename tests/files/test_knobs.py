"""Dotted paths: reading, setting, refusing."""

from pathlib import Path

import pytest

from bargain.errors import ScenarioError, UsageError
from bargain.files.knobs import get, numbers, parse_set
from bargain.files.library import shipped
from bargain.files.read import examine, read, set_value
from bargain.files.write import document

EVERYTHING = Path(__file__).parent / "valid" / "everything.yaml"


@pytest.fixture(scope="module")
def scenario():
    return read(EVERYTHING)


def test_parse_set():
    path, value = parse_set("a.b = {value: 1e-3, x: [no, 2=3]}")
    assert (path, value.data) == ("a.b", {"value": 0.001, "x": ["no", "2=3"]})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("players.a.power", 3),
        ("players.b.patience", 0.5),
        ("players.c.power", 2),
        ("issues.range.range.0", -7),
        ("issues.ladder.range.1", 112.5),
        ("utilities.a.range.points.1.0", 0.5),
        ("utilities.a.ladder.exponent", 0.45),
        ("utilities.a.terms.2.add", 1.5),
        ("utilities.b.ladder.weight", 9),
        ("rules.2.at_most", 2.5),
        ("rules.2.sum.division.a", 7),
        ("disagreement.lottery.0.chance", 0.4),
        ("disagreement.costs.others", 4),
        ("utilities.a.terms.2.when.range.above", 0),
    ],
)
def test_set_and_get_back(scenario, path, value):
    changed = set_value(scenario, path, value)
    found = get(document(changed), path)
    assert (found["value"] if isinstance(found, dict) else found) == value
    assert set_value(scenario, path, value) == changed
    assert scenario == read(EVERYTHING)


def test_a_number_keeps_the_range_of_a_quantity():
    reading = examine(EVERYTHING, sets=["players.a.power=2.5", "disagreement.costs.b=9"])
    assert reading.problems == ()
    power, cost = reading.scenario.players["a"].power, reading.scenario.disagreement.costs["b"]
    assert (power.value, power.low, power.high, power.basis) == (2.5, 1, 3, "assumed")
    assert (cost.value, cost.low, cost.high) == (9, 1, 9)
    assert reading.notices == ("disagreement.costs.b: 9 lies outside its range 1..3, which was widened to 1..9",)


def test_an_end_promotes_a_bare_number(scenario):
    quantity = set_value(scenario, "players.b.power.low", 1).players["b"].power
    assert (quantity.value, quantity.low, quantity.high) == (1.5, 1, None)
    quantity = set_value(scenario, "players.b.power", {"low": 1, "high": 2}).players["b"].power
    assert (quantity.value, quantity.low, quantity.high) == (1.5, 1, 2)


def test_null_removes_and_lists_replace(scenario):
    assert len(set_value(scenario, "rules.0", None).rules) == 2
    assert set_value(scenario, "players.a.patience", None).players["a"].patience is None
    assert set_value(scenario, "rules", [{"forbid": {"menu": "x"}}]).rules[0].forbid == {"menu": "x"}
    assert set_value(scenario, "red_lines", None).red_lines == {}


UNKNOWN = {
    "plyers.a.power=1": "did you mean 'players'",
    "players.a.powr=1": "did you mean 'power'",
    "players.d.power=1": "no 'd' under 'players'",
    "utilities.a.mnu.weight=1": "did you mean 'menu'",
    "utilities.a.menu.values.z=1": "there is no option 'z'",
    "disagreement.costs.d=1": "there is no player 'd'",
    "disagreement.lottery.3.chance=1": "its entries are 0 to 2",
    "disagreement.lottery.one.chance=1": "its entries are 0 to 2",
    "title.x=1": "nothing stands under 'title'",
    "variants.other.set.x=1": "no 'other' under 'variants'",
    "players..power=1": "is not a path",
    "players.a.power": "write PATH=VALUE",
    "=1": "write PATH=VALUE",
    "players.a.power=": "write players.a.power=null to remove it",
}


@pytest.mark.parametrize("text", UNKNOWN)
def test_unknown_path_is_a_matter_of_usage(text):
    with pytest.raises(UsageError) as raised:
        read(EVERYTHING, sets=[text])
    assert UNKNOWN[text] in str(raised.value)


INVALID = {
    "players.a.patience=2": "patience is a discount factor",
    "players.a.power=high": "expected a number, found the text 'high'",
    "players.a.power={value: 1": "a bracket is not closed",
    "players.a.power={value: 1, value: 2}": "stands here twice",
    "players.a.power.low=2.5": "the value lies outside its own low and high",
    "title=null": "`title` is missing",
    "issues.menu=null": "there is no issue 'menu'",
    "issues.range.range.1=1": "lies outside the range of range",
    "rules=[{forbdi: {menu: x}}]": "a rule is",
    "consent.rule=most": "expected",
    "consent.quota=2": "all must agree",
}


@pytest.mark.parametrize("text", INVALID)
def test_invalid_value_is_told_at_the_option(text):
    with pytest.raises(ScenarioError) as raised:
        read(EVERYTHING, sets=[text])
    assert INVALID[text] in str(raised.value)
    assert {problem.file for problem in raised.value.problems} == {f"--set {text}"}
    assert {problem.line for problem in raised.value.problems} == {None}


def test_set_value_refuses_alike(scenario):
    with pytest.raises(UsageError, match="did you mean 'power'"):
        set_value(scenario, "players.a.powr", 1)
    with pytest.raises(ScenarioError, match=r"--set players.a.power=-1  players.a.power: power must be above 0"):
        set_value(scenario, "players.a.power", -1)


def test_problem_of_the_file_stays_with_the_file(tmp_path):
    file = tmp_path / "f.yaml"
    file.write_text(EVERYTHING.read_text().replace("{power: 1.5, note: n", "{power: 0, note: n"))
    with pytest.raises(ScenarioError) as raised:
        read(file, sets=["players.a.power=-1"])
    places = [(problem.file, problem.line) for problem in raised.value.problems]
    assert places == [("--set players.a.power=-1", None), (str(file), 8)]


def test_unknown_variant():
    with pytest.raises(UsageError, match="did you mean 'dotted'"):
        read(EVERYTHING, variant="doted")


def test_variant_keeps_its_own_expectations():
    assert [entry.concept for entry in read(EVERYTHING, variant="dotted").expect] == ["kalai_smorodinsky"]
    assert len(read(EVERYTHING).expect) == 3


@pytest.mark.parametrize("name", [*shipped(), "everything"])
def test_numbers_are_knobs(name):
    scenario = read(EVERYTHING if name == "everything" else name)
    tree = document(scenario)
    found = numbers(scenario)
    assert len(found) == len(dict(found))
    for path, quantity in found:
        stated = get(tree, path)
        assert (stated["value"] if isinstance(stated, dict) else stated) == quantity.value
        assert set_value(scenario, path, quantity.value) == scenario


def test_attitudes_are_knobs():
    scenario = read(EVERYTHING.with_name("attitudes.yaml"))
    paths = [path for path, _ in numbers(scenario) if ".attitude." in path]
    assert paths == ["utilities.a.attitude.cara", "utilities.b.attitude.crra", "utilities.b.attitude.base"] + [
        "utilities.c.attitude.cara"
    ]
    changed = set_value(scenario, "utilities.a.attitude.cara", 0.75)
    assert changed.utilities["a"].attitude.cara.value == 0.75
    assert changed.utilities["a"].attitude.cara.high == 1
    with pytest.raises(UsageError, match="did you mean 'cara'"):
        set_value(scenario, "utilities.a.attitude.caro", 0.75)
