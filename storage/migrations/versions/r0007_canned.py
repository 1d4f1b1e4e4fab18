"""Words that offices have ready for citizens."""

import sqlalchemy as sa
from alembic import op

revision = "r0007"
down_revision = "r0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds a table."""
    op.create_table(
        "canned",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
