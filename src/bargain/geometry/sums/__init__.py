"""Frontiers of sums of blocks, merged block by block or link by link, with the way back from payoffs."""
