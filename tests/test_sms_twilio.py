"""Twilio: only its own signed words come in, an answer waits for the commit, and nothing of a citizen stays there."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bots.sms import CHANNEL
from core.errors import DeliveryFailed, FileAway, StoreAway
from core.messages import Address, Connection, FileRef, HookAnswer, IntakeResult, Outgoing, UnsupportedContent, WireId
from core.phrases import gsm7
from tests.fakes.patience import PATIENCE
from tests.fakes.sms_callbacks import Inside, call, listening
from tests.fakes.twilio_server import NUMBER, Answer, Fields, TwilioServer, incoming, refusal, signed

PUBLIC = "https://resi.example"
MESSAGE, RECEIPT = "/hooks/sms", "/hooks/sms/receipt"
BUDI = "+6281234567890"


@pytest.fixture
def twilio() -> Iterator[TwilioServer]:
    with TwilioServer() as server:
        yield server


@pytest.fixture
def inside() -> Inside:
    return Inside()


@pytest.fixture
def connection(twilio: TwilioServer, inside: Inside) -> Connection:
    return CHANNEL.connect(twilio.settings(PUBLIC), inside.callbacks())


async def post(
    connection: Connection, fields: Fields, path: str = MESSAGE, url: str = "", **other: str | bytes
) -> HookAnswer:
    body, headers = signed(url or PUBLIC + path, fields)
    sent = other.get("body", body)
    query = other.get("query", "")
    assert isinstance(sent, bytes)
    assert isinstance(query, str)
    return await call(connection, "POST", path, body=sent, headers=headers, query=query)


def budi(text: str, sid: str = "SM1", media: Fields = ()) -> list[tuple[str, str]]:
    return incoming(text, sender=BUDI, sid=sid, media=media)


def out(text: str = "Laporan Anda diterima", to: str = BUDI) -> Outgoing:
    return Outgoing(to=Address(to), text=text, id="delivery1")


# The signature


async def test_a_signed_message_is_taken_and_answered_with_an_empty_twiml(
    connection: Connection, inside: Inside
) -> None:
    answer = await post(connection, budi("lampu jalan mati"))
    assert (answer.status, answer.media_type, answer.body) == (200, "text/xml", b"<Response/>")
    [envelope] = inside.taken
    assert (envelope.channel, envelope.text, envelope.unsupported, envelope.files) == (
        "sms",
        "lampu jalan mati",
        None,
        (),
    )
    assert (envelope.sender, envelope.wire_id) == (Address(BUDI), WireId("SM1"))


async def test_the_answer_waits_for_the_commit(connection: Connection, inside: Inside) -> None:
    inside.gate = asyncio.Event()
    answering = asyncio.create_task(post(connection, budi("lampu mati")))
    done, _ = await asyncio.wait({answering}, timeout=0.1)
    assert not done
    inside.gate.set()
    assert (await answering).status == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"x-twilio-signature": ""}, {"x-twilio-signature": "bm90IGl0IGF0IGFsbA=="}, {"x-twilio-signature": "é€"}],
)
async def test_a_missing_or_wrong_signature_is_403(
    connection: Connection, inside: Inside, headers: dict[str, str]
) -> None:
    body, _ = signed(PUBLIC + MESSAGE, budi("lampu mati"))
    for path in (MESSAGE, RECEIPT):
        assert (await call(connection, "POST", path, body=body, headers=headers)).status == 403
    assert inside.taken == []


async def test_a_signature_of_another_token_address_or_text_is_403(connection: Connection, inside: Inside) -> None:
    fields = budi("lampu mati")
    body, headers = signed(PUBLIC + MESSAGE, fields, token="another")
    assert (await call(connection, "POST", MESSAGE, body=body, headers=headers)).status == 403
    assert (await post(connection, fields, url="https://evil.example" + MESSAGE)).status == 403
    assert (await post(connection, fields, url=PUBLIC + RECEIPT)).status == 403
    changed, _ = signed(PUBLIC + MESSAGE, budi("lampu hidup"))
    assert (await post(connection, fields, body=changed)).status == 403
    assert inside.taken == []


async def test_the_address_that_is_signed_is_ours_whatever_the_host_header_says(connection: Connection) -> None:
    body, headers = signed("https://evil.example" + MESSAGE, budi("lampu mati"))
    lying = headers | {"host": "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https"}
    assert (await call(connection, "POST", MESSAGE, body=body, headers=lying)).status == 403


@pytest.mark.parametrize(
    ("public", "called"),
    [
        ("https://resi.example:8443", "https://resi.example:8443"),
        ("https://resi.example:8443", "https://resi.example"),
        ("https://resi.example", "https://resi.example:443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("https://resi.example/layanan/", "https://resi.example/layanan"),
    ],
)
async def test_twilio_may_sign_with_or_without_the_port(
    twilio: TwilioServer, inside: Inside, public: str, called: str
) -> None:
    connection = CHANNEL.connect(twilio.settings(public), inside.callbacks())
    assert (await post(connection, budi("lampu mati"), url=called + MESSAGE)).status == 200


async def test_blank_and_repeated_fields_are_part_of_what_is_signed(connection: Connection, inside: Inside) -> None:
    assert (await post(connection, [*budi("satu"), ("Empty", ""), ("Twice", "b"), ("Twice", "a")])).status == 200
    assert (await post(connection, [*budi("satu"), ("Body", "dua")])).status == 200
    assert [envelope.text for envelope in inside.taken] == ["satu", "dua"]


async def test_a_signer_that_counts_only_the_last_of_repeated_fields_is_believed(
    connection: Connection, inside: Inside
) -> None:
    _, headers = signed(PUBLIC + MESSAGE, budi("dua"))
    body, _ = signed(PUBLIC + MESSAGE, [("Body", "satu"), *budi("dua")])
    assert (await call(connection, "POST", MESSAGE, body=body, headers=headers)).status == 200
    assert inside.taken[0].text == "dua"


async def test_a_query_in_the_configured_webhook_is_signed_too(connection: Connection) -> None:
    url = PUBLIC + MESSAGE + "?a=1"
    assert (await post(connection, budi("lampu mati"), url=url, query="a=1")).status == 200
    assert (await post(connection, budi("lampu mati"), query="a=1")).status == 403


@pytest.mark.parametrize("body", [b"Body=\xff\xfe", b"Body=%FF%FE", b"&".join(b"a=1" for _ in range(300))])
async def test_a_form_that_cannot_be_read_was_signed_by_nobody(connection: Connection, body: bytes) -> None:
    for path in (MESSAGE, RECEIPT):
        assert (await post(connection, budi("x"), path=path, body=body)).status == 403


@pytest.mark.parametrize("missing", ["From", "MessageSid"])
async def test_a_signed_form_without_sender_or_id_is_400(connection: Connection, inside: Inside, missing: str) -> None:
    assert (await post(connection, [field for field in budi("x") if field[0] != missing])).status == 400
    assert inside.taken == []


async def test_only_the_methods_of_the_chosen_provider_exist(connection: Connection) -> None:
    assert {(hook.method, hook.path) for hook in connection.hooks} == {("POST", MESSAGE), ("POST", RECEIPT)}


async def test_a_store_that_is_away_is_the_webs_business_and_later_is_503(
    connection: Connection, inside: Inside
) -> None:
    inside.away = True
    with pytest.raises(StoreAway):
        await post(connection, budi("lampu mati"))
    inside.away, inside.answer = False, IntakeResult.LATER
    assert (await post(connection, budi("lampu mati"))).status == 503


# What is read


@pytest.mark.parametrize(
    "word", ["STOP", "stop", " Stop ", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"]
)
async def test_a_goodbye_that_twilio_obeys_means_that_no_answer_can_reach_them(
    connection: Connection, inside: Inside, word: str
) -> None:
    await post(connection, budi(word))
    assert (inside.taken[0].unsupported, inside.taken[0].text) == (UnsupportedContent.LEFT, "")


async def test_an_opt_out_in_another_word_is_told_by_its_own_field(connection: Connection, inside: Inside) -> None:
    await post(connection, [*budi("berhenti"), ("OptOutType", "STOP")])
    await post(connection, [*budi("mulai"), ("OptOutType", "START")])
    assert [(envelope.unsupported, envelope.text) for envelope in inside.taken] == [
        (UnsupportedContent.LEFT, ""),
        (None, "mulai"),
    ]


@pytest.mark.parametrize("word", ["YES", "START", "UNSTOP", "HELP", "INFO", "STOP lampu mati", "QUIT!"])
async def test_other_words_are_text(connection: Connection, inside: Inside, word: str) -> None:
    await post(connection, budi(word))
    assert (inside.taken[0].unsupported, inside.taken[0].text) == (None, word)


async def test_fields_beside_the_whitelist_are_nowhere_in_the_envelope(connection: Connection, inside: Inside) -> None:
    await post(connection, [*budi("lampu"), ("FromCity", "KANARI"), ("ProfileName", "KANARI"), ("FromZip", "KANARI")])
    envelope = inside.taken[0]
    values = [getattr(envelope, name) for name in envelope.__slots__]
    assert "KANARI" not in repr(values)
    assert not any("KANARI" in value.reveal() for value in (envelope.sender, envelope.wire_id))


@pytest.mark.parametrize("sender", ["TELKOMSEL", "1708", "98211", "whatsapp:+6281234567890"])
async def test_a_robot_is_acknowledged_and_dropped(
    twilio: TwilioServer, connection: Connection, inside: Inside, sender: str
) -> None:
    async with listening(connection):
        assert (await post(connection, incoming("promo", sender=sender, sid="SM9"))).status == 200
        assert await asyncio.to_thread(twilio.until, lambda: twilio.deleted == ["SM9"])
    assert inside.taken == []


async def test_pictures_at_twilio_are_fetched_and_those_elsewhere_are_told_as_lost(
    twilio: TwilioServer, connection: Connection, inside: Inside
) -> None:
    ours = twilio.holds("ME1", "image/jpeg", b"jpeg")
    foreign = [
        "https://evil.example/x.jpg",
        ours.replace("127.0.0.1", "127.0.0.1@evil.example"),
        ours.replace("http:", "https:"),
        "file:///etc/passwd",
        "http://[",
        "",
    ]
    media = [(url, "image/jpeg") for url in (ours, *foreign)]
    await post(connection, budi("ini fotonya", media=media))
    [taken] = inside.taken
    assert (taken.text, taken.unsupported) == ("ini fotonya", None)
    for ref in taken.files[1:]:
        with pytest.raises(FileAway) as away:
            await connection.fetch(ref)
        assert away.value.final
    assert twilio.fetched == []
    assert await connection.fetch(taken.files[0])


@pytest.mark.parametrize(
    ("kind", "unsupported"), [("text/x-vCard", UnsupportedContent.CONTACT), ("text/vcard", UnsupportedContent.CONTACT)]
)
async def test_a_visiting_card_is_said_to_be_odd(
    twilio: TwilioServer, connection: Connection, inside: Inside, kind: str, unsupported: UnsupportedContent
) -> None:
    url = twilio.holds("ME1", kind, b"")
    await post(connection, budi("", media=[(url, kind)]))
    await post(connection, budi("dengarkan", media=[(url, kind)]))
    assert [(envelope.unsupported, envelope.files) for envelope in inside.taken] == [(unsupported, ()), (None, ())]


@pytest.mark.parametrize("count", ["-1", "1e3", "٣", "999999999", "banyak"])
async def test_a_strange_number_of_media_is_none(connection: Connection, inside: Inside, count: str) -> None:
    assert (await post(connection, [*budi("lampu"), ("NumMedia", count)])).status == 200
    assert inside.taken[0].files == ()


# Receipts


@pytest.mark.parametrize(
    ("status", "heard"),
    [("delivered", [("SM7", True)]), ("undelivered", [("SM7", False)]), ("failed", [("SM7", False)]), ("sent", [])],
)
async def test_a_receipt_is_passed_on_when_it_is_the_last_word(
    connection: Connection, inside: Inside, status: str, heard: list[tuple[str, bool]]
) -> None:
    fields = [("MessageSid", "SM7"), ("MessageStatus", status), ("To", BUDI), ("ErrorCode", "30003")]
    answer = await post(connection, fields, path=RECEIPT)
    assert (answer.status, answer.body, inside.receipts) == (200, b"<Response/>", heard)


async def test_a_receipt_of_nothing_is_400(connection: Connection, inside: Inside) -> None:
    assert (await post(connection, [("MessageStatus", "delivered")], path=RECEIPT)).status == 400
    assert inside.receipts == []


# What is deleted there, after the commit


async def test_what_is_kept_here_is_deleted_there(twilio: TwilioServer, connection: Connection, inside: Inside) -> None:
    async with listening(connection):
        await post(connection, budi("lampu mati", sid="SM1"))
        assert await asyncio.to_thread(twilio.until, lambda: twilio.deleted == ["SM1"])
        assert connection.ready()
        inside.answer = IntakeResult.SEEN
        await post(connection, budi("lampu mati", sid="SM1"))
        assert await asyncio.to_thread(twilio.until, lambda: twilio.deleted == ["SM1", "SM1"])
    assert not connection.ready()


async def test_what_is_not_kept_here_is_not_deleted_there(
    twilio: TwilioServer, connection: Connection, inside: Inside
) -> None:
    async with listening(connection):
        inside.away = True
        with pytest.raises(StoreAway):
            await post(connection, budi("lampu", sid="SM1"))
        inside.away = False
        await post(connection, budi("lampu", sid="SM2"))
        assert await asyncio.to_thread(twilio.until, lambda: twilio.deleted == ["SM2"])
    assert twilio.delete_tries == ["SM2"]


# What goes out


async def test_a_message_goes_out_by_the_rest_api(twilio: TwilioServer, connection: Connection) -> None:
    sid = await connection.send(out("Laporan @ £ 50% diterima"))
    [sent] = twilio.sent
    assert sid == sent.sid
    assert (sent.to, sent.sender, sent.body) == (BUDI, NUMBER, "Laporan @ £ 50% diterima")
    assert sent.status_callback == PUBLIC + RECEIPT


async def test_words_of_staff_go_whole_in_two_segments(twilio: TwilioServer, connection: Connection) -> None:
    text = ("Petugas: lampu & tiang diganti @ 09:00. " * 8)[: CHANNEL.profile.long_limit]
    assert gsm7.septets(text) == 306
    await connection.send(out(text))
    assert twilio.sent[0].body == text


async def test_without_an_address_of_ours_no_receipt_is_asked_for(twilio: TwilioServer, inside: Inside) -> None:
    connection = CHANNEL.connect(twilio.settings(""), inside.callbacks())
    await connection.send(out())
    assert twilio.sent[0].status_callback == ""


@pytest.mark.parametrize(
    ("answer", "final", "wait"),
    [
        (refusal(21610), True, None),
        (refusal(21211), True, None),
        (refusal(21614), True, None),
        (refusal(21612), True, None),
        (refusal(21408), True, None),
        (refusal(20429, retry_after="7"), False, 7.0),
        (refusal(20429, retry_after="Wed, 21 Oct 2026 07:28:00 GMT"), False, None),
        (refusal(20003), False, None),
        (Answer(403), False, None),
        (Answer(500), False, None),
        (Answer(503, retry_after="30"), False, 30.0),
        (Answer(400), False, None),
        (Answer(400, body='{"code": "21610"}'), False, None),
        (Answer(400, body="[]"), False, None),
        (Answer(307, body=""), False, None),
        (Answer(200, body="<html>a proxy in between</html>"), False, None),
        (Answer(201, body="[]"), False, None),
    ],
)
async def test_a_refusal_is_final_only_when_no_retry_can_change_it(
    twilio: TwilioServer, connection: Connection, answer: Answer, *, final: bool, wait: float | None
) -> None:
    twilio.answers.append(answer)
    with pytest.raises(DeliveryFailed) as failure:
        await connection.send(out())
    assert (failure.value.final, failure.value.retry_after) == (final, wait)
    assert BUDI not in str(failure.value) + failure.value.reason
    assert failure.value.__cause__ is None
    assert failure.value.__suppress_context__
    assert await connection.send(out()) == twilio.sent[0].sid


async def test_twilio_being_away_is_passing(twilio: TwilioServer, connection: Connection) -> None:
    twilio.stop()
    with pytest.raises(DeliveryFailed) as failure:
        await connection.send(out())
    assert not failure.value.final


async def test_edges_and_regions_of_the_environment_do_not_bend_our_address(
    twilio: TwilioServer, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWILIO_EDGE", "sydney")
    monkeypatch.setenv("TWILIO_REGION", "au1")
    await CHANNEL.connect(twilio.settings(PUBLIC), inside.callbacks()).send(out())
    assert len(twilio.sent) == 1


# Pictures


async def test_a_picture_is_fetched_with_our_password(twilio: TwilioServer, connection: Connection) -> None:
    url = twilio.holds("ME1", "image/jpeg", b"\xff\xd8jpeg")
    assert await connection.fetch(FileRef(fetch_id=url)) == b"\xff\xd8jpeg"
    assert [known for _, known in twilio.fetched] == [True]


async def test_a_picture_may_lie_one_redirect_further(twilio: TwilioServer, connection: Connection) -> None:
    there = twilio.holds("there", "image/jpeg", b"jpeg")
    here = twilio.holds("here", there, b"", status=307)
    assert await connection.fetch(FileRef(fetch_id=here)) == b"jpeg"


async def test_pictures_wait_while_twilio_is_away(twilio: TwilioServer, connection: Connection) -> None:
    url = twilio.holds("ME1", "image/jpeg", b"x")
    twilio.stop()
    with pytest.raises(FileAway) as failure:
        await connection.fetch(FileRef(fetch_id=url))
    assert not failure.value.final


# Settings


def test_twilio_is_configured_when_its_three_settings_are_there(twilio: TwilioServer) -> None:
    values = twilio.settings(PUBLIC)
    assert CHANNEL.configured(values)
    assert CHANNEL.sends(values)
    assert CHANNEL.problems(values) == ()
    for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"):
        lacking = values | {name: " "}
        assert not CHANNEL.configured(lacking)
        assert [problem.setting for problem in CHANNEL.problems(lacking)] == [name]


def test_without_a_public_address_no_signature_could_be_checked_and_the_doctor_says_so(twilio: TwilioServer) -> None:
    [problem] = CHANNEL.problems(twilio.settings(""))
    assert (problem.setting, problem.fatal) == ("PUBLIC_URL", True)


def test_leftovers_of_the_other_provider_and_a_crooked_address_are_named(twilio: TwilioServer) -> None:
    values = twilio.settings(PUBLIC) | {"KANNEL_SECRET": "x", "TWILIO_API_URL": "api.twilio.com"}
    problems = {problem.setting: problem.fatal for problem in CHANNEL.problems(values)}
    assert problems == {"KANNEL_SECRET": False, "TWILIO_API_URL": True}


def test_every_secret_is_declared_as_one() -> None:
    secrets = {setting.name for setting in CHANNEL.settings if setting.secret}
    assert secrets == {"TWILIO_AUTH_TOKEN", "KANNEL_PASSWORD", "KANNEL_SECRET"}
    assert not any(setting.name.startswith("RESI_") for setting in CHANNEL.settings)


def test_the_library_is_imported_only_when_twilio_is_connected() -> None:
    script = """
import sys
from bots.sms import CHANNEL
from core.messages import ChannelCallbacks
async def nothing(*_): ...
CHANNEL.problems({}); CHANNEL.configured({})
CHANNEL.connect({"SMS_PROVIDER": "kannel"}, ChannelCallbacks(nothing, nothing))
assert "twilio" not in sys.modules
twilio = {"SMS_PROVIDER": "twilio", "TWILIO_ACCOUNT_SID": "AC", "TWILIO_AUTH_TOKEN": "t"}
CHANNEL.connect(twilio, ChannelCallbacks(nothing, nothing))
assert "twilio" in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=PATIENCE)  # noqa: S603 - our own lines
