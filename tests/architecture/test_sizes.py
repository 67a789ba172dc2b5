"""Size as a smell: no file over 400 lines, no function body over 60."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "bargain"
MOST_LINES = 400
MOST_BODY_LINES = 60


def long_functions(source: str) -> Iterator[tuple[str, int]]:
    """Functions with a long body (the docstring does not count)."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
        length = (node.end_lineno or 0) - first.lineno + 1
        if length > MOST_BODY_LINES:
            yield node.name, length


def test_files_stay_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {str(path.relative_to(PACKAGE)): length for path, length in lengths.items() if length > MOST_LINES} == {}


def test_functions_stay_short() -> None:
    offenders = {
        f"{path.relative_to(PACKAGE)}:{name}": length
        for path in PACKAGE.rglob("*.py")
        for name, length in long_functions(path.read_text(encoding="utf-8"))
    }
    assert offenders == {}


def test_a_long_function_is_noticed() -> None:
    body = "    x = 1\n" * 61
    assert list(long_functions(f'def f():\n    """Text."""\n{body}')) == [("f", 61)]
