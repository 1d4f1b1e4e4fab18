"""Mail made to hurt: it ends soon, in little memory, with an answer, and the next mail is served."""

import asyncio
import random
import time
import tracemalloc
import unicodedata

import pytest

from bots.mail import hypertext
from bots.mail.charset import clean
from bots.mail.envelope import envelope_of
from bots.mail.mime import TEXT_LIMIT, read
from bots.mail.setup import setup_of
from bots.mail.trim import trim
from core.messages import IntakeResult
from tests.fakes.heavy_mails import HTML, SORTS, in_parts
from tests.fakes.mail_door import ENVELOPE, MAIL, Core, opened
from tests.fakes.mail_samples import SAMPLES

pytestmark = pytest.mark.hostile

LARGE = 5_000_000
OURS = setup_of({"MAIL_ADDRESS": "lapor@kota.test", "MAIL_HOSTNAME": "mx.kota.test"})


@pytest.mark.parametrize("sort", SORTS)
def test_a_heavy_mail_is_read_in_time(sort: str) -> None:
    raw = SORTS[sort](LARGE)
    started = time.process_time()
    envelope = envelope_of(raw, "budi@warga.test", OURS)
    assert time.process_time() - started < 3.0
    assert envelope is None or len(envelope.text) <= 50_000


@pytest.mark.parametrize("kind", [b"text/html", b"text/plain"])
def test_many_texts_are_read_no_further_than_one(kind: bytes) -> None:
    piece = b"<b>" if kind == b"text/html" else b"abc"
    one = read(in_parts(kind, piece * 1_000_000, 1))
    many = read(in_parts(kind, piece * 1_000_000, 8))
    assert len(many.text) <= len(one.text) + 100
    assert len(one.text) <= TEXT_LIMIT


def test_of_all_pages_together_so_many_characters_and_tags_are_read() -> None:
    page = hypertext.read("<b>x" * 100_000)
    assert page.tags == page.text.count("x") == hypertext.MOST_TAGS
    assert hypertext.read("<" * 1_000_000).read == hypertext.LIMIT
    assert hypertext.read("<" * 1_000).text == "<" * 1_000
    assert "tiga" not in hypertext.read("<p>satu<p>dua<p>tiga", most_tags=2).text
    tagged = read(in_parts(b"text/html", b"<b>x" * 10_000, 8))
    assert tagged.text.count("x") == hypertext.MOST_TAGS


@pytest.mark.parametrize("source", ["&#" + "9" * 5_000 + ";", "&#x" + "f" * 5_000, "&#" + "1" * 400_000])
def test_a_number_that_no_character_has_is_no_reason_to_refuse_a_mail(source: str) -> None:
    letter = read(HTML + f"Lubang {source} di Jl. Mawar".encode())
    assert letter.text.startswith("Lubang")


def test_marks_stacked_on_a_letter_are_thirty_at_most_and_honest_ones_stay() -> None:
    stack = "a" + "\u0301\u0316" * 100_000 + "b"
    for text in (clean(stack), read(HTML + "".join(f"&#{ord(mark)};" for mark in stack).encode()).text):
        assert len(text) <= 33
    assert clean(stack).endswith("b")
    honest = "Jalan Mawar, S\u0323\u0307\u0301, \ua9a4\ua9ba\ua9c0, \u0e01\u0e33\u0e49, e\u0301"
    assert clean(honest) == unicodedata.normalize("NFC", honest)


@pytest.mark.parametrize("name", ["unclosed fonts", "1,000 nested parts", "utf-7", "parts without number"])
def test_a_heavy_mail_takes_memory_in_proportion(name: str) -> None:
    raw = SORTS[name](LARGE)[:1_000_000]
    tracemalloc.start()
    read(raw)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30 * len(raw)


def test_mangled_mails_are_read_as_something() -> None:
    rng = random.Random(7)
    for sample in SAMPLES.values():
        for _ in range(20):
            raw = bytearray(sample.mail)
            for _ in range(rng.randint(1, 12)):
                at = rng.randrange(len(raw))
                raw[at : at + rng.randint(0, 9)] = rng.randbytes(rng.randint(0, 9))
            trim(read(bytes(raw)).text)


@pytest.mark.parametrize("name", ["20,000 addresses", "1,000 nested parts", "nuls", "unclosed fonts", "8-bit heads"])
async def test_a_heavy_mail_over_the_wire_is_answered_and_so_is_the_next(name: str) -> None:
    async with opened() as door:
        body = SORTS[name](LARGE).replace(b"\n.", b"\n..").replace(b"\r", b"").replace(b"\n", b"\r\n")
        lines = b"\r\n".join(body[at : at + 100_000] for at in range(0, len(body), 100_000))
        answers = await door.raw(ENVELOPE, lines, b"\r\n.\r\nQUIT\r\n")
        assert answers.split(b"\r\n")[-3][:3] in {b"250", b"554"}
        assert await door.mails() == 250


async def test_an_endless_line_is_cut_before_it_fills_the_memory() -> None:
    async with opened(MAIL_MAX_BYTES="1000000") as door:
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
    async with opened(MAIL_MAX_BYTES="1000000") as door:
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


async def test_a_size_that_is_no_number_is_a_fault_of_who_says_it() -> None:
    async with opened() as door:
        answers = await door.raw("EHLO x\r\nMAIL FROM:<a@b.test> SIZE=\u00b2\r\nQUIT\r\n".encode())
    assert answers.split(b"\r\n")[-3][:3] == b"501"


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
    core = Core(IntakeResult.FAILED)
    async with opened(core) as door:
        assert await door.mails() == 554
        core.answer = IntakeResult.DONE
        assert await door.mails() == 250
