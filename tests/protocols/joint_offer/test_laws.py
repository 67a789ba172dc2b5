"""What must hold for any joint offer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from bargain.protocols.joint_offer.rules import CounterDemand, JointOffer
from bargain.protocols.joint_offer.solver import solve
from protocols.joint_offer.draws import CONCEPTS, problem

BATCH = 5
BATCHES = pytest.mark.parametrize("batch", range(10))


def drawn(batch: int, concepts: Sequence[str] = CONCEPTS) -> Iterator[tuple[int, JointOffer]]:
    return ((seed, problem(seed, concepts)) for seed in range(BATCH * batch, BATCH * (batch + 1)))


def chosen(rules: JointOffer) -> set[int | None]:
    plan = solve(rules)
    return {plan.offer, *plan.ties}


@BATCHES
def test_units_of_the_outsider_do_not_matter(batch: int) -> None:
    for seed, rules in drawn(batch):
        scale, shift = 1 + np.arange(len(rules.types)), 7.0 - np.arange(len(rules.types))
        other = replace(
            rules,
            outsider=rules.outsider * scale + shift,
            outsider_refusal=rules.outsider_refusal * scale + shift,
        )
        assert chosen(rules) == chosen(other), seed


@BATCHES
@pytest.mark.parametrize("concept", ["nash", "asymmetric_nash", "kalai_smorodinsky"])
def test_units_of_members_do_not_matter_where_the_concept_does_not_compare_them(batch: int, concept: str) -> None:
    for seed, rules in drawn(batch, [concept]):
        scale, shift = 2.0 ** np.arange(len(rules.members)), np.arange(len(rules.members)) - 3.0
        other = replace(rules, payoffs=rules.payoffs * scale + shift, refusal=rules.refusal * scale + shift)
        assert chosen(rules) == chosen(other), seed


@BATCHES
def test_the_order_of_members_and_types_does_not_matter(batch: int) -> None:
    for seed, rules in drawn(batch):
        members, types = slice(None, None, -1), slice(None, None, -1)
        counter = rules.counter and CounterDemand(
            rules.counter.breakdown, rules.patience[types], np.array(rules.counter.members)[members].tolist()
        )
        other = replace(
            rules,
            payoffs=rules.payoffs[:, members],
            outsider=rules.outsider[:, types],
            chances=rules.chances[types],
            refusal=rules.refusal[types, members],
            outsider_refusal=rules.outsider_refusal[types],
            powers=rules.weights[members],
            counter=counter,
            members=rules.members[members],
            types=rules.types[types],
        )
        assert chosen(rules) == chosen(other), seed


@BATCHES
def test_a_type_cut_in_two_alike_is_one_type(batch: int) -> None:
    for seed, rules in drawn(batch):
        twice = [0, *range(len(rules.types))]
        chances = rules.chances[twice].copy()
        chances[:2] /= 2
        other = replace(
            rules,
            outsider=rules.outsider[:, twice],
            chances=chances,
            refusal=rules.refusal[twice],
            outsider_refusal=rules.outsider_refusal[twice],
            counter=rules.counter and replace(rules.counter, patience=tuple(np.array(rules.patience)[twice])),
            types=("twin", *rules.types),
        )
        one, two = solve(rules), solve(other)
        assert {one.offer, *one.ties} == {two.offer, *two.ties}, seed
        assert (two.now, two.later) == pytest.approx((one.now, one.later)), seed


@BATCHES
def test_what_nobody_meets_does_not_matter(batch: int) -> None:
    for seed, rules in drawn(batch):
        if (rules.chances == 0).any():
            met = rules.chances > 0
            other = replace(
                rules,
                outsider=rules.outsider[:, met],
                chances=rules.chances[met],
                refusal=rules.refusal[met],
                outsider_refusal=rules.outsider_refusal[met],
                counter=rules.counter and replace(rules.counter, patience=tuple(np.array(rules.patience)[met])),
                types=tuple(np.array(rules.types)[met]),
            )
            assert chosen(rules) == chosen(other), seed


def test_one_alone_never_loses_by_knowing_the_type() -> None:
    """A single decider can ignore what it learns (Blackwell 1953); a bloc that bargains cannot commit to that."""
    lost = 0
    for seed in range(40):
        rules = problem(seed)
        value = solve(rules).value_of_information(rules.chances)
        if len(rules.members) == 1:
            assert value[0] >= -1e-12, seed
        else:
            lost += bool((value < -1e-9).any())
    assert lost > 0


@BATCHES
def test_a_demand_that_may_follow_never_makes_a_type_easier_to_please(batch: int) -> None:
    for seed, rules in drawn(batch):
        with_demand, without = solve(rules), solve(replace(rules, counter=None))
        assert (with_demand.waiting >= without.waiting).all(), seed
        assert not (with_demand.accepts & ~without.accepts).any(), seed
