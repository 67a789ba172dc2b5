"""Figures into files, without a screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bargain.cli.asked import Asked, free_path
from bargain.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["figure_path", "save_figure"]


def figure_path(name: str | None, *, force: bool) -> Path | None:
    """The path of a figure; one that exists, or is no picture, is refused before any work."""
    path = free_path(name, force=force)
    if path is not None:
        from bargain.show.plots.saving import FORMATS

        if path.suffix.lower() not in FORMATS:
            raise UsageError(f"a figure cannot be written as '{path.name}'", hint=f"use {', '.join(FORMATS)}")
    return path


def save_figure(axes: Axes, path: Path, asked: Asked, *, force: bool) -> None:
    """Write a figure; the remark about it goes to stderr."""
    from bargain.show.plots.saving import save

    asked.remark(f"Figure: {save(axes, path, force=force)}")
