"""Rows numbered by the start of the text that sorts them: its first 28 bits, then 28 with the `pk`.

As with days (`app.query.by_day`), SQLite's full-text search gives what it finds in the order of
these numbers. But rows of one start, a *group*, stand as they were loaded and have to be sorted
(`app.query.groups`). Longer numbers would make smaller groups; of those that differ by 56 bits or
more, FTS5 misses some when it goes backwards (seen in 3.40: it misreads integers of nine bytes).
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, literal_column

_BITS = 28
_BYTES = 4
"""In which the bits of the text are: all but the last four."""

_UNUSED = 4
_PKS: ColumnElement[int] = literal_column(str((1 << _BITS) - 1))
_LAST_CHARACTER = "\U0010ffff"


class Numbers(NamedTuple):
    """From the first to the last; there are none where that is lower."""

    first: int
    last: int


ALL = Numbers(0, (1 << 2 * _BITS) - 1)


def pk_of(number: ColumnElement[int]) -> ColumnElement[int]:
    """The row's `pk`: one of 268 million."""
    return number.op("&", return_type=Integer())(_PKS)


def group_of(text: str) -> int:
    """What texts have in common that start alike, in the order of these texts."""
    return int.from_bytes(text.encode()[:_BYTES].ljust(_BYTES, b"\0")) >> _UNUSED


def group_of_number(number: int) -> int:
    """The group of the row that has the number."""
    return number >> _BITS


def numbers_of(group: int) -> Numbers:
    """The numbers of its rows."""
    return Numbers(group << _BITS, (group + 1 << _BITS) - 1)


def texts_of(group: int) -> tuple[str, str]:
    """Two texts between which those of the group are; others may be there too.

    The last code point is no character, and no text goes on with it.
    """
    start = (group << _UNUSED).to_bytes(_BYTES).rstrip(b"\0")
    low, common = (text.decode(errors="ignore") for text in (start, start[: _BYTES - 1]))
    return low, common + _LAST_CHARACTER
