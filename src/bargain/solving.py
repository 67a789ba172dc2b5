"""Apply a concept to a scenario and say the result in the scenario's own words, with its certificate.

``solve`` applies one concept, ``compare`` several, ``evaluate`` judges somebody's own proposal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.concepts import Concept
from bargain.concepts.asking import require_concept, require_concepts, require_regime
from bargain.concepts.concept import Evidence, Finding
from bargain.concepts.standing import missing_ground, standing_on
from bargain.dividing import divide, stakes_of
from bargain.errors import NotApplicable, NotConverged, TooManyAgreements, UsageError
from bargain.geometry.choice import Choice, FeasibleSet, Mixture
from bargain.model.agreements import Agreements
from bargain.model.conditions import Setting
from bargain.model.proposal import settle
from bargain.model.results import Agreement, Alternative, Comparison, Evaluation, Regime, Solution
from bargain.model.scenario import Scenario
from bargain.model.table import obstacles_to
from bargain.model.tabulate import tabulate

__all__ = ["compare", "evaluate", "solve"]

LISTED_TIES = 50
"""Other agreements with the same objective that a solution lists; all of them are counted."""
LISTED_FRONTIER = 100_000
"""Above so many efficient points the frontier is not listed."""

BY_MAJORITY = (
    "concepts ask for the consent of everybody who signs, and the file settles by majority; "
    "try `bargain play FILE legislative`"
)

Problem = Agreements | Scenario


def solve(problem: Problem, concept: Concept, regime: Regime = "pure") -> Solution:
    """What a concept picks.

    Parameters
    ----------
    problem : a scenario, or its `Agreements` (tabulated once, for several questions).
    concept : a concept object such as `bargain.nash`; one over coalitions divides what the file says they are worth.
    regime : ``"pure"`` (one agreement is signed) or ``"lotteries"`` (random draws are allowed).

    Returns
    -------
    A `Solution`. "No agreement" and "not applicable" are statuses, not errors.

    Raises
    ------
    UsageError
        if the regime, the concept or the problem is not one.
    """
    require_concept(concept)
    require_regime(regime)
    _require_problem(problem)
    scenario = problem.scenario if isinstance(problem, Agreements) else problem
    if concept.over in ("coalitions", "claims"):
        return divide(scenario, concept, regime)
    if not scenario.has_agreements:
        reason = missing_ground(concept.over, scenario)
        return Solution(concept.name, "not_applicable", regime, reason=reason, over=concept.over)
    if scenario.consent.rule != "unanimity":
        return Solution(concept.name, "not_applicable", regime, reason=BY_MAJORITY, over=concept.over)
    agreements = _tabulated(problem)
    if agreements.empty:
        return _impossible(agreements, concept, regime)
    try:
        feasible = _feasible_set(agreements, regime)
        if not feasible.rational:
            return _no_agreement(agreements, concept, regime, feasible)
        ground = agreements.items(mixes=feasible.mixes) if concept.over == "items" else feasible
        finding = concept(ground)
    except NotApplicable as reason:
        return Solution(concept.name, "not_applicable", regime, reason=str(reason))
    return _agreement(agreements, concept, regime, ground.method, finding)


def compare(problem: Problem, concepts: Sequence[Concept] | None = None, regime: Regime = "pure") -> Comparison:
    """Several concepts on one scenario, with what they share: disagreement, ideal point, frontier.

    Without ``concepts`` all that stand on what the scenario has: agreements to choose, coalitions, claims.
    Raises `UsageError` if the regime, a concept or the problem is not one.
    """
    if concepts is not None:
        require_concepts(concepts)
    require_regime(regime)
    agreements = _tabulated(problem)
    chosen = standing_on(agreements.scenario) if concepts is None else concepts
    alone = len(chosen) == 1
    solutions = tuple((solve if alone else _solve_beside_others)(agreements, concept, regime) for concept in chosen)
    frontier, rational, ideal, doubt = _shared(agreements, regime)
    return Comparison(
        agreements=agreements,
        regime=regime,
        disagreement=agreements.disagreement,
        ideal=ideal,
        ideal_doubt=doubt,
        frontier=frontier,
        rational_size=rational,
        solutions=solutions,
        grid=agreements.grid or None,
        stakes=stakes_of(agreements.scenario),
    )


def _solve_beside_others(agreements: Agreements, concept: Concept, regime: Regime) -> Solution:
    """What a concept picks; a search that comes to no end is said in its place and leaves the other answers alone."""
    try:
        return solve(agreements, concept, regime)
    except NotConverged as failure:
        reason = f"no answer was found: {failure}"
        return Solution(concept.name, "not_applicable", regime, reason=reason, over=concept.over)


def evaluate(problem: Problem, agreement: Mapping[str, Setting]) -> Evaluation:
    """Judge somebody's own proposal: payoffs, who would refuse it, what is better for everyone.

    The better agreement is the leximin improvement on the proposal: the possible agreement at which the smallest
    improvement over it is largest.

    Parameters
    ----------
    problem : a scenario, or its `Agreements`.
    agreement : every issue -> an option, a number, or shares ``{player: share}`` (those left out are 0).

    Raises
    ------
    UsageError
        naming everything that keeps ``agreement`` from settling the issues.
    """
    agreements = _tabulated(problem)
    if not agreements.scenario.has_agreements:
        raise UsageError(f"there is no proposal to evaluate: {missing_ground('agreements', agreements.scenario)}")
    agreement = _settled(agreements.scenario, agreement)
    payoffs = agreements.payoffs_of(agreement)
    without = agreements.disagreement
    gains = {name: payoffs[name] - without[name] for name in payoffs}
    dust = _by_name(agreements, agreements.menu().tolerance if not agreements.empty else agreements.rounding)
    better, distance = _improvement(agreements, payoffs)
    return Evaluation(
        agreements=agreements,
        agreement=agreement,
        payoffs=payoffs,
        gains=gains,
        obstacles=tuple(obstacles_to(agreements.scenario, agreement)),
        refused_by=tuple(name for name in agreements.signatories if gains[name] < -dust[name]),
        better=better,
        distance=distance,
    )


def _tabulated(problem: Problem) -> Agreements:
    _require_problem(problem)
    return problem if isinstance(problem, Agreements) else tabulate(problem)


def _require_problem(problem: object) -> None:
    if isinstance(problem, Agreements | Scenario):
        return
    written = "bargain.parse(…)" if isinstance(problem, Mapping) else "bargain.read(…)"
    raise UsageError(f"expected a scenario, found a {type(problem).__name__}", hint=f"write {written} around it")


def _settled(scenario: Scenario, agreement: object) -> dict[str, Setting]:
    """The agreement, complete and in file order."""
    if not isinstance(agreement, Mapping):
        found = type(agreement).__name__
        raise UsageError(f"expected an agreement, found a {found}", hint="write {issue: setting, …}")
    settled, mistakes = settle(scenario, agreement)
    if mistakes:
        raise UsageError("this is no agreement: " + "\n  ".join(mistakes))
    return settled


def _feasible_set(agreements: Agreements, regime: Regime) -> FeasibleSet:
    return agreements.menu() if regime == "pure" else agreements.hull()


def _shared(
    agreements: Agreements, regime: Regime
) -> tuple[NDArray[np.float64] | None, int | None, dict[str, float] | None, float]:
    """The frontier, how many of its points are rational, the ideal point, and by how much that may be higher."""
    if not agreements.scenario.has_agreements:
        return None, None, None, 0.0
    if agreements.empty:
        return np.zeros((0, len(agreements.signatories))), 0, None, 0.0
    feasible = _feasible_set(agreements, regime)
    ideal = _by_name(agreements, feasible.ideal) if feasible.rational else None
    doubt = feasible.ideal_doubt if feasible.rational else 0.0
    if not agreements.frontier_listed:
        return None, None, ideal, doubt
    try:
        points = feasible.points
    except TooManyAgreements:
        return None, None, ideal, doubt
    if len(points) > LISTED_FRONTIER:
        return None, None, ideal, doubt
    return points, len(feasible.rational_rows), ideal, doubt


def _by_name(agreements: Agreements, numbers: NDArray[np.float64]) -> dict[str, float]:
    return dict(zip(agreements.signatories, numbers.tolist(), strict=True))


def _agreement(agreements: Agreements, concept: Concept, regime: Regime, method: str, finding: Finding) -> Solution:
    choice = finding.choice
    if regime == "pure":
        lottery, others, count = _pure_answer(agreements, choice)
    else:
        lottery, others, count = _lottery_answer(agreements, choice)
    payoffs = _expected(agreements, lottery)
    shown = np.array([payoffs[name] for name in agreements.signatories])
    return Solution(
        concept=concept.name,
        status="agreement",
        regime=regime,
        payoffs=payoffs,
        paper=payoffs,
        gains=_gains(agreements, payoffs),
        agreement=lottery[0][1] if len(lottery) == 1 else None,
        lottery=None if regime == "pure" else lottery,
        ties=others,
        tie_count=count,
        certificate=_certificate(agreements, method, choice, finding.evidence(shown)),
    )


Lottery = Sequence[tuple[float, Agreement]]


def _pure_answer(agreements: Agreements, choice: Choice) -> tuple[Lottery, tuple[Alternative, ...], int]:
    """The first of all tied agreements in file order, the next fifty, and how many others there are."""
    places = [mixture[0][1] for mixture in choice.mixtures]
    (first, *others), count = agreements.first(places, LISTED_TIES + 1)
    alternatives = tuple(Alternative(other, agreements.payoffs_of(other)) for other in others)
    return ((1.0, first),), alternatives, count - 1


def _lottery_answer(agreements: Agreements, choice: Choice) -> tuple[Lottery, tuple[Alternative, ...], int]:
    """The first tied mixture, each place by its first agreement; other single agreements are listed."""
    mixtures = [_spelled_out(agreements, mixture) for mixture in choice.mixtures]
    chosen = mixtures[0]
    certain = agreements.certain(choice.points[0]) if len(chosen) > 1 else None
    if certain is not None:
        return _spelled_out(agreements, certain), (), 0
    singles = [mixture[0][1] for mixture in choice.mixtures if len(mixture) == 1]
    listed = agreements.first(singles, LISTED_TIES + 1)[0] if singles else []
    others = [agreement for agreement in listed if len(chosen) > 1 or agreement != chosen[0][1]]
    alternatives = tuple(Alternative(other, agreements.payoffs_of(other)) for other in others[:LISTED_TIES])
    count = sum(_ways(agreements, mixture) for mixture in choice.mixtures) - 1
    return chosen, alternatives, count


def _spelled_out(agreements: Agreements, mixture: Mixture) -> Lottery:
    return tuple((chance, agreements.first([place], 1)[0][0]) for chance, place in mixture)


def _ways(agreements: Agreements, mixture: Mixture) -> int:
    """How many lotteries over single agreements give this mixture of payoffs."""
    return prod(agreements.first([place], 1)[1] for _, place in mixture)


def _expected(agreements: Agreements, lottery: Lottery) -> dict[str, float]:
    """Every player's mean payoff."""
    if len(lottery) == 1:
        return agreements.payoffs_of(lottery[0][1])
    parts = [(chance, agreements.payoffs_of(agreement)) for chance, agreement in lottery]
    return {name: sum(chance * payoffs[name] for chance, payoffs in parts) for name in agreements.scenario.players}


