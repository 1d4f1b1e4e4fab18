"""WhatsApp by Twilio: only its own signed forms come in, words go out numbered, and templates as approved content."""

import json
from collections.abc import Iterator

import pytest

from bots.whatsapp import CHANNEL
from core.errors import DeliveryFailed, FileAway, StoreAway
from core.messages import (
    Address,
    Connection,
    DeliveryKind,
    FileRef,
    HookAnswer,
    IntakeResult,
    Option,
    Outgoing,
    Point,
    UnsupportedContent,
    WireId,
)
from tests.fakes.sms_callbacks import Inside, call, listening
from tests.fakes.twilio_server import SID, TOKEN, Answer, Fields, TwilioServer, refusal, signed

PUBLIC = "https://resi.example"
MESSAGE, RECEIPT = "/hooks/whatsapp", "/hooks/whatsapp/receipt"
OURS, BUDI = "+15005550006", "6281234567890"
CONTENT = "HX" + "1" * 32


@pytest.fixture
def twilio() -> Iterator[TwilioServer]:
    with TwilioServer() as server:
        yield server


@pytest.fixture
def inside() -> Inside:
    return Inside()


@pytest.fixture
def connection(twilio: TwilioServer, inside: Inside) -> Connection:
    settings = {
        "WHATSAPP_PROVIDER": "twilio",
        "WHATSAPP_NUMBER": OURS,
        "WHATSAPP_TWILIO_SID": SID,
        "WHATSAPP_TWILIO_TOKEN": TOKEN,
        "WHATSAPP_TWILIO_API_URL": twilio.url,
        "WHATSAPP_TWILIO_TEMPLATES": f"news_started.id={CONTENT}, news_done.id={CONTENT}",
        "PUBLIC_URL": PUBLIC,
    }
    assert not CHANNEL.problems(settings)
    return CHANNEL.connect(settings, inside.callbacks())


def budi(text: str = "", sid: str = "SM1", **more: str) -> list[tuple[str, str]]:
    """The fields as Twilio sends them, those that we must never look at too."""
    fields = {
        "SmsMessageSid": sid, "NumMedia": "0", "ProfileName": "Budi Santoso", "MessageType": "text", "SmsSid": sid,
        "WaId": BUDI, "SmsStatus": "received", "Body": text, "To": f"whatsapp:{OURS}", "NumSegments": "1",
        "MessageSid": sid, "AccountSid": SID, "From": f"whatsapp:+{BUDI}", "ApiVersion": "2010-04-01",
    }  # fmt: skip
    return list((fields | more).items())


async def post(connection: Connection, fields: Fields, path: str = MESSAGE, **other: str) -> HookAnswer:
    body, headers = signed(other.get("url", PUBLIC + path), fields, other.get("token", TOKEN))
    return await call(connection, "POST", path, body=body, headers=headers)


def out(text: str = "Laporan Anda diterima", **more: object) -> Outgoing:
    return Outgoing(Address(BUDI), text, "delivery1", lang="id", **more)  # type: ignore[arg-type]


NEWS = out(kind=DeliveryKind.NEWS, key="news_started", arguments=(("last4", "4321"), ("agency", "Kel. Tebet")))


async def test_a_signed_message_is_taken_after_the_commit(connection: Connection, inside: Inside) -> None:
    answer = await post(connection, budi("lampu jalan mati"))
    assert (answer.status, answer.media_type, answer.body) == (200, "text/xml", b"<Response/>")
    [envelope] = inside.taken
    assert (envelope.channel, envelope.text, envelope.sender) == ("whatsapp", "lampu jalan mati", Address(BUDI))
    assert envelope.wire_id == WireId("SM1")
    inside.answer = IntakeResult.LATER
    assert (await post(connection, budi("lagi"))).status == 503
    inside.away = True
    with pytest.raises(StoreAway):
        await post(connection, budi("lagi"))


