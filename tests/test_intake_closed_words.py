"""A report of one message tells what was closed in it, and a reply closes more; counted by kind."""

import re

import pytest

from core.model import Status
from core.phrases import gsm7
from tests.fakes.town import Told, Town

STORY = "Lampu jalan mati di Kelurahan Cikini depan warung Bu Siti. Saya Budi Santoso, telepon 0812-3456-7890."
CLEAN = "Lampu jalan mati di Kelurahan Cikini sejak Senin."
AFTER = "Lampu jalan mati di Kelurahan Cikini depan [keterangan]. Saya [nama], telepon [telepon]."


def digits_of(told: Told) -> str:
    found: list[str] = re.findall(r"(?<![\d.-])\d{4}(?![\d-])", told.text)
    return found[-1]


@pytest.mark.parametrize("proved", [(), ("mail",)])
def test_a_mail_is_told_the_kinds_and_a_reply_in_its_thread_closes_more(proved: tuple[str, ...]) -> None:
    town = Town(proved=proved)
    budi = town.citizen("mail")
    told = budi.writes(STORY)
    assert "nama, telepon" in told.text
    assert "tutup, lalu katanya" in told.text
    assert "ubah" in budi.writes("tolong tutup warung Bu Siti ya pak", in_thread=True).text
    assert town.reports[0].text == AFTER
    assert town.store.state.closings == {("third_party", "closed"): 1}


def test_a_mail_without_traces_is_told_how_to_close_words_too() -> None:
    told = Town().citizen("mail").writes(CLEAN).text
    assert "tutup, lalu katanya" in told


@pytest.mark.parametrize("proved", [(), ("sms",)])
def test_an_sms_is_told_the_kinds_in_one_segment_and_a_reply_closes_more(proved: tuple[str, ...]) -> None:
    town = Town(proved=proved)
    budi = town.citizen("sms")
    told = budi.writes(f"LAPOR {STORY}")
    assert "Ditutup: nama, telepon." in told.text
    assert (gsm7.septets(told.text) or 999) <= 160
    digits = "" if proved else f"{digits_of(told)} "
    budi.writes(f"{digits}tutup warung Bu Siti")
    assert town.reports[0].text == AFTER


def test_nobody_else_closes_anything() -> None:
    town = Town(proved=())
    town.citizen("sms", "victim").writes(f"LAPOR {STORY}")
    before = town.reports[0]
    forger = town.citizen("sms", "victim")
    for words in ("tutup Cikini", "tutup lampu", "0000 tutup lampu"):
        forger.writes(words)
        forger.writes_forged(words)
    assert town.reports == [before]
    assert not town.store.state.closings


def test_words_that_are_not_in_the_report_are_said_not_to_be() -> None:
    town = Town()
    budi = town.citizen("mail")
    budi.writes(STORY)
    before = town.reports[0]
    assert "tidak kami temukan" in budi.writes("tutup Pak Anu", in_thread=True).text
    assert town.reports == [before]


def test_a_report_that_ended_is_closed_no_more() -> None:
    town = Town()
    budi = town.citizen("mail")
    budi.writes(STORY)
    told = budi.last
    report = town.reports[0]
    town.store.state.reports[report.id] = report.__class__(
        **{f: getattr(report, f) for f in report.__slots__} | {"status": Status.SELESAI}
    )
    budi.writes("tutup warung Bu Siti", in_thread=True)
    assert "Bu Siti" in town.reports[0].text
    assert told.code


@pytest.mark.parametrize(
    "text", ["tutup got hilang dicuri orang di depan pasar Tebet", "tutup saluran pecah di Cikini, motor jatuh"]
)
def test_a_new_problem_that_begins_with_a_lid_is_no_order(text: str) -> None:
    town = Town()
    budi = town.citizen("sms")
    budi.writes(f"LAPOR {CLEAN}")
    before = town.reports[0].text
    assert "tidak ada di cerita" not in budi.writes(text).text
    assert town.reports[0].text == before
