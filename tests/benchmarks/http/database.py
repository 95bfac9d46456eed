"""Databases of any number of claims, as the product would have stored them.

    python -m tests.benchmarks.http.database FOLDER [CLAIMS ...]

makes them and prints their paths; what is there already stays, unless this version stores other
rows or has other indexes. Three million claims take ten minutes and twelve gigabytes.

Some reports are stored by the product itself, through `store`, each in an empty database. Their
rows are copied with other names, words, days and ids (`copies.py`) until there are enough.
Indexes and triggers are taken away meanwhile and made anew from their own definitions.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from random import Random

from app.database import engine, migrate, writing
from app.ingest.store import store
from tests.benchmarks.http.cast import Cast
from tests.benchmarks.http.copies import Copier
from tests.benchmarks.http.moulds import Mould
from tests.benchmarks.http.patterns import CLAIMS, Pattern
from tests.benchmarks.http.tables import Rows, Table, tables_of
from tests.benchmarks.http.written import pattern

PATTERNS = 200
"""Reports that are stored by the product; the others are copies of them."""

FIRST_DAY, DAYS = dt.date(2016, 1, 1), 3650
"""Reports are loaded about as they are published, over ten years."""

_MAKERS = {
    "cast",
    "copies",
    "counts",
    "database",
    "moulds",
    "noted",
    "patterns",
    "tables",
    "words",
    "written",
}
"""Modules that decide what is in a database."""

_BATCH = 400
_DIFFERS = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\dZ]*|'[0-9a-f]{16}'")
"""What differs each time: moments, and tokens drawn by lot."""


def database(folder: Path, claims: int) -> Path:
    """A database of so many claims, made unless it is there; older ones of the size go."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        empty = Path(made) / "empty.db"
        migrate(f"sqlite:///{empty}")
        engine(f"sqlite:///{empty}").dispose()
        path = folder / f"claims-{claims}-{_fingerprint(empty)}.db"
        if not path.exists():
            for older in folder.glob(f"claims-{claims}-*"):
                older.unlink()
            unfinished = path.with_suffix(".unfinished")
            shutil.copyfile(empty, unfinished)
            fill(unfinished, claims)
            unfinished.rename(path)
    return path


def fill(path: Path, claims: int) -> None:
    """Fill a migrated, empty SQLite file."""
    made = moulds(path, claims)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        tables = tables_of(connection)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -2000000"):
            connection.execute(f"PRAGMA {pragma}")
        definitions = _taken_away(connection)
        connection.execute("BEGIN")
        counts = {table.name: _highest_key(connection, table) for table in tables}
        copier = Copier(Cast(claims), counts)
        for rows in _batches(copier, made, claims):
            for table in tables:
                _insert(connection, table, rows.get(table.name, ()))
        for table in tables:
            if table.name in copier.shared:
                rows_ = copier.shared[table.name].rows(copier.shared["actor"])
                _insert(connection, table, rows_)
        _say("  indexes")
        for definition in definitions:
            connection.execute(definition)
        for (name,) in _searched(connection):
            connection.execute(f"INSERT INTO {name}({name}) VALUES ('rebuild')")
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")


def moulds(empty: Path, claims: int) -> list[Mould]:
    """Some reports as the product stores them, for copies of a database of so many claims."""
    count = min(PATTERNS, -(-claims // CLAIMS))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.db"
        return [_mould(empty, path, pattern(number)) for number in range(count)]


def _mould(empty: Path, path: Path, made: Pattern) -> Mould:
    shutil.copyfile(empty, path)
    tables, before = _whole(path)
    url = f"sqlite:///{path}"
    with writing(url) as session:
        store(session.connection(), made.document, made.extraction, "benchmark")
    engine(url).dispose()
    _, after = _whole(path)
    new = {name: [row for row in rows if row not in before[name]] for name, rows in after.items()}
    return Mould(made, tables, new)


def _whole(path: Path) -> tuple[list[Table], Rows]:
    with closing(sqlite3.connect(path)) as connection:
        tables = tables_of(connection)
        rows = {
            table.name: connection.execute(f"SELECT {_told(table)} FROM {table.name}").fetchall()
            for table in tables
        }
    return tables, rows


def _told(table: Table) -> str:
    """The columns, but for the names to search, which are of the last counts (`counts.py`)."""
    return ", ".join("''" if name == "names" else f'"{name}"' for name in table.columns)


def _highest_key(connection: sqlite3.Connection, table: Table) -> int:
    if table.key is None:
        return 0
    highest = connection.execute(f"SELECT max({table.key}) FROM {table.name}").fetchone()[0]
    return highest or 0


def _batches(copier: Copier, made: list[Mould], claims: int) -> Iterator[Rows]:
    chance = Random(1)
    rows: Rows = {}
    reports = -(-claims // CLAIMS)
    for number in range(reports):
        day = number * DAYS // reports + chance.randrange(10)
        mould = made[number] if number < len(made) else chance.choice(made)
        copied = copier.copy(mould, chance, FIRST_DAY + dt.timedelta(days=day))
        for name, new in copied.items():
            rows.setdefault(name, []).extend(new)
        if (number + 1) % _BATCH == 0 or number + 1 == reports:
            yield rows
            rows = {}
            if (number + 1) % (25 * _BATCH) == 0:
                _say(f"  {(number + 1) * CLAIMS:,} claims")


def _insert(
    connection: sqlite3.Connection, table: Table, rows: Iterable[tuple[object, ...]]
) -> None:
    """Two parties of an event may turn out to be of one country: such rows are one."""
    places = ", ".join("?" * len(table.columns))
    insert = "INSERT" if table.key else "INSERT OR IGNORE"
    connection.executemany(f"{insert} INTO {table.name} VALUES ({places})", rows)


def _taken_away(connection: sqlite3.Connection) -> list[str]:
    """Drop indexes and triggers; their definitions."""
    found = connection.execute(
        "SELECT type, name, sql FROM sqlite_master"
        " WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    ).fetchall()
    for kind, name, _ in found:
        connection.execute(f"DROP {kind} {name}")
    return [definition for *_, definition in found]


def _searched(connection: sqlite3.Connection) -> list[tuple[str]]:
    return connection.execute(
        "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE% USING fts5(%'"
    ).fetchall()


def _fingerprint(empty: Path) -> str:
    """Another one where the tables differ, or what is stored in them, or how it is made here."""
    seen = sha256()
    with closing(sqlite3.connect(empty)) as connection:
        for (sql,) in connection.execute("SELECT sql FROM sqlite_master"):
            words = sorted(re.findall(r"\w+", sql or ""))  # Alembic orders some clauses by lot
            seen.update(" ".join(words).encode())
    for mould in moulds(empty, 2 * CLAIMS):
        for table in mould.tables:
            seen.update(_DIFFERS.sub("", repr(mould.stored[table.name])).encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        if source.stem in _MAKERS:
            seen.update(source.read_bytes())
    return seen.hexdigest()[:8]


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    for number in sys.argv[2:] or ["10000", "300000", "3000000"]:
        print(database(Path(sys.argv[1]), int(number)))
