"""Set-ups of protocols, as files write them under ``protocols``: one record per model."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Discriminator, Tag

from bargain.model.setups.alternating_offers import AlternatingOffersSetup
from bargain.model.setups.attrition import AttritionSetup
from bargain.model.setups.concession import ConcessionSetup
from bargain.model.setups.double_auction import DoubleAuctionSetup
from bargain.model.setups.joint_offer import JointOfferSetup
from bargain.model.setups.legislative import LegislativeSetup
from bargain.model.setups.setup import Setup
from bargain.model.setups.ultimatum import UltimatumSetup

__all__ = ["SETUPS", "AnySetup", "Setup"]

SETUPS: dict[str, type[Setup]] = {
    "alternating_offers": AlternatingOffersSetup,
    "legislative": LegislativeSetup,
    "ultimatum": UltimatumSetup,
    "joint_offer": JointOfferSetup,
    "concession": ConcessionSetup,
    "attrition": AttritionSetup,
    "double_auction": DoubleAuctionSetup,
}
"""Model -> the record that an entry of that model is read into."""


def _model(data: Any) -> Any:
    return data.get("model") if isinstance(data, dict) else getattr(data, "model", None)


if TYPE_CHECKING:
    AnySetup = Setup
else:
    AnySetup = Annotated[
        reduce(or_, (Annotated[record, Tag(name)] for name, record in SETUPS.items())),
        Discriminator(
            _model,
            custom_error_type="protocol_model",
            custom_error_message="a protocol is a map with `model: …`",
        ),
    ]
