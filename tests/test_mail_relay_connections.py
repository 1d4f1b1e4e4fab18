"""Connections to the relay: used again while answers are being sent, renewed where they broke, never left open."""

import asyncio
from collections.abc import AsyncIterator

import aiosmtplib
import pytest

from bots.mail.relay_connections import RelayConnections
from tests.fakes.cued_house import until
from tests.fakes.smtp_sink import BODY, CLOSE, SmtpSink

MAIL = b"Subject: ya\r\n\r\nya\r\n"


@pytest.fixture
async def sink() -> AsyncIterator[SmtpSink]:
    async with SmtpSink() as relay:
        yield relay


def connections_to(sink: SmtpSink) -> RelayConnections:
    host, _, port = sink.url.removeprefix("smtp://").partition(":")
    return RelayConnections(lambda: aiosmtplib.SMTP(hostname=host, port=int(port), start_tls=False, timeout=20))


async def sent(connections: RelayConnections, count: int, together: int) -> None:
    turns = asyncio.Semaphore(together)

    async def one(number: int) -> None:
        async with turns, connections.one() as client:
            await client.sendmail("lapor@kota.test", [f"warga{number}@kota.test"], MAIL)

    await asyncio.gather(*(one(number) for number in range(count)))


async def all_were_told_goodbye(sink: SmtpSink) -> None:
    """It is said and not waited for."""
    await until(lambda: sink.commands.count("QUIT") == sink.connections)


async def test_answers_that_are_sent_at_once_share_connections_and_leave_none_open(sink: SmtpSink) -> None:
    connections = connections_to(sink)
    async with connections.one():  # somebody who is still sending: no moment falls between two answers
        await sent(connections, 40, 4)
    assert len(await sink.caught(40)) == 40
    assert sink.connections <= 5
    await all_were_told_goodbye(sink)


async def test_one_answer_alone_opens_and_closes_its_own(sink: SmtpSink) -> None:
    connections = connections_to(sink)
    for _ in range(2):
        await sent(connections, 1, 1)
    await all_were_told_goodbye(sink)
    assert sink.connections == 2
    assert "RSET" not in sink.commands


async def test_a_connection_that_the_relay_closed_meanwhile_costs_no_mail(sink: SmtpSink) -> None:
    connections = connections_to(sink)
    async with connections.one():  # somebody who is still sending
        await sent(connections, 1, 1)
        sink.answers("RSET", CLOSE)
        await sent(connections, 1, 1)
    assert len(await sink.caught(2)) == 2
    assert sink.connections == 3


async def test_a_connection_carries_no_more_than_a_relay_allows(sink: SmtpSink) -> None:
    connections = connections_to(sink)
    async with connections.one():
        await sent(connections, 101, 1)
    assert len(await sink.caught(101)) == 101
    assert sink.connections == 3


async def test_after_a_mail_that_was_refused_its_connection_is_not_used_again(sink: SmtpSink) -> None:
    connections = connections_to(sink)
    async with connections.one():
        sink.answers(BODY, "554 no")
        with pytest.raises(aiosmtplib.SMTPDataError):
            await sent(connections, 1, 1)
        await sent(connections, 1, 1)
    assert sink.connections == 3


async def test_who_is_cancelled_while_sending_leaves_nothing_open(sink: SmtpSink) -> None:
    connections = connections_to(sink)
    opened: asyncio.Future[aiosmtplib.SMTP] = asyncio.get_running_loop().create_future()

    async def waits() -> None:
        async with connections.one() as client:
            opened.set_result(client)
            await asyncio.Event().wait()

    task = asyncio.create_task(waits())
    client = await opened
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not client.is_connected
