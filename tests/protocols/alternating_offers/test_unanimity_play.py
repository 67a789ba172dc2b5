"""From a file to the answer of `bargain play` among several: filling, words, JSON, the figure."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

import bargain
from bargain.check import expectations
from bargain.cli.main import main
from bargain.errors import NotApplicable, ScenarioError, UsageError
from bargain.files.read import parse
from bargain.protocols.alternating_offers.kinds import alternating_offers
from bargain.protocols.alternating_offers.unanimity_asked import solve_asked
from bargain.protocols.alternating_offers.unanimity_asked_horizon import solve_asked_horizon
from bargain.protocols.alternating_offers.unanimity_asked_judge import judge_asked, judge_asked_horizon
from bargain.protocols.alternating_offers.unanimity_asked_rules import UnanimityAsked
from bargain.protocols.alternating_offers.unanimity_kinds import judge_unanimity
from bargain.protocols.alternating_offers.unanimity_rules import Unanimity
from bargain.protocols.alternating_offers.unanimity_set_rules import UnanimityOver
from bargain.protocols.alternating_offers.unanimity_unsigned import never_signed
from bargain.show.plots.plays import plot_play

TEACHING = Path(__file__).parents[3] / "scenarios" / "teaching"
PIE = """
bargain: 1
title: Three and a pie
players: {ann: {title: Ann, patience: 0.5}, bob: {patience: 0.5}, cem: {patience: 0.5}, eve: {signs: false}}
protocols:
"""


def shared(protocols: str, *, exponent: float = 1, more: str = "") -> bargain.Scenario:
    """A division among three; Ann's payoff is a power of her share."""
    return parse(f"""
bargain: 1
title: A pie on the table
players: {{ann: {{title: Ann, patience: 0.9}}, bob: {{patience: 0.8}}, cem: {{patience: 0.7}}}}
issues: {{pie: {{division: [ann, bob, cem]}}}}
utilities:
  ann: {{pie: {{shape: power, worst: 0, best: 1, exponent: {exponent}}}}}
  bob: {{pie: {{weight: 2, shape: linear, worst: 0, best: 1}}}}
  cem: {{pie: {{weight: 3, shape: linear, worst: 0, best: 1}}}}
disagreement: {{payoffs: {{ann: 0, bob: 0, cem: 0}}}}
protocols: {protocols}
{more}
""")


def listed(protocols: str) -> bargain.Scenario:
    """Five drafts among three, one of them inefficient."""
    return parse(f"""
bargain: 1
title: Drafts
players: {{ann: {{patience: 0.9}}, bob: {{patience: 0.8}}, cem: {{patience: 0.7}}, eve: {{signs: false}}}}
issues: {{draft: {{options: {{a: A, b: B, c: C, d: D, e: E}}}}}}
utilities:
  ann: {{draft: {{values: {{a: 10, b: 7, c: 5, d: 4, e: 1}}}}}}
  bob: {{draft: {{values: {{a: 0, b: 4, c: 6, d: 5, e: 9}}}}}}
  cem: {{draft: {{values: {{a: 3, b: 4, c: 5, d: 3, e: 2}}}}}}
  eve: {{draft: {{values: {{a: 1, b: 2, c: 3, d: 4, e: 5}}}}}}
disagreement: {{payoffs: {{ann: 1, bob: 0, cem: 1, eve: 0}}}}
protocols: {protocols}
""")


def test_the_json_of_a_pie(tmp_path: Path) -> None:
    path = tmp_path / "pie.yaml"
    path.write_text(PIE + "  turns: {model: alternating_offers, pie: 7, order: [bob, cem, ann]}\n", "utf-8")
    run = CliRunner().invoke(main, ["play", str(path), "--json"])
    assert run.exit_code == 0, run.output
    found = json.loads(run.stdout)
    assert found["status"] == "agreement"
    assert found["solution_concept"] == "stationary subgame-perfect equilibrium"
    assert found["players"] == ["ann", "bob", "cem"]
    assert found["payoffs"] == pytest.approx({"bob": 4, "cem": 2, "ann": 1})
    assert found["measures"]["as_proposer"] == pytest.approx({"ann": 4, "bob": 4, "cem": 4})
    assert found["rules"]["order"] == ["bob", "cem", "ann"]
    assert [(move["player"], move["action"]) for move in found["path"]] == [
        ("bob", "proposes"),
        ("ann", "accepts"),
        ("cem", "accepts"),
    ]
    assert [row["proposer"] for row in found["tables"]["proposals"]] == ["bob", "cem", "ann"]
    assert {entry["when"] for entry in found["strategies"]["ann"]} == {"proposing", "answering bob", "answering cem"}
    assert found["certificate"]["largest_gain"] <= 1e-9
    assert any(remark.startswith("Stationary") for remark in found["remarks"])
    halving = [row["distance_to_limit"] for row in found["tables"]["faster_offers"]]
    assert halving[-2] / halving[-1] == pytest.approx(2, rel=0.05)


