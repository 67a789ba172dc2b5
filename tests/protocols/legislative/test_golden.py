"""Closed forms and published numbers, each with its source."""

import numpy as np
import pytest

from bargain.errors import NotApplicable
from bargain.protocols.legislative.batch import values
from bargain.protocols.legislative.closed import balance
from bargain.protocols.legislative.open_rule import open_rule
from bargain.protocols.legislative.rules import Legislature, Motions
from bargain.protocols.legislative.solving import solve


@pytest.mark.parametrize(
    ("n", "q", "delta"), [(3, 2, 0.9), (3, 2, 1.0), (5, 3, 0.8), (5, 5, 0.7), (9, 6, 0.95), (4, 1, 0.5)]
)
def test_symmetric_closed_rule(n, q, delta):
    """Baron & Ferejohn (1989), Proposition on the closed rule: 1 - delta (q - 1)/n, and delta/n to q - 1 partners."""
    plan = solve(Legislature.symmetric(n, delta, q))
    assert plan.prices == pytest.approx([delta / n] * n, abs=1e-12)
    assert plan.values == pytest.approx([1 / n] * n, abs=1e-12)
    own = plan.offers[np.arange(len(plan.proposers)), plan.proposers]
    assert own == pytest.approx([1 - delta * (q - 1) / n] * len(own), abs=1e-12)
    bought = plan.bought()
    assert bought.sum(axis=1) == pytest.approx([q - 1] * n, abs=1e-12)
    off = bought[~np.eye(n, dtype=bool)]
    assert off == pytest.approx([(q - 1) / (n - 1)] * len(off), abs=1e-12)


def test_two_tied_members():
    """Own derivation: p = (1/2, 3/10, 1/5), delta = 4/5, q = 2. All tied would be 15/4 - y = 2, y = 7/4, and the chance
    of the first 5/4 - 7/8 = 3/8 < p: it is never bought. The others: 5/2 - y/2 + 1/2 = 2, y = 2, t = 1/2;
    c = 1/(1 + 3t - t) = 1/2, w = 1/4, v = (5/16, 5/16), the rest 3/8. They buy each other, so the first buys the second
    with chance m: m/2 + 1/5 = 5/4 - 3/5 - 3/10, m = 3/10."""
    plan = solve(Legislature((0.5, 0.3, 0.2), 0.8, 2))
    assert plan.values == pytest.approx([3 / 8, 5 / 16, 5 / 16], abs=1e-12)
    assert plan.bought()[0, 1:] == pytest.approx([0.3, 0.7], abs=1e-12)


@pytest.mark.parametrize("delta", [0.3, 0.6, 0.9, 0.99])
def test_unanimity_is_that_of_random_proposers(delta):
    """r_j = s delta_j p_j/(1 - delta_j), s = 1/(1 + sum): linear unanimity bargaining (cf. Merlo & Wilson 1995)."""
    p, d = np.array([0.5, 0.3, 0.2]), np.array([delta, 0.5, 0.7])
    k = d * p / (1 - d)
    found = balance(Legislature(tuple(p), tuple(d), 3))
    assert found.rest == pytest.approx(1 / (1 + k.sum()), abs=1e-12)
    assert found.prices == pytest.approx(k / (1 + k.sum()), abs=1e-12)


@pytest.mark.parametrize(("n", "q", "delta"), [(3, 2, 0.9), (5, 3, 0.8), (7, 4, 0.99), (101, 51, 0.9)])
def test_one_veto(n, q, delta):
    """Own derivation (``closed.py``): k = delta/(n (1 - delta)), t = delta (n - 1)/(n (n - 1 - delta (q - 1))) and
    c = 1/(1 + k + (q - 1) t); the veto expects c/(n (1 - delta)), the others c t/delta. As delta rises to 1 the veto
    gets everything (Winter 1996, recalled)."""
    k, t = delta / (n * (1 - delta)), delta * (n - 1) / (n * (n - 1 - delta * (q - 1)))
    c = 1 / (1 + k + (q - 1) * t)
    found = balance(Legislature.symmetric(n, delta, q, vetoes=("1",)))
    assert found.values[0] == pytest.approx(c / (n * (1 - delta)), abs=1e-12)
    assert found.values[1:] == pytest.approx([c * t / delta] * (n - 1), abs=1e-12)


def test_a_veto_takes_everything_in_the_limit():
    shares = [balance(Legislature.symmetric(3, d, 2, vetoes=("1",))).values[0] for d in (0.9, 0.99, 0.999, 0.9999)]
    assert shares == sorted(shares)
    assert 1 - shares[-1] < 1e-3


def test_all_vetoes_are_unanimity():
    rules = [
        Legislature((0.5, 0.3, 0.2), (0.9, 0.8, 0.7), 2, vetoes=("1", "2", "3")),
        Legislature((0.5, 0.3, 0.2), (0.9, 0.8, 0.7), 3),
    ]
    assert balance(rules[0]).values == pytest.approx(balance(rules[1]).values, abs=1e-12)


