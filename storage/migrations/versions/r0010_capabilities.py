"""What a tag of one of our messages opens, in place of believing whom a message claims to come from."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "r0010"
down_revision = "r0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds a table."""
    op.create_table(
        "capability",
        sa.Column("tag", sa.LargeBinary(), primary_key=True),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("capability_by_time", "capability", ["until"])
    there, holds = sa.text("contact IS NOT NULL"), sa.text("holds")
    op.create_index("capability_by_contact", "capability", ["contact"], sqlite_where=there, postgresql_where=there)
    op.create_index("capability_that_holds", "capability", ["holds"], sqlite_where=holds, postgresql_where=holds)
