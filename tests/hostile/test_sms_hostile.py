"""SMS hooks against strangers and broken wires: every request is answered, and no log says who wrote or what."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.sms import CHANNEL
from core.errors import DeliveryFailed, FileAway
from core.messages import Address, Connection, FileRef, Outgoing, WireId
from tests.fakes.kannel_server import SECRET, KannelServer
from tests.fakes.kannel_server import incoming as kannel_query
from tests.fakes.sms_callbacks import Inside, call, listening
from tests.fakes.twilio_server import Answer, TwilioServer, incoming, refusal, signed

pytestmark = pytest.mark.hostile

PUBLIC = "https://resi.example"
MESSAGE, RECEIPT = "/hooks/sms", "/hooks/sms/receipt"
PATHS = st.sampled_from([MESSAGE, RECEIPT])
TWILIO = {
    "SMS_PROVIDER": "twilio",
    "TWILIO_ACCOUNT_SID": "AC1",
    "TWILIO_AUTH_TOKEN": "token",
    "TWILIO_FROM": "+15005550006",
    "PUBLIC_URL": PUBLIC,
}
KANNEL = {
    "SMS_PROVIDER": "kannel",
    "KANNEL_SEND_URL": "http://127.0.0.1:9/cgi-bin/sendsms",
    "KANNEL_USERNAME": "u",
    "KANNEL_PASSWORD": "p",
    "KANNEL_FROM": "1708",
    "KANNEL_SECRET": SECRET,
    "PUBLIC_URL": PUBLIC,
}
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NAMES = st.one_of(
    st.sampled_from(
        ["Body", "From", "MessageSid", "MessageStatus", "NumMedia", "MediaUrl0", "MediaContentType0", "OptOutType"]
    ),
    WORDS,
)
KEPT_READABLE = (200, 400, 403)


@pytest.fixture(scope="module")
def inside() -> Inside:
    return Inside()


@pytest.fixture(scope="module")
def twilio(inside: Inside) -> Connection:
    async def listen_once() -> Connection:
        return CHANNEL.connect(TWILIO, inside.callbacks())

    return asyncio.run(listen_once())


@pytest.fixture(scope="module")
def kannel(inside: Inside) -> Connection:
    return CHANNEL.connect(KANNEL, inside.callbacks())


REQUESTS = st.tuples(
    st.binary(max_size=300), WORDS, st.dictionaries(st.sampled_from(["x-twilio-signature", "host"]), WORDS)
)


@given(PATHS, REQUESTS)
def test_a_stranger_at_twilios_hooks_is_always_refused(
    twilio: Connection, inside: Inside, path: str, request_: tuple[bytes, str, dict[str, str]]
) -> None:
    before = len(inside.taken), len(inside.receipts)
    body, query, headers = request_
    answer = asyncio.run(call(twilio, "POST", path, body=body, query=query, headers=headers))
    assert answer.status in {400, 403}
    assert (len(inside.taken), len(inside.receipts)) == before


@given(PATHS, st.lists(st.tuples(NAMES, WORDS), max_size=12))
def test_every_signed_form_is_answered_and_what_is_taken_can_be_kept(
    twilio: Connection, inside: Inside, path: str, fields: list[tuple[str, str]]
) -> None:
    inside.taken.clear()
    body, headers = signed(PUBLIC + path, fields, token="token")
    answer = asyncio.run(call(twilio, "POST", path, body=body, headers=headers))
    assert answer.status in {200, 400}
    for envelope in inside.taken:
        envelope.text.encode()
        assert envelope.sender.reveal()
        assert envelope.wire_id.reveal()


@given(PATHS, WORDS)
def test_a_stranger_at_kannels_hooks_is_always_refused(
    kannel: Connection, inside: Inside, path: str, query: str
) -> None:
    before = len(inside.taken), len(inside.receipts)
    assert asyncio.run(call(kannel, "GET", path, query=query)).status == 403
    assert (len(inside.taken), len(inside.receipts)) == before


QUERY_NAMES = st.sampled_from(["id", "from", "to", "text", "coding", "charset", "time", "type", "secret", ""])
QUERY_VALUES = st.one_of(
    st.from_regex(r"(%[0-9A-Fa-f]{2}|[0-9+a-zA-Z%]){0,20}", fullmatch=True), WORDS, st.just("%2B6281234567890")
)


@given(PATHS, st.lists(st.tuples(QUERY_NAMES, QUERY_VALUES), max_size=10))
def test_every_query_with_the_secret_is_answered_and_what_is_taken_can_be_kept(
    kannel: Connection, inside: Inside, path: str, pairs: list[tuple[str, str]]
) -> None:
    inside.taken.clear()
    query = f"secret={SECRET}&" + "&".join(f"{name}={value}" for name, value in pairs)
    assert asyncio.run(call(kannel, "GET", path, query=query)).status in KEPT_READABLE
    for envelope in inside.taken:
        envelope.text.encode()
        envelope.wire_id.reveal().encode()


@given(st.binary(max_size=40))
def test_a_crooked_media_address_never_gets_our_password(twilio: Connection, junk: bytes) -> None:
    url = junk.decode("latin-1")
    with pytest.raises(FileAway) as failure:
        asyncio.run(twilio.fetch(FileRef(fetch_id=url)))
    assert failure.value.final


async def test_a_poisoned_message_does_not_block_those_after_it(kannel: Connection, inside: Inside) -> None:
    inside.taken.clear()
    for query in (f"secret={SECRET}", f"secret={SECRET}&id=1&from=%00", f"secret={SECRET}&id=%FF&from=+&text=%"):
        await call(kannel, "GET", MESSAGE, query=query)
    assert (await call(kannel, "GET", MESSAGE, query=kannel_query("x", sender="0812345678901", id="2"))).status == 200
    assert [envelope.wire_id for envelope in inside.taken] == [WireId("2")]


async def test_hundreds_of_messages_at_once_are_all_taken(kannel: Connection, inside: Inside) -> None:
    inside.taken.clear()
    queries = [kannel_query("lampu", sender=f"+62812{number:07}", id=str(number)) for number in range(300)]
    answers = await asyncio.gather(*(call(kannel, "GET", MESSAGE, query=query) for query in queries))
    assert {answer.status for answer in answers} == {200}
    assert len({envelope.wire_id for envelope in inside.taken}) == 300


# What the logs say


NUMBER, WORD, SID, CODE = "+6281255512345", "KANARITEKS", "SMKANARI01", "4321876543218765"
TRACES = ("81255512345", WORD, SID, CODE, "KANARISECRET", "KANARIPASS", "KANARITOKEN", "MEKANARI")


class _Everything(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = logging.Formatter().formatException(record.exc_info) if record.exc_info else ""
        self.lines.append(f"{record.name} {record.getMessage()} {error}")


@contextmanager
def everything_logged() -> Iterator[list[str]]:
    """The root logger at DEBUG, and the channel's own list silenced, as the application starts with them."""
    root, hearer = logging.getLogger(), _Everything()
    before, silent = root.level, [logging.getLogger(name) for name in CHANNEL.silent_loggers]
    levels = [logger.level for logger in silent]
    root.addHandler(hearer)
    root.setLevel(logging.DEBUG)
    for logger in silent:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield hearer.lines
    finally:
        root.removeHandler(hearer)
        root.setLevel(before)
        for logger, level in zip(silent, levels, strict=True):
            logger.setLevel(level)


