"""Migrations: they make what the tables say, harm nothing when repeated, and two processes may try at once."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, make_url, text
from sqlmodel import SQLModel

import storage.migrations
from core.model import ReportId
from core.ports import ReportQuery, Visibility
from storage import Keys, migrate, open_store, schema_current
from storage.report_rows import history_row_of, row_of
from storage.vault import DataKey, Vault
from tests.conftest import SQL
from tests.fakes import nouns
from tests.fakes.nouns import AGENCY, NOW
from tests.fakes.patience import PATIENCE

ROOT = Path(storage.migrations.__file__).parents[2]


@pytest.fixture(params=SQL)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'resi.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    url = server.fresh()
    yield url
    server.drop(url)


def test_migrations_make_exactly_what_the_tables_say(sql_url: str) -> None:
    engine = create_engine(sql_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []
    engine.dispose()


def test_the_head_that_is_compared_with_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [storage.migrations.HEAD]


def test_a_database_is_current_once_it_was_migrated_and_stays_so(empty_url: str, keys: Keys) -> None:
    assert not schema_current(empty_url)
    migrate(empty_url)
    report = nouns.report()
    with closing(open_store(empty_url, keys)) as store:
        store.run(lambda tx: tx.reports.add(report, nouns.entry()))
        migrate(empty_url)
        assert store.run(lambda tx: tx.reports.get(report.id)) == report
    assert schema_current(empty_url)


def test_two_processes_that_migrate_one_empty_database_at_once_both_succeed(empty_url: str) -> None:
    program = "import sys, storage; sys.stdin.readline(); storage.migrate(sys.argv[1])"
    pair = [
        subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-c", program, empty_url], cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    for one in pair:
        assert one.stdin is not None
        one.stdin.write(b"go\n")
        one.stdin.flush()
    told = [one.communicate(timeout=PATIENCE)[1] for one in pair]
    assert [one.returncode for one in pair] == [0, 0], told
    assert schema_current(empty_url)


def test_a_service_that_does_not_migrate_does_not_pay_for_alembic() -> None:
    program = "import sys, storage; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0  # noqa: S603 - ourselves


def test_a_sqlite_database_is_for_its_owner_only_and_pairs_no_rows_by_their_order(tmp_path: Path) -> None:
    path = tmp_path / "new" / "resi.db"
    migrate(f"sqlite:///{path}")
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        tables = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    engine.dispose()
    with_order = {row.name for row in tables if "WITHOUT ROWID" not in row.sql}
    assert with_order == {"outbox", "audit", "alembic_version", "sqlite_sequence"}


@pytest.mark.postgres
def test_history_cannot_be_emptied_on_postgresql(postgres_url: str) -> None:
    migrate(postgres_url)
    engine = create_engine(postgres_url)
    with pytest.raises(Exception, match="history only grows"), engine.begin() as connection:
        connection.execute(text("TRUNCATE history"))
    assert inspect(engine).has_table("history")
    engine.dispose()
    assert make_url(postgres_url).get_backend_name() == "postgresql"


def _upgraded(url: str, revision: str) -> None:
    """As an earlier version of the service left it."""
    config = Config()
    config.set_main_option("script_location", str(Path(storage.migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    if url.startswith("sqlite"):
        Path(str(make_url(url).database)).parent.mkdir()
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def test_what_the_version_before_kept_is_handled_like_everything_else(empty_url: str, keys: Keys) -> None:
    _upgraded(empty_url, "r0001")
    key = Vault(keys)
    raw, kept = key.create("r")
    report = replace(nouns.report("Lampu mati"), id=ReportId("r"))
    engine = create_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO data_key VALUES (:owner, :key_id, :wrapped)"),
            {"owner": "r", "key_id": kept.key_id, "wrapped": kept.wrapped},
        )
        before = text(
            "INSERT INTO report (id, number, channel, status, category, agency, restricted, received, due, sealed) "
            "VALUES (:id, :number, :channel, :status, :category, :agency, false, :received, :due, :sealed)"
        )
        row = row_of(report, DataKey(raw))
        naive = "%Y-%m-%d %H:%M:%S.000000" + ("" if empty_url.startswith("sqlite") else "+00")
        times = {name: getattr(report, name).strftime(naive) for name in ("received", "due")}
        connection.execute(before, row | times)
        first = history_row_of(report.id, 1, nouns.entry("masuk"), DataKey(raw))
        connection.execute(
            text(
                "INSERT INTO history (report, position, at, status, sealed) VALUES (:report, 1, :at, :status, :sealed)"
            ),
            first | {"at": times["received"]},
        )
    migrate(empty_url)
    with closing(open_store(empty_url, keys)) as store:
        found = store.run(lambda tx: tx.reports.get(report.id))
        assert found == replace(report, alarm=NOW)
        assert [each.number for each in store.read(lambda tx: tx.queues.lines(Visibility(AGENCY), ReportQuery()))] == [
            report.number
        ]
        assert store.run(lambda tx: tx.reports.history(report.id)) == [nouns.entry("masuk")]
        store.run(lambda tx: tx.reports.change(replace(report, late=True), nouns.entry("terlambat")))
        assert len(store.run(lambda tx: tx.reports.history(report.id))) == 2
    for attack in ("UPDATE history SET act = 'note'", "DELETE FROM history"):
        with pytest.raises(Exception, match="history only grows"), engine.begin() as connection:
            connection.execute(text(attack))
    engine.dispose()


@pytest.mark.parametrize(
    ("status", "plan", "estimate", "waits"),
    [
        ("proses", "waiting", "", "plan"),
        ("menunggu", "waiting", "waiting", "estimate"),
        ("menunggu_validasi", "waiting", "waiting", "check"),
    ],
)
def test_what_waited_to_be_checked_waits_under_the_name_of_what_it_is(
    empty_url: str, status: str, plan: str, estimate: str, waits: str
) -> None:
    _upgraded(empty_url, "r0005")
    engine = create_engine(empty_url)
    at = NOW.strftime("%Y-%m-%d %H:%M:%S.000000")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO report (id, number, channel, status, category, agency, restricted, received, due, plan, "
                "estimate, waits, sealed) VALUES ('r', 'R1', 'sms', :status, 'pohon', 'x', false, :at, :at, :plan, "
                ":estimate, 'check', :sealed)"
            ),
            {"status": status, "plan": plan, "estimate": estimate, "at": at, "sealed": b""},
        )
        connection.execute(text("INSERT INTO held (report, agency, waits) VALUES ('r', 'x', 'check')"))
    migrate(empty_url)
    with engine.connect() as connection:
        for table in ("report", "held"):
            assert connection.execute(text(f"SELECT waits FROM {table}")).scalar() == waits  # noqa: S608 - our own names
    engine.dispose()
