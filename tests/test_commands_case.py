"""`resi case`: an officer acts from a terminal: what is shown to whom, what is refused, and then changes nothing."""

import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.time_and_random import SystemClock
from storage import new_key_line
from tests.fakes.offices import KELURAHAN, RESTRICTED, STORY, Offices, after, photo

DINAS, SUDIN = "dinas_sda", "sudin_sda_jaksel"
FLOOD = "Saluran air di kelurahan Tebet Timur mampet penuh sampah, air selokan meluap ke jalan."
ROAD = "Jalan berlubang di kelurahan Tebet Timur depan pasar, sudah banyak motor jatuh."


@pytest.fixture
def offices(tmp_path: Path) -> Offices:
    return Offices.staffed(tmp_path, ("lurah",), ("biro", "biro_pemerintahan", "biro"))


def number_of(offices: Offices, name: str = "lurah") -> str:
    """Of the one report that somebody sees."""
    [row] = offices.queue(name)
    return str(row["number"])


def filed(offices: Offices, story: str = STORY) -> str:
    offices.files(story)
    return number_of(offices)


def planned(offices: Offices, number: str) -> None:
    offices.does("lurah", "start", number)
    offices.does("lurah", "plan", number, text="Ganti lampu malam ini")
    offices.does("biro", "approve-plan", number)


# -- what is shown --


def test_a_list_has_the_shape_that_scripts_rely_on(offices: Offices) -> None:
    filed(offices)
    [row] = offices.queue("lurah")
    assert re.fullmatch(r"R[0-9A-HJKMNP-TV-Z]{8}", row.pop("number"))
    received, due = datetime.fromisoformat(row.pop("received")), datetime.fromisoformat(row.pop("due"))
    assert received.tzinfo is not None
    assert due - received == timedelta(days=7)
    assert row == {
        "status": "menunggu",
        "category": "pju",
        "area": "31.74.01.1001",
        "agency": KELURAHAN,
        "channel": "mail",
        "late": False,
        "evaluation": False,
    }


def test_a_list_is_by_deadline_and_can_be_of_one_status(offices: Offices) -> None:
    first = filed(offices)
    offices.files(ROAD, "siti@surat.test")
    offices.does("lurah", "start", first)
    assert [row["number"] for row in offices.queue("lurah", "--status", "proses")] == [first]
    assert len(offices.queue("lurah", "--status", "menunggu")) == 1
    dues = [row["due"] for row in offices.queue("biro")]
    assert dues == sorted(dues)
    assert offices.resi("case", "list", "--as", "lurah", "--status", "nonsense").code == 2


def test_one_report_is_shown_with_its_words_its_history_and_nobody_behind_it(offices: Offices) -> None:
    number = filed(offices)
    shown = offices.shows("lurah", number)
    assert shown["text"] == STORY
    assert (shown["photos"], shown["questions"], shown["lookalikes"], shown["feedback"]) == (0, [], [], None)
    [entry] = shown["history"]
    assert (entry["status"], entry["agency"], entry["text"]) == ("menunggu", KELURAHAN, "")
    assert datetime.fromisoformat(entry["at"]).tzinfo is not None
    assert "surat.test" not in json.dumps(shown)


def test_a_report_without_a_place_has_no_area(offices: Offices) -> None:
    offices.files("Lampu jalan mati sudah tiga hari, gelap sekali.")
    [row] = offices.queue("biro")
    assert row["area"] is None
    assert row["agency"] == "biro_pemerintahan"


def test_without_json_a_list_is_a_line_each_and_an_empty_one_says_so(offices: Offices) -> None:
    assert offices.done("case", "list", "--as", "lurah").lines == ["Tidak ada laporan."]
    number = filed(offices)
    [line] = offices.done("case", "list", "--as", "lurah").lines
    assert line.startswith(f"{number} menunggu pju {KELURAHAN} due=")
    shown = offices.done("case", "show", number, "--as", "lurah").out
    assert STORY in shown
    assert "start" in shown.splitlines()[-1]


def test_words_of_strangers_cannot_play_with_the_terminal(offices: Offices) -> None:
    number = filed(offices)
    offices.does("lurah", "note", number, text="satu\x1b[2J\x9b31m\u202edua\ttiga")
    shown = offices.done("case", "show", number, "--as", "lurah").out
    assert "satu[2J31mdua tiga" in shown
    assert shown.replace("\n", "").isprintable()


