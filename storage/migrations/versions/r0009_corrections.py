"""How often one kind was taken for another, as counts; lists by category hold the channel too."""

import sqlalchemy as sa
from alembic import op

revision = "r0009"
down_revision = "r0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds a table, and a column to an index."""
    op.create_table(
        "correction",
        sa.Column("before", sa.String(), primary_key=True),
        sa.Column("after", sa.String(), primary_key=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    _index()


def _index() -> None:
    """Lists by category that are narrowed by channel too stand on an index alone, as the others do."""
    queue = ["due", "number", "status", "agency", "area", "restricted", "closed", "waits", "channel"]
    op.drop_index("report_by_category_in_order", "report")
    op.create_index("report_by_category_in_order", "report", ["category", *queue])
