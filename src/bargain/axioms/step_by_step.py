"""Step-by-step negotiation: settling a part first does not change the end."""

from collections.abc import Iterator
from dataclasses import replace

from bargain.axioms.answer import Rule, answer_of
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.removals import removals, rows_tried
from bargain.axioms.situation import Situation

__all__ = ["step_by_step"]


@axiom(
    title="Step-by-step negotiation",
    definition="settling first with less on the table, and going on from there as the new no deal, changes nothing",
    source="Kalai (1977), Proportional Solutions to Bargaining Situations, Econometrica 45(7), 1623-1630",
)
def step_by_step(rule: Rule, situation: Situation) -> Violation | None:
    """Tried with one agreement on the table at first, and with all but one; tied first answers are passed over.

    >>> from bargain.axioms import situation
    >>> from bargain.concepts import leximin
    >>> print(step_by_step.violation(leximin, situation([[3, 3], [5, 2], [2, 1]])))
    the answer is (3, 3); after a first step to (2, 1) it is (5, 2)
    """
    answer = answer_of(rule, situation)
    if answer is None:
        return None
    for smaller in _first_steps(situation):
        interim = answer_of(rule, smaller)
        if interim is None or len(interim.points) > 1:
            continue
        changed = situation.seen_from(interim.points[0])
        after = answer_of(rule, changed) if changed.regular else None
        if after is not None and not answer.same(after):
            sentence = ("the answer is ", answer, "; after a first step to ", interim.points[0], " it is ", after)
            return Violation(situation, answer, sentence, changed, after)
    return None


def _first_steps(situation: Situation) -> Iterator[Situation]:
    for row in rows_tried(situation):
        single = replace(situation, points=situation.points[[row]])
        if single.regular:
            yield single
    for _, smaller in removals(situation):
        yield smaller
