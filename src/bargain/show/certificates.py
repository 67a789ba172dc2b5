"""What a reader can check by hand, one sentence per solution."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bargain.model.results import Solution
from bargain.show.numbers import number, percent, signed

__all__ = ["certificate_sentence", "is_exact", "listed", "proof_sentence"]

TitleOf = Callable[[str], str]


def certificate_sentence(solution: Solution, title_of: TitleOf) -> str:
    """What the agreement is the best at, with the number that says so; empty if the certificate has none.

    That nothing does better is claimed only where the answer is exact.
    """
    if solution.divides:
        from bargain.show.divisions import division_sentence

        return division_sentence(solution, title_of)
    facts = solution.certificate
    for key, (sentence, claim) in SENTENCES.items():
        if facts.get(key) is not None:
            told = sentence(facts, title_of)
            what = "agreement" if solution.regime == "pure" else "lottery"
            return f"{told}; {claim.format(what=what)}" if claim and is_exact(solution) else told
    return ""


def is_exact(solution: Solution) -> bool:
    """Whether the answer is proved, and not only a local optimum."""
    return str(solution.certificate.get("proof") or "exact").startswith("exact")


def proof_sentence(solution: Solution) -> str:
    """How the answer was found and how sure it is."""
    facts = solution.certificate
    found = f"found by {facts['method']}" if facts.get("method") else ""
    proof = str(facts.get("proof") or "")
    residual = f"residual {facts['residual']:.1e}" if facts.get("residual") is not None else ""
    return ", ".join(part for part in (found, proof, residual) if part)


def listed(names: list[str]) -> str:
    """Names as English lists them.

    >>> listed(["Ukraine"]), listed(["a", "b", "c"])
    ('Ukraine', 'a, b and c')
    """
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _product(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    powers = facts.get("powers")
    product = number(facts["product_of_gains"])
    if not powers:
        return f"product of gains {product}"
    equal = max(powers.values()) - min(powers.values()) < 1e-9
    shares = ", ".join(f"{title_of(player)} {percent(power)}" for player, power in powers.items())
    shares = f"equal powers, {percent(next(iter(powers.values())))} each" if equal else shares
    return f"product of gains, each to the power of its player ({shares}): {product}"


def _ratios(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    ratios = {player: ratio for player, ratio in facts["ratios"].items() if ratio is not None and ratio == ratio}
    reached = ", ".join(f"{title_of(player)} {percent(ratio)}" for player, ratio in ratios.items())
    return f"share of each player's best possible gain: {reached}"


def _smallest_gain(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    del title_of
    return f"smallest gain {signed(facts['smallest_gain'])}"


def _sum(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    del title_of
    return f"sum of payoffs {number(facts['sum_of_payoffs'])}"


def _per_power(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    return f"gain for each unit of power (powers sum to 1): {_each(facts['gain_per_power'], title_of)}"


def _sum_of_ratios(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    ratios = ", ".join(f"{title_of(player)} {percent(ratio)}" for player, ratio in facts["ratios"].items())
    return f"shares of each player's best possible gain ({ratios}) sum to {percent(facts['sum_of_ratios'])}"


def _losses(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    return f"short of each player's best possible payoff: {_each(facts['losses'], title_of)}"


def _half_lengths(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    return f"length of the border from each player's best point: {_each(facts['half_lengths'], title_of)}"


def _steps(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    first = facts["path"][min(1, len(facts["path"]) - 1)]
    return f"reached in {facts['steps']} steps, the first to {_each(first, title_of)}"


def _limit(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    return f"the path from no deal, always towards the ideal point, ends at {_each(facts['limit'], title_of)}"


def _points(facts: Mapping[str, Any], title_of: TitleOf) -> str:
    told = f"points: {_each(facts['points'], title_of)}"
    moved = [name.replace("_", " ") for name in facts["transfers"]]
    if moved:
        told += f"; moved from the side that led: {listed(moved)}"
    if facts.get("split"):
        shares = ", ".join(f"{title_of(player)} {percent(share)}" for player, share in facts["split_shares"].items())
        told += f"; {facts['split'].replace('_', ' ')} is split ({shares})"
    return told


def _each(numbers: Mapping[str, float], title_of: TitleOf) -> str:
    return ", ".join(f"{title_of(player)} {number(value)}" for player, value in numbers.items())


SENTENCES: dict[str, tuple[Callable[[Mapping[str, Any], TitleOf], str], str]] = {
    "product_of_gains": (_product, "no {what} acceptable to all has a larger one"),
    "sum_of_ratios": (_sum_of_ratios, "no {what} acceptable to all has a larger sum"),
    "ratios": (_ratios, "no {what} has a larger smallest share"),
    "gain_per_power": (_per_power, "no {what} has a larger smallest one"),
    "smallest_gain": (_smallest_gain, "no {what} has a larger one"),
    "sum_of_payoffs": (_sum, "no {what} acceptable to all has a larger one"),
    "losses": (_losses, "no {what} acceptable to all has a smaller largest loss"),
    "half_lengths": (_half_lengths, ""),
    "steps": (_steps, ""),
    "limit": (_limit, ""),
    "points": (_points, ""),
}
"""Key of the certificate -> what it says in words, and what nothing else does better (if it is a matter of better)."""
