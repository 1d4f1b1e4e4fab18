"""Two problems in one message become two reports, one after the other, if their writer wants that."""

import pytest

from core.messages import UnsupportedContent
from core.model import Step
from core.phrases import phrase
from tests.fakes.town import Citizen, Town

BOTH = "lampu jalan mati di depan SD dan sampah menumpuk di kelurahan Cikini"
CIKINI = "Kel. Cikini, Menteng"


def step_of(town: Town) -> Step:
    [(dialogue, _)] = town.store.state.dialogues.values()
    return dialogue.step


def filed(town: Town) -> list[tuple[str, str, str]]:
    return [(each.category, each.text, each.place.name) for each in town.reports]


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def budi(town: Town) -> Citizen:
    return town.citizen("telegram")


def test_both_are_filed_one_after_the_other_each_with_its_words_and_the_place(town: Town, budi: Citizen) -> None:
    asked = budi.writes(BOTH)
    assert "Lampu jalan (PJU) dan Sampah" in asked.text
    assert [option.label for option in asked.options] == ["Pisah", "Gabung"]
    summary = budi.presses("Pisah")
    assert "lampu jalan mati di depan SD" in summary.text
    assert "Sesudah laporan ini: Sampah." in summary.text
    first = budi.presses("Kirim")
    assert first.code
    assert "Sekarang yang kedua: Sampah." in first.text
    assert "sampah menumpuk" in budi.presses("Lanjut").text
    second = budi.presses("Kirim")
    assert second.code not in {"", first.code}
    assert filed(town) == [
        ("pju", "lampu jalan mati di depan SD", CIKINI),
        ("sampah", "sampah menumpuk di kelurahan Cikini", CIKINI),
    ]
    assert step_of(town) is Step.FILED, "only a correction is waited for"


def test_together_they_stay_one_report_and_it_is_not_asked_again(town: Town, budi: Citizen) -> None:
    budi.writes(BOTH)
    told = budi.presses("Gabung")
    for _ in range(4):
        assert phrase("option_apart", "id") not in {option.label for option in told.options}
        if not told.options or told.code:
            break
        told = budi.writes("1")
    assert [text for _, text, _ in filed(town)] == [BOTH]


@pytest.mark.parametrize("said", ["pisah aja pak", "ya", "dua-duanya dilaporkan", "2 laporan dua", "terpisah", "1"])
def test_words_that_want_two(town: Town, budi: Citizen, said: str) -> None:
    budi.writes(BOTH)
    budi.writes(said)
    assert step_of(town) is Step.SUMMARY
    [(dialogue, _)] = town.store.state.dialogues.values()
    assert dialogue.draft.second == "sampah menumpuk di kelurahan Cikini"


@pytest.mark.parametrize(
    "said", ["satu saja", "satu", "jadikan satu laporan aja", "ga usah dipisah", "gabung", "2", "tidak"]
)
def test_words_that_want_one(town: Town, budi: Citizen, said: str) -> None:
    budi.writes(BOTH)
    budi.writes(said)
    [(dialogue, _)] = town.store.state.dialogues.values()
    assert dialogue.step is not Step.SEVERAL
    assert (dialogue.draft.text, dialogue.draft.second) == (BOTH, "")


def test_the_name_of_one_kind_is_the_kind_of_all_of_it(town: Town, budi: Citizen) -> None:
    budi.writes(BOTH)
    assert "Jenis: Sampah" in budi.writes("Sampah").text
    budi.presses("Kirim")
    assert filed(town) == [("sampah", BOTH, CIKINI)]


def test_a_place_a_point_or_a_photo_meanwhile_is_kept_and_the_question_stands(town: Town, budi: Citizen) -> None:
    budi.writes("lampu jalan mati di depan SD dan sampah menumpuk di sana")
    assert step_of(town) is Step.SEVERAL
    assert "Pisah" in [option.label for option in budi.sends_photo().options]
    assert "Pisah" in [option.label for option in budi.writes("kelurahan cikini").options]
    budi.presses("Pisah")
    budi.presses("Kirim")
    budi.presses("Lanjut")
    budi.presses("Kirim")
    assert [place for *_, place in filed(town)] == [CIKINI, CIKINI]
    assert [len(each.files) for each in town.reports] == [1, 0], "a photo goes with the first, and can be added"


