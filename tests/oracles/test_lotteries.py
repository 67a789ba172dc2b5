"""With lotteries: two signatories against an exact polygon, more against linear programs and prices."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from random import Random

import numpy as np
import pytest

import bargain
from bargain.model.results import Comparison, Solution
from bargain.model.scenario import Scenario
from oracles import polygon
from oracles.brute import Reference, exact
from oracles.judge import CONCEPTS, comparison, concept, near
from oracles.programs import Lotteries
from oracles.scenarios import Document, random_document, table_document

BATCH = 10
EXACT = 1e-8
PROGRAM = 1e-5


def complaints_about(document: Document) -> list[str]:
    """Everything in the lotteries regime in which package and oracles differ."""
    reference = Reference(document)
    answers = comparison(document, "lotteries")
    complaints = [f"{name}: {text}" for name in CONCEPTS for text in _unlike_its_payoffs(reference, answers[name])]
    if len(reference.signatories) == 2:
        return complaints + list(_polygon_complaints(reference, answers))
    return complaints + list(_program_complaints(reference, answers))


def _unlike_its_payoffs(reference: Reference, solution: Solution) -> Iterator[str]:
    """Payoffs printed must be what the printed lottery of possible agreements is worth."""
    if solution.status != "agreement":
        return
    lottery = solution.lottery or [(1.0, solution.agreement)]
    if solution.agreement is not None and len(lottery) != 1:
        yield "an agreement beside a lottery"
    if not near(sum(chance for chance, _ in lottery), 1) or min(chance for chance, _ in lottery) <= 0:
        yield f"chances {[chance for chance, _ in lottery]}"
    worth = dict.fromkeys(reference.players, Fraction(0))
    for chance, agreement in lottery:
        assert agreement is not None
        if not reference.is_possible(agreement):
            yield f"{agreement} is not possible"
        for player, payoff in reference.payoffs_of(agreement).items():
            worth[player] += Fraction(chance) * payoff
    if not all(near(solution.payoffs[player], worth[player]) for player in worth):
        yield f"payoffs {solution.payoffs} instead of {worth}"
    if any(solution.payoffs[i] < reference.disagreement[i] - 1e-9 for i in reference.signatories):
        yield f"payoffs {solution.payoffs} below disagreement"


def _polygon_complaints(reference: Reference, answers: Comparison) -> Iterator[str]:
    first, second = reference.signatories
    d = (reference.disagreement[first], reference.disagreement[second])
    chain = _chain(reference)
    rational = polygon.rational_part(chain)
    yield from _frontier_complaints(answers, [(u + d[0], v + d[1]) for u, v in chain], d)
    if not rational:
        minimum = min(polygon.largest_minimum(chain))
        yield from _no_deal(answers, float(minimum))
        return
    hopes = (max(u for u, _ in rational), max(v for _, v in rational))
    if answers.ideal is None or not _at(answers.ideal, reference, hopes):
        yield f"ideal {answers.ideal} instead of gains {tuple(map(float, hopes))}"
    powers = [exact(reference.document["players"][name].get("power", 1)) for name in (first, second)]
    wanted = {
        "nash": polygon.largest_product(rational),
        "asymmetric_nash": polygon.largest_product(rational, (powers[0], powers[1])),
        "kalai_smorodinsky": polygon.largest_minimum(rational, hopes) if min(hopes) > 0 else max(rational, key=sum),
        "egalitarian": polygon.largest_minimum(rational),
        "leximin": polygon.largest_minimum(rational),
        "proportional": polygon.largest_minimum(rational, (powers[0], powers[1])),
        "equal_loss": polygon.least_loss(rational),
    }
    for name, gains in wanted.items():
        if not _at(answers[name].payoffs, reference, gains):
            point = float(gains[0] + d[0]), float(gains[1] + d[1])
            yield f"{name}: {answers[name].payoffs} instead of {point}"
    best = max(map(sum, rational)) + sum(d)
    if not near(sum(answers["utilitarian"].payoffs.get(name, np.nan) for name in (first, second)), best, EXACT):
        yield f"utilitarian: {answers['utilitarian'].payoffs} do not sum to {float(best)}"
    shares = [sum(_share(g, hope) for g, hope in zip(point, hopes, strict=True)) for point in rational]
    if not near(answers["relative_utilitarian"].certificate["sum_of_ratios"], max(shares), EXACT):
        yield f"relative_utilitarian: {answers['relative_utilitarian'].certificate} instead of {float(max(shares))}"


def _share(gain: Fraction, hope: Fraction) -> Fraction:
    return gain / hope if hope > 0 else Fraction(0)


def walks_complaints(document: Document, *, drifting: bool) -> list[str]:
    """Maschler-Perles and Raiffa on the exact polygon; ``drifting`` integrates the continuous one by small steps."""
    reference = Reference(document)
    d = [reference.disagreement[name] for name in reference.signatories]
    rational = polygon.rational_part(_chain(reference))
    if not rational:
        return []
    wanted = {"maschler_perles": polygon.halfway(rational), "raiffa_discrete": polygon.means(rational)}
    if drifting:
        wanted["raiffa_continuous"] = polygon.drift(rational)
    complaints = []
    for name, gains in wanted.items():
        solution = bargain.solve(Scenario.model_validate(document), concept(name), "lotteries")
        complaints += [f"{name}: {text}" for text in _unlike_its_payoffs(reference, solution)]
        expected = [float(at) + gain for at, gain in zip(d, gains, strict=True)]
        found = [solution.payoffs[player] for player in reference.signatories]
        within = 1e-4 if name == "raiffa_continuous" else 1e-7
        if not all(near(a, b, within) for a, b in zip(found, expected, strict=True)):
            complaints.append(f"{name}: {found} instead of {expected}")
    return complaints


@pytest.mark.parametrize("batch", range(4))
def test_walks_along_and_towards_the_border(batch: int) -> None:
    for seed in range(BATCH * batch, BATCH * (batch + 1)):
        document = random_document(Random(seed), signatories=2)
        complaints = walks_complaints(document, drifting=seed % BATCH == 0)
        assert not complaints, "\n".join([*complaints, json.dumps(document)])


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(40))
def test_many_walks(batch: int) -> None:
    for seed in range(20_000 + BATCH * batch, 20_000 + BATCH * (batch + 1)):
        document = random_document(Random(seed), signatories=2)
        complaints = walks_complaints(document, drifting=seed % BATCH == 0)
        assert not complaints, "\n".join([*complaints, json.dumps(document)])


@pytest.mark.parametrize("seed", range(1, 13))
def test_whoever_can_agree_can_walk(seed: int) -> None:
    """Among three or four, where some can gain nothing: the walks end, and in few programmes."""
    made = Scenario.model_validate(random_document(Random(seed), signatories=3 + seed % 2))
    statuses = {
        name: bargain.solve(made, concept(name), "lotteries").status
        for name in ("nash", "raiffa_discrete", "raiffa_continuous")
    }
    assert len(set(statuses.values())) == 1, statuses


def _chain(reference: Reference) -> list[polygon.Point]:
    gains = map(reference.gains_of, reference.possible)
    return polygon.efficient_chain((first, second) for first, second in gains)


def _at(payoffs: object, reference: Reference, gains: tuple[Fraction, ...]) -> bool:
    assert hasattr(payoffs, "get")
    return all(
        near(payoffs.get(name, np.nan), gain + reference.disagreement[name], EXACT)
        for name, gain in zip(reference.signatories, gains, strict=True)
    )


def _frontier_complaints(answers: Comparison, wanted: list[polygon.Point], d: polygon.Point) -> Iterator[str]:
    listed = sorted(map(tuple, [] if answers.frontier is None else answers.frontier.tolist()))
    if len(listed) != len(wanted) or not np.allclose(listed, np.array(sorted(wanted), dtype=float), rtol=0, atol=EXACT):
        yield f"frontier {listed} instead of {np.array(sorted(wanted), dtype=float).tolist()}"
    size = sum(u >= d[0] and v >= d[1] for u, v in wanted)
    if answers.rational_size != size:
        yield f"rational_size {answers.rational_size} instead of {size}"


def _no_deal(answers: Comparison, minimum: float) -> Iterator[str]:
    for name in CONCEPTS:
        solution = answers[name]
        if solution.status != "no_agreement":
            yield f"{name}: status {solution.status} instead of no_agreement"
        elif not near(solution.certificate["largest_minimum_gain"], minimum, EXACT):
            found = solution.certificate["largest_minimum_gain"]
            yield f"{name}: largest_minimum_gain {found} instead of {minimum}"


def _program_complaints(reference: Reference, answers: Comparison) -> Iterator[str]:
    names = reference.signatories
    d = np.array([float(reference.disagreement[name]) for name in names])
    lotteries = Lotteries(np.array([list(map(float, reference.gains_of(deal))) for deal in reference.possible]))
    if lotteries.largest_minimum_gain < -1e-7:
        yield from _no_deal(answers, lotteries.largest_minimum_gain)
        return
    statuses = {name: answers[name].status for name in CONCEPTS}
    if set(statuses.values()) != {"agreement"}:
        yield f"statuses {statuses}, though everybody can gain {lotteries.largest_minimum_gain}"
        return
    gains = {name: np.array([answers[name].payoffs[player] for player in names]) - d for name in CONCEPTS}
    ideal = answers.ideal or {}
    if not np.allclose([ideal.get(name, np.nan) for name in names] - d, lotteries.ideal, rtol=PROGRAM, atol=PROGRAM):
        yield f"ideal {answers.ideal} instead of gains {lotteries.ideal}"
    equal = lotteries.leximin([1.0] * len(names))
    ratios = lotteries.leximin(lotteries.ideal)
    for name, wanted in {"egalitarian": equal, "leximin": equal, "kalai_smorodinsky": ratios}.items():
        if not np.allclose(gains[name], wanted, rtol=PROGRAM, atol=PROGRAM):
            yield f"{name}: gains {gains[name]} instead of {wanted}"
    excess = lotteries.gap(np.ones(len(names)), gains["utilitarian"])
    if not excess <= PROGRAM:
        yield f"utilitarian: {gains['utilitarian']} is {excess} below the largest sum"
    powers = np.array([float(reference.document["players"][name].get("power", 1)) for name in names])
    for name, exponents in {"nash": np.ones(len(names)), "asymmetric_nash": powers}.items():
        yield from _price_complaints(name, lotteries, gains[name], exponents)


def _price_complaints(name: str, lotteries: Lotteries, gains: np.ndarray, powers: np.ndarray) -> Iterator[str]:
    """If at prices power/gain nothing rational is worth more, no product is larger either."""
    able = np.array(lotteries.ideal) > 1e-7
    if np.any(able != (gains > 1e-9)):
        yield f"{name}: gains {gains}, although the players {able} can gain (and then all of them at once)"
        return
    price = np.where(able, powers / powers.sum() / np.where(able, gains, 1), 0.0)
    excess = lotteries.gap(price, gains)
    if not excess <= 1e-6:
        yield f"{name}: {gains} may miss the largest product by {excess} (relative)"


def assert_judged(document: Document) -> None:
    """No complaint; otherwise the whole scenario is shown beside what differs."""
    complaints = complaints_about(document)
    assert not complaints, "\n".join([*complaints, json.dumps(document)])


@pytest.mark.parametrize("batch", range(10))
def test_two_signatories(batch: int) -> None:
    for seed in range(BATCH * batch, BATCH * (batch + 1)):
        assert_judged(random_document(Random(seed), signatories=2))


@pytest.mark.parametrize("batch", range(2))
def test_more_signatories(batch: int) -> None:
    for seed in range(BATCH * batch, BATCH * (batch + 1)):
        assert_judged(random_document(Random(seed), signatories=3 + seed % 2))


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(300))
def test_many(batch: int) -> None:
    for seed in range(10_000 + BATCH * batch, 10_000 + BATCH * (batch + 1)):
        assert_judged(random_document(Random(seed)))


@pytest.mark.parametrize("batch", range(10))
def test_not_everybody_can_gain(batch: int) -> None:
    for seed in range(BATCH * batch, BATCH * (batch + 1)):
        rng = Random(seed)
        n = rng.choice([2, 3])
        rows = [tuple(rng.choice([0, 0, 0, 1, 2, -1]) for _ in range(n)) for _ in range(rng.randint(1, 8))]
        assert_judged(table_document(rows, (0,) * n))


@pytest.mark.parametrize("batch", range(5))
def test_no_deal_says_whether_lotteries_would_help(batch: int) -> None:
    for seed in range(BATCH * batch, BATCH * (batch + 1)):
        document = random_document(Random(seed), signatories=2, disagreement="outside")
        reference = Reference(document)
        if reference.rational:
            continue
        helps = bool(polygon.rational_part(_chain(reference)))
        said = comparison(document)["nash"].certificate["lotteries_would_help"]
        assert said == helps, json.dumps(document)
