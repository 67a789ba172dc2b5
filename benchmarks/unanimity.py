"""Stationary equilibria of unanimity bargaining with a random proposer, for many draws of parameters at once.

Four players with power utilities: patience, chances of recognition and exponents are random. Three ways to the same
shares: the closed form, Newton's method with rank-one steps (which needs no powers), and plain fixed-point iteration,
which gives a responder what waiting was worth in the last round until that stops changing.

    python benchmarks/unanimity.py [--quick]
"""

from __future__ import annotations

import sys

import numpy as np
from measuring import Goal, cost_of, times_faster

from bargain.protocols.alternating_offers.unanimity_batch import by_newton, stationary_floors
from bargain.protocols.alternating_offers.unanimity_tastes import Power

PLAYERS = 4
DEMANDED = 1e5
"""Draws per second."""
NEAR = 1e-10
"""Plain iteration stops when no share moves by more than this times 1 - patience, so that it is as near as this."""
RANGES = [(0.5, 0.9), (0.9, 0.99), (0.99, 0.999)]

Floats = np.ndarray


def parameters(draws: int, low: float, high: float) -> tuple[Floats, Floats, Power]:
    """Patience, recognition, tastes: random, (draws, players)."""
    rng = np.random.default_rng([draws, int(1000 * high)])
    patience = rng.uniform(low, high, (draws, PLAYERS))
    return patience, rng.dirichlet(np.full(PLAYERS, 2.0), draws), Power(rng.uniform(0.3, 1.0, (draws, PLAYERS)))


def by_iteration(patience: Floats, recognition: Floats, tastes: Power) -> Floats:
    """What responders accept, from what they accepted in the round before."""
    floors = np.full(patience.shape, 1 / (2 * PLAYERS))
    enough = NEAR * (1 - patience.max())
    while True:
        surplus = 1 - floors.sum(axis=1, keepdims=True)
        waiting = recognition * tastes.worth(floors + surplus) + (1 - recognition) * tastes.worth(floors)
        new = tastes.share(patience * waiting)
        if np.abs(new - floors).max() <= enough:
            return new
        floors = new


def main(quick: bool = False) -> list[Goal]:
    """Print the table; the goals it was measured for."""
    draws, few = (200, 20) if quick else (100_000, 2_000)
    print("| patience | closed form, draws/s | Newton, draws/s | plain iteration, draws/s | Newton beside plain |")
    print("| --- | ---: | ---: | ---: | ---: |")
    goals = []
    for low, high in RANGES[:1] if quick else RANGES:
        many, some = parameters(draws, low, high), parameters(few, low, high)
        closed, exact = cost_of(lambda many=many: stationary_floors(*many))
        newton, found = cost_of(lambda many=many: by_newton(*many))
        plain, iterated = cost_of(lambda some=some: by_iteration(*some), 1)
        if not np.allclose(found, exact, atol=1e-9) or not np.allclose(iterated, stationary_floors(*some), atol=1e-7):
            raise RuntimeError("the three ways disagree")
        rates = [1000 * n / cost.cpu for n, cost in ((draws, closed), (draws, newton), (few, plain))]
        ratio = rates[1] / rates[2]
        print(f"| {low} to {high} | {rates[0]:,.0f} | {rates[1]:,.0f} | {rates[2]:,.0f} | {ratio:,.0f}× |", flush=True)
        task = f"unanimity, 4 players, patience {low} to {high}"
        goals.append(Goal(f"{task}, Newton", "≥ 100,000 draws/s", f"{rates[1]:,.0f} draws/s", rates[1] >= DEMANDED))
        goals.append(times_faster(f"{task}, beside plain iteration", 2, ratio))
    return goals


if __name__ == "__main__":
    for goal in main("--quick" in sys.argv):
        print(goal)
