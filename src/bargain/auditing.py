"""Put concepts before axioms: what they keep in general, and what their answers break on one scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bargain.axioms import AXIOMS, Answer, Axiom, Situation, Voice
from bargain.axioms.axiom import number
from bargain.axioms.removals import MOST
from bargain.concepts import CATALOGUE, Concept
from bargain.concepts.asking import require_concepts, require_regime
from bargain.model.agreements import Agreements
from bargain.model.audit import Asked, Audit, Trial
from bargain.model.results import Regime
from bargain.model.scenario import Scenario
from bargain.model.tabulate import tabulate
from bargain.model.wording import in_words
from bargain.solving import compare

__all__ = ["audit"]

Floats = NDArray[np.float64]

FEW = 8
"""Efficient payoffs up to which lotteries among three and more are tried: beyond, it takes minutes."""
LONGEST = 60
"""Agreements that take more letters than this in words are called by their payoffs."""


def audit(
    problem: Agreements | Scenario,
    concepts: Sequence[Concept] | None = None,
    axioms: Sequence[Axiom] = AXIOMS,
    regime: Regime = "pure",
) -> Audit:
    """Which concepts keep the axioms in general, and which answers to this scenario break one.

    A concept keeps an axiom *in general* if it does so in every problem with as many signatories; that is its claim,
    tested on random problems. *Here* it is tried on the efficient agreements of the scenario: units are changed, an
    agreement nobody chose is taken off the table, no deal becomes better for one player, and so on, axiom by axiom.
    No violation here does not prove that there is none. Without ``concepts`` all over agreements are asked.

    >>> import bargain
    >>> found = bargain.audit(bargain.read("teaching/polygon"), axioms=[bargain.axioms.independence])
    >>> "kalai_smorodinsky" in found.satisfying
    False
    >>> found.of("independence")[0].concept, found.of("independence")[0].claim
    ('nash', 'kept')
    """
    agreements = problem if isinstance(problem, Agreements) else tabulate(problem)
    concepts = CATALOGUE if concepts is None else concepts
    require_concepts(concepts)
    require_regime(regime)
    judged = [concept for concept in concepts if concept.over == "agreements"]
    situation, remarks = _situation(agreements, regime)
    voice = _voice(agreements)
    return Audit(
        comparison=compare(agreements, judged, regime),
        axioms=[Asked(axiom.name, axiom.title, axiom.definition, axiom.source) for axiom in axioms],
        titles={concept.name: concept.title for concept in concepts},
        trials=[_trial(agreements, concept, axiom, regime, situation, voice) for axiom in axioms for concept in judged],
        remarks=remarks + _left_out(concepts, judged),
    )


def _situation(agreements: Agreements, regime: Regime) -> tuple[Situation | None, list[str]]:
    """The scenario as the axioms see it, None where they cannot; and what to say about it."""
    if agreements.size == 0:
        return None, ["the rules and red lines leave no possible agreement, so there is nothing to try here"]
    points = agreements.frontier.points
    if regime == "lotteries" and len(agreements.signatories) > 2 and len(points) > FEW:
        told = f"with lotteries among three and more, axioms are tried on at most {FEW} efficient payoffs"
        return None, [f"{told}, and here are {len(points)}"]
    situation = Situation(points, agreements.threat_point, agreements.powers, regime)
    remarks = []
    if not situation.regular:
        remarks.append("not everybody can gain at once here, and most axioms speak of problems in which everybody can")
    if agreements.grid:
        remarks.append("continuous issues are tried on their grid")
    if len(points) > MOST and situation.regular:
        situation = situation.rational_part()
        left = len(situation.points)
        remarks.append(f"of {left} efficient payoffs that nobody would refuse, about {MOST} are taken away in turn")
    return situation, remarks


def _left_out(concepts: Sequence[Concept], judged: Sequence[Concept]) -> list[str]:
    others = [concept.title for concept in concepts if concept not in judged]
    return [f"{', '.join(others)}: not a rule over payoffs, which these axioms are about"] if others else []


def _trial(
    agreements: Agreements, concept: Concept, axiom: Axiom, regime: Regime, situation: Situation | None, voice: Voice
) -> Trial:
    claim = concept.claims.standing(axiom, regime, len(agreements.signatories))
    violation = axiom.violation(concept, situation) if situation is not None else None
    if violation is None:
        return Trial(concept.name, axiom.name, claim)
    return Trial(
        concept.name,
        axiom.name,
        claim,
        violation.told(voice),
        _by_name(agreements, violation.answer),
        _by_name(agreements, violation.after),
    )


def _by_name(agreements: Agreements, answer: Answer | None) -> list[Mapping[str, float]]:
    rows = answer.points.tolist() if answer is not None else []
    return [dict(zip(agreements.signatories, row, strict=True)) for row in rows]


def _voice(agreements: Agreements) -> Voice:
    """Players by their titles, agreements in words where these are few, and always by what they pay."""
    titles = [agreements.scenario.title_of(name) for name in agreements.signatories]
    points = agreements.frontier.points if agreements.size else np.zeros((0, len(titles)))

    def label(point: Floats) -> str:
        paid = ", ".join(f"{title} {number(payoff)}" for title, payoff in zip(titles, point.tolist(), strict=True))
        row = np.flatnonzero((np.abs(points - point) <= 1e-9 * np.abs(points).max(initial=1.0)).all(axis=1))
        words = _in_few_words(agreements, int(row[0])) if len(row) else None
        return f"{words} ({paid})" if words else f"({paid})"

    return Voice(titles, label)


def _in_few_words(agreements: Agreements, row: int) -> str | None:
    """An agreement in words, if they are few: the setting of a single issue, or all settings with their issues."""
    (agreement, *_), _ = agreements.first([row], 1)
    settled = in_words(agreements.scenario, agreement)
    words = settled[0][1] if len(settled) == 1 else ", ".join(f"{issue}: {setting}" for issue, setting in settled)
    return f"“{words}”" if len(words) <= LONGEST else None