def _gains(agreements: Agreements, payoffs: Mapping[str, float]) -> dict[str, float]:
    return {name: payoff - agreements.disagreement[name] for name, payoff in payoffs.items()}


def _certificate(agreements: Agreements, method: str, choice: Choice, evidence: Evidence) -> dict[str, Any]:
    """Method, proof and evidence as plain values, arrays and tuples spelled out by signatory."""
    certificate: dict[str, Any] = {"method": method, "proof": choice.proof}
    if choice.residual is not None:
        certificate["residual"] = choice.residual
    if choice.gap is not None:
        certificate["gap"] = choice.gap
    if choice.continuum:
        certificate["continuum"] = True
    for key, entry in evidence.items():
        certificate[key] = _plain(agreements, entry)
    if choice.prices is not None:
        certificate["prices"] = _plain(agreements, choice.prices)
    return certificate


def _plain(agreements: Agreements, entry: object) -> Any:
    if isinstance(entry, np.ndarray) and entry.ndim == 2:
        return [_plain(agreements, row) for row in entry]
    if isinstance(entry, np.ndarray):
        finite = zip(agreements.signatories, entry.tolist(), strict=True)
        return {name: x for name, x in finite if np.isfinite(x)}
    if isinstance(entry, tuple):
        return dict(zip(agreements.signatories, entry, strict=True))
    return entry.item() if isinstance(entry, np.generic) else entry


