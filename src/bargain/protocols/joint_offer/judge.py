"""The judge: every strategy of a plan against every single deviation, and every number against its definition."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.joint_offer.concept_terms import shortfall
from bargain.protocols.joint_offer.plan import Known, Plan
from bargain.protocols.joint_offer.rules import JointOffer
from bargain.protocols.judging import TOLERANCE, Judgement

__all__ = ["judge"]

Floats = NDArray[np.float64]

BROKEN = 1.0
"""A broken rule that is no loss to who breaks it, such as refusing when indifferent, counts as all that is at stake."""


@dataclass
class _Tally:
    """The largest gain so far, as a part of what its owner has at stake."""

    largest: float = -np.inf
    where: str = ""
    checked: int = 0

    def note(self, gains: float | Floats, where: str) -> None:
        each = np.atleast_1d(np.asarray(gains, dtype=float))
        self.checked += each.size
        most = np.inf if np.isnan(each).any() else float(each.max(initial=-np.inf))
        if most > self.largest:
            self.largest, self.where = most, where

    def same(self, said: object, found: object, stake: float | Floats, where: str) -> None:
        """A number that is said against the number that is found."""
        if said is None or found is None:
            self.note(0.0 if said is found else BROKEN, where)
            return
        told, true = np.asarray(said, dtype=float), np.asarray(found, dtype=float)
        self.note(BROKEN if told.shape != true.shape else np.abs(told - true) / stake, where)


@dataclass(frozen=True)
class _Case:
    """The rules, what is at stake for members (m,) and types (K,), and what follows a refusal if the plan is kept."""

    rules: JointOffer
    stakes: Floats
    their_stakes: Floats

    def refusing(self, kind: int, plan: Plan) -> tuple[float, Floats]:
        """What a type and the members (m,) get if it refuses and makes the plan's demand."""
        rules, demand = self.rules, plan.demands[kind]
        theirs, ours = float(rules.outsider_refusal[kind]), rules.refusal[kind]
        if rules.counter is None or demand is None or not plan.signed[demand]:
            return theirs, ours
        gain = rules.outsider[demand, kind] - theirs
        patience = np.array(rules.counter.members)
        gains = rules.payoffs[demand] - ours
        return theirs + rules.going_on * rules.patience[kind] * gain, ours + rules.going_on * patience * gains


def judge(rules: JointOffer, plan: Plan) -> Judgement:
    """The largest gain from one deviation at any decision of the plan, as a part of what its owner has at stake.

    Decisions: whether the bloc signs each demand; what each type demands; how each type answers every offer; what the
    bloc offers (against its concept's objective, efficiency, and walking out). Beliefs, payoffs, chances and the
    answers to "what if" are recomputed. For a concept whose objective is not known here the choice is only checked to
    be efficient and to leave no member below walking out.
    """
    case = _Case(
        rules, _at_stake(rules.payoffs, rules.refusal), _at_stake(rules.outsider, rules.outsider_refusal[None])
    )
    tally = _Tally()
    _signing(case, plan, tally)
    for kind in range(len(rules.types)):
        _demanding(case, plan, kind, tally)
        _answering(case, plan, kind, tally)
    worth = _worth_of_offers(case, plan)
    _offering(case, plan, worth, tally)
    _believing(case, plan, tally)
    _outcome(case, plan, worth, tally)
    for kind, (informed, together) in enumerate(zip(plan.informed, plan.together, strict=True)):
        _informed(case, plan, kind, informed, tally)
        _together(case, kind, together, tally)
    return Judgement(tally.largest, 1.0, tally.checked, tally.where, TOLERANCE)


def _at_stake(payoffs: Floats, without: Floats) -> Floats:
    """(n,) the range of payoffs of each, 1 where nothing is at stake."""
    both = np.vstack([payoffs, without])
    spread = both.max(axis=0) - both.min(axis=0)
    return np.where(spread > 0, spread, 1.0)


def _signing(case: _Case, plan: Plan, tally: _Tally) -> None:
    """No member loses by signing what is signed; nothing is turned down that all would take."""
    if case.rules.going_on == 0:
        tally.note(BROKEN if plan.signed.any() else 0.0, "signing a demand that cannot be made")
        return
    for kind, name in enumerate(case.rules.types):
        losses = (case.rules.refusal[kind] - case.rules.payoffs) / case.stakes
        tally.note(losses[plan.signed], f"a member signing a demand of {name}")
        accepted_by_all = (losses <= 0).all(axis=1) & ~plan.signed
        tally.note(BROKEN if accepted_by_all.any() else 0.0, f"the bloc turning down a demand of {name}")


