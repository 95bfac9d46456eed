"""Storing extracted reports, beside SQLite taking the same rows."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from app.database import engine, writing
from app.ingest.document import Document
from app.ingest.extraction import Actor, Date, Extraction
from app.ingest.store import store
from tests.benchmarks.http.cast import Cast, Member
from tests.benchmarks.http.database import FIRST_DAY, moulds
from tests.benchmarks.http.moulds import Drawn
from tests.benchmarks.http.patterns import CLAIMS, Pattern
from tests.benchmarks.http.results import Result, compared
from tests.benchmarks.http.tables import Rows, tables_of

REPORTS = 100

Told = tuple[Document, Extraction]


def print_storing(database: Path, rounds: int) -> list[Result]:
    """Rows a second into a copy of a database, a transaction for each report.

    By processor time, which other programs change little; nothing here waits for the disk.
    """
    told = list(reports(database))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.db"
        _copy(database, path)
        _store(path, told)
        new = _new_rows(database, path)
        count = sum(len(rows) for transaction in new for rows in transaction.values())

        def stored() -> float:
            _copy(database, path)
            return count / _store(path, told)

        def executed(transactions: Sequence[Rows]) -> float:
            _copy(database, path)
            return count / _execute(path, transactions)

        figures = compared(
            {
                "store": stored,
                "executemany": lambda: executed(new),
                "at once": lambda: executed(_at_once(new)),
            },
            rounds,
        )
    name, ours, unit = "storing / bare executemany", figures["store"], "rows/s"
    bare = figures["executemany"]
    return [
        Result(f"{name}, a transaction a report", ours, bare, 0.3, 0.6, unit=unit),
        Result(f"{name}, one transaction", ours, figures["at once"], unit=unit),
    ]  # fmt: skip


def reports(database: Path) -> Iterator[Told]:
    """Documents and what extraction found in them, of the cast that the database has."""
    claims = int(database.name.split("-")[1])
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.db"
        _copy(database, empty)
        with closing(sqlite3.connect(empty)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            for table in tables_of(connection):
                connection.execute(f"DELETE FROM {table.name}")
            connection.execute("INSERT INTO revision VALUES (1, 'first')")
            connection.commit()
        made = moulds(empty, REPORTS * CLAIMS)
    chance, cast = Random(2), Cast(claims)
    for mould in made:
        yield _told(mould.pattern, mould.drawn(chance, cast, FIRST_DAY + dt.timedelta(days=3660)))


def _told(pattern: Pattern, drawn: Drawn) -> Told:
    """The report of a pattern with the names, words and days of a copy."""
    members = {s.name: m for s, m in zip(pattern.slots, drawn.members, strict=True)}
    found, publisher = pattern.extraction, pattern.document.publisher or ""
    document = replace(
        pattern.document,
        id=drawn.report_id,
        name=f"{drawn.report_id}.txt",
        text=drawn.text,
        title=drawn.text[:40],
        publisher=members[publisher].name,
        published_on=(pattern.document.published_on or FIRST_DAY) + drawn.days_later,
        url=None,
    )
    later = drawn.days_later
    return document, replace(
        found,
        actors=tuple(_actor(actor, members.get(actor.name)) for actor in found.actors),
        sources=tuple(
            replace(s, name=members[s.name].name) if s.name in members else s for s in found.sources
        ),
        places=tuple(
            replace(p, name=members[p.name].name, country=members[p.name].country)
            for p in found.places
        ),
        claims=tuple(replace(c, said_on=_later(c.said_on, later)) for c in found.claims),
        events=tuple(replace(e, date=_later(e.date, later)) for e in found.events),
    )


def _actor(actor: Actor, member: Member | None) -> Actor:
    if member is None:
        return actor
    aliases = tuple(sorted({member.name, member.name.split()[-1]}))
    return replace(actor, name=member.name, country=member.country, aliases=aliases)


def _later(date: Date | None, days: dt.timedelta) -> Date | None:
    if date is None or date.edtf is None or date.edtf.startswith("XXXX"):
        return date
    day, slash, end = date.edtf.partition("/")
    return replace(date, edtf=f"{dt.date.fromisoformat(day) + days}{slash}{end}")


def _copy(database: Path, path: Path) -> None:
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    shutil.copyfile(database, path)


def _store(path: Path, told: Sequence[Told]) -> float:
    url = f"sqlite:///{path}"
    with writing(url):
        pass  # opens the connection
    began = time.process_time()
    for document, extraction in told:
        with writing(url) as session:
            store(session.connection(), document, extraction, "benchmark")
    seconds = time.process_time() - began
    engine(url).dispose()
    return seconds


def _new_rows(before: Path, after: Path) -> list[Rows]:
    """The rows that storing has added, report by report; with the first one what all share."""
    with closing(sqlite3.connect(after)) as connection:
        connection.execute(f"ATTACH '{before}' AS before")
        tables = tables_of(connection)
        rows = {
            table.name: connection.execute(
                f"SELECT * FROM {table.name}"
                f" WHERE rowid > (SELECT coalesce(max(rowid), 0) FROM before.{table.name})"
            ).fetchall()
            for table in tables
        }
    columns = {table.name: table.columns for table in tables}
    owners: dict[str, dict[Any, Any]] = {"report_pk": {row[0]: row[0] for row in rows["report"]}}
    for name in ("claim", "event"):
        at = columns[name].index("report_pk")
        owners[f"{name}_pk"] = {row[0]: row[at] for row in rows[name]}
    first = min(owners["report_pk"])
    grouped = {report: {name: [] for name in columns} for report in sorted(owners["report_pk"])}
    for name, its_rows in rows.items():
        for row in its_rows:
            keys = dict(zip(columns[name], row, strict=True))
            if name == "report":
                keys["report_pk"] = row[0]
            owned = (of.get(keys.get(key)) for key, of in owners.items())
            grouped[next((pk for pk in owned if pk is not None), first)][name].append(row)
    return list(grouped.values())


def _at_once(new: Sequence[Rows]) -> list[Rows]:
    return [{name: [row for rows in new for row in rows[name]] for name in new[0]}]


def _execute(path: Path, new: Sequence[Rows]) -> float:
    """Seconds to insert the rows, a transaction each, under the pragmas that the product has."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("synchronous = NORMAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        began = time.process_time()
        for transaction in new:
            connection.execute("BEGIN IMMEDIATE")
            for name, rows in transaction.items():
                if rows:
                    places = ", ".join("?" * len(rows[0]))
                    connection.executemany(f"INSERT INTO {name} VALUES ({places})", rows)
            connection.execute("COMMIT")
        return time.process_time() - began
