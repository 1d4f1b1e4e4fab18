"""Plain text: the words stay, what a reader cannot see goes, and words for machines are not taken."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Refused
from core.scrub import Clean, Limits, proved, scrub
from core.scrub.text import clean as cleaned
from tests.hostile.files import CANARY
from tests.hostile.pdf_files import pdfs
from tests.hostile.text_files import WORDS, Written, texts
from tests.hostile.unsupported_files import unsupported

PLAIN = frozenset({"text: plain", "text: Latin"})


def accepted(data: bytes) -> bool:
    return proved(Clean(data, "text/plain", ".txt", ()))


@pytest.mark.parametrize("file", texts(), ids=lambda file: file.name)
def test_the_words_stay_and_nothing_else(file: Written) -> None:
    clean = scrub(file.data)
    assert (clean.kind, clean.extension) == ("text/plain", ".txt")
    assert clean.data.decode() == file.shows + "\n"
    assert scrub(clean.data).data == clean.data


def test_what_was_hidden_is_told() -> None:
    told = {file.name: scrub(file.data).removed for file in texts()}
    assert told["text: letters without width"] == told["text: tags"] == told["text: marked UTF-8"] == ("hidden",)
    assert told["text: plain"] == told["text: Latin"] == told["text: smaller than"] == ()


def test_marks_heaped_on_one_letter_are_thinned() -> None:
    assert cleaned(("a" + "\u0316" * 40 + "b").encode()).data.decode() == "a" + "\u0316" * 4 + "b\n"


def test_a_text_longer_than_the_limit_is_too_large() -> None:
    with pytest.raises(Refused) as caught:
        scrub(b"jalan rusak " * 100, Limits(text_bytes=1_000))
    assert caught.value.phrase == "file_too_large"
    assert len(scrub(b"jalan rusak\n" * 20_000).data) == 240_000


def test_a_text_that_goes_on_as_something_else_is_refused() -> None:
    long = b"jalan rusak " * 10_000
    for more, phrase in ((b"<script>x</script>", "file_markup"), (bytes(100), "file_damaged")):
        with pytest.raises(Refused) as caught:
            scrub(long + more)
        assert caught.value.phrase == phrase


def test_a_letter_of_several_bytes_may_stand_anywhere() -> None:
    for before in range(5):
        data = b"x" * (65_533 + before) + "é班😡".encode()
        assert scrub(data).data == data + b"\n"


@pytest.mark.parametrize(
    "dirty",
    [
        b"", b"\n", b" \n", b"a", b"a\r\n", b"a \n", b"a\n\n", b"\na\n", b"\xef\xbb\xbfa\n", b"a\tb\n",
        b"a\0\n", b"a\x1b[0m\n",
        "a\u200b\n".encode(), "a\u202e\n".encode(), "a\u00a0b\n".encode(), "a\u2028b\n".encode(), "e\u0301\n".encode(),
        "a\ufe0f\n".encode(), "a\U000e0041\n".encode(), "\u3164a\n".encode(), "a\ue000\n".encode(), b"\xff\n",
        b"<svg/>\n", b"x <script>\n", b"<?xml?>\n",
    ],
)  # fmt: skip
def test_the_proof_refuses_a_text_with_anything_more(dirty: bytes) -> None:
    assert accepted(WORDS.encode() + b"\n")
    assert not accepted(dirty)


@settings(max_examples=400)
@given(st.text(max_size=200))
def test_any_words_come_out_visible_or_are_refused(words: str) -> None:
    try:
        clean = scrub(words.encode("utf-8", "surrogatepass"))
    except Refused:
        return
    assert clean.kind == "text/plain"
    assert accepted(clean.data)
    assert scrub(clean.data).data == clean.data


@settings(max_examples=200)
@given(st.text(st.characters(categories=("L", "N", "Po"), max_codepoint=0x24F), min_size=1, max_size=80))
def test_letters_and_digits_are_never_lost(words: str) -> None:
    kept = cleaned(words.encode()).data.decode()
    assert [letter for letter in kept if letter.isalnum()] == [
        letter for letter in unicodedata.normalize("NFC", words) if letter.isalnum()
    ]


@pytest.mark.parametrize(
    "data",
    [*(row.data for row in unsupported() if row.phrase == "file_markup"), *(row.data for row in pdfs()),
     b"{\\rtf1\\ansi x}", b"BEGIN:VCARD\nFN:Budi\nEND:VCARD", b"Received: a\nMessage-ID: b\n\nhalo",
     b'{"nama": "Budi", "no": 1}'],
)  # fmt: skip
def test_a_file_for_machines_whose_head_was_bent_is_still_no_text(data: bytes) -> None:
    for at in range(12):
        for bent in (data[:at] + b"x" + data[at + 1 :], data[:at] + data[at + 1 :], data[at:]):
            try:
                clean = scrub(bent)
            except Refused:
                continue
            assert clean.kind != "text/plain" or CANARY not in clean.data


@pytest.mark.parametrize(
    "head",
    ["From: Ani Lestari <ani@warga.test>\nTo: rt@warga.test\n", "Subject: x\nTo: y\n z\nFrom: Ani Lestari\n",
     "\nDate: Mon\r\nTo: RT\r\nFrom: Ani Lestari\r\n"],
)  # fmt: skip
def test_a_mail_is_no_text_whatever_is_missing_in_its_head(head: str) -> None:
    with pytest.raises(Refused, match="file_kind"):
        scrub(f"{head}\nLampu mati".encode())


@pytest.mark.parametrize(
    "words",
    ["From: the market\nTo: the bridge\nit is dark", "Dari: warga RT 05\nKepada: Lurah\nPerihal: lampu\n\nLampu mati",
     "Lokasi: Jl. Mawar\nSubject: lampu\n\nLampu mati"],
)  # fmt: skip
def test_a_letter_is_a_text(words: str) -> None:
    assert scrub(words.encode()).data.decode().rstrip("\n") == words


def test_the_canary_would_be_seen() -> None:
    assert CANARY in scrub(CANARY).data  # words are what a text is for
