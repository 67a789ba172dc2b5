"""What the keys of a protocol's set-up ask of each other and of the players: one check per model."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bargain.files.findings import Finding
from bargain.files.references.setups.alternating_offers import check_alternating_offers
from bargain.files.references.setups.attrition import check_attrition
from bargain.files.references.setups.concession import check_concession
from bargain.files.references.setups.double_auction import check_double_auction
from bargain.files.references.setups.entry import Entry
from bargain.files.references.setups.joint_offer import check_joint_offer
from bargain.files.references.setups.legislative import check_legislative
from bargain.files.references.setups.ultimatum import check_ultimatum

__all__ = ["CHECKS", "Entry"]

CHECKS: dict[str, Callable[[Entry], Iterator[Finding]]] = {
    "alternating_offers": check_alternating_offers,
    "legislative": check_legislative,
    "ultimatum": check_ultimatum,
    "joint_offer": check_joint_offer,
    "concession": check_concession,
    "attrition": check_attrition,
    "double_auction": check_double_auction,
}
"""Model -> its check; parts that are broken in form are passed over."""
