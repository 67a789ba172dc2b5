"""The section `coalitions`: whatever is damaged in it, a list of problems or a scenario that comes back."""

import copy
import random
from contextlib import suppress
from pathlib import Path

import pytest

from bargain.check import expectations
from bargain.errors import ScenarioError, UsageError
from bargain.files.read import examine, parse, read, set_value
from bargain.files.write import document, dump
from files.test_damage import JUNK, paths

FILES = sorted((Path(__file__).parent / "valid").glob("coalitions_*.yaml"))
MORE_JUNK = [*JUNK, {"a+b": 1}, {"a": -1}, {"quota": 1}, {"votes": {"a": 1}}, {"estate": 1, "claims": {"others": 1}}]


def damaged(tree, chance):
    section = copy.deepcopy(tree)
    *above, last = chance.choice([path for path in paths(section) if path[0] in ("coalitions", "players")])
    node = section
    for step in above:
        node = node[step]
    if chance.random() < 0.6:
        node[last] = copy.deepcopy(chance.choice(MORE_JUNK))
    elif chance.random() < 0.5:
        del node[last]
    else:
        node[chance.choice([f"{last}+", f"+{last}", f"{last}+{last}", "others", "quota", "1+a"])] = node.pop(last)
    return section


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_damaged_coalitions(file):
    chance, tree = random.Random(3), document(read(file))
    for _ in range(60):
        try:
            scenario = parse(damaged(tree, chance))
        except ScenarioError:
            continue
        assert parse(dump(scenario)) == scenario


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_any_value_at_any_knob_of_coalitions(file):
    chance, scenario = random.Random(4), read(file)
    known = [path for path in paths(document(scenario)) if path[0] == "coalitions"]
    for _ in range(60):
        path = ".".join(map(str, chance.choice(known))) + chance.choice(["", "", ".low", ".x", "+a", ".note"])
        with suppress(ScenarioError, UsageError):
            changed = set_value(scenario, path, copy.deepcopy(chance.choice(MORE_JUNK)))
            assert expectations(changed) is not None


def test_names_in_any_order_and_quantities_keep_their_range():
    scenario = read(FILES[-1].with_name("coalitions_worths.yaml"))
    assert list(scenario.coalitions) == ["a", "1+a", "on+1+a", "others"]
    moved = examine(FILES[-1].with_name("coalitions_worths.yaml"), sets=["coalitions.a=5"])
    assert moved.scenario.coalitions["a"].high == 5
    assert "widened" in moved.notices[0]


def test_coalitions_are_written_without_quotes():
    text = dump(read(FILES[-1].with_name("coalitions_worths.yaml")))
    assert "\n  1+a: -2.5\n  on+1+a: 10\n" in text


def test_many_players_cannot_name_all_coalitions():
    players = {f"p{k}": {} for k in range(21)}
    base = {"bargain": 1, "title": "Many", "players": players}
    with pytest.raises(ScenarioError, match="more than 20 players cannot be listed"):
        parse({**base, "coalitions": {"+".join(players): 1, "others": 0}})
    parse({**base, "coalitions": {"quota": 11, "votes": {"others": 1}}})
    few = {**base, "players": {f"p{k}": {} for k in range(20)}}
    with pytest.raises(ScenarioError, match="no worth for p0, p1, p2, p3, p4, p5 and 1048568 more"):
        parse({**few, "coalitions": {"+".join(few["players"]): 1}})
