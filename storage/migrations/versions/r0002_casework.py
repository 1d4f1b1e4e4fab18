"""What handling needs: who held a report, alarms, notices, awaited answers, accounts, routes and the audit trail."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds columns and tables; nothing that was there is changed."""
    _columns()
    _offices()
    _awaited()
    _audit()
    _looks()


def _index(name: str, table: str, columns: list[str], only: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(only), postgresql_where=sa.text(only))


def _columns() -> None:
    empty = sa.text("''")
    for column in (
        sa.Column("alarm", UTCDateTime()),
        sa.Column("main", sa.String()),
        sa.Column("plan", sa.String(), nullable=False, server_default=empty),
        sa.Column("estimate", sa.String(), nullable=False, server_default=empty),
        sa.Column("reopened", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("feedback", sa.String()),
    ):
        op.add_column("report", column)
    for name in ("alarm", "main"):
        _index(f"report_by_{name}", "report", [name], f"{name} IS NOT NULL")
    _index("report_by_category_and_area", "report", ["category", "area", "received"], "area IS NOT NULL")
    # The clock looks at every one that is open, and sets its alarm.
    op.execute("UPDATE report SET alarm = received WHERE closed IS NULL")
    op.add_column("history", sa.Column("act", sa.String(), nullable=False, server_default=sa.text("'filed'")))
    op.add_column("holder", sa.Column("told", UTCDateTime()))
    if op.get_context().dialect.name == "sqlite":
        # REPLACE deletes without a word to the trigger that refuses it, unless whoever asks has set recursive_triggers.
        op.execute(
            "CREATE TRIGGER history_no_replace BEFORE INSERT ON history WHEN EXISTS "
            "(SELECT 1 FROM history WHERE report = NEW.report AND position = NEW.position) "
            "BEGIN SELECT RAISE(ABORT, 'history only grows'); END"
        )


def _offices() -> None:
    op.create_table(
        "held",
        sa.Column("report", sa.String(), sa.ForeignKey("report.id"), primary_key=True),
        sa.Column("agency", sa.String(), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("held_by_agency", "held", ["agency", "report"])
    op.execute("INSERT INTO held (report, agency) SELECT id, agency FROM report")
    op.create_table(
        "notice",
        sa.Column("report", sa.String(), sa.ForeignKey("report.id"), primary_key=True),
        sa.Column("mark", sa.String(), primary_key=True),
        sa.Column("at", UTCDateTime(), primary_key=True),
        sa.Column("receiver", sa.String(), primary_key=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("notice_by_receiver", "notice", ["receiver", "at"])
    op.create_index("notice_by_time", "notice", ["at"])
    op.create_table(
        "staff",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False, unique=True),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "route",
        sa.Column("category", sa.String(), primary_key=True),
        sa.Column("area", sa.String(), primary_key=True),
        sa.Column("agency", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )


def _awaited() -> None:
    op.create_table(
        "awaited",
        sa.Column("lane", sa.LargeBinary(), primary_key=True),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("awaited_by_time", "awaited", ["until"])


def _audit() -> None:
    # No trigger here: the chain shows what was changed, and a test must be able to change it.
    op.create_table(
        "audit",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "chain_head",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )


def _looks() -> None:
    op.create_table(
        "look",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("chunk", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("whole", sa.LargeBinary(), nullable=False),
        sa.Column("report", sa.String(), sa.ForeignKey("report.id"), nullable=False),
    )
    op.create_index("look_by_value", "look", ["scope", "chunk", "value"])
