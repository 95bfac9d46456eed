"""What a database holds, as clients see it: no pk, no time of loading."""

import re
from typing import Any

from sqlalchemy import text
from sqlmodel import SQLModel, select

import app.models  # noqa: F401
from app.database import reading, writing
from app.ingest.shared import recount

_tables = SQLModel.metadata.tables
_ANY_TIME = '"loaded_at":"2000-01-01T00:00:00Z"'
_LOADED_AT = re.compile(r'"loaded_at":"[^"]*"')


def dump(url: str) -> dict[str, list[Any]]:
    """Bodies and shared rows, by id, the same for databases loaded in different order."""
    found: dict[str, list[Any]] = {}
    with reading(url) as session:
        connection = session.connection()
        for name, key in (
            ("claim", "claim"),
            ("event", "event"),
            ("report", "report"),
            ("actor", "actor_body"),
            ("source", "source_body"),
        ):
            table = _tables[name]
            rows = connection.execute(select(table.c.id, table.c.body).order_by(table.c.id))
            found[key] = [(row.id, _LOADED_AT.sub(_ANY_TIME, row.body)) for row in rows]
        for name, columns in (
            ("actor", ("id", "name", "kind", "country")),
            ("place", ("id", "name", "country", "latitude", "longitude")),
            ("source", ("id", "name", "kind")),
            ("report_name", ("name",)),
        ):
            table = _tables[name]
            wanted = select(*(table.c[column] for column in columns))
            found[name] = sorted(
                tuple(str(value) for value in row) for row in connection.execute(wanted)
            )
        for name in ("actor", "source"):
            names = select(_tables[name].c.id, _tables[name].c.names)
            found[f"{name}_names"] = sorted(map(tuple, connection.execute(names)))
        for name, told in (("event_source", "source.id"), ("event_country", "country")):
            linked = f"SELECT event.id, {told} FROM {name} JOIN event ON event.pk = event_pk"
            join = " JOIN source ON source.pk = source_pk" if name == "event_source" else ""
            found[name] = sorted(map(tuple, connection.execute(text(linked + join))))
    return found


def whole(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but not how it came about (`app.revisions`)."""
    found = {}
    with reading(url) as session:
        for name, table in _tables.items():
            if name not in {"revision", "tombstone"}:
                columns = (column for column in table.c if column.name != "revision")
                rows = session.connection().execute(select(*columns))
                found[name] = sorted((tuple(row) for row in rows), key=repr)
    return found


def recounted(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, after what is shared was counted anew from all that reports say."""
    with writing(url) as session:
        connection = session.connection()
        pks = {
            name: connection.execute(select(_tables[name].c.pk)).scalars().all()
            for name in ("actor", "source", "place")
        }
        recount(connection, pks)
    return whole(url)
