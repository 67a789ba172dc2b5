"""The tree in README.md is the tree on the disk.

Between ``<!-- tree -->`` and ``<!-- /tree -->`` stands a fenced block: ``bargain/`` on the first line, then
one line per folder or file, ``name/  comment``, two spaces of indentation per level. Everything listed must
exist, and a folder whose contents are listed must be listed with all its folders (files may be left out).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOT_OURS = {"build", "dist", "out", "__pycache__", "node_modules", "htmlcov"}


def block(text: str) -> list[str]:
    """The lines of the tree block."""
    between = re.search(r"<!-- tree -->\s*```\w*\n(.*?)\n```\s*<!-- /tree -->", text, flags=re.DOTALL)
    assert between, "no tree block between <!-- tree --> and <!-- /tree -->"
    return between[1].splitlines()


def paths(lines: list[str]) -> Iterator[str]:
    """Paths below the root, folders with a closing slash."""
    assert lines[0].split()[0] == "bargain/"
    parents: list[str] = []
    for line in filter(str.strip, lines[1:]):
        depth = (len(line) - len(line.lstrip(" "))) // 2
        assert depth >= 1, f"not indented: {line}"
        assert depth <= len(parents) + 1, f"indented too far: {line}"
        name = re.split(r"\s{2,}", line.strip())[0]
        parents[depth - 1 :] = [name]
        yield "".join(parents)


def mismatches(lines: list[str], root: Path) -> list[str]:
    """Everything listed that is missing, and every folder missing from a list."""
    listed = list(paths(lines))
    wrong = [f"{path} is not on the disk" for path in listed if not _is_there(root / path, path)]
    opened = {
        "",
        *(path.rpartition("/")[0] + "/" for path in (path.rstrip("/") for path in listed) if "/" in path),
    }
    for folder in sorted(opened):
        if not (root / folder).is_dir():
            continue
        inside = {f"{folder}{entry.name}/" for entry in (root / folder).iterdir() if _counts(entry)}
        wrong += [f"{path} is not in the tree" for path in sorted(inside - set(listed))]
    return wrong


def _is_there(entry: Path, path: str) -> bool:
    return entry.is_dir() if path.endswith("/") else entry.is_file()


def _counts(entry: Path) -> bool:
    hidden = entry.name.startswith(".") or entry.name in NOT_OURS or entry.name.endswith(".egg-info")
    return (
        entry.is_dir()
        and not hidden
        and any(part.is_file() and "__pycache__" not in part.parts for part in entry.rglob("*"))
    )


def test_the_readme_shows_the_disk() -> None:
    assert mismatches(block((ROOT / "README.md").read_text(encoding="utf-8")), ROOT) == []


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """src/bargain/model, tests and a README."""
    for name in ("src/bargain/model/issues.py", "tests/test_it.py", "README.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    return tmp_path


TREE = [
    "bargain/",
    "  README.md  start here",
    "  src/",
    "    bargain/  the package",
    "      model/  records",
    "  tests/  tests",
]


def test_a_true_tree_passes(small_house: Path) -> None:
    assert mismatches(TREE, small_house) == []


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (TREE[:-1], "tests/ is not in the tree"),
        ([*TREE, "  docs/  none"], "docs/ is not on the disk"),
        ([*TREE[:4], "      geometry/  arrays", *TREE[5:]], "src/bargain/geometry/ is not on the disk"),
        ([*TREE[:4], "      geometry/  arrays", *TREE[5:]], "src/bargain/model/ is not in the tree"),
    ],
)
def test_a_false_tree_is_noticed(small_house: Path, lines: list[str], complaint: str) -> None:
    assert complaint in mismatches(lines, small_house)
