"""The tables: what they say, and that they stay readable at every width and in every script."""

from dataclasses import replace
from itertools import product

import pytest
from rich.cells import cell_len

import bargain
from bargain.model.results import Alternative, Solution
from bargain.model.scenario import Scenario
from bargain.show.findings import one_of_all
from bargain.show.html import comparison_html, evaluation_html, solution_html, study_html
from bargain.show.layout import Column, columns, definitions, plain_text, wrap
from bargain.show.numbers import figures, number
from bargain.show.solved import comparison_page
from bargain.show.table import comparison_text, evaluation_text, solution_text, study_text
from lanes import one_in

WIDTHS = (40, 60, 80, 120, 200)
DETAILS = ("brief", "normal", "full")
SPLIT = """
bargain: 1
title: {title}
players: {{a: {{title: {a}}}, b: {{title: {b}}}}}
issues:
  plan: {{title: {issue}, options: {{x: {x}, y: {y}, z: Neither}}}}
utilities:
  a: {{plan: {{values: {{x: 3, y: 1, z: 0}}}}}}
  b: {{plan: {{values: {{x: 1, y: 3, z: 0}}}}}}
disagreement: {{title: They part, payoffs: {{a: {d}, b: {d}}}}}
"""
WORDS = {"title": "Two", "a": "Ann", "b": "Ben", "issue": "Plan", "x": "One way", "y": "Other way", "d": 0}


def split(**words):
    return bargain.parse(SPLIT.format(**{**WORDS, **words}))


def many(count):
    """A scenario of ``count`` signatories with long names."""
    names = [f"p{rank}" for rank in range(count)]
    return bargain.parse(
        {
            "bargain": 1,
            "title": "A very long title indeed " * 6,
            "players": {name: {"title": f"The United Delegation of Province {name}"} for name in names},
            "issues": {"plan": {"options": {"x": "Yes", "y": "No"}}},
            "utilities": {n: {"plan": {"values": {"x": 1 + rank, "y": 0}}} for rank, n in enumerate(names)},
            "disagreement": {"payoffs": dict.fromkeys(names, 0)},
        }
    )


CASES = {
    "latin": split(),
    "wide": split(
        title="停戦交渉", a="日本国政府代表団", b="대한민국", issue="停戦ライン", x="前線で停止する", y="全面撤退"
    ),
    "combining": split(title="مذاکرات", a="Украї́на", b="ישראל", issue="می‌خواهم"),
    "many": many(7),
    "endless": split(a="A" * 130, x="x" * 300),
    "no deal": split(d=2.5),
    "berlin": bargain.read("berlin_2025"),
}
GAMES = {
    "claims": bargain.read("literature/talmud_estates"),
    "votes": bargain.read("literature/eec_council_1958"),
    "worths": bargain.read("literature/airport_1973"),
    "wide": bargain.parse(
        {
            "bargain": 1,
            "title": "停戦交渉",
            "players": {"a": {"title": "日本国政府代表団"}, "b": {"title": "Украї́на"}, "c": {"title": "A" * 130}},
            "coalitions": {"a+b": 3, "b+c": 4, "c+a": 5, "a+b+c": 5, "others": 0},
        }
    ),
}


@pytest.mark.parametrize(("detail", "name", "width"), one_in(4, product(DETAILS, CASES, WIDTHS)))
def test_no_line_is_wider_than_asked(name, width, detail):
    page = comparison_page(bargain.compare(CASES[name], (bargain.nash, bargain.utilitarian)), width, detail)
    for line in page:
        assert cell_len(line.text) <= width, line.text


@pytest.mark.parametrize(("detail", "name", "width"), one_in(4, product(DETAILS, GAMES, WIDTHS)))
def test_no_line_about_coalitions_is_wider_than_asked(name, width, detail):
    page = comparison_page(bargain.compare(GAMES[name]), width, detail)
    for line in page:
        assert cell_len(line.text) <= width, line.text


def test_an_empty_core_is_told_in_one_sentence():
    text = " ".join(comparison_text(bargain.compare(GAMES["votes"])).split())
    assert "A coalition wins, and is worth 1, with 12 of 17 votes. Shares are in per cent." in text
    assert text.count("the core is empty") == 1
    assert "are worth 1.333" in text
    assert "Luxembourg 1 0.00 0.0" in text


def test_columns_of_wide_letters_are_aligned():
    table = [Column(["n"], ["停戦", "ab"], words=True), Column(["v"], ["1", "22"])]
    ends = {cell_len(line.text) for line in columns(table, 40)}
    assert len(ends) == 1


def test_egalitarian_and_leximin_share_a_row_and_common_issues_stand_once():
    text = comparison_text(bargain.compare(CASES["berlin"]))
    assert "Egalitarian,\n   Leximin" not in text  # the wrapped cell keeps its numbers on the first line
    assert len([line for line in text.splitlines() if "Egalitarian" in line and "+" in line and "D " in line]) == 1
    assert text.count("Demilitarised zone") == 1
    assert "All concepts agree on" in text
    assert "They differ on" in text


