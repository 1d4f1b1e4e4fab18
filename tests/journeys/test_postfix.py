"""Mail through a real Postfix, in front of Resi and behind it, configured by the lines of docs/operating.md."""

import os
import smtplib
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.fakes.citizens import code_in
from tests.fakes.patience import until
from tests.fakes.postfix_server import PostfixServer, postfix, settings
from tests.fakes.relay import Relay
from tests.fakes.resi_process import Resi, free_port

pytestmark = pytest.mark.journey

OURS, WHO, OTHER = "lapor@kota.example", "warga@surat.test", "tetangga@surat.test"
STORY = "Lampu jalan mati di depan warung bacadu, kelurahan Tebet Barat, sudah seminggu."


def test_mail_comes_in_and_goes_out_by_the_postfix_of_the_guide(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("Postfix is started by root")
    mail_port = free_port()
    with Relay() as world, postfix(mail_port, urlsplit(world.url).port or 0) as mx:
        resi = Resi(tmp_path / "run", {"LANGUAGE": "id"})
        resi.mail_port = mail_port
        resi.settings |= settings(mail_port, mx.port)
        _strangers_are_refused_by_postfix(mx)
        _write(mx, OTHER, STORY.replace("Barat", "Timur"), number=1)
        until(lambda: mx.waiting() == 1 and "status=deferred" in mx.says(), "a mail that waits while Resi is away")
        with resi:
            mx.try_again()
            [late] = until(lambda: world.mails_to(OTHER), "an answer to it, from the world's side")
            assert code_in(late.text)
            _write(mx, WHO, STORY, number=2)
            [answer] = until(lambda: world.mails_to(WHO), "an answer")
            code = code_in(answer.text)
            assert code
            assert code not in str(answer.message["Subject"])
            assert answer.message["In-Reply-To"] == f"<2.{WHO}>"
            assert answer.message["Auto-Submitted"] == "auto-replied"
            tagged, ours = str(answer.message["Reply-To"]), str(answer.message["Message-ID"])
            assert tagged.startswith("lapor+")
            _write(mx, WHO, "Sekarang dua lampu yang mati.", number=3, to=tagged, answers=ours)
            until(lambda: len(world.mails_to(WHO)) == 2, "an answer to what was written to the tagged address")
            assert resi.reports() == 2
            until(lambda: not mx.waiting(), "an empty queue")


def _strangers_are_refused_by_postfix(mx: PostfixServer) -> None:
    """What is not our address never comes as far as Resi."""
    with smtplib.SMTP("127.0.0.1", mx.port, "pc.test", timeout=60) as client:
        client.ehlo()
        client.mail(WHO)
        assert [client.rcpt(f"{name}@kota.example")[0] for name in ("lapor", "lapor+abc", "admin")] == [250, 250, 550]


def _write(mx: PostfixServer, sender: str, words: str, *, number: int, to: str = OURS, answers: str = "") -> None:
    letter = EmailMessage(policy=SMTP)
    letter["From"], letter["To"], letter["Subject"] = sender, to, "Lampu mati"
    letter["Message-ID"] = f"<{number}.{sender}>"
    letter["Date"] = "Mon, 02 Mar 2026 03:04:05 +0700"
    if answers:
        letter["In-Reply-To"] = answers
    letter.set_content(words)
    with smtplib.SMTP("127.0.0.1", mx.port, "pc.test", timeout=60) as client:
        client.sendmail(sender, [to], letter.as_bytes())
