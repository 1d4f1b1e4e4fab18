"""What citizens make of the traces that were found in their words, as counts by kind."""

import sqlalchemy as sa
from alembic import op

revision = "r0013"
down_revision = "r0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds a table."""
    op.create_table(
        "closing",
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("deed", sa.String(), primary_key=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
