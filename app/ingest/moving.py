"""Moving what one report says of an actor or a source from one shared row to another.

The other row holds nothing of this report yet, so nothing can collide, and moving back restores
what was there.
"""

from __future__ import annotations

from sqlalchemy import Connection, select, update
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)

_tables = SQLModel.metadata.tables

_COLUMNS = {
    "actor": (
        ("actor_reading", "actor_pk", "report_pk"),
        ("actor_alias", "actor_pk", "report_pk"),
        ("actor_role", "actor_pk", "report_pk"),
        ("source_reading", "actor_pk", "report_pk"),
        ("mention", "actor_pk", "report_pk"),
        ("response", "actor_pk", "claim_pk"),
        ("claim_actor", "actor_pk", "claim_pk"),
        ("event_participant", "actor_pk", "event_pk"),
    ),
    "source": (
        ("source_reading", "source_pk", "report_pk"),
        ("report", "publisher_pk", "pk"),
        ("claim", "origin_pk", "report_pk"),
        ("attribution_link", "source_pk", "claim_pk"),
        ("event_source", "source_pk", "event_pk"),
    ),
}
"""Each column that refers to the row, and the one that tells which report it belongs to."""


def move(connection: Connection, name: str, report_pk: int, old: int, new: int) -> None:
    """Let all that a report says of the row `old` of a table refer to the row `new`."""
    for table_name, column, owner in _COLUMNS[name]:
        table = _tables[table_name]
        of_report = table.c[owner] == report_pk
        if owner in {"claim_pk", "event_pk"}:
            parent = _tables[owner.removesuffix("_pk")]
            of_report = table.c[owner].in_(
                select(parent.c.pk).where(parent.c.report_pk == report_pk)
            )
        change = update(table).where(of_report, table.c[column] == old)
        connection.execute(change.values({column: new}))