def test_a_number_is_read_as_people_type_it(offices: Offices) -> None:
    number = filed(offices)
    for typed in (number.lower(), f"  {number} ", f"{number}\n"):
        assert offices.shows("lurah", typed)["number"] == number
        offices.does("lurah", "note", typed, text="halo")


def test_a_number_that_is_nobodys_reads_like_one_of_another_office(offices: Offices) -> None:
    offices.hire("stranger", "kel:31.74.01.1002")
    other = filed(offices)
    why = offices.refused("case", "show", other, "--as", "stranger")
    assert why == offices.may_not("stranger", "note", other, text="halo")
    for number in ("", "R00000000", "x" * 10_000, "€", "R0\n0", "-"):
        assert why == offices.refused("case", "show", number, "--as", "lurah")


# -- who may --


def test_who_reads_no_reports_is_refused_texts_and_sees_none(offices: Offices) -> None:
    number = filed(offices)
    offices.hire("clerk", KELURAHAN, "clerk")
    offices.hire("admin", "biro_pemerintahan", "admin")
    offices.hire("auditor", KELURAHAN, "auditor")
    for name in ("clerk", "admin", "auditor"):
        assert "tidak membaca" in offices.refused("case", "show", number, "--as", name)
        offices.may_not(name, "note", number, text="halo")
        assert offices.queue(name) == []


def test_an_account_is_always_needed_and_must_be_one(offices: Offices) -> None:
    number = filed(offices)
    for words in (("list",), ("show", number), ("do", "start", number), ("climbed",), ("evaluation",)):
        assert offices.resi("case", *words).code == 2
        offices.refused("case", *words, "--as", "nobody")
        offices.refused("case", *words, "--as", "")


def test_who_held_a_report_before_sees_it_and_cannot_act(offices: Offices) -> None:
    number = filed(offices, FLOOD)
    offices.hire("dinas", DINAS)
    offices.does("lurah", "coordinate", number, to=DINAS)
    assert offices.shows("lurah", number)["agency"] == DINAS
    for action in ("start", "note", "reject", "return"):
        offices.may_not("lurah", action, number, text="halo")
    assert offices.shows("lurah", number)["actions"] == []


def test_a_restricted_report_is_invisible_elsewhere(offices: Offices) -> None:
    offices.files(RESTRICTED)
    offices.hire("inspektur", "inspektorat")
    number = number_of(offices, "inspektur")
    unknown = offices.refused("case", "show", "R00000000", "--as", "biro")
    for name in ("biro", "lurah"):
        assert offices.queue(name) == []
        assert offices.refused("case", "show", number, "--as", name) == unknown
        offices.may_not(name, "ask", number, text="Di mana?")
    for options in ({"to": "dinas_sda"}, {"to": "kel:31.74.01.1001"}):
        offices.may_not("inspektur", "coordinate", number, **options)


# -- acts --


def test_an_act_that_is_none_is_wrong_usage(offices: Offices) -> None:
    number = filed(offices)
    for action in ("fly", "answer", "late", "filed", ""):
        ran = offices.resi("case", "do", action, number, "--as", "lurah")
        assert ran.code == 2
        assert "approve-plan" in ran.err


def test_a_report_is_given_back_without_a_word(offices: Offices) -> None:
    number = filed(offices, FLOOD)
    offices.hire("dinas", DINAS)
    offices.does("lurah", "coordinate", number, to=DINAS)
    offices.does("dinas", "return", number)
    shown = offices.shows("lurah", number)
    assert (shown["agency"], shown["status"]) == (KELURAHAN, "koordinasi")


def test_delegating_goes_to_the_branch_of_the_city_of_the_place_alone(offices: Offices) -> None:
    number = filed(offices, FLOOD)
    offices.hire("dinas", DINAS)
    offices.does("lurah", "coordinate", number, to=f" {DINAS} ")
    for office in ("", "sudin_sda_jakbar", KELURAHAN, SUDIN.upper(), "x" * 10_000, "€"):
        assert SUDIN in offices.may_not("dinas", "delegate", number, to=office)
    offices.does("dinas", "delegate", number, to=SUDIN)
    assert offices.shows("dinas", number)["status"] == "disposisi"


def test_a_question_that_no_sms_could_carry_is_not_asked(offices: Offices) -> None:
    number = filed(offices)
    for text in ("", "   ", "\x1b\x07", "你好", "x" * 221, "x" * 10_000):
        offices.may_not("lurah", "ask", number, text=text)


