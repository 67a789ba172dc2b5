"""Stored witnesses."""

from bargain.axioms.witness import Witness

WITNESSES: tuple[Witness, ...] = ()
