"""What the public sees, in batches, and which partner filed what.

Reports of before are not taken up: nobody can tell any more how many people sent them.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "r0012"
down_revision = "r0011"
branch_labels = None
depends_on = None

_OWN = """INSERT INTO partner_report (report, partner)
SELECT report.id, partner.name FROM report JOIN partner ON partner.channel = report.channel
WHERE NOT EXISTS (SELECT 1 FROM partner other WHERE other.channel = partner.channel AND other.name <> partner.name)"""


def upgrade() -> None:
    """Adds tables; a report belongs to a partner where its channel has but one."""
    op.create_table(
        "unpublished",
        sa.Column("report", sa.String(), sa.ForeignKey("report.id"), primary_key=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "published",
        sa.Column("report", sa.String(), sa.ForeignKey("report.id"), primary_key=True),
        sa.Column("number", sa.String(), nullable=False, unique=True),
        sa.Column("batch", UTCDateTime(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("field", "category", "area", "status")),
        sa.Column("updated", UTCDateTime(), nullable=False),
        sa.Column("pack", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("published_in_order", "published", ["batch", "number"])
    op.create_index("published_by_pack", "published", ["pack"])
    op.create_index("published_by_status", "published", ["status"])
    op.create_table(
        "published_class",
        sa.Column("batch", UTCDateTime(), primary_key=True),
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("field", "category", "area")),
        sa.Column("reports", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "published_status",
        sa.Column("status", sa.String(), primary_key=True),
        sa.Column("reports", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "publishing",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("until", UTCDateTime(), nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "partner_report",
        sa.Column("report", sa.String(), sa.ForeignKey("report.id"), primary_key=True),
        sa.Column("partner", sa.String(), sa.ForeignKey("partner.name"), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("partner_report_by_partner", "partner_report", ["partner"])
    op.execute(_OWN)
