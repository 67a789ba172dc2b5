"""Asks that imitate how the others moved."""

from __future__ import annotations

from bargain.protocols.concession.ground import Ask, Moment
from bargain.protocols.concession.strategies import TitForTat

__all__ = ["ask"]


def ask(strategy: TitForTat, moment: Moment) -> Ask:
    """Move from one's last target by the step of the others, kept between disagreement and one's best.

    Before there is a step to imitate one stays where one is, which at first is one's best. The step counts from the
    last target, not from the last point, so that small steps add up where points are far apart. Among more than two it
    is the mean of the others' steps, as seen from one's own gains. Ratios need gains above zero; from zero on, the step
    is imitated in absolute terms.
    """
    last = moment.own[-1].target if moment.own else moment.best
    seen = _step(strategy, moment)
    if seen is None:
        return moment.ground.asking(moment.player, last)
    old, new = seen
    if strategy.kind == "absolute" or min(old, new) <= moment.ground.slack[moment.player]:
        target = last - (new - old) - strategy.noise * moment.draw
    else:
        target = last * old / new
    return moment.ground.asking(moment.player, min(max(target, 0.0), moment.best))


def _step(strategy: TitForTat, moment: Moment) -> tuple[float, float] | None:
    """One's mean gain from the others' offers before and after the step that is imitated."""
    newer = 1 if strategy.kind == "averaged" else strategy.lag
    older = 1 + strategy.lag
    heard = [said for player, said in enumerate(moment.said) if player != moment.player and len(said) >= older]
    if not heard:
        return None
    old = sum(moment.gain(said[-older].place) for said in heard) / len(heard)
    new = sum(moment.gain(said[-newer].place) for said in heard) / len(heard)
    return old, new
