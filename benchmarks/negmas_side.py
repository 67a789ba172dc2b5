"""The other side of ``beside_negmas.py``, run by an interpreter that has NegMAS and nothing of ours.

It reads the domain as JSON from the standard input and writes what it found and what that cost.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import negmas
import numpy as np
from measuring import cost_of
from negmas.preferences import LinearAdditiveUtilityFunction, ops
from negmas.preferences.value_fun import TableFun


def main() -> None:
    """Answer one question."""
    asked = json.load(sys.stdin)
    table, d = np.array(asked["table"]), asked["d"]
    names = [f"i{j}" for j in range(table.shape[1])]
    issues = [negmas.make_issue(list(range(table.shape[2])), name) for name in names]
    space = negmas.make_os(issues)
    functions = [
        LinearAdditiveUtilityFunction(
            {name: TableFun(dict(enumerate(row))) for name, row in zip(names, part.tolist(), strict=True)},
            outcome_space=space,
            reserved_value=without,
        )
        for part, without in zip(table, d, strict=True)
    ]

    def everything() -> dict[str, Any]:
        points, _ = ops.pareto_frontier(functions, issues=issues)
        ranges = [(float(part.min(axis=1).sum()), float(part.max(axis=1).sum())) for part in table]
        found = {
            "nash": ops.nash_points(functions, points, ranges=ranges),
            "kalai_smorodinsky": ops.ks_points(functions, points, ranges=ranges),
            "egalitarian": ops.kalai_points(functions, points, ranges=ranges),
        }
        return {"rational": len(set(points))} | {name: pick[0][0] for name, pick in found.items()}

    sums = np.stack([_sums(part) for part in table], axis=1)
    filtering, _ = cost_of(lambda: ops.pareto_frontier_active(sums), asked["runs"])
    total, found = cost_of(everything, asked["runs"])
    print(json.dumps(found | {"total": total, "filter": filtering, "version": negmas.__version__}))


def _sums(part: np.ndarray) -> np.ndarray:
    """What all agreements pay one player, by plain broadcasting."""
    total = np.zeros(1)
    for values in part:
        total = (total[:, None] + values).reshape(-1)
    return total


if __name__ == "__main__":
    main()
