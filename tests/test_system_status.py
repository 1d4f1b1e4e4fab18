"""How the service stands: counted by channel and kind, with what is switched on, and never a word."""

import os
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.desk import ways
from app.disk import Disk
from app.measures import Measures
from app.settings import Settings, load
from app.system_status import system_status, troubles
from core.messages import Address
from core.ports import UnitOfWork
from storage import Keys, open_store
from tests.fakes import nouns
from tests.fakes.nouns import NOW
from web import Letters

KANNEL = {
    "RESI_SMS_PROVIDER": "kannel",
    "RESI_KANNEL_SEND_URL": "http://127.0.0.1:9/cgi-bin/sendsms",
    "RESI_KANNEL_USERNAME": "resi",
    "RESI_KANNEL_PASSWORD": "x",
    "RESI_KANNEL_FROM": "1708",
    "RESI_KANNEL_SECRET": "x" * 24,
}


def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return load(tmp_path / "none")


def test_what_waits_what_was_given_up_and_what_falls_due(
    sqlite_url: str, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead, waiting = nouns.delivery(b"a"), replace(nouns.delivery(b"b"), not_before=NOW)

    def turn(tx: UnitOfWork) -> None:
        for each in (dead, waiting):
            tx.outbox.add(each)
        tx.outbox.mark_dead(dead.id)
        for hours in (-5, 5, 50):
            tx.reports.add(replace(nouns.report(), due=NOW + timedelta(hours=hours)), nouns.entry())

    set_up = settings(tmp_path, monkeypatch, RESI_DATABASE_URL=sqlite_url, RESI_MAIL_LISTEN="off")
    with closing(open_store(sqlite_url, keys)) as store:
        store.run(turn)
        found = system_status(store.figures, set_up, NOW, leads=True)
    assert found.letters == (Letters("sms", waiting.kind, 1, 1),)
    assert (found.oldest, found.due, found.late) == (NOW, 1, 1)
    assert (found.leads, found.database, found.now) == (True, "SQLite", NOW)
    assert dict(found.channels) == dict.fromkeys(("telegram", "whatsapp", "sms", "mail"), False)


def test_news_can_go_to_what_was_written_down_on_channels_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = ways(settings(tmp_path, monkeypatch, RESI_MAIL_ADDRESS="lapor@crm.example", **KANNEL))
    assert list(both) == ["sms", "mail"]
    assert both["sms"]("0812-3456-7890") == Address("+6281234567890")
    assert both["mail"](" Siti@Example.ORG ") == Address("Siti@example.org")
    assert both["mail"]("lapor@crm.example") is None
    none = ways(settings(tmp_path, monkeypatch, RESI_SMS_PROVIDER="none", RESI_MAIL_LISTEN="off"))
    assert none == {}


def test_staff_are_told_of_a_full_disk_and_of_wires_that_take_nothing_for_minutes(tmp_path: Path) -> None:
    seconds, blocks = [0.0], [10**6]
    disk = Disk(tmp_path, look=lambda _: os.statvfs_result((1000, 1000, 10**6, 0, blocks[0], 9, 9, 9, 0, 255)))
    measures = Measures(lambda: seconds[0])
    for each in ("a", "b", "c"):
        measures.sent("mail", "again", each)
    assert troubles(disk, measures) == ()
    seconds[0], blocks[0] = 121.0, 0
    assert troubles(disk, measures) == (("desk_warn_disk", ""), ("desk_warn_wire", "mail"))
    measures.sent("mail", "sent", "d")
    assert troubles(disk, measures) == (("desk_warn_disk", ""),)
