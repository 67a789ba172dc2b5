"""The best mechanism of trade between few types each, by linear programming (Myerson & Satterthwaite 1983)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotConverged
from bargain.protocols.double_auction.plan import MechanismPlan, Shadows
from bargain.protocols.double_auction.rules import Trade, Types

__all__ = ["solve_trade"]

Array = NDArray[np.float64]
FEASIBLE = 1e-10
"""The tightest that the linear solver offers; the vertex it returns is usually exact to rounding."""


def solve_trade(rules: Trade) -> MechanismPlan:
    r"""The mechanism that maximises the objective of the rules among all that types would truthfully take part in.

    The chances of trade $p_{ij}$ and the constraints' shadows come from a linear programme (HiGHS): incentive
    constraints between neighbouring types, which imply all others, participation of every type, and a budget that
    balances on average. Payments then leave every type the least that the incentives ask for. What remains is the
    broker's if its profit counts, and else is given to both sides in halves; then the price $t_{ij} = X_i + Y_j - E[Y]$
    passes from buyer to seller whatever the types are, so that the budget balances always and not only on average.

    Raises `NotConverged` if the programme is not solved.
    Source: Myerson & Satterthwaite (1983), Journal of Economic Theory 29, 265-281; the programme own derivation.

    >>> plan = solve_trade(Trade(Types((1, 5), (0.5, 0.5)), Types((0, 4), (0.5, 0.5))))
    >>> round(plan.gains, 9), plan.first_best, plan.deficit, plan.efficient    # 5/3 of 7/4
    (1.666666667, 1.75, 0.25, False)
    """
    trade, shadows = _programme(rules)
    values, costs = np.array(rules.values.values), np.array(rules.costs.values)
    f, g = np.array(rules.values.chances), np.array(rules.costs.chances)
    worth = f[:, None] * g * (values[:, None] - costs)
    buyer, seller = _rents(values, trade @ g), _rents(-costs[::-1], (f @ trade)[::-1])[::-1]
    gains = float((worth * trade).sum())
    left = gains - float(f @ buyer + g @ seller)
    left = 0.0 if abs(left) <= FEASIBLE * abs(gains) else left
    balanced = rules.profit_weight == 0
    if balanced:
        buyer, seller = buyer + left / 2, seller + left / 2
    paid, got = values * (trade @ g) - buyer, costs * (f @ trade) + seller
    price = paid[:, None] + got - float(g @ got)
    wide = np.ones_like(trade)
    return MechanismPlan(
        trade=trade,
        pays=price if balanced else paid[:, None] * wide,
        receives=price if balanced else got * wide,
        buyer=buyer,
        seller=seller,
        gains=gains,
        profit=0.0 if balanced else left,
        first_best=float(np.maximum(worth, 0.0).sum()),
        deficit=_deficit(rules.values, rules.costs),
        shadows=shadows,
    )


def _rents(types: Array, chances: Array) -> Array:
    """The least payoffs, by rising type, that keep each type from reporting the one below: 0 for the lowest."""
    return np.concatenate([[0.0], np.cumsum(np.diff(types) * chances[:-1])])


def _deficit(values: Types, costs: Types) -> float:
    """The least rents under trade whenever there is a gain, less the gains."""
    v, c = np.array(values.values), np.array(costs.values)
    f, g = np.array(values.chances), np.array(costs.chances)
    trade = (v[:, None] > c).astype(np.float64)
    buyer, seller = _rents(v, trade @ g), _rents(-c[::-1], (f @ trade)[::-1])[::-1]
    gains = float((f[:, None] * g * (v[:, None] - c) * trade).sum())
    return float(f @ buyer + g @ seller) - gains


def _programme(rules: Trade) -> tuple[Array, Shadows]:
    """The chances of trade and the multipliers of the linear programme.

    Its unknowns are the chances p (m x n), the buyer's chance P and payment X by type (m each) and the seller's chance
    Q and receipt Y (n each).
    """
    from scipy.optimize import linprog

    m, n = len(rules.values.values), len(rules.costs.values)
    rows = _constraints(rules)
    found = linprog(
        -_objective(rules),
        A_ub=rows,
        b_ub=np.zeros(rows.shape[0]),
        A_eq=_interim(rules),
        b_eq=np.zeros(m + n),
        bounds=np.array([(0.0, 1.0)] * (m * n) + [(-np.inf, np.inf)] * (2 * (m + n))),
        method="highs",
        options={"primal_feasibility_tolerance": FEASIBLE, "dual_feasibility_tolerance": FEASIBLE},
    )
    if found.status != 0:
        raise NotConverged(f"the linear programme of the mechanism was not solved: {found.message}")
    multipliers = np.maximum(0.0, -np.asarray(found.ineqlin.marginals, dtype=np.float64))
    parts = np.split(multipliers, np.cumsum([m - 1, m - 1, n - 1, n - 1, m, n]))
    shadows = Shadows(
        budget=float(parts[6][0]),
        buyer_stays=parts[4],
        seller_stays=parts[5],
        buyer_down=parts[0],
        buyer_up=parts[1],
        seller_down=parts[2],
        seller_up=parts[3],
    )
    return _chances(found.x[: m * n]).reshape(m, n), shadows


def _chances(found: Any) -> Array:
    """Chances of trade, those within the solver's tolerance of 0 and 1 being 0 and 1."""
    chances = np.asarray(found, dtype=np.float64)
    return np.asarray(np.where(chances < FEASIBLE, 0.0, np.where(chances > 1.0 - FEASIBLE, 1.0, chances)))


