"""Files in the words of a mail, as programs wrote them before MIME."""

import base64
import binascii
import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.mail.mime import read
from bots.mail.uuencoded import parted
from tests.fakes.mail_samples import PHOTO, SAID, mail


def block(data: bytes, *, name: str = "ktp-budi.jpg", sign: str = "`") -> str:
    lines = [binascii.b2a_uu(data[at : at + 45], backtick=sign == "`").decode() for at in range(0, len(data), 45)]
    return f"begin 644 {name}\n{''.join(lines)}{sign}\nend\n"


@pytest.mark.parametrize(
    "written",
    [
        block(PHOTO),
        block(PHOTO, sign=" "),
        block(PHOTO, name="foto saya (1).jpg"),
        "\n".join(line.rstrip() for line in block(PHOTO, sign=" ").split("\n")),
        block(PHOTO).replace("end\n", ""),
        f"begin-base64 644 ktp-budi.jpg\n{base64.encodebytes(PHOTO).decode()}====\n",
    ],
    ids=["whole", "with blanks", "a long name", "blanks lost", "cut off", "in base64"],
)
def test_a_file_in_the_words_is_a_file_and_its_name_goes(written: str) -> None:
    letter = read(mail("text/plain", f"{SAID}\n\n{written}\nMohon dibantu."))
    assert letter.text.split() == f"{SAID} Mohon dibantu.".split()
    assert letter.files == (PHOTO,)
    assert "ktp" not in letter.source


@pytest.mark.parametrize("before", ["<pre>", "<PRE>\n"])
def test_in_a_page_it_is_a_file_too(before: str) -> None:
    page = f"<p>{SAID} a &lt; b</p>{before}{html.escape(block(PHOTO))}</pre>"
    letter = read(mail("text/html", page))
    assert letter.text == f"{SAID} a < b"
    assert letter.files == (PHOTO,)


def test_several_files_are_several() -> None:
    assert parted(f"a\n{block(b'satu')}{block(b'dua')}b".encode()) == (b"a\nb", (b"satu", b"dua"))


@pytest.mark.parametrize(
    "words",
    [
        "begin 644 lampu\nMati sejak Senin.",
        "begin 644 LAMPU\nMATI SEJAK SENIN.",
        "We begin 644 foto\nM",
        "begin",
        "begin 644 a\n",
        "begin-base64 644 a\ntiga lampu mati\n",
        "begin 999 a\nM",
    ],
)
def test_words_that_only_begin_so_stay(words: str) -> None:
    assert parted(words.encode()) == (words.encode(), ())


@given(st.binary(max_size=400))
def test_what_is_written_so_comes_out_as_it_was(data: bytes) -> None:
    assert parted(block(data).encode() if data else b"") == (b"", (data,) if data else ())


@given(st.lists(st.sampled_from([*block(b"x" * 99).split("\n"), "begin 644 a", "begin-base64 644 a", "aGk=", ""])))
def test_no_heap_of_lines_breaks_it(lines: list[str]) -> None:
    words, _ = parted("\n".join(lines).encode())
    assert set(words.split(b"\n")) <= {line.encode() for line in lines} | {b""}


def test_of_very_many_beginnings_only_some_are_tried() -> None:
    begun = b"begin 644 a\n" * 2_000_000
    assert parted(begun) == (begun, ())
