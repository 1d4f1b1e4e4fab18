"""The end of a service, asked for or not: in time, with what was acknowledged kept, and with nobody left behind."""

import smtplib
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.fakes.citizens import Letter
from tests.fakes.patience import PATIENCE, until
from tests.fakes.processes import children_of
from tests.fakes.resi_process import Resi

pytestmark = pytest.mark.journey

US, WHO = "lapor@localhost", "warga@surat.test"
STORY = "Lampu jalan mati di depan warung bacadu, kelurahan Tebet Barat, sudah seminggu"
ENDS_WITHIN = 90  # seconds until it hangs, on a busy machine too; deploy/ gives it 20


def mail(number: int = 1) -> bytes:
    head = f"From: {WHO}\r\nTo: {US}\r\nSubject: Lampu mati\r\nMessage-ID: <{number}@surat.test>\r\n\r\n"
    return f"{head}{STORY}\r\n".encode()


def test_sigterm_ends_it_in_time_with_status_0_and_leaves_no_process(tmp_path: Path) -> None:
    with Resi(tmp_path, forked=False) as resi:
        assert resi.process is not None
        children = children_of(resi.process.pid)
        assert children, "the sandbox"
        assert resi.end(ENDS_WITHIN) == 0
        until(lambda: not any(is_alive(each) for each in children), "the end of the sandbox")


@pytest.mark.crash
def test_a_killed_process_takes_its_sandbox_with_it(tmp_path: Path) -> None:
    with Resi(tmp_path, forked=False) as resi:
        assert resi.process is not None
        children = children_of(resi.process.pid)
        assert children
        resi.kill()
        until(lambda: not any(is_alive(each) for each in children), "the end of the sandbox")


def test_sigterm_while_a_mail_is_half_said_ends_in_time_and_files_nothing(tmp_path: Path) -> None:
    with (
        Resi(tmp_path) as resi,
        closing(smtplib.SMTP("127.0.0.1", resi.mail_port, "pc.test", timeout=PATIENCE)) as client,
    ):
        client.ehlo()
        client.mail(WHO)
        client.rcpt(US)
        assert client.docmd("DATA")[0] == 354
        client.send(mail()[:60])
        assert resi.end(ENDS_WITHIN) == 0
        assert farewell(client) in {0, 421}
        assert resi.stored() == []


def test_sigterm_among_mails_in_flight_loses_none_that_was_acknowledged(tmp_path: Path) -> None:
    kept: set[int] = set()
    tried: set[int] = set()
    told_to_end = threading.Event()

    def sends(resi: Resi, numbers: range) -> None:
        for number in numbers:
            tried.add(number)
            if Letter(resi, WHO, mail(number), US).hand_over():
                kept.add(number)
            elif told_to_end.is_set():
                return

    with Resi(tmp_path) as resi:
        threads = [threading.Thread(target=sends, args=(resi, range(at, at + 400))) for at in range(0, 3200, 400)]
        for thread in threads:
            thread.start()
        until(lambda: len(kept) >= 20, "mails that are taken")
        told_to_end.set()
        assert resi.end(ENDS_WITHIN) == 0
        for thread in threads:
            thread.join()
        resi.start()
        assert len(kept) <= resi.reports() <= len(tried)
        assert all(Letter(resi, WHO, mail(number), US).hand_over() for number in tried)
        assert resi.reports() == len(tried)


def farewell(client: smtplib.SMTP) -> int:
    """The last answer that was on its way; 0 where there was none."""
    try:
        return client.getreply()[0]
    except smtplib.SMTPServerDisconnected:
        return 0


def is_alive(pid: int) -> bool:
    """A process that still runs: one that ended and that nobody waits for is none."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