def _impossible(agreements: Agreements, concept: Concept, regime: Regime) -> Solution:
    """Rules and red lines leave nothing that could be signed."""
    certificate: dict[str, Any] = {"largest_minimum_gain": None, "binding": [], "lotteries_would_help": False}
    reason = "the rules and red lines leave no possible agreement"
    return _left_without(agreements, concept, regime, certificate, reason)


def _no_agreement(agreements: Agreements, concept: Concept, regime: Regime, feasible: FeasibleSet) -> Solution:
    """Nothing leaves everybody as well off as without a deal: who cannot be satisfied together, and by how much."""
    outlook = feasible.outlook
    closest = _spelled_out(agreements, outlook.place)
    certificate: dict[str, Any] = {
        "method": feasible.method,
        "largest_minimum_gain": outlook.least_gain,
        "binding": [agreements.signatories[column] for column in outlook.binding],
        "closest_agreement": closest[0][1] if len(closest) == 1 else None,
        "closest_payoffs": _expected(agreements, closest),
        "lotteries_would_help": regime == "pure" and _lotteries_would_help(agreements),
    }
    if outlook.proof != "exact":
        certificate["proof"] = outlook.proof
    return _left_without(agreements, concept, regime, certificate)


def _left_without(
    agreements: Agreements, concept: Concept, regime: Regime, certificate: dict[str, Any], reason: str | None = None
) -> Solution:
    """Everybody gets its disagreement payoff."""
    without = agreements.disagreement
    return Solution(
        concept=concept.name,
        status="no_agreement",
        regime=regime,
        payoffs=without,
        paper=without,
        gains=dict.fromkeys(without, 0.0),
        certificate=certificate,
        reason=reason,
    )


