"""A scenario file in an otherwise empty folder."""

import pytest

from cli.scenarios import TWO


@pytest.fixture
def two(tmp_path, monkeypatch):
    """The path of a small scenario; the folder is the current one."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "two.yaml"
    path.write_text(TWO, encoding="utf-8")
    return path