def test_one_agreement_needs_no_letters():
    text = comparison_text(bargain.compare(many(2)))
    assert "They differ on" not in text
    assert "A  " not in text
    assert "Nash, Asymmetric Nash" in text


def test_the_page_says_what_it_is_and_what_no_deal_pays():
    text = comparison_text(bargain.compare(split()))
    lines = text.splitlines()
    assert lines[0] == "Two"
    assert "Illustrative model, not a forecast." in text
    assert "A deal needs Ann and Ben. Without a deal: They part." in text
    assert any(line.split() == ["no", "deal", "0", "0"] for line in lines)


def test_no_deal_is_told_in_sentences():
    text = comparison_text(bargain.compare(split(d=2.5)))
    flat = " ".join(text.split())
    assert "No deal: no possible agreement leaves every signatory at least as well off" in flat
    assert "somebody ends at least 1.5 below no deal" in flat
    assert "Drawing lots among agreements would not help." in flat
    assert "What comes closest" in flat
    assert flat.count("No deal:") == 1


def test_lotteries_that_would_help_are_mentioned():
    flat = " ".join(comparison_text(bargain.compare(split(d=1.5))).split())
    assert "would help (try --lotteries)" in flat


def test_a_lottery_names_its_chances():
    text = comparison_text(bargain.compare(split(), (bargain.egalitarian,), "lotteries"))
    assert "50 %: One way; 50 %: Other way" in text


def test_every_agreement_of_a_lottery_among_three_has_a_name():
    """A third each of three ways to settle two issues: named once, with chances, and used wherever ways differ."""
    options = {"ann": "To Ann", "bob": "To Bob", "cem": "To Cem"}
    prizes = {name: {"who": {"values": {option: 3 * (option == name) for option in options}}} for name in options}
    how = {"how": {"values": {"alone": 1, "together": 0}}}
    document = {
        "bargain": 1,
        "title": "Three ways",
        "players": {name: {"title": name.title()} for name in options},
        "issues": {
            "who": {"title": "Who", "options": options},
            "how": {"title": "How", "options": {"alone": "Alone", "together": "Together"}},
        },
        "utilities": {name: prizes[name] | how for name in options},
        "disagreement": {"payoffs": dict.fromkeys(options, 0)},
    }
    made = Scenario.model_validate(document)
    both = comparison_text(bargain.compare(made, (bargain.nash, bargain.utilitarian), "lotteries"))
    assert "A1: 33.3 %, A2: 33.3 %, A3: 33.3 %" in both
    one = comparison_text(bargain.compare(made, (bargain.nash,), "lotteries"))
    assert "1: 33.3 %, 2: 33.3 %, 3: 33.3 %" in one
    assert "How  Alone" in one


def test_what_does_not_apply_gives_its_reason_once():
    solutions = [Solution(name, "not_applicable", reason="consent is by majority") for name in ("nash", "leximin")]
    text = comparison_text(replace(bargain.compare(split()), solutions=solutions))
    assert "Not applicable: Nash and Leximin (consent is by majority)." in text


def test_ties_tell_what_they_change():
    text = comparison_text(bargain.compare(split(), (bargain.nash,)))
    assert "Nash: 1 other agreement does as well" in text
    assert "Plan: Other way (Ann 1, Ben 3)" in text


@pytest.mark.parametrize(("regime", "others"), [("pure", "agreements"), ("lotteries", "mixtures")])
def test_a_range_of_ties_has_no_number(regime, others):
    made = {
        "bargain": 1,
        "title": "A sum to divide",
        "players": {"a": {}, "b": {}},
        "issues": {"money": {"division": ["a", "b"]}},
        "utilities": {who: {"money": {"shape": "linear", "worst": 0, "best": 1}} for who in "ab"},
        "disagreement": {"payoffs": {"a": 0, "b": 0}},
    }
    comparison = bargain.compare(bargain.parse(made), (bargain.utilitarian,), regime)
    text = comparison_text(comparison)
    assert f"a whole range of {others} does as well" in text
    assert ("a whole range of other agreements does as well" in text) == (regime == "pure")
    assert (one_of_all(comparison.solutions[0]) == "one of a whole range") == (regime == "pure")


def test_many_ties_are_counted():
    comparison = bargain.compare(split(), (bargain.nash,))
    tie = Alternative({"plan": "z"}, {"a": 0.0, "b": 0.0})
    solution = replace(comparison["nash"], ties=[tie] * 50, tie_count=120)
    page = comparison_page(replace(comparison, solutions=[solution]), 80, "normal")
    assert "and 117 more" in plain_text(page)
    assert "and 70 more" in plain_text(comparison_page(replace(comparison, solutions=[solution]), 80, "full"))


