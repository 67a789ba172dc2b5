"""From a file to the answer of `bargain play`: filling, words, JSON, the figure."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

import bargain
from bargain.cli.main import main
from bargain.errors import ScenarioError
from bargain.files.read import parse
from bargain.protocols.alternating_offers import AlternatingOffers, Points, Polyline, PowerPie, equilibria, solve
from bargain.protocols.alternating_offers.kinds import kind_named
from lanes import one_in

SCENARIOS = Path(__file__).parents[3] / "scenarios"
PIE = """
bargain: 1
title: Two and a pie
players: {ann: {title: Ann, patience: 0.9}, bob: {title: Bob, patience: 0.8}, eve: {signs: false}}
protocols:
"""


def shared(protocols: str, *, exponent: float = 0.5) -> bargain.Scenario:
    """One division: Ann's payoff is a power of her share, Bob's is his share; Eve watches."""
    return parse(f"""
bargain: 1
title: A pie on the table
players: {{ann: {{title: Ann, patience: 0.9}}, bob: {{title: Bob, patience: 0.8}}, eve: {{signs: false}}}}
issues: {{pie: {{division: [ann, bob]}}}}
utilities:
  ann: {{pie: {{shape: power, worst: 0, best: 1, exponent: {exponent}}}}}
  bob: {{pie: {{shape: linear, worst: 0, best: 1}}}}
  eve: {{pie: {{of: ann, weight: 5, shape: linear, worst: 0, best: 1}}}}
disagreement: {{payoffs: {{ann: 0, bob: 0, eve: 1}}}}
protocols: {protocols}
""")


def listed(protocols: str) -> bargain.Scenario:
    """Five drafts, of which one is inefficient."""
    return parse(f"""
bargain: 1
title: Drafts
players: {{ann: {{patience: 0.9}}, bob: {{patience: 0.8}}}}
issues: {{draft: {{options: {{a: A, b: B, c: C, d: D, e: E}}}}}}
utilities:
  ann: {{draft: {{values: {{a: 10, b: 7, c: 5, d: 4, e: 1}}}}}}
  bob: {{draft: {{values: {{a: 0, b: 4, c: 6, d: 5, e: 9}}}}}}