def test_the_apex_game():
    """Own derivation: votes (2, 1, 1, 1), quota 3, p = 1/4, delta. The apex a buys one small vote at w, a small one
    buys the apex at x with chance z or two other small ones at 2w. Mixing needs x = 2w. v_a = (1 - w)/4 + 3zx/4, x =
    delta v_a; v_s = (1 - v_a)/3 and w = delta v_s: v_a = 2 v_s gives v_a = 2/5, v_s = 1/5, w = delta/5, and z =
    (8/5 - 1 + w)/(3x) = (3 + delta)/(6 delta), a chance if delta >= 3/5. At 4/5: z = 19/24.
    At 1/2 everybody buys the apex: 4v = 1 - w + 3v/2 with w = (1 - v)/6, so v = 5/14."""
    plan = solve(Legislature((0.25,) * 4, 0.8, 3, votes=(2, 1, 1, 1)))
    assert plan.values == pytest.approx([0.4, 0.2, 0.2, 0.2], abs=1e-9)
    assert plan.bought()[1:, 0].mean() == pytest.approx(19 / 24, abs=1e-9)
    impatient = solve(Legislature((0.25,) * 4, 0.5, 3, votes=(2, 1, 1, 1)))
    assert impatient.values[0] == pytest.approx(5 / 14, abs=1e-9)


def test_open_rule_of_three_without_discount():
    """Own derivation: n = 3, m = 1, delta = 1: F = (1 - y)/2 + E/2, E = F/2, y = F give F = 2/5: 3/5 and 2/5."""
    plan = open_rule(Legislature.symmetric(3, 1.0, amendments="open"))
    assert (plan.partners, plan.share, plan.floor) == (1, pytest.approx(0.4, abs=1e-12), pytest.approx(0.4, abs=1e-12))


def test_open_rule_of_five():
    """Own derivation at delta = 4/5, m = 2: F = (1 - 8F/5)/2 + 2E/5, I = 2F/5 + (I + E)/5, E = (F + I)/5: I = 11F/19,
    E = 6F/19, F = 95/318, share 38/159. Fréchette, Kagel & Lehrer (2003, APSR 97, 221-232) have 0.52 and 0.24
    (recalled)."""
    plan = open_rule(Legislature.symmetric(5, 0.8, amendments="open"))
    assert plan.partners == 2
    assert plan.share == pytest.approx(38 / 159, abs=1e-12)
    assert (plan.floor, plan.partner, plan.left_out) == pytest.approx((95 / 318, 55 / 318, 30 / 318), abs=1e-12)


def test_open_rule_of_three_between_the_thresholds():
    """Own derivation (``open_rule.py``): two partners stand up to delta^2 + delta = 1, one from delta = sqrt(3) - 1 on.
    Baron & Ferejohn print two up to sqrt(3) - 1 (recalled): their stationary values are equal there, but two partners
    fail the one-shot test before."""
    golden, published = (5**0.5 - 1) / 2, 3**0.5 - 1
    assert open_rule(Legislature.symmetric(3, golden - 1e-6, amendments="open")).partners == 2
    assert open_rule(Legislature.symmetric(3, published + 1e-6, amendments="open")).partners == 1
    assert 2 / (4 + 2 * published - published**2) == pytest.approx(1 / (1 + 2 * published), abs=1e-12)
    for delta in (golden + 1e-6, 0.7, published - 1e-6):
        with pytest.raises(NotApplicable, match="no size of coalition is best against itself"):
            open_rule(Legislature.symmetric(3, delta, amendments="open"))
        best = 1 / (1 + 2 * delta)
        once = (1 - delta * best) / 2 + delta * delta * best / 2
        assert once > best


@pytest.mark.parametrize("n", [3, 5, 9])
def test_open_rule_of_the_impatient_is_for_all(n):
    """Own derivation: with everybody a partner F = pie - (n - 1) delta F, so each has delta/(1 + (n - 1) delta)."""
    delta = 0.1
    plan = open_rule(Legislature.symmetric(n, delta, amendments="open"))
    assert plan.partners == n - 1
    assert plan.share == pytest.approx(delta / (1 + (n - 1) * delta), abs=1e-12)


def test_patience_does_not_pay():
    """Own derivation (scenarios/teaching): 4 (5/4 - y/5) + 20/19 - y/5 = 3, y = 58/19: the patient expects 20/115."""
    found = values(np.full((1, 5), 0.2), np.array([[0.8, 0.95, 0.8, 0.8, 0.8]]), 3)[0]
    assert found[1] == pytest.approx(20 / 115, abs=1e-12)


def test_the_median_in_the_limit():
    """One dimension, single peaks: with patience all proposals come to the median (Banks & Duggan 2000, recalled)."""
    line = np.linspace(0, 10, 41)
    payoffs = 10 - np.abs(line[:, None] - np.array([1.0, 4, 9]))
    plan = solve(Motions(Legislature.symmetric(3, 0.99), payoffs))
    moved = line[plan.moved[:, :-1].argmax(axis=1)]
    assert np.abs(moved - 4).max() <= 0.25


def test_what_has_no_answer_says_so():
    for rules in (
        Legislature.symmetric(3, 1.0, 3),
        Legislature.symmetric(3, 1.0, 2, vetoes=("1",)),
        Legislature((1.0, 0.0, 0.0), (0.9, 1.0, 0.9), 2),
        Legislature.symmetric(3, 0.9, 2, status_quo=(0.5, 0.4, 0.3)),
        Legislature((0.01, 0.495, 0.495), (0.0, 0.99, 0.99), 2, status_quo=(0.9, 0.0, 0.0)),
        Legislature((0.5, 0.3, 0.2), 0.9, 2, amendments="open"),
        Legislature.symmetric(4, 0.9, 2, amendments="open"),
        Legislature.symmetric(102, 0.9),
        Legislature((1 / 13,) * 13, 0.9, 8, votes=(2,) * 1 + (1,) * 12),
    ):
        with pytest.raises(NotApplicable):
            solve(rules)
