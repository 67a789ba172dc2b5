"""Put concepts before axioms: what they keep in general, and what their answers break on one scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.axioms import AXIOMS, Answer, Axiom, Domain, Situation, Voice
from bargain.axioms.axiom import Problem, number
from bargain.axioms.removals import MOST
from bargain.concepts import Concept
from bargain.concepts.asking import require_concepts, require_regime
from bargain.concepts.standing import missing_ground, standing_on
from bargain.errors import NotApplicable, UsageError
from bargain.games.core import CORNERS_FOR
from bargain.games.kinds import CoalitionGame
from bargain.model.agreements import Agreements
from bargain.model.audit import Asked, Audit, Trial
from bargain.model.game import game_of
from bargain.model.results import Ground, Regime
from bargain.model.scenario import Scenario
from bargain.model.tabulate import tabulate
from bargain.model.wording import in_words
from bargain.solving import compare

__all__ = ["audit"]

Floats = NDArray[np.float64]

FEW = 8
"""Efficient payoffs up to which lotteries among three and more are tried: beyond, it takes minutes."""
PLAYERS: Mapping[str, int] = {"coalitions": 6, "claims": 12}
"""Players up to which axioms are tried on a game, or on claims: beyond, it takes minutes."""
LONGEST = 60
"""Agreements that take more letters than this in words are called by their payoffs."""


def audit(
    problem: Agreements | Scenario,
    concepts: Sequence[Concept] | None = None,
    axioms: Sequence[Axiom] | None = None,
    regime: Regime = "pure",
) -> Audit:
    """Which concepts keep the axioms in general, and which answers to this scenario break one.

    A concept keeps an axiom *in general* if it does so in every problem of that kind with as many signatories; that is
    its claim, tested on random problems. *Here* it is tried on the scenario: units are changed, an agreement nobody
    chose is taken off the table, no deal becomes better for one player, a coalition is worth more, an estate grows, and
    so on, axiom by axiom. No violation here does not prove that there is none. Without ``concepts`` all that stand on
    what the scenario has are asked; without ``axioms`` all that are about that.

    Raises
    ------
    UsageError
        if an axiom is about something that the scenario does not have.

    >>> import bargain
    >>> found = bargain.audit(bargain.read("teaching/polygon"), axioms=[bargain.axioms.independence])
    >>> "kalai_smorodinsky" in found.satisfying
    False
    >>> found.of("independence")[0].concept, found.of("independence")[0].claim
    ('nash', 'kept')
    >>> bargain.audit(bargain.read("literature/talmud_estates"), axioms=[bargain.axioms.awards.self_duality]).satisfying
    ('shapley', 'nucleolus', 'proportional_awards')
    """
    agreements = problem if isinstance(problem, Agreements) else tabulate(problem)
    chosen = standing_on(agreements.scenario) if concepts is None else concepts
    require_concepts(chosen)
    require_regime(regime)
    asked = _asked_for(agreements, chosen, axioms, regime)
    judged = [concept for concept in chosen if any(_judges(axiom, concept) for axiom in asked)]
    stages = {ground: _stage(agreements, ground, regime) for ground in dict.fromkeys(axiom.over for axiom in asked)}
    return Audit(
        comparison=compare(agreements, judged, regime),
        axioms=[Asked(axiom.name, axiom.title, axiom.definition, axiom.source, axiom.over) for axiom in asked],
        titles={concept.name: concept.title for concept in chosen},
        trials=[
            _trial(agreements, concept, axiom, stages[axiom.over])
            for axiom in asked
            for concept in judged
            if _judges(axiom, concept)
        ],
        remarks=[remark for stage in stages.values() for remark in stage.remarks]
        + _left_out(agreements.scenario, [concept for concept in chosen if concept not in judged]),
    )


def _judges(axiom: Axiom, concept: Concept) -> bool:
    """Whether an axiom speaks of a concept: by what it is over, or by what it claims (the nucleolus, of estates)."""
    domain: Domain = "pure" if axiom.over == "agreements" else axiom.over
    return concept.over == axiom.over or concept.claims.of(domain) is not None


def _asked_for(
    agreements: Agreements, concepts: Sequence[Concept], axioms: Sequence[Axiom] | None, regime: Regime
) -> list[Axiom]:
    """The axioms that are about something the scenario has; a name that is about nothing here is refused."""
    asked = AXIOMS if axioms is None else axioms
    missing = {ground: _missing(agreements, ground, regime) for ground in dict.fromkeys(axiom.over for axiom in asked)}
    here = [axiom for axiom in asked if missing[axiom.over] is None]
    if axioms is None:
        return [axiom for axiom in here if any(_judges(axiom, concept) for concept in concepts)]
    names = {axiom.name for axiom in here}
    for axiom in asked:
        if axiom.name not in names:
            others = dict.fromkeys(one.name for one in AXIOMS if _missing(agreements, one.over, regime) is None)
            raise UsageError(
                f"{axiom.name} is an axiom over {axiom.over}, and {missing[axiom.over]}",
                hint=f"of this file one may ask {', '.join(others)}",
            )
    return here


def _missing(agreements: Agreements, ground: Ground, regime: Regime) -> str | None:
    """Why axioms over a ground have nothing to speak of here; None if they have."""
    reason = missing_ground(ground, agreements.scenario)
    if reason is not None or ground != "items":
        return reason
    if agreements.empty:
        return "the rules and red lines leave no possible agreement"
    try:
        agreements.items(mixes=regime == "lotteries")
    except NotApplicable as why:
        return str(why)
    return None


@dataclass(frozen=True)
class _Stage:
    """What axioms over one ground are tried on: the problem (None where they are not tried), and how to speak of it."""

    domain: Domain
    problem: Problem
    voice: Voice
    remarks: Sequence[str] = ()


def _stage(agreements: Agreements, ground: Ground, regime: Regime) -> _Stage:
    if ground == "agreements":
        situation, remarks = _situation(agreements, regime)
        return _Stage(regime, situation, _voice(agreements), remarks)
    titles = [agreements.scenario.title_of(name) for name in agreements.signatories]
    voice = Voice(titles, lambda point: f"({_paid(titles, point)})")
    if ground == "items":
        return _Stage(ground, agreements.items(mixes=regime == "lotteries"), voice)
    game, most = _game(agreements.scenario), PLAYERS[ground]
    if game.n > most:
        remark = f"axioms over {ground} are tried here with at most {most} players, and here are {game.n}"
        return _Stage(ground, None, voice, [remark])
    if ground == "claims":
        return _Stage(ground, game, voice)
    remark = (
        f"a set of divisions, as the core is, is tried by its corners, which are known for up to {CORNERS_FOR} players"
    )
    return _Stage(ground, game.table(), voice, [remark] if game.n > CORNERS_FOR else ())


def _game(scenario: Scenario) -> CoalitionGame:
    assert scenario.coalitions is not None
    return game_of(scenario.coalitions, scenario.signatories)


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


def _left_out(scenario: Scenario, others: Sequence[Concept]) -> list[str]:
    """Concepts that none of the axioms speaks of, and why, those with the same reason together."""
    titles: dict[str, list[str]] = {}
    for concept in others:
        reason = missing_ground(concept.over, scenario) or f"over {concept.over}, which these axioms are not about"
        titles.setdefault(reason, []).append(concept.title)
    return [f"{', '.join(named)}: {reason}" for reason, named in titles.items()]


def _trial(agreements: Agreements, concept: Concept, axiom: Axiom, stage: _Stage) -> Trial:
    claim = concept.claims.standing(axiom, stage.domain, len(agreements.signatories))
    violation = axiom.violation(concept, stage.problem) if stage.problem is not None else None
    if violation is None:
        return Trial(concept.name, axiom.name, claim, over=axiom.over)
    return Trial(
        concept.name,
        axiom.name,
        claim,
        violation.told(stage.voice),
        _by_name(agreements, violation.answer),
        _by_name(agreements, violation.after),
        axiom.over,
    )


def _by_name(agreements: Agreements, answer: Answer | None) -> list[Mapping[str, float]]:
    """Who gets what in each tied answer; nothing where only some of the players divide again."""
    if answer is None or answer.points.shape[1] != len(agreements.signatories):
        return []
    return [dict(zip(agreements.signatories, row, strict=True)) for row in answer.points.tolist()]


def _paid(titles: Sequence[str], point: Floats) -> str:
    return ", ".join(f"{title} {number(payoff)}" for title, payoff in zip(titles, point.tolist(), strict=True))


def _voice(agreements: Agreements) -> Voice:
    """Players by their titles, agreements in words where these are few, and always by what they pay."""
    titles = [agreements.scenario.title_of(name) for name in agreements.signatories]
    points = agreements.frontier.points if agreements.size else np.zeros((0, len(titles)))

    def label(point: Floats) -> str:
        paid = _paid(titles, point)
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
