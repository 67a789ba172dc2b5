"""Small problems on which concepts break the axioms that they do not claim to keep.

``python docs/witnesses.py`` keeps the stored witnesses that still hold, searches for those that are missing, from the
smallest problem up, and writes ``src/bargain/axioms/witnesses.py``. It says which claims it could not show to be false;
a test holds that every axiom that a concept breaks has a witness.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, permutations
from pathlib import Path
from random import Random

import numpy as np

import bargain
from bargain.axioms import AXIOMS, Axiom, Situation, Violation, Witness, situation
from bargain.axioms.witnesses import WITNESSES
from bargain.concepts import Concept
from bargain.model.results import Regime

PLACE = Path(__file__).resolve().parents[1] / "src" / "bargain" / "axioms" / "witnesses.py"
HEAD = '''"""Small problems on which concepts break axioms. Written by ``python docs/witnesses.py``, not by hand."""

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
    regime: Regime
    players: int


def failures() -> list[Missing]:
    """Every axiom that a concept breaks, with the fewest players with whom it does."""
    found = []
    for concept in bargain.CATALOGUE:
        for regime in ("pure", "lotteries"):
            for axiom in AXIOMS:
                broken = [players for players in (2, 3) if axiom in concept.breaks(regime, players)]
                found += [Missing(concept, axiom, regime, broken[0])] if broken else []
    return found


def problems(regime: Regime, players: int) -> Iterator[Situation]:
    """Problems from the smallest up, unequal powers last; disagreement is 0."""
    for count, most in SIZES:
        for points in _ordered(_lists(count, most, players)):
            yield situation(points, None, None, regime)
    for points in _ordered(_lists(2, 4, players)):
        yield situation(points, None, [2] + [1] * (players - 1), regime)
    rng = Random(0)
    for draw in range(DRAWN):
        most = 4 + 10 * draw // DRAWN
        points = [[rng.randint(-most // 3, most) for _ in range(players)] for _ in range(rng.randint(2, 5))]
        yield situation(points, None, None, regime)


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


def shown_by(problem: Situation, failure: Missing) -> Violation | None:
    """The violation, if it is plain: no ties before or after."""
    if not problem.regular:
        return None
    violation = failure.axiom.violation(failure.concept, problem)
    if violation is None or len(violation.answer.points) > 1:
        return None
    return None if violation.after is not None and len(violation.after.points) > 1 else violation


def shrunk(problem: Situation, shown: list[Missing]) -> Situation:
    """The problem without agreements that are not needed to show it."""
    for row in range(len(problem.points) - 1, -1, -1):
        smaller = problem.without(row)
        if len(smaller.points) and all(shown_by(smaller, failure) is not None for failure in shown):
            problem = smaller
    return problem


def kept_witnesses(wanted: list[Missing]) -> list[Witness]:
    """The stored witnesses as far as they are needed and still hold."""
    found = []
    for witness in WITNESSES:
        problem = witness.situation
        names = [
            failure.concept.name
            for failure in wanted
            if failure.axiom.name == witness.axiom
            and failure.concept.name in witness.concepts
            and (failure.regime, failure.players) == (problem.regime, problem.players)
            and failure.axiom.violation(failure.concept, problem) is not None
        ]
        if names:
            failures_shown = [f for f in wanted if f.axiom.name == witness.axiom and f.concept.name in names]
            found.append(Witness(witness.axiom, tuple(names), shrunk(problem, failures_shown)))
    return found


def searched(missing: list[Missing]) -> Iterator[Witness]:
    """A witness for each missing failure, shared where one problem shows several."""
    groups = dict.fromkeys((failure.axiom.name, failure.regime, failure.players) for failure in missing)
    for name, regime, players in groups:
        left = [f for f in missing if (f.axiom.name, f.regime, f.players) == (name, regime, players)]
        for problem in problems(regime, players):
            shown = [failure for failure in left if shown_by(problem, failure) is not None]
            if shown:
                print(f"{name} ({regime}): {', '.join(failure.concept.name for failure in shown)}", flush=True)
                yield Witness(name, tuple(failure.concept.name for failure in shown), shrunk(problem, shown))
            left = [failure for failure in left if failure not in shown]
            if not left:
                break
        for failure in left:
            print(f"no witness: {failure.concept.name} seems to keep {name} ({regime}, {players} players)")


def written(witnesses: list[Witness]) -> str:
    """The text of the module."""
    rank = {axiom.name: place for place, axiom in enumerate(AXIOMS)}
    ordered = sorted(witnesses, key=lambda w: (rank[w.axiom], w.situation.regime == "lotteries", w.situation.players))
    return HEAD + "".join(f"    {_line(witness)}\n" for witness in ordered) + ")\n"


def _line(witness: Witness) -> str:
    problem = witness.situation
    parts = [str(_plain(problem.points))]
    if np.ptp(problem.powers) > 0:
        parts.append(f"powers={_plain(problem.powers)}")
    if problem.regime != "pure":
        parts.append(f'regime="{problem.regime}"')
    names = ", ".join(f'"{name}"' for name in witness.concepts) + ("," if len(witness.concepts) == 1 else "")
    return f'Witness("{witness.axiom}", ({names}), situation({", ".join(parts)})),'


def _plain(numbers: np.ndarray) -> list:
    return np.vectorize(lambda x: int(x) if x == int(x) else float(x), otypes=[object])(numbers).tolist()


def main() -> None:
    """Bring the stored witnesses up to date."""
    wanted = failures()
    kept = kept_witnesses(wanted)
    covered = {(w.axiom, name, w.situation.regime, w.situation.players) for w in kept for name in w.concepts}
    missing = [f for f in wanted if (f.axiom.name, f.concept.name, f.regime, f.players) not in covered]
    PLACE.write_text(written([*kept, *searched(missing)]), encoding="utf-8")


if __name__ == "__main__":
    main()
