"""What a reply to our answer has to show is noted with it, and told where it is four digits."""

import pytest

from core import attempt_limits, tracking
from core.model import Asking
from tests.fakes.officers import Officers
from tests.fakes.town import Town
from tests.test_intake_standing import digits_of

MAIL = "Got mampet di depan SDN 01 Kelurahan Tebet Barat, airnya naik ke jalan setiap hujan."


def test_every_mail_carries_its_tag_in_words_too_and_no_two_have_the_same() -> None:
    town = Town(proved=())
    budi = town.citizen("mail", "budi@warga.example")
    first, second = budi.writes(MAIL), budi.writes("halo")
    assert f"resi.{first.tag}" in first.text
    assert first.tag != second.tag


def test_an_sms_that_can_be_corrected_tells_digits_that_correct_it() -> None:
    town = Town(proved=())
    budi = town.citizen("sms")
    told = budi.writes("LAPOR got mampet di kelurahan Tebet Barat")
    digits = digits_of(told)
    before = town.reports[0].category
    asked = budi.writes(f"{digits} 1")
    chosen = budi.writes(f"{digits_of(asked)} 1")
    assert town.reports[0].category != before
    assert "Jenis diganti" in chosen.text


def test_a_place_that_is_asked_for_after_filing_is_given_with_digits() -> None:
    town = Town(proved=())
    budi = town.citizen("sms")
    told = budi.writes("LAPOR lampu jalan mati gelap sekali tolong")
    assert town.reports[0].place.area is None
    budi.writes(f"{digits_of(told)} Tebet Timur")
    assert town.reports[0].place.area is not None


def test_by_the_code_that_a_mail_quotes_the_same_conversation_goes_on() -> None:
    town = Town(proved=())
    budi = town.citizen("mail", "budi@warga.example")
    told = budi.writes(MAIL)
    before = town.reports[0].category
    budi.quotes(told.code, "1")
    assert town.reports[0].category != before


def test_who_confirms_may_still_correct_what_was_filed_last() -> None:
    town = Town(proved=())
    budi = town.citizen("mail", "budi@warga.example")
    budi.writes(MAIL)
    before = town.reports[0].category
    held = town.citizen("mail", "budi@warga.example").writes("1")
    assert town.reports[0].category == before
    budi.replies_to(held, "ya")
    assert town.reports[0].category != before
    waiting = [each for awaited in town.store.state.awaited.values() for each in awaited]
    assert [each.asking for each in waiting] == [Asking.CORRECTION]


def test_a_code_that_a_mail_quotes_answers_what_its_report_asks() -> None:
    town = Town(proved=())
    budi = town.citizen("mail", "budi@warga.example")
    code = budi.writes(MAIL).code
    officers = Officers(town)
    officers.ask(town.reports[0], "Di depan nomor berapa?")
    budi.quotes(code, "nomor 12")
    assert officers.questions(town.reports[0])[0].answered == "nomor 12"
    officers.solve(town.reports[0])
    budi.quotes(code, "2 masih mampet")
    assert town.reports[0].handling.reopened == 1


def test_a_quoted_number_that_is_no_code_of_ours_hides_no_story() -> None:
    """A card number may have the shape and the check digit of a code."""
    town = Town(proved=())
    stranger = tracking.shown(tracking.new_code(town.context.rng))
    told = town.citizen("mail", "budi@warga.example").quotes(stranger, MAIL)
    assert told.code
    assert town.reports[0].text.startswith("Got mampet")


def test_quoted_codes_are_tries_like_any_other_and_open_nothing_to_who_must_wait() -> None:
    town = Town(proved=())
    code = town.citizen("mail", "budi@warga.example").writes(MAIL).code
    before = town.reports[0].category
    for _ in range(attempt_limits.FREE):
        town.citizen("mail", "thief@warga.example").quotes(tracking.shown(tracking.new_code(town.context.rng)), "1")
    town.citizen("mail", "thief@warga.example").quotes(code, "1")
    assert town.reports[0].category == before


def test_a_code_that_was_given_elsewhere_answers_when_a_mail_quotes_it() -> None:
    town = Town(proved=())
    code = town.citizen("sms").writes("LAPOR got mampet di kelurahan Tebet Barat").code
    officers = Officers(town)
    officers.ask(town.reports[0], "Di depan nomor berapa?")
    town.citizen("mail", "budi@warga.example").quotes(code, "nomor 12")
    assert officers.questions(town.reports[0])[0].answered == "nomor 12"


def test_behind_what_was_added_no_digits_are_told_as_nothing_is_asked() -> None:
    town = Town(proved=())
    budi = town.citizen("sms")
    code = budi.writes("LAPOR got mampet di kelurahan Tebet Barat").code
    told = budi.writes(f"TAMBAH {code} sudah dua minggu").text
    assert told == f"Tambahan untuk laporan ...{code[-4:]} sudah dicatat."


@pytest.mark.parametrize("answer", ["{0}tebet timur", "{0}+tebet timur", "{0} + tebet timur", "{0}:tebet timur"])
def test_digits_may_touch_the_words_behind_them(answer: str) -> None:
    town = Town(proved=())
    budi = town.citizen("sms")
    told = budi.writes("LAPOR jalan berlubang depan alfamart")
    assert "Tebet Timur" in budi.writes(answer.format(digits_of(told))).text


def test_a_letter_for_a_digit_is_a_digit() -> None:
    town = Town(proved=())
    budi = town.citizen("sms")
    told = budi.writes("LAPOR jalan berlubang depan alfamart")
    digits = digits_of(told)
    assert "0" in digits or "1" in digits
    assert "Tebet Timur" in budi.writes(f"{digits.replace('0', 'O').replace('1', 'l')} tebet timur").text


def test_who_says_lapor_and_greets_needs_no_digits_for_the_story() -> None:
    assert "Awali" not in Town(proved=()).citizen("sms").writes("lapor pak").text
