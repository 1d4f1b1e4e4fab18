"""Partners who file over the interface for machines, and reports by the time of their receipt."""

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds a table and an index."""
    op.create_table(
        "partner",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False, unique=True),
        sqlite_with_rowid=False,
    )
    op.create_index("report_by_receipt", "report", ["received"])
