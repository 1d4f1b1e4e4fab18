"""What the key of a partner opens and until when, where its media may lie, and what it is told of its reports."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "r0016"
down_revision = "r0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds columns and a table; keys that are there open what they opened, and photos too."""
    empty = sa.text("''")
    op.add_column(
        "partner", sa.Column("rights", sa.String(), nullable=False, server_default=sa.text("'file media read'"))
    )
    for name in ("hosts", "hook", "salt"):
        op.add_column("partner", sa.Column(name, sa.String(), nullable=False, server_default=empty))
    for name in ("until", "old_until"):
        op.add_column("partner", sa.Column(name, UTCDateTime()))
    op.add_column("partner", sa.Column("old_key", sa.LargeBinary()))
    op.create_table(
        "hook",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("created", sa.Boolean(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("not_before", UTCDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("hook_waiting", "hook", ["state", "not_before"])