def _traces_in(lines: list[str]) -> list[str]:
    return [line for line in lines if any(trace in line for trace in TRACES)]


async def _fails(connection: Connection) -> str:
    out = Outgoing(to=Address(NUMBER), text=f"{WORD} {CODE}", id="d1")
    with pytest.raises(DeliveryFailed) as failure:
        await connection.send(out)
    return str(failure.value)


async def test_no_log_of_twilios_way_holds_a_number_a_word_an_id_or_a_secret() -> None:
    inside = Inside()
    with TwilioServer(token="KANARITOKEN") as server, everything_logged() as lines:
        connection = CHANNEL.connect(server.settings(PUBLIC), inside.callbacks())
        picture = server.holds("MEKANARI", "image/jpeg", b"x")
        fields = incoming(WORD, sender=NUMBER, sid=SID, media=[(picture, "image/jpeg")])
        body, headers = signed(PUBLIC + MESSAGE, fields, token="KANARITOKEN")
        server.delete_answers.append(refusal(20009))
        async with listening(connection):
            assert (await call(connection, "POST", MESSAGE, body=body, headers=headers)).status == 200
            assert (await call(connection, "POST", MESSAGE, body=body)).status == 403
            assert await asyncio.to_thread(server.until, lambda: server.delete_tries == [SID])
        await connection.fetch(inside.taken[0].files[0])
        await connection.send(Outgoing(to=Address(NUMBER), text=f"{WORD} {CODE}", id="d1"))
        server.answers.extend([refusal(21610), Answer(500), Answer(200, body="<html>")])
        said = [await _fails(connection) for _ in range(3)]
        server.stop()
        said.append(await _fails(connection))
    assert _traces_in(lines + said) == []
    assert any("hook refused" in line for line in lines)


async def test_no_log_of_kannels_way_holds_a_number_a_word_an_id_or_a_secret() -> None:
    inside = Inside()
    with KannelServer() as server, everything_logged() as lines:
        values = server.settings(PUBLIC) | {"KANNEL_SECRET": "KANARISECRET"}
        connection = CHANNEL.connect(values, inside.callbacks())
        query = kannel_query(f"{WORD} {CODE}", sender=NUMBER, id=SID, secret="KANARISECRET")
        assert (await call(connection, "GET", MESSAGE, query=query)).status == 200
        assert (await call(connection, "GET", MESSAGE, query=query.replace("secret=", "secret=x"))).status == 403
        await connection.send(Outgoing(to=Address(NUMBER), text=f"{WORD} {CODE}", id="d1"))
        server.answers.extend([(400, f"Garbage {NUMBER}"), (503, WORD)])
        said = [await _fails(connection) for _ in range(2)]
        strange = CHANNEL.connect(values | {"KANNEL_PASSWORD": "KANARIPASS"}, inside.callbacks())
        said.append(await _fails(strange))
        server.stop()
        said.append(await _fails(connection))
    assert _traces_in(lines + said) == []
    assert any("hook refused" in line for line in lines)


async def test_the_silence_is_needed_or_the_proof_above_proves_nothing() -> None:
    with KannelServer() as server, everything_logged() as lines:
        for name in CHANNEL.silent_loggers:
            logging.getLogger(name).setLevel(logging.NOTSET)
            logging.getLogger(name).propagate = True  # another test may have run the service's own logging here
        connection = CHANNEL.connect(server.settings(PUBLIC), Inside().callbacks())
        await connection.send(Outgoing(to=Address(NUMBER), text=WORD, id="d1"))
    assert _traces_in(lines)
