"""The pictures of README.md are the ones that docs/pictures.py draws."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from matplotlib.image import imread

from docs.page import README, ROOT

SCRIPT = runpy.run_path(str(ROOT / "docs" / "pictures.py"))
IMAGES = ROOT / "docs" / "images"
NAMES = list(SCRIPT["PICTURES"])
MOST_BYTES = 400_000


def test_the_page_shows_them_all() -> None:
    assert sorted(re.findall(r"!\[[^\]]+\]\(docs/images/([^)]+)\)", README)) == sorted(NAMES)
    assert sorted(path.name for path in IMAGES.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_they_are_small_enough_for_a_page(name: str) -> None:
    assert (IMAGES / name).stat().st_size < MOST_BYTES


@pytest.mark.slow
def test_the_script_draws_the_same_sheets(tmp_path: Path) -> None:
    for drawn in SCRIPT["draw"](tmp_path):
        fresh, kept = imread(drawn), imread(IMAGES / drawn.name)
        advice = f"{drawn.name} has changed; run: python docs/pictures.py"
        assert fresh.shape[:2] == pytest.approx(kept.shape[:2], rel=0.05), advice
        assert fresh.mean() == pytest.approx(kept.mean(), abs=0.02), advice
