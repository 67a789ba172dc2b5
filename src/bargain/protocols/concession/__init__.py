"""A dance of offers: players with given strategies make offers in turn until all accept or time is up."""

from __future__ import annotations

from bargain.protocols.concession.filling import fill
from bargain.protocols.concession.judge import judge
from bargain.protocols.concession.rules import Concession
from bargain.protocols.concession.simulate import solve
from bargain.protocols.concession.telling import tell
from bargain.protocols.protocol import Protocol

__all__ = ["concession"]

concession = Protocol(
    name="concession",
    title="Concession",
    definition="offers in turn by given strategies, round by round, until all accept or time is up; a simulation",
    source=(
        "Faratin, Sierra & Jennings (1998), Robotics and Autonomous Systems 24(3-4), 159-182; "
        "Zeuthen (1930), Problems of Monopoly and Economic Warfare"
    ),
    rules=(Concession,),
    fill=fill,
    solve=solve,
    judge=judge,
    tell=tell,
)
