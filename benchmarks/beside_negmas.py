"""Frontier, Nash, Kalai-Smorodinsky and egalitarian beside NegMAS on the same additive domain.

    python benchmarks/beside_negmas.py [--quick]

NegMAS (AGPL) is no dependency and is run in a process of its own, by the interpreter that the environment variable
``PEER_PYTHON`` names (this one if it is not set); where that cannot import it, its columns stay empty. Both sides
get the same table of option values, up to 6 issues with 10 options, and the same disagreement payoffs, and start when
the domain stands: ours as arrays or as a `Scenario`, theirs as issues and utility functions.

Ours by *listing* writes down what every agreement pays, sifts the list, and asks a `Menu`; by *blocks* the frontier is
merged instead; *from a scenario* is what ``bargain compare`` does, `tabulate` first. Theirs is ``pareto_frontier`` over
the outcomes and then ``nash_points``, ``ks_points`` and ``kalai_points``. It spends most of its time calling utility
functions outcome by outcome, so only its filter (``pareto_frontier_active`` on ready numbers) is like for like with
our filter.

Within the clock, on both sides: payoffs of agreements from the table of option values (ours put on a lattice first, so
that ties are exact), the frontier, three solutions with all their ties. Outside of it, on both sides: reading the
domain, disagreement payoffs, and imports. Neither side's answers are named as options; ours keep the way back to them.

Conventions: Nash and egalitarian mean the same in both, since disagreement lies between the worst and the best payoff
(NegMAS raises a disagreement point that is below everything). Its Kalai-Smorodinsky is the point with the smallest
difference of relative gains rather than the largest minimum, with the best of all payoffs for the ideal point: it may
differ, and is reported, not demanded.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from measuring import Cost, Goal, cost_of, shown, times_faster
from numpy.typing import NDArray

from bargain import Scenario, tabulate
from bargain.geometry.lattice import lattice_of
from bargain.geometry.menu import Menu
from bargain.geometry.pareto import efficient
from bargain.geometry.sums.frontier import merge
from bargain.geometry.sums.listing import Sieve, outer_sum

SIZES = [(2, 4, False), (2, 6, False), (2, 6, True), (3, 6, False)]
"""Players, issues, opposed or random; 10 options each, so 1e4 and 1e6 agreements."""
QUICK = [(2, 2, False)]
OPTIONS = 10
SHARE = 0.3
"""Disagreement, as a share of the way from the worst payoff to the best."""
SIDE = str(Path(__file__).with_name("negmas_side.py"))
PIECE = 1 << 18
"""Agreements listed at once, as in tabulation: they stay in the cache."""
SHORT = 20
"""What NegMAS does in milliseconds is repeated so much more often: the best of a few runs would be luck."""
SHORTEST = 400
"""The same for what takes us a millisecond."""
SAME = 1e-9

Floats = NDArray[np.float64]


def domain(players: int, issues: int, *, opposed: bool) -> Floats:
    """(players, issues, options) weights times values; opposed: player 2 ranks all options in reverse."""
    rng = np.random.default_rng([players, issues])
    values = rng.random((players, issues, OPTIONS))
    if opposed:
        values = np.sort(values, axis=2)
        values[1] = values[1, :, ::-1]
    return np.asarray(values * rng.dirichlet(np.ones(issues), size=players)[:, :, None])


def disagreement(table: Floats) -> Floats:
    """(players,) what each gets without a deal."""
    worst, best = table.min(axis=2).sum(axis=1), table.max(axis=2).sum(axis=1)
    return np.asarray(worst + SHARE * (best - worst))


def by_listing(table: Floats, d: Floats) -> dict[str, Any]:
    """Every agreement written down, sifted in pieces, and four answers."""
    issues = table.shape[1]
    units, dust = lattices_of(table)
    parts = np.rint(table * units[:, None, None])
    head = next(head for head in range(issues) if OPTIONS ** (issues - head) <= PIECE)
    starts, inner = listed(parts[:, :head]), listed(parts[:, head:])
    sieve, room, rows = Sieve(dust), np.empty_like(inner), np.arange(inner.shape[1])
    for place, start in enumerate(starts.T):
        np.add(inner, start[:, None], out=room)
        sieve.add(rows + place * len(rows), room)
    frontier = merge([sieve.result()[1].T], dust)
    return answered(frontier.points / units, d)


def listed(parts: Floats) -> Floats:
    """(players, joint settings) what issues, (players, issues, options), pay together."""
    room = np.empty((len(parts), OPTIONS ** parts.shape[1]))
    for part, sums in zip(parts, room, strict=True):
        outer_sum(list(part), sums)
    return room


def lattices_of(table: Floats) -> tuple[Floats, list[float]]:
    """Every player's units of payoff, in which sums are exact, and how far equal sums may lie apart."""
    totals = table.max(axis=2).sum(axis=1).tolist()
    lattices = [lattice_of(part.ravel(), total) for part, total in zip(table, totals, strict=True)]
    return np.array([lattice.units for lattice in lattices]), [lattice.dust for lattice in lattices]


def answered(points: Floats, d: Floats) -> dict[str, Any]:
    """The size of the frontier, and three solutions."""
    menu, ones = Menu(points, d, np.ones(len(d))), np.ones(len(d))
    chosen = {
        "nash": menu.product(ones),
        "kalai_smorodinsky": menu.along(menu.ideal - d),
        "egalitarian": menu.along(ones),
    }
    return {"frontier": len(points)} | {name: pick.points[0] for name, pick in chosen.items()}


