"""A space as a table, and the table as a space: the same payoffs, ties, frontier."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

import bargain
from bargain.errors import TooManyAgreements
from bargain.files.payoff_sheet import sheet
from bargain.files.read import parse
from bargain.model.listing import Listing, efficient_listing, listing
from bargain.model.scenario import Scenario
from bargain.model.tabulate import tabulate
from oracles.brute import Reference
from oracles.scenarios import averse_document, random_document


def from_table(found: Listing, folder: Path) -> Scenario:
    """The scenario that has this table in the place of issues and utilities."""
    (folder / "p.csv").write_text("".join(sheet(found)), encoding="utf-8")
    scenario = found.agreements.scenario
    players = {name: {"signs": player.signs, "power": player.power.value} for name, player in scenario.players.items()}
    given: dict[str, Any] = {
        "bargain": 1,
        "title": "A table",
        "players": players,
        "agreements": "p.csv",
        "disagreement": {"payoffs": found.agreements.disagreement},
    }
    return parse(given, folder=folder)


OVER_PAYOFFS = [concept for concept in bargain.CATALOGUE if concept.over == "agreements"]
"""A table has no issues left to be items."""


@pytest.mark.parametrize("make", [random_document, averse_document])
def test_the_way_there_and_back(make: Any, tmp_path: Path) -> None:
    for seed in range(12):
        agreements = tabulate(Scenario.model_validate(make(Random(seed))))
        everything, best = listing(agreements, 1000), efficient_listing(agreements, 1000)
        before = bargain.compare(agreements, OVER_PAYOFFS)
        for found in (everything, best):
            after = bargain.compare(from_table(found, tmp_path), OVER_PAYOFFS)
            assert after.frontier_size == before.frontier_size
            for one, other in zip(before.solutions, after.solutions, strict=True):
                assert one.status == other.status
                assert list(other.payoffs.values()) == pytest.approx(list(one.payoffs.values()), rel=1e-12, abs=1e-12)
        assert [s.tie_count for s in bargain.compare(from_table(everything, tmp_path), OVER_PAYOFFS).solutions] == [
            s.tie_count for s in before.solutions
        ]


def test_all_agreements_are_listed_in_file_order_with_what_they_pay() -> None:
    for seed in range(12):
        document = averse_document(Random(seed))
        deals = Reference(document).possible
        found = listing(tabulate(Scenario.model_validate(document)), 1000)
        assert len(found) == len(deals)
        for row, deal in enumerate(deals):
            own = found.agreement(row)
            assert [str(x) if isinstance(x, str) else float(x) for x in own.values()] == pytest.approx(
                [x if isinstance(x, str) else float(x) for x in deal.agreement.values()]
            )
            for player, column in found.payoffs.items():
                assert column[row] == pytest.approx(float(deal.payoffs[player]), abs=1e-9)


def test_issues_tied_across_others_still_come_in_file_order() -> None:
    document = random_document(Random(3), signatories=2)
    document["issues"] = {name: {"options": {"u": "U", "v": "V"}} for name in "xyz"}
    values = {name: {"values": {"u": 0, "v": place + 1}} for place, name in enumerate("xyz")}
    document |= {"rules": [{"forbid": {"x": "u", "z": "u"}}], "red_lines": {}}
    document |= {"utilities": dict.fromkeys(document["players"], values)}
    document["disagreement"] = {"payoffs": dict.fromkeys(document["players"], 0)}
    found = listing(tabulate(Scenario.model_validate(document)), 10)
    assert ["".join(found.agreement(row).values()) for row in range(len(found))] == [
        "uuv",
        "uvv",
        "vuu",
        "vuv",
        "vvu",
        "vvv",
    ]  # type: ignore[arg-type]


def test_too_many_are_refused_with_what_to_do() -> None:
    agreements = tabulate(bargain.read("literature/nash_1950_barter"))
    with pytest.raises(TooManyAgreements, match="512 agreements, more than 100; list the efficient ones only"):
        listing(agreements, 100)
    with pytest.raises(TooManyAgreements):
        efficient_listing(agreements, 2)


def test_columns_that_a_player_has_the_name_of(tmp_path: Path) -> None:
    document = random_document(Random(3), signatories=2)
    document["issues"] = {name: {"options": {"u": "U", "v": "V"}} for name in ("p0", "agreement")}
    utility = {name: {"values": {"u": 0, "v": 1}} for name in document["issues"]}
    document |= {"utilities": dict.fromkeys(document["players"], utility), "rules": [], "red_lines": {}}
    document["disagreement"] = {"payoffs": dict.fromkeys(document["players"], 0)}
    found = listing(tabulate(Scenario.model_validate(document)), 10)
    assert "".join(sheet(found)).startswith("p0 (issue),agreement (issue),")
    assert np.array_equal(listing(tabulate(from_table(found, tmp_path)), 10).payoffs["p0"], found.payoffs["p0"])
