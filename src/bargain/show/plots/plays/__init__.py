"""Figures of protocols: one module per model, drawn from the finished equilibrium alone."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bargain.errors import UsageError
from bargain.model.equilibrium import Equilibrium

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_play", "require_figure"]


def plot_play(equilibrium: Equilibrium, ax: Axes | None = None) -> Axes:
    """Draw the figure of a protocol from what `bargain.play` returned; nothing is solved here.

    Parameters
    ----------
    equilibrium : what `bargain.play` returned.
    ax : where to draw; a figure of its own if left out.

    Raises
    ------
    UsageError
        if there is no figure for it.
    """
    require_figure(equilibrium)
    drawn: Axes = import_module(f"{__name__}.{equilibrium.model}").draw(equilibrium, ax)
    return drawn


def require_figure(equilibrium: Equilibrium) -> None:
    """Raise `UsageError` where there is nothing to draw."""
    if find_spec(f"{__name__}.{equilibrium.model}") is None:
        raise UsageError(f"there is no figure of {equilibrium.model}")
    if equilibrium.status == "not_applicable":
        raise UsageError(f"there is nothing to draw: {equilibrium.reason}")
