"""Colours and shapes: the Okabe-Ito palette, safe for colour-blind readers, each colour with its own shape.

M. Okabe and K. Ito (2008), "Color Universal Design". The shapes and line styles carry the same distinction in
greyscale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from bargain.show.plots.lettering import families

__all__ = [
    "BODY",
    "CLOUD",
    "FRONTIER",
    "INK",
    "MUTED",
    "NO_DEAL",
    "RULE",
    "SMALL",
    "TITLE",
    "TRACK",
    "ZONE",
    "Mark",
    "concept_marks",
    "darker",
    "house_style",
    "player_marks",
]

INK, MUTED, RULE, TRACK = "#1f2328", "#57606a", "#c9ced6", "#e6e9ed"
CLOUD, ZONE, FRONTIER, NO_DEAL = "#a9b1bb", "#fdf0cf", "#4a525c", "#eceff2"

TITLE, BODY, SMALL = 15.0, 12.0, 11.0
"""Font sizes in points; nothing is smaller than `SMALL` on a figure of the natural size."""

BLUE, VERMILLION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
SKY, ORANGE, YELLOW, GREY = "#56B4E9", "#E69F00", "#F0E442", "#7a7f87"


class Mark(NamedTuple):
    """How one concept or player looks: colour, marker, line style."""

    colour: str
    marker: str
    line: str = "-"


_CONCEPTS = {
    "nash": Mark(BLUE, "o"),
    "asymmetric_nash": Mark(SKY, "D"),
    "kalai_smorodinsky": Mark(VERMILLION, "s"),
    "egalitarian": Mark(GREEN, "^"),
    "proportional": Mark(YELLOW, "X"),
    "leximin": Mark(ORANGE, "v"),
    "utilitarian": Mark(PURPLE, "P"),
    "relative_utilitarian": Mark(GREY, "p"),
    "equal_loss": Mark(GREEN, "h"),
    "maschler_perles": Mark(VERMILLION, ">"),
    "raiffa_discrete": Mark(BLUE, "<"),
    "raiffa_continuous": Mark(PURPLE, "d"),
    "adjusted_winner": Mark(ORANGE, "*"),
}
_OTHER_CONCEPTS = (Mark(GREY, "8"), Mark(YELLOW, "H"), Mark(SKY, "X"))
_PLAYERS = (
    Mark(BLUE, "o", "-"),
    Mark(VERMILLION, "s", "--"),
    Mark(GREEN, "^", "-."),
    Mark(PURPLE, "D", ":"),
    Mark(ORANGE, "v", "-"),
    Mark(SKY, "P", "--"),
    Mark(GREY, "X", "-."),
)


def concept_marks(concepts: Sequence[str]) -> dict[str, Mark]:
    """Concept -> mark; the same concept looks the same in every figure."""
    others = [name for name in concepts if name not in _CONCEPTS]
    extra = {name: _OTHER_CONCEPTS[place % len(_OTHER_CONCEPTS)] for place, name in enumerate(others)}
    return {name: _CONCEPTS.get(name) or extra[name] for name in concepts}


def player_marks(players: Sequence[str]) -> dict[str, Mark]:
    """Player -> mark, by place in the file; after seven players the colours begin again, with other shapes."""
    n = len(_PLAYERS)
    return {
        name: _PLAYERS[place % n]._replace(marker=_PLAYERS[(place + place // n) % n].marker)
        for place, name in enumerate(players)
    }


def darker(colour: str, share: float = 0.62) -> str:
    """The same hue dark enough to be read as text on white."""
    red, green, blue = (int(int(colour[at : at + 2], 16) * share) for at in (1, 3, 5))
    return f"#{red:02x}{green:02x}{blue:02x}"


@contextmanager
def house_style() -> Iterator[None]:
    """Font and sizes while a figure is built; ``$`` is a dollar sign and never starts a formula."""
    import matplotlib

    settings: dict[Any, Any] = {
        "font.family": list(families()),
        "font.size": BODY,
        "text.color": INK,
        "text.parse_math": False,
        "text.usetex": False,
        "axes.labelcolor": INK,
        "axes.edgecolor": MUTED,
        "axes.linewidth": 0.8,
        "legend.fontsize": SMALL,
        "hatch.linewidth": 0.7,
    }
    with matplotlib.rc_context(settings):
        yield