disagreement: {{payoffs: {{ann: 1, bob: 0}}}}
protocols: {protocols}
""")


def test_the_json_of_a_pie(tmp_path: Path) -> None:
    """Rubinstein (1982): 5/7 and 2/7."""
    file = tmp_path / "pie.yaml"
    file.write_text(PIE + "  talks: {model: alternating_offers, pie: 1}\n", encoding="utf-8")
    run = CliRunner().invoke(main, ["play", str(file), "--json"])
    assert run.exit_code == 0, run.output
    told: dict[str, Any] = json.loads(run.output)
    assert told["model"] == "alternating_offers"
    assert told["solution_concept"] == "stationary subgame-perfect equilibrium"
    assert told["status"] == "agreement"
    assert told["chance_of_agreement"] == 1
    assert told["payoffs"] == pytest.approx({"ann": 5 / 7, "bob": 2 / 7})
    assert [(move["player"], move["action"]) for move in told["path"]] == [("ann", "proposes"), ("bob", "accepts")]
    assert told["strategies"]["bob"][0]["numbers"]["accepts_from"] == pytest.approx(2 / 7)
    assert told["measures"]["first_mover_advantage"] == pytest.approx({"ann": 1 / 14, "bob": 1 / 14})
    first, second = told["certificate"]["weighted_product_of_gains_at_both_proposals"]
    assert first == pytest.approx(second, rel=1e-12)
    assert told["certificate"]["largest_gain"] <= told["certificate"]["tolerance"]
    lengths = [row["distance_to_limit"] for row in told["tables"]["faster_offers"]]
    assert lengths == sorted(lengths, reverse=True)
    assert told["rules"]["patience"] == {"ann": 0.9, "bob": 0.8}


def test_every_key_of_a_pie_reaches_the_rules() -> None:
    scenario = parse(
        PIE
        + "  all: {model: alternating_offers, pie: 2, exponents: {ann: 0.5, others: 0.7}, order: [bob, ann],"
        + " horizon: 5, breakdown: 0.1, broken: {ann: 0.2}, costs: {others: 0.01}, inside: {bob: 0.1},"
        + " outside: {ann: 0.3}}\n"
    )
    filled = bargain.PROTOCOLS[0].fill(scenario, scenario.protocols["all"]).rules
    assert isinstance(filled, AlternatingOffers)
    assert isinstance(filled.terms, PowerPie)
    assert (filled.terms.size, filled.terms.exponents) == (2.0, (0.5, 0.7))
    assert (filled.order, filled.horizon, filled.breakdown) == ((1, 0), 5, 0.1)
    assert (filled.broken, filled.costs, filled.inside) == ((0.2, 0.0), (0.01, 0.01), (0.0, 0.1))
    assert filled.outside == (0.3, None)


@pytest.mark.parametrize(
    ("patience", "protocol", "said"),
    [
        ("", "{model: alternating_offers, pie: 1}", r"players\.bob: `patience` is missing, and `talks` needs it"),
        ("", "{model: alternating_offers}", "nothing to divide"),
        ("", "{model: alternating_offers, exponents: {ann: 1}, costs: {ann: 1}}", "nothing to divide"),
    ],
)
def test_what_is_missing_is_named(patience: str, protocol: str, said: str) -> None:
    head = "bargain: 1\ntitle: T\nplayers: {ann: {}, bob: {}}\nprotocols:\n"
    with pytest.raises(ScenarioError, match=said):
        bargain.play(parse(f"{head}  talks: {protocol}\n{patience}"))


def test_patience_may_be_left_out_where_something_else_hurries() -> None:
    head = "bargain: 1\ntitle: T\nplayers: {ann: {}, bob: {}}\nprotocols:\n"
    dear = bargain.play(parse(f"{head}  t: {{model: alternating_offers, pie: 1, costs: {{ann: 0.2, bob: 0.1}}}}\n"))
    assert dear.payoffs == pytest.approx({"ann": 0.1, "bob": 0.9})
    short = bargain.play(parse(f"{head}  t: {{model: alternating_offers, pie: 1, horizon: 2}}\n"))
    assert short.payoffs == pytest.approx({"ann": 0, "bob": 1})
    free = bargain.play(parse(f"{head}  t: {{model: alternating_offers, pie: 1, costs: {{others: 0}}}}\n"))
    assert free.status == "not_applicable"
    assert "waiting" in str(free.reason)


def test_a_list_is_the_frontier_of_the_scenario() -> None:
    scenario = listed("{talks: {model: alternating_offers}, short: {model: alternating_offers, horizon: 7}}")
    points = Points(np.array([[10.0, 0], [7, 4], [5, 6], [1, 9]]))
    for name, horizon in (("talks", None), ("short", 7)):
        found = bargain.play(scenario, name)
        plan = solve(AlternatingOffers(points, (0.9, 0.8), horizon=horizon, disagreement=(1.0, 0.0)))
        assert list(found.payoffs.values()) == pytest.approx(plan.values[0].tolist())
        assert found.agreement is not None
        paid = bargain.tabulate(scenario).payoffs_of(found.agreement)
        assert paid == pytest.approx(found.payoffs)
    assert len(bargain.play(scenario, "short").tables["rounds"]) == 7


@pytest.mark.parametrize("regime", one_in(2, ["lotteries", "pure"]))
def test_a_curve_is_followed_off_the_grid(regime: str) -> None:
    """Ann keeps x with x^0.5 = a: a share with patience 0.81 beside 0.8, so x = 0.2 / (1 - 0.648)."""
    found = bargain.play(shared(f"{{talks: {{model: alternating_offers, regime: {regime}}}}}"))
    share = 0.2 / (1 - 0.81 * 0.8)
    assert found.payoffs["ann"] == pytest.approx(share**0.5, abs=1e-8)
    assert found.payoffs["bob"] == pytest.approx(1 - share, abs=1e-8)
    assert found.payoffs["eve"] == pytest.approx(5 * share, abs=1e-6)
    assert found.agreement is not None
    assert found.agreement["pie"] == pytest.approx({"ann": share, "bob": 1 - share}, abs=1e-7)
    assert found.certificate["largest_gain"] <= 1e-8
    weight = np.log(0.8) / np.log(0.72)
    assert found.measure("nash_limit", "ann") == pytest.approx(
        (0.5 * weight / (0.5 * weight + 1 - weight)) ** 0.5, abs=1e-7
    )


def test_a_last_round_and_an_outside_option_on_a_curve() -> None:
    short = bargain.play(shared("{talks: {model: alternating_offers, horizon: 2}}"))
    assert short.payoffs["ann"] == pytest.approx(0.2**0.5, abs=1e-8)  # Bob can wait for 1, which is worth 0.8
    option = bargain.play(shared("{talks: {model: alternating_offers, outside: {bob: 0.75}}}"))
    assert option.payoffs["bob"] == pytest.approx(0.75, abs=1e-8)
    assert option.measure("nash_limit", "bob") == pytest.approx(0.75, abs=1e-7)


def test_lotteries_over_a_list_are_its_hull() -> None:
    scenario = listed("{talks: {model: alternating_offers, regime: lotteries}}")
    found = bargain.play(scenario)
    hull = Polyline(np.array([[10.0, 0], [7, 4], [5, 6], [1, 9]]))
    plan = solve(AlternatingOffers(hull, (0.9, 0.8), disagreement=(1.0, 0.0)))
    assert [found.payoffs[name] for name in ("ann", "bob")] == pytest.approx(plan.values[0].tolist())
    assert found.agreement is None
    rows = found.tables["lottery"]
    assert sum(row["chance"] for row in rows) == pytest.approx(1)
    agreements = bargain.tabulate(scenario)
    paid = sum(row["chance"] * agreements.payoffs_of({"draft": row["draft"]})["ann"] for row in rows)
    assert paid == pytest.approx(found.payoffs["ann"])
    assert any("lottery" in remark for remark in found.remarks)


def test_a_frontier_with_menus_and_a_range_gives_one_of_its_equilibria() -> None:
    """Own derivation: the upper of two straight lines, (10, 0)-(0, 4) and (4, 0)-(0, 10), bends inwards at 20/7."""
    scenario = parse("""
