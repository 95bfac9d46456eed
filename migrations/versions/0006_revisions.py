"""Revisions: which write changed a row last, and what was removed.

All that is there already is of revision 1. The columns are added by plain SQL: Alembic's batch
mode would copy the tables, and drop the triggers of full-text search.
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MERGEABLE = ("actor", "source")
FOLLOWED = (*MERGEABLE, "claim", "event", "report")


def upgrade() -> None:
    revisions = op.create_table(
        "revision",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.bulk_insert(revisions, [{"number": 1, "token": secrets.token_hex(8)}])
    op.create_table(
        "tombstone",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("collection", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("collection", "id"),
    )
    op.create_index(
        "ix_tombstone_collection_revision", "tombstone", ["collection", "revision", "pk"]
    )
    for table in FOLLOWED:
        op.execute(f"ALTER TABLE {table} ADD COLUMN revision INTEGER DEFAULT 1 NOT NULL")
        listed = sa.text("into_pk IS NULL") if table in MERGEABLE else None
        op.create_index(
            f"ix_{table}_revision",
            table,
            ["revision", "pk"],
            sqlite_where=listed,
            postgresql_where=listed,
        )


def downgrade() -> None:
    for table in FOLLOWED:
        op.drop_index(f"ix_{table}_revision", table)
        op.execute(f"ALTER TABLE {table} DROP COLUMN revision")
    op.drop_table("tombstone")
    op.drop_table("revision")