def test_each_part_that_names_a_place_of_its_own_has_that_one(town: Town, budi: Citizen) -> None:
    budi.writes("lampu jalan mati di kelurahan Gambir dan sampah menumpuk di kelurahan Cikini")
    budi.presses("Pisah")
    budi.presses("Kirim")
    budi.presses("Lanjut")
    budi.presses("Kirim")
    assert [place for *_, place in filed(town)] == ["Kel. Gambir, Gambir", CIKINI]


def test_a_place_that_is_asked_for_serves_both(town: Town, budi: Citizen) -> None:
    budi.writes("lampu jalan mati di depan SD dan sampah menumpuk di sana")
    budi.presses("Pisah")
    budi.writes("kelurahan cikini")
    budi.presses("Kirim")
    assert "Tempat: kelurahan cikini, Kel. Cikini" in budi.presses("Lanjut").text


def test_more_words_are_more_of_the_story_and_end_the_question(town: Town, budi: Citizen) -> None:
    budi.writes(BOTH)
    budi.writes("itu sudah berlangsung sejak bulan puasa yang lalu pak")
    [(dialogue, _)] = town.store.state.dialogues.values()
    assert dialogue.step is not Step.SEVERAL
    assert dialogue.draft.text.startswith(BOTH)
    assert "bulan puasa" in dialogue.draft.text


def test_few_words_that_say_neither_are_asked_again(town: Town, budi: Citizen) -> None:
    budi.writes(BOTH)
    assert "Pisah" in [option.label for option in budi.writes("anu").options]
    assert step_of(town) is Step.SEVERAL


def test_the_second_is_kept_through_changes_of_the_first_and_questions_beside(town: Town, budi: Citizen) -> None:
    budi.writes(BOTH)
    budi.presses("Pisah")
    for said in ("PRIVASI", "EN", "ID", "ubah", "cerita", "lampu jalan mati total di depan SD negeri", "CEK 1234"):
        budi.writes(said)
    budi.sends_unsupported(UnsupportedContent.STICKER)
    [(dialogue, _)] = town.store.state.dialogues.values()
    assert dialogue.draft.second == "sampah menumpuk di kelurahan Cikini"


def test_the_second_can_be_dropped_and_thanks_do_not_drop_it(town: Town, budi: Citizen) -> None:
    budi.writes(BOTH)
    budi.presses("Pisah")
    budi.presses("Kirim")
    assert "Lanjut" in [option.label for option in budi.writes("terima kasih").options]
    budi.presses("Hapus")
    assert len(town.reports) == 1
    assert not town.store.state.dialogues


def test_who_follows_a_report_instead_still_has_the_second(town: Town, budi: Citizen) -> None:
    neighbour = town.citizen("telegram", "neighbour")
    neighbour.writes("/start pju")
    neighbour.writes("lampu mati di kelurahan cikini")
    neighbour.writes("ya")
    budi.writes(BOTH)
    budi.presses("Pisah")
    followed = budi.writes("ikut")
    assert followed.code
    assert "Sekarang yang kedua: Sampah." in followed.text
    budi.presses("Lanjut")
    budi.presses("Kirim")
    assert [kind for kind, *_ in filed(town)] == ["pju", "sampah"]


def test_a_kind_that_its_writer_must_choose_is_still_asked_for(town: Town, budi: Citizen) -> None:
    budi.writes("lampu jalan mati di kelurahan Cikini dan pengedar sabu jualan narkoba di gang itu")
    assert step_of(town) is Step.SEVERAL
    budi.presses("Pisah")
    budi.presses("Kirim")
    assert "Ini tentang apa?" in budi.presses("Lanjut").text


