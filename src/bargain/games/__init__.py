"""Arrays only: games in which coalitions divide what they earn together."""
