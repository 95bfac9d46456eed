"""Decisions on who an actor is, and the rows that they lead together or apart.

The columns are added by plain SQL: Alembic's batch mode would copy tables that others refer to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SHARED = ("actor", "source")


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=True),
        sa.Column("into_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index("ix_decision_actor_id", "decision", ["actor_id"])
    op.create_index("ix_decision_into_id", "decision", ["into_id"])
    for table in SHARED:
        op.execute(f"ALTER TABLE {table} ADD COLUMN into_pk INTEGER REFERENCES {table} (pk)")
        merged = sa.text("into_pk IS NOT NULL")
        op.create_index(
            f"ix_{table}_into_pk",
            table,
            ["into_pk"],
            sqlite_where=merged,
            postgresql_where=merged,
        )


def downgrade() -> None:
    """Merged and split actors would be wrong without their decisions: those are undone first."""
    if op.get_bind().execute(sa.text("SELECT count(*) FROM decision")).scalar():
        raise RuntimeError("there are decisions on actors: `reportedly actors undo` them first")
    for table in SHARED:
        op.drop_index(f"ix_{table}_into_pk", table)
        op.execute(f"ALTER TABLE {table} DROP COLUMN into_pk")
    op.drop_table("decision")