def _demanding(case: _Case, plan: Plan, kind: int, tally: _Tally) -> None:
    """No demand would be better for a type; of equal ones it makes the one that is best for the members."""
    rules, name, demand = case.rules, case.rules.types[kind], plan.demands[kind]
    worth = np.where(plan.signed, rules.outsider[:, kind], -np.inf)
    nothing = rules.outsider_refusal[kind]
    if demand is None:
        tally.note(BROKEN if (worth >= nothing).any() else 0.0, f"{name} demanding nothing")
        return
    if not plan.signed[demand]:
        tally.note(BROKEN, f"{name} demanding what is not signed")
        return
    tally.note((np.append(worth, nothing) - worth[demand]) / case.their_stakes[kind], f"{name} demanding")
    equal = np.flatnonzero(worth >= worth.max())
    gains = np.sort((rules.payoffs[np.append(equal, demand)] - rules.refusal[kind]), axis=1)
    tally.note(_ahead(gains[:-1], gains[-1], float(case.stakes.max())), f"{name} choosing among equal demands")


def _ahead(gains: Floats, own: Floats, stake: float) -> float:
    """By how much the best of several rising rows is lexicographically ahead of one."""
    left = gains
    for level in range(len(own)):
        most = float((left[:, level] - own[level]).max(initial=-np.inf)) / stake
        if most > TOLERANCE:
            return most
        left = left[left[:, level] >= own[level] - TOLERANCE * stake]
    return 0.0


def _answering(case: _Case, plan: Plan, kind: int, tally: _Tally) -> None:
    """Accepting or refusing every offer, against doing the other; the indifferent accept."""
    name, stake = case.rules.types[kind], case.their_stakes[kind]
    refusing, _ = case.refusing(kind, plan)
    better = (case.rules.outsider[:, kind] - refusing) / stake
    accepts = plan.accepts[:, kind]
    tally.note(-better[accepts], f"{name} accepting")
    tally.note(better[~accepts], f"{name} refusing")
    tally.note(BROKEN if (better[~accepts] >= 0).any() else 0.0, f"{name} refusing what it is indifferent to")
    tally.same(plan.waiting[kind], refusing, stake, f"what waiting is worth to {name}")


def _worth_of_offers(case: _Case, plan: Plan) -> Floats:
    """(k, m) what members expect from every offer, type by type."""
    worth = np.zeros_like(case.rules.payoffs)
    for kind, chance in enumerate(case.rules.chances):
        _, refused = case.refusing(kind, plan)
        worth = worth + chance * np.where(plan.accepts[:, [kind]], case.rules.payoffs, refused)
    return worth


def _live(case: _Case, plan: Plan, kinds: list[int]) -> NDArray[np.bool_]:
    """(k,) offers after which something can be signed with one of these types, as far as it may be met."""
    met = [kind for kind in kinds if case.rules.chances[kind] > 0]
    found = np.zeros(len(case.rules.payoffs), dtype=bool)
    for kind in met:
        found |= plan.accepts[:, kind] | (plan.demands[kind] is not None)
    return found


def _offering(case: _Case, plan: Plan, worth: Floats, tally: _Tally) -> None:
    """The bloc's own bargain, and what each member would propose."""
    rules = case.rules
    live = _live(case, plan, list(range(len(rules.types))))
    without = np.array([sum(rules.chances * rules.refusal[:, member]) for member in range(len(rules.members))])
    tally.same(plan.disagreement, without, case.stakes, "what members get without an offer")
    tally.same(plan.expected, worth, case.stakes, "what members expect from offers")
    tally.note(BROKEN if (plan.status == "agreement") != (plan.offer is not None) else 0.0, "the status")
    for offer in (plan.offer, *plan.ties):
        _choice(rules.concept, worth, live, without, rules.weights, case.stakes, offer, tally, "the bloc offering")
    least = np.where(live, (worth - without).min(axis=1), -np.inf)
    stake = float(case.stakes.max())
    tally.same(plan.least_gain, float(least.max()) if live.any() else None, stake, "the largest minimum gain")
    if plan.closest is not None and live.any():
        tally.note((least - least[plan.closest]) / stake, "the offer that comes closest")
        above = worth[plan.closest] - without - least.max()
        binding = set(np.flatnonzero(above <= TOLERANCE * case.stakes).tolist())
        tally.note(0.0 if binding == set(plan.binding) else BROKEN, "who binds there")
    rational = live & ((worth - without) / case.stakes >= -TOLERANCE).all(axis=1)
    for member, offer in enumerate(plan.alone):
        where = f"{rules.members[member]} proposing alone"
        if offer is None or not rational[offer]:
            tally.note(BROKEN if offer is not None or rational.any() else 0.0, where)
        else:
            tally.note((worth[rational, member] - worth[offer, member]) / case.stakes[member], where)


