"""Files that go with a report, and what is said of those that were not taken."""

from dataclasses import replace

import pytest

from core.conversation.attachments import COMPLAINTS
from core.messages import Incoming
from core.phrases import phrase, terse_of
from tests.fakes.intake_steps import only
from tests.fakes.town import PHOTO, Town


def test_photos_go_with_the_report_and_closed_words_too() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.sends_photo("lampu jalan mati di kelurahan cikini, hubungi saya 081234567890")
    budi.presses("Kirim")
    report = only(town)
    assert report.files == (PHOTO,)
    assert "0812" not in report.text
    assert "lampu jalan mati" in report.text


@pytest.mark.parametrize("refused", sorted(COMPLAINTS))
@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("mail", "Lampu jalan mati di kelurahan cikini sejak kemarin malam"),
        ("sms", "LAPOR lampu jalan mati di kelurahan cikini sejak kemarin malam"),
        ("sms", "lampu jalan mati di kelurahan cikini sejak kemarin malam"),
        ("telegram", "/lapor"),
    ],
)
def test_the_reply_with_the_code_says_which_file_was_not_taken(channel: str, words: str, refused: str) -> None:
    town = Town()
    told = town.citizen(channel).sends_photo(words, refused=(refused,))
    if channel != "telegram":  # where nothing is filed from one message
        assert told.code
        assert only(town).files == ()
    said = terse_of if channel == "sms" else phrase
    assert said(refused, "id") in told.text


@pytest.mark.parametrize("channel", ["mail", "sms", "telegram"])
@pytest.mark.parametrize("proved", [(), ("sms",)])
@pytest.mark.parametrize(
    "words",
    ["{} tiangnya nomor 12", "TAMBAH {} tiangnya nomor 12", "TAMBAH {}", "{}", "terima kasih", "", "di depan masjid",
     "CABUT {}", "bantuan"],
)  # fmt: skip
def test_whatever_is_answered_a_file_that_was_not_taken_is_said(
    channel: str, proved: tuple[str, ...], words: str
) -> None:
    town = Town(proved=proved)
    budi = town.citizen(channel)
    told = budi.writes("/lapor lampu jalan mati di kelurahan cikini sejak kemarin malam")
    code = told.code or budi.presses("Kirim").code
    answer = budi.sends_photo(words.format(code), refused=("file_archive",))
    said = terse_of if channel == "sms" else phrase
    assert said("file_archive", "id") in answer.text


def test_one_mail_says_each_kind_of_file_once_that_was_not_taken() -> None:
    town = Town()
    envelope = replace(town.citizen("mail").begun(), text="Lampu jalan mati di kelurahan cikini sejak kemarin malam")
    refused = ("file_archive", "file_office", "file_archive")
    told = town.citizen("mail").sends(Incoming(envelope, (PHOTO,), refused))
    assert told.code
    assert only(town).files == (PHOTO,)
    assert told.text.count(phrase("file_archive", "id")) == 1
    assert told.text.count(phrase("file_office", "id")) == 1


def test_of_several_files_it_is_said_which_were_not_taken() -> None:
    town = Town()
    envelope = replace(town.citizen("mail").begun(), text="Lampu jalan mati di kelurahan cikini sejak kemarin malam")
    incoming = Incoming(envelope, (PHOTO,), ("file_archive", "file_archive"), refused_at=(1, 3))
    told = town.citizen("mail").sends(incoming)
    assert phrase("file_numbers", "id", numbers="1, 3") in told.text
    assert told.text.index("1, 3") > told.text.index(phrase("file_archive", "id"))
    alone = replace(town.citizen("mail").begun(), text="Lampu jalan mati di kelurahan cikini sejak kemarin dini hari")
    told = town.citizen("mail").sends(Incoming(alone, (), ("file_archive",), refused_at=(1,)))
    assert "lampiran ke-" not in told.text