@pytest.mark.parametrize("name", ["unanimity_three", "agenda"])
def test_teaching_files_hold_what_they_expect(name: str) -> None:
    trials = expectations(bargain.read(TEACHING / f"{name}.yaml"))
    assert len(trials) >= 5
    assert all(trial.passed for trial in trials), [trial.found for trial in trials if not trial.passed]


@pytest.mark.parametrize(
    ("setup", "exponents"),
    [
        pytest.param("{model: alternating_offers}", 1.0, marks=pytest.mark.slow),
        pytest.param("{model: alternating_offers, proposer: random}", 1.0, marks=pytest.mark.slow),
        ("{model: alternating_offers, proposer: random, recognition: {ann: 0.5, others: 0.25}}", 0.5),
        pytest.param("{model: alternating_offers, first: cem, breakdown: 0.1}", 0.5, marks=pytest.mark.slow),
    ],
)
def test_agreements_that_are_asked_for_are_the_pie(setup: str, exponents: float) -> None:
    """A division with (powers of) shares as payoffs is the stylised pie, up to units."""
    asked = bargain.play(shared(f"{{turns: {setup}}}", exponent=exponents))
    pie_setup = (
        setup.replace("}", f", pie: 1, exponents: {{ann: {exponents}}}}}")
        if "ann:" not in setup
        else (setup[:-1] + f", pie: 1, exponents: {{ann: {exponents}}}}}")
    )
    pie = bargain.play(shared(f"{{turns: {pie_setup}}}"))
    units = {"ann": 1, "bob": 2, "cem": 3}
    payoffs = {name: units[name] * paid for name, paid in pie.payoffs.items()}
    assert dict(asked.payoffs) == pytest.approx(payoffs, abs=1e-6)
    assert asked.certificate["largest_gain"] <= 1e-6
    expected = {name: units[name] * paid for name, paid in pie.measures["nash_limit"].items()}
    assert asked.measures["nash_limit"] == pytest.approx(expected, abs=1e-5)


def asked_rules(exponent: float = 0.5) -> UnanimityAsked:
    setup = "{turns: {model: alternating_offers}}"
    scenario = shared(setup, exponent=exponent)
    filled = alternating_offers.fill(scenario, scenario.protocols["turns"])
    assert isinstance(filled.rules, UnanimityAsked)
    return filled.rules


def test_the_judge_notices_wrong_answers_where_agreements_are_asked_for() -> None:
    rules = asked_rules(1.0)
    plan = solve_asked(rules)
    assert judge_asked(rules, plan).certified
    for place in ((0, 0), (0, 1), (2, 1)):
        for change in (-1e-3, 1e-3):
            accepts = plan.accepts.copy()
            accepts[place] += change
            assert place == (0, 0) or not judge_asked(rules, replace(plan, accepts=accepts)).certified
            offers = plan.offers.copy()
            offers[place] += change
            assert not judge_asked(rules, replace(plan, offers=offers)).certified


def test_a_last_round_off_the_grid() -> None:
    """Patience 0.8, 0.7 and shares worth 1, 2 and 3: Cem, last of three, would take all; Bob gives him 0.7."""
    found = bargain.play(shared("{turns: {model: alternating_offers, horizon: 3}}"))
    shares = [1 - 0.8 * 0.3 - 0.7 * 0.7, 0.8 * 0.3, 0.7 * 0.7]
    assert list(found.payoffs.values()) == pytest.approx([shares[0], 2 * shares[1], 3 * shares[2]], abs=1e-6)
    assert found.agreement is not None
    assert list(found.agreement["pie"].values()) == pytest.approx(shares, abs=1e-6)  # type: ignore[union-attr]