def _choice(
    concept: str,
    worth: Floats,
    live: NDArray[np.bool_],
    without: Floats,
    powers: Floats,
    stakes: Floats,
    offer: int | None,
    tally: _Tally,
    where: str,
) -> None:
    """A concept's choice: nobody walks out, nothing is better for all, and its objective is reached."""
    gains = worth - without
    rational = live & (gains / stakes >= -TOLERANCE).all(axis=1)
    if offer is None:
        tally.note(BROKEN if rational.any() else 0.0, f"{where} nothing")
        return
    if not live[offer]:
        tally.note(BROKEN, f"{where} what comes to nothing")
        return
    tally.note(-gains[offer] / stakes, f"{where}: a member walking out")
    if not rational[offer]:
        return
    more = (worth - worth[offer]) / stakes
    tally.note(np.where(live & (more >= 0).all(axis=1), more.max(axis=1), 0.0), f"{where}: more for everybody")
    place = int(np.flatnonzero(np.flatnonzero(rational) == offer)[0])
    short = shortfall(concept, gains[rational], place, powers, stakes)
    tally.note(0.0 if short is None else short, f"{where}: {concept}")


def _believing(case: _Case, plan: Plan, tally: _Tally) -> None:
    """Bayes after a refusal and after a demand."""
    masses = [
        float(chance) if plan.offer is not None and not plan.accepts[plan.offer, kind] else 0.0
        for kind, chance in enumerate(case.rules.chances)
    ]
    total = sum(masses)
    tally.same(plan.refused, [mass / total for mass in masses] if total > 0 else None, 1.0, "belief after a refusal")
    expected = {demand for demand, mass in zip(plan.demands, masses, strict=True) if mass > 0} - {None}
    tally.note(0.0 if expected == set(plan.demanded) else BROKEN, "the demands that are expected")
    for demand in expected & set(plan.demanded):
        same = [mass * (other == demand) for mass, other in zip(masses, plan.demands, strict=True)]
        belief = [mass / sum(same) for mass in same]
        tally.same(plan.demanded[demand], belief, 1.0, "belief after a demand")  # type: ignore[index]


def _outcome(case: _Case, plan: Plan, worth: Floats, tally: _Tally) -> None:
    """Payoffs and chances, type by type."""
    rules, now, later = case.rules, 0.0, 0.0
    theirs = []
    for kind, chance in enumerate(rules.chances):
        if plan.offer is None:
            theirs.append(rules.outsider_refusal[kind])
        elif plan.accepts[plan.offer, kind]:
            theirs.append(rules.outsider[plan.offer, kind])
            now += chance
        else:
            theirs.append(case.refusing(kind, plan)[0])
            later += chance * rules.going_on * (plan.demands[kind] is not None)
    ours = rules.chances @ rules.refusal if plan.offer is None else worth[plan.offer]
    tally.same(plan.payoffs, ours, case.stakes, "members' payoffs")
    tally.same(plan.outsider_payoffs, theirs, case.their_stakes, "the outsider's payoffs")
    tally.same([plan.now, plan.later], [now, later], 1.0, "the chance of agreement")


def _informed(case: _Case, plan: Plan, kind: int, known: Known, tally: _Tally) -> None:
    """What the bloc would offer to a type that it knows; the type answers as ever."""
    rules = case.rules
    _, refused = case.refusing(kind, plan)
    worth = np.where(plan.accepts[:, [kind]], rules.payoffs, refused)
    live = plan.accepts[:, kind] | (plan.demands[kind] is not None)
    without, where = rules.refusal[kind], f"the bloc offering to {rules.types[kind]}, known,"
    _choice(rules.concept, worth, live, without, rules.weights, case.stakes, known.offer, tally, where)
    paid = without if known.offer is None else worth[known.offer]
    tally.same(known.payoffs, paid, case.stakes, f"payoffs if {rules.types[kind]} is known")


def _together(case: _Case, kind: int, known: Known, tally: _Tally) -> None:
    """What all would agree on with a known type in the room."""
    rules = case.rules
    worth = np.column_stack([rules.payoffs, rules.outsider[:, kind]])
    without = np.append(rules.refusal[kind], rules.outsider_refusal[kind])
    powers, stakes = np.append(rules.weights, rules.outsider_power), np.append(case.stakes, case.their_stakes[kind])
    everything, where = np.ones(len(worth), dtype=bool), f"all agreeing with {rules.types[kind]}"
    _choice(rules.concept, worth, everything, without, powers, stakes, known.offer, tally, where)
    paid = without[:-1] if known.offer is None else worth[known.offer, :-1]
    tally.same(known.payoffs, paid, case.stakes, f"payoffs together with {rules.types[kind]}")