bargain: 1
title: Two ways to share
players: {ann: {patience: 0.9}, bob: {patience: 0.9}}
issues: {x: {range: [0, 10]}, y: {range: [0, 10]}, way: {options: {x: By x, y: By y}}}
utilities:
  ann:
    x: {weight: 10, shape: linear, worst: 0, best: 10}
    y: {weight: 4, shape: linear, worst: 0, best: 10}
    way: ignored
  bob:
    x: {weight: 4, shape: linear, worst: 10, best: 0}
    y: {weight: 10, shape: linear, worst: 10, best: 0}
    way: ignored
rules:
  - {if: {way: x}, then: {y: 0}}
  - {if: {way: y}, then: {x: 10}}
disagreement: {payoffs: {ann: 0, bob: 10}}
protocols: {talks: {model: alternating_offers}}
""")
    # By x: (10 s, 4 (1 - s) + 10); by y: (10 + 4 s, 10 (1 - s)): one line after the other, straight corners.
    found = bargain.play(scenario)
    corners = Polyline(np.array([[0.0, 14], [10, 10], [14, 0]]))
    expected = equilibria(AlternatingOffers(corners, (0.9, 0.9), disagreement=(0.0, 10.0)))
    first = [plan.values[0] for plan in expected]
    assert min(float(np.abs(np.array(list(found.payoffs.values())) - value).max()) for value in first) < 1e-6


def test_a_delay_under_risk_is_uncertain() -> None:
    """North can live on 2 until round 2, when South gets (1, 5) unless talks broke down."""
    found = bargain.play(
        AlternatingOffers(
            Points(np.array([[5.0, 1.0], [1.0, 5.0]])),
            (0.9, 0.9),
            ("north", "south"),
            horizon=2,
            disagreement=(1.0, 0.0),
            inside=(2.0, 0.0),
            breakdown=0.1,
            broken=(2.0, 0.0),
        )
    )
    assert found.status == "uncertain"
    assert found.chance_of_agreement == pytest.approx(0.9)
    assert [move.action for move in found.path] == ["proposes nothing acceptable", "refuses", "proposes", "accepts"]
    assert found.payoffs["north"] == pytest.approx(0.1 * 2 + 0.9 * (0.1 * 2 + 0.9 * 1))
    assert "waiting is worth more" in found.path[0].note


def test_leaving_and_never_agreeing_are_told() -> None:
    away = bargain.play(AlternatingOffers(patience=(0.9, 0.9), outside=(0.6, 0.7)))
    assert (away.status, away.reason) == ("no_agreement", "two leaves with the outside option")
    assert away.payoffs == {"one": 0.6, "two": 0.7}
    assert away.path[-1].action == "leaves"
    never = bargain.play(AlternatingOffers(patience=(0.9, 0.9), inside=(0.7, 0.6)))
    assert never.status == "no_agreement"
    assert "never agree" in str(never.reason)
    assert str(never).count("refuses") >= 2


def test_where_kinds_part() -> None:
    scenario = shared(
        "{a: {model: alternating_offers}, b: {model: alternating_offers, proposer: random},"
        " c: {model: alternating_offers, agenda: [pie]}}"
    )
    assert [kind_named(scenario, scenario.protocols[name]) for name in "abc"] == ["two", "unanimity", "agenda"]  # type: ignore[arg-type]


# -- the figure ------------------------------------------------------------------------------------------------------


def drawn(equilibrium: bargain.Equilibrium) -> tuple[set[str], set[str]]:
    """What is on the figure: names of lines, and texts."""
    ax = bargain.plot_play(equilibrium)
    ax.get_figure().canvas.draw()
    texts = {text.get_text() for text in ax.texts if text.get_text()}
    return {str(line.get_gid()) for line in ax.lines}, texts


def test_the_figure_shows_both_proposals_and_the_limit() -> None:
    lines, texts = drawn(bargain.play(AlternatingOffers(patience=(0.9, 0.8), players=("ann", "bob"))))
    assert {"frontier", "nash curve", "proposal ann", "proposal bob", "limit", "disagreement"} <= lines
    assert {"ann proposes", "bob proposes", "limit of fast offers (Nash)", "no deal"} <= texts


@pytest.mark.slow
def test_the_figure_of_a_list_has_one_label_where_both_propose_the_same() -> None:
    shares = np.arange(11.0)
    lines, texts = drawn(bargain.play(AlternatingOffers(Points(np.c_[shares, 10 - shares]), (0.95, 0.95))))
    assert "both propose this" in texts
    assert "limit" not in lines


def test_the_figure_of_a_horizon_has_a_line_for_each_and_shades_delays() -> None:
    rules = AlternatingOffers(
        Points(np.array([[5.0, 1.0], [1.0, 5.0]])), (0.9, 0.9), horizon=2, disagreement=(1.0, 0.0), inside=(2.0, 0.0)
    )
    ax = bargain.plot_play(bargain.play(rules))
    assert {line.get_gid() for line in ax.lines} == {"value one", "value two"}
    assert [patch.get_gid() for patch in ax.patches] == ["delay"]


@pytest.mark.slow
def test_the_figure_of_leaving_shows_what_it_pays() -> None:
    lines, texts = drawn(bargain.play(AlternatingOffers(patience=(0.9, 0.9), outside=(0.6, 0.7))))
    assert "leaving" in lines
    assert "after leaving" in texts


@pytest.mark.parametrize("numbers", [
    {"patience": (0.9, 0.8), "breakdown": 0.05, "broken": (0.2, 0.1)},
    {"patience": (0.9, 0.8), "costs": (0.1, 0.2)},
    {"patience": (0.9, 0.9), "breakdown": 0.1, "broken": (0.9, 0.9)},
    {"patience": (0.9, 0.8), "inside": (0.3, 0.1)},
    {"patience": (0.9, 0.8), "costs": (0.1, 0.2), "horizon": 3},
])  # fmt: skip
def test_no_deal_is_refusing_every_offer_in_the_game_as_played(numbers: dict[str, Any]) -> None:
    """The recursion of waiting, followed for many rounds by hand."""
    rules = AlternatingOffers(**numbers)
    expected = []
    for i in (0, 1):
        worth, q = 0.0, rules.breakdown
        for _ in range((rules.horizon or 2000) - 1):
            kept = (1 - rules.patience[i]) * rules.meanwhile[i] + rules.patience[i] * worth - rules.costs[i]
            worth = q * rules.after_breakdown[i] + (1 - q) * kept
        expected.append(worth)
    found = bargain.play(rules)
    assert list(found.disagreement.values()) == pytest.approx(expected, abs=1e-12)
    products = found.certificate.get("weighted_product_of_gains_at_both_proposals")
    if products:
        powers = [-1 / math.log((1 - rules.breakdown) * delta) for delta in rules.patience]
        offer = found.measures["first_proposal"].values()
        gains = [u - d for u, d in zip(offer, found.disagreement.values(), strict=True)]
        again = math.prod(gain ** (power / sum(powers)) for gain, power in zip(gains, powers, strict=True))
        assert products[0] == pytest.approx(again, rel=1e-9)
    else:
        assert rules.costs != (0, 0)


def test_costs_without_end_leave_what_the_rules_say() -> None:
    found = bargain.play(AlternatingOffers(costs=(0.1, 0.2)))
    assert found.disagreement == {"one": 0.0, "two": 0.0}
    assert "haggling_for_ever" not in found.measures
