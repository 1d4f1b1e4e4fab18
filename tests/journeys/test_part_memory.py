"""A process that takes mail and shows pages, and one that sends: what each has in memory and environment."""

import base64
import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from storage import new_key_line, new_pair
from tests.fakes.patience import PATIENCE, until
from tests.fakes.process_memory import TakenOver
from tests.fakes.resi_process import Resi

pytestmark = [pytest.mark.journey, pytest.mark.hostile]

BUDI, SITI = "budi.kenari@warga.example", "siti.melati@warga.example"
PRIVATE, PUBLIC = new_pair()
RAW = base64.urlsafe_b64decode(PRIVATE.partition(":")[2])
PASSWORD = "lurah dari tebet 4711"
QUESTION = "Di depan rumah nomor berapa"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@contextmanager
def _running(resi: Resi, parts: str) -> Iterator[None]:
    try:
        resi.start("--only", parts)
        yield
    finally:
        resi.stop()


def _writes(resi: Resi, who: str, words: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = who, "lapor@localhost", f"<{len(words)}.{who}>"
    mail.set_content(words)
    with smtplib.SMTP("127.0.0.1", resi.mail_port, timeout=PATIENCE) as door:
        door.send_message(mail)


def _asks(resi: Resi) -> None:
    """An officer opens the only report of theirs, begins, and asks a question: pages of the process do all of it."""
    with httpx.Client(base_url=resi.root, follow_redirects=True, trust_env=False, timeout=PATIENCE) as desk:
        form = desk.get("/petugas/masuk").text
        given = dict(HIDDEN.findall(form)) | {"nama": "lurah", "sandi": PASSWORD}
        queue = desk.post("/petugas/masuk", data=given).text
        found = re.search(r"/petugas/laporan/(R\w+)", queue)
        assert found, queue[:2000]
        page = desk.get(found.group()).text
        for act, more in (("start", {}), ("ask", {"text": QUESTION})):
            forms = re.findall(r'(<form[^>]* action="([^"]*)".*?</form>)', page, re.DOTALL)
            form, action = next(each for each in forms if each[1].endswith(f"/{act}"))
            page = desk.post(action, data=dict(HIDDEN.findall(form)) | more).text


def test_who_takes_over_web_and_mail_has_every_key_but_the_one_that_opens_addresses(tmp_path: Path) -> None:
    keys = new_key_line("test")
    resi = Resi(tmp_path, {"KEYS": keys, "ADDRESS_PUBLIC": PUBLIC})
    with _running(resi, "web,mail"):
        _writes(resi, BUDI, "Jalan berlubang besar di depan pasar, kelurahan Tebet Timur, dua motor sudah jatuh")
        assert resi.contacts() == 1
    hired = resi.command(
        "staff",
        "add",
        "lurah",
        "--agency",
        "kel:31.74.01.1001",
        "--role",
        "officer",
        "--password-stdin",
        typed=PASSWORD,
    )
    assert hired.returncode == 0, hired.stderr
    with _running(resi, "web,mail,clock"):
        _asks(resi)
        _writes(resi, SITI, "Lampu jalan mati di kelurahan Tebet Timur, sudah tiga malam")
        assert resi.pending() == 4  # what the two writers are told, news, and the question
        assert resi.process is not None
        taken = TakenOver(resi.process.pid)
    for known in (keys.partition(":")[2], PUBLIC, SITI, QUESTION):  # who writes meanwhile is seen: that is said
        assert taken.holds(known.encode()), "this is the memory of a process that has worked"
    assert not taken.holds(PRIVATE.partition(":")[2].rstrip("=").encode())
    assert not taken.holds(RAW)
    assert not taken.holds(BUDI.encode())

    resi.settings["ADDRESS_KEYS"] = PRIVATE
    resi.launch("--only", "outbox")
    try:
        until(lambda: len(list((resi.data / "outbox").glob("*.eml"))) == 4, "letters to both")
        assert TakenOver(resi.process.pid).holds(RAW) or TakenOver(resi.process.pid).holds(PRIVATE.encode())
    finally:
        resi.stop()
    written = [path.read_text(encoding="utf-8") for path in (resi.data / "outbox").glob("*.eml")]
    assert sorted(re.findall(r"^To: (\S+)", "\n".join(written), re.MULTILINE)) == [BUDI, BUDI, BUDI, SITI]
    assert sum(QUESTION in each for each in written) == 1
