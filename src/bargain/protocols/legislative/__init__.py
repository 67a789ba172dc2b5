"""Legislative bargaining: a member recognised at random proposes, and enough votes pass it."""

from __future__ import annotations

from bargain.protocols.legislative.filling import fill
from bargain.protocols.legislative.judge import judge
from bargain.protocols.legislative.rules import Legislature, Motions
from bargain.protocols.legislative.solving import solve
from bargain.protocols.legislative.telling import tell
from bargain.protocols.protocol import Protocol

__all__ = ["Legislature", "Motions", "legislative"]

legislative = Protocol(
    name="legislative",
    title="Legislative bargaining",
    definition=(
        "a member recognised at random proposes, and what enough votes accept is carried out; else the next session"
    ),
    source=(
        "Baron & Ferejohn (1989), Bargaining in Legislatures, American Political Science Review 83, 1181-1206; "
        "payoffs by Eraslan (2002), Journal of Economic Theory 103, 11-30"
    ),
    rules=(Legislature, Motions),
    fill=fill,
    solve=solve,
    judge=judge,
    tell=tell,
)