def _lotteries_would_help(agreements: Agreements) -> bool | None:
    """Whether some lottery over agreements leaves nobody below disagreement in expectation; None if nobody knows."""
    if not (agreements.attitudes.neutral or agreements.frontier_listed):
        from bargain.geometry.unlisted.vast import Vast

        menu = agreements.menu()
        assert isinstance(menu, Vast)
        return menu.lotteries_help
    return agreements.hull().rational


def _improvement(agreements: Agreements, payoffs: Mapping[str, float]) -> tuple[Solution | None, float]:
    """The leximin improvement on given payoffs (None if they are efficient), and the largest gain for everybody."""
    if agreements.empty:
        return None, 0.0
    standing = np.array([payoffs[name] for name in agreements.signatories])
    feasible = agreements.seen_from(standing)
    distance = max(0.0, feasible.outlook.least_gain)
    if not feasible.rational:
        return None, distance
    choice = feasible.along(np.ones_like(standing))
    if (choice.points[0] - standing <= 10 * feasible.tolerance).all():
        return None, distance
    lottery, others, count = _pure_answer(agreements, choice)
    better = lottery[0][1]
    worth = agreements.payoffs_of(better)
    solution = Solution(
        concept="improvement",
        status="agreement",
        payoffs=worth,
        paper=worth,
        gains={name: worth[name] - payoffs[name] for name in worth},
        agreement=better,
        ties=others,
        tie_count=count,
    )
    return solution, distance
