"""Shared rows keep counts of what reports say of them; actors and sources get stored bodies.

The new columns are filled from the readings, some thousand rows at a time. What is counted and how
it is rendered is told here as of this version: `app.ingest.told` and `app.projection` move on.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CHUNK = 5000
COLUMNS = {
    "actor": {"said": "JSON", "reports": "INTEGER", "body": "TEXT"},
    "source": {"said": "JSON", "claims": "INTEGER", "body": "TEXT"},
    "place": {"said": "JSON"},
}
EMPTY = {"JSON": "'{}'", "INTEGER": "0", "TEXT": "''"}

SAID = {
    "actor": {
        "name": ("actor_reading", "r.name"),
        "kind": ("actor_reading", "r.kind"),
        "country": ("actor_reading", "r.country"),
        "alias": ("actor_alias", "r.alias"),
        "role": ("actor_role", "r.role"),
    },
    "source": {
        "name": ("source_reading", "r.name"),
        "kind": ("source_reading", "r.kind"),
        "actor": ("source_reading", "(SELECT a.id FROM actor a WHERE a.pk = r.actor_pk)"),
    },
    "place": {
        "name": ("place_reading", "r.name"),
        "country": ("place_reading", "r.country"),
        "point": ("place_reading", "coalesce(r.country, ''), r.latitude, r.longitude"),
    },
}
"""For each property the table that tells it, and the value."""

ACTOR = ("id", "name", "kind", "country")

Counts = dict[str, dict[str, int]]


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for column, kind in columns.items():
            op.execute(
                f"ALTER TABLE {table} ADD COLUMN {column} {kind} NOT NULL DEFAULT {EMPTY[kind]}"
            )
    for table, fill in (("actor", _actors), ("source", _sources), ("place", _places)):
        changes = ", ".join(f"{column} = :{column}" for column in COLUMNS[table])
        change = sa.text(f"UPDATE {table} SET {changes} WHERE pk = :pk")
        last = next(_select(f"SELECT max(pk) FROM {table}"))[0] or 0
        for first in range(1, last + 1, CHUNK):
            if rows := list(fill(first, first + CHUNK - 1)):
                op.get_bind().execute(change, rows)


def downgrade() -> None:
    for table, columns in COLUMNS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")


def _actors(first: int, last: int) -> Iterator[dict[str, Any]]:
    said = _said("actor", first, last)
    counted = "count(DISTINCT r.report_pk)"
    reports = dict(_grouped("actor", "actor_reading", "", counted, (first, last)))
    query = f"SELECT pk, {', '.join(ACTOR)} FROM actor WHERE into_pk IS NULL"
    for pk, *shown in _select(f"{query} AND pk BETWEEN {first} AND {last}"):
        aliases, roles = (sorted(said[pk].get(word, ())) for word in ("alias", "role"))
        total = {"reports": reports.get(pk, 0)}
        body = dict(zip(ACTOR, shown, strict=True)) | {"aliases": aliases, "roles": roles} | total
        yield {"pk": pk, "said": _json(said[pk]), "body": _json(body), **total}


def _sources(first: int, last: int) -> Iterator[dict[str, Any]]:
    said = _said("source", first, last)
    counted = "count(DISTINCT r.claim_pk)"
    claims = dict(_grouped("source", "attribution_link", "", counted, (first, last)))
    query = (
        "SELECT s.pk, s.id, s.name, s.kind, a.id, a.name, a.kind, a.country FROM source s"
        " LEFT JOIN actor held ON held.pk = s.actor_pk"
        " LEFT JOIN actor a ON a.pk = coalesce(held.into_pk, held.pk)"
        f" WHERE s.into_pk IS NULL AND s.pk BETWEEN {first} AND {last}"
    )
    for pk, id_, name, kind, *shown in _select(query):
        actor = None if shown[0] is None else dict(zip(ACTOR, shown, strict=True))
        total = {"claims": claims.get(pk, 0)}
        body = {"id": id_, "name": name, "kind": kind, "actor": actor} | total
        yield {"pk": pk, "said": _json(said[pk]), "body": _json(body), **total}


def _places(first: int, last: int) -> Iterator[dict[str, Any]]:
    for pk, counts in _said("place", first, last).items():
        yield {"pk": pk, "said": _json(counts)}


def _said(table: str, first: int, last: int) -> defaultdict[int, Counts]:
    """How many readings have which value of which property, by row."""
    said: defaultdict[int, Counts] = defaultdict(dict)
    for key, (of, value) in SAID[table].items():
        for pk, *values, times in _grouped(table, of, value, "count(*)", (first, last)):
            if None not in values:
                said[pk].setdefault(key, {})[" ".join(map(str, values))] = times
    return said


def _grouped(table: str, of: str, value: str, counted: str, rows: tuple[int, int]) -> Iterator[Any]:
    """What a table tells of the rows from one to another, and of those that they stand for."""
    standing, chosen = "m.pk", f"m.pk BETWEEN {rows[0]} AND {rows[1]}"
    if table != "place":
        standing = "coalesce(m.into_pk, m.pk)"
        chosen = f"(m.into_pk IS NULL AND {chosen}) OR m.into_pk BETWEEN {rows[0]} AND {rows[1]}"
    grouped = f"{standing}, {value}" if value else standing
    return _select(
        f"SELECT {grouped}, {counted} FROM {table} m JOIN {of} r ON r.{table}_pk = m.pk"
        f" WHERE {chosen} GROUP BY {grouped}"
    )


def _select(query: str) -> Iterator[Any]:
    return iter(op.get_bind().execute(sa.text(query)).all())


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
