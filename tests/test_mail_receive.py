"""The way in of mail over a real SMTP client: 250 after the commit and never before, and what every other end means."""

import asyncio
import logging
import smtplib
import ssl
from concurrent.futures import Executor
from pathlib import Path

import pytest

from bots.mail.address import normal, own_address
from core.errors import FileAway, StoreAway
from core.messages import FileRef, IntakeResult
from tests.fakes import certificate
from tests.fakes.mail_door import ENVELOPE, MAIL, Core, NoMemory, NoThread, codes, opened


async def test_a_mail_is_taken_and_answered_250() -> None:
    async with opened() as door:
        assert await door.mails(sender="Budi@WARGA.test") == 250
        (envelope,) = door.core.taken
    assert envelope.channel == "mail"
    assert envelope.sender.reveal() == "Budi@warga.test"
    assert envelope.text == "Lampu mati di Jl. Mawar."
    assert envelope.thread is not None
    assert envelope.thread.in_reply_to == "<satu@warga.test>"


async def test_no_250_before_the_commit() -> None:
    core = Core()
    core.gate.clear()
    async with opened(core) as door:
        answer = asyncio.create_task(door.mails())
        await core.asked.wait()
        done, _ = await asyncio.wait({answer}, timeout=0.1)
        assert not done
        core.gate.set()
        assert await answer == 250


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (IntakeResult.DONE, 250),
        (IntakeResult.SEEN, 250),
        (IntakeResult.LATER, 451),
        (IntakeResult.FAILED, 554),
        (StoreAway(), 451),
        (RuntimeError("budi@warga.test said Mawar"), 451),
    ],
)
async def test_what_became_of_it_is_what_the_wire_is_told(answer: IntakeResult | Exception, code: int) -> None:
    async with opened(Core(answer)) as door:
        assert await door.mails() == code
        told = await door.raw(ENVELOPE, MAIL + b".\r\nQUIT\r\n")
    assert b"Mawar" not in told


@pytest.mark.parametrize("readers", [NoThread, NoMemory])
async def test_a_mail_that_no_thread_or_memory_is_to_be_had_for_may_come_again(readers: type[Executor]) -> None:
    async with opened(readers=readers) as door:
        assert await door.mails() == 451
    assert not door.core.taken


async def test_many_mails_come_by_one_connection() -> None:
    def talk(client: smtplib.SMTP) -> None:
        for n in range(150):
            client.sendmail(f"warga{n}@kota.test", ["lapor@kota.test"], MAIL)

    async with opened() as door:
        await door.with_client(talk)
        assert len({envelope.sender.reveal() for envelope in door.core.taken}) == 150


async def test_many_connections_at_once_are_all_served() -> None:
    async with opened() as door:
        assert await asyncio.gather(*(door.mails(sender=f"w{n}@kota.test") for n in range(40))) == [250] * 40
        assert len(door.core.taken) == 40


@pytest.mark.parametrize(
    "to",
    [
        "lapor@kota.test",
        "LAPOR@Kota.Test",
        "<lapor@kota.test>",
        "lapor+4321@kota.test",
        "<@relay.test:lapor@kota.test>",
    ],
)
async def test_our_address_is_ours_however_it_is_written(to: str) -> None:
    async with opened() as door:
        answers = await door.raw(ENVELOPE.replace(b"<lapor@kota.test>", to.encode()), MAIL + b".\r\nQUIT\r\n")
        assert codes(answers) == ["220", "250", "250", "250", "354", "250", "221"]


@pytest.mark.parametrize(
    "to", ["ani@lain.test", "postmaster@kota.test", "lapor@lain.test", "lapor", "lapor@kota.test.evil"]
)
async def test_no_other_address_is_taken(to: str) -> None:
    async with opened() as door:
        assert await door.mails(to=to) == 550
        assert not door.core.taken


@pytest.mark.parametrize("sender", ["", "<>", "mailer-daemon@warga.test", "lapor@kota.test"])
async def test_robots_are_heard_politely_and_passed_to_nobody(sender: str) -> None:
    async with opened() as door:
        assert await door.mails(sender=sender) == 250
        assert not door.core.taken


async def test_automatic_mail_is_250_and_passed_to_nobody() -> None:
    async with opened() as door:
        assert await door.mails(b"Auto-Submitted: auto-replied\r\n" + MAIL) == 250
        assert not door.core.taken


async def test_what_is_too_big_is_refused_by_its_announced_size_and_by_its_real_one() -> None:
    async with opened(MAIL_MAX_BYTES="20000") as door:
        announced = await door.raw(b"EHLO x\r\nMAIL FROM:<b@w.test> SIZE=20001\r\nQUIT\r\n")
        assert codes(announced)[2] == "552"
        assert b"SIZE 20000" in announced
        assert await door.mails(b"\r\n" + b"kata kata kata\r\n" * 2000) == 552
        assert await door.mails() == 250


