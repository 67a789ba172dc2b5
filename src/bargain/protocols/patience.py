"""How patient the players of a file are: given, or taken to be perfect, which is said."""

from __future__ import annotations

from collections.abc import Sequence

from bargain.errors import UsageError
from bargain.model.scenario import Scenario

__all__ = ["patience_of", "patience_or_1", "remark_on_patience"]


def patience_of(scenario: Scenario, names: Sequence[str], *, instead: str = "") -> tuple[float, ...]:
    """Discount factors of the players, in this order; 1 for all if none is given and something else makes them hurry.

    ``instead`` says what could: empty where something does.

    Raises
    ------
    UsageError
        if some have a patience and others have none, or nobody has and nothing else makes them hurry.
    """
    given = {name: scenario.players[name].patience for name in names}
    missing = [name for name, patience in given.items() if patience is None]
    if missing and (instead or len(missing) < len(given)):
        told = " and ".join(f"`players.{name}.patience`" for name in missing)
        hint = "write it for all who take part, or for nobody" if len(missing) < len(given) else instead
        raise UsageError(f"{told} {'is' if len(missing) == 1 else 'are'} missing", hint=hint)
    return patience_or_1(scenario, names)


def patience_or_1(scenario: Scenario, names: Sequence[str]) -> tuple[float, ...]:
    """Discount factors of the players, 1 for whoever has none in the file; `remark_on_patience` says who that is."""
    given = [scenario.players[name].patience for name in names]
    return tuple(1.0 if patience is None else patience.value for patience in given)


def remark_on_patience(scenario: Scenario, names: Sequence[str]) -> tuple[str, ...]:
    """What to say of those who have no patience in the file and are taken not to mind waiting."""
    without = [scenario.title_of(name) for name in names if scenario.players[name].patience is None]
    if not without:
        return ()
    return (f"No patience in the file, so that gains are worth no less for being late: {', '.join(without)}.",)
