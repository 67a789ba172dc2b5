"""The comparison of the package with a reference: every complaint in words, so that a failure can be read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import bargain
from bargain.concepts import CATALOGUE
from bargain.model.results import Comparison, Solution
from bargain.model.scenario import Scenario
from oracles.brute import DUST, Answer, Deal, Reference, exact

CONCEPTS = tuple(entry.name for entry in CATALOGUE if None not in (entry.claims.pure, entry.claims.lotteries))
"""The concepts that are defined in both regimes and for any number of players."""
MOST_TIES = 50
WITHIN = 1e-9


def concept(name: str) -> Any:
    """The package's concept of a name."""
    return next(entry for entry in CATALOGUE if entry.name == name)


def comparison(document: Mapping[str, Any], regime: str = "pure") -> Comparison:
    """The package's answers on a document."""
    chosen = [concept(name) for name in CONCEPTS]
    return bargain.compare(bargain.tabulate(Scenario.model_validate(document)), chosen, regime)


def near(a: float | Any, b: float | Any, within: float = WITHIN) -> bool:
    """Equal up to a tolerance, relative above 1."""
    return bool(abs(float(a) - float(b)) <= within * max(1.0, abs(float(a)), abs(float(b))))


def same_payoffs(a: Mapping[str, Any], b: Mapping[str, Any], within: float = WITHIN) -> bool:
    """Payoffs of the same players, equal up to a tolerance."""
    return set(a) == set(b) and all(near(a[player], b[player], within) for player in a)


def same_setting(a: Any, b: Any) -> bool:
    """The same option, number or shares."""
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        return all(near(a.get(player, 0), b.get(player, 0)) for player in {*a, *b})
    if isinstance(a, str) or isinstance(b, str):
        return bool(a == b)
    return near(a, b)


def same_agreement(a: Mapping[str, Any] | None, b: Mapping[str, Any]) -> bool:
    """The same setting of the same issues."""
    return a is not None and set(a) == set(b) and all(same_setting(a[issue], b[issue]) for issue in a)


def pure_complaints(document: Mapping[str, Any]) -> list[str]:
    """Everything in the pure regime in which package and reference differ on a discrete scenario."""
    reference = Reference(document)
    answers = comparison(document)
    complaints = list(_common(reference, answers))
    for name in CONCEPTS:
        complaints += [f"{name}: {text}" for text in _solution(reference, reference.solve(name), answers[name])]
    return complaints


def _common(reference: Reference, answers: Comparison) -> Iterator[str]:
    if not same_payoffs(answers.disagreement, reference.disagreement):
        yield f"disagreement {answers.disagreement} instead of {_plain(reference.disagreement)}"
    ideal = reference.ideal
    if (answers.ideal is None) != (ideal is None) or (ideal and not same_payoffs(answers.ideal or {}, ideal)):
        yield f"ideal {answers.ideal} instead of {ideal and _plain(ideal)}"
    listed = sorted(tuple(map(float, point)) for point in (answers.frontier if answers.frontier is not None else []))
    wanted = sorted(tuple(map(float, point)) for point in reference.frontier)
    if len(listed) != len(wanted) or not all(
        near(a, b) for one, other in zip(listed, wanted, strict=True) for a, b in zip(one, other, strict=True)
    ):
        yield f"frontier {listed} instead of {wanted}"
    if answers.frontier_size != len(wanted):
        yield f"frontier_size {answers.frontier_size} instead of {len(wanted)}"
    if answers.rational_size != reference.rational_size:
        yield f"rational_size {answers.rational_size} instead of {reference.rational_size}"


def _solution(reference: Reference, answer: Answer, solution: Solution) -> Iterator[str]:
    if solution.status != answer.status:
        yield f"status {solution.status} instead of {answer.status}"
    elif answer.status == "no_agreement":
        yield from _no_agreement(reference, solution)
    else:
        yield from _agreement(reference, answer.winners, solution)


