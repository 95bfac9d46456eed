"""Indexes for lists in any order: each begins with a filter's value and goes on as rows are sorted.

For that, tables that link claims and events to others repeat the day by which those are sorted,
and two tables say what events follow from: sources of their claims, countries of who takes part.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# Table → the other sorts, and the columns that each get an index for each sort.
WALKED = {
    "source": (("name",), ("kind",)),
    "actor": (("name",), ("kind", "country")),
    "report": (("published_on", "title"), ("publisher_pk", "language")),
    "claim": (
        ("said_earliest",),
        ("attributed", "origin_pk", "act", "directness", "certainty", "status"),
    ),
    "event": (("date_earliest",), ("type", "place_pk", "certainty", "tense")),
}
# Table → the value, what comes between it and the sort, the sort, the row and its table.
LINKS = {
    "attribution_link": ("source_pk", (), "said_earliest", "claim_pk", "claim"),
    "claim_actor": ("actor_pk", (), "said_earliest", "claim_pk", "claim"),
    "event_participant": ("actor_pk", ("role",), "date_earliest", "event_pk", "event"),
}
FOLLOWING = {
    "event_source": ("source_pk", (), "date_earliest", "event_pk", "event"),
    "event_country": ("country", (), "date_earliest", "event_pk", "event"),
}
# Indexes in the order of loading alone.
LOADED = {"claim": "report_pk", "event": "report_pk"}


def upgrade() -> None:
    for table, (sorts, columns) in WALKED.items():
        for column in columns:
            op.drop_index(f"ix_{table}_{column}", table)
            op.create_index(f"ix_{table}_{column}", table, [column, "pk"])
            for sort in sorts:
                op.create_index(f"ix_{table}_{column}_{sort}", table, [column, sort, "pk"])
    for table, column in LOADED.items():
        op.drop_index(f"ix_{table}_{column}", table)
        op.create_index(f"ix_{table}_{column}", table, [column, "pk"])
    op.drop_index("ix_actor_reading_actor_pk", "actor_reading")
    op.create_index("ix_actor_reading_actor_pk", "actor_reading", ["actor_pk", "report_pk"])
    for table, (value, _, sort, row, of) in LINKS.items():
        op.add_column(table, sa.Column(sort, sa.Date(), nullable=True))
        op.execute(f"UPDATE {table} SET {sort} = (SELECT {sort} FROM {of} WHERE {of}.pk = {row})")
        op.drop_index(f"ix_{table}_{value}", table)
    op.create_table(
        "event_source",
        sa.Column("event_pk", sa.Integer(), nullable=False),
        sa.Column("source_pk", sa.Integer(), nullable=False),
        sa.Column("date_earliest", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["event_pk"], ["event.pk"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source_pk"], ["source.pk"]),
        sa.PrimaryKeyConstraint("event_pk", "source_pk"),
    )
    op.create_table(
        "event_country",
        sa.Column("event_pk", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("date_earliest", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["event_pk"], ["event.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_pk", "country"),
    )
    op.execute(
        "INSERT INTO event_source (event_pk, source_pk, date_earliest)"
        " SELECT DISTINCT event.pk, attribution_link.source_pk, event.date_earliest FROM event"
        " JOIN event_claim ON event_claim.event_pk = event.pk"
        " JOIN attribution_link ON attribution_link.claim_pk = event_claim.claim_pk"
        " WHERE attribution_link.source_pk IS NOT NULL"
    )
    op.execute(
        "INSERT INTO event_country (event_pk, country, date_earliest)"
        " SELECT event.pk, place.country, event.date_earliest FROM event"
        " JOIN place ON place.pk = event.place_pk WHERE place.country IS NOT NULL"
        " UNION SELECT event.pk, actor.country, event.date_earliest FROM event"
        " JOIN event_participant ON event_participant.event_pk = event.pk"
        " JOIN actor ON actor.pk = event_participant.actor_pk WHERE actor.country IS NOT NULL"
    )
    for table, (value, between, sort, row, _) in (LINKS | FOLLOWING).items():
        op.create_index(f"ix_{table}_{value}", table, [value, *between, row])
        op.create_index(f"ix_{table}_{value}_{sort}", table, [value, *between, sort, row])


def downgrade() -> None:
    for table in FOLLOWING:
        op.drop_table(table)
    for table, (value, _, sort, _, _) in LINKS.items():
        op.drop_index(f"ix_{table}_{value}", table)
        op.drop_index(f"ix_{table}_{value}_{sort}", table)
        op.execute(f"ALTER TABLE {table} DROP COLUMN {sort}")
        op.create_index(f"ix_{table}_{value}", table, [value])
    op.drop_index("ix_actor_reading_actor_pk", "actor_reading")
    op.create_index("ix_actor_reading_actor_pk", "actor_reading", ["actor_pk"])
    for table, column in LOADED.items():
        op.drop_index(f"ix_{table}_{column}", table)
        op.create_index(f"ix_{table}_{column}", table, [column])
    for table, (sorts, columns) in WALKED.items():
        for column in columns:
            for sort in sorts:
                op.drop_index(f"ix_{table}_{column}_{sort}", table)
            op.drop_index(f"ix_{table}_{column}", table)
            op.create_index(f"ix_{table}_{column}", table, [column])