def test_words_that_lead_out_of_the_service_or_pry_are_refused_with_the_reason(offices: Offices) -> None:
    number = filed(offices, ROAD)
    for text in (
        "Hubungi 0812 3456 7890",
        "Siapa nama Anda?",
        "Buka contoh titik com",
        "Datang ke kantor kelurahan ya",
    ):
        for action in ("ask", "reject"):
            offices.may_not("lurah", action, number, text=text)
    [row] = offices.queue("lurah")
    until = after(row, days=20).date().isoformat()
    offices.may_not("lurah", "estimate", number, text="Telepon 0812 3456 7890", until=until)
    offices.does("lurah", "ask", number, text="Darurat hubungi 112. Lubangnya sebelah mana?")


def test_a_question_stands_for_two_days(offices: Offices) -> None:
    number = filed(offices)
    offices.may_not("lurah", "close-question", number)
    offices.does("lurah", "ask", number, text="Tiang nomor berapa?")
    assert "48 jam" in offices.may_not("lurah", "ask", number, text="Sejak kapan?")
    assert "48 jam" in offices.may_not("lurah", "close-question", number)


def test_a_question_is_told_in_letters_of_sms_and_its_answer_shown(offices: Offices) -> None:
    code = offices.files()
    number = number_of(offices)
    offices.does("lurah", "ask", number, text="Tiang “mana”\n yang mati\u2014depan pasar?")
    [letter] = offices.letters()
    assert 'Tiang "mana" yang mati-depan pasar?' in letter
    offices.hears(f"{code} tiang nomor tiga", "lain@surat.test")
    [question] = offices.shows("lurah", number)["questions"]
    assert question == {"asked": 'Tiang "mana" yang mati-depan pasar?', "answered": "tiang nomor tiga"}


def test_a_day_that_is_none_is_wrong_usage_and_one_that_has_gone_or_is_far_is_refused(offices: Offices) -> None:
    number = filed(offices, ROAD)
    for until in ("garbage", "", "2026-13-40", "31-12-2026", "0000-00-00"):
        ran = offices.resi("case", "do", "estimate", number, "--as", "lurah", "--until", until, "--text", "aspal habis")
        assert ran.code == 2
    for day in (date(1, 1, 1), date(2020, 1, 1), date(9999, 12, 31)):
        offices.may_not("lurah", "estimate", number, until=day.isoformat(), text="aspal habis")


def test_an_estimate_moves_the_deadline_to_the_end_of_its_day_once(offices: Offices) -> None:
    number = filed(offices, ROAD)
    [row] = offices.queue("lurah")
    day = after(row, days=20).date()
    offices.may_not("lurah", "estimate", number, text="tanpa tanggal")
    offices.may_not("lurah", "estimate", number, until=day.isoformat())
    offices.does("lurah", "estimate", number, until=day.isoformat(), text="aspal habis")
    offices.may_not("lurah", "approve-estimate", number)
    offices.does("biro", "approve-estimate", number)
    shown = offices.shows("lurah", number)
    assert shown["status"] == "ews"
    assert datetime.fromisoformat(shown["due"]).replace(tzinfo=None) == datetime(day.year, day.month, day.day, 23, 59)  # noqa: DTZ001 - of the zone that the column has
    assert any(str(day.day) in letter for letter in offices.letters())
    offices.may_not("lurah", "estimate", number, until=(day + timedelta(days=9)).isoformat(), text="lagi")


def test_a_result_needs_a_photo_that_can_be_read_and_looked_at(offices: Offices, tmp_path: Path) -> None:
    number = filed(offices)
    planned(offices, number)
    words, broken, empty = tmp_path / "words.txt", tmp_path / "broken.jpg", tmp_path / "empty.jpg"
    words.write_text("bukan foto")
    broken.write_bytes(b"\xff\xd8\xff\xe0" + b"x" * 99)
    empty.write_bytes(b"")
    assert "--photo" in offices.may_not("lurah", "result", number, text="Beres")
    for path in (words, broken, empty):
        assert "JPEG" in offices.may_not("lurah", "result", number, text="Beres", photo=path)
    for path in (tmp_path / "nowhere.jpg", tmp_path, tmp_path / ("x" * 5000)):
        assert "dibuka" in offices.may_not("lurah", "result", number, text="Beres", photo=path)
    assert "besar" in offices.may_not("lurah", "result", number, text="Beres", photo="/dev/zero")
    good = photo(tmp_path / "good.jpg")
    for text in ("", "x" * 221):
        offices.may_not("lurah", "result", number, text=text, photo=good)
    offices.does("lurah", "result", number, text="Beres", photo=good)
    assert offices.shows("lurah", number)["status"] == "menunggu_validasi"