def _no_agreement(reference: Reference, solution: Solution) -> Iterator[str]:
    if not same_payoffs(solution.payoffs, reference.disagreement):
        yield f"payoffs {solution.payoffs} without agreement instead of {_plain(reference.disagreement)}"
    if solution.agreement is not None or solution.ties or solution.tie_count:
        yield "an agreement or ties although nothing is agreed"
    certificate = solution.certificate
    if not near(certificate["largest_minimum_gain"], reference.largest_minimum_gain):
        found, wanted = certificate["largest_minimum_gain"], float(reference.largest_minimum_gain)
        yield f"largest_minimum_gain {found} instead of {wanted}"
    binding = [reference.binding(deal) for deal in reference.closest]
    if set(certificate["binding"]) not in binding:
        yield f"binding {certificate['binding']} instead of one of {binding}"


def _agreement(reference: Reference, winners: list[Deal] | Any, solution: Solution) -> Iterator[str]:
    first, others = winners[0], winners[1:]
    if not same_agreement(solution.agreement, first.agreement):
        yield f"agreement {solution.agreement} instead of {_shown(first)}"
    if not same_payoffs(solution.payoffs, first.payoffs):
        yield f"payoffs {solution.payoffs} instead of {_plain(first.payoffs)}"
    gains = {player: first.payoffs[player] - reference.disagreement[player] for player in first.payoffs}
    if not all(near(solution.gains[player], gains[player]) for player in reference.signatories):
        yield f"gains {solution.gains} instead of {_plain(gains)}"
    if solution.tie_count != len(others):
        yield f"tie_count {solution.tie_count} instead of {len(others)}"
    if len(solution.ties) != min(len(others), MOST_TIES):
        yield f"{len(solution.ties)} ties listed instead of {min(len(others), MOST_TIES)}"
    for tie, other in zip(solution.ties, others, strict=False):
        if not same_agreement(tie.agreement, other.agreement) or not same_payoffs(tie.payoffs, other.payoffs):
            yield f"tie {tie.agreement} paying {tie.payoffs} instead of {_shown(other)}"
    yield from _certificate(reference, first, solution)


def _certificate(reference: Reference, deal: Deal, solution: Solution) -> Iterator[str]:
    """What a reader can check by hand; products only where everybody gains."""
    gains, names = reference.gains_of(deal), reference.signatories
    powers = {name: exact(reference.document["players"][name].get("power", 1)) for name in names}
    shares = {name: float(power / sum(powers.values())) for name, power in powers.items()}
    ideal = reference.ideal or {}
    hopes = [ideal[name] - reference.disagreement[name] for name in names]
    ratios = {name: gain / hope for name, gain, hope in zip(names, gains, hopes, strict=True) if hope > DUST}
    wanted: dict[str, dict[str, Any]] = {
        "nash": {"product_of_gains": math.prod(gains)},
        "asymmetric_nash": {
            "product_of_gains": math.prod(
                float(gain) ** share for gain, share in zip(gains, shares.values(), strict=True)
            ),
            "powers": shares,
        },
        "kalai_smorodinsky": {
            "ratios": ratios,
            "ideal": ideal,
            "common_ratio": min(ratios.values(), default=None),
        },
        "utilitarian": {"sum_of_payoffs": sum(reference.point(deal))},
        "proportional": {
            "powers": shares,
            "gain_per_power": {name: float(g) / shares[name] for name, g in zip(names, gains, strict=True)},
        },
        "relative_utilitarian": {"sum_of_ratios": sum(ratios.values()), "ratios": ratios, "ideal": ideal},
        "equal_loss": {
            "losses": {name: ideal[name] - deal.payoffs[name] for name in names} if ideal else {},
            "ideal": ideal,
        },
        "egalitarian": {"smallest_gain": min(gains)},
        "leximin": {"smallest_gain": min(gains)},
    }
    for key, entry in wanted[solution.concept].items():
        if entry is None or (key == "product_of_gains" and min(gains) <= 0):
            continue
        found = solution.certificate.get(key)
        if isinstance(entry, dict):
            known = {name: number for name, number in (found or {}).items() if number is not None}
            if not same_payoffs(known, entry):
                yield f"{key} {found} instead of {_plain(entry)}"
        elif found is None or not near(found, entry):
            yield f"{key} {found} instead of {float(entry)}"


def _plain(payoffs: Mapping[str, Any]) -> dict[str, float]:
    return {player: float(payoff) for player, payoff in payoffs.items()}


def _shown(deal: Deal) -> str:
    agreement = {
        issue: setting if isinstance(setting, str) else float(setting) for issue, setting in deal.agreement.items()
    }
    return f"{agreement} paying {_plain(deal.payoffs)}"
