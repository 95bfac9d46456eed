"""The names of actors and sources in one text, and indexes for parts of them.

The trigrams of SQLite's FTS5 (3.34 and later) are told without their positions (`detail`) and
without the lengths of texts (`columnsize`): what is found so is looked at all the same. For parts
that many names have there is an index in the order of names that has all that is looked at.

PostgreSQL has trigrams where its extension pg_trgm is there, or where the user may create it; it is
a part of the server's usual packages and needs no superuser. Without it, all names are looked at.

How names are written is told here as of this version: `app.names` moves on.
"""

from collections.abc import Iterator
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = ("actor", "source")
CHUNK = 5000

ACTORS = "SELECT pk, name, body, '' FROM actor WHERE into_pk IS NULL"
SOURCES = (
    "SELECT s.pk, s.name, '{}', coalesce(a.names, '') FROM source s"
    " LEFT JOIN actor held ON held.pk = s.actor_pk"
    " LEFT JOIN actor a ON a.pk = coalesce(held.into_pk, held.pk) WHERE s.into_pk IS NULL"
)


def upgrade() -> None:
    for table, rows, pk in (("actor", ACTORS, "pk"), ("source", SOURCES, "s.pk")):
        op.execute(f"ALTER TABLE {table} ADD COLUMN names TEXT NOT NULL DEFAULT ''")
        change = sa.text(f"UPDATE {table} SET names = :names WHERE pk = :pk")
        last = op.get_bind().scalar(sa.text(f"SELECT max(pk) FROM {table}")) or 0
        for first in range(1, last + 1, CHUNK):
            chosen = f"{rows} AND {pk} BETWEEN {first} AND {first + CHUNK - 1}"
            if named := list(_named(chosen)):
                op.get_bind().execute(change, named)
        if op.get_bind().dialect.name == "sqlite":
            _create_fts5(table)
        elif _has_trigrams():
            op.execute(
                f"CREATE INDEX {table}_search ON {table} USING gin (names gin_trgm_ops)"
                " WHERE into_pk IS NULL"
            )


def downgrade() -> None:
    for table in TABLES:
        if op.get_bind().dialect.name == "sqlite":
            for name in ("insert", "delete", "update"):
                op.execute(f"DROP TRIGGER {table}_search_{name}")
            op.execute(f"DROP TABLE {table}_search")
            op.execute(f"DROP INDEX walk_{table}_names")
        op.execute(f"ALTER TABLE {table} DROP COLUMN names")


def _named(rows: str) -> Iterator[dict[str, Any]]:
    for pk, name, body, others in op.get_bind().execute(sa.text(rows)).all():
        names = [
            name,
            *(orjson.loads(body).get("aliases", ()) if body else ()),
            *others.split("\n"),
        ]
        yield {"pk": pk, "names": "\n".join(dict.fromkeys(name.lower() for name in names if name))}


def _create_fts5(table: str) -> None:
    index = f"{table}_search"
    op.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5(names, content={table}, content_rowid=pk,"
        " columnsize=0, detail=none, tokenize='trigram')"
    )
    add = f"INSERT INTO {index}(rowid, names) VALUES (new.pk, new.names);"
    remove = f"INSERT INTO {index}({index}, rowid, names) VALUES ('delete', old.pk, old.names);"
    for name, when, body in (
        ("insert", "INSERT", add),
        ("delete", "DELETE", remove),
        ("update", "UPDATE OF names", remove + add),
    ):
        op.execute(f"CREATE TRIGGER {index}_{name} AFTER {when} ON {table} BEGIN {body} END")
    op.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
    op.execute(
        f"CREATE INDEX walk_{table}_names ON {table} (name, pk, names) WHERE into_pk IS NULL"
    )


def _has_trigrams() -> bool:
    """Whether PostgreSQL's pg_trgm is there, if need be created here."""
    connection = op.get_bind()
    try:
        with connection.begin_nested():
            connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
    except sa.exc.DBAPIError:  # not installed, or not for this user
        return False
    return True