async def test_lines_longer_than_the_standard_are_read() -> None:
    async with opened() as door:
        assert await door.mails(b"Subject: x\r\n\r\nLampu " + b"m" * 60_000) == 250
        assert len(door.core.taken[0].text) > 40_000


async def test_a_mail_of_one_line_is_read_however_long_it_is() -> None:
    async with opened() as door:
        assert await door.mails(b"Subject: x\r\n\r\nLampu " + b"m" * 5_000_000) == 250
        assert await door.mails(b"Subject: x\r\n\r\n" + b"m" * 30_000_000) == 552
        assert len(door.core.taken) == 1


async def test_a_page_that_makes_a_browser_speak_here_sends_no_mail() -> None:
    async with opened() as door:
        for method in (b"POST", b"get", b"CONNECT"):
            page = method + b" / HTTP/1.1\r\nHost: kota.test\r\n\r\n"
            # In one piece: what comes after the closing is answered by a reset, and that loses the answers.
            assert codes(await door.raw(page + ENVELOPE + MAIL + b".\r\nQUIT\r\n")) == ["220", "421"]
        assert not door.core.taken


async def test_help_lists_the_commands() -> None:
    async with opened() as door:
        answers = await door.raw(b"EHLO x\r\nHELP\r\nHELP MAIL\r\nQUIT\r\n")
        assert b"HELO HELP MAIL NOOP QUIT RCPT RSET" in answers
        assert b"Syntax: MAIL FROM: <address>" in answers


async def test_an_ending_smuggled_into_a_mail_ends_nothing() -> None:
    evil = b"halo\n.\nMAIL FROM:<evil@x.test>\r\n.\nRCPT TO:<lapor@kota.test>\r.\rDATA\n.\r\nselesai"
    async with opened() as door:
        answers = await door.raw(ENVELOPE, b"\r\n" + evil + b"\r\n.\r\nQUIT\r\n")
        assert codes(answers) == ["220", "250", "250", "250", "354", "250", "221"]
        (envelope,) = door.core.taken
    assert envelope.sender.reveal() == "budi@warga.test"
    assert envelope.text.startswith("halo")
    assert envelope.text.endswith("selesai")


async def test_idle_talk_has_an_end() -> None:
    async with opened() as door:
        assert codes(await door.raw(b"EHLO x\r\n" + b"NOOP\r\n" * 500))[-1] == "421"
        assert codes(await door.raw(b"EHLO x\r\n" + b"RSET\r\n" * 500))[-1] == "421"
        assert codes(await door.raw(b"TANYA\r\n" * 20))[-1] == "502"


async def test_nobody_logs_in_here() -> None:
    async with opened() as door:
        answers = await door.raw(b"EHLO x\r\nAUTH PLAIN AGEAYg==\r\nEXPN lapor\r\nVRFY lapor\r\nQUIT\r\n")
        assert codes(answers) == ["220", "250", "500", "500", "252", "221"]
        assert b"AUTH " not in answers.replace(b'"AUTH"', b"").partition(b"500")[0]


async def test_starttls_is_offered_where_there_is_a_certificate(tmp_path: Path) -> None:
    own = await asyncio.to_thread(certificate.made, tmp_path)

    def talk(client: smtplib.SMTP) -> bool:
        context = ssl.create_default_context(cafile=str(own.certificate))
        context.check_hostname = False
        client.starttls(context=context)
        client.sendmail("budi@warga.test", ["lapor@kota.test"], MAIL)
        return client.has_extn("auth")

    async with opened(MAIL_TLS_CERT=str(own.certificate), MAIL_TLS_KEY=str(own.key)) as door:
        assert not await door.with_client(talk)
        assert len(door.core.taken) == 1
        assert await door.mails() == 250


async def test_what_was_said_before_tls_counts_no_more_and_tls_begins_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own = await asyncio.to_thread(certificate.made, tmp_path)

    def talk(client: smtplib.SMTP) -> list[int]:
        context = ssl.create_default_context(cafile=str(own.certificate))
        client.ehlo()
        client.mail("eve@warga.test")
        client.send(b"STARTTLS\r\nEHLO eve\r\nMAIL FROM:<eve@warga.test>\r\n")  # in one packet, before any key
        assert client.getreply()[0] == 220
        assert client.sock is not None
        client.sock = context.wrap_socket(client.sock, server_hostname="127.0.0.1")
        client.file = None
        said = ("RCPT TO:<lapor@kota.test>", "EHLO x", "RCPT TO:<lapor@kota.test>", "STARTTLS", "NOOP")
        return [client.docmd(each)[0] for each in said]

    async with opened(MAIL_TLS_CERT=str(own.certificate), MAIL_TLS_KEY=str(own.key)) as door:
        assert await door.with_client(talk) == [503, 250, 503, 500, 250]
    assert not [line for line in caplog.records if line.levelno >= logging.WARNING]


