"""When a player gives in: the plan of a war of attrition, as a distribution over time."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["Concession"]


@dataclass(frozen=True)
class Concession:
    """A player holds out at time 0 with chance ``holds``, gives in at ``rate`` from then until ``until``, then never.

    ``rate`` is a hazard: whoever has not given in by a time before ``until`` does so in the next moment ``dt`` with
    chance ``rate`` times ``dt``. A rate of infinity means giving in at once at any time before ``until``, also after
    having failed to at time 0. Times are in the unit of the rules. The chance of holding out is kept rather than the
    atom ``1 - holds``, because it may be tiny.

    >>> half = Concession(holds=0.5, rate=0.1, until=10)
    >>> half.atom, [round(half.chance_by(t), 4) for t in (0, 10, 20)]
    (0.5, [0.5, 0.8161, 0.8161])
    """

    holds: float
    rate: float
    until: float = math.inf

    @property
    def atom(self) -> float:
        """The chance of giving in at time 0."""
        return 1.0 - self.holds

    def chance_by(self, time: float) -> float:
        """F(t) = 1 - holds exp(-rate min(t, until)): the chance of having given in by ``time``; 0 before time 0."""
        return 1.0 - self.staying_at(time)

    def staying_at(self, time: float) -> float:
        """1 - F(t), with all its digits where it is small."""
        spell = min(time, self.until)
        if time < 0:
            return 1.0
        if spell <= 0 or self.rate == 0:
            return self.holds
        return self.holds * math.exp(-self.rate * spell)
