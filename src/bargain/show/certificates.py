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
            return f"{told}; {claim.format(what=what)}" if is_exact(solution) else told
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


SENTENCES: dict[str, tuple[Callable[[Mapping[str, Any], TitleOf], str], str]] = {
    "product_of_gains": (_product, "no {what} acceptable to all has a larger one"),
    "ratios": (_ratios, "no {what} has a larger smallest share"),
    "smallest_gain": (_smallest_gain, "no {what} has a larger one"),
    "sum_of_payoffs": (_sum, "no {what} acceptable to all has a larger one"),
}
"""Key of the certificate -> what it says in words, and what nothing else does better."""
