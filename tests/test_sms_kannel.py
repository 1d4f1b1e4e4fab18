"""Kannel: its queries in any charset, our sendsms calls as smsbox reads them, a configuration that tells nothing."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.sms import CHANNEL
from bots.sms.kannel import decoded
from bots.sms.phone_numbers import address_of, own_number
from core.errors import DeliveryFailed, FileAway, StoreAway
from core.messages import Address, Connection, FileRef, IntakeResult, OneShot, Outgoing, WireId
from core.phrases import gsm7
from tests.fakes.kannel_server import NUMBER, SECRET, KannelServer, incoming, receipt
from tests.fakes.sms_callbacks import Inside, call, listening

PUBLIC = "http://127.0.0.1:8000"
MESSAGE, RECEIPT = "/hooks/sms", "/hooks/sms/receipt"
BUDI = "+6281234567890"
CONFIGURATION = Path(__file__).parent.parent / "deploy" / "kannel" / "kannel.conf"


@pytest.fixture
def kannel() -> Iterator[KannelServer]:
    with KannelServer() as server:
        yield server


@pytest.fixture
def inside() -> Inside:
    return Inside()


@pytest.fixture
def connection(kannel: KannelServer, inside: Inside) -> Connection:
    return CHANNEL.connect(kannel.settings(PUBLIC), inside.callbacks())


def out(text: str = "Laporan Anda diterima", id: str = "delivery1") -> Outgoing:  # noqa: A002 - the field's name
    return Outgoing(to=Address(BUDI), text=text, id=id)


# Messages


async def test_a_message_is_taken_and_answered_with_nothing(connection: Connection, inside: Inside) -> None:
    answer = await call(connection, "GET", MESSAGE, query=incoming("lampu jalan mati", sender=BUDI, id="k1"))
    assert (answer.status, answer.body) == (200, b"")
    [envelope] = inside.taken
    assert (envelope.channel, envelope.text, envelope.unsupported) == ("sms", "lampu jalan mati", None)
    assert (envelope.sender, envelope.wire_id) == (Address(BUDI), WireId("k1"))


async def test_the_answer_waits_for_the_commit(connection: Connection, inside: Inside) -> None:
    inside.gate = asyncio.Event()
    query = incoming("lampu mati", sender=BUDI, id="k1")
    answering = asyncio.create_task(call(connection, "GET", MESSAGE, query=query))
    done, _ = await asyncio.wait({answering}, timeout=0.1)
    assert not done
    inside.gate.set()
    assert (await answering).status == 200


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "0", SECRET[:-1], "%00", "%FF", "é"])
async def test_a_missing_or_wrong_secret_is_403(connection: Connection, inside: Inside, secret: str) -> None:
    query = incoming("lampu mati", sender=BUDI, id="k1", secret=secret)
    assert (await call(connection, "GET", MESSAGE, query=query)).status == 403
    assert (await call(connection, "GET", MESSAGE, query=query.partition("&")[2])).status == 403
    assert (await call(connection, "GET", RECEIPT, query=f"secret={secret}&id=d1&type=1")).status == 403
    assert (inside.taken, inside.receipts) == ([], [])


async def test_an_empty_secret_of_ours_opens_nothing(kannel: KannelServer, inside: Inside) -> None:
    connection = CHANNEL.connect(kannel.settings(PUBLIC) | {"KANNEL_SECRET": ""}, inside.callbacks())
    query = incoming("lampu mati", sender=BUDI, id="k1", secret="")
    assert (await call(connection, "GET", MESSAGE, query=query)).status == 403


TEXT = "Jl. Kebon Sirih 20% & = + # café ñ é @ £ \n baris kedua"


@pytest.mark.parametrize(
    ("coding", "charset"),
    [
        (0, None),
        (0, "UTF-8"),
        (0, "ISO-8859-1"),
        (0, "latin1"),
        (0, "WINDOWS-1252"),
        (0, "iso-8859-15"),
        (1, None),
        (2, None),
        (2, "UTF-16BE"),
        (0, "UTF-16BE"),
    ],
)
async def test_the_text_is_read_in_the_charset_that_kannel_names(
    connection: Connection, inside: Inside, coding: int, charset: str | None
) -> None:
    query = incoming(TEXT, sender=BUDI, id="k1", coding=coding, charset=charset)
    assert (await call(connection, "GET", MESSAGE, query=query)).status == 200
    assert inside.taken[0].text == TEXT


async def test_emoji_and_arabic_come_as_ucs2(connection: Connection, inside: Inside) -> None:
    text = "banjir 🌊 السلام “tanda”"
    await call(connection, "GET", MESSAGE, query=incoming(text, sender=BUDI, id="k1", coding=2))
    assert inside.taken[0].text == text


async def test_coding_2_is_utf_16_whatever_the_charset_says(connection: Connection, inside: Inside) -> None:
    query = incoming("lampu", sender=BUDI, id="k1", coding=2).replace("charset=UTF-16BE", "charset=UTF-8")
    await call(connection, "GET", MESSAGE, query=query)
    assert inside.taken[0].text == "lampu"


@pytest.mark.parametrize(
    "charset", ["", "8-BIT", "GSM", "klingon", "iso-8859-99", "punycode", "unicode_escape", "idna", "hex"]
)
def test_an_unknown_charset_is_read_as_utf_8_and_else_as_latin_1(charset: str) -> None:
    assert decoded("café \\x41".encode(), charset, "0") == "café \\x41"
    assert decoded("café".encode("latin-1"), charset, "0") == "café"


def test_a_charset_that_is_not_true_loses_no_message() -> None:
    assert decoded("café".encode("latin-1"), "UTF-8", "0") == "café"
    assert decoded("café".encode(), "us-ascii", "0") == "café"
    assert decoded(b"\x00l\x00", "UTF-16BE", "2") == "l\ufffd"
    assert decoded(b"\xd8\x00\x00l", "UTF-16BE", "2") == "\ufffdl"


@given(st.binary(max_size=200), st.text(max_size=12), st.sampled_from(["", "0", "1", "2", "9"]))
def test_every_byte_in_every_charset_is_a_text_that_can_be_kept(data: bytes, charset: str, coding: str) -> None:
    decoded(data, charset, coding).encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=160))
def test_what_a_citizen_writes_is_what_we_read(text: str) -> None:
    assert decoded(text.encode("utf-16-be"), "UTF-16BE", "2") == text
    assert decoded(text.encode(), "UTF-8", "0") == text


async def test_an_empty_text_is_passed_on(connection: Connection, inside: Inside) -> None:
    await call(connection, "GET", MESSAGE, query=incoming("", sender=BUDI, id="k1"))
    assert inside.taken[0].text == ""


@pytest.mark.parametrize("missing", ["from", "id"])
async def test_a_message_without_sender_or_id_is_400_and_the_next_is_taken(
    connection: Connection, inside: Inside, missing: str
) -> None:
    query = incoming("lampu", sender=BUDI, id="k1")
    lacking = "&".join(pair for pair in query.split("&") if not pair.startswith(missing + "="))
    assert (await call(connection, "GET", MESSAGE, query=lacking)).status == 400
    assert (await call(connection, "GET", MESSAGE, query=query)).status == 200
    assert len(inside.taken) == 1


@pytest.mark.parametrize("sender", ["TELKOMSEL", "1708", "123456", "3 Indonesia"])
async def test_a_robot_is_acknowledged_and_dropped(connection: Connection, inside: Inside, sender: str) -> None:
    assert (await call(connection, "GET", MESSAGE, query=incoming("promo", sender=sender, id="k1"))).status == 200
    assert inside.taken == []


async def test_a_store_that_is_away_is_the_webs_business_and_later_is_503(
    connection: Connection, inside: Inside
) -> None:
    query = incoming("lampu", sender=BUDI, id="k1")
    inside.away = True
    with pytest.raises(StoreAway):
        await call(connection, "GET", MESSAGE, query=query)
    inside.away, inside.answer = False, IntakeResult.LATER
    assert (await call(connection, "GET", MESSAGE, query=query)).status == 503


async def test_only_the_methods_of_the_chosen_provider_exist(connection: Connection) -> None:
    assert {(hook.method, hook.path) for hook in connection.hooks} == {("GET", MESSAGE), ("GET", RECEIPT)}


async def test_the_connection_is_ready_while_it_listens(connection: Connection) -> None:
    assert not connection.ready()
    async with listening(connection):
        assert connection.ready()
    assert not connection.ready()


async def test_an_sms_has_no_files(connection: Connection) -> None:
    with pytest.raises(FileAway) as failure:
        await connection.fetch(FileRef(fetch_id="http://127.0.0.1/x"))
    assert failure.value.final


# Senders


@pytest.mark.parametrize(
    ("raw", "one"),
    [
        ("+6281234567890", BUDI),
        ("6281234567890", BUDI),
        ("081234567890", BUDI),
        ("81234567890", BUDI),
        ("+62 812-3456-7890", BUDI),
        ("006281234567890", BUDI),
        ("+62081234567890", BUDI),
        (" 6281234567890 ", BUDI),
        ("02138202525", "+622138202525"),
        ("+15005550006", "+15005550006"),
        ("6591234567", "+6591234567"),
        ("8613800138000", "+8613800138000"),
        ("+999123456789", "+999123456789"),
    ],
)
def test_a_sender_is_one_person_however_a_carrier_writes_the_number(raw: str, one: str) -> None:
    assert address_of(raw) == Address(one)


@pytest.mark.parametrize(
    "raw", ["", "TELKOMSEL", "1708", "123456", "+123456", "0812abc345", "+", "٠٨١٢٣٤٥٦٧٨٩٠", "1" * 16]
)
def test_a_name_a_short_code_and_nonsense_are_nobody(raw: str) -> None:
    assert address_of(raw) is None


@given(st.from_regex(r"8[1-9][0-9]{7,9}", fullmatch=True))
def test_every_indonesian_mobile_number_is_one_person_in_all_its_writings(number: str) -> None:
    written = {address_of(prefix + number) for prefix in ("+62", "62", "0", "+620", "0062")}
    assert written == {Address("+62" + number)}


@given(st.from_regex(r"\+?[0-9]{7,15}", fullmatch=True))
def test_every_number_is_somebody_even_one_of_no_known_plan(raw: str) -> None:
    assert address_of(raw) is not None


# Receipts


async def test_a_receipt_comes_back_by_the_address_that_we_gave(
    kannel: KannelServer, connection: Connection, inside: Inside
) -> None:
    for number, kind in enumerate((1, 2, 16, 4, 8)):
        await connection.send(out(id=f"d{number}"))
        url = urlsplit(receipt(kannel.sent[-1].dlr_url, kind))
        assert f"{url.scheme}://{url.netloc}" == PUBLIC
        answer = await call(connection, "GET", url.path, query=url.query)
        assert (answer.status, answer.body) == (200, b"")
    assert inside.receipts == [("d0", True), ("d1", False), ("d2", False)]


async def test_a_secret_with_percent_signs_survives_kannels_escapes(kannel: KannelServer, inside: Inside) -> None:
    values = kannel.settings(PUBLIC) | {"KANNEL_SECRET": "a%d b%25&c=+"}
    connection = CHANNEL.connect(values, inside.callbacks())
    await connection.send(out())
    url = urlsplit(receipt(kannel.sent[0].dlr_url, 1))
    assert (await call(connection, "GET", url.path, query=url.query)).status == 200
    assert inside.receipts == [("delivery1", True)]
    assert [problem.setting for problem in CHANNEL.problems(values)] == ["KANNEL_SECRET"]


@pytest.mark.parametrize("rest", ["type=1", "id=d1", "id=&type=1", ""])
async def test_a_receipt_of_nothing_is_400(connection: Connection, rest: str) -> None:
    assert (await call(connection, "GET", RECEIPT, query=f"secret={SECRET}&{rest}")).status == 400


# What goes out


async def test_a_message_goes_to_smsbox_as_gsm_7(kannel: KannelServer, connection: Connection) -> None:
    text = "Laporan & kode 1234 5678 = 50% + é @ £ {x}\nbaris"
    assert await connection.send(out(text)) == "delivery1"
    [sent] = kannel.sent
    assert (sent.to, sent.sender, sent.text, sent.coding, sent.dlr_mask) == (BUDI, NUMBER, text, "0", "3")


async def test_words_of_staff_go_whole_in_two_segments(kannel: KannelServer, connection: Connection) -> None:
    text = ("Petugas: lampu & tiang diganti @ 09:00. " * 8)[: CHANNEL.profile.long_limit]
    assert (len(text), gsm7.septets(text)) == (306, 306)
    await connection.send(out(text))
    assert (kannel.sent[0].text, kannel.sent[0].coding) == (text, "0")


async def test_a_text_outside_gsm_7_goes_as_ucs2(kannel: KannelServer, connection: Connection) -> None:
    await connection.send(out("“tanda” 🌊"))
    assert (kannel.sent[0].text, kannel.sent[0].coding) == ("“tanda” 🌊", "2")


async def test_an_address_that_has_a_query_already_keeps_it(kannel: KannelServer, inside: Inside) -> None:
    values = kannel.settings(PUBLIC)
    values["KANNEL_SEND_URL"] += "?smsc=telkom"
    await CHANNEL.connect(values, inside.callbacks()).send(out())
    assert kannel.sent[0].text == "Laporan Anda diterima"


async def test_without_an_address_of_ours_no_receipt_is_asked_for(kannel: KannelServer, inside: Inside) -> None:
    values = kannel.settings("")
    await CHANNEL.connect(values, inside.callbacks()).send(out())
    assert (kannel.sent[0].dlr_url, kannel.sent[0].dlr_mask) == ("", "")
    assert [(problem.setting, problem.fatal) for problem in CHANNEL.problems(values)] == [("PUBLIC_URL", False)]


@pytest.mark.parametrize(
    "yes", [(202, "0: Accepted for delivery"), (202, "3: Queued for later delivery"), (200, "Sent.")]
)
async def test_accepted_and_queued_are_a_yes(
    kannel: KannelServer, connection: Connection, yes: tuple[int, str]
) -> None:
    kannel.accepted = yes
    assert await connection.send(out()) == "delivery1"


@pytest.mark.parametrize(
    ("answer", "final"),
    [
        ((400, "Garbage 'to' field, rejected."), True),
        ((403, "Authorization failed for sendsms"), False),
        ((403, "Not routable. Do not try again."), False),
        ((404, "Unknown request."), False),
        ((500, "Sending failed."), False),
        ((503, "Temporal failure, try again later."), False),
        ((302, ""), False),
    ],
)
async def test_a_refusal_is_final_only_for_a_number_that_can_never_be_served(
    kannel: KannelServer, connection: Connection, answer: tuple[int, str], *, final: bool
) -> None:
    kannel.answers.append(answer)
    with pytest.raises(DeliveryFailed) as failure:
        await connection.send(out())
    assert failure.value.final is final
    assert BUDI not in str(failure.value)
    assert await connection.send(out()) == "delivery1"


async def test_a_wrong_password_is_our_trouble_and_not_the_citizens(kannel: KannelServer, inside: Inside) -> None:
    values = kannel.settings(PUBLIC) | {"KANNEL_PASSWORD": "wrong"}
    with pytest.raises(DeliveryFailed) as failure:
        await CHANNEL.connect(values, inside.callbacks()).send(out())
    assert not failure.value.final


async def test_kannel_being_away_is_passing_and_the_error_tells_no_address(
    kannel: KannelServer, connection: Connection
) -> None:
    kannel.stop()
    with pytest.raises(DeliveryFailed) as failure:
        await connection.send(out())
    assert not failure.value.final
    assert not re.search(r"81234|secret|password|127\.0", str(failure.value) + failure.value.reason)


# Settings


def test_kannel_is_configured_when_its_five_settings_are_there(kannel: KannelServer) -> None:
    values = kannel.settings(PUBLIC)
    assert CHANNEL.configured(values)
    assert CHANNEL.sends(values)
    assert CHANNEL.problems(values) == ()
    for name in [name for name in values if name.startswith("KANNEL_")]:
        lacking = {key: value for key, value in values.items() if key != name}
        assert not CHANNEL.configured(lacking)
        assert [problem.setting for problem in CHANNEL.problems(lacking)] == [name]


def test_with_nothing_set_the_channel_is_off_without_a_problem() -> None:
    for values in ({}, {"SMS_PROVIDER": ""}, {"SMS_PROVIDER": "none"}, {"TWILIO_API_URL": "https://api.twilio.com"}):
        assert not CHANNEL.configured(values)
        assert not CHANNEL.sends(values)
        assert CHANNEL.problems(values) == ()
        with pytest.raises(ValueError, match="no SMS provider"):
            CHANNEL.connect(values, Inside().callbacks())


def test_an_unknown_provider_a_crooked_address_and_leftovers_are_named() -> None:
    [unknown] = CHANNEL.problems({"SMS_PROVIDER": "telegraf"})
    assert (unknown.setting, unknown.fatal) == ("SMS_PROVIDER", True)
    named = CHANNEL.problems({"KANNEL_FROM": "1708", "TWILIO_AUTH_TOKEN": "t", "TWILIO_API_URL": "http://x"})
    assert [problem.setting for problem in named] == ["TWILIO_AUTH_TOKEN", "TWILIO_API_URL", "KANNEL_FROM"]
    assert not any(problem.fatal for problem in named)


def test_a_problem_never_repeats_a_value(kannel: KannelServer) -> None:
    values = kannel.settings("") | {
        "KANNEL_SECRET": "KANARI &",
        "TWILIO_AUTH_TOKEN": "KANARI",
        "KANNEL_SEND_URL": "KANARI",
    }
    problems = CHANNEL.problems(values)
    assert len(problems) == 4
    assert "KANARI" not in repr(problems)


def test_an_sms_is_terse_gsm_7_and_echoes_nothing() -> None:
    profile = CHANNEL.profile
    assert (profile.name, profile.limit, profile.long_limit, profile.gsm7, profile.terse) == (
        "sms",
        160,
        306,
        True,
        True,
    )
    assert (profile.echo, profile.buttons, profile.options, profile.one_shot) == (False, False, 5, OneShot.KEYWORD)


# The configuration that is shipped


def groups() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    group: dict[str, str] = {}
    for line in CONFIGURATION.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, _, value = (part.strip() for part in line.partition("="))
            if name == "group":
                group = found.setdefault(value, {})
            else:
                group[name] = value.strip('"')
    return found


def test_the_shipped_get_url_is_the_one_that_the_hooks_read() -> None:
    assert groups()["sms-service"]["get-url"] == (
        "<PUBLIC_URL>/hooks/sms?secret=<KANNEL_SECRET>&id=%I&from=%p&to=%P&text=%b&coding=%c&charset=%C&time=%t"
    )


def test_no_log_of_the_shipped_configuration_has_room_for_a_number_or_a_text() -> None:
    every = groups()
    for group in ("core", "smsbox"):
        assert every[group]["log-level"] == "4"
    assert set(re.findall("%.", every["core"]["access-log-format"])) <= {"%t", "%l", "%i"}
    assert every["core"]["access-log-clean"] == "true"
    assert "access-log" not in every["smsbox"]
    assert not any("syslog-level" in group for group in every.values())


def test_the_shipped_configuration_joins_parts_answers_nothing_and_brings_again() -> None:
    every = groups()
    assert every["core"]["sms-combine-concatenated-mo"] == "true"
    assert every["sms-service"]["max-messages"] == "0"
    assert every["sms-service"]["omit-empty"] == "true"
    assert int(every["smsbox"]["http-request-retry"]) > 0
    assert every["smsbox"]["sendsms-interface"] == "127.0.0.1"


def test_the_shipped_configuration_cuts_no_text_of_two_segments() -> None:
    sends = groups()["sendsms-user"]
    assert sends["concatenation"] == "true"
    assert int(sends["max-messages"]) >= 2  # without it Kannel sends the first one and drops the rest


def test_the_readme_says_every_name_that_is_to_be_filled_in() -> None:
    names = set(re.findall(r"<[A-Z_]+>", CONFIGURATION.read_text(encoding="utf-8")))
    readme = CONFIGURATION.with_name("README.md").read_text(encoding="utf-8")
    assert len(names) == 11
    assert [name for name in names if f"`{name}`" not in readme] == []


@pytest.mark.parametrize("typed", ["0812 3456 7890", "+62 812-3456-7890", "6281234567890", "81234567890"])
def test_a_number_that_is_written_down_is_the_one_that_its_owner_writes_from(typed: str) -> None:
    assert own_number(typed) == address_of("+6281234567890")


@pytest.mark.parametrize("typed", ["", "1708", "021-3822212", "0812", "siti", "08123456789012345", "+999123456789"])
def test_what_cannot_get_an_sms_is_no_number(typed: str) -> None:
    assert own_number(typed) is None