@pytest.mark.parametrize("path", [MESSAGE, RECEIPT])
async def test_what_twilio_did_not_sign_for_this_address_is_403(
    connection: Connection, inside: Inside, path: str
) -> None:
    fields = budi("lampu mati")
    body, headers = signed(PUBLIC + path, fields)
    assert (await call(connection, "POST", path, body=body)).status == 403
    assert (await call(connection, "POST", path, body=body, headers={"x-twilio-signature": "é€"})).status == 403
    assert (await call(connection, "POST", path, body=body + b"&x=1", headers=headers)).status == 403
    assert (await call(connection, "POST", path, body=b"\xff", headers=headers)).status == 403
    assert (await post(connection, fields, path, token="another")).status == 403
    assert (await post(connection, fields, path, url=f"https://evil.example{path}")).status == 403
    assert inside.taken == []
    assert (await post(connection, fields, path, url=f"https://resi.example:443{path}")).status == 200


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"ButtonPayload": "0:solved.4321", "ButtonText": "Sudah", "Body": "Sudah"}, ("solved.4321", None, None)),
        ({"ButtonPayload": "x", "ButtonText": "Sudah", "Body": "Sudah"}, ("-", None, None)),
        (
            {"Latitude": "-6.2", "Longitude": "106.8", "Body": "x"},
            ("", Point(-6.2, 106.8), None),
        ),
        ({"Latitude": "nan", "Longitude": "106.8"}, ("", None, UnsupportedContent.OTHER)),
        ({"NumMedia": "1", "MediaContentType0": "text/vcard"}, ("", None, UnsupportedContent.CONTACT)),
        (
            {"NumMedia": "1", "MediaContentType0": "text/x-vcard", "Body": "Budi Santoso.vcf"},
            ("", None, UnsupportedContent.CONTACT),
        ),
        ({}, ("", None, UnsupportedContent.OTHER)),
    ],
)
async def test_what_came_is_told_by_a_few_fields(
    connection: Connection,
    inside: Inside,
    more: dict[str, str],
    expected: tuple[str, Point | None, UnsupportedContent | None],
) -> None:
    assert (await post(connection, budi(**more))).status == 200
    [envelope] = inside.taken
    assert (envelope.choice, envelope.point, envelope.unsupported) == expected
    assert (envelope.text, envelope.files) == ("", ())
    assert "Budi" not in repr(envelope)


async def test_a_file_that_lies_elsewhere_is_not_fetched_and_told_as_lost(
    twilio: TwilioServer, connection: Connection, inside: Inside
) -> None:
    await post(connection, budi("lubang", NumMedia="1", MediaUrl0="https://evil.example/x"))
    await post(connection, budi("lubang", NumMedia="1"))
    for taken in inside.taken:
        [ref] = taken.files
        with pytest.raises(FileAway) as away:
            await connection.fetch(ref)
        assert (away.value.final, away.value.phrase, taken.text) == (True, "file_lost", "lubang")
    assert twilio.fetched == []


async def test_a_place_brings_the_name_and_the_address_that_it_has(connection: Connection, inside: Inside) -> None:
    await post(connection, budi(Latitude="-6.2", Longitude="106.8", Label="Taman Mawar", Address="Jl. Mawar", Body="x"))
    assert (inside.taken[0].point, inside.taken[0].text) == (Point(-6.2, 106.8), "Taman Mawar, Jl. Mawar")


async def test_who_has_no_number_is_acknowledged_and_dropped(connection: Connection, inside: Inside) -> None:
    for sender in ("whatsapp:+", "whatsapp:Resi", "", "whatsapp:+../../x"):
        assert (await post(connection, budi("halo", From=sender))).status == 200
    assert inside.taken == []


async def test_a_file_is_fetched_with_our_password_and_where_it_leads_without(
    twilio: TwilioServer, connection: Connection, inside: Inside
) -> None:
    url = twilio.holds("ME1", "image/jpeg", b"a picture")
    await post(connection, budi("lubang", NumMedia="1", MediaUrl0=url, MediaContentType0="image/jpeg"))
    [ref] = inside.taken[0].files
    assert await connection.fetch(ref) == b"a picture"
    assert twilio.fetched[-1][1]
    for bad in (twilio.url + "/404", "https://evil.example/x", "http://127.0.0.1:1/x"):
        with pytest.raises(FileAway) as away:
            await connection.fetch(FileRef(fetch_id=bad))
        assert away.value.final
    leads = twilio.holds("ME2", "http://169.254.169.254/latest", b"", status=302)
    with pytest.raises(FileAway):
        await connection.fetch(FileRef(fetch_id=leads))


