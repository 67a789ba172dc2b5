"""Payoffs are those of every player of the file, whichever protocol is played."""

from __future__ import annotations

import pytest

import bargain
from bargain.files.read import parse
from bargain.protocols.words import NO_WORDS, Words

TEXT = """
bargain: 1
title: Two sign and one watches
players: {ann: {patience: 0.9}, eve: {signs: false, patience: 0.5}, bob: {patience: 0.8}}
issues: {draft: {options: {a: A, b: B, c: C}}}
utilities:
  ann: {draft: {values: {a: 9, b: 5, c: 1}}}
  bob: {draft: {values: {a: 1, b: 6, c: 9}}}
  eve: {draft: {values: {a: 4, b: 2, c: 0}}}
disagreement: {payoffs: {ann: 0, bob: 0, eve: 1}}
protocols:
  turns: {model: alternating_offers}
  drawn: {model: alternating_offers, proposer: random}
  rounds: {model: alternating_offers, proposer: random, horizon: 3}
  mixed: {model: alternating_offers, regime: lotteries, proposer: random}
  house: {model: legislative, quota: 2}
  sessions: {model: legislative, quota: 2, horizon: 2}
  dance: {model: concession, deadline: 8}
  offer: {model: joint_offer, to: bob}
  last: {model: ultimatum, proposer: ann, to: bob}
"""
EVE = {"A": 4.0, "B": 2.0, "C": 0.0}


@pytest.mark.parametrize(
    "protocol", ["turns", "drawn", "rounds", "mixed", "house", "sessions", "dance", "offer", "last"]
)
def test_who_watches_has_a_payoff(protocol: str) -> None:
    scenario = parse(TEXT)
    found = bargain.play(scenario, protocol)
    assert set(found.payoffs) == set(found.disagreement) == set(found.players) == {"ann", "bob", "eve"}
    assert found.disagreement["eve"] == 1.0
    assert 0.0 <= found.payoffs["eve"] <= 4.0
    proposals = [move for move in found.path if move.agreement is not None and move.action == "proposes"]
    if protocol in ("turns", "drawn"):
        words = [EVE[str(move.agreement["draft"]).upper()] for move in proposals if move.agreement is not None]
        mean = sum(move.chance * paid for move, paid in zip(proposals, words, strict=True))
        assert found.payoffs["eve"] == pytest.approx(mean)


def test_a_watcher_waits_with_its_own_patience() -> None:
    """Draft c in half of all cases, after two rounds: 1 + 1/2 (1/2)^2 (0 - 1)."""
    from bargain.model.tabulate import tabulate

    scenario = parse(TEXT)
    words = Words(scenario, tabulate(scenario))
    paid, without = words.everybody({"ann": 3.0, "bob": 4.0}, {"ann": 0.0, "bob": 0.0}, [(0.5, {"draft": "c"}, 2)])
    assert paid == {"ann": 3.0, "bob": 4.0, "eve": 0.875}
    assert without == {"ann": 0.0, "bob": 0.0, "eve": 1.0}
    assert NO_WORDS.everybody({"ann": 3.0}, {"ann": 0.0}, []) == ({"ann": 3.0}, {"ann": 0.0})
