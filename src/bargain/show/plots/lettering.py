"""Letters on figures: which characters can be drawn, how wide a text is, how it wraps.

matplotlib carries DejaVu Sans (Latin, Greek, Cyrillic, Arabic, Hebrew, …). For other scripts the fonts of
`FALLBACKS` are used where they are installed. A character that none of them has is drawn as ``□`` on
purpose, so that no figure warns or leaves a hole, and the figure says so in its footer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["MISSING", "drawable", "families", "text_width", "wrap"]

MISSING = "□"
"""What stands for a character that no installed font can draw."""

FALLBACKS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans CJK KR",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "PingFang SC",
    "Hiragino Sans",
    "Heiti TC",
    "Apple SD Gothic Neo",
    "Microsoft YaHei",
    "SimHei",
    "Yu Gothic",
    "Malgun Gothic",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Tamil",
    "Noto Sans Thai",
    "Noto Sans Ethiopic",
    "Nirmala UI",
    "Leelawadee UI",
    "Arial Unicode MS",
)


@lru_cache(maxsize=1)
def families() -> tuple[str, ...]:
    """DejaVu Sans and those of `FALLBACKS` that are installed, in that order."""
    from matplotlib.font_manager import fontManager

    installed = {entry.name for entry in fontManager.ttflist}
    return ("DejaVu Sans", *(name for name in FALLBACKS if name in installed))


@lru_cache(maxsize=1)
def _characters() -> frozenset[int]:
    """Code points that at least one of `families` can draw."""
    from matplotlib.font_manager import findfont, get_font

    return frozenset().union(*(get_font(findfont(name)).get_charmap() for name in families()))


def drawable(text: str) -> str:
    """The text on one line, with `MISSING` for what no font can draw.

    >>> drawable("Line of\\n contact")
    'Line of contact'
    """
    line = " ".join(text.split())
    if line.isascii() and line.isprintable():
        return line
    known = _characters()
    return "".join(letter if ord(letter) in known else MISSING for letter in line)


def text_width(ax: Axes, size: float, weight: str = "normal") -> Callable[[str], float]:
    """A function that measures texts of one size on this Axes, in points."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("the Axes belongs to no figure")
    probe = figure.text(0, 0, "", fontsize=size, fontweight=weight)
    probe.remove()
    probe.set_figure(figure)

    @cache
    def width(text: str) -> float:
        probe.set_text(text)
        return float(probe.get_window_extent().width) * 72 / figure.dpi

    return width


def wrap(text: str, room: float, width: Callable[[str], float], lines: int = 2) -> list[str]:
    """The text on at most ``lines`` lines no wider than ``room``; what does not fit ends in ``…``.

    Lines break at spaces; a word wider than the room breaks where it must.

    >>> wrap("twenty-year moratorium on accession", 12, len)
    ['twenty-year', 'moratorium…']
    >>> wrap("Donaudampfschifffahrt", 12, len)
    ['Donaudampfsc', 'hifffahrt']
    """
    rest = text.strip()
    done: list[str] = []
    while rest and len(done) < lines - 1:
        head, rest = _break(rest, room, width)
        done.append(head)
    if rest:
        done.append(_shorten(rest, room, width))
    return done or [""]


def _break(text: str, room: float, width: Callable[[str], float]) -> tuple[str, str]:
    """The longest beginning that fits, and the rest."""
    fit = _fitting(text, room, width)
    if fit == len(text):
        return text, ""
    space = text.rfind(" ", 0, fit + 1)
    at = space if space > 0 else fit
    return text[:at].rstrip(), text[at:].lstrip()


def _shorten(text: str, room: float, width: Callable[[str], float]) -> str:
    """The text on one line, cut with ``…`` where it does not fit, at a space if one is near."""
    if width(text) <= room:
        return text
    fit = _fitting(text, room - width("…"), width)
    space = text.rfind(" ", 0, fit + 1)
    at = space if space > 0.6 * fit else fit
    return text[:at].rstrip(" ,;:") + "…"


def _fitting(text: str, room: float, width: Callable[[str], float]) -> int:
    """How many leading characters fit into the room (at least one)."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(text[:middle]) <= room else (low, middle - 1)
    return low
