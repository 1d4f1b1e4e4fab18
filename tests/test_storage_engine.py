"""What is trouble and what is a fault of ours, from errors that real databases raise."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy.exc
from psycopg import OperationalError

from core.errors import StoreAway
from core.ports import UnitOfWork
from storage import Keys, migrate, open_store
from storage.engine import away, is_sqlite, is_trouble, sqlite_path
from tests.fakes import nouns


def test_a_database_that_is_locked_is_trouble(tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(tmp_path / "a.db")) as one,
        closing(sqlite3.connect(tmp_path / "a.db", timeout=0)) as two,
    ):
        one.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError) as raised:
            two.execute("BEGIN IMMEDIATE")
    assert is_trouble(raised.value)
    assert str(away(raised.value)) == "SQLITE_BUSY"


def test_a_table_that_is_missing_is_a_fault_of_ours(tmp_path: Path, keys: Keys) -> None:
    with closing(sqlite3.connect(":memory:")) as one, pytest.raises(sqlite3.OperationalError) as raised:
        one.execute("SELECT * FROM nothing")
    assert not is_trouble(raised.value)
    with pytest.raises(sqlalchemy.exc.OperationalError, match="no such table"):
        open_store(f"sqlite:///{tmp_path / 'empty.db'}", keys)


def test_a_bug_is_no_trouble() -> None:
    assert not any(is_trouble(error) for error in (KeyError("x"), OSError("x"), ValueError("x")))


def test_a_file_that_is_no_database_or_cannot_be_opened_is_away(tmp_path: Path, keys: Keys) -> None:
    (tmp_path / "text.db").write_text("not a database, but long enough to be read as one" * 40)
    for name in ("text.db", "missing/resi.db", "."):
        with pytest.raises(StoreAway):
            open_store(f"sqlite:///{tmp_path / name}", keys)
    (tmp_path / "file").touch()
    with pytest.raises(StoreAway):
        migrate(f"sqlite:///{tmp_path / 'file' / 'resi.db'}")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:x?uri=true"])
def test_a_database_without_a_file_is_refused(url: str, keys: Keys) -> None:
    with pytest.raises(ValueError, match="path of a file"):
        sqlite_path(url)
    with pytest.raises(ValueError, match="path of a file"):
        open_store(url, keys)


def test_only_two_kinds_of_database_are_spoken() -> None:
    assert is_sqlite("sqlite:///x.db")
    assert not is_sqlite("postgresql+psycopg://localhost/resi")
    with pytest.raises(ValueError, match="postgresql"):
        is_sqlite("mysql://localhost/resi")


def test_an_error_shows_no_parameters(sqlite_url: str, keys: Keys) -> None:
    report = nouns.report("Lampu mati")

    def turn(tx: UnitOfWork) -> None:
        tx.reports.add(report, nouns.entry())
        tx.reports.add(report, nouns.entry())

    with closing(open_store(sqlite_url, keys)) as store, pytest.raises(Exception, match="UNIQUE") as raised:
        store.run(turn)
    assert "Lampu" not in repr(raised.value)
    assert report.id not in repr(raised.value)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ('FATAL:  password authentication failed for user "u"', "28P01"),
        ("fe_sendauth: no password supplied", "28P01"),
        ('FATAL:  Peer authentication failed for user "u"', "28000"),
        ('FATAL:  no pg_hba.conf entry for host "::1", user "u", database "d", no encryption', "28000"),
        ('FATAL:  role "u" does not exist', "28000"),
        ('FATAL:  database "d" does not exist', "3D000"),
        ("server does not support SSL, but SSL was required", "TLS"),
        ("SSL error: certificate verify failed", "TLS"),
        ("FATAL:  sorry, too many clients already", "53300"),
        ("failed to resolve host 'h.invalid': [Errno -2] Name or service not known", "NoHost"),
        ("Connection refused", "OperationalError"),
        ("FATAL:  Datenbank \u00bbd\u00ab existiert nicht", "OperationalError"),
    ],
)
def test_why_a_server_lets_nobody_in_is_known_by_its_words(words: str, what: str) -> None:
    error = OperationalError(f"connection failed: {words}")
    assert is_trouble(error)
    assert str(away(error)) == what
