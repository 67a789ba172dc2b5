"""The page of a play: titles in tables, what is before discounting, tables that it speaks of, large numbers."""

from __future__ import annotations

import pytest

import bargain
from bargain.files.read import parse
from bargain.protocols.alternating_offers import AlternatingOffers
from bargain.show.layout import plain_text
from bargain.show.played import equilibrium_page, equilibrium_text
from bargain.show.plots.palette import player_marks

HEAD = """
bargain: 1
title: Two firms
players: {ann: {title: Anne, patience: 0.9}, bob: {title: Robert, patience: 0.8}}
protocols: {game: {%s}}
"""


def full(setup: str, *, detail: str = "full") -> str:
    found = bargain.play(parse(HEAD % setup))
    return plain_text(equilibrium_page(found, 100, "full" if detail == "full" else "normal"))


def test_tables_have_titles_for_heads_and_names() -> None:
    page = full("model: alternating_offers, pie: 1")
    assert "Anne" in page[page.index("Faster offers") : page.index("Frontier")]
    assert "Robert" in page[page.index("Frontier") :]
    assert not any(word in page for word in ("ann ", " bob"))
    page = full("model: alternating_offers, pie: 1, horizon: 2")
    assert not any(word in page for word in (" ann ", " bob"))


def test_whoever_gives_in_has_a_title() -> None:
    page = full("model: attrition, demands: {ann: 0.6, bob: 0.6}, stubborn: {ann: 0.1, bob: 0.1}", detail="normal")
    assert "gives in as stubbornness vanishes  Robert" in page
    assert "before discounting" in page


def test_payoffs_of_a_first_round_need_no_word_about_discounting() -> None:
    assert "before discounting" not in full("model: alternating_offers, pie: 1")
    war = "model: attrition, prizes: {ann: 10, bob: 5}, costs: {ann: 1, bob: 1}"
    assert "before discounting" not in full(war)


def test_the_table_that_trade_goes_by_is_on_the_page() -> None:
    both = "values: {private: {values: [1, 5]}}, costs: {private: {values: [0, 4]}}"
    assert "Mechanism" in full(f"model: double_auction, {both}", detail="normal")


def test_huge_payoffs_are_written_alike() -> None:
    page = full("model: alternating_offers, pie: 1.0e+15", detail="normal")
    assert "offers Anne 7.143e+14" in page
    assert "714285" not in page


@pytest.mark.parametrize(
    ("numbers", "said", "never"),
    [
        ({"patience": (0.9, 0.9), "outside": (0.6, 0.6)}, "two leaving pays more", "waiting is worth more"),
        ({"patience": (0.9, 0.9), "breakdown": 1.0}, "and else refuses", "refuses and waits"),
        ({"patience": (0.9, 0.9)}, "and else refuses and waits", "leaves"),
    ],
)
def test_nobody_is_said_to_wait_who_does_not(numbers: dict[str, object], said: str, never: str) -> None:
    page = " ".join(equilibrium_text(bargain.play(AlternatingOffers(**numbers))).split())  # type: ignore[arg-type]
    assert said in page
    assert never not in page


def test_no_two_of_many_players_are_drawn_alike() -> None:
    marks = player_marks([f"p{k}" for k in range(40)])
    assert len({(mark.colour, mark.marker) for mark in marks.values()}) == 40
