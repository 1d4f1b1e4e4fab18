"""Two numbers of one channel: who wrote to one of them is answered from it, and a city may count them apart."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bots.sms import CHANNEL
from bots.sms.our_numbers import OurNumbers
from core.messages import Address, Connection, Incoming, Outgoing
from tests.fakes import kannel_server, twilio_server
from tests.fakes.kannel_server import KannelServer
from tests.fakes.sms_callbacks import Inside, call
from tests.fakes.town import Town
from tests.fakes.twilio_server import TwilioServer

BUDI = "+6281234567890"
BOTH = "1708, 08111272206"
NOTED = Address(f"{BUDI}>08111272206")


@pytest.fixture
def kannel() -> Iterator[KannelServer]:
    with KannelServer() as server:
        yield server


@pytest.fixture
def inside() -> Inside:
    return Inside()


@pytest.fixture
def connection(kannel: KannelServer, inside: Inside) -> Connection:
    return CHANNEL.connect(kannel.settings("https://resi.example") | {"KANNEL_FROM": BOTH}, inside.callbacks())


async def writes(connection: Connection, to: str, id_: str = "1") -> None:
    query = kannel_server.incoming("LAPOR lampu mati", sender=BUDI, id=id_, to=to)
    assert (await call(connection, "GET", "/hooks/sms", query=query)).status == 200


@pytest.mark.parametrize("to", ["08111272206", "+628111272206", "628111272206", "8111272206"])
async def test_which_number_was_written_to_goes_along_with_the_sender(
    connection: Connection, inside: Inside, to: str
) -> None:
    await writes(connection, to)
    assert (inside.taken[0].sender, inside.taken[0].counted_as) == (NOTED, "")


async def test_whoever_writes_to_two_numbers_is_one_person(connection: Connection, inside: Inside) -> None:
    for at, to in enumerate(("1708", "08111272206")):
        await writes(connection, to, str(at))
    assert len({each.sender for each in inside.taken}) == 2
    assert {each.author for each in inside.taken} == {Address(BUDI)}


@pytest.mark.parametrize("to", ["1708", "+1708", "", "999", "Resi"])
async def test_the_first_number_and_one_that_is_none_of_ours_leave_the_address_as_it_was(
    connection: Connection, inside: Inside, to: str
) -> None:
    await writes(connection, to)
    assert (inside.taken[0].sender, inside.taken[0].counted_as) == (Address(BUDI), "sms1708")


async def test_the_answer_leaves_from_the_number_that_was_written_to(
    kannel: KannelServer, connection: Connection
) -> None:
    for to in (Address(BUDI), NOTED, Address(f"{BUDI}>4444")):
        await connection.send(Outgoing(to, "Laporan Anda diterima", "delivery1"))
    assert [(sms.sender, sms.to) for sms in kannel.sent] == [
        ("1708", BUDI),
        ("08111272206", BUDI),
        ("1708", BUDI),  # a number that we had once
    ]


async def test_with_one_number_nothing_is_noted_or_counted_apart(kannel: KannelServer, inside: Inside) -> None:
    connection = CHANNEL.connect(kannel.settings("https://resi.example"), inside.callbacks())
    await writes(connection, "08111272206")
    assert (inside.taken[0].sender, inside.taken[0].counted_as) == (Address(BUDI), "")


async def test_twilio_has_several_as_well(inside: Inside) -> None:
    with TwilioServer() as twilio:
        settings = twilio.settings("https://resi.example") | {"TWILIO_FROM": "+15005550006,+15005550007"}
        connection = CHANNEL.connect(settings, inside.callbacks())
        fields = twilio_server.incoming("lampu mati", sender=BUDI, sid="SM1", to="+15005550007")
        body, headers = twilio_server.signed("https://resi.example/hooks/sms", fields)
        assert (await call(connection, "POST", "/hooks/sms", body=body, headers=headers)).status == 200
        [envelope] = inside.taken
        await connection.send(Outgoing(envelope.sender, "Laporan Anda diterima", "delivery1"))
        assert [(sms.sender, sms.to) for sms in twilio.sent] == [("+15005550007", BUDI)]


def test_the_address_prints_as_one_whatever_is_noted_in_it() -> None:
    assert repr(NOTED) == str(NOTED) == "<address>"
    assert OurNumbers(BOTH).split(NOTED) == (BUDI, "08111272206")


def test_what_the_doctor_says_of_several(kannel: KannelServer) -> None:
    def wrong(numbers: str) -> list[str]:
        return [
            each.setting for each in CHANNEL.problems(kannel.settings("https://r.example") | {"KANNEL_FROM": numbers})
        ]

    assert wrong(BOTH) == wrong("LAPOR") == wrong("1708,,1708") == []
    assert wrong("1708, LAPOR") == wrong("1708,0811 127") == ["KANNEL_FROM"]
    assert CHANNEL.reached_at is not None
    assert CHANNEL.reached_at(kannel.settings("https://r.example") | {"KANNEL_FROM": BOTH}) == "1708, 08111272206"


def test_a_report_is_counted_under_the_number_that_the_city_names_and_told_by_sms() -> None:
    town = Town()
    budi = town.citizen("sms", BUDI)
    envelope = replace(budi.begun(), text="LAPOR lampu jalan mati di kelurahan cikini", counted_as="sms1708")
    assert budi.sends(Incoming(envelope)).code, "sent by sms, as ever"
    [report] = town.reports
    assert report.channel == "sms1708"
