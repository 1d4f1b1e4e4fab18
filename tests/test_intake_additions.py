"""By its code words and photos are added to a report, and it is taken back."""

import pytest

from core import tracking
from core.model import Act, Status
from core.phrases import phrase
from tests.fakes.filed_case import CHANNELS, filed
from tests.fakes.town import Town


@pytest.mark.parametrize("channel", CHANNELS)
def test_words_are_added_by_the_code(channel: str) -> None:
    case = filed(channel)
    told = case.citizen.writes(f"TAMBAH {case.code} lubangnya ada tiga")
    assert case.added == ["lubangnya ada tiga"]
    assert case.last4 in told.text


def test_photos_are_added_by_the_code_with_or_without_words() -> None:
    case = filed("telegram")
    case.citizen.sends_photo(f"TAMBAH {case.code} dari dekat")
    case.citizen.sends_photo(f"TAMBAH {case.code}")
    case.citizen.sends_photo(case.code)
    assert case.added == ["dari dekat", phrase("only_photo", "id"), phrase("only_photo", "id")]
    assert len(case.shown) == 3
    assert len(case.town.reports) == 1
    assert case.citizen.dialogue is None or not case.citizen.dialogue.draft.files


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_code_alone_asks_what_to_add_and_the_next_message_is_it(channel: str) -> None:
    case = filed(channel)
    told = case.citizen.writes(f"TAMBAH {case.code}")
    assert case.last4 in told.text
    case.citizen.writes("1", in_thread=channel == "mail")
    assert case.added == ["1"]
    assert phrase("add_usage", "id").split(",")[0] in case.citizen.writes("TAMBAH").text


def test_what_is_added_is_closed_as_a_report_is() -> None:
    case = filed("sms")
    case.citizen.writes(f"TAMBAH {case.code} telepon saya 081234567890, lubangnya tiga")
    assert "081234567890" not in case.added[0]
    assert "lubangnya tiga" in case.added[0]


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_an_addition_to_a_closed_report_is_answered_with_what_can_be_done(channel: str) -> None:
    case = filed(channel)
    case.officers.do(case.report, Act.REJECT, "Bukan wewenang kami")
    told = case.citizen.writes(f"TAMBAH {case.code} masih rusak")
    assert "ditutup" in told.text
    assert case.added == []
    done = filed(channel, town=Town())
    done.solved()
    told = done.citizen.writes(f"TAMBAH {done.code}")
    assert "2" in told.text
    assert "selesai" in told.text
    told = done.citizen.writes(f"{done.code} lubangnya muncul di sebelahnya")
    assert "2" in told.text
    assert done.now.status is Status.SELESAI


def test_a_photo_with_a_wrong_code_is_asked_for_again() -> None:
    case = filed("telegram")
    wrong = tracking.shown(tracking.new_code(case.town.context.rng))
    for caption in (wrong, f"TAMBAH {wrong}", wrong[:-1]):
        told = case.citizen.sends_photo(caption)
        assert phrase("photo_again", "id") in told.text
    assert case.shown == []


def test_what_is_added_to_a_report_that_was_purged_meanwhile_is_not_said_to_be_kept() -> None:
    case = filed("telegram")
    case.citizen.writes(f"TAMBAH {case.code}")
    del case.town.store.state.reports[case.report.id]
    told = case.citizen.sends_photo("lubangnya tiga")
    assert phrase("answer_over", "id") in told.text
    assert phrase("photo_again", "id") in told.text
    assert case.citizen.dialogue is None or case.citizen.dialogue.free


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_a_report_is_taken_back_by_its_code_and_its_history_stays(channel: str) -> None:
    case = filed(channel)
    case.asks()
    told = case.citizen.writes(f"CABUT {case.code} sudah diurus warga")
    assert "dicabut" in told.text
    assert case.now.status is Status.DICABUT
    assert [entry.act for entry in case.officers.history(case.report)] == [Act.FILED, Act.ASK, Act.WITHDRAW]
    assert not case.town.awaited
    assert "Dicabut" in case.citizen.writes(f"CEK {case.code}").text
    assert "Dicabut" in case.citizen.writes(f"CABUT {case.code}").text, "a second time it says how it stands"
    assert len(case.officers.history(case.report)) == 3


def test_who_filed_it_hears_when_somebody_else_with_the_code_takes_it_back() -> None:
    case = filed("telegram")
    case.town.citizen("sms", "somebody").writes(f"CABUT {case.code}")
    assert "dicabut" in case.citizen.news[-1].text
    mine = filed("telegram", town=Town())
    mine.citizen.writes(f"CABUT {mine.code}")
    assert mine.citizen.news == []


def test_taking_back_without_a_code_and_with_a_wrong_one_is_answered() -> None:
    case = filed("sms")
    assert "CABUT" in case.citizen.writes("CABUT").text
    wrong = tracking.new_code(case.town.context.rng)
    told = case.citizen.writes(f"CABUT {tracking.shown(wrong)}")
    assert "tidak ada" in told.text
    assert case.now.status is Status.MENUNGGU


@pytest.mark.parametrize("channel", ["telegram", "sms", "mail"])
def test_what_is_added_may_stand_behind_the_code_in_either_order(channel: str) -> None:
    case = filed("telegram")
    told = case.town.citizen(channel, "somebody").writes(f"{case.code} tambah ada tiga lampu")
    assert case.added == ["ada tiga lampu"]
    assert case.last4 in told.text


def test_a_code_and_then_that_it_is_taken_back_or_forgotten_is_what_it_says() -> None:
    case = filed("telegram")
    assert "kami hapus" in case.citizen.writes(f"{case.code} lupakan").text
    case.citizen.writes(f"{case.code} cabut")
    assert case.now.status is Status.DICABUT or case.now.handling.withdrawal is not None


@pytest.mark.parametrize(
    "words",
    [
        "Lubangnya yang di depan rumah nomor 12 ya",
        "Maaf saya lupa bilang kemarin, yang saya maksud itu yang sebelah kanan kalau dari arah pasar",
        "Two children fell there last night",
        "tadi malam ada anak jatuh malam-malam",
    ],
)
def test_who_answers_the_mail_with_the_code_tells_more_of_the_same(words: str) -> None:
    case = filed("mail")
    told = case.citizen.replies_to(case.citizen.newest, words)
    assert case.added == [words]
    assert case.last4 in told.text
    assert len(case.town.reports) == 1


@pytest.mark.parametrize(
    "words",
    [
        "ok",
        "baik, terima kasih pak",
        "ya",
        "unsubscribe",
        "kapan diperbaiki?",
        "siapa yang baca ini?",
        "sampah menumpuk di kali depan SD sudah bau sekali",
        "gila ada tawuran pakai celurit sekarang",
    ],
)
def test_what_is_no_more_of_it_is_not_added_in_the_thread_either(words: str) -> None:
    case = filed("mail")
    case.citizen.replies_to(case.citizen.newest, words)
    assert case.added == []
