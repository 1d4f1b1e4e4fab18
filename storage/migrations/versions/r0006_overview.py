"""What is checked waits under three names, and offices are counted from indexes alone."""

import sqlalchemy as sa
from alembic import op

revision = "r0006"
down_revision = "r0005"
branch_labels = None
depends_on = None

# A result is looked at before what was asked for earlier, and a request for time before a plan.
_NAMED = """
UPDATE report SET waits = CASE WHEN estimate = 'waiting' THEN 'estimate' ELSE 'plan' END
WHERE waits = 'check' AND status <> 'menunggu_validasi' AND (estimate = 'waiting' OR plan = 'waiting')
"""
_COPY = """
UPDATE held SET waits = report.waits
FROM report WHERE report.id = held.report AND held.waits = 'check' AND report.waits <> 'check'
"""


def upgrade() -> None:
    """Names what is waited for anew, and widens the index of closings."""
    op.execute(_NAMED)
    op.execute(_COPY)
    closed, waiting = sa.text("closed IS NOT NULL"), sa.text("waits IS NOT NULL")
    same = ["agency", "restricted", "evaluation", "reopened", "feedback"]
    op.create_index("notice_by_mark", "notice", ["receiver", "mark", "report"])
    op.drop_index("report_by_closing", "report")
    op.create_index(
        "report_by_closing", "report", ["closed", *same, "received"], sqlite_where=closed, postgresql_where=closed
    )
    op.create_index(
        "report_open_by_agency", "report", [*same, "due", "waits"], sqlite_where=waiting, postgresql_where=waiting
    )
