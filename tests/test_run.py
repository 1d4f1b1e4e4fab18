"""`resi run`: what it says at the start, what it refuses, and how it ends."""

import re
import signal
import socket
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from subprocess import Popen

import pytest

from app.parts import PARTS
from app.run import banner
from app.runtime import open_runtime
from storage import new_key_line
from tests.fakes.patience import PATIENCE, until
from tests.fakes.set_up import settings_in
from tests.fakes.shell import Shell

CANARY = "kanari-4711"
ALL = frozenset(PARTS)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path)
    made.exported |= {"WEB_LISTEN": "127.0.0.1:0", "MAIL_LISTEN": "127.0.0.1:0"}
    return made


@contextmanager
def running(shell: Shell, *words: str, **env: str) -> Iterator[tuple[Popen[bytes], str]]:
    """A service that has said its banner; what is left of it is killed."""
    process = shell.starts("run", *words, **env)
    try:
        assert process.stderr is not None
        said = ""
        for line in process.stderr:
            said += line.decode()
            if "Ctrl-C ends." in said:
                break
        yield process, said
    finally:
        process.kill()
        process.communicate()


def ended(process: Popen[bytes], by: signal.Signals) -> int:
    process.send_signal(by)
    return process.wait(PATIENCE)


def status_of(address: str, page: str) -> int:
    with urllib.request.urlopen(f"{address}{page}", timeout=PATIENCE) as answer:  # noqa: S310 - our own loopback address
        return int(answer.status)


def address_in(said: str) -> str:
    found = re.search(r"Pages: (http://127\.0\.0\.1:[1-9]\d*/)", said)
    assert found, said
    return found.group(1)


def text_of(address: str) -> str:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - our own loopback address
        return str(answer.read().decode())


def test_it_says_where_it_is_answers_there_and_ends_when_told(shell: Shell) -> None:
    with running(shell) as (process, said):
        assert "Keys were made in var/keys" in said
        address = address_in(said)
        assert status_of(address, "healthz") == status_of(address, "readyz") == status_of(address, "metrics") == 200
        refused = shell.resi("run")
        assert refused.code == 1
        assert "Another `resi run`" in refused.err
        assert not refused.shows_a_trace
        elsewhere = shell.resi("run", DATA_DIR="other", DATABASE_URL=f"sqlite:///{shell.folder}/var/resi.db")
        assert elsewhere.code == 1, "one database, though another folder"
        assert "Another `resi run`" in elsewhere.err
        assert shell.resi("outbox", "list").code == 0
        assert ended(process, signal.SIGTERM) == 0
    with running(shell) as (process, said):
        assert "Keys were made" not in said
        assert ended(process, signal.SIGINT) == 0


def test_the_clock_alone_runs_and_ends_too(shell: Shell) -> None:
    with running(shell, "--only", "clock") as (process, said):
        assert "  on   clock\n" in said
        assert "  off  web: not named in --only" in said
        assert "  off  mail: mail is not named in --only" in said
        assert "Pages:" not in said
        assert ended(process, signal.SIGTERM) == 0


def test_pages_ask_the_index_of_words_where_it_is_alone(shell: Shell, tmp_path: Path) -> None:
    """On SQLite too, for it only reads; and pages go on when it ends."""
    place = {"SEARCH_SOCKET": str(tmp_path / "s")}
    with running(shell, "--only", "web", **place) as (_, said):
        ready = f"{address_in(said)}readyz"
        assert f"  off  search: pages ask at {tmp_path}/s" in said
        assert text_of(ready) == "ready\nwithout search\n"
        with running(shell, "--only", "search", **place) as (process, alone):
            assert f"answers at {tmp_path}/s" in alone
            until(lambda: text_of(ready) == "ready\n", "the index")
            assert ended(process, signal.SIGTERM) == 0
        assert not (tmp_path / "s").exists()
        assert text_of(ready) == "ready\nwithout search\n"


def test_an_address_that_is_taken_is_a_sentence(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        web, mail = shell.resi("run", WEB_LISTEN=taken), shell.resi("run", MAIL_LISTEN=taken)
        for ran, told in ((web, "RESI_WEB_LISTEN"), (mail, "mail: ")):
            assert ran.code == 1
            assert told in ran.err.splitlines()[-1]
            assert not ran.shows_a_trace


def test_a_channel_that_cannot_be_switched_on_is_a_sentence_without_its_values(shell: Shell) -> None:
    ran = shell.resi("run", MAIL_RELAY_URL=f"http://u:{CANARY}@h")
    assert ran.code == 1
    assert "mail cannot be switched on: " in ran.err
    assert "RESI_MAIL_RELAY_URL" in ran.err
    assert CANARY not in ran.err
    assert not ran.shows_a_trace


def test_half_a_production_starts_nothing(shell: Shell) -> None:
    ran = shell.resi("run", MODE="production")
    assert ran.code == 1
    for name in ("RESI_KEYS", "RESI_PUBLIC_URL", "RESI_MAIL_RELAY_URL"):
        assert name in ran.err
    assert list(shell.folder.iterdir()) == []


def said(folder: Path, parts: frozenset[str] = ALL, address: str = "http://x/", **values: str) -> list[str]:
    with closing(open_runtime(settings_in(folder, **values))) as opened:
        return banner(opened, parts, address).splitlines()


def test_the_banner_says_what_is_on_what_is_off_and_how_to_switch_it_on(tmp_path: Path) -> None:
    lines = said(tmp_path, TELEGRAM_TOKEN=f"1:{CANARY}", MAIL_LISTEN="127.0.0.1:0")
    for part in ("web", "outbox", "clock", "telegram"):
        assert f"  on   {part}" in lines
    [sms] = [line for line in lines if line.startswith("  off  sms: ")]
    assert "RESI_SMS" in sms
    [mail] = [line for line in lines if line.startswith("  on   mail")]
    assert f"answers are written to {tmp_path}/data/outbox" in mail
    assert lines[-1] == "Pages: http://x/  Ctrl-C ends."
    assert CANARY not in str(lines)


def test_the_banner_tells_a_bad_value_whose_default_stands_in_and_a_name_that_nothing_reads(tmp_path: Path) -> None:
    lines = said(tmp_path, CONTACT_DAYS="soon", TELEGRAM_TOKEM=CANARY)
    assert [line for line in lines if line.startswith("  note RESI_CONTACT_DAYS is no number")]
    assert [line for line in lines if line.startswith("  note RESI_TELEGRAM_TOKEM ")]
    assert CANARY not in str(lines)


def test_a_channel_whose_part_runs_elsewhere_is_off_here(tmp_path: Path) -> None:
    lines = said(tmp_path, frozenset({"outbox"}), "", TELEGRAM_TOKEN="1:a")
    assert "  off  telegram: telegram is not named in --only" in lines
    assert lines[-1] == "Ctrl-C ends."


def test_keys_that_are_set_are_not_said_to_be_made(tmp_path: Path) -> None:
    assert "Keys were made" not in str(said(tmp_path, KEYS=new_key_line("a")))
