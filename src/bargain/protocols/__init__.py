"""Protocols of bargaining: one folder each, with rules, solver, judge, what fills them, and how they are told.

>>> [protocol.name for protocol in PROTOCOLS if protocol.name == "nobody"]
[]
"""

from __future__ import annotations

from bargain.errors import unknown_name
from bargain.protocols.attrition import attrition
from bargain.protocols.double_auction import double_auction
from bargain.protocols.protocol import Protocol
from bargain.protocols.ultimatum import ultimatum

__all__ = ["PROTOCOLS", "Protocol", "protocol_named", "protocol_of"]

PROTOCOLS: tuple[Protocol, ...] = (ultimatum, attrition, double_auction)
"""Every protocol, in the order of `bargain list protocols`."""


def protocol_named(name: str) -> Protocol:
    """The protocol of a model; a `UsageError` names the nearest."""
    for protocol in PROTOCOLS:
        if protocol.name == name:
            return protocol
    raise unknown_name("protocol model", name, [protocol.name for protocol in PROTOCOLS])


def protocol_of(rules: object) -> Protocol | None:
    """The protocol whose rules these are; None if they are of none."""
    return next((protocol for protocol in PROTOCOLS if isinstance(rules, protocol.rules)), None)
