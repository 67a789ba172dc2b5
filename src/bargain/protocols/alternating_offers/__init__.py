"""Alternating offers: two players, n players by unanimity, and agendas of issues."""
