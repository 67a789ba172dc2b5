"""Small problems on which concepts break the axioms that they do not claim to keep.

``python docs/witnesses.py`` keeps the stored witnesses that still hold, searches for those that are missing, from the
smallest problem up, and writes ``src/bargain/axioms/witnesses.py``. It says which claims it could not show to be false;
a test holds that every axiom that a concept breaks has a witness.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, permutations, product
from pathlib import Path
from random import Random

import numpy as np

import bargain
from bargain.axioms import (
    AXIOMS,
    DOMAINS,
    Axiom,
    Domain,
    Situation,
    Violation,
    Witness,
    axioms_over,
    ground_of,
    situation,
)
from bargain.axioms.awards import estate
from bargain.axioms.coalitions import worth
from bargain.axioms.items import points
from bargain.axioms.witness import Problem
from bargain.axioms.witnesses import WITNESSES
from bargain.concepts import Concept
from bargain.games.claims import Claims
from bargain.games.coalitions import Game
from bargain.geometry.items import Items
from bargain.model.results import Regime

PLACE = Path(__file__).resolve().parents[1] / "src" / "bargain" / "axioms" / "witnesses.py"
HEAD = '''"""Small problems on which concepts break axioms. Written by ``python docs/witnesses.py``, not by hand."""

from bargain.axioms.awards.changes import estate
from bargain.axioms.coalitions.changes import worth
from bargain.axioms.items.handing import points
from bargain.axioms.situation import situation
from bargain.axioms.witness import Witness

__all__ = ["WITNESSES"]

WITNESSES: tuple[Witness, ...] = (
'''
SIZES = ((1, 3), (2, 4), (3, 4))
"""How many agreements, and the largest payoff: every list of efficient payoffs of these sizes is tried."""
DRAWN = 1200
"""Problems drawn at random after that, with some payoffs below no deal; small ones first."""


@dataclass(frozen=True)
class Missing:
    """A failure without a witness."""

    concept: Concept
    axiom: Axiom
    domain: Domain
    players: int

    @property
    def place(self) -> tuple[Axiom, Domain, int]:
        """Failures of the same axiom in the same place share problems."""
        return self.axiom, self.domain, self.players


def failures() -> list[Missing]:
    """Every axiom that a concept breaks; among agreements with the fewest players with whom it does, else 0."""
    found = []
    for concept in bargain.CATALOGUE:
        for domain in DOMAINS:
            for axiom in axioms_over(ground_of(domain)):
                broken = [players for players in (2, 3) if axiom in concept.breaks(domain, players)]
                counted = domain in ("pure", "lotteries")
                found += [Missing(concept, axiom, domain, broken[0] if counted else 0)] if broken else []
    return found


def problems(domain: Domain, players: int) -> Iterator[Problem]:
    """Problems from the smallest up."""
    match domain:
        case "items":
            return _items()
        case "coalitions":
            return _games()
        case "claims":
            return _estates()
    return _situations(domain, players)


def _items() -> Iterator[Items]:
    for count in (1, 2, 3):
        for weighed in product(product(range(0, 101, 25), repeat=2), repeat=count):
            if all(sum(column) == 100 for column in zip(*weighed, strict=True)):
                yield points(weighed)


def _games() -> Iterator[Game]:
    """Of three players, and of four with pairs and triples of small worth."""
    for pairs in product(range(3), repeat=3):
        for together in range(4):
            first, second, third = pairs
            yield worth([0, 0, first, 0, second, third, together])
    for alone in range(1, 4):
        yield worth([alone, 0, 0, 0, 0, 0, alone])
    for values in ([0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2, 0, 2, 1, 3], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2]):
        yield worth(values)
    rng = Random(0)
    for _ in range(DRAWN):
        values = [0 if coalition.bit_count() == 1 else rng.randint(0, 3) for coalition in range(1, 16)]
        yield worth([*values[:-1], max(values)])


def _estates() -> Iterator[Claims]:
    for count in (2, 3):
        for claims in combinations((100, 200, 300, 400), count):
            for amount in range(50, sum(claims), 50):
                yield estate(amount, claims)


def _situations(regime: Regime, players: int) -> Iterator[Situation]:
    """Unequal powers last; disagreement is 0."""
    for count, most in SIZES:
        for payoffs in _ordered(_lists(count, most, players)):
            yield situation(payoffs, None, None, regime)
    for payoffs in _ordered(_lists(2, 4, players)):
        yield situation(payoffs, None, [2] + [1] * (players - 1), regime)
    rng = Random(0)
    for draw in range(DRAWN):
        most = 4 + 10 * draw // DRAWN
        payoffs = [[rng.randint(-most // 3, most) for _ in range(players)] for _ in range(rng.randint(2, 5))]
        yield situation(payoffs, None, None, regime)


def _lists(count: int, most: int, players: int) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Lists of payoffs of which none is as good as another for everybody."""
    if players == 2:
        for falling in combinations(range(most, -1, -1), count):
            for rising in combinations(range(most + 1), count):
                yield tuple(zip(falling, rising, strict=True))
        return
    rng = Random(count * most)
    for _ in range(400):
        columns = [[rng.randint(0, most) for _ in range(count)] for _ in range(players)]
        points = tuple(zip(*columns, strict=True))
        if not any(all(a >= b for a, b in zip(one, two, strict=True)) for one, two in permutations(points, 2)):
            yield points


