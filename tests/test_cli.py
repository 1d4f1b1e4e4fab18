"""The command line: what it says, what it exits with, and that no fault ever shows a word."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from core import workflow
from storage import new_key_line
from tests.fakes.shell import CHECKOUT, Shell

COMMANDS = (
    ("setup",), ("run",), ("chat",), ("status",), ("forget",), ("redact",), ("suggest",), ("corrections",), ("scrub",),
    ("migrate",), ("purge",), ("doctor",), ("keys", "new"), ("outbox", "list"), ("outbox", "retry"),
)  # fmt: skip
CANARY = "kanari-4711"


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


def test_an_unexpected_fault_is_told_by_type_and_place_alone(shell: Shell) -> None:
    code = shell.files_a_report()
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
    ran = shell.resi("status", shell.nobodys)
    assert (ran.code, ran.out) == (1, "")
    assert "not UTF-8" in ran.err


def test_a_name_that_no_folder_can_have_is_a_sentence(shell: Shell) -> None:
    ran = shell.resi("city", "check", "x" * 5_000)
    assert (ran.code, ran.out) == (1, "")
    assert "too long" in ran.err
    assert len(ran.err.splitlines()) == 1
    shell.env_file(KEYS=CANARY)
    ran = shell.resi("status", shell.nobodys)
    assert ran.code == 1
    assert "RESI_KEYS" in ran.err
    assert CANARY not in ran.err
    assert not ran.shows_a_trace


def test_a_database_that_is_away_is_a_sentence(shell: Shell) -> None:
    for words in (("status", shell.nobodys), ("migrate",), ("outbox", "list"), ("purge",)):
        ran = shell.resi(*words, DATABASE_URL=f"postgresql://u:{CANARY}@127.0.0.1:1/x", KEYS=new_key_line("a"))
        assert ran.code == 1
        assert "cannot be reached" in ran.err
        assert CANARY not in ran.err


def test_a_name_that_nothing_reads_stops_no_command(shell: Shell) -> None:
    shell.env_file(TELEGRAM_TOKEM=CANARY)
    ran = shell.resi("status", shell.nobodys)
    assert ran.code == 1
    assert CANARY not in ran.all
    assert not ran.err


def test_the_output_of_a_command_is_the_answer_and_nothing_beside_it(shell: Shell) -> None:
    shell.exported["LOG_LEVEL"] = "DEBUG"
    code = shell.files_a_report()
    for words in (("status", code), ("outbox", "list"), ("purge", "--dry-run"), ("migrate",)):
        assert shell.resi(*words).err == ""


def test_a_line_of_json_is_json(shell: Shell) -> None:
    assert json.loads(shell.resi("suggest", "--json", said="lampu mati\n").out)


LOADED = """
import sys
import app.cli
heavy = {"numpy", "pydantic", "rich", "sqlalchemy", "sqlmodel", "fastapi", "core.areas", "core.categories", "storage"}
print(sorted(heavy & set(sys.modules)))
"""


def test_the_list_of_commands_loads_nothing_that_a_command_needs() -> None:
    ran = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", LOADED], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"


def test_help_names_every_order_that_there_is(shell: Shell) -> None:
    told = " ".join(shell.resi("case", "do", "--help").out.split())
    assert all(f"{act.value}," in told or f"{act.value} " in told for act in workflow.ORDERS)
    assert shell.resi("case", "do", "fly", "R0ABCDEFG", "--as", "budi").code == 2