async def test_words_leave_with_their_options_numbered(twilio: TwilioServer, connection: Connection) -> None:
    assert await connection.send(out("Sudah benar?", options=(Option("send", "Kirim"), Option("change", "Ubah"))))
    assert twilio.forms == [
        {
            "To": f"whatsapp:+{BUDI}",
            "From": f"whatsapp:{OURS}",
            "Body": "Sudah benar?\n\n1. Kirim\n2. Ubah",
            "StatusCallback": PUBLIC + RECEIPT,
        }
    ]


async def test_outside_a_day_news_are_approved_content(twilio: TwilioServer, connection: Connection) -> None:
    await connection.send(NEWS)
    assert "Body" not in twilio.forms[-1]
    assert twilio.forms[-1]["ContentSid"] == CONTENT
    assert json.loads(twilio.forms[-1]["ContentVariables"]) == {"1": "4321", "2": "Kel. Tebet"}
    solved = (Option("solved.4321", "Sudah"), Option("unsolved.4321", "Belum"))
    done = out(kind=DeliveryKind.NEWS, key="news_done", arguments=(("last4", "4321"),), options=solved)
    await connection.send(done)
    numbered = json.loads(twilio.forms[-1]["ContentVariables"])
    assert numbered == {"1": "4321", "2": "0:solved.4321", "3": "0:unsolved.4321"}
    await post(connection, budi("halo"))
    await connection.send(NEWS)
    assert twilio.forms[-1]["Body"] == "Laporan Anda diterima"
    twilio.answers.append(refusal(63016))
    await connection.send(NEWS)
    assert twilio.forms[-1]["ContentSid"] == CONTENT, "Twilio said that the day is over"


async def test_a_template_that_was_not_set_waits_and_is_named(
    connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        await connection.send(out(kind=DeliveryKind.NEWS, key="news_late", arguments=(("last4", "4321"),)))
    assert not failed.value.final
    assert "news_late" in caplog.text
    assert BUDI not in caplog.text


@pytest.mark.parametrize(
    ("answer", "final", "gone", "rest"),
    [
        (refusal(63003), True, True, None),
        (refusal(21610), True, True, None),
        (refusal(63018, "17"), False, False, 17.0),
        (refusal(20003), False, False, None),
        (Answer(503), False, False, None),
        (Answer(400, body="[]"), False, False, None),
    ],
)
async def test_a_refusal_is_for_ever_only_where_nothing_can_mend_it(
    twilio: TwilioServer, connection: Connection, answer: Answer, *, final: bool, gone: bool, rest: float | None
) -> None:
    twilio.answers.append(answer)
    with pytest.raises(DeliveryFailed) as failed:
        await connection.send(out())
    assert (failed.value.final, failed.value.gone, failed.value.retry_after) == (final, gone, rest)
    assert BUDI not in str(failed.value)


async def test_twilio_being_away_passes(twilio: TwilioServer, connection: Connection) -> None:
    twilio.stop()
    with pytest.raises(DeliveryFailed) as failed:
        await connection.send(out())
    assert not failed.value.final
    with pytest.raises(FileAway) as away:
        await connection.fetch(FileRef(fetch_id=f"{twilio.url}/x"))
    assert not away.value.final


async def test_receipts(connection: Connection, inside: Inside) -> None:
    for sid, state in (("SMa", "sent"), ("SMb", "delivered"), ("SMc", "read"), ("SMd", "undelivered"), ("", "failed")):
        assert (await post(connection, [("MessageSid", sid), ("MessageStatus", state)], RECEIPT)).status == 200
    assert inside.receipts == [("SMb", True), ("SMc", True), ("SMd", False)]


async def test_it_is_ready_while_it_listens(connection: Connection) -> None:
    async with listening(connection):
        assert connection.ready()
    assert not connection.ready()