def test_a_proof_that_is_not_exact_is_always_shown():
    comparison = bargain.compare(split(), (bargain.nash,))
    solution = comparison["nash"]
    local = replace(solution, certificate={**solution.certificate, "proof": "local optimum: nothing proves more"})
    assert "Local optimum: nothing proves more." in comparison_text(replace(comparison, solutions=[local]))
    assert "Local optimum" not in comparison_text(comparison)
    assert "acceptable to all has a larger one" in " ".join(comparison_text(comparison).split())
    assert "has a larger one" not in comparison_text(replace(comparison, solutions=[local]))


def test_full_detail_has_definition_and_source():
    text = plain_text(comparison_page(bargain.compare(split(), (bargain.nash,)), 80, "full"))
    assert "Definition: the largest product of gains" in text
    assert "Nash (1950)" in text
    assert "Definition" not in comparison_text(bargain.compare(split()))


def test_who_does_not_sign_has_a_star_and_no_gain():
    scenario = bargain.parse(SPLIT.format(**WORDS).replace("{title: Ben}", "{title: Ben, signs: false}"))
    text = comparison_text(bargain.compare(scenario, (bargain.nash,)))
    assert "Ben*" in text
    assert "* does not sign" in text
    row = next(line for line in text.splitlines() if line.startswith("Nash "))
    assert row.split() == ["Nash", "3", "+3", "1"]


@pytest.mark.parametrize(
    ("column", "shown"),
    [
        ([41.3, 30, -1e-17], ["41.3", "30.0", "0.0"]),
        ([-0.0], ["0"]),
        ([1 / 3, 2 / 3], ["0.333", "0.667"]),
        ([0.1 + 0.2], ["0.3"]),
        ([1234567.8], ["1234568"]),
        ([1e12, 5e3], ["1e+12", "5000"]),
        ([1000.0, 0.004], ["1000", "0.004"]),
        ([None, 2.5], ["–", "2.5"]),
        ([], []),
    ],
)
def test_numbers_are_short_and_without_dust(column, shown):
    assert figures(column) == shown


def test_neighbours_share_decimals():
    assert figures([8.665], plus=True, beside=[100.0, 59.835]) == ["+8.7"]
    assert number(566.1834) == "566.2"


def test_percentages_stay_on_one_line():
    assert wrap("Ukraine 60 %, Russia 40 %", 12) == ["Ukraine", "60 %, Russia", "40 %"]


def test_control_characters_do_not_reach_the_terminal():
    assert wrap("a\x1b[31mb\nc\u2028d", 40) == ["a [31mb c d"]


def test_definitions_are_stacked_where_two_columns_do_not_fit():
    first, *_ = definitions([("term" * 6, "meaning " * 3)], 30)
    assert first.text == "  termtermtermtermtermterm:"


def test_evaluation_names_who_refuses_and_what_is_better():
    evaluation = bargain.evaluate(split(d=0.5), {"plan": "z"})
    flat = " ".join(evaluation_text(evaluation).split())
    assert "Ann and Ben would refuse it" in flat
    assert "another possible agreement is better for every signatory. At least 1 more for each is possible." in flat
    assert "One way (instead of Neither)" in flat


def test_evaluation_of_an_efficient_proposal():
    flat = " ".join(evaluation_text(bargain.evaluate(split(), {"plan": "y"})).split())
    assert "Ann and Ben would sign" in flat
    assert "It is efficient" in flat


def test_solution_text_stands_on_its_own():
    solution = bargain.solve(split(), bargain.nash)
    assert repr(solution).splitlines()[0] == "nash (pure): agreement"
    assert "plan=x" in solution_text(solution)
    assert "a 3 (+3), b 1 (+1)" in solution_text(solution)
    assert "no agreement" in solution_text(bargain.solve(split(d=9), bargain.nash))


def test_study_text_and_html_have_a_row_per_solve():
    study = bargain.sweep(split(), {"disagreement.payoffs.a": [0.0, 0.5]}, concepts=(bargain.nash,))
    assert len([line for line in study_text(study).splitlines() if "agreement" in line]) == 2
    assert study_html(study).count("<tr>") == 3


@pytest.mark.parametrize("render", [comparison_html, repr])
def test_html_escapes_titles(render):
    comparison = bargain.compare(split(title="'<script>alert(1)</script>'", a="'<b>Ann</b>'"))
    if render is comparison_html:
        assert "<script>" not in render(comparison)
        assert "&lt;b&gt;Ann" in render(comparison)
    else:
        assert "<script>" in render(comparison)


def test_html_of_single_results():
    assert "plan=x" in solution_html(bargain.solve(split(), bargain.nash))
    assert "Neither" in evaluation_html(bargain.evaluate(split(), {"plan": "z"}))
    assert "No deal" in comparison_html(bargain.compare(split(d=9)))
