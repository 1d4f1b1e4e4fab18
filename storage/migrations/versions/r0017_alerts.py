"""What staff are told by mail, and who comes in by single sign-on; history is found by time, accounts by office."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "r0017"
down_revision = "r0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds tables, indexes, and by whom a session was begun."""
    op.create_table(
        "alert_choice",
        sa.Column("staff", sa.String(), sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("kinds", sa.String(), nullable=False),
        sa.Column("hour", sa.Integer()),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("code_until", UTCDateTime()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent", UTCDateTime()),
        sa.Column("looked", UTCDateTime()),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "alert",
        sa.Column("staff", sa.String(), sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("report", sa.String(), sa.ForeignKey("report.id"), primary_key=True),
        sa.Column("step", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    waits = sa.text("NOT told")
    op.create_index("alert_waiting", "alert", ["staff", "at"], sqlite_where=waits, postgresql_where=waits)
    op.create_index("alert_by_time", "alert", ["at"])
    op.create_index("history_by_time", "history", ["at"])
    op.create_table(
        "staff_identity",
        sa.Column("issuer", sa.String(), primary_key=True),
        sa.Column("subject", sa.String(), primary_key=True),
        sa.Column("staff", sa.String(), sa.ForeignKey("staff.id"), nullable=False, unique=True),
        sa.Column("by_claim", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.add_column("session", sa.Column("provider", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("staff_by_agency", "staff", ["agency"])
