"""Two efforts: quick; with ``-m slow`` (or BARGAIN_EFFORT=thorough) every law is tried 200 times."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: its threads spin on matrices of a few rows

LAWS = Path(__file__).parent / "laws"
QUICK = "not slow and not notebook"
EVERY = 10
"""In the quick lane the first seed of ten, or batch of seeds, stands for its family."""
SLOW_TO_DRAW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile("quick", max_examples=8, deadline=None, derandomize=True, suppress_health_check=SLOW_TO_DRAW)
settings.register_profile(
    "thorough",
    max_examples=200,
    deadline=None,
    derandomize=bool(os.environ.get("CI")),  # fresh draws at a desk; before a merge, those that were seen to pass
    suppress_health_check=SLOW_TO_DRAW,
)


def is_thorough(config: pytest.Config) -> bool:
    """Whether the slow lane runs."""
    return config.option.markexpr == "slow" or os.environ.get("BARGAIN_EFFORT") == "thorough"


def pytest_configure(config: pytest.Config) -> None:
    """Choose the effort before any test is read."""
    settings.load_profile("thorough" if is_thorough(config) else "quick")


def pytest_pycollect_makeitem(collector: pytest.Collector, name: str, obj: object) -> list[pytest.Item] | None:  # noqa: ARG001
    """In the quick lane families of the slow lane are left out before their hundreds of members are made."""
    marks = getattr(obj, "pytestmark", ()) if collector.config.option.markexpr == QUICK else ()
    return [] if any(mark.name == "slow" for mark in marks) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: Iterable[pytest.Item]) -> None:
    """In the slow lane the laws count as slow, so that ``-m slow`` runs them too; and all seeds of random families,
    of which the quick lane runs every tenth."""
    for item in items:
        laws = config.option.markexpr == "slow" and LAWS in item.path.parents
        if laws or _draw(item) % EVERY:
            item.add_marker("slow")


def _draw(item: pytest.Item) -> int:
    """The seed, or the number of a batch of seeds, of one member of a random family; 0 for everything else."""
    callspec = getattr(item, "callspec", None)
    given = callspec.params if callspec is not None else {}
    seed = given.get("seed", given.get("batch", 0))
    return seed if isinstance(seed, int) else 0
