"""The command line: what it says, what it exits with, and that no fault ever shows a word."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core import tracking
from core.model import Status
from storage import new_key_line, parse_keys
from tests.fakes.shell import Shell

COMMANDS = (
    ("run",), ("chat",), ("status",), ("forget",), ("redact",), ("suggest",), ("scrub",), ("migrate",), ("purge",),
    ("doctor",), ("keys", "new"), ("outbox", "list"), ("outbox", "retry"),
)  # fmt: skip
CANARY = "kanari-4711"
NOBODYS = "000000000000000" + tracking.check_digit("0" * 15)
CODE = re.compile(r"\d{4}-\d{4}-\d{4}-\d{4}")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def filed(shell: Shell) -> str:
    """A report by mail, for it takes one message; the code."""
    ran = shell.resi("chat", "--channel", "mail", said="lampu jalan mati di kelurahan Tebet Timur sudah tiga hari\n")
    found = CODE.search(ran.out)
    assert found, ran
    return found.group()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(shell: Shell, command: tuple[str, ...]) -> None:
    ran = shell.resi(*command, "--help")
    assert ran.code == 0
    assert "Example" in ran.out
    assert f"resi {' '.join(command)}" in ran.out
    assert list(shell.folder.iterdir()) == []


def test_without_a_word_it_lists_every_command(shell: Shell) -> None:
    ran = shell.resi()
    for command in COMMANDS:
        assert command[0] in ran.all
    assert shell.resi("-h").code == 0


@pytest.mark.parametrize(
    "words",
    [("nonsense",), ("status",), ("run", "--only", "fax"), ("chat", "--channel", "fax"), ("chat", "--lang", "fr"),
     ("scrub",), ("scrub", "nowhere.jpg", "-o", "out"), ("keys", "nonsense")],
)  # fmt: skip
def test_wrong_usage_is_two_and_touches_nothing(shell: Shell, words: tuple[str, ...]) -> None:
    ran = shell.resi(*words)
    assert ran.code == 2
    assert not ran.shows_a_trace
    assert list(shell.folder.iterdir()) == []


def test_keys_new_prints_one_line_that_the_settings_take(shell: Shell) -> None:
    first, second = shell.resi("keys", "new"), shell.resi("keys", "new")
    assert (first.code, len(first.lines)) == (0, 1)
    keys = parse_keys(first.lines[0])
    assert len(keys.by_id[keys.first]) == 32
    assert parse_keys(f"{first.lines[0]},{second.lines[0]}").first == keys.first
    assert shell.resi("status", NOBODYS, KEYS=first.lines[0]).code == 1
    assert not (shell.folder / "var" / "keys").exists()


def test_a_code_answers_by_word_and_by_stdin_in_either_language(shell: Shell) -> None:
    code = filed(shell)
    by_word, by_stdin = shell.resi("status", code), shell.resi("status", "-", said=f"{code}\n")
    assert (by_word.code, by_stdin.code) == (0, 0)
    assert by_word.out == by_stdin.out
    assert "Menunggu" in by_word.out or "menunggu" in by_word.out
    english = shell.resi("status", "-", said=code, LANGUAGE="en")
    assert english.code == 0
    assert english.out != by_word.out
    assert code not in by_word.out + english.out


def test_a_code_that_is_nobodys_or_mistyped_is_one(shell: Shell) -> None:
    unknown, mistyped, nothing = (shell.resi("status", "-", said=said) for said in (NOBODYS, NOBODYS[:-1] + "9", ""))
    assert [each.code for each in (unknown, mistyped, nothing)] == [1, 1, 1]
    assert unknown.out != mistyped.out
    assert mistyped.out == nothing.out


def test_forgetting_says_what_was_done_and_the_report_stays(shell: Shell) -> None:
    code = filed(shell)
    first, again = shell.resi("forget", "-", said=code), shell.resi("forget", code)
    assert (first.code, again.code) == (0, 0)
    assert first.out != again.out
    assert shell.resi("status", code).code == 0
    assert shell.resi("forget", NOBODYS).code == 1
    with closing(sqlite3.connect(shell.folder / "var" / "resi.db")) as database:
        assert database.execute("SELECT count(*) FROM holder WHERE contact IS NOT NULL").fetchone() == (0,)


def test_migrating_twice_is_as_good_as_once(shell: Shell) -> None:
    for _ in range(2):
        ran = shell.resi("migrate")
        assert (ran.code, ran.err) == (0, "")
        assert "up to date" in ran.out


def test_a_dry_purge_counts_and_changes_nothing_and_a_real_one_erases(shell: Shell) -> None:
    code = filed(shell)
    path = shell.folder / "var" / "resi.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"UPDATE report SET status = '{Status.SELESAI}', closed = '2020-01-01 00:00:00'")
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


def test_an_unexpected_fault_is_told_by_type_and_place_alone(shell: Shell) -> None:
    code = filed(shell)
    with closing(sqlite3.connect(shell.folder / "var" / "resi.db")) as database:
        database.execute("ALTER TABLE holder RENAME TO elsewhere")
        database.commit()
    for level in ("DEBUG", "INFO"):
        ran = shell.resi("status", "-", said=code, LOG_LEVEL=level)
        assert ran.code == 1
        assert ran.out == ""
        assert not ran.shows_a_trace
        assert "OperationalError at storage/" in ran.err
        assert "holder" not in ran.err
        assert code not in ran.err
        assert code.replace("-", "") not in ran.err


def test_what_is_wrong_with_the_settings_is_a_sentence(shell: Shell) -> None:
    (shell.folder / ".env").write_bytes(b"RESI_KEYS=\xff\n")
    ran = shell.resi("status", NOBODYS)
    assert (ran.code, ran.out) == (1, "")
    assert "not UTF-8" in ran.err
    shell.env_file(KEYS=CANARY)
    ran = shell.resi("status", NOBODYS)
    assert ran.code == 1
    assert "RESI_KEYS" in ran.err
    assert CANARY not in ran.err
    assert not ran.shows_a_trace


def test_a_database_that_is_away_is_a_sentence(shell: Shell) -> None:
    for words in (("status", NOBODYS), ("migrate",), ("outbox", "list"), ("purge",)):
        ran = shell.resi(*words, DATABASE_URL=f"postgresql://u:{CANARY}@127.0.0.1:1/x", KEYS=new_key_line("a"))
        assert ran.code == 1
        assert "cannot be reached" in ran.err
        assert CANARY not in ran.err


def test_a_name_that_nothing_reads_stops_no_command(shell: Shell) -> None:
    shell.env_file(TELEGRAM_TOKEM=CANARY)
    ran = shell.resi("status", NOBODYS)
    assert ran.code == 1
    assert CANARY not in ran.all
    assert not ran.err


def test_the_output_of_a_command_is_the_answer_and_nothing_beside_it(shell: Shell) -> None:
    shell.exported["LOG_LEVEL"] = "DEBUG"
    code = filed(shell)
    for words in (("status", code), ("outbox", "list"), ("purge", "--dry-run"), ("migrate",)):
        assert shell.resi(*words).err == ""


def test_a_line_of_json_is_json(shell: Shell) -> None:
    assert json.loads(shell.resi("suggest", "--json", said="lampu mati\n").out)