def _ordered(lists: Iterator[tuple[tuple[int, ...], ...]]) -> list[tuple[tuple[int, ...], ...]]:
    """Small numbers first."""
    return sorted(lists, key=lambda points: (max(map(max, points)), sum(map(sum, points)), points))


def shown_by(problem: Problem, failure: Missing) -> Violation | None:
    """The violation, if it is plain: no ties before or after (the core is a set, and that is no tie)."""
    if isinstance(problem, Situation) and not problem.regular:
        return None
    violation = failure.axiom.violation(failure.concept, problem)
    if violation is None or not isinstance(problem, Situation):
        return violation
    if len(violation.answer.points) > 1:
        return None
    return None if violation.after is not None and len(violation.after.points) > 1 else violation


def shrunk(problem: Problem, shown: list[Missing]) -> Problem:
    """The problem without agreements that are not needed to show it."""
    for row in range(len(problem.points) - 1, -1, -1) if isinstance(problem, Situation) else ():
        smaller = problem.without(row)
        if len(smaller.points) and all(shown_by(smaller, failure) is not None for failure in shown):
            problem = smaller
    return problem


def kept_witnesses(wanted: list[Missing]) -> list[Witness]:
    """The stored witnesses as far as they are needed and still hold."""
    found = []
    for witness in WITNESSES:
        shown = [
            failure
            for failure in wanted
            if failure.axiom.name == witness.axiom
            and failure.concept.name in witness.concepts
            and failure.domain == witness.domain
            and failure.players in (0, witness.players)
            and failure.axiom.violation(failure.concept, witness.situation) is not None
        ]
        if shown:
            names = tuple(failure.concept.name for failure in shown)
            found.append(Witness(witness.axiom, names, shrunk(witness.situation, shown)))
    return found


def searched(missing: list[Missing]) -> Iterator[Witness]:
    """A witness for each missing failure, shared where one problem shows several."""
    for axiom, domain, players in dict.fromkeys(failure.place for failure in missing):
        left = [failure for failure in missing if failure.place == (axiom, domain, players)]
        for problem in problems(domain, players):
            shown = [failure for failure in left if shown_by(problem, failure) is not None]
            if shown:
                print(f"{axiom.name} ({domain}): {', '.join(failure.concept.name for failure in shown)}", flush=True)
                names = tuple(failure.concept.name for failure in shown)
                yield Witness(axiom.name, names, shrunk(problem, shown))
            left = [failure for failure in left if failure not in shown]
            if not left:
                break
        for failure in left:
            among = f", {players} players" if players else ""
            print(f"no witness: {failure.concept.name} seems to keep {axiom.name} ({domain}{among})")


def written(witnesses: list[Witness]) -> str:
    """The text of the module."""
    rank = {(axiom.over, axiom.name): place for place, axiom in enumerate(AXIOMS)}
    ordered = sorted(witnesses, key=lambda w: (rank[ground_of(w.domain), w.axiom], DOMAINS.index(w.domain), w.players))
    return HEAD + "".join(f"    {_line(witness)}\n" for witness in ordered) + ")\n"


def _line(witness: Witness) -> str:
    names = ", ".join(f'"{name}"' for name in witness.concepts) + ("," if len(witness.concepts) == 1 else "")
    return f'Witness("{witness.axiom}", ({names}), {_told(witness.situation)}),'


def _told(problem: Problem) -> str:
    """The call that makes a problem."""
    match problem:
        case Items():
            return f"points([{', '.join(str(tuple(pair)) for pair in _plain(problem.points))}])"
        case Game():
            return f"worth({_plain(problem.values[1:])})"
        case Claims():
            return f"estate({_plain(np.array(problem.estate))}, {_plain(problem.claims)})"
    parts = [str(_plain(problem.points))]
    if np.ptp(problem.powers) > 0:
        parts.append(f"powers={_plain(problem.powers)}")
    if problem.regime != "pure":
        parts.append(f'regime="{problem.regime}"')
    return f"situation({', '.join(parts)})"


def _plain(numbers: np.ndarray) -> list:
    return np.vectorize(lambda x: int(x) if x == int(x) else float(x), otypes=[object])(numbers).tolist()


def main() -> None:
    """Bring the stored witnesses up to date."""
    wanted = failures()
    kept = kept_witnesses(wanted)
    covered = {(w.axiom, name, w.domain, w.players) for w in kept for name in w.concepts}
    covered |= {(axiom, name, domain, 0) for axiom, name, domain, _ in covered}
    missing = [f for f in wanted if (f.axiom.name, f.concept.name, f.domain, f.players) not in covered]
    PLACE.write_text(written([*kept, *searched(missing)]), encoding="utf-8")


if __name__ == "__main__":
    main()
