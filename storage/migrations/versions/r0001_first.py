"""The first shape: reports and holders, dialogues, inbox and outbox, and a history that cannot be rewritten."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tables, indexes, triggers."""
    _keys()
    _reports()
    _holders()
    _traffic()
    _outbox()
    if op.get_context().dialect.name == "sqlite":
        _only_grows_on_sqlite()
    else:
        _only_grows_on_postgresql()


def _index(name: str, table: str, columns: list[str], only: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(only), postgresql_where=sa.text(only))


def _keys() -> None:
    for table, key in (("secret", "name"), ("data_key", "owner")):
        op.create_table(
            table,
            sa.Column(key, sa.String(), primary_key=True),
            sa.Column("key_id", sa.String(), nullable=False),
            sa.Column("wrapped", sa.LargeBinary(), nullable=False),
            sqlite_with_rowid=False,
        )


def _reports() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("number", sa.String(), nullable=False, unique=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("category", sa.String()),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("area", sa.String()),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("received", UTCDateTime(), nullable=False),
        sa.Column("due", UTCDateTime(), nullable=False),
        sa.Column("closed", UTCDateTime()),
        sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("evaluation", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("report_by_channel_and_status", "report", ["channel", "status"])
    op.create_index("report_by_agency_and_status", "report", ["agency", "status", "due"])
    _index("report_by_closing", "report", ["closed"], "closed IS NOT NULL")
    op.create_table(
        "history",
        sa.Column("report", sa.String(), sa.ForeignKey("report.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table("photo", sa.Column("name", sa.String(), primary_key=True), sqlite_with_rowid=False)


def _holders() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "holder",
        sa.Column("code", sa.LargeBinary(), primary_key=True),
        sa.Column("report", sa.String(), sa.ForeignKey("report.id"), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), sa.ForeignKey("contact.id")),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("holder_by_report", "holder", ["report"])
    _index("holder_by_contact", "holder", ["contact"], "contact IS NOT NULL")


def _traffic() -> None:
    op.create_table(
        "dialogue",
        sa.Column("lane", sa.LargeBinary(), primary_key=True),
        sa.Column("seen", UTCDateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("dialogue_by_seen", "dialogue", ["seen"])
    op.create_table(
        "seen",
        sa.Column("message", sa.LargeBinary(), primary_key=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("seen_by_time", "seen", ["at"])
    op.create_table(
        "failing",
        sa.Column("message", sa.LargeBinary(), primary_key=True),
        sa.Column("since", UTCDateTime(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tally",
        sa.Column("who", sa.LargeBinary(), primary_key=True),
        sa.Column("at", UTCDateTime(), primary_key=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("tally_by_time", "tally", ["at"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("id", sa.String(), nullable=False, unique=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("not_before", UTCDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease", UTCDateTime()),
        sa.Column("lane", sa.LargeBinary()),
        sa.Column("contact", sa.LargeBinary()),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("provider", sa.LargeBinary()),
        sa.Column("arrived", sa.Boolean()),
        sa.Column("done", UTCDateTime()),
        sqlite_autoincrement=True,
    )
    for name, columns in (("outbox_by_lane", ["lane", "seq"]), ("outbox_by_time", ["not_before"])):
        _index(name, "outbox", columns, "state = 'waiting'")
    for column, name in (("contact", "contact"), ("provider", "provider"), ("done", "end")):
        _index(f"outbox_by_{name}", "outbox", [column], f"{column} IS NOT NULL")


def _only_grows_on_sqlite() -> None:
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER history_no_{what.lower()} BEFORE {what} ON history "
            "BEGIN SELECT RAISE(ABORT, 'history only grows'); END"
        )


def _only_grows_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION history_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'history only grows'; END $$"
    )
    op.execute(
        "CREATE TRIGGER history_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON history "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_only_grows()"
    )