async def test_who_fails_at_tls_is_no_fault_of_ours(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    own = await asyncio.to_thread(certificate.made, tmp_path)

    def talk(client: smtplib.SMTP) -> None:
        assert client.docmd("STARTTLS")[0] == 220
        client.send(b"no key\r\n" * 50)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            client.getreply()

    async with opened(MAIL_TLS_CERT=str(own.certificate), MAIL_TLS_KEY=str(own.key)) as door:
        await door.with_client(talk)
        assert await door.mails() == 250
    assert not [line for line in caplog.records if line.levelno >= logging.WARNING]


async def test_without_a_certificate_no_starttls() -> None:
    async with opened() as door:
        assert b"STARTTLS" not in await door.raw(b"EHLO x\r\nQUIT\r\n")


async def test_of_a_mail_nothing_reaches_the_log(caplog: pytest.LogCaptureFixture) -> None:
    canaries = ("budi", "warga.test", "Mawar", "Thunderbird", "203.0.113.9", "127.0.0.1", "phone.test", "satu@")
    heads = b"User-Agent: Thunderbird\r\nX-Originating-IP: 203.0.113.9\r\nReceived: from phone.test\r\n"
    with caplog.at_level(logging.DEBUG):
        for answer in (IntakeResult.DONE, IntakeResult.FAILED, RuntimeError("budi Mawar"), StoreAway()):
            async with opened(Core(answer)) as door:
                await door.mails(heads + MAIL)
                await door.mails(to="budi@warga.test")
                await door.raw(
                    b"EHLO phone.test\r\nMAIL FROM:<budi@warga.test\r\nVRFY <budi\r\nbudi\r\n", half_close=True
                )
                await door.raw(ENVELOPE + b"Mawar", half_close=True)
    written = [f"{record.name} {record.getMessage()} {record.__dict__}" for record in caplog.records]
    assert not [line for line in written for canary in canaries if canary in line]


async def test_a_store_that_is_away_is_no_error_of_ours(caplog: pytest.LogCaptureFixture) -> None:
    async with opened(Core(StoreAway())) as door:
        assert await door.mails() == 451
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_fault_of_ours_is_logged_by_type_and_place(caplog: pytest.LogCaptureFixture) -> None:
    async with opened(Core(RuntimeError("budi"))) as door:
        await door.mails()
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert record.__dict__["kind"] == "RuntimeError"
    assert record.__dict__["place"].startswith("mail_door.py:")


async def test_a_file_is_already_here() -> None:
    async with opened() as door:
        assert await door.way.fetch(FileRef(data=b"x")) == b"x"
        with pytest.raises(FileAway):
            await door.way.fetch(FileRef())


@pytest.mark.parametrize(
    "typed", ["siti@example.org", " siti@EXAMPLE.org ", "<siti@example.org>", "si.ti+a@a-b.example.org"]
)
def test_an_address_that_is_written_down_is_the_one_that_its_owner_writes_from(typed: str) -> None:
    assert own_address(typed, "lapor@crm.example") == normal(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "", "siti", "@example.org", "siti@", "siti@localhost", "a b@example.org", "a@b@example.org",
        "siti@exa_mple.org", "noreply@example.org", "LAPOR@crm.example", "lapor+x@crm.example",
        "siti@example.org\nBcc: x@example.org",
        "x" * 320 + "@example.org", "siti@-example.org",
    ],
)  # fmt: skip
def test_what_no_person_reads_is_no_address(typed: str) -> None:
    assert own_address(typed, "lapor@crm.example") is None


@pytest.mark.parametrize("to", ["lapor+petugas@kota.test", "<LAPOR+Petugas@KOTA.test>"])
async def test_an_answer_to_an_alert_is_refused_where_alerts_send_it(to: str) -> None:
    async with opened() as door:
        assert await door.mails(to=to.strip("<>"), sender="siti@kantor.test") == 550
    assert not door.core.taken


@pytest.mark.parametrize("header", ["In-Reply-To", "References"])
@pytest.mark.parametrize("named", ["<resi.alert-a1@kota.test>", "<x@y.test> <resi.alert-a1@mx.kota.test>"])
async def test_an_answer_to_an_alert_is_no_report_and_its_writer_hears_so(header: str, named: str) -> None:
    answer = f"Subject: Re: Dari meja\r\n{header}: {named}\r\n\r\nLampu mati di Jl. Mawar, baik.\r\n".encode()
    async with opened() as door:
        assert await door.mails(answer, sender="siti@kantor.test") == 550
        assert not door.core.taken
        assert await door.mails(answer.replace(b"resi.alert-", b"resi.")) == 250
    assert len(door.core.taken) == 1
