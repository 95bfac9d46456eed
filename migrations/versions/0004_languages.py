"""Reports are filtered by language."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_report_language", "report", ["language"])


def downgrade() -> None:
    op.drop_index("ix_report_language", "report")