def test_a_photo_belongs_to_a_result_and_to_nothing_else(offices: Offices, tmp_path: Path) -> None:
    number = filed(offices)
    good = photo(tmp_path / "good.jpg")
    for action in ("start", "note", "plan"):
        assert "result" in offices.may_not("lurah", action, number, text="Lihat foto", photo=good)


def test_a_photo_that_served_before_is_shown_and_valid_only_with_a_reason(offices: Offices, tmp_path: Path) -> None:
    first = filed(offices)
    offices.files(ROAD, "siti@surat.test")
    [second] = [row["number"] for row in offices.queue("lurah") if row["number"] != first]
    picture = photo(tmp_path / "after.jpg")
    for number in (first, second):
        planned(offices, number)
        offices.does("lurah", "result", number, text="Beres", photo=picture)
    assert offices.shows("biro", first)["lookalikes"] == []
    assert offices.shows("biro", second)["lookalikes"] == [first]
    assert first in offices.done("case", "show", second, "--as", "biro").out
    offices.does("biro", "validate", first)
    assert first in offices.may_not("biro", "validate", second)
    offices.does("biro", "validate", second, text="Lokasinya sama, sudah dicek")
    assert offices.shows("biro", second)["status"] == "selesai"


def test_a_report_goes_along_with_another_by_a_number_typed_anyhow(offices: Offices) -> None:
    first = filed(offices)
    offices.files(STORY, "siti@surat.test")
    [second] = [row["number"] for row in offices.queue("lurah") if row["number"] != first]
    for to in ("", "R00000000", second, "x" * 10_000):
        offices.may_not("lurah", "link", second, to=to)
    offices.does("lurah", "link", second, to=f" {first.lower()}")
    offices.does("lurah", "start", first)
    assert offices.shows("lurah", second)["status"] == "proses"


def test_forwarding_goes_outside_alone_and_the_code_says_where_and_why(offices: Offices) -> None:
    code = offices.files()
    number = number_of(offices)
    for to in ("", DINAS, "nowhere", KELURAHAN):
        offices.may_not("lurah", "forward", number, to=to, text="Bukan wewenang kami")
    offices.may_not("lurah", "forward", number, to="pln_uid_jakarta_raya")
    offices.does("lurah", "forward", number, to="pln_uid_jakarta_raya", text="Tiang milik PLN")
    said = offices.done("status", "-", said=f"{code}\n").out
    assert "Diteruskan" in said
    assert "Tiang milik PLN" in said


def test_a_rejected_report_says_why_to_its_code(offices: Offices) -> None:
    code = offices.files()
    number = number_of(offices)
    offices.may_not("lurah", "reject", number)
    offices.does("lurah", "reject", number, text="Lampu sudah menyala")
    assert "Lampu sudah menyala" in offices.done("status", "-", said=code).out
    offices.may_not("lurah", "start", number)


# -- the terminal in production --


def test_in_production_a_terminal_acts_only_where_it_was_opened(tmp_path: Path) -> None:
    offices = Offices(tmp_path, {"KEYS": new_key_line("a")})
    offices.hire("biro", "biro_pemerintahan", "biro")
    production = {"MODE": "production", "PUBLIC_URL": "https://resi.test", "MAIL_LISTEN": "off"}
    for words in (("list",), ("show", "R0"), ("do", "start", "R0"), ("climbed",), ("evaluation",)):
        why = offices.refused("case", *words, "--as", "biro", **production)
        assert "RESI_CASE_TERMINAL=1" in why
        assert why == offices.refused("case", *words, "--as", "biro", CASE_TERMINAL="yes", **production)
    ran = offices.resi("case", "list", "--as", "biro", "--json", CASE_TERMINAL="1", **production)
    assert (ran.code, ran.out) == (0, "[]\n")


def test_what_is_done_here_is_in_the_trail_as_done_from_a_terminal(offices: Offices) -> None:
    number = filed(offices)
    offices.hire("auditor", KELURAHAN, "auditor")
    offices.does("lurah", "start", number)
    offices.may_not("lurah", "validate", number)
    newest = offices.done("audit", "list", "--as", "auditor", "--most", "1").lines[0].split()
    assert newest[1:] == ["lurah", "start", number, "terminal"]
    assert datetime.fromisoformat(newest[0]) <= SystemClock().now()
