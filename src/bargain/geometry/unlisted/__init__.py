"""The pure regime where the frontier is too large to list: one question at a time, by prices and bounds."""
