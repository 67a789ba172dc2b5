"""What the rules of every protocol ask of their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Integral

from bargain.errors import UsageError

__all__ = ["require_different", "require_whole"]


def require_different(players: Sequence[str]) -> None:
    """Raise `UsageError` if two players have the same name: what they get is told by name."""
    twice = [name for name in dict.fromkeys(players) if list(players).count(name) > 1]
    if twice:
        raise UsageError(f"two players have the same name, '{twice[0]}'", hint="give every player a name of its own")


def require_whole(what: str, number: object, least: int = 1) -> None:
    """Raise `UsageError` for what is no whole number, or is too small."""
    if isinstance(number, bool) or not isinstance(number, Integral) or number < least:
        raise UsageError(f"{what} is {number}", hint=f"write a whole number from {least} on")
