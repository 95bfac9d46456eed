"""Indexes in which rows stand by their days, for filters by dates (`app.query.dates`).

They are SQLite's alone, which is told which index to walk. The few rows that cover more than a day
or have an open end stand by themselves. That rows without a latest day, which are most, are left
out of the index of that day saves more writing than the new ones cost.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Table → what its dates tell, the earliest day, and the latest where it may be another one.
DATED = {
    "claim": ("said", "said_earliest", "said_latest"),
    "event": ("occurred", "date_earliest", "date_latest"),
    "report": ("published", "published_on", None),
}


def upgrade() -> None:
    for table, (_, _, latest) in DATED.items():
        if latest is not None:
            op.drop_index(f"ix_{table}_{latest}", table)
            known = sa.text(f"{latest} IS NOT NULL")
            where = {"sqlite_where": known, "postgresql_where": known}
            op.create_index(f"ix_{table}_{latest}", table, [latest], **where)
    if op.get_bind().dialect.name == "sqlite":
        for table, dated in DATED.items():
            for name, keys in _walks(*dated).items():
                columns = ", ".join((*keys, "pk"))
                op.execute(
                    f"CREATE INDEX walk_{table}_{name} ON {table} ({columns})"
                    f" WHERE {keys[0]} IS NOT NULL"
                )


def downgrade() -> None:
    for table, dated in DATED.items():
        if op.get_bind().dialect.name == "sqlite":
            for name in _walks(*dated):
                op.execute(f"DROP INDEX walk_{table}_{name}")
        latest = dated[-1]
        if latest is not None:
            op.drop_index(f"ix_{table}_{latest}", table)
            op.create_index(f"ix_{table}_{latest}", table, [latest])


def _walks(name: str, first: str, last: str | None) -> dict[str, tuple[str, ...]]:
    """Index → what orders its rows before their pk; those for which that is NULL are left out."""
    keys = {f"{name}_month": (f"substr({first}, 1, 7)",)}
    if last is not None:
        since = f"CASE WHEN {last} IS NULL THEN {first} END"
        nights = f"julianday({last}) - julianday({first})"
        keys |= {
            f"{name}_since": (since,),
            f"{name}_since_month": (f"substr({since}, 1, 7)",),
            f"{name}_until": (f"CASE WHEN {first} IS NULL THEN {last} END",),
            f"{name}_lasting": (f"CASE WHEN {last} > {first} THEN {nights} END", first),
        }
    return keys
