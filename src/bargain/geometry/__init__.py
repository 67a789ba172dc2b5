"""Arrays only: efficient points, merging of blocks, and the feasible sets that concepts choose from.

Nothing here knows a player's name or an issue. Payoffs are ``(k, n)`` arrays, one row per agreement, one column per
signatory, in utility units; more is better.
"""
