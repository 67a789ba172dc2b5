"""Rooms and stairs: a module may use modules of its own room and of lower floors, nothing else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "bargain"
FLOORS = {
    "errors": 0,
    "geometry": 1,
    "games": 1,
    "aftermath": 1,
    "model": 2,
    "files": 3,
    "axioms": 3,
    "concepts": 4,
    "dividing": 5,
    "protocols": 5,
    "solving": 6,
    "playing": 6,
    "auditing": 7,
    "studies": 7,
    "check": 7,
    "show": 8,
    "cli": 9,
    "__main__": 10,
}
SHOP_WINDOW = "__init__"
"""The package's own __init__ names everything and imports lazily; inside, only its version may be used."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    """The room of a file: the first folder, or the file itself."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.AST, package: Path = PACKAGE) -> Iterator[tuple[ast.AST, str]]:
    """Every import of a bargain module, wherever it stands: the node and the room it enters."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                if name.name.split(".")[0] == "bargain":
                    yield node, ([*name.name.split("."), SHOP_WINDOW])[1]
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield node, "relative"
        elif isinstance(node, ast.ImportFrom) and node.module == "bargain":
            for name in node.names:
                is_room = (package / name.name).is_dir() or (package / f"{name.name}.py").is_file()
                if name.name != "__version__":
                    yield node, name.name if is_room else SHOP_WINDOW
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bargain."):
            yield node, (node.module or "").split(".")[1]


def lazy_views(tree: ast.AST) -> set[ast.AST]:
    """Nodes inside the repr methods, through which results may call the show room."""
    methods = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    views = [method for method in methods if method.name in ("__repr__", "_repr_html_")]
    return {node for method in views for node in ast.walk(method)}


def violations(source: str, room: str, *, may_show: bool = False) -> list[str]:
    """Imports in a source text that do not point down, in words."""
    tree = ast.parse(source)
    exempt = lazy_views(tree) if may_show else set()
    found = []
    for node, other in imports(tree):
        allowed = other == room or FLOORS.get(other, 99) < FLOORS[room] or (other == "show" and node in exempt)
        if not allowed:
            found.append(f"line {getattr(node, 'lineno', 0)}: {room} enters {other}")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    room = room_of(path)
    if room == SHOP_WINDOW:
        return
    may_show = path in [PACKAGE / "model" / f"{name}.py" for name in ("results", "audit", "equilibrium")]
    assert violations(path.read_text(encoding="utf-8"), room, may_show=may_show) == []


def test_the_shop_window_imports_nothing_at_once() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    at_once = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert {node.module for node in at_once if isinstance(node, ast.ImportFrom)} <= {
        "__future__",
        "importlib",
        "typing",
    }
    assert not [node for node in at_once if isinstance(node, ast.Import)]


def test_every_room_has_a_floor() -> None:
    assert {room_of(path) for path in MODULES} - {SHOP_WINDOW} <= set(FLOORS)


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("geometry", "from bargain.model.issues import Issue"),
        ("model", "def late():\n    from bargain.show.table import solution_text"),
        ("model", "import bargain.solving"),
        ("concepts", "from bargain import solving"),
        ("geometry", "from bargain import nash"),
        ("files", "from . import read"),
        ("check", "from bargain.studies.sweep import sweep"),
    ],
)
def test_climbing_is_noticed(room: str, source: str) -> None:
    assert len(violations(source, room)) == 1


def test_only_repr_methods_may_show() -> None:
    inside = "class Solution:\n    def __repr__(self):\n        from bargain.show.table import text"
    assert violations(inside, "model", may_show=True) == []
    assert len(violations(inside.replace("__repr__", "report"), "model", may_show=True)) == 1
