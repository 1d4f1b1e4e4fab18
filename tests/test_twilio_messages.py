"""What Twilio keeps of a message is deleted there, with patience; one that hangs is waited for no longer than told."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from bots.provider_copies import ProviderCopies
from bots.twilio_messages import TwilioMessages
from core.errors import DeliveryFailed
from tests.fakes.patience import PATIENCE
from tests.fakes.twilio_server import SID, TOKEN, Answer, TwilioServer, refusal


@pytest.fixture
def twilio() -> Iterator[TwilioServer]:
    with TwilioServer() as server:
        yield server


@asynccontextmanager
async def deleting(twilio: TwilioServer, patience: tuple[float, ...]) -> AsyncIterator[ProviderCopies]:
    copies = ProviderCopies(TwilioMessages(twilio.url, SID, TOKEN).delete, patience)
    work = asyncio.create_task(copies.work())
    try:
        yield copies
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def test_a_deletion_that_comes_too_early_is_tried_again_later(twilio: TwilioServer) -> None:
    twilio.delete_answers.extend([refusal(20009), Answer(503), refusal(20429)])
    async with deleting(twilio, (0.0, 0.01, 0.02, 0.03)) as copies:
        copies.add("SM1")
        assert await asyncio.to_thread(twilio.until, lambda: twilio.deleted == ["SM1"])
    assert twilio.delete_tries == ["SM1"] * 4


async def test_one_that_waits_holds_up_no_other_and_is_given_up_in_the_end(
    twilio: TwilioServer, caplog: pytest.LogCaptureFixture
) -> None:
    twilio.delete_answers.append(refusal(20009))
    async with deleting(twilio, (0.0, 0.2)) as copies:
        copies.add("SM1")
        assert await asyncio.to_thread(twilio.until, lambda: twilio.delete_tries == ["SM1"])
        copies.add("SM2")
        assert await asyncio.to_thread(twilio.until, lambda: twilio.deleted == ["SM2"])
        twilio.delete_answers.append(refusal(20009))
        assert await asyncio.to_thread(twilio.until, lambda: twilio.delete_tries == ["SM1", "SM2", "SM1"])
        copies.add("SM3")
        assert await asyncio.to_thread(twilio.until, lambda: twilio.deleted == ["SM2", "SM3"])
    assert "could not be deleted" in caplog.text
    assert "SM1" not in caplog.text


async def test_a_message_that_is_gone_is_done_and_twilio_being_away_is_not(twilio: TwilioServer) -> None:
    api = TwilioMessages(twilio.url, SID, TOKEN)
    twilio.delete_answers.append(refusal(20404))
    assert await api.delete("SM1")
    twilio.stop()
    assert not await api.delete("SM2")


async def test_twilio_hanging_is_passing_and_bounded() -> None:
    hung = set[asyncio.Task[None] | None]()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hung.add(asyncio.current_task())
        await reader.read()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    api = TwilioMessages(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", SID, TOKEN, 0.2)
    async with asyncio.timeout(PATIENCE):
        with pytest.raises(DeliveryFailed) as failure:
            await api.send({"to": "+62811", "from_": "1708", "body": "lampu"})
        assert not await api.delete("SM1")
    assert not failure.value.final
    server.close()
    await asyncio.gather(*filter(None, hung))
