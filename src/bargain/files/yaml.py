"""Text -> plain maps, lists and scalars, with the position of every part and what is wrong with the YAML.

The parser of ruamel.yaml delivers events; from them we build the tree ourselves, so that keys are text,
scalars follow YAML 1.2 (`scalars`), duplicate keys and tags are refused with their place, and size, depth and
aliases stay bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bargain.errors import Problem, ScenarioError
from bargain.files.marks import Mark, Marks, Path, dotted
from bargain.files.scalars import read_scalar
from bargain.files.syntax import syntax_problem
from bargain.files.text import refuse_control_characters

__all__ = ["Document", "parse_yaml"]

DEEPEST = 60
"""Levels of nesting; a scenario needs about ten."""
MOST = 50_000
"""Values in a document, aliases expanded."""


@dataclass
class Document:
    """A plain tree, where its parts stand, and what was wrong on the way."""

    data: Any
    marks: Marks = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def parse_yaml(text: str, file: str, *, positioned: bool = True) -> Document:
    """Read one YAML document; raises `ScenarioError` where the text is no YAML at all.

    ``file`` is the name that marks carry; where ``positioned`` is false (``--set``), they have no line.
    """
    refuse_control_characters(text, file)
    composer = _Composer(file, positioned=positioned)
    root = composer.compose(text)
    builder = _Builder(composer.problems)
    return Document(builder.build(root, (), 0), builder.marks, builder.problems)


@dataclass
class _Node:
    mark: Mark
    kind: str
    value: Any
    """Scalar: the value; map: pairs of key mark, key, node; list: nodes."""


class _Composer:
    """Events -> nodes."""

    def __init__(self, file: str, *, positioned: bool) -> None:
        self.file = file
        self.positioned = positioned
        self.problems: list[Problem] = []
        self.anchors: dict[str, _Node | None] = {}
        self.count = 0
        self.last: Any = None

    def compose(self, text: str) -> _Node:
        try:
            return self._document(self._watch(_events(text)))
        except ScenarioError:
            raise
        except Exception as error:  # the parser is third-party: whatever it raises is a syntax error to us
            problem = syntax_problem(error, self.file, last=self.last, positioned=self.positioned)
            raise ScenarioError([*self.problems, problem]) from error

    def _watch(self, events: Iterator[Any]) -> Iterator[Any]:
        for event in events:
            self.last = event.end_mark
            yield event

    def _document(self, events: Iterator[Any]) -> _Node:
        root: _Node | None = None
        for event in events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent" and root is not None:
                raise self._stop(event, "a second YAML document begins here", "keep one document per file")
            if kind in _CONTENT:
                root = self._node(event, events, 1)
        return root or _Node(self._place(None), "scalar", None)

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> _Node:
        self.count += 1
        if depth > DEEPEST:
            raise self._stop(event, f"nested more than {DEEPEST} levels deep", "is a bracket not closed?")
        if self.count > MOST:
            raise self._stop(event, f"more than {MOST} values", "is this a scenario?")
        kind = type(event).__name__
        if kind == "AliasEvent":
            return self._alias(event)
        anchor = event.anchor
        if anchor is not None:
            self.anchors[anchor] = None
        if getattr(event, "tag", None) is not None:
            self._complain(event, f"the tag {_shown(event.tag)} is not used here", "write the plain value")
        node = self._content(kind, event, events, depth)
        if anchor is not None:
            self.anchors[anchor] = node
        return node

    def _content(self, kind: str, event: Any, events: Iterator[Any], depth: int) -> _Node:
        if kind == "ScalarEvent":
            return _Node(self._place(event), "scalar", read_scalar(event.value) if _is_plain(event) else event.value)
        if kind == "SequenceStartEvent":
            items = []
            while type(inner := next(events)).__name__ != "SequenceEndEvent":
                items.append(self._node(inner, events, depth + 1))
            return _Node(self._place(event), "list", items)
        return _Node(self._place(event), "map", self._entries(events, depth))

    def _entries(self, events: Iterator[Any], depth: int) -> list[tuple[Mark, str, _Node]]:
        entries: dict[str, tuple[Mark, str, _Node]] = {}
        while type(event := next(events)).__name__ != "MappingEndEvent":
            key = self._key(event, events, depth)
            node = self._node(next(events), events, depth + 1)
            if key is None:
                continue
            place = self._place(event)
            if key in entries:
                first = entries[key][0]
                where = f" first on line {first.line}, column {first.column}" if self.positioned else ""
                self._complain(event, f"the key '{key}' stands here twice,{where}", "keep one of the two")
                continue
            entries[key] = (place, key, node)
        return list(entries.values())

    def _key(self, event: Any, events: Iterator[Any], depth: int) -> str | None:
        """The text of a key; None, with a complaint, for what cannot be one."""
        if type(event).__name__ != "ScalarEvent":
            self._complain(event, "a key must be a plain word", "write `name: value`")
            self._node(event, events, depth + 1)
            return None
        if event.tag is not None:
            self._complain(event, f"the tag {_shown(event.tag)} is not used here", "write the plain value")
        if event.value == "<<" and _is_plain(event):
            self._complain(event, "merge keys (<<) are not used here", "write the entries out, or use `extends`")
            return None
        if event.anchor is not None:
            self.anchors[event.anchor] = _Node(self._place(event), "scalar", event.value)
        return str(event.value)

    def _alias(self, event: Any) -> _Node:
        if event.anchor not in self.anchors:
            raise self._stop(event, f"the alias *{event.anchor} has no anchor &{event.anchor} above it")
        node = self.anchors[event.anchor]
        if node is None:
            raise self._stop(event, f"the alias *{event.anchor} contains itself", "write the value out")
        return node

    def _place(self, event: Any) -> Mark:
        if not self.positioned:
            return Mark(self.file)
        start = event.start_mark if event is not None else None
        return Mark(self.file, *((start.line + 1, start.column + 1) if start is not None else (1, 1)))

    def _complain(self, event: Any, message: str, hint: str = "") -> None:
        place = self._place(event)
        self.problems.append(Problem(place.file, place.line, place.column, "", message, hint))

    def _stop(self, event: Any, message: str, hint: str = "") -> ScenarioError:
        self._complain(event, message, hint)
        return ScenarioError(self.problems)


class _Builder:
    """Nodes -> plain tree and marks; aliases are written out."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.marks: Marks = {}
        self.count = 0

    def build(self, node: _Node, path: Path, depth: int) -> Any:
        self.count += 1
        if self.count > MOST or depth > DEEPEST:
            excess = f"more than {MOST} values" if self.count > MOST else f"more than {DEEPEST} levels"
            problem = Problem(
                node.mark.file,
                node.mark.line,
                node.mark.column,
                dotted(path[:3]),
                f"aliases expand to {excess}",
            )
            raise ScenarioError([*self.problems, problem])
        self.marks.setdefault(path, node.mark)
        if node.kind == "list":
            return [self.build(item, (*path, index), depth + 1) for index, item in enumerate(node.value)]
        if node.kind == "map":
            tree = {}
            for mark, key, inner in node.value:
                self.marks[(*path, key)] = mark
                tree[key] = self.build(inner, (*path, key), depth + 1)
            return tree
        return node.value


_CONTENT = ("ScalarEvent", "SequenceStartEvent", "MappingStartEvent", "AliasEvent")


def _events(text: str) -> Iterator[Any]:
    from bargain.files.events import events_of

    return events_of(text)


def _shown(tag: Any) -> str:
    return str(tag).replace("tag:yaml.org,2002:", "!!")


def _is_plain(event: Any) -> bool:
    return event.style is None or event.style == ""
