"""A response may come from nobody in particular: "the figures have not been confirmed"."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("response") as response:
        response.alter_column("actor_pk", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    """Responses of nobody in particular go: the table before cannot hold them."""
    op.execute("DELETE FROM response WHERE actor_pk IS NULL")
    with op.batch_alter_table("response") as response:
        response.alter_column("actor_pk", existing_type=sa.Integer(), nullable=False)
