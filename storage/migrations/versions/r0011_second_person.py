"""Accounts that wait for a second person, since when a password was given, and what was missed since the last login."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "r0011"
down_revision = "r0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds columns; accounts that are there stay whole, and passwords that were made up for them end from now."""
    op.add_column("staff", sa.Column("given", UTCDateTime()))
    op.add_column("staff", sa.Column("pending", sa.String()))
    op.add_column("session", sa.Column("proved", UTCDateTime()))
    for table in ("staff", "session"):
        for name in ("missed_logins", "missed_pages"):
            op.add_column(table, sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text("0")))
    staff = sa.table("staff", sa.column("fresh", sa.Boolean()), sa.column("given", UTCDateTime()))
    op.execute(staff.update().where(staff.c.fresh).values(given=sa.func.current_timestamp()))
