"""Whatever is damaged in a scenario, the answer is a list of problems or a scenario that comes back from its dump."""

import copy
import random
from contextlib import suppress
from pathlib import Path

import pytest

from bargain.errors import ScenarioError, UsageError
from bargain.files.read import parse, read, set_value
from bargain.files.write import document, dump

SOUND = document(read(Path(__file__).parent / "valid" / "everything.yaml"))
JUNK = [
    None, True, 0, -1, 3.5, float("nan"), float("inf"), 10**400, "", "x", "12", "rest", "ignored", [], {}, [1], [None],
    [[]], [{}], [True], ["a", 1, {}], {"x": 1}, {"": {}}, {"value": 1}, {"value": "a"}, {"value": None}, {"low": 3},
    {"above": 1}, {"above": "x"}, {"options": {}}, {"range": [1]}, {"division": [None]}, {"shape": "linear"},
    {"private": {}}, {"a": {"b": []}},
]  # fmt: skip


def paths(node, path=()):
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield (*path, key)
        yield from paths(value, (*path, key))


PATHS = list(paths(SOUND))


def damaged(chance):
    tree = copy.deepcopy(SOUND)
    *above, last = chance.choice(PATHS)
    node = tree
    for step in above:
        node = node[step]
    how = chance.random()
    if how < 0.6:
        node[last] = copy.deepcopy(chance.choice(JUNK))
    elif how < 0.8 or isinstance(node, list):
        del node[last]
    else:
        node[f"{last}x"] = node.pop(last)
    return tree


@pytest.mark.parametrize("seed", range(8))
def test_damaged_scenario(seed):
    chance = random.Random(seed)
    for _ in range(40):
        tree = damaged(chance)
        try:
            scenario = parse(tree)
        except ScenarioError:
            continue
        assert parse(dump(scenario)) == scenario


@pytest.mark.parametrize("seed", range(4))
def test_any_value_at_any_knob(seed):
    chance = random.Random(seed)
    scenario = parse(SOUND)
    for _ in range(40):
        path = ".".join(map(str, chance.choice(PATHS))) + chance.choice(["", "", "", ".low", ".x", ".0", ".note.y"])
        with suppress(ScenarioError, UsageError):
            set_value(scenario, path, copy.deepcopy(chance.choice(JUNK)))
