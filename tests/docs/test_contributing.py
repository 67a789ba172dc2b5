"""CONTRIBUTING.md tells the truth about floors, tests and the list of concepts that files know."""

from __future__ import annotations

import re

import bargain
from architecture.test_floors import FLOORS, MODULES, SHOP_WINDOW, room_of
from bargain.model.scenario import CONCEPTS
from docs.page import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_stairs_are_those_of_the_test() -> None:
    told = {name: int(floor) for floor, name in re.findall(r"^\| (\d) \| `(\w+)[/.]", TEXT, flags=re.MULTILINE)}
    rooms = {room_of(path) for path in MODULES} - {SHOP_WINDOW, "__main__"}
    assert told == {room: FLOORS[room] for room in rooms}


def test_every_folder_of_tests_is_told() -> None:
    told = set(re.findall(r"^\| `tests/(\w+)/` \|", TEXT, flags=re.MULTILINE))
    folders = {path.parent.relative_to(ROOT / "tests").parts[0] for path in (ROOT / "tests").rglob("*/test_*.py")}
    assert told == folders


def test_paths_exist() -> None:
    paths = re.findall(r"`((?:src|tests|docs|notebooks|model|geometry)/[\w/]*(?:\.\w+)?)`", TEXT)
    places = [ROOT, ROOT / "src" / "bargain"]
    missing = [path for path in paths if not any((place / path).exists() for place in places)]
    assert missing == [
        "src/bargain/concepts/my_rule.py",
        "src/bargain/protocols/my_game/",
        "src/bargain/model/setups/my_game.py",
    ]


def test_files_know_the_concepts_of_the_catalogue() -> None:
    assert tuple(concept.name for concept in bargain.CATALOGUE) == CONCEPTS
