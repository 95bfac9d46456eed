"""Pages a second, ours and others': new pages each time, and one page again and again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from random import Random
from urllib.parse import urlencode
from urllib.request import urlopen

from app.query.cursor import Position, encode
from tests.benchmarks.http import load
from tests.benchmarks.http.processes import datasette, reference, reportedly
from tests.benchmarks.http.results import Result, compared

ROWS = 50
_PAGES = 20_000
"""More than are asked for in a round, so that none is asked for twice in it."""

_COLUMNS = """
    claim.pk, claim.id, report_pk, position, text, content, hedges, quotations, attributed,
    origin_pk, act, directness, certainty, polarity, status, said_on, said_basis, rule
"""

Start = tuple[str, int, int]
"""Where a page starts: id and pk of an origin, pk of a claim."""


def print_pages(database: Path, rounds: int, seconds: int) -> list[Result]:
    """Measure all in turn, so often."""
    starts = _starts(database)
    repeated = "/claims?" + urlencode({"origin": starts[0][0], "limit": ROWS})
    with ExitStack() as stack:
        enter = stack.enter_context
        ours = enter(reportedly(database, cache_bytes="0"))
        cached = enter(reportedly(database))
        size = len(urlopen(f"{cached}{repeated}").read())
        bare, page, framework, idiomatic = (
            enter(reference(name, database, PAGE_BYTES=str(size)))
            for name in (
                "references:bare",
                "references:page",
                "references:framework",
                "idiomatic:app",
            )
        )
        tables = enter(datasette(database))
        chance = Random(7)

        def ever_new(url: str, path: Callable[[Start], str]) -> Callable[[], float]:
            return lambda: load.rate(url, [path(s) for s in _many(starts, chance)], seconds)

        def same(url: str, path: str) -> Callable[[], float]:
            return lambda: load.rate(url, [path], seconds)

        rates = compared(
            {
                "page": ever_new(ours, _our_page),
                "FastAPI": same(framework, "/"),
                "SQLModel": ever_new(idiomatic, _idiomatic_page),
                "Datasette": ever_new(tables, lambda start: _datasette_page(tables, start)),
                "Datasette SQL": ever_new(tables, lambda start: _datasette_sql(tables, start)),
                "again": same(cached, repeated),
                "bytes": same(page, "/"),
                "ASGI": same(bare, "/"),
            },
            rounds,
        )
    new, again = rates["page"], rates["again"]
    whole = f"a repeated page / bare ASGI, as many bytes ({size:,})"
    return [
        Result("page of 50, no cache / bare FastAPI route", new, rates["FastAPI"], 0.3, 0.5),
        Result("the same / idiomatic SQLModel endpoint", new, rates["SQLModel"], 15, 30),
        Result("the same / Datasette, table page", new, rates["Datasette"], 5, 12),
        Result("the same / Datasette, SQL of the page", new, rates["Datasette SQL"], 5, 12),
        Result(whole, again, rates["bytes"], 0.7, 0.95),
        Result("a repeated page / bare ASGI, 13 bytes", again, rates["ASGI"]),
    ]


def _starts(database: Path) -> list[Start]:
    """Claims at random, each the place before a full page of its origin's claims."""
    with closing(sqlite3.connect(database)) as connection:
        highest = connection.execute("SELECT max(pk) FROM claim").fetchone()[0]
        chance = Random(1)
        found = []
        while len(found) < 500:
            pk = chance.randrange(highest * 9 // 10)
            row = connection.execute(
                "SELECT source.id, source.pk, claim.pk FROM claim JOIN source"
                " ON source.pk = origin_pk WHERE claim.pk = ?",
                [pk],
            ).fetchone()
            if row is not None and _is_full(connection, row[1], highest * 9 // 10):
                found.append(row)
    return found


def _is_full(connection: sqlite3.Connection, origin_pk: int, pk: int) -> bool:
    query = "SELECT count(*) FROM (SELECT 1 FROM claim WHERE origin_pk = ? AND pk > ? LIMIT ?)"
    return bool(connection.execute(query, [origin_pk, pk, ROWS + 1]).fetchone()[0] > ROWS)


def _many(starts: Sequence[Start], chance: Random) -> list[Start]:
    """Pages of the same origins that start anywhere before their last one."""
    highest = max(pk for *_, pk in starts)
    chosen = chance.choices(starts, k=_PAGES)
    return [(id_, pk, chance.randrange(highest)) for id_, pk, _ in chosen]


def _our_page(start: Start) -> str:
    cursor = encode("claims", "loaded", Position(None, start[2]))
    return f"/claims?{urlencode({'origin': start[0], 'limit': ROWS, 'cursor': cursor})}"


def _idiomatic_page(start: Start) -> str:
    return f"/claims?{urlencode({'origin': start[0], 'limit': ROWS, 'cursor': start[2]})}"


def _datasette_page(url: str, start: Start) -> str:
    """Without what it would count and suggest besides."""
    leaner = {"_nocount": 1, "_nofacet": 1, "_nosuggest": 1, "_shape": "objects", "_nocol": "body"}
    asked = {"origin_pk": start[1], "_size": ROWS, "_next": start[2]}
    return f"{_path(url)}/claim.json?{urlencode(asked | leaner)}"


def _datasette_sql(url: str, start: Start) -> str:
    sql = f"SELECT {_COLUMNS} FROM claim WHERE origin_pk = :o AND pk > :p ORDER BY pk LIMIT {ROWS}"
    asked = {"sql": " ".join(sql.split()), "o": start[1], "p": start[2], "_shape": "objects"}
    return f"{_path(url)}.json?{urlencode(asked)}"


def _path(url: str) -> str:
    return "/" + url.rpartition("/")[2]
