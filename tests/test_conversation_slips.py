"""What was sent is put right in few words, for a day, whether it was filed from one message or after questions."""

import pytest

from core.conversation import slips
from core.model import Act, Step
from core.phrases import phrase
from tests.fakes.town import Citizen, Town

STORY = "lampu jalan mati sudah seminggu di kelurahan cikini"


def filed() -> tuple[Town, Citizen]:
    """From one message."""
    town = Town()
    budi = town.citizen("sms")
    assert budi.writes(STORY).code
    return town, budi


def added(town: Town) -> list[str]:
    (report,) = town.reports
    history = town.store.run(lambda tx: tx.reports.history(report.id))
    return [entry.text for entry in history if entry.act is Act.ADD]


def seen() -> tuple[Town, Citizen]:
    """Led through questions, with the summary sent."""
    town = Town()
    budi = town.citizen("telegram")
    budi.writes(STORY)
    assert budi.presses("Kirim").code
    return town, budi


SENT = {"one message": filed, "guided": seen}


@pytest.mark.parametrize("sent", SENT)
@pytest.mark.parametrize(
    "words",
    [
        "salah tempat, harusnya Tebet Barat",
        "eh salah, harusnya tebet barat",
        "bukan cikini tapi tebet barat",
        "maaf pak alamatnya keliru, yang benar tebet barat",
        "tebet barat deng, bukan cikini",
        "maksud saya tebet barat",
        "ralat: tebet barat",
        "tolong diubah lokasinya ke tebet barat",
        "ganti jadi tebet barat",
        "salah, di tebet barat",
        "bukan disitu, di tebet barat",
        "typo, tebet barat maksudnya",
        "sorry wrong place, should be tebet barat",
    ],
)
def test_a_place_is_put_right_in_few_words(sent: str, words: str) -> None:
    town, budi = SENT[sent]()
    assert "Tebet Barat" in budi.writes(words).text
    (report,) = town.reports
    assert (report.place.area, report.category) == ("31.74.01.1002", "pju")
    budi.writes("bukan, maksudnya manggarai")
    assert town.reports[0].place.area == "31.74.01.1007", "as often as they like"


@pytest.mark.parametrize("sent", SENT)
@pytest.mark.parametrize(
    "words",
    [
        "bukan lampu, tapi jalan berlubang",
        "salah, harusnya jalan rusak",
        "eh maksudnya jalan berlubang",
        "jenisnya salah, yang benar jalan rusak",
        "maksudku jalan rusak",
        "bukan lampu, itu jalan berlubang",
    ],
)
def test_a_kind_is_put_right_in_few_words_that_its_office_can_read(sent: str, words: str) -> None:
    town, budi = SENT[sent]()
    assert "Jalan rusak" in budi.writes(words).text
    (report,) = town.reports
    assert (report.place.area, report.category) == ("31.71.06.1003", "jalan_rusak")
    history = town.store.run(lambda tx: tx.reports.history(report.id))
    assert [entry.text for entry in history if entry.act is Act.CORRECTED] == [words]


@pytest.mark.parametrize("sent", SENT)
def test_both_are_put_right_at_once(sent: str) -> None:
    town, budi = SENT[sent]()
    budi.writes("salah, harusnya jalan berlubang di tebet barat")
    (report,) = town.reports
    assert (report.place.area, report.category) == ("31.74.01.1002", "jalan_rusak")


@pytest.mark.parametrize("sent", SENT)
def test_a_place_that_is_in_doubt_is_asked_for(sent: str) -> None:
    town, budi = SENT[sent]()
    budi.writes("salah tempat, harusnya jatinegara")
    assert budi.dialogue is not None
    assert budi.dialogue.step is Step.WHICH_PLACE
    budi.writes("1")
    (report,) = town.reports
    assert report.place.area != "31.71.06.1003"


@pytest.mark.parametrize("words", ["salah tempat", "ganti tempat"])
def test_who_saw_it_before_it_was_sent_can_change_its_place_and_kind_too(words: str) -> None:
    town, budi = seen()
    budi.writes(words)
    budi.writes("manggarai")
    assert town.reports[0].place.area == "31.74.01.1007"
    asked = budi.writes("ganti jenis")
    assert asked.options
    budi.writes("1")
    assert town.reports[0].place.area == "31.74.01.1007"


@pytest.mark.parametrize("words", ["tebet barat", "jalan rusak", "ya", "1", "halo", "terima kasih pak"])
def test_who_saw_it_before_it_was_sent_changes_nothing_by_a_bare_word(words: str) -> None:
    town, budi = seen()
    before = town.reports
    assert phrase("filed_help", "id") not in budi.writes(words).text, "no number was offered"
    assert town.reports == before


def test_a_location_begins_something_new_where_all_was_seen_and_of_a_photo_it_is_asked() -> None:
    town, budi = seen()
    before = town.reports
    assert phrase("ask_story", "id") in budi.points(-6.2443, 106.8460).text
    assert town.reports == before
    town, budi = seen()
    assert phrase("ask_which_report", "id") in budi.sends_photo().text
    assert phrase("ask_story_photo", "id") in budi.presses("Laporan baru").text


@pytest.mark.parametrize(
    "words", ["bukan cuma satu lampu, tapi tiga", "harusnya segera diperbaiki", "maksudnya lampu yang di ujung gang"]
)
def test_what_tells_more_of_the_same_puts_nothing_in_its_place(words: str) -> None:
    town, budi = filed()
    budi.writes(words)
    assert added(town) == [words]
    assert town.reports[0].category == "pju"


