"""The figures: each takes a finished result and an Axes, and hands the Axes back; none of them solves.

==================  ==============================================================================
`plot_frontier`      what is possible, what is efficient, where each concept lands (two signatories)
`plot_issues`        who gets what on each issue, concept by concept (any number of players)
`plot_sweep`         how the answer moves with one or two knobs
`save`               one figure as PNG, SVG or PDF
==================  ==============================================================================

matplotlib is imported when a figure is drawn, not before, and its ``pyplot`` state is never touched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from bargain.model.results import Comparison
    from bargain.show.plots.frontier import plot_frontier
    from bargain.show.plots.issues import plot_issues
    from bargain.show.plots.saving import save
    from bargain.show.plots.sweep import plot_sweep

__all__ = ["KINDS", "plot_frontier", "plot_issues", "plot_sweep", "save"]

_HOME = {"plot_frontier": "frontier", "plot_issues": "issues", "plot_sweep": "sweep", "save": "saving"}


def __getattr__(name: str) -> Any:
    """The figures, imported when first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def _frontier(comparison: Comparison) -> Axes:
    """Possible agreements, frontier, disagreement point and every concept's answer."""
    from bargain.show.plots.frontier import plot_frontier

    return plot_frontier(comparison)


def _issues(comparison: Comparison) -> Axes:
    """Who gets what on each issue under each concept."""
    from bargain.show.plots.issues import plot_issues

    return plot_issues(comparison)


KINDS: Mapping[str, Callable[[Comparison], Axes]] = {"frontier": _frontier, "issues": _issues}
"""Figure of a comparison by its kind; the docstring of each says what it shows."""
