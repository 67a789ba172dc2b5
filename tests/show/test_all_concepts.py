"""Everything at once: thirteen concepts in a table of 80 columns and on one figure."""

from __future__ import annotations

from typing import Any

import pytest

import bargain
from bargain.model.results import Comparison
from bargain.show.plots.frontier import plot_frontier
from bargain.show.plots.issues import plot_issues
from bargain.show.table import comparison_text
from lanes import one_in
from show.test_plots import assert_legible, assert_marks_free, seen

CASES = [("teaching/polygon", "pure"), ("teaching/polygon", "lotteries"), ("cases/panama_canal_1974", "lotteries")]


def compared(name: str, regime: Any) -> Comparison:
    return bargain.compare(bargain.read(name), regime=regime)


@pytest.mark.parametrize(("name", "regime"), one_in(2, CASES))
def test_figure_and_table(name: str, regime: str) -> None:
    answers = compared(name, regime)
    ax = plot_frontier(answers)
    assert_marks_free(ax, assert_legible(ax.get_figure(root=True)))
    text = comparison_text(answers)
    assert max(map(len, text.splitlines())) <= 80
    assert text.count("Not applicable:") == (regime == "pure" or "polygon" in name)
    for concept in (c for c in bargain.CATALOGUE if c.over in ("agreements", "items")):
        assert concept.title.split(" ")[-1] in text


def test_no_name_is_cut_above_the_columns() -> None:
    figure = plot_issues(compared("cases/panama_canal_1974", "lotteries")).get_figure(root=True)
    assert "Adjusted Winner" in seen(figure).replace("\n", " ")
    assert "…" not in seen(figure)


def test_what_the_certificates_say() -> None:
    """One sentence for every concept, with the numbers of the golden cases."""
    text = " ".join(comparison_text(compared("cases/panama_canal_1974", "lotteries")).split())
    for sentence in (
        "Gain for each unit of power (powers sum to 1): United States 132, Panama 132",
        "Shares of each player's best possible gain (United States 79 %, Panama 53 %) sum to 132 %",
        "Short of each player's best possible payoff: United States 34, Panama 34",
        "Length of the border from each player's best point: United States 45.63, Panama 45.63.",
        "Reached in 3 steps, the first to United States 50, Panama 50.",
        "Points: United States 66, Panama 66; moved from the side that led: land and water; land and water is split "
        "(United States 13.3 %, Panama 86.7 %).",
    ):
        assert sentence in text
