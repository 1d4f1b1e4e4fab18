"""What Meta refuses is told apart; files come with care, and the token goes nowhere but to Meta."""

from collections.abc import Iterator

import pytest

from bots.whatsapp import CHANNEL
from core.errors import DeliveryFailed, FileAway
from core.messages import Address, Connection, FileRef, Option, Outgoing
from tests.fakes.sms_callbacks import Inside
from tests.fakes.whatsapp_server import NUMBER_ID, VERSION, Refusal, WhatsAppServer

BUDI = "6281234567890"
THREE = (Option("send", "Kirim"), Option("change", "Ubah"), Option("cancel", "Batal"))


@pytest.fixture
def meta() -> Iterator[WhatsAppServer]:
    with WhatsAppServer() as server:
        yield server


@pytest.fixture
def connection(meta: WhatsAppServer) -> Connection:
    return CHANNEL.connect(meta.settings("https://resi.example"), Inside().callbacks())


def out(text: str = "Laporan Anda diterima", to: str = BUDI, **more: object) -> Outgoing:
    return Outgoing(to=Address(to), text=text, id="delivery1", lang="id", **more)  # type: ignore[arg-type]


# Refusals


@pytest.mark.parametrize(
    ("code", "final", "gone"),
    [
        (131026, True, True),
        (131030, True, True),
        (131009, True, False),
        (131051, True, False),
        (100, True, False),
        (190, False, False),
        (131000, False, False),
        (131031, False, False),
        (130429, False, False),
        (4, False, False),
        (424242, False, False),
    ],
)
async def test_a_refusal_is_for_ever_only_where_nothing_can_mend_it(
    meta: WhatsAppServer, connection: Connection, code: int, *, final: bool, gone: bool
) -> None:
    meta.answers.append(Refusal(code))
    with pytest.raises(DeliveryFailed) as failed:
        await connection.send(out())
    assert (failed.value.final, failed.value.gone, failed.value.reason) == (final, gone, f"whatsapp_{code}")
    assert BUDI not in str(failed.value)
    assert failed.value.__suppress_context__ or failed.value.__context__ is None


@pytest.mark.parametrize(
    ("refusal", "rest"),
    [
        (Refusal(130429, 429), 5.0),
        (Refusal(131056), 6.0),
        (Refusal(80007), 60.0),
        (Refusal(130429, 429, "17"), 17.0),
        (Refusal(130429, 429, "999999999"), 3600.0),
        (Refusal(130429, 429, "Wed, 21 Oct 2026 07:28:00 GMT"), 5.0),
        (Refusal(0, 503, body=b"<html>"), None),
        (Refusal(0, 500, body=b'{"error": 1}'), None),
        (Refusal(0, 302, body=b""), None),
    ],
)
async def test_what_meta_asks_for_is_obeyed_within_reason(
    meta: WhatsAppServer, connection: Connection, refusal: Refusal, rest: float | None
) -> None:
    meta.answers.append(refusal)
    with pytest.raises(DeliveryFailed) as failed:
        await connection.send(out())
    assert (failed.value.final, failed.value.retry_after) == (False, rest)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"messages": []}', b'{"messages": [{"id": 1}]}', b"\xff"])
async def test_a_yes_that_cannot_be_read_is_a_yes(meta: WhatsAppServer, connection: Connection, body: bytes) -> None:
    meta.answers.append(Refusal(0, 200, body=body))
    assert await connection.send(out()) == ""


async def test_meta_being_away_passes(meta: WhatsAppServer, connection: Connection) -> None:
    meta.stop()
    with pytest.raises(DeliveryFailed) as failed:
        await connection.send(out())
    assert not failed.value.final
    with pytest.raises(FileAway) as away:
        await connection.fetch(FileRef(fetch_id="1"))
    assert not away.value.final


# Files


async def test_a_file_is_asked_for_by_its_id_and_fetched_with_the_token(
    meta: WhatsAppServer, connection: Connection
) -> None:
    media = meta.holds("2754859441498128", "image/jpeg", b"\xff\xd8 a picture")
    assert await connection.fetch(FileRef(fetch_id=media)) == b"\xff\xd8 a picture"
    assert meta.asked == [
        ("GET", f"{VERSION}/{media}?phone_number_id={NUMBER_ID}", True),
        ("GET", f"/whatsapp_business/attachments/{media}?ext=1&hash=ATs", True),
    ]


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://lookaside.fbsbx.com/x",
        "https://evil.example/x",
        "https://fbsbx.com.evil.example/x",
        "https://notfbsbx.com/x",
        "https://lookaside.fbsbx.com:8443/x",
        "https://lookaside.fbsbx.com@evil.example/x",
        "file:///etc/passwd",
        "",
        7,
    ],
)
async def test_the_token_goes_to_meta_and_nowhere_else(
    meta: WhatsAppServer, connection: Connection, url: object
) -> None:
    media = meta.holds("1", "image/jpeg", b"x", url=url)
    with pytest.raises(FileAway) as away:
        await connection.fetch(FileRef(fetch_id=media))
    assert away.value.final


@pytest.mark.parametrize("size", [20 * 1024 * 1024 + 1, str(20 * 1024 * 1024 + 1)])
async def test_a_file_that_is_too_large_is_not_even_begun(
    meta: WhatsAppServer, connection: Connection, size: object
) -> None:
    media = meta.holds("1", "video/mp4", b"x", file_size=size)
    with pytest.raises(FileAway) as away:
        await connection.fetch(FileRef(fetch_id=media))
    assert (away.value.final, away.value.phrase) == (True, "file_too_large")
    assert len(meta.asked) == 1


async def test_a_file_that_is_larger_than_was_said_is_let_go(meta: WhatsAppServer, connection: Connection) -> None:
    media = meta.holds("1", "video/mp4", bytes(20 * 1024 * 1024 + 1), file_size=10)
    with pytest.raises(FileAway) as away:
        await connection.fetch(FileRef(fetch_id=media))
    assert (away.value.final, away.value.phrase) == (True, "file_too_large")


async def test_a_file_that_is_gone_is_gone(connection: Connection) -> None:
    with pytest.raises(FileAway) as away:
        await connection.fetch(FileRef(fetch_id="404"))
    assert away.value.final