def test_a_pie_with_a_last_round() -> None:
    """Ann is last of four, and Bob's worth is the square root of his loaves: patience 0.8 keeps 0.64 of them."""
    setup = "{turns: {model: alternating_offers, pie: 4, horizon: 4, exponents: {bob: 0.5, others: 1}}}"
    found = bargain.play(shared(setup))
    third = np.array([0.9 * 4, 0, 0.1 * 4])
    second = np.array([0.9 * third[0], 0, 0.7 * third[2]])
    second[1] = 4 - second.sum()
    first = np.array([0, 0.8**2 * second[1], 0.7 * second[2]])
    assert dict(found.payoffs) == pytest.approx({"ann": 4 - first.sum(), "bob": first[1] ** 0.5, "cem": first[2]})
    assert found.agreement is None


def test_the_judge_notices_a_wrong_round_where_agreements_are_asked_for() -> None:
    rules = replace(asked_rules(1.0), horizon=2)
    plan = solve_asked_horizon(rules)
    assert judge_asked_horizon(rules, plan).certified
    for t, j in ((0, 1), (1, 0), (1, 2)):
        for change in (-1e-3, 1e-3):
            accepts = plan.accepts.copy()
            accepts[t, j] += change
            assert not judge_asked_horizon(rules, replace(plan, accepts=accepts)).certified
    for change in (-1e-3, 1e-3):
        offers = plan.offers.copy()
        offers[0, 0, 0] += change
        assert not judge_asked_horizon(rules, replace(plan, offers=offers)).certified
    waits = plan.offers.copy()
    waits[0, 0] = np.nan
    assert not judge_asked_horizon(rules, replace(plan, offers=waits)).certified


def test_perfect_patience_and_nothing_rational_have_no_answer_when_asked() -> None:
    rules = asked_rules()
    with pytest.raises(NotApplicable, match="patience below 1"):
        solve_asked(replace(rules, patience=(1.0, 0.5, 0.5)))
    with pytest.raises(NotApplicable, match="nothing is ever signed"):
        solve_asked(replace(rules, best=lambda *_: None))


def test_a_list_a_lottery_a_last_round() -> None:
    turns = bargain.play(listed("{turns: {model: alternating_offers, order: [cem, ann, bob]}}"))
    assert turns.status == "agreement"
    assert turns.agreement is not None
    assert turns.payoffs["eve"] in (1, 2, 3, 4, 5)
    assert turns.measures["other_stationary_equilibria"] > 0
    lotteries = bargain.play(listed("{turns: {model: alternating_offers, regime: lotteries}}"))
    assert lotteries.agreement is None
    assert sum(row["chance"] for row in lotteries.tables["lottery"]) == pytest.approx(3)
    last = bargain.play(listed("{turns: {model: alternating_offers, horizon: 4, proposer: random}}"))
    assert last.solution_concept == "subgame-perfect equilibrium"
    assert {row["round"] for row in last.tables["offers_by_round"]} == {1, 2, 3, 4}
    assert last.chance_of_agreement == 1


def test_waiting_for_a_better_turn_is_told() -> None:
    """Only two agreements: with a patient Bob who proposes last, Ann's first offer may have to wait."""
    points = np.array([[4.0, 1.0, 1.0], [0.5, 4.0, 1.0]])
    rules = UnanimityOver(points, np.zeros(3), (0.9, 0.95, 0.9), horizon=2, breakdown=0.1)
    played = bargain.play(rules)
    assert played.path[0].action == "proposes"
    stubborn = bargain.play(replace(rules, points=np.array([[4.0, -1.0, 1.0], [0.5, 4.0, 1.0]]), patience=(0.9,) * 3))
    assert stubborn.status in ("agreement", "uncertain")
    never = bargain.play(replace(rules, points=-points))
    assert never.status == "no_agreement"
    assert "last round" in (never.reason or "")
    with pytest.raises(UsageError, match="nothing is ever offered"):
        plot_play(never)


def test_two_with_a_drawn_proposer_are_unanimity() -> None:
    scenario = parse("""
bargain: 1
title: Two and a coin
players: {ann: {patience: 0.8}, bob: {patience: 0.8}}
protocols: {coin: {model: alternating_offers, pie: 1, proposer: random}}
""")
    assert dict(bargain.play(scenario).payoffs) == pytest.approx({"ann": 0.5, "bob": 0.5})


@pytest.mark.parametrize(
    ("protocols", "said"),
    [
        ("{t: {model: alternating_offers, costs: {others: 1}}}", "costs is for two players in turn"),
        ("{t: {model: alternating_offers, horizon: 3, regime: lotteries}}", "last round is for single agreements"),
        ("{t: {model: alternating_offers, agenda: [pie]}}", "for two signatories, and here are 3"),
    ],
)
def test_what_does_not_apply_says_why(protocols: str, said: str) -> None:
    found = bargain.play(shared(protocols))
    assert found.status == "not_applicable"
    assert said in (found.reason or "")


