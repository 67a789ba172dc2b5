"""What holds for any dance."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from bargain.errors import UsageError
from bargain.protocols.concession.ground import draws, lay_out
from bargain.protocols.concession.judge import judge
from bargain.protocols.concession.plan import Plan
from bargain.protocols.concession.rules import Concession
from bargain.protocols.concession.simulate import solve
from bargain.protocols.concession.strategies import (
    Hardheaded,
    RandomAsks,
    Strategy,
    TimeDependent,
    TitForTat,
    Zeuthen,
)
from protocols.concession.grounds import EACH, FOR_TWO, frontier, pie, random_rules


def same(one: Plan, other: Plan) -> bool:
    """Whether two records are equal."""
    return (
        one.offers == other.offers
        and one.ending == other.ending
        and one.agreed == other.agreed
        and one.payoffs.tolist() == other.payoffs.tolist()
    )


@pytest.mark.parametrize("batch", range(10))
@pytest.mark.parametrize("n", [2, 3, 4])
def test_the_judge_agrees_with_the_simulator(n: int, batch: int) -> None:
    """Random problems and profiles, dominated points and points below disagreement among them."""
    endings: Counter[str] = Counter()
    for seed in range(40 * batch, 40 * batch + 40):
        rules = random_rules(seed, n)
        plan = solve(rules)
        found = judge(rules, plan)
        assert found.certified, (seed, found)
        assert found.checked > 0
        endings[plan.ending] += 1
    assert set(endings) >= {"agreement", "breakdown"}


@pytest.mark.parametrize("batch", range(10))
def test_ties_are_settled_alike(batch: int) -> None:
    """Small whole payoffs in all units: points that tie, equal risks, players who cannot gain or do not wait at all."""
    for seed in range(40 * batch, 40 * batch + 40):
        rng = np.random.default_rng(seed)
        n = int(rng.integers(2, 5))
        unit = float(rng.choice([1, 0.1, 1 / 3, 1e6, 1e-3]))
        rules = replace(
            random_rules(seed, n),
            points=unit * rng.integers(0, 8, size=(int(rng.integers(1, 30)), n)),
            disagreement=unit * rng.integers(0, 4, size=n),
            patience=rng.choice([0, 0.5, 0.9, 1.0], size=n),
        )
        assert judge(rules, solve(rules)).certified, seed


@pytest.mark.parametrize("seed", range(10))
def test_the_judge_agrees_on_every_pairing(seed: int) -> None:
    rules = random_rules(seed, 2)
    for pairing in product(FOR_TWO, repeat=2):
        each = replace(rules, strategies=pairing, deadline=12)
        assert judge(each, solve(each)).certified, pairing


@pytest.mark.parametrize("seed", range(10))
def test_two_runs_are_equal(seed: int) -> None:
    rules = random_rules(seed, 3)
    assert same(solve(rules), solve(rules))


def test_seeds_matter_where_somebody_draws() -> None:
    rules = Concession(pie(100), np.zeros(2), (RandomAsks(), Hardheaded()), 10)
    assert not same(solve(rules), solve(replace(rules, seed=1)))


@pytest.mark.parametrize("seed", range(20))
def test_a_player_draws_the_same_whatever_the_others_do(seed: int) -> None:
    """The asks of a random player in the rounds that two dances have in common."""
    rules = random_rules(seed, 3, (RandomAsks(), Hardheaded(), Hardheaded()))
    other = replace(rules, strategies=(RandomAsks(), RandomAsks(), TitForTat(noise=2.0)))
    asked = [{o.round: o.point for o in solve(each).offers if o.player == 0} for each in (rules, other)]
    assert all(asked[0][turn] == asked[1][turn] for turn in asked[0].keys() & asked[1].keys())


def test_streams_belong_to_seats_and_grow_with_the_deadline() -> None:
    short, long = draws(7, 2, 5), draws(7, 2, 9)
    assert (short.shape, long.shape) == ((3, 7), (3, 11))
    assert np.array_equal(short, long[:, :7])
    assert len({tuple(row) for row in short.tolist()}) == 3


def test_random_asks_are_uniform() -> None:
    """600 first asks among 5 points: each 120, give or take 5 standard deviations of 10."""
    asked = Counter(
        solve(Concession(pie(4), np.zeros(2), (RandomAsks(), Hardheaded()), 1, seed=seed)).offers[0].point
        for seed in range(600)
    )
    assert set(asked) == set(range(5))
    assert all(abs(count - 120) < 50 for count in asked.values())


def test_breakdown_strikes_as_often_as_it_should() -> None:
    """Five refusals at a chance of 0.1 each: talks go on with chance 0.9^5 = 0.59; within 4 standard deviations."""
    rules = Concession(pie(4), np.zeros(2), (Hardheaded(), Hardheaded()), 6, breakdown=0.1)
    agreed = sum(solve(replace(rules, seed=seed)).ending == "agreement" for seed in range(300))
    assert abs(agreed / 300 - 0.9**5) < 4 * np.sqrt(0.59 * 0.41 / 300)


@pytest.mark.parametrize("seed", range(60))
def test_two_zeuthens_end_at_the_nash_point(seed: int) -> None:
    """The product of the agreed point is the largest; the deadline leaves room for every concession."""
    rng = np.random.default_rng(seed)
    points = frontier(rng, int(rng.integers(2, 60)), 2)
    standing = points.min(axis=0) - rng.uniform(0, 5, size=2)
    rules = Concession(
        points, standing, (Zeuthen(), Zeuthen()), 4 * len(points) + 4, order=tuple(rng.permutation(2).tolist())
    )
    plan = solve(rules)
    assert plan.agreed is not None
    assert len(plan.offers) < rules.deadline
    gains = points - standing
    assert gains[plan.agreed].prod() == pytest.approx(gains.prod(axis=1).max(), rel=1e-12)


@pytest.mark.parametrize("seed", range(30))
def test_units_and_zeros_of_payoffs_do_not_matter(seed: int) -> None:
    """Only noise has a unit: all other strategies do the same when payoffs are stretched and shifted."""
    rng = np.random.default_rng(seed)
    rules = random_rules(seed, 2)
    if any(isinstance(strategy, TitForTat) and strategy.noise for strategy in rules.strategies):
        rules = replace(rules, strategies=(TitForTat(), TitForTat("relative")))
    stretch, shift = 2.0 ** rng.integers(-3, 4, size=2), rng.integers(-50, 50, size=2)
    moved = replace(rules, points=rules.points * stretch + shift, disagreement=rules.disagreement * stretch + shift)
    one, other = solve(rules), solve(moved)
    assert [(o.point, o.accepted) for o in one.offers] == [(o.point, o.accepted) for o in other.offers]
    assert other.payoffs == pytest.approx(one.payoffs * stretch + shift)


@pytest.mark.parametrize("seed", range(30))
def test_seats_are_mirrored(seed: int) -> None:
    """Without chance, the same players in the other order, with the same one first, do the same."""
    plain = [s for s in FOR_TWO if not isinstance(s, RandomAsks) and not (isinstance(s, TitForTat) and s.noise)]
    rng = np.random.default_rng(seed)
    chosen: tuple[Strategy, ...] = tuple(plain[k] for k in rng.integers(len(plain), size=2))
    rules = replace(random_rules(seed, 2, chosen), breakdown=0.0)
    mirrored = replace(
        rules, points=rules.points[:, ::-1], disagreement=rules.disagreement[::-1], strategies=chosen[::-1],
        patience=rules.patience[::-1], order=rules.order[::-1],
    )  # fmt: skip
    one, other = solve(rules), solve(mirrored)
    assert [o.point for o in one.offers] == [o.point for o in other.offers]
    assert one.payoffs.tolist() == other.payoffs[::-1].tolist()


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("n", [2, 3])
def test_nobody_ends_below_disagreement(n: int, seed: int) -> None:
    rules = random_rules(seed, n)
    plan = solve(rules)
    assert (plan.payoffs >= rules.disagreement - 1e-9 * np.ptp(rules.points, axis=0)).all()
    if plan.ending != "agreement":
        assert plan.payoffs.tolist() == rules.disagreement.tolist()


@pytest.mark.parametrize("seed", range(20))
def test_boulware_gives_in_later_than_conceder(seed: int) -> None:
    """Against one who never moves, targets of the smaller beta are never lower."""
    rules = random_rules(seed, 2, (TimeDependent(0.3), Hardheaded()))
    eager = replace(rules, strategies=(TimeDependent(3), Hardheaded()))
    pairs = zip(solve(rules).offers, solve(eager).offers, strict=False)
    assert all(slow.target >= fast.target - 1e-9 for slow, fast in pairs if slow.player == 0)


def test_a_point_asked_for_leaves_the_others_as_much_as_it_can() -> None:
    """Two points pay the proposer 6; one of them leaves nothing to one of the others, the other leaves them 2 and 2."""
    points = np.array([[6.0, 4, 0], [6, 2, 2], [9, 0, 0], [0, 8, 0], [0, 0, 8]])
    ground = lay_out(Concession(points, np.zeros(3), (Hardheaded(),) * 3, 3))
    assert ground.asking(0, 5.5).place == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"deadline": 0}, "deadline is 0"),
        ({"breakdown": 1.0}, "breakdown is 1.0"),
        ({"patience": np.array([-0.1, 1.0])}, "patience is"),
        ({"patience": np.array([0.9])}, "1 patience for 2 players"),
        ({"order": (1, 1)}, "the order is"),
        ({"seed": -1}, "seed is -1"),
        ({"strategies": (Hardheaded(),)}, "1 strategies for 2 players"),
        ({"points": np.array([[1.0, np.nan]])}, "not finite"),
        ({"points": np.zeros((2, 3))}, "points are"),
    ],
)
def test_senseless_rules_are_refused(changes: dict[str, object], message: str) -> None:
    rules = Concession(pie(4), np.zeros(2), (Hardheaded(), Hardheaded()), 4)
    with pytest.raises(UsageError, match=message):
        replace(rules, **changes)  # type: ignore[arg-type]


def test_zeuthen_is_for_two() -> None:
    with pytest.raises(UsageError, match="Zeuthen's rule is for two, not 3"):
        Concession(np.eye(3), np.zeros(3), (Zeuthen(), Hardheaded(), Hardheaded()), 4)


@pytest.mark.parametrize(
    "make",
    [
        lambda: TimeDependent(0),
        lambda: TimeDependent(1, start=2),
        lambda: TitForTat("tactful"),  # type: ignore[arg-type]
        lambda: TitForTat(lag=0),
        lambda: TitForTat(noise=-1),
        lambda: TitForTat("relative", noise=1),
    ],
)
def test_senseless_strategies_are_refused(make: object) -> None:
    with pytest.raises(UsageError):
        make()  # type: ignore[operator]


def test_every_strategy_has_a_label_and_a_source() -> None:
    labels = [strategy.label for strategy in (*EACH, Zeuthen())]
    assert len(set(labels)) == len(labels)
    assert all(strategy.source for strategy in (*EACH, Zeuthen()))
