"""A report is taken back at once by who is known to have sent it, else after a day in which they may object."""

from datetime import timedelta

import pytest

from core.casework import process_deadlines
from core.model import Act, Status
from core.record import Turn
from tests.fakes.officers import Officers
from tests.fakes.town import Citizen, Town
from tests.test_intake_standing import digits_of

STORY = "LAPOR Jalan berlubang besar di kelurahan cikini, sudah seminggu."


def passes(town: Town, **hours: int) -> None:
    town.clock.passes(**hours)
    now = town.clock.now()
    town.store.run(lambda tx: process_deadlines(Turn(tx, now, town.context)))
    town.post()


def filed(channel: str, *proved: str) -> tuple[Town, Citizen, str]:
    town = Town(proved=proved)
    citizen = town.citizen(channel, "budi@warga.example")
    return town, citizen, citizen.writes(STORY).code


@pytest.mark.parametrize("channel", ["sms", "mail"])
def test_from_a_claimed_address_it_takes_a_day_whoever_that_is(channel: str) -> None:
    said = []
    for who in ("budi@warga.example", "somebody@else.example"):
        town, _, code = filed(channel)
        said.append(
            town.citizen(channel, who).writes(f"CABUT {code}").text.replace(code[-4:], "####").split("Rujukan")[0]
        )
        stood = [town.reports[0].status]
        for hours in (23, 2):
            passes(town, hours=hours)
            stood.append(town.reports[0].status)
        assert stood == [Status.MENUNGGU, Status.MENUNGGU, Status.DICABUT]
    assert said[0] == said[1]


def test_who_is_proved_to_have_sent_it_takes_it_back_at_once() -> None:
    town, budi, code = filed("sms", "sms")
    budi.writes(f"CABUT {code}")
    assert town.reports[0].status is Status.DICABUT


def test_by_sms_four_digits_object_and_it_stays() -> None:
    town, budi, code = filed("sms")
    town.citizen("telegram", "thief").writes(f"CABUT {code}")
    asked = budi.news[-1]
    told = budi.writes(f"{digits_of(asked)} 1")
    assert "tidak dicabut" in told.text
    passes(town, hours=48)
    assert town.reports[0].status is Status.MENUNGGU
    assert [each.act for each in Officers(town).history(town.reports[0])][-2:] == [Act.ASK_WITHDRAWAL, Act.OBJECT]


def test_by_mail_a_reply_objects_and_on_telegram_a_button() -> None:
    town, budi, code = filed("mail")
    town.citizen("telegram", "thief").writes(f"CABUT {code}")
    assert "tidak dicabut" in budi.replies_to(budi.news[-1], "Jangan, bukan saya yang minta").text
    town = Town()
    siti = town.citizen("telegram", "siti")
    told = [siti.writes(words) for words in ("/start jalan_rusak", "lubang di jalan itu", "kelurahan cikini", "ya")]
    code = told[-1].code
    town.citizen("sms", "thief").writes(f"CABUT {code}")
    asked = siti.news[-1]
    assert "tidak dicabut" in siti.presses_news(asked, asked.options[0].label).text


def test_nobody_is_asked_twice_and_a_report_that_ended_meanwhile_is_not_withdrawn_when_it_is_opened_again() -> None:
    town, budi, code = filed("sms")
    thief = town.citizen("telegram", "thief")
    thief.writes(f"CABUT {code}")
    count = len(budi.news)
    assert "sudah ada" in thief.writes(f"CABUT {code}").text
    assert len(budi.news) == count
    officers = Officers(town)
    officers.solve(town.reports[0])
    budi.writes(f"{code} 2 masih rusak")
    assert town.reports[0].status is Status.PROSES
    passes(town, hours=48)
    assert town.reports[0].status is Status.PROSES


def test_the_clock_looks_when_the_day_is_over() -> None:
    town, _, code = filed("sms")
    town.citizen("telegram", "thief").writes(f"CABUT {code}")
    alarm = town.reports[0].alarm
    assert alarm is not None
    assert alarm - town.clock.now() <= timedelta(hours=24)


def test_forgetting_is_at_once_from_anywhere() -> None:
    town, _, code = filed("sms")
    town.citizen("mail", "somebody@else.example").writes(f"LUPAKAN {code}")
    assert not town.store.state.contacts
