"""Protocols of bargaining: one folder each, with rules, solver, judge, what fills them, and how they are told.

>>> protocol_named("ultimatum").title
'Ultimatum to hidden types'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from bargain.errors import unknown_name
from bargain.protocols.protocol import Protocol

__all__ = ["NAMES", "PROTOCOLS", "Protocol", "protocol_named", "protocol_of"]

NAMES = (
    "alternating_offers",
    "legislative",
    "ultimatum",
    "joint_offer",
    "concession",
    "attrition",
    "double_auction",
)
"""Every protocol, in the order of `bargain list protocols`: the object of that name in the folder of that name."""

if TYPE_CHECKING:
    PROTOCOLS: tuple[Protocol, ...]


def __getattr__(name: str) -> Any:
    """All protocols as a tuple; who plays one imports only that one."""
    if name == "PROTOCOLS":
        return tuple(map(protocol_named, NAMES))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def protocol_named(name: str) -> Protocol:
    """The protocol of a model; a `UsageError` names the nearest."""
    if name not in NAMES:
        raise unknown_name("protocol model", name, NAMES)
    found: Protocol = getattr(import_module(f"{__name__}.{name}"), name)
    return found


def protocol_of(rules: object) -> Protocol | None:
    """The protocol whose rules these are; None if they are of none."""
    return next((protocol for protocol in map(protocol_named, NAMES) if isinstance(rules, protocol.rules)), None)
