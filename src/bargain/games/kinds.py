"""The kinds of game that concepts over coalitions divide the worth of."""

from bargain.games.claims import Claims
from bargain.games.coalitions import Game
from bargain.games.voting import Voting

__all__ = ["CoalitionGame"]

CoalitionGame = Game | Voting | Claims
"""Worth by worth, by votes and a quota, or by claims on an estate; all know n, grand, alone and table()."""
