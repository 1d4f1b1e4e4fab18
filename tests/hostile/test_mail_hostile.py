"""Mail made to hurt: it ends soon, in little memory, with an answer, and the next mail is served."""

import asyncio
import random
import time
import tracemalloc

import pytest

from bots.mail.envelope import envelope_of
from bots.mail.mime import read
from bots.mail.setup import setup_of
from bots.mail.trim import trim
from core.messages import Taken
from tests.fakes.mail_door import ENVELOPE, MAIL, Core, opened
from tests.fakes.mail_samples import SAMPLES

pytestmark = pytest.mark.hostile

HTML = b"Content-Type: text/html\n\n"
MIXED = b"Content-Type: multipart/mixed; boundary=b\n\n"
LARGE = 5_000_000
OURS = setup_of({"MAIL_ADDRESS": "lapor@kota.test", "MAIL_HOSTNAME": "mx.kota.test"})


def repeated(piece: bytes, before: bytes = b"") -> bytes:
    return before + piece * (LARGE // len(piece))


HEAVY = {
    "20,000 addresses": b"To: " + b"Warga Kota <warga@kota.test>,\n " * 20_000 + b"\nSubject: Lampu mati\n\nya",
    "a head without end": repeated(b"X-Canary: y\n"),
    "a header without end": repeated(b"a,\n ", b"Subject: "),
    "encoded words": repeated(b"=?utf-8?q?a?= ", b"Subject: "),
    "parameters": repeated(b';a="\\', b"Content-Type: text/plain"),
    "1,000 nested parts": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1_000)
    ),
    "nested parts of one boundary": repeated(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n"),
    "nested forwards": repeated(b"Content-Type: message/rfc822\n\n"),
    "parts without number": repeated(b"--b\n\nx\n", MIXED),
    "boundaries that begin alike": repeated(b"\n--bc\n", MIXED + b"--b\n\n"),
    "a boundary to guess": repeated(b"--" + b" " * 150 + b"\n", b"Content-Type: multipart/mixed\n\n"),
    "div in div": repeated(b"<div>", HTML),
    "unclosed fonts": repeated(b"<font color=1><p>", HTML),
    "lists in lists": repeated(b"<ul><li>", HTML),
    "attributes": repeated(b"a=1 ", HTML + b"<div "),
    "angles": repeated(b"<", HTML),
    "open quotes": repeated(b"<a x='", HTML),
    "equals and spaces": repeated(b" ", HTML + b"<a ="),
    "comments": repeated(b"<!--", HTML),
    "scripts": repeated(b"<script>", HTML),
    "ampersands": repeated(b"&", HTML),
    "quotes in quotes": repeated(b"<blockquote>", HTML),
    "meta": repeated(b"<meta ", HTML),
    "nuls": repeated(b"\0"),
    "carriage returns": repeated(b"\r"),
    "line feeds": repeated(b"\n"),
    "one line": repeated(b"x", b"Subject: x\n\n"),
    "wrong base64": repeated(b"=a", b"Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n"),
    "wrong quoted-printable": repeated(b"=", b"Content-Transfer-Encoding: quoted-printable\n\n"),
    "utf-7": repeated(b"+AAA-", b"Content-Type: text/plain; charset=utf-7\n\n"),
    "quote signs": repeated(b"> ", b"\n"),
    "quoted lines": repeated(b"> x\n", b"\n"),
    "attributions": repeated(b"On 1\n", b"\n"),
    "heads of quoted mails": repeated(b"From: x\n", b"\n"),
    "thanks": repeated(b"Terima kasih\n", b"\nx\n"),
    "thanks on one line": repeated(b"terima kasih atas ", b"\nx\n"),
    "rules": repeated(b"__________\n", b"\n"),
    "flowed": repeated(b"> a \n", b"Content-Type: text/plain; format=flowed\n\n"),
    "ids": repeated(b"<a@b> ", b"Message-ID: <a@b>\nReferences: "),
    "8-bit heads": repeated(b"\xff\xfe\x80", b"Subject: "),
}


@pytest.mark.parametrize("raw", HEAVY.values(), ids=HEAVY.keys())
def test_a_heavy_mail_is_read_in_time(raw: bytes) -> None:
    started = time.process_time()
    envelope = envelope_of(raw, "budi@warga.test", OURS)
    assert time.process_time() - started < 3.0
    assert envelope is None or len(envelope.text) <= 50_000


