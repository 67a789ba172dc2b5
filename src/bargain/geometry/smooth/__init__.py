"""Continuous issues in the pure regime: patches on which payoffs are smooth, solved by an interior-point method."""
