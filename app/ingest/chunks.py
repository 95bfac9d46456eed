"""Values some at a time: databases bound how many a statement can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

_SIZE = 500
"""Values of a statement, of which SQLite takes 32,766 (sqlite.org/limits.html)."""


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values in order."""
    in_order = sorted(values)
    for start in range(0, len(in_order), _SIZE):
        yield in_order[start : start + _SIZE]
