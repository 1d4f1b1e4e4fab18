"""The tag of a message of ours: carried in every mail, and found again wherever a reply shows it."""

from textwrap import fill

from hypothesis import given
from hypothesis import strategies as st

from bots.mail.envelope import envelope_of
from bots.mail.reply_tags import quoted_codes, quotes_us, shown, tagged
from core.messages import Secret, Tag
from core.phrases import phrase
from tests.fakes.mail_samples import mail
from tests.test_mail_mime import OURS

TAG = "abcdefghijklmnopqrstuvwxyz"[:20] + "234567"
OTHER = "z" * 26
CODE = "0888-0905-2935-0139"


def test_a_tag_stands_behind_a_plus_in_the_address_that_a_reply_goes_to() -> None:
    address = tagged("lapor@kota.example", TAG)
    assert address == f"lapor+{TAG}@kota.example"
    assert shown((address,), (), "") == (Tag(TAG),)


def test_a_tag_is_found_in_recipients_then_in_ids_then_in_quoted_words_and_in_any_case() -> None:
    quoted = f"> Rujukan: resi.{TAG}"
    assert shown((), (), quoted) == (Tag(TAG),)
    assert shown((f"LAPOR+{OTHER.upper()}@kota.example",), (f"resi.{TAG}",), quoted) == (Tag(OTHER), Tag(TAG))


@given(st.text(max_size=300))
def test_no_words_make_it_raise_and_what_is_found_has_the_shape_of_a_tag(words: str) -> None:
    assert all(len(tag.reveal()) == len(TAG) for tag in shown((words,), (words,), words))


def test_what_is_nearly_a_tag_is_none() -> None:
    for words in (f"resi.{TAG}x", f"resi.{TAG[:-1]}", f"xresi.{TAG}", "resi." + "1" * 26, "resi.<b>"):
        assert shown((), (), words) == ()


def test_a_code_in_quoted_words_is_shown_and_one_that_the_writer_types_is_not() -> None:
    digits = CODE.replace("-", "")
    assert quoted_codes(f"> Laporan diterima. Kode Anda: {CODE}", "1") == (Secret(digits),)
    assert quoted_codes(f"{CODE}\n> Kode Anda: {CODE}", CODE) == ()
    assert quoted_codes("> 1234-5678-9012-3456", "") == (), "the check digit is wrong"


def test_who_quotes_a_sentence_of_ours_answers_us_though_nothing_else_shows_it() -> None:
    ours = phrase("code_secret", "id")
    wrapped = fill(ours, 60, initial_indent="> ", subsequent_indent="> ")
    assert quotes_us(f"Di tiang 12\n\n{wrapped}", "Di tiang 12")
    assert quotes_us(f'Di tiang 12\n\n> Resi: *"{ours}"', "Di tiang 12")
    assert not quotes_us(f"Anda menulis: {ours}", f"Anda menulis: {ours}"), "it is all their own"
    assert not quotes_us(f"Di tiang 12\n\n> {ours[:40]}", "Di tiang 12")
    envelope = envelope_of(mail("text/plain; charset=utf-8", f"Di tiang 12\n\n{wrapped}"), "budi@warga.test", OURS)
    assert envelope is not None
    assert (envelope.text, envelope.in_thread, envelope.tags) == ("Di tiang 12", True, ())
