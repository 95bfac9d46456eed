"""Rows numbered by day: the Julian day by which a row is sorted, then 32 bits with its `pk`.

SQLite's full-text search gives what it finds in the order of numbers. By these ones a page by day
is a walk along its index. The day of rows without one is -1: their numbers are negative.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, func, literal_column

_BITS: ColumnElement[int] = literal_column("32")
DAY: ColumnElement[int] = literal_column("4294967296")
"""What the numbers of a day and of the next one differ by: more than any `pk`."""


def first_of(day: ColumnElement[Any]) -> ColumnElement[int]:
    """A number below those of a day's rows, and above those of the day before."""
    julian = cast(func.julianday(day) + literal_column("0.5"), Integer)
    return julian * DAY


def day_of(number: ColumnElement[int]) -> ColumnElement[Any]:
    """The day, as SQLite stores days; NULL where there is none."""
    return func.date(number.op(">>")(_BITS))


def pk_of(number: ColumnElement[int]) -> ColumnElement[int]:
    """The row's `pk`."""
    return number.op("&", return_type=Integer())(DAY - literal_column("1"))
