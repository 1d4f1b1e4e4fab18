"""A photo that comes behind its report, or behind an answer: it is asked whose it is, and never a report of nothing."""

import pytest

from core.model import Act
from core.phrases import phrase
from tests.fakes import filed_case
from tests.fakes.town import Citizen, Town

STORY = "lampu jalan mati sudah seminggu di kelurahan cikini"
CHATS = ("telegram", "whatsapp")


def filed(channel: str) -> tuple[Town, Citizen, str]:
    town = Town()
    budi = town.citizen(channel)
    budi.writes(STORY)
    code = budi.writes("kirim").code
    assert code
    return town, budi, code[-4:]


def added(town: Town) -> list[tuple[str, int]]:
    (report,) = town.reports
    history = town.store.run(lambda tx: tx.reports.history(report.id))
    return [(entry.text, len(entry.files)) for entry in history if entry.act is Act.ADD]


@pytest.mark.parametrize("channel", CHATS)
@pytest.mark.parametrize("caption", ["", "ini fotonya", "ini lampunya", "maaf ketinggalan"])
def test_a_photo_behind_a_report_goes_to_it_when_its_sender_says_so(channel: str, caption: str) -> None:
    town, budi, last4 = filed(channel)
    asked = budi.sends_photo(caption)
    assert phrase("ask_which_report", "id") in asked.text
    assert [option.label for option in asked.options] == [f"...{last4}", "Laporan baru"]
    assert last4 in budi.writes("1").text
    assert added(town) == [(caption or phrase("only_photo", "id"), 1)]


def test_several_photos_one_by_one_go_together() -> None:
    town, budi, last4 = filed("whatsapp")
    budi.sends_photo()
    budi.sends_photo()
    budi.writes(last4)
    assert added(town) == [(phrase("only_photo", "id"), 2)]


def test_an_album_is_asked_about_once() -> None:
    town, budi, last4 = filed("telegram")
    budi.sends_photo(group="album")
    assert not budi.sends_photo(group="album").text
    budi.writes(last4)
    assert added(town) == [(phrase("only_photo", "id"), 2)]


def test_a_photo_of_something_new_begins_another_report() -> None:
    town, budi, _ = filed("telegram")
    budi.sends_photo()
    assert phrase("ask_story_photo", "id") in budi.writes("laporan baru").text
    assert "Berkas: 1" in budi.writes("sampah menumpuk di kelurahan cikini").text
    assert not added(town)


def test_a_photo_with_a_story_of_its_own_is_not_asked_about() -> None:
    _, budi, _ = filed("telegram")
    assert "Berkas: 1" in budi.sends_photo("sampah menumpuk di kelurahan menteng sudah seminggu").text


@pytest.mark.parametrize(
    "words",
    ["fotonya ketinggalan", "foto nyusul ya", "eh lupa fotonya", "mau nambah foto dong", "bisa kirim foto lagi?",
     "saya punya videonya juga, boleh dikirim?", "I forgot the photo"],
)  # fmt: skip
def test_who_announces_a_photo_behind_a_report_is_told_to_send_it(words: str) -> None:
    town, budi, last4 = filed("telegram")
    told = budi.writes(words).text
    assert last4 in told
    assert told in {phrase("photo_later", lang, last4=last4) for lang in ("id", "en")}
    budi.sends_photo()
    budi.writes("1")
    assert len(added(town)) == 1


def test_a_photo_behind_an_answer_goes_to_its_report() -> None:
    case = filed_case.filed("telegram")
    case.town.clock.passes(days=3)
    case.asks("Fotonya ada?")
    case.citizen.writes("ada pak bentar")
    assert phrase("ask_which_report", "id") in case.citizen.sends_photo("ini").text
    case.citizen.writes("1")
    assert case.added == ["ini"]
    assert case.shown
