"""What the staff desk needs: who is logged in, second steps, and which passwords were made up for somebody."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "r0004"
down_revision = "r0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds a column and two tables."""
    op.add_column("staff", sa.Column("fresh", sa.Boolean(), nullable=False, server_default=sa.text("false")))
    op.create_table(
        "session",
        sa.Column("token", sa.LargeBinary(), primary_key=True),
        sa.Column("id", sa.String(), nullable=False, unique=True),
        sa.Column("staff", sa.String(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("began", UTCDateTime(), nullable=False),
        sa.Column("seen", UTCDateTime(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("session_by_staff", "session", ["staff"])
    op.create_index("session_by_begin", "session", ["began"])
    op.create_table(
        "factor",
        sa.Column("staff", sa.String(), sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )
