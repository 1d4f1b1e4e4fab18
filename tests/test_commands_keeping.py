"""`resi migrate`, `purge`, `keys` and `outbox`: what an operator orders, and that a rehearsal changes nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import parse_keys
from tests.fakes.shell import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_keys_new_prints_one_line_that_the_settings_take(shell: Shell) -> None:
    first, second = shell.resi("keys", "new"), shell.resi("keys", "new")
    assert (first.code, len(first.lines)) == (0, 1)
    keys = parse_keys(first.lines[0])
    assert len(keys.by_id[keys.first]) == 32
    assert parse_keys(f"{first.lines[0]},{second.lines[0]}").first == keys.first
    assert shell.resi("status", shell.nobodys, KEYS=first.lines[0]).code == 1
    assert not (shell.folder / "var" / "keys").exists()


def test_migrating_twice_is_as_good_as_once(shell: Shell) -> None:
    for _ in range(2):
        ran = shell.resi("migrate")
        assert (ran.code, ran.err) == (0, "")
        assert "up to date" in ran.out


def test_a_dry_purge_counts_and_changes_nothing_and_a_real_one_erases(shell: Shell) -> None:
    code = shell.files_a_report()
    path = shell.folder / "var" / "resi.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE report SET status = 'selesai', closed = '2020-01-01 00:00:00'")
        database.commit()
        before = list(database.iterdump())
    dry = shell.resi("purge", "--dry-run")
    assert dry.code == 0
    assert "contacts 1" in dry.lines
    with closing(sqlite3.connect(path)) as database:
        assert list(database.iterdump()) == before
    assert "contacts 1" in shell.resi("purge").lines
    assert "contacts 0" in shell.resi("purge", "--dry-run").lines
    assert shell.resi("status", code).code == 0


def test_the_outbox_is_listed_without_address_or_words_and_made_due(shell: Shell) -> None:
    assert shell.resi("outbox", "list").lines == ["Nothing waits."]
    with closing(sqlite3.connect(shell.folder / "var" / "resi.db")) as database:
        columns = "id, kind, channel, state, not_before, attempts, lane, sealed"
        row = ("d1", "reply", "sms", "waiting", "2099-01-01 00:00:00.000000", 3, b"l", b"x")
        database.execute(f"INSERT INTO outbox ({columns}) VALUES (?,?,?,?,?,?,?,?)", row)  # noqa: S608 - our own names
        database.commit()
    assert shell.resi("outbox", "list").lines == ["d1 reply sms waiting tries=3 due=2099-01-01T07:00+07:00"]
    assert shell.resi("outbox", "retry", "d2").lines == ["0 made due."]
    assert shell.resi("outbox", "retry", "d1").lines == ["1 made due."]
    assert "2099" not in shell.resi("outbox", "list").out
    assert shell.resi("outbox", "retry").lines == ["1 made due."]
