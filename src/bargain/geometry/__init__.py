"""Arrays only: efficient points, merging of blocks, and the feasible sets that concepts choose from.

Nothing here knows a player's name or an issue. Payoffs are ``(k, n)`` arrays, one row per agreement, one column per
signatory, in utility units; more is better.

On this level: what a concept may ask of a feasible set and what it gets (`choice`), the plain list (`menu`), items,
attitudes to risk, lattices, efficient points. Then ``sums`` lists frontiers of sums of blocks, ``unlisted`` searches
sums too large to list, ``smooth`` refines continuous issues, ``mixtures`` are lotteries.
"""
