"""The events of a YAML text, as the pure parser of ruamel.yaml delivers them, in less time.

The parser asks its scanner for every token some ten times, and each time the scanner asks itself whether a token in the
queue may still turn out to be a key.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.parser import Parser
from ruamel.yaml.scanner import Scanner

__all__ = ["events_of"]


class _Scanner(Scanner):
    def check_token(self, *choices: Any) -> bool:
        while self.need_more_tokens():
            self.fetch_more_tokens()
        return bool(self.tokens) and (not choices or isinstance(self.tokens[0], choices))

    def need_more_tokens(self) -> bool:
        """No look ahead is needed where a token is there and no key is possible."""
        settled = self.tokens and not self.possible_simple_keys
        return not settled and super().need_more_tokens()


class _Parser(Parser):
    @cached_property
    def scanner(self) -> Any:
        return self.loader.scanner


def events_of(text: str) -> Iterator[Any]:
    """One by one; where the text is no YAML, the parser raises what it likes.

    >>> [type(event).__name__ for event in events_of("a: 1")][3:5]
    ['ScalarEvent', 'ScalarEvent']
    """
    yaml = YAML(typ="safe", pure=True)
    yaml.Scanner, yaml.Parser = _Scanner, _Parser
    events: Iterator[Any] = yaml.parse(text)
    return events