@pytest.mark.parametrize("name", ["unclosed fonts", "1,000 nested parts", "utf-7", "parts without number"])
def test_a_heavy_mail_takes_memory_in_proportion(name: str) -> None:
    raw = HEAVY[name][:1_000_000]
    tracemalloc.start()
    read(raw)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30 * len(raw)


def test_mangled_mails_are_read_as_something() -> None:
    dice = random.Random(7)
    for sample in SAMPLES.values():
        for _ in range(20):
            raw = bytearray(sample.mail)
            for _ in range(dice.randint(1, 12)):
                at = dice.randrange(len(raw))
                raw[at : at + dice.randint(0, 9)] = dice.randbytes(dice.randint(0, 9))
            trim(read(bytes(raw)).text)


@pytest.mark.parametrize("name", ["20,000 addresses", "1,000 nested parts", "nuls", "unclosed fonts", "8-bit heads"])
async def test_a_heavy_mail_over_the_wire_is_answered_and_so_is_the_next(name: str) -> None:
    async with opened() as door:
        body = HEAVY[name].replace(b"\n.", b"\n..").replace(b"\r", b"").replace(b"\n", b"\r\n")
        lines = b"\r\n".join(body[at : at + 100_000] for at in range(0, len(body), 100_000))
        answers = await door.raw(ENVELOPE, lines, b"\r\n.\r\nQUIT\r\n")
        assert answers.split(b"\r\n")[-3][:3] in {b"250", b"554"}
        assert await door.mails() == 250


async def test_an_endless_line_is_cut_before_it_fills_the_memory() -> None:
    async with opened() as door:
        for before in (ENVELOPE, b""):
            tracemalloc.start()
            answers = await door.raw(before, *[b"x" * 1_000_000] * 60)
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            assert b"250 2.0.0" not in answers
            assert peak < 20_000_000
        assert not door.core.taken
        assert await door.mails() == 250


async def test_an_endless_line_of_bare_line_feeds_is_cut_too() -> None:
    async with opened() as door:
        assert b"250 2.0.0" not in await door.raw(ENVELOPE, *[b"halo\n" * 200_000] * 30)
        assert await door.mails() == 250


async def test_a_mail_without_end_is_cut() -> None:
    async with opened(MAIL_MAX_BYTES="100000") as door:
        assert b"250 2.0.0" not in await door.raw(ENVELOPE, *[b"kata kata\r\n" * 10_000] * 20)
        assert await door.mails() == 250


@pytest.mark.parametrize(
    "line",
    [
        b"MAIL FROM:" + b"(" * 400,
        b"MAIL FROM:<" + b"<" * 400,
        b"MAIL FROM:<" + b"a@" * 200 + b">",
        b"MAIL FROM:<a@b.test> " + b"SIZE=" * 80,
        b"MAIL FROM:<a@b.test>" + b"x" * 5_000,
        b"MAIL FROM:<a@b.test> SIZE=\xd9\xa1",
        b"MAIL FROM:\xff\xfe",
        b"MAIL",
        b"MAIL FROM:",
        b"\xff\xfe\x00",
        b"",
        b"EHLO " + b"\xff" * 100,
        b"HELP " + b"x" * 400,
        b"STARTTLS",
        b"BDAT 5 LAST",
    ],
)
async def test_a_mad_command_is_answered_and_tells_nothing(line: bytes) -> None:
    async with opened() as door:
        answers = await door.raw(b"EHLO x\r\n", line, b"\r\nQUIT\r\n")
        assert answers.endswith(b"221 Bye\r\n")
        assert b"Traceback" not in answers
        assert b"Error: (" not in answers
        assert await door.mails() == 250


async def test_a_slow_core_keeps_nobody_from_being_heard() -> None:
    core = Core()
    core.gate.clear()
    async with opened(core) as door:
        waiting = [asyncio.create_task(door.raw(ENVELOPE, MAIL + b".\r\nQUIT\r\n")) for _ in range(3)]
        await core.asked.wait()
        assert b"221" in await door.raw(b"EHLO x\r\nQUIT\r\n")
        core.gate.set()
        assert all(b"250 2.0.0" in answers for answers in await asyncio.gather(*waiting))


async def test_a_core_that_fails_for_good_is_told_so_and_the_next_mail_passes() -> None:
    core = Core(Taken.FAILED)
    async with opened(core) as door:
        assert await door.mails() == 554
        core.answer = Taken.DONE
        assert await door.mails() == 250
