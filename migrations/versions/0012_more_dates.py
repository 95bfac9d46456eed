"""More indexes in which rows stand by their days, on SQLite (see 0009).

Rows that last several days, or of which only the end is known, stand by month too, and reports of a
day or a month by their title. The expressions of days and months for the latter are others than in
0009, so that SQLite takes no index for another one.
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# Table → what its dates tell, the earliest and the latest day.
DATED = {
    "claim": ("said", "said_earliest", "said_latest"),
    "event": ("occurred", "date_earliest", "date_latest"),
}
# Index → its table, and what orders its rows before their pk. Where that is NULL they are left out.
WALKS: dict[str, tuple[str, ...]] = {
    "walk_report_published_title": ("report", "date(published_on)", "title"),
    "walk_report_published_month_title": ("report", "strftime('%Y-%m', published_on)", "title"),
}
for table, (name, first, last) in DATED.items():
    until = f"CASE WHEN {first} IS NULL THEN {last} END"
    nights = f"CASE WHEN {last} > {first} THEN julianday({last}) - julianday({first}) END"
    month = f"substr({first}, 1, 7)"
    WALKS[f"walk_{table}_{name}_until_month"] = (table, f"substr({until}, 1, 7)")
    WALKS[f"walk_{table}_{name}_lasting_month"] = (table, nights, month)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, (table, *keys) in WALKS.items():
            columns = ", ".join((*keys, "pk"))
            op.execute(f"CREATE INDEX {name} ON {table} ({columns}) WHERE {keys[0]} IS NOT NULL")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in WALKS:
            op.execute(f"DROP INDEX {name}")
