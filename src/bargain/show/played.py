"""The page of `bargain play`: what it leads to, who does what when, what each believes, and the judge's certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from bargain.model.equilibrium import Equilibrium, Move
from bargain.model.wording import in_words
from bargain.show.html import card, table as html_table
from bargain.show.layout import Column, Line, Page, apart, columns, definitions, paragraph, plain_text
from bargain.show.numbers import figures, number, percent
from bargain.show.solved import CAUTION, Detail

__all__ = ["equilibrium_html", "equilibrium_page", "equilibrium_text"]

MOVES_SHOWN = 12
"""Of a longer path the first and the last moves are shown, half of each."""
STATUS = {
    "agreement": "An agreement is reached.",
    "no_agreement": "No agreement is reached.",
    "uncertain": "Whether an agreement is reached is uncertain.",
    "not_applicable": "Not applicable",
}
ROWS_SHOWN = 15
CERTAIN = 1 - 1e-9
"""A chance above this is certainty, but for rounding."""
UNDISCOUNTED = "What moves pay is before discounting; payoffs at the top are discounted to the start."
NAMES_SHOWN = 12
"""Players or types that are named in one line, with a number for each."""
SHORT = ("standings", "tournament_equilibria")
"""Tables that belong to the page while they are short; the others come with ``-v``."""
REFERRED = ("mechanism",)
"""Tables that the page speaks of, and so always has."""


def equilibrium_page(equilibrium: Equilibrium, width: int, detail: Detail = "normal") -> Page:
    """The whole page; ``brief`` is who gets what, ``full`` adds definition, source, rules and tables."""
    outcome = _outcome(equilibrium, width)
    if detail == "brief":
        return outcome
    sections = [
        _heading(equilibrium, width, detail),
        outcome,
        _agreement(equilibrium, width),
        _path(equilibrium, width, detail),
        _strategies(equilibrium, width),
        _beliefs(equilibrium, width),
        _measures(equilibrium, width),
        *(
            _table(equilibrium, name, width)
            for name, rows in equilibrium.tables.items()
            if detail == "full" or name in REFERRED or (name in SHORT and len(rows) <= ROWS_SHOWN)
        ),
        _rules(equilibrium, width) if detail == "full" else [],
        _certificate(equilibrium, width),
    ]
    return apart(sections)


def equilibrium_text(equilibrium: Equilibrium, width: int = 80) -> str:
    """The page as plain text."""
    return plain_text(equilibrium_page(equilibrium, width))


def equilibrium_html(equilibrium: Equilibrium) -> str:
    """The equilibrium as a card for notebooks."""
    names = list(equilibrium.payoffs)
    head = ["player", "no deal", "payoff"]
    rows = [
        [equilibrium.players.get(name, name), *pair] for name, *pair in zip(names, *_outcomes(equilibrium), strict=True)
    ]
    parts = [f"<p>{escape(_verdict(equilibrium))}</p>"]
    parts += [html_table(head, rows, words=1)] if rows else []
    if equilibrium.path:
        told = [[*_move(equilibrium, move)] for move in _shown(equilibrium.path)]
        parts.append(html_table(["round", "player", "does", "paying"], told, words=4))
    if equilibrium.strategies:
        plans = [[equilibrium.players.get(s.player, s.player), s.when, s.does] for s in equilibrium.strategies]
        parts.append(html_table(["player", "when", "does"], plans, words=3))
    if equilibrium.measures:
        numbers = [[_label(name), _value(equilibrium, found)] for name, found in equilibrium.measures.items()]
        parts.append(html_table(["in numbers", ""], numbers, words=2))
    parts += [f"<p>{escape(line)}</p>" for line in [*_certificate_lines(equilibrium), *equilibrium.remarks]]
    return card(_title(equilibrium), parts)


def _title(equilibrium: Equilibrium) -> str:
    name = equilibrium.protocol or equilibrium.model
    shown = name if name == equilibrium.model else f"{name} ({equilibrium.model.replace('_', ' ')})"
    return ": ".join(filter(None, [equilibrium.title, shown.replace("_", " ")]))


def _heading(equilibrium: Equilibrium, width: int, detail: Detail) -> Page:
    from bargain.protocols import protocol_named

    protocol = protocol_named(equilibrium.model)
    page = paragraph(_title(equilibrium), width, style="title")
    setup = equilibrium.scenario.protocols.get(equilibrium.protocol) if equilibrium.scenario is not None else None
    if setup is not None and setup.title:
        page += paragraph(f"{setup.title}.", width)
    page += paragraph(f"{protocol.title}: {protocol.definition}.", width)
    if setup is not None and setup.note and detail == "full":
        page += paragraph(f"Note: {setup.note}", width)
    if detail == "full":
        page += paragraph(f"Source: {protocol.source}.", width)
    as_of = equilibrium.scenario.as_of if equilibrium.scenario is not None else None
    return page + paragraph(f"{CAUTION} As of {as_of}." if as_of else CAUTION, width, style="muted")


def _verdict(equilibrium: Equilibrium) -> str:
    told = STATUS[equilibrium.status]
    if equilibrium.status == "not_applicable":
        return f"{told}: {equilibrium.reason}."
    chance = equilibrium.chance_of_agreement
    if equilibrium.status == "uncertain" and chance is not None:
        told = f"An agreement is reached with a chance of {percent(chance)}."
    return f"{told} {equilibrium.reason}." if equilibrium.reason else told


def _outcome(equilibrium: Equilibrium, width: int) -> Page:
    page = paragraph(_verdict(equilibrium), width)
    names = list(equilibrium.payoffs)
    if not names:
        return page
    table = [Column(["player"], [equilibrium.players.get(name, name) for name in names], words=True)]
    without, paid = _outcomes(equilibrium)
    if equilibrium.disagreement:
        table.append(Column(["no deal"], without))
    table.append(Column(["payoff"], paid))
    side_by_side = columns(table, width)
    stacked = list(zip(table[0].cells, paid, strict=True))
    return [*page, Line(""), *(side_by_side or definitions(stacked, width))]


def _outcomes(equilibrium: Equilibrium) -> tuple[list[str], list[str]]:
    """What no deal and the plan pay every player, all with the same decimals."""
    without = [equilibrium.disagreement.get(name) for name in equilibrium.payoffs]
    paid = list(equilibrium.payoffs.values())
    return figures(without, beside=paid), figures(paid, beside=without)


def _agreement(equilibrium: Equilibrium, width: int) -> Page:
    if equilibrium.agreement is None or equilibrium.scenario is None:
        return []
    signed = min((move.chance for move in equilibrium.path if move.agreement == equilibrium.agreement), default=1.0)
    certain = equilibrium.status == "agreement" and signed > CERTAIN
    opening = "The agreement" if certain else "The likeliest agreement"
    return [Line(opening, "heading"), *definitions(in_words(equilibrium.scenario, equilibrium.agreement), width)]


def _path(equilibrium: Equilibrium, width: int, detail: Detail) -> Page:
    if not equilibrium.path:
        return []
    shown = list(equilibrium.path) if detail == "full" else _shown(equilibrium.path)
    told = [_move(equilibrium, move) for move in shown]
    table = [
        Column([head], [row[place] for row in told], words=place > 0)
        for place, head in enumerate(["round", "player", "does", "paying"])
    ]
    apiece = _paid_apiece(equilibrium, shown)
    left_out = len(equilibrium.path) - len(shown)
    more = paragraph(f"{left_out} moves in between are left out (all with -v).", width, indent=2) if left_out else []
    side_by_side = columns([*table[:3], *apiece], width) if apiece else None
    side_by_side = side_by_side or columns(table, width)
    if side_by_side is None:
        side_by_side = [line for row in told for line in paragraph(" ".join(filter(None, row)), width, indent=2)]
    undiscounted = paragraph(UNDISCOUNTED, width, indent=2, style="muted") if _wait(equilibrium, shown) else []
    return [Line("How it is played", "heading"), *side_by_side, *more, *undiscounted]


def _wait(equilibrium: Equilibrium, shown: Sequence[Move]) -> bool:
    """Whether somebody discounts payoffs that come later."""
    rates, patience = (equilibrium.rules.get(key) for key in ("rates", "patience"))
    impatient = isinstance(patience, Mapping) and any(factor < 1 for factor in patience.values())
    return (rates is not None or impatient) and any(
        move.payoffs and move.round > (0 if rates is not None else 1) for move in shown
    )


def _paid_apiece(equilibrium: Equilibrium, shown: Sequence[Move]) -> list[Column]:
    """A column of payoffs for each player, where every move says what everybody would be paid."""
    names = list(shown[0].payoffs)
    if len(names) < 2 or any(list(move.payoffs) != names for move in shown):
        return []
    return [
        Column([equilibrium.players.get(name, name)], figures([move.payoffs[name] for move in shown])) for name in names
    ]


def _shown(path: Sequence[Move]) -> list[Move]:
    half = MOVES_SHOWN // 2
    return list(path) if len(path) <= MOVES_SHOWN else [*path[:half], *path[-half:]]


def _move(equilibrium: Equilibrium, move: Move) -> tuple[str, str, str, str]:
    paid = ", ".join(
        f"{equilibrium.players.get(name, name)} {text}"
        for name, text in zip(move.payoffs, figures(move.payoffs.values()), strict=True)
    )
    action = move.action if move.chance > 1 - 1e-12 else f"{move.action} (chance {percent(move.chance)})"
    note = f" ({move.note})" if move.note else ""
    return number(move.round), equilibrium.players.get(move.player, move.player), action + note, paid


def _strategies(equilibrium: Equilibrium, width: int) -> Page:
    page: Page = []
    for name in dict.fromkeys(strategy.player for strategy in equilibrium.strategies):
        own = [strategy for strategy in equilibrium.strategies if strategy.player == name]
        page += paragraph(equilibrium.players.get(name, name), width, indent=2)
        page += definitions([(strategy.when, strategy.does) for strategy in own], width, indent=4)
    return [Line("Who does what", "heading"), *page] if page else []


def _beliefs(equilibrium: Equilibrium, width: int) -> Page:
    entries = []
    for belief in equilibrium.beliefs:
        told = _some([f"{name} {percent(chance)}" for name, chance in belief.chances.items()])
        off = "" if belief.on_path else " (never reached)"
        entries.append((f"{equilibrium.players.get(belief.about, belief.about)}, {belief.when}{off}", told))
    return [Line("What the others believe", "heading"), *definitions(entries, width)] if entries else []


def _measures(equilibrium: Equilibrium, width: int) -> Page:
    entries = [(_label(name), _value(equilibrium, found)) for name, found in equilibrium.measures.items()]
    return [Line("In numbers", "heading"), *definitions(entries, width)] if entries else []


def _label(name: str) -> str:
    return name.replace("_", " ").replace(".", " ")


def _some(texts: Sequence[str]) -> str:
    """The first of many, and how many there are besides."""
    rest = len(texts) - NAMES_SHOWN
    return ", ".join(texts) if rest <= 1 else f"{', '.join(texts[:NAMES_SHOWN])} and {rest} more (all with --json)"


def _value(equilibrium: Equilibrium, found: Any) -> str:
    if isinstance(found, Mapping):
        own = all(isinstance(value, int | float) and not isinstance(value, bool) for value in found.values())
        texts = figures(found.values()) if own else [_value(equilibrium, value) for value in found.values()]
        named = (equilibrium.players.get(str(name), str(name)) for name in found)
        return _some([f"{name} {text}" for name, text in zip(named, texts, strict=True)])
    if isinstance(found, bool):
        return "yes" if found else "no"
    if isinstance(found, int | float):
        return number(found)
    if isinstance(found, Sequence) and not isinstance(found, str):
        return ", ".join(_value(equilibrium, value) for value in found)
    return "–" if found is None else equilibrium.players.get(str(found), str(found))


def _head(players: Mapping[str, str], key: str) -> str:
    """A key of a table with titles in the place of names: ``ann``, ``ann_keeps``, ``payoff.ann``, ``gain_of_ann``."""
    for name, title in sorted(players.items(), key=lambda pair: -len(pair[0])):
        if key == name:
            return title
        if key.startswith(f"{name}_"):
            return f"{title} {_label(key[len(name) + 1 :])}"
        if key.endswith((f".{name}", f"_{name}")):
            return f"{_label(key[: -len(name) - 1])} {title}"
    return _label(key)


def _table(equilibrium: Equilibrium, name: str, width: int) -> Page:
    rows, players = equilibrium.tables[name], equilibrium.players
    heads = list(dict.fromkeys(key for row in rows for key in row))
    table = []
    for head in heads:
        cells = [row.get(head) for row in rows[:ROWS_SHOWN]]
        counted = all(cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool)) for cell in cells)
        texts = figures(cells) if counted else [players.get(str(cell), _plain(cell)) for cell in cells]
        table.append(Column([_head(players, head)], texts, words=not counted))
    fitted = columns(table, width) if table else []
    if fitted is None:
        told = [[f"{_head(players, k)} {players.get(str(v), _plain(v))}" for k, v in row.items()] for row in rows]
        fitted = [line for parts in told[:ROWS_SHOWN] for line in paragraph(", ".join(parts), width, indent=2)]
    rest = len(rows) - ROWS_SHOWN
    more = paragraph(f"and {rest} more rows (all with --json)", width, indent=2) if rest > 0 else []
    return [Line(_label(name).capitalize(), "heading"), *fitted, *more] if fitted else []


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(entry)}" for key, entry in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_plain(entry) for entry in value)
    return "–" if value is None else str(value)


def _rules(equilibrium: Equilibrium, width: int) -> Page:
    entries = [(_label(name), _value(equilibrium, found)) for name, found in equilibrium.rules.items()]
    return [Line("Rules", "heading"), *definitions(entries, width)] if entries else []


def _certificate(equilibrium: Equilibrium, width: int) -> Page:
    told = [*_certificate_lines(equilibrium), *equilibrium.remarks]
    page = [line for text in told for line in paragraph(text, width, indent=2)]
    return [Line("What stands behind it", "heading"), *page] if page else []


def _certificate_lines(equilibrium: Equilibrium) -> list[str]:
    certificate = equilibrium.certificate
    if "largest_gain" not in certificate:
        return []
    gain, count = certificate["largest_gain"], f"{certificate.get('deviations', 0):,}".replace(",", " ")
    concept = equilibrium.solution_concept
    kind = f"{concept[0].upper()}{concept[1:]}: " if concept else ""
    most = "nobody gains" if gain <= certificate.get("tolerance", 0) else f"nobody gains more than {gain:.1g}"
    lines = [f"{kind}{most} by any one of {count} deviations tried by a judge that shares no code with the solver."]
    if certificate.get("equilibrium") is False:
        judge = "a judge that shares no code with the simulator replayed it and found all as the strategies say"
        lines = [f"{kind}{judge} ({count} checks)."]
    known = ("largest_gain", "tolerance", "deviations", "equilibrium")
    extra = {key: value for key, value in certificate.items() if key not in known}
    return lines + [f"{_label(key).capitalize()}: {_value(equilibrium, value)}." for key, value in extra.items()]
