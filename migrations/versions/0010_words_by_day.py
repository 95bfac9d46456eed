"""Full-text search in the order of days, for SQLite.

FTS5 gives what it finds in the order of `rowid`. So each text is indexed once more, under a number
that begins with the day by which its row is sorted: the Julian day, or -1 where there is none, then
32 bits with the row's `pk`. Views tell FTS5 how rows are numbered, in the order that it indexes
fastest; it needs no sizes of texts (`columnsize`) for that. A GIN index of PostgreSQL has no order.
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Table → the day, and what is searched.
SEARCHED = {
    "claim": ("said_earliest", ("text",)),
    "event": ("date_earliest", ("text",)),
    "report": ("published_on", ("title", "text")),
}


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, (day, columns) in SEARCHED.items():
            _create(table, day, columns)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in SEARCHED:
            for name in ("insert", "delete", "update"):
                op.execute(f"DROP TRIGGER {table}_search_by_day_{name}")
            op.execute(f"DROP TABLE {table}_search_by_day")
            op.execute(f"DROP VIEW {table}_by_day")


def _create(table: str, day: str, columns: tuple[str, ...]) -> None:
    index, names = f"{table}_search_by_day", ", ".join(columns)
    op.execute(
        f"CREATE VIEW {table}_by_day AS SELECT {_number(day, 'pk')} AS number, {names}"
        f" FROM {table} ORDER BY {day}, pk"
    )
    op.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5({names}, content={table}_by_day,"
        " content_rowid=number, columnsize=0, tokenize='porter unicode61 remove_diacritics 2')"
    )
    new, old = (
        ", ".join([_number(f"{row}.{day}", f"{row}.pk"), *(f"{row}.{name}" for name in columns)])
        for row in ("new", "old")
    )
    add = f"INSERT INTO {index}(rowid, {names}) VALUES ({new});"
    remove = f"INSERT INTO {index}({index}, rowid, {names}) VALUES ('delete', {old});"
    for name, when, body in (
        ("insert", "INSERT", add),
        ("delete", "DELETE", remove),
        ("update", f"UPDATE OF {day}, {names}", remove + add),
    ):
        op.execute(f"CREATE TRIGGER {index}_{name} AFTER {when} ON {table} BEGIN {body} END")
    op.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")


def _number(day: str, pk: str) -> str:
    return f"(coalesce(CAST(julianday({day}) + 0.5 AS INTEGER), -1) << 32) | {pk}"
