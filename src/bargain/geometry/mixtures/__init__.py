"""Lotteries: the polygon of two players, and mixtures of agreements asked for by price among any number."""