@pytest.mark.parametrize(
    ("protocols", "said"),
    [
        ("{t: {model: alternating_offers, proposer: random, recognition: {ann: 1}}}", "nothing for bob, cem"),
        ("{t: {model: alternating_offers, proposer: random, first: ann}}", "drawn"),
        ("{t: {model: alternating_offers, recognition: {others: 0.3}}}", "proposer drawn at random"),
        ("{t: {model: alternating_offers, order: [ann, bob]}}", "leaves out cem"),
        ("{t: {model: alternating_offers, order: [ann, bob], first: cem}}", "`order` says that ann is first"),
        ("{t: {model: alternating_offers, exponents: {ann: 0.5}}}", "pie"),
    ],
)
def test_what_is_missing_is_named(protocols: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        bargain.play(shared(protocols))


def test_no_patience_is_named() -> None:
    with pytest.raises(ScenarioError, match=r"players\.bob: `patience` is missing, and `turns` needs it"):
        parse(PIE.replace("patience: 0.5", "power: 1") + "  turns: {model: alternating_offers, pie: 1}")


def test_plain_numbers_are_told_with_their_own_names() -> None:
    played = bargain.play(bargain.Unanimity(patience=(0.5, 0.5, 0.5)))
    assert dict(played.payoffs) == pytest.approx({"p1": 4 / 7, "p2": 2 / 7, "p3": 1 / 7})
    assert "Stationary" in repr(played)
    assert isinstance(Unanimity((0.5, 0.5), size=3.0).size, float)
    with pytest.raises(UsageError, match="size above 0"):
        Unanimity((0.5, 0.5), size=0.0)


def texts(ax: Any) -> list[str]:
    return [label.get_text() for label in [*ax.get_yticklabels(), *ax.texts]]


def test_the_figure_has_a_row_for_every_proposer() -> None:
    played = bargain.play(bargain.read(TEACHING / "unanimity_three.yaml"), "in_turn")
    ax = plot_play(played)
    assert texts(ax)[:3] == ["Ann proposes", "Ben proposes", "Cem proposes"]
    marks = {line.get_gid(): line.get_xdata()[0] for line in ax.lines if line.get_gid()}
    assert marks["ann 0"] == pytest.approx(4)
    assert marks["cem 0"] == pytest.approx(1)
    assert marks["beside ann"] == pytest.approx(7 / 3)
    drawn = plot_play(bargain.play(bargain.read(TEACHING / "unanimity_three.yaml"), "by_lot"))
    assert texts(drawn)[0] == "Ann proposes\n(chance 50 %)"


def test_the_figure_of_an_agenda_and_of_rounds() -> None:
    ax = plot_play(bargain.play(bargain.read(TEACHING / "agenda.yaml"), "wages_first"))
    assert texts(ax)[:3] == ["Wages\nthen Training", "Training\nthen Wages", "package"]
    rounds = plot_play(bargain.play(listed("{turns: {model: alternating_offers, horizon: 2}}")))
    assert texts(rounds)[:2] == ["round 1: ann", "round 2: bob"]


def test_the_certificate_has_only_what_the_judge_looks_at() -> None:
    """How many other equilibria there are is the solver's word: it stands among the measures."""
    points = np.array([[3.0, 1.0], [2.0, 2.0], [1.0, 3.0]])
    told = bargain.play(UnanimityOver(points, np.zeros(2), (0.9, 0.9)))
    assert told.measures["other_stationary_equilibria"] == 2
    assert set(told.certificate) == {"largest_gain", "tolerance", "deviations"}


@pytest.mark.parametrize("patience", [(1.0, 1.0), (1.0, 1.0, 0.5), (1.0, 0.5)])
@pytest.mark.parametrize("proposer", ["rotating", "random"])
def test_perfect_patience_is_not_said_to_leave_one_equilibrium(patience: tuple[float, ...], proposer: str) -> None:
    told = bargain.play(Unanimity(patience=patience, proposer=proposer))  # type: ignore[arg-type]
    assert not any("only stationary" in remark for remark in told.remarks)
    several = patience.count(1.0) > 1
    assert any("singles nothing out" in remark for remark in told.remarks) == several


def test_how_ties_are_settled_is_told_with_the_only_equilibrium() -> None:
    """Own example: the first may as well name (4, 2), which is an equilibrium too if ties are settled that way."""
    told = bargain.play(UnanimityOver(np.array([[4.0, 2], [4, 4]]), np.zeros(2), (0.5, 0.5)))
    assert told.payoffs == {"p1": 4.0, "p2": 4.0}
    only = "It is the only stationary equilibrium in single agreements, ties going to the next in line."
    assert only in told.remarks


LOSING = """
bargain: 1
title: Nothing to sign
players: {ann: {patience: 0.9}, bob: {patience: 0.8}, cem: {patience: 0.7}, eve: {signs: false}}
issues: {draft: {options: {a: A, b: B, c: C}}}
utilities:
  ann: {draft: {values: {a: 9, b: 1, c: 2}}}
  bob: {draft: {values: {a: 1, b: 9, c: 2}}}
  cem: {draft: {values: {a: 1, b: 2, c: 9}}}
  eve: {draft: ignored}
disagreement: {payoffs: {ann: 5, bob: 5, cem: 5, eve: 7}}
protocols:
  turns: {model: alternating_offers}
  drawn: {model: alternating_offers, proposer: random}
  mixed: {model: alternating_offers, regime: lotteries}
"""
ASKED = LOSING.replace("c: C}}}", "c: C}}, toll: {range: [0, 1]}}")
for _name in ("ann", "bob", "cem"):
    _toll = "toll: {weight: 0.5, shape: linear, worst: 0, best: 1}"
    ASKED = ASKED.replace(f"  {_name}: {{draft", f"  {_name}: {{{_toll}, draft")
ASKED = ASKED.replace("eve: {draft: ignored}", "eve: {draft: ignored, toll: ignored}")


@pytest.mark.parametrize("text", [LOSING, ASKED])
@pytest.mark.parametrize("protocol", ["turns", "drawn", "mixed"])
def test_where_everything_makes_somebody_lose_no_deal_is_the_answer(text: str, protocol: str) -> None:
    found = bargain.play(parse(text), protocol)
    assert (found.status, found.chance_of_agreement, found.agreement) == ("no_agreement", 0.0, None)
    assert found.payoffs == found.disagreement == {"ann": 5.0, "bob": 5.0, "cem": 5.0, "eve": 7.0}
    assert 0 <= found.certificate["largest_gain"] <= found.certificate["tolerance"]
    assert found.certificate["deviations"]
    json.dumps(found.to_dict(), allow_nan=False)


@pytest.mark.parametrize("lotteries", [False, True])
def test_never_signing_is_refuted_where_something_can_be_signed(lotteries: bool) -> None:
    """The plan for one set of agreements, judged by rules in which one of them leaves nobody below disagreement."""
    losing = UnanimityOver(np.diag([9.0, 9.0, 9.0]) - 4, np.zeros(3), (0.9, 0.8, 0.7), lotteries=lotteries)
    plan = never_signed(losing)
    assert plan is not None
    assert judge_unanimity(losing, plan).certified
    gaining = replace(losing, points=np.vstack([losing.points[:2], [[1.0, 1.0, 1.0]]]))
    assert never_signed(gaining) is None
    assert not judge_unanimity(gaining, plan).certified
    step = 0.1 if lotteries else 5.5  # on a list a floor between two payoffs changes nothing
    for change in (-step, step):
        assert not judge_unanimity(losing, replace(plan, accepts=plan.accepts + change)).certified


def test_numbers_of_six_players_stand_apart_and_their_key_is_on_the_figure() -> None:
    players = ", ".join(f"p{k}: {{title: Player number {k}, patience: {0.5 + 0.05 * k:g}}}" for k in range(6))
    text = f"bargain: 1\ntitle: Six\nplayers: {{{players}}}\nprotocols: {{p: {{model: alternating_offers, pie: 1}}}}"
    ax = plot_play(bargain.play(parse(text)))
    legend, (low, high) = ax.get_legend(), ax.get_window_extent().intervaly
    assert legend is not None
    assert legend.get_window_extent().x1 <= ax.figure.bbox.width
    boxes = [text.get_window_extent() for text in ax.texts]
    boxes = [box for box in boxes if low <= (box.y0 + box.y1) / 2 <= high]
    assert len(boxes) == 36
    for place, box in enumerate(boxes):
        for other in boxes[:place]:
            across = min(box.x1, other.x1) - max(box.x0, other.x0)
            upright = min(box.y1, other.y1) - max(box.y0, other.y0)
            assert across <= 1 or upright <= 0.4 * box.height
