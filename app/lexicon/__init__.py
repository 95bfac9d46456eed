"""The words that the extractors know, as data files beside this module.

A `.txt` file is a list of words or phrases, one a line; a `.tsv` file is a table whose first line
names its columns. Lines that start with `#` are comments: the first ones name the origin of the
data and its licence. Files are read once a process.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The entries of `name.txt`, as written."""
    return frozenset(_lines(f"{name}.txt"))


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `name.tsv` by column; a missing last cell is the empty string.

    Raises ValueError for a row with more cells than the header.
    """
    header, *rows = (line.split("\t") for line in _lines(f"{name}.tsv"))
    records = []
    for row in rows:
        if len(row) > len(header):
            raise ValueError(f"{name}.tsv: more cells than columns: {row}")
        cells = [cell.strip() for cell in row] + [""] * (len(header) - len(row))
        records.append(dict(zip(header, cells, strict=True)))
    return tuple(records)


def _lines(file: str) -> list[str]:
    text = (files(__name__) / file).read_text(encoding="utf-8")
    lines = (line.rstrip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
