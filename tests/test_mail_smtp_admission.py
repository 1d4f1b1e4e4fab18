"""A crowd at the SMTP port: who idles gives way to who has a mail, who drips is ended, a commit is never cut."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from ipaddress import ip_network

import pytest

from bots.mail import smtp_server
from bots.mail.setup import MailSetup, front_of, problems, setup_of
from bots.mail.smtp_admission import SmtpAdmission
from bots.mail.submission import Submission
from tests.fakes.mail_door import ENVELOPE, MAIL, OURS, Core, Opened, codes, opened
from tests.fakes.patience import PATIENCE

STARTS = {
    "silence": b"",
    "a greeting": b"EHLO idle.test\r\n",
    "an envelope": ENVELOPE.removesuffix(b"DATA\r\n"),
    "half a mail": ENVELOPE + b"Subject: Lam",
}


@asynccontextmanager
async def _wire(opened_door: Opened) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", opened_door.port)
    try:
        await reader.readline()
        yield reader, writer
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def _crowd(stack: AsyncExitStack, opened_door: Opened, start: bytes, count: int) -> list[asyncio.StreamReader]:
    readers = []
    for _ in range(count):
        reader, writer = await stack.enter_async_context(_wire(opened_door))
        writer.write(start)
        readers.append(reader)
    return readers


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS.keys())
async def test_who_idles_gives_way_to_who_has_a_mail(start: bytes) -> None:
    async with opened(MAIL_CONNECTIONS="5") as door, AsyncExitStack() as stack:
        idle = await _crowd(stack, door, start, 5)
        assert [await door.mails(sender=f"w{n}@kota.test") for n in range(3)] == [250] * 3
        async with asyncio.timeout(PATIENCE):
            assert codes(await idle[0].read())[-1] == "421"
        assert len(door.core.taken) == 3


async def test_three_hundred_that_idle_keep_no_mail_out() -> None:
    async with opened(MAIL_CONNECTIONS="60") as door, AsyncExitStack() as stack:
        for n in range(300):
            _, writer = await stack.enter_async_context(_wire(door))
            writer.write(tuple(STARTS.values())[n % len(STARTS)])
        assert await door.mails() == 250
        assert len(door.core.taken) == 1


async def test_a_commit_is_never_cut_and_where_all_commit_the_next_is_put_off() -> None:
    core = Core()
    core.gate.clear()
    async with opened(core, MAIL_CONNECTIONS="2") as door:
        first = asyncio.create_task(door.raw(ENVELOPE, MAIL + b".\r\nQUIT\r\n"))
        await core.asked.wait()
        core.asked.clear()
        second = asyncio.create_task(door.raw(ENVELOPE.replace(b"budi", b"siti"), MAIL + b".\r\nQUIT\r\n"))
        await core.asked.wait()
        assert codes(await door.raw()) == ["421"]
        core.gate.set()
        for answers in await asyncio.gather(first, second):
            assert codes(answers)[-2:] == ["250", "221"]
        assert await door.mails(sender="ani@warga.test") == 250


async def test_one_that_had_a_mail_kept_outlives_the_silent() -> None:
    async with opened(MAIL_CONNECTIONS="3") as door, _wire(door) as (reader, writer), AsyncExitStack() as stack:
        writer.write(ENVELOPE + MAIL + b".\r\n")
        async with asyncio.timeout(PATIENCE):
            while not (await reader.readline()).startswith(b"250 2.0.0"):
                pass
            await _crowd(stack, door, b"", 2)
            assert await door.mails(sender="siti@warga.test") == 250
            writer.write(ENVELOPE + MAIL.replace(b"satu", b"dua") + b".\r\nQUIT\r\n")
            assert codes(await reader.read())[-2:] == ["250", "221"]


async def test_who_never_greets_is_ended_and_who_does_may_think() -> None:
    async with opened() as door:
        door.way.receiver.admission.greeting = 0.1
        async with _wire(door) as (reader, writer), _wire(door) as (silent, _):
            writer.write(b"EHLO x\r\n")
            assert codes(await asyncio.wait_for(silent.read(), PATIENCE)) == ["421"]
            writer.write(b"QUIT\r\n")
            assert codes(await reader.read())[-1] == "221"


async def test_a_mail_that_drips_is_ended() -> None:
    async with opened() as door, _wire(door) as (reader, writer):
        door.way.receiver.admission.pace = 0.3
        writer.write(ENVELOPE)
        ended = asyncio.create_task(reader.readuntil(b"\r\n421 "))
        async with asyncio.timeout(PATIENCE):
            while not ended.done():
                writer.write(b"x\r\n")
                await asyncio.wait({ended}, timeout=0.02)
        await ended
        assert not door.core.taken
        assert await door.mails() == 250


async def test_a_mail_that_comes_slowly_and_steadily_is_taken() -> None:
    async with opened() as door, _wire(door) as (reader, writer):
        door.way.receiver.admission.pace = 1.5  # seconds: far longer than a busy machine pauses between two pieces
        writer.write(ENVELOPE + MAIL)
        for _ in range(6):
            writer.write(b"Lubang besar.\r\n" * 20)
            await asyncio.wait({asyncio.create_task(asyncio.Event().wait())}, timeout=0.3)
        writer.write(b".\r\nQUIT\r\n")
        assert codes(await reader.read())[-2:] == ["250", "221"]


@pytest.mark.parametrize("line", [b"\r\n", b"NOOP\r\n", b"x" * 3_000 + b"\r\n", b"\xff\r\n"])
async def test_a_flood_of_lines_has_an_end_and_lets_others_go_on(line: bytes) -> None:
    async with opened() as door:
        flood = asyncio.create_task(door.raw(b"EHLO x\r\n" + line * (1_500_000 // len(line))))
        assert await door.mails() == 250
        assert codes(await flood).count("500") <= smtp_server.ANSWERS_WITHOUT_MAIL


async def test_a_mail_of_empty_lines_is_read_in_large_pieces() -> None:
    async with opened() as door:
        assert await door.mails(MAIL + b"\r\n" * 2_000_000) == 250
        assert door.core.taken[0].text == "Lampu mati di Jl. Mawar."


async def _never(_sender: str, _raw: bytes, _submission: Submission) -> str:
    raise AssertionError


class _Coming:
    """A conversation in the middle of a mail."""

    def __init__(self, held: int, rate: float, *, committing: bool = False) -> None:
        self.held, self.rate, self.committing = held, rate, committing
        self.busy = None
        self.told: list[str] = []

    def leave(self, word: str = "") -> None:
        self.told.append(word)

    def cut(self) -> None:
        self.told.append("cut")


def test_where_memory_is_full_the_slowest_of_the_large_ones_goes() -> None:
    admission = SmtpAdmission(MailSetup(setup_of(OURS).listen, "lapor@kota.test", "mx"), _never)
    slow, fast = _Coming(20_000_000, 500), _Coming(20_000_000, 900_000)
    small, whole = _Coming(5_000, 1), _Coming(20_000_000, 1, committing=True)
    admission.connections |= {slow, fast, small, whole}
    assert admission.slowest(1_000_000) is slow
    admission.connections -= {slow, fast}
    assert admission.slowest(1_000_000) is None


def test_an_address_has_its_share_and_our_own_mail_servers_have_none() -> None:
    admission = SmtpAdmission(
        setup_of({**OURS, "MAIL_CONNECTIONS_PER_ADDRESS": "2", "MAIL_FRONT": "192.0.2.0/24"}), _never
    )
    stranger, front, near = ([_Coming(0, 0) for _ in range(4)] for _ in range(3))
    for n in range(4):
        for host, crowd in (("203.0.113.5", stranger), ("192.0.2.25", front), ("127.0.0.1", near)):
            assert admission.enter(crowd[n], host, n * 10.0)
    assert [len(one.told) for one in stranger] == [1, 1, 0, 0]
    assert not any(one.told for one in (*front, *near))
    assert admission.is_relay("192.0.2.25")
    assert not admission.is_relay("198.51.100.7")
    assert not admission.is_relay("")


def test_who_stands_in_front_is_read_and_a_mistake_is_told() -> None:
    assert front_of(" 10.0.0.25, 2001:db8::/32 ") == (ip_network("10.0.0.25"), ip_network("2001:db8::/32"))
    assert front_of("") == ()
    whole = {**OURS, "MAIL_RELAY_URL": "smtp://127.0.0.1"}
    assert not problems(whole)
    for name, value in (("MAIL_FRONT", "mx.kota.test"), ("MAIL_CONNECTIONS_PER_ADDRESS", "0")):
        assert [each.setting for each in problems({**whole, name: value})] == [name]


async def test_of_a_mail_by_our_own_server_no_network_is_known() -> None:
    async with opened() as door:
        assert await door.mails() == 250
        assert door.core.taken[0].path == ""
