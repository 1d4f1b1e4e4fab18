"""What has no wire in development is written under outbox/, whole and readable; production has no such stand-in."""

import email
import email.policy
from pathlib import Path

from app.development_outbox import DevelopmentOutbox, folder_of
from core.messages import Address, Outgoing, Thread
from storage import new_key_line
from tests.fakes.set_up import settings_in

OUT = Outgoing(to=Address("+62811000111"), text="Kode Anda: 1\nSimpan.", id="d1")
MAIL = Outgoing(
    to=Address("budi@warga.test"), text="Kode.", id="d2", subject="Laporan", thread=Thread("<a@b>", "<a@b>")
)


def test_an_sms_is_a_text_with_its_number_an_empty_line_and_the_words(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    assert DevelopmentOutbox(settings).write("sms", OUT)
    [path] = folder_of(settings).iterdir()
    assert path.name == "d1.txt"
    assert path.read_text(encoding="utf-8") == "To: +62811000111\n\nKode Anda: 1\nSimpan.\n"
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_mail_is_the_mail_that_its_relay_would_get(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, MAIL_LISTEN="127.0.0.1:0", MAIL_ADDRESS="lapor@kota.test")
    assert DevelopmentOutbox(settings).write("mail", MAIL)
    [path] = folder_of(settings).iterdir()
    assert path.name == "d2.eml"
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert (mail["To"], mail["From"], mail["Subject"]) == ("budi@warga.test", "lapor@kota.test", "Laporan")
    assert (mail["In-Reply-To"], mail["Auto-Submitted"]) == ("<a@b>", "auto-replied")
    assert mail.get_content().strip() == "Kode."


def test_a_message_that_is_written_twice_is_one_file(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    assert DevelopmentOutbox(settings).write("sms", OUT)
    assert DevelopmentOutbox(settings).write("sms", OUT)
    assert [path.name for path in folder_of(settings).iterdir()] == ["d1.txt"]


def test_a_channel_with_a_real_way_out_is_left_to_its_wire(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, MAIL_RELAY_URL="smtp://127.0.0.1:25", TELEGRAM_TOKEN="1:a")
    assert not DevelopmentOutbox(settings).write("mail", MAIL)
    assert not DevelopmentOutbox(settings).write("telegram", OUT)
    assert not folder_of(settings).exists()


def test_production_writes_no_message_to_the_disk(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, MODE="production", KEYS=new_key_line("a"), PUBLIC_URL="https://resi.example")
    assert not DevelopmentOutbox(settings).write("sms", OUT)
    assert not folder_of(settings).exists()
