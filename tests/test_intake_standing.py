"""By what right a message speaks: by address alone nothing that was filed is read; a tag, digits or a code open it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import tracking
from core.intake.standing import TRIES, digits_in
from core.messages import Address, Envelope, WireId
from tests.fakes.nouns import words_of
from tests.fakes.officers import Officers
from tests.fakes.town import Told, Town

STORY = "LAPOR Jalan berlubang besar di kelurahan cikini, sudah seminggu."
DIGITS = re.compile(r"(?<![\d.-])\d{4}(?![\d-])")
GRAFT = "Petugas kelurahan Tebet Timur minta uang pelicin untuk surat pengantar, itu pungli"


def town(*proved: str) -> Town:
    return Town(proved=proved)


def digits_of(told: Told) -> str:
    found = [
        word.strip(".,:") for word in told.text.split() if word.strip(".,:").isdigit() and len(word.strip(".,:")) == 4
    ]
    assert found, told.text
    return found[-1]


@pytest.mark.parametrize("channel", ["sms", "mail"])
def test_a_number_or_an_invented_thread_in_somebody_s_name_changes_nothing(channel: str) -> None:
    here = town()
    victim, forger = here.citizen(channel, "victim"), here.citizen(channel, "victim")
    assert victim.writes(f"LAPOR {GRAFT}" if channel == "sms" else GRAFT).code
    (before,) = here.reports
    assert before.restricted
    for words in ("1", "2", "ya", "kependudukan", "Tebet Barat", "ganti jenis", "batal", "/start pju"):
        forger.writes(words)
        forger.writes_forged(words)
    assert here.reports[0] == before


def test_what_a_stranger_s_number_is_told_is_what_the_reporter_s_is_told() -> None:
    here = town()
    here.citizen("sms", "victim").writes(STORY)
    for words in ("1", "ya", "2 masih rusak", "Tebet Barat", "batal", "KODE", "TAMBAH", "halo", "terima kasih"):
        heard = [here.citizen("sms", who).writes(words) for who in ("victim", "stranger")]
        assert plain(heard[0]) == plain(heard[1]), words


def plain(told: Told) -> str:
    """Without the digits that chance drew."""
    return " ".join(
        "####" if word.strip(".,:").isdigit() and len(word.strip(".,:")) == 4 else word for word in told.text.split()
    )


def test_four_digits_of_a_question_answer_it_and_without_them_it_is_asked_whose_words_they_are() -> None:
    here = town()
    budi = here.citizen("sms")
    budi.writes(STORY)
    officers = Officers(here)
    officers.ask(here.reports[0], "Di depan nomor berapa?")
    asked = budi.news[-1]
    held = budi.writes("nomor 12")
    assert [each.answered for each in officers.questions(here.reports[0])] == [None]
    assert budi.writes(digits_of(held)).text.startswith("Terima kasih")
    assert [each.answered for each in officers.questions(here.reports[0])] == ["nomor 12"]
    officers.ask(here.reports[0], "Sejak kapan?")
    budi.writes(f"{digits_of(budi.news[-1])} sejak hari Senin")
    assert [each.answered for each in officers.questions(here.reports[0])] == ["nomor 12", "sejak hari Senin"]
    assert digits_of(asked) != digits_of(budi.news[-1])


def test_the_last_digits_of_the_code_prove_nothing() -> None:
    here = town()
    budi = here.citizen("sms")
    last4 = budi.writes(STORY).code[-4:]
    officers = Officers(here)
    officers.ask(here.reports[0], "Di depan nomor berapa?")
    here.citizen("sms").writes(f"{last4} nomor 99")
    assert [each.answered for each in officers.questions(here.reports[0])] == [None]


def test_after_three_wrong_tries_only_the_code_answers() -> None:
    here = town()
    budi = here.citizen("sms")
    code = budi.writes(STORY).code
    officers = Officers(here)
    officers.ask(here.reports[0], "Di depan nomor berapa?")
    right = digits_of(budi.news[-1])
    wrong = [f"{(int(right) + n) % 10_000:04d}" for n in range(1, TRIES + 1)]
    for digits in wrong:
        here.citizen("sms").writes(f"{digits} nomor 99")
    budi.writes(f"{right} nomor 12")
    assert [each.answered for each in officers.questions(here.reports[0])] == [None]
    budi.writes(f"{code} nomor 12")
    assert [each.answered for each in officers.questions(here.reports[0])] == ["nomor 12"]


def test_a_tag_answers_from_another_address_which_becomes_no_contact_and_lapses_with_its_question() -> None:
    here = town()
    budi = here.citizen("mail", "budi@warga.example")
    budi.writes("Jalan berlubang besar di kelurahan cikini, sudah seminggu.")
    officers = Officers(here)
    officers.ask(here.reports[0], "Di depan nomor berapa?")
    question = budi.news[-1]
    here.citizen("mail", "alias@warga.example").replies_to(question, "nomor 12")
    assert [each.answered for each in officers.questions(here.reports[0])] == ["nomor 12"]
    assert {words_of(each.address) for each in here.store.state.contacts.values()} == {"budi@warga.example"}
    here.clock.passes(days=8)
    told = here.citizen("mail", "alias@warga.example").replies_to(question, "nomor 13")
    assert [each.answered for each in officers.questions(here.reports[0])] == ["nomor 12"]
    assert "24 jam" in told.text, "it is asked whose words these are"


def test_a_tag_corrects_what_was_filed_and_only_that() -> None:
    here = town()
    budi = here.citizen("mail", "budi@warga.example")
    first = budi.writes("Got mampet di depan SDN 01 Kelurahan Tebet Barat, airnya naik.")
    budi.writes("Lampu jalan mati di depan pasar kelurahan Cikini sejak minggu lalu.")
    kinds = [report.category for report in here.reports]
    budi.replies_to(first, "1")
    assert [report.category for report in here.reports][1] == kinds[1]
    assert here.reports[0].category != kinds[0]


def test_nobody_takes_a_report_out_of_restricted() -> None:
    here = town("sms", "mail")
    for channel in ("telegram", "mail"):
        citizen = here.citizen(channel, f"{channel}@warga.example")
        told = citizen.writes(GRAFT)
        for _ in range(6):
            if told.code or (here.reports and here.reports[-1].channel == channel):
                break
            told = citizen.presses(told.options[0].label) if told.options else citizen.writes("Tebet Timur")
        report = here.reports[-1]
        assert report.restricted, told.text
        citizen.writes("Lampu jalan (PJU)", in_thread=channel == "mail")
        citizen.writes("1", in_thread=channel == "mail")
        assert next(each for each in here.reports if each.id == report.id).restricted


@pytest.mark.parametrize(
    "forged", ["/start pju", "LAPOR lampu jalan mati di Tebet Timur", "lampu mati", "Tebet Timur", "1"]
)
def test_a_draft_that_was_forged_before_it_does_not_open_a_report_of_graft(forged: str) -> None:
    for again in ("", "1", "ya"):
        here = town()
        here.citizen("sms", "victim").writes(forged)
        if again:
            here.citizen("sms", "victim").writes(again)
        told = here.citizen("sms", "victim").writes(f"LAPOR {GRAFT}")
        assert told.code
        assert here.reports[-1].restricted
        assert GRAFT[:20] in here.reports[-1].text


def test_an_open_draft_by_sms_goes_on_without_a_right_and_a_new_report_leaves_it_as_it_is() -> None:
    here = town()
    budi = here.citizen("sms")
    budi.writes("ada lubang besar sekali di jalan dekat rumah saya, bahaya untuk motor")
    draft = here.store.state.dialogues[next(iter(here.store.state.dialogues))][0].draft
    assert draft.text
    assert budi.writes("LAPOR sampah menumpuk di kelurahan menteng").code
    kept = [dialogue.draft.text for dialogue, _ in here.store.state.dialogues.values()]
    assert draft.text in kept
    assert draft.text not in here.reports[0].text


def test_where_the_carrier_or_the_mail_server_vouches_nothing_needs_to_be_shown() -> None:
    here = town("sms")
    budi = here.citizen("sms")
    budi.writes(STORY)
    officers = Officers(here)
    officers.ask(here.reports[0], "Di depan nomor berapa?")
    assert not [word for word in budi.news[-1].text.split() if word.strip(":").isdigit()]
    budi.writes("nomor 12")
    assert [each.answered for each in officers.questions(here.reports[0])] == ["nomor 12"]


@pytest.mark.parametrize(
    ("text", "digits", "words"),
    [
        ("4827", "4827", ""),
        ("4827 1", "4827", "1"),
        ("1 4827", "4827", "1"),
        ("4827: di depan pasar", "4827", "di depan pasar"),
        ("sudah beres 4827", "4827", "sudah beres"),
        ("lampu mati di jalan raya bogor nomor 4827", "", "lampu mati di jalan raya bogor nomor 4827"),
        ("48271", "", "48271"),
        ("", "", ""),
    ],
)
def test_digits_are_an_answer_s_first_word_or_a_short_one_s_last(text: str, digits: str, words: str) -> None:
    assert digits_in(Envelope("sms", Address("+62811"), WireId("1"), text=text)) == (digits, words)


@given(st.text(max_size=60))
def test_whatever_is_written_is_four_digits_and_the_rest_or_left_as_it_is(text: str) -> None:
    digits, words = digits_in(Envelope("sms", Address("+62811"), WireId("1"), text=text))
    assert (len(digits), digits.isdecimal()) == (4, True) if digits else words == text


def test_wrong_codes_in_somebody_s_name_do_not_keep_them_waiting_who_write_from_elsewhere() -> None:
    here = town()
    victim = here.citizen("mail", "victim@warga.example")
    code = victim.writes("Jalan berlubang besar di kelurahan cikini, sudah seminggu.").code
    for _ in range(8):
        forged = tracking.shown(tracking.new_code(here.context.rng))
        here.citizen("mail", "victim@warga.example").writes_from("192.0.2.0/24", f"CEK {forged}")
    assert "Menunggu" in victim.writes_from("198.51.100.0/24", f"CEK {code}").text


def test_digits_of_any_width_are_digits() -> None:
    here = town()
    budi = here.citizen("sms")
    budi.writes(STORY)
    officers = Officers(here)
    officers.ask(here.reports[0], "Di depan nomor berapa?")
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in digits_of(budi.news[-1]))
    budi.writes(f"{wide} nomor 12")
    assert [each.answered for each in officers.questions(here.reports[0])] == ["nomor 12"]
