"""What staff write to a citizen leads nowhere outside the service, in whatever spelling; numbers of things pass."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.public import DEFAULT
from core.phrases import KEYS
from core.staff_words import contact, refusal, words_of

CITY = tuple(DEFAULT.split(","))
ROWS = [line.split("\t") for line in (Path(__file__).parent / "contacts_set.tsv").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("text", [text for sign, text in ROWS if sign == "+"])
def test_what_leads_out_of_the_service_is_refused_in_any_spelling(text: str) -> None:
    assert contact(text, CITY) in KEYS


@pytest.mark.parametrize("text", [text for sign, text in ROWS if sign == "-"])
def test_dates_money_roads_laws_and_the_city_itself_may_be_named(text: str) -> None:
    assert contact(text, CITY) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Buka contoh.com", "words_link"),
        ("Tulis ke budi@contoh.com", "words_mail"),
        ("Nomornya 0812 3456 7890", "words_phone"),
        ("Rek BCA 1234567890", "words_account"),
        ("Cari @sudinjaksel", "words_account"),
        ("Siapa nama Anda?", "words_writer"),
        ("Silakan datang ke kantor kelurahan", "words_meeting"),
    ],
)
def test_each_refusal_says_what_it_is_about(text: str, key: str) -> None:
    assert refusal(text, CITY) == key
    assert key in KEYS


def test_only_what_is_in_the_list_may_be_named() -> None:
    assert contact("Hubungi 112 atau 1708", ("112", "1708")) is None
    assert contact("Hubungi 112 atau 1708", ("112",)) == "words_phone"
    assert contact("Lihat jaki.jakarta.go.id", ("jaki.jakarta.go.id",)) is None
    assert contact("Lihat jaki.jakarta.go.id", ()) == "words_link"
    assert contact("Tulis ke lapor@jakarta.go.id", ("lapor@jakarta.go.id",)) is None


@pytest.mark.parametrize(
    "text",
    [
        "crm.jakarta.go.id.contoh.com",
        "crm.jakarta.go.id/abc",
        "crm.jakarta.go.id@contoh.com",
        "budi@crm.jakarta.go.id",
        "xcrm.jakarta.go.id",
        "1120812345678",
    ],
)
def test_what_stands_around_a_listed_address_makes_it_another(text: str) -> None:
    assert contact(text, CITY) is not None


@settings(max_examples=200, derandomize=True)
@given(st.text(max_size=300))
def test_no_text_brings_the_reader_down(text: str) -> None:
    for asks in (True, False):
        found = refusal(text, CITY, asks=asks)
        assert found is None or found in KEYS


@settings(max_examples=100, derandomize=True)
@given(st.integers(10**7, 10**10), st.sampled_from(" .-/"), st.sampled_from(["", "\u200b", "\u2060"]))
def test_a_mobile_number_is_found_however_it_is_parted(number: int, sign: str, hidden: str) -> None:
    parted = sign.join(f"0{hidden}8{hidden}1{number}")
    assert contact(f"Nomornya {parted} ya", CITY) == "words_phone"


def test_words_have_one_spelling() -> None:
    assert words_of("Rmh bpk dmn?") == words_of("rumah bapak dimana")
