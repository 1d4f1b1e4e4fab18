"""What becomes of published reports, counted by day, week and month.

What was published before is counted by the next batch; its offices and channels cannot be told any more.
"""

import sqlalchemy as sa
from alembic import op

revision = "r0018"
down_revision = "r0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds columns, an index and tables."""
    op.add_column("published", sa.Column("office", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("published", sa.Column("proved", sa.LargeBinary(), nullable=True))
    op.create_index("published_by_change", "published", ["updated"])
    op.create_table(
        "outcome",
        sa.Column("report", sa.String(), sa.ForeignKey("report.id"), primary_key=True),
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    waiting = sa.text("NOT told")
    op.create_index("outcome_waiting", "outcome", ["report"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_table(
        "figure",
        *(
            sa.Column(name, sa.String(), primary_key=True)
            for name in ("grain", "starts", "outcome", "field", "category", "area", "office")
        ),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "figure_sum",
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("grain", "starts", "by", "key", "outcome")),
        sa.Column("days", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "figure_channel",
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("grain", "starts", "channel")),
        sa.Column("reports", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
