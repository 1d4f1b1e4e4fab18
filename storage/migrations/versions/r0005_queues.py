"""Queues and photos are looked up where all that is asked lies side by side."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "r0005"
down_revision = "r0004"
branch_labels = None
depends_on = None

# Whether an ended one is disputed lies sealed: it is said with its next change.
_WAITS = """
UPDATE report SET waits = CASE
  WHEN main IS NOT NULL THEN 'along'
  WHEN plan = 'waiting' OR estimate = 'waiting' OR status = 'menunggu_validasi' THEN 'check'
  ELSE 'work' END
WHERE closed IS NULL
"""
_COPY = """
UPDATE held SET
  due = report.due, number = report.number, status = report.status, holder = report.agency,
  category = report.category, area = report.area, waits = report.waits,
  open = report.status NOT IN ('selesai', 'ditolak', 'dicabut', 'diteruskan')
FROM report WHERE report.id = held.report
"""


def upgrade() -> None:
    """Adds columns and indexes; two indexes that are no longer asked go."""
    op.add_column("report", sa.Column("waits", sa.String()))
    op.execute(_WAITS)
    _held()
    _reports()
    _looks()


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
        sa.Column("waits", sa.String()),
    ):
        op.add_column("held", column)
    op.execute(_COPY)
    op.drop_index("held_by_agency", "held")
    columns = ["due", "number", "status", "holder", "category", "area", "waits"]
    op.create_index("held_in_order", "held", ["agency", "open", *columns])


def _reports() -> None:
    queue = ["due", "number", "status", "agency", "category", "area", "restricted", "closed", "waits"]
    waiting = sa.text("waits IS NOT NULL")
    op.drop_index("report_by_agency_and_status", "report")
    op.create_index("report_in_order", "report", queue)
    op.create_index("report_waiting_in_order", "report", queue, sqlite_where=waiting, postgresql_where=waiting)
    for first in ("agency", "category"):
        rest = [column for column in queue if column != first]
        op.create_index(f"report_by_{first}_in_order", "report", [first, *rest])
    sealed = sa.text("category IS NULL")
    op.create_index("report_restricted", "report", ["agency"], sqlite_where=sealed, postgresql_where=sealed)


def _looks() -> None:
    """The same rows, by what they are looked up by."""
    op.drop_index("look_by_value", "look")
    op.rename_table("look", "look_before")
    op.create_table(
        "look",
        sa.Column("scope", sa.String(), primary_key=True),
        sa.Column("chunk", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("value", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("report", sa.String(), sa.ForeignKey("report.id"), primary_key=True),
        sa.Column("whole", sa.LargeBinary(), primary_key=True),
        sqlite_with_rowid=False,
    )
    columns = "scope, chunk, value, report, whole"
    op.execute(f"INSERT INTO look ({columns}) SELECT DISTINCT {columns} FROM look_before")  # noqa: S608 - a constant
    op.drop_table("look_before")
