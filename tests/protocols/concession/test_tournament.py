"""Tournaments of strategies, best replies, and the equilibria of the game of strategies."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from bargain.errors import NotApplicable, TooManyAgreements
from bargain.protocols.concession.judge import judge
from bargain.protocols.concession.rules import Concession
from bargain.protocols.concession.simulate import solve
from bargain.protocols.concession.strategies import EquilibriumPlay, Hardheaded, RandomAsks, TimeDependent
from bargain.protocols.concession.tournament import best_replies, hold, usual
from protocols.concession.grounds import pie, random_rules

STEADY = (TimeDependent(0.2), TimeDependent(1), Hardheaded(), EquilibriumPlay())


def rules_for(n: int, seed: int = 4) -> Concession:
    return replace(random_rules(seed, n, (Hardheaded(),) * n), breakdown=0.0, deadline=10)


@pytest.mark.parametrize("n", [2, 3])
def test_every_profile_is_the_dance_itself(n: int) -> None:
    rules = rules_for(n)
    held = hold(replace(rules, offered=STEADY[: 5 - n]))
    for profile in product(range(5 - n), repeat=n):
        each = replace(rules, strategies=tuple(STEADY[k] for k in profile))
        plan = solve(each)
        assert judge(each, plan).certified
        assert held.payoffs[profile] == pytest.approx(plan.payoffs)
        assert held.agreed[profile] == (plan.ending == "agreement")
        assert held.rounds[profile] == len(plan.offers)


def test_breakdown_is_weighed_not_drawn() -> None:
    """Hardheaded players agree in round 4 if talks last: 0.9^3 of what is then paid."""
    rules = Concession(pie(10), np.zeros(2), (Hardheaded(), Hardheaded()), 4, breakdown=0.1)
    held = hold(replace(rules, offered=(Hardheaded(),)))
    assert held.payoffs[0, 0] == pytest.approx([0, 0.9**3 * 10])
    assert held.agreed[0, 0] == pytest.approx(0.9**3)


def test_random_strategies_are_repeated_over_seeds() -> None:
    rules = replace(rules_for(2), seed=3)
    held = hold(replace(rules, offered=(RandomAsks(), Hardheaded()), repetitions=20))
    each = [solve(replace(rules, strategies=(RandomAsks(), Hardheaded()), seed=3 + k)) for k in range(20)]
    assert held.payoffs[0, 1] == pytest.approx(np.mean([plan.payoffs for plan in each], axis=0))
    assert held.rounds[0, 1] == pytest.approx(np.mean([len(plan.offers) for plan in each]))


@pytest.mark.parametrize("seed", range(20))
def test_equilibria_are_profiles_of_best_replies(seed: int) -> None:
    held = hold(replace(rules_for(2, seed), offered=STEADY))
    slow = [
        profile
        for profile in product(range(len(STEADY)), repeat=2)
        if all(profile[i] in held.best_reply(i, profile) for i in range(2))
    ]
    assert list(held.equilibria) == slow


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("n", [2, 3])
def test_equilibrium_play_is_an_equilibrium_of_every_tournament(n: int, seed: int) -> None:
    """Nothing at all is better against equilibrium play, so nothing that takes part is."""
    rules = random_rules(seed, n)
    offered = tuple(s for s in usual(n) if not isinstance(s, RandomAsks))
    alone = replace(rules, strategies=(EquilibriumPlay(),) * n)
    assert best_replies(replace(alone, offered=offered)).regrets == pytest.approx(np.zeros(n), abs=1e-9 * 300)


def test_distances_are_in_parts_of_ideal_gains() -> None:
    """Linear against linear on a pie of 10: what is agreed on is on the frontier, the Nash point in the middle."""
    rules = Concession(pie(10), np.zeros(2), (Hardheaded(), Hardheaded()), 4)
    held = hold(replace(rules, offered=(Hardheaded(),)))
    assert held.from_frontier[0, 0] == 0
    assert held.from_nash[0, 0] == pytest.approx(np.hypot(0.5, 0.5))
    late = hold(replace(rules, patience=np.array([0.5, 0.5]), offered=(Hardheaded(),)))
    assert late.from_frontier[0, 0] == pytest.approx(np.hypot(0, 1 - 0.125) * 0 + _nearest(0.0, 0.125))


def _nearest(x: float, y: float) -> float:
    return float(min(np.hypot(x - k / 10, y - (10 - k) / 10) for k in range(11)))


def test_best_replies_by_hand() -> None:
    """A pie of 10 in 4 rounds. Against a conceder who is asked last, holding out brings all; the conceder cannot do
    better than wait for the end itself: then it is asked last but proposes third."""
    rules = Concession(pie(10), np.zeros(2), (TimeDependent(5), Hardheaded()), 4)
    rules = replace(rules, offered=(TimeDependent(5), Hardheaded()))
    found, held = best_replies(rules), hold(rules)
    assert found.expected == pytest.approx(held.payoffs[0, 1])
    assert (found.regrets >= 0).all()
    assert found.best == pytest.approx([held.payoffs[:, 1, 0].max(), held.payoffs[0, :, 1].max()])


def test_regret_is_named() -> None:
    """Two conceders split the pie; either would rather have held out."""
    rules = Concession(pie(100), np.zeros(2), (TimeDependent(1), TimeDependent(1)), 10)
    found = best_replies(replace(rules, offered=(TimeDependent(1), Hardheaded())))
    assert found.labels == ("hardheaded", "hardheaded")
    assert (found.regrets > 10).all()


def test_means_over_opponents() -> None:
    held = hold(replace(rules_for(2), offered=STEADY))
    assert held.means[0] == pytest.approx(held.payoffs[..., 0].mean(axis=1))
    assert held.means[1] == pytest.approx(held.payoffs[..., 1].mean(axis=0))


def test_two_tournaments_are_equal() -> None:
    few = replace(rules_for(2), repetitions=5)
    assert np.array_equal(hold(few).payoffs, hold(few).payoffs)


def test_too_many_profiles_and_nothing_to_ask_for() -> None:
    rules = rules_for(4)
    with pytest.raises(TooManyAgreements, match="make 10000 profiles"):
        hold(replace(rules, offered=tuple(TimeDependent(0.1 * k) for k in range(1, 11))))
    with pytest.raises(NotApplicable, match="nothing to ask for"):
        hold(replace(rules, disagreement=rules.points.max(axis=0) + 1))
