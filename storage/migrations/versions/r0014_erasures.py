"""A ledger of what was erased, so that older copies forget it too, and when copies were made and tried.

What was erased before this migration is in no ledger: throw copies away that are older than it.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "r0014"
down_revision = "r0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds two tables."""
    op.create_table(
        "erasure",
        sa.Column("mark", sa.LargeBinary(), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copy",
        sa.Column("what", sa.String(), primary_key=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sqlite_with_rowid=False,
    )
