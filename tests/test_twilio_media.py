"""A file at Twilio is followed where it leads, without the password elsewhere, and is bounded."""

from collections.abc import Iterator

import httpx
import pytest

from bots.twilio_media import TwilioMedia
from core.errors import FileAway
from tests.fakes.twilio_server import SID, TOKEN, TwilioServer


@pytest.fixture
def twilio() -> Iterator[TwilioServer]:
    with TwilioServer() as server:
        yield server


@pytest.fixture
def media(twilio: TwilioServer) -> TwilioMedia:
    return TwilioMedia(twilio.url, httpx.BasicAuth(SID, TOKEN), httpx.create_ssl_context())


async def test_a_redirect_to_a_plain_address_elsewhere_or_in_a_circle_is_not_followed(
    twilio: TwilioServer, media: TwilioMedia
) -> None:
    with TwilioServer() as other:
        away = twilio.holds("away", other.holds("x", "image/jpeg", b"x"), b"", status=302)
        circle = twilio.holds("circle", "circle", b"", status=302)
        for url in (away, circle):
            with pytest.raises(FileAway) as failure:
                await media.fetch(url)
            assert failure.value.final
        assert other.fetched == []


@pytest.mark.parametrize(
    ("status", "final"), [(404, True), (410, True), (400, True), (401, False), (429, False), (500, False)]
)
async def test_a_picture_that_is_gone_is_final_and_trouble_is_passing(
    twilio: TwilioServer, media: TwilioMedia, status: int, *, final: bool
) -> None:
    with pytest.raises(FileAway) as failure:
        await media.fetch(twilio.holds("ME1", "image/jpeg", b"", status=status))
    assert failure.value.final is final


async def test_a_picture_above_20_mb_or_elsewhere_is_refused_for_good(twilio: TwilioServer, media: TwilioMedia) -> None:
    large = twilio.holds("ME1", "image/jpeg", bytes((20 << 20) + 1))
    for url in (large, "https://evil.example/x.jpg", ""):
        with pytest.raises(FileAway) as failure:
            await media.fetch(url)
        assert failure.value.final
