"""CSV after RFC 4180: UTF-8, CRLF, a header line, and nothing that a spreadsheet would run.

A spreadsheet takes a cell for a formula if it begins with `=`, `+`, `-`, `@` (also full-width), a
tab or a line break, and news reports hold what anybody wrote. Such texts get an apostrophe in
front (https://owasp.org/www-community/attacks/CSV_Injection), and so do those that would look as
if they had got one: taking one apostrophe off where one of these characters follows gives every
text back. Numbers stay numbers, also negative ones.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping

import orjson

from app.api.columns import Column, Value

_LIKE_A_FORMULA = re.compile("'*[=+\\-@＝＋－＠\t\r\n\0]")


def header(columns: Mapping[str, Column]) -> bytes:
    """The line of the names."""
    return _lines([list(columns)])


def lines(columns: Mapping[str, Column], bodies: Iterable[bytes]) -> bytes:
    """A line for each JSON object."""
    rows = map(orjson.loads, bodies)
    return _lines([cell(column(row)) for column in columns.values()] for row in rows)


def cell(value: Value) -> str:
    """A value as its cell holds it."""
    if isinstance(value, str):
        return f"'{value}" if _LIKE_A_FORMULA.match(value) else value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