def _objective(rules: Trade) -> Array:
    """What is maximised, per unknown."""
    weight = rules.profit_weight
    v, c = np.array(rules.values.values), np.array(rules.costs.values)
    f, g = np.array(rules.values.chances), np.array(rules.costs.chances)
    gains = f[:, None] * g * (v[:, None] - c)
    zeros = np.zeros(len(v)), np.zeros(len(c))
    return np.concatenate([(1 - weight) * gains.ravel(), zeros[0], weight * f, zeros[1], -weight * g])


def _interim(rules: Trade) -> Any:
    """Rows for P_i = sum_j g_j p_ij and Q_j = sum_i f_i p_ij."""
    from scipy.sparse import eye_array, hstack, kron, vstack

    f, g = np.array(rules.values.chances), np.array(rules.costs.chances)
    m, n = len(f), len(g)
    buyer = hstack([kron(eye_array(m), g[None, :]), -eye_array(m), _blank(m, m), _blank(m, 2 * n)])
    seller = hstack([kron(f[None, :], eye_array(n)), _blank(n, 2 * m), -eye_array(n), _blank(n, n)])
    return vstack([buyer, seller]).tocsr()


def _constraints(rules: Trade) -> Any:
    """Rows that must not be positive: buyer down, up, seller down, up, participation of both, the budget."""
    from scipy.sparse import csr_array, diags_array, eye_array, hstack, vstack

    v, c = np.array(rules.values.values), np.array(rules.costs.values)
    f, g = np.array(rules.values.chances), np.array(rules.costs.chances)
    m, n = len(v), len(c)
    lower, upper = eye_array(m - 1, m), eye_array(m - 1, m, k=1)
    below, above = eye_array(n - 1, n), eye_array(n - 1, n, k=1)

    def of_buyer(chances: Any, money: Any) -> Any:
        rows = money.shape[0]
        return hstack([_blank(rows, m * n), chances, money, _blank(rows, 2 * n)])

    def of_seller(chances: Any, money: Any) -> Any:
        rows = money.shape[0]
        return hstack([_blank(rows, m * n + 2 * m), chances, money])

    swap, back = diags_array(v[1:]) @ (lower - upper), diags_array(v[:-1]) @ (upper - lower)
    cost_up, cost_down = diags_array(c[1:]) @ (above - below), diags_array(c[:-1]) @ (below - above)
    return vstack(
        [
            of_buyer(swap, upper - lower),  # v_i+1 P_i - X_i <= v_i+1 P_i+1 - X_i+1
            of_buyer(back, lower - upper),
            of_seller(cost_up, below - above),  # Y_j - c_j+1 Q_j <= Y_j+1 - c_j+1 Q_j+1
            of_seller(cost_down, above - below),
            of_buyer(-diags_array(v), eye_array(m)),
            of_seller(diags_array(c), -eye_array(n)),
            hstack([_blank(1, m * n + m), csr_array(-f[None, :]), _blank(1, n), csr_array(g[None, :])]),
        ]
    ).tocsr()


def _blank(rows: int, columns: int) -> Any:
    """Rows of nothing."""
    from scipy.sparse import csr_array

    return csr_array((rows, columns))
