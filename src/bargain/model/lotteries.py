"""From an agreement space to the set of payoffs that can be had by drawing lots."""

from __future__ import annotations

from bargain.errors import NotApplicable, TooManyAgreements
from bargain.geometry.mixtures.atoms import Curved, Listing, Source, Sum
from bargain.geometry.mixtures.hull import Hull
from bargain.geometry.mixtures.mixed import Mixed
from bargain.geometry.mixtures.rounded import RoundedHull
from bargain.geometry.smooth.patchwork import Patchwork
from bargain.model.agreements import Agreements

__all__ = ["lotteries_over"]

LISTED_FOR_RISK = "with attitudes to risk lotteries need the list of efficient totals (a single agreement does not)"


def lotteries_over(agreements: Agreements) -> Hull | RoundedHull | Mixed:
    """Mixtures of the efficient agreements: a polygon between two who sign, else agreements by price.

    Raises
    ------
    NotApplicable
        if there are attitudes to risk and the frontier is too large to list.
    """
    _require_a_list(agreements)
    two = len(agreements.signatories) == 2
    if agreements.grid and not agreements.terrain.spanned_by_grid:
        pure = agreements.menu()
        assert isinstance(pure, Patchwork)
        return RoundedHull(pure) if two else _by_price(agreements, Curved(pure))
    if agreements.attitudes.neutral and not agreements.frontier_listed:
        blocks = tuple(block.payoffs for block in agreements.listable)
        return _by_price(agreements, Sum(blocks, agreements.units))
    points = agreements.frontier.points
    if two:
        return Hull(points, agreements.threat_point, agreements.powers, agreements.rounding)
    return _by_price(agreements, Listing(points))


def _by_price(agreements: Agreements, source: Source) -> Mixed:
    return Mixed(source, agreements.threat_point, agreements.powers, agreements.rounding)


def _require_a_list(agreements: Agreements) -> None:
    """With attitudes to risk payoffs do not add up over blocks, so lotteries need the frontier listed."""
    if agreements.attitudes.neutral:
        return
    try:
        _ = agreements.frontier
    except TooManyAgreements as error:
        raise NotApplicable(f"{LISTED_FOR_RISK}, and {error}") from error
