"""Draw the pictures that README.md shows: ``python docs/pictures.py [folder]`` (docs/images if left out)."""

from __future__ import annotations

import sys
from pathlib import Path

from matplotlib.axes import Axes

import bargain

IMAGES = Path(__file__).resolve().parent / "images"
DPI = 104


def frontier() -> Axes:
    """Five plans for a bridge, and which of them every concept picks."""
    return bargain.plot_frontier(bargain.compare(bargain.read("teaching/polygon")))


def issues() -> Axes:
    """Berlin, December 2025: who gets what on which issue."""
    return bargain.plot_issues(bargain.compare(bargain.read("berlin_2025")))


def play() -> Axes:
    """Berlin, December 2025: an offer to one who was not in the room."""
    return bargain.plot_play(bargain.play(bargain.read("berlin_2025"), "berlin"))


PICTURES = {"frontier.png": frontier, "issues.png": issues, "play.png": play}


def draw(folder: Path = IMAGES) -> list[Path]:
    """Draw every picture into a folder; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, picture in PICTURES.items():
        files.append(folder / name)
        picture().figure.savefig(files[-1], dpi=DPI, metadata={"Software": None}, pil_kwargs={"optimize": True})
    return files


if __name__ == "__main__":
    for file in draw(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES):
        print(file)
