"""What is asked of a solver, checked at the door: concepts are objects, and a regime is one of two words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from bargain.concepts.concept import Concept
from bargain.errors import UsageError, unknown_name
from bargain.model.results import Regime

__all__ = ["require_concept", "require_concepts", "require_regime"]


def require_concept(concept: object) -> None:
    """Raise `UsageError` for what is not a concept; a text is answered with the object it names."""
    if isinstance(concept, Concept):
        return
    from bargain.concepts import CATALOGUE

    names = [known.name for known in CATALOGUE]
    if not isinstance(concept, str):
        raise UsageError(f"expected a concept, found {concept!r}", hint="write e.g. bargain.nash")
    if concept in names:
        raise UsageError(f"a concept is an object, not the text '{concept}'", hint=f"write bargain.{concept}")
    raise unknown_name("concept", concept, names)


def require_concepts(concepts: object) -> None:
    """Raise `UsageError` unless this is a sequence of concepts."""
    if isinstance(concepts, Concept | str) or not isinstance(concepts, Iterable):
        require_concept(concepts)
        raise UsageError("expected several concepts, found one", hint="put it in a list, e.g. [bargain.nash]")
    for concept in concepts:
        require_concept(concept)


def require_regime(regime: object) -> None:
    """Raise `UsageError` for a word that is no regime."""
    if regime not in get_args(Regime):
        raise unknown_name("regime", regime, get_args(Regime))
