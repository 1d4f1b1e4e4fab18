"""Queues are read from indexes alone, and each office's from what it holds or held."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "r0003"
down_revision = "r0002"
branch_labels = None
depends_on = None

_COPY = """
UPDATE held SET
  due = report.due, number = report.number, status = report.status, holder = report.agency,
  category = report.category, area = report.area,
  open = report.status NOT IN ('selesai', 'ditolak', 'dicabut', 'diteruskan')
FROM report WHERE report.id = held.report
"""


def upgrade() -> None:
    """Adds columns and indexes; two indexes that are no longer asked go."""
    _held()
    _reports()


def _held() -> None:
    empty = sa.text("''")
    for column in (
        sa.Column("open", sa.Boolean(), nullable=False, server_default=sa.text("true")),
        sa.Column("due", UTCDateTime()),
        sa.Column("number", sa.String(), nullable=False, server_default=empty),
        sa.Column("status", sa.String(), nullable=False, server_default=empty),
        sa.Column("holder", sa.String(), nullable=False, server_default=empty),
        sa.Column("category", sa.String()),
        sa.Column("area", sa.String()),
    ):
        op.add_column("held", column)
    op.execute(_COPY)
    op.drop_index("held_by_agency", "held")
    op.create_index(
        "held_in_order", "held", ["agency", "open", "due", "number", "status", "holder", "category", "area"]
    )


def _reports() -> None:
    queue = ["due", "number", "status", "agency", "category", "area", "restricted", "closed"]
    still = sa.text("closed IS NULL")
    op.drop_index("report_by_agency_and_status", "report")
    op.create_index("report_in_order", "report", queue, sqlite_where=still, postgresql_where=still)
    for name in ("status", "agency"):
        rest = [column for column in queue if column != name]
        op.create_index(f"report_by_{name}_in_order", "report", [name, *rest])