def scenario(table: Floats) -> Any:
    """The domain as a `Scenario`."""
    names, who = [f"i{j}" for j in range(table.shape[1])], [f"p{q}" for q in range(len(table))]
    return Scenario.model_validate(
        {
            "bargain": 1,
            "title": "Benchmark",
            "players": {p: {} for p in who},
            "issues": {name: {"options": {f"o{c}": f"Option {c}" for c in range(OPTIONS)}} for name in names},
            "utilities": {
                p: {
                    name: {"values": {f"o{c}": float(x) for c, x in enumerate(table[q, j])}}
                    for j, name in enumerate(names)
                }
                for q, p in enumerate(who)
            },
            "disagreement": {"payoffs": dict(zip(who, disagreement(table).tolist(), strict=True))},
        }
    )


def by_blocks(table: Floats, d: Floats) -> dict[str, Any]:
    """The merged frontier and four answers, from the arrays."""
    units, dust = lattices_of(table)
    blocks = list(np.rint(table * units[:, None, None]).transpose(1, 2, 0))
    return answered(merge(blocks, dust).points / units, d)


def by_file(made: Any) -> dict[str, Any]:
    """The same from a scenario, as ``bargain compare`` goes about it."""
    menu = tabulate(made).menu()
    return answered(menu.points, menu.disagreement)


def filtered(table: Floats) -> int:
    """How many of a ready list are efficient: the step that is like for like."""
    return int(efficient(table).sum())


def every(table: Floats) -> Floats:
    """(agreements, players) what every agreement pays."""
    return np.ascontiguousarray(np.stack([outer_sum(list(part)) for part in table]).T)


def peer(table: Floats, runs: int) -> dict[str, Any] | None:
    """What NegMAS finds and needs, from a process of its own; None where it is absent."""
    question = json.dumps({"table": table.tolist(), "d": disagreement(table).tolist(), "runs": runs})
    python = os.environ.get("PEER_PYTHON", sys.executable)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([python, SIDE], input=question, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        told = (done.stderr.strip().splitlines() or ["no message"])[-1]
        if "No module named 'negmas'" not in told:
            raise RuntimeError(f"NegMAS failed: {told}")
        return None
    return dict(json.loads(done.stdout.splitlines()[-1]))


def compared(players: int, issues: int, opposed: bool, runs: int) -> Iterator[Goal]:
    """One line of the table; the goals it was measured for."""
    table = domain(players, issues, opposed=opposed)
    count, d = OPTIONS**issues, disagreement(table)
    listing, found = cost_of(lambda: by_listing(table, d), runs)
    blocks, merged = cost_of(lambda: by_blocks(table, d), SHORTEST * runs)
    made = scenario(table)
    file, again = cost_of(lambda: by_file(made), SHORTEST * runs)
    ready = every(table)
    sieve, _ = cost_of(lambda: filtered(ready), runs)
    for name, answer in merged.items():
        assert np.allclose(answer, found[name], atol=SAME), (name, answer, found[name])
        assert np.allclose(answer, again[name], atol=SAME), (name, answer, again[name])
    theirs = peer(table, 2 if count > 1e5 else SHORT)
    ours = " | ".join(shown(cost.cpu) for cost in (listing, blocks, file, sieve))
    row = (
        f"| {players} × {issues}, {'opposed' if opposed else 'random'} | {count:.0e} | {merged['frontier']} | {ours} |"
    )
    if theirs is None:
        print(f"{row} NegMAS is absent | | | | | | |", flush=True)
        return
    total, alone = Cost(*theirs["total"]), Cost(*theirs["filter"])
    ratios = [total.cpu / listing.cpu, total.cpu / blocks.cpu, total.cpu / file.cpu, alone.cpu / sieve.cpu]
    marks = (f"{ratio:,.0f}× |" for ratio in ratios)
    print(row, f"{shown(total.cpu)} | {shown(alone.cpu)} |", *marks, agreeing(found, theirs), flush=True)
    which = f"{players} players, {count:.0e} {'opposed' if opposed else 'random'} agreements, all answers"
    if count >= 1e4:
        yield times_faster(f"{which} by listing, beside NegMAS", 25 if count < 1e6 else 200, ratios[0])
    if count >= 1e6:
        yield times_faster(f"{which} by blocks, beside NegMAS", 10_000, ratios[1])


def agreeing(ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    """What agrees. Nash and egalitarian payoffs must, as values of what they maximise: ties may be told otherwise."""
    same = {
        name: np.allclose(ours[name], theirs[name], atol=SAME) for name in ("nash", "kalai_smorodinsky", "egalitarian")
    }
    assert same["nash"], (ours, theirs)
    assert same["egalitarian"], (ours, theirs)
    return "all three |" if same["kalai_smorodinsky"] else "Nash, egalitarian |"


def main(quick: bool = False) -> list[Goal]:
    """Print the table; the goals it was measured for."""
    print(
        "| players × issues | agreements | efficient | listing, ms | blocks, ms | from a scenario, ms | our filter, ms "
        "| NegMAS, ms | its filter, ms | by listing | by blocks | from a scenario | filter | same answers |\n"
        f"| --- | {'---: | ' * 12}--- |"
    )
    by_file(scenario(domain(2, 2, opposed=False)))
    return [
        goal
        for players, issues, opposed in (QUICK if quick else SIZES)
        for goal in compared(players, issues, opposed, 1 if quick else 15 if issues < 6 else 5)
    ]


if __name__ == "__main__":
    main("--quick" in sys.argv)
