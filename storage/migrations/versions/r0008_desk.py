"""What the desk keeps for each account: views and mentions; and queues that are narrowed by channel."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "r0008"
down_revision = "r0007"
branch_labels = None
depends_on = None

_COPY = "UPDATE held SET channel = report.channel FROM report WHERE report.id = held.report"


def upgrade() -> None:
    """Adds a column and two tables; indexes of queues hold the channel too."""
    op.add_column("held", sa.Column("channel", sa.String(), nullable=False, server_default=sa.text("''")))
    op.execute(_COPY)
    _indexes()
    op.create_table(
        "saved_view",
        sa.Column("staff", sa.String(), sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("filter", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mention",
        sa.Column("staff", sa.String(), sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("number", sa.String(), primary_key=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("mention_by_time", "mention", ["at"])


def _indexes() -> None:
    held = ["agency", "open", "due", "number", "status", "holder", "category", "area", "waits", "channel"]
    op.drop_index("held_in_order", "held")
    op.create_index("held_in_order", "held", held)
    queue = ["due", "number", "status", "agency", "category", "area", "restricted", "closed", "waits", "channel"]
    waiting = sa.text("waits IS NOT NULL")
    rest = [column for column in queue if column != "agency"]
    for name in ("report_in_order", "report_waiting_in_order", "report_by_agency_in_order"):
        op.drop_index(name, "report")
    op.create_index("report_in_order", "report", queue)
    op.create_index("report_waiting_in_order", "report", queue, sqlite_where=waiting, postgresql_where=waiting)
    op.create_index("report_by_agency_in_order", "report", ["agency", *rest])