def test_danger_comes_first_and_is_told_once(town: Town, budi: Citizen) -> None:
    asked = budi.writes("rumah terbakar sekarang api besar di kelurahan Cikini, sampah juga menumpuk tidak diangkut")
    assert "112" in asked.text or "113" in asked.text


def test_who_chose_the_kind_beforehand_is_not_asked(town: Town, budi: Citizen) -> None:
    budi.writes("/start pju")
    budi.writes(BOTH)
    assert step_of(town) is Step.SUMMARY


def test_by_sms_both_can_be_reported_in_short_messages(town: Town) -> None:
    budi = town.citizen("sms")
    told = [budi.writes(said) for said in (BOTH, "1", "1", "1", "1")]
    assert all(len(each.text) <= 160 for each in told)
    assert [kind for kind, *_ in filed(town)] == ["pju", "sampah"]


@pytest.mark.parametrize("channel", ["sms", "mail"])
def test_one_message_is_one_report_and_what_it_told_beside_is_said(town: Town, channel: str) -> None:
    budi = town.citizen(channel)
    told = budi.writes(f"LAPOR {BOTH}" if channel == "sms" else BOTH)
    assert filed(town) == [("pju", BOTH, CIKINI)]
    assert phrase("second_apart", "id", category="Sampah") in told.text or "Sampah: kirim" in told.text
    assert "Sampah" not in [option.label for option in told.options]


def test_of_two_in_one_message_the_restricted_one_decides_who_reads_it(town: Town) -> None:
    town.citizen("mail").writes("lampu jalan mati di kelurahan Cikini dan pengedar sabu jualan narkoba di gang itu")
    [report] = town.reports
    assert report.restricted
    assert report.category == "narkoba"


def test_silence_for_a_day_ends_both(town: Town, budi: Citizen) -> None:
    budi.writes(BOTH)
    budi.presses("Pisah")
    budi.presses("Kirim")
    town.clock.passes(hours=25)
    budi.writes("terima kasih")
    assert not town.store.state.dialogues
    assert len(town.reports) == 1


@pytest.mark.parametrize(
    ("said", "kind", "text"),
    [
        ("yang lampu aja", "pju", "lampu jalan mati di depan SD"),
        ("lampu jalan saja pak", "pju", "lampu jalan mati di depan SD"),
        ("yg di depan SD aja", "pju", "lampu jalan mati di depan SD"),
        ("mau laporkan sampahnya saja", "sampah", "sampah menumpuk di kelurahan Cikini"),
        ("only the garbage", "sampah", "sampah menumpuk di kelurahan Cikini"),
    ],
)
def test_one_of_both_goes_alone(town: Town, budi: Citizen, said: str, kind: str, text: str) -> None:
    budi.writes(BOTH)
    budi.writes(said)
    assert budi.writes("1").code
    assert filed(town) == [(kind, text, CIKINI)]


def test_it_is_said_that_the_other_one_is_left_out(town: Town, budi: Citizen) -> None:
    budi.writes(BOTH)
    assert phrase("one_of_two", "id", category="Lampu jalan (PJU)") in budi.writes("yang lampu aja").text


def test_the_second_of_both_can_go_first_and_the_other_waits(town: Town, budi: Citizen) -> None:
    budi.writes(BOTH)
    assert "Sesudah laporan ini: Lampu jalan (PJU)." in budi.writes("yang sampah dulu").text
    budi.presses("Kirim")
    budi.presses("Lanjut")
    budi.presses("Kirim")
    assert [kind for kind, *_ in filed(town)] == ["sampah", "pju"]


@pytest.mark.parametrize("said", ["yang itu aja", "jangan lampu saja", "yang di kelurahan gambir aja"])
def test_words_that_name_none_of_both_or_refuse_one_choose_none(town: Town, budi: Citizen, said: str) -> None:
    budi.writes(BOTH)
    budi.writes(said)
    [(dialogue, _)] = town.store.state.dialogues.values()
    assert BOTH in dialogue.draft.text