def test_a_day_later_it_is_told_how_a_report_is_changed() -> None:
    town, budi = seen()
    town.clock.passes(days=1, minutes=1)
    assert budi.writes("salah tempat, harusnya Tebet Barat").text == phrase("remark_change", "id")
    assert town.reports[0].place.area == "31.71.06.1003"


@pytest.mark.parametrize(
    ("text", "slip"),
    [("eh salah, harusnya tebet barat", True), ("salah, bukan manggarai tapi bukit duri", True),
     ("ralat, maksudnya gambir", True), ("sorry wrong, should be gambir", True), ("salah satu warga sakit", False),
     ("salah parkir di trotoar bukan sekali", False), ("harusnya tebet barat", False), ("salah", False)],
)  # fmt: skip
def test_few_words_that_begin_with_a_slip_correct_what_was_sent(text: str, slip: bool) -> None:  # noqa: FBT001 - a column of the table
    assert slips.corrects(text) is slip


@pytest.mark.parametrize("told", ["depan masjid al ikhlas", "a location"])
def test_the_area_that_is_asked_for_behind_an_address_or_a_location_is_taken(told: str) -> None:
    town, budi = seen()
    budi.writes("ganti tempat")
    asked = budi.points(-6.2443, 106.8460) if told == "a location" else budi.writes(told)
    assert phrase("ask_area", "id") in asked.text
    assert "foto" not in asked.text
    budi.writes("manggarai")
    assert town.reports[0].place.area == "31.74.01.1007"


@pytest.mark.parametrize(
    "words",
    [
        "bukan main jalan di tebet barat rusak parah tapi belum diperbaiki",
        "bukan main rusaknya tapi dibiarkan di tebet barat",
        "bukan main, pohon tumbang di tebet barat",
        "salah satu pohon tumbang, menutup jalan di tebet barat",
        "ganti lampu jalan di tebet barat",
        "tolong pindahkan tiang listrik ke tebet barat",
        "salah satu pohon tumbang tapi belum diangkut di tebet barat",
        "salah parkir di trotoar tapi dibiarkan di tebet barat",
        "harusnya tidak boleh parkir di trotoar di tebet barat",
        "warga lapor berkali-kali tapi sampah di tebet barat menumpuk",
    ],
)
def test_a_story_that_holds_such_words_is_one_of_its_own(words: str) -> None:
    town, budi = seen()
    budi.writes(words)
    assert town.reports[0].place.area == "31.71.06.1003"
    assert budi.dialogue is not None
    assert words in budi.dialogue.draft.text


@pytest.mark.parametrize(
    ("text", "words", "denied"),
    [
        ("harusnya tebet barat", "tebet barat", ""),
        ("salah bukan manggarai tapi bukit duri", "bukit duri", "manggarai"),
        ("eh tempatnya bukan di cikini tapi di manggarai", "manggarai", "di cikini"),
        ("jalan berlubang bukan lampu", "jalan berlubang", "lampu"),
        ("bukan, maksud saya got mampet", "got mampet", ""),
    ],
)
def test_what_it_is_and_what_it_is_not(text: str, words: str, denied: str) -> None:
    assert slips.put_instead(text) == slips.Instead(words, denied)


@pytest.mark.parametrize("sent", SENT)
@pytest.mark.parametrize("words", ["bukan RT 3 tapi RT 5", "bukan seminggu tapi sebulan", "nomornya bukan 5 tapi 7"])
def test_another_detail_is_added_to_the_report(sent: str, words: str) -> None:
    town, budi = SENT[sent]()
    budi.writes(words)
    assert added(town) == [words]
    assert len(town.reports) == 1


@pytest.mark.parametrize("words", ["salah", "bukan itu", "keliru pak"])
def test_who_saw_it_and_says_no_more_than_that_it_is_wrong_is_told_what_to_write(words: str) -> None:
    _, budi = seen()
    assert budi.writes(words).text == phrase("remark_change", "id")


@pytest.mark.parametrize("words", ["ubah", "mau ubah", "edit", "Change"])
def test_who_only_says_that_something_shall_be_changed_is_told_how(words: str) -> None:
    _, budi = seen()
    assert budi.writes(words).text in {phrase("remark_change", lang) for lang in ("id", "en")}


def test_a_bare_change_is_no_place() -> None:
    budi = Town().citizen("telegram")
    budi.writes("lampu jalan mati sudah seminggu")
    changed = budi.writes("ubah")
    assert [option.label for option in changed.options] == ["Cerita", "Jenis", "Tempat", "Kembali"]
    assert phrase("cancelled", "id") != changed.text
    assert phrase("ask_story_again", "id") in budi.writes("cerita").text


@pytest.mark.parametrize("sent", SENT)
@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("tambah: tiangnya juga miring 30 derajat", "tiangnya juga miring 30 derajat"),
        ("Tambahan info: yang mati ada tiga, dari ujung gang", "yang mati ada tiga, dari ujung gang"),
        ("p.s.: sebelah kiri jalan", "sebelah kiri jalan"),
    ],
)
def test_what_is_called_more_of_it_goes_to_the_report(sent: str, words: str, more: str) -> None:
    town, budi = SENT[sent]()
    budi.writes(words)
    assert added(town) == [more]
    assert len(town.reports) == 1


@pytest.mark.parametrize(
    "words", ["tambah lampu di jalan ini dong", "tambah:", "tambahan: ada orang bawa golok ngamuk"]
)
def test_what_is_only_like_it_or_is_danger_is_read_as_ever(words: str) -> None:
    town, budi = seen()
    budi.writes(words)
    assert added(town) == []
