"""A report by WhatsApp from the photo to the answered question, and nothing of its writer left behind."""

import json
from pathlib import Path

import httpx
import pytest

from storage import Files
from tests.fakes.citizens import answered, code_in, is_told
from tests.fakes.patience import PATIENCE, until
from tests.fakes.resi_process import Resi
from tests.fakes.whatsapp_people import WhatsAppPerson, options
from tests.fakes.whatsapp_server import WhatsAppServer, signed, status, text, webhook
from tests.hostile.files import CANARY, after_start, exif_segment, picture, tiff
from tests.hostile.sound_files import oggs

pytestmark = pytest.mark.journey

NUMBER = "6281234500077"
STORY = "Lampu jalan mati di depan warung bacadu, kelurahan Tebet Timur, sudah seminggu"


def test_a_report_with_a_photo_and_a_voice_is_filed_asked_about_and_answered(tmp_path: Path) -> None:
    with WhatsAppServer() as meta:
        settings = meta.settings("http://127.0.0.1:1") | {"LANGUAGE": "id", "MAIL_LISTEN": "off"}
        with Resi(tmp_path / "run", settings) as resi:
            budi = WhatsAppPerson(resi, meta, NUMBER)
            _is_called_by_meta_alone(resi)
            code = _files(resi, budi)
            _is_asked_and_answers(resi, budi)
            body = webhook(statuses=[status("wamid.out1", "delivered"), status("wamid.none", "failed", 131026)])
            assert _posted(resi, body) == 200
            assert "Proses" in resi.post("/lacak", {"kode": code}).text
            until(lambda: not resi.pending(), "an empty outbox")
            left = b"".join(path.read_bytes() for path in resi.data.rglob("*") if path.is_file()) + resi.said().encode()
            for trace in (NUMBER, "bacadu", "Tiang", "Santoso", "wamid", code, code.replace("-", "")):
                assert trace.encode() not in left, trace


def _posted(resi: Resi, body: bytes, headers: dict[str, str] | None = None) -> int:
    return httpx.post(
        f"{resi.root}/hooks/whatsapp", content=body, headers=headers or signed(body), trust_env=False, timeout=PATIENCE
    ).status_code


def _is_called_by_meta_alone(resi: Resi) -> None:
    asked = resi.get(
        "/hooks/whatsapp?hub.mode=subscribe&hub.challenge=115820&hub.verify_token=what-the-operator-made-up"
    )
    assert (asked.status_code, asked.text) == (200, "115820")
    assert _posted(resi, webhook(text(STORY)), signed(b"{}")) == 403
    large = b" " * (3 * 2**20 + 1)
    assert _posted(resi, large) == 413


def _files(resi: Resi, budi: WhatsAppPerson) -> str:
    photo = budi.meta.holds("1000000001", "image/jpeg", after_start(picture(), exif_segment(tiff())))
    voice = budi.meta.holds("1000000002", "audio/ogg; codecs=opus", next(e.data for e in oggs() if CANARY in e.data))
    summary = answered(budi, budi.sends("image", photo, STORY))
    assert "Kel. Tebet Timur" in summary
    assert [label for _, label in options(budi.meta.sent[-1])] == ["Kirim", "Ubah", "Batal"]
    answered(budi, budi.sends("audio", voice))
    sending = budi.presses("Kirim")
    code = code_in(answered(budi, sending))
    assert sending.hand_over(), "the same again"
    [report] = resi.stored()
    assert (report.channel, sorted(file.kind for file in report.files)) == ("whatsapp", ["audio/ogg", "image/jpeg"])
    kept = [Files(resi.data / "files").get(file) for file in report.files]
    assert not any(CANARY in data for data in kept)
    return code


def _is_asked_and_answers(resi: Resi, budi: WhatsAppPerson) -> None:
    assert resi.command("staff", "add", "lurah", "--agency", "kel:31.74.01.1001", "--role", "officer").returncode == 0
    [row] = json.loads(resi.command("case", "list", "--as", "lurah", "--json").stdout)
    assert row["channel"] == "whatsapp"
    assert resi.command("case", "do", "start", row["number"], "--as", "lurah").returncode == 0
    is_told(budi, "sedang dikerjakan")
    resi.command("case", "do", "ask", row["number"], "--as", "lurah", "--text", "Tiang nomor berapa?")
    is_told(budi, "Tiang nomor berapa?")
    answered(budi, budi.replies("Nomor 4 di ujung gang.", "Tiang nomor"))
    shown = json.loads(resi.command("case", "show", row["number"], "--as", "lurah", "--json").stdout)
    assert [each["answered"] for each in shown["questions"]] == ["Nomor 4 di ujung gang."]
