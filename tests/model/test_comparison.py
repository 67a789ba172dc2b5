"""A comparison is asked for solutions by name."""

from __future__ import annotations

import pytest

import bargain


def test_a_name_that_is_not_there_is_a_key_error() -> None:
    comparison = bargain.compare(bargain.read("teaching/polygon"), [bargain.nash])
    assert comparison["nash"].concept == "nash"
    with pytest.raises(KeyError, match="no solution of 'nahs' here; nash"):
        comparison["nahs"]
