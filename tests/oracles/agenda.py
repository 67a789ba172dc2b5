"""Issue by issue as a game tree in exact fractions: every history is walked, nothing is an array."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Pair = tuple[Fraction, Fraction]


def agenda_value(
    values: Sequence[Sequence[Pair]],
    patience: Pair,
    rounds: int,
    *,
    as_settled: bool,
    shortfall: Pair = (Fraction(0), Fraction(0)),
    first: int = 0,
    settled: tuple[Pair, ...] = (),
    t: int = 0,
) -> Pair:
    """What the rest of the game is worth in round t, given what the issues settled so far paid."""
    zero = (Fraction(0), Fraction(0))
    if len(settled) == len(values) or t == rounds:
        return zero

    def onward(done: tuple[Pair, ...]) -> Pair:
        rest = agenda_value(
            values,
            patience,
            rounds,
            as_settled=as_settled,
            shortfall=shortfall,
            first=first,
            settled=done,
            t=t + 1,
        )
        return (patience[0] * rest[0], patience[1] * rest[1])

    proposer = (first + t) % 2
    other = 1 - proposer
    refused = onward(settled)
    best = refused
    for option in values[len(settled)]:
        done = (*settled, option)
        now = onward(done)
        if as_settled:
            now = (now[0] + option[0], now[1] + option[1])
        elif len(done) == len(values):
            now = (sum((d[0] for d in done), -shortfall[0]), sum((d[1] for d in done), -shortfall[1]))
        better = now[proposer] > best[proposer] or (best is refused and now[proposer] == best[proposer])
        kinder = best is not refused and now[proposer] == best[proposer] and now[other] > best[other]
        if now[other] >= refused[other] and (better or kinder):
            best = now
    return best
