"""What a draft shows closed, and how one answer opens what was closed by mistake and closes what was left."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import redact
from core.conversation.closing import (
    Wish,
    closed,
    corrections,
    granted,
    hidden_in,
    kind_of,
    kinds_of,
    orders_in,
    wish_in,
)
from core.model import Draft
from tests.fakes.doubtful import with_a_doubtful_number

STORY = "Mati di depan warung Bu Siti. Saya Budi Santoso, telepon 0812-3456-7890."
DRAFT = Draft(text=STORY)


def after(answer: str, draft: Draft = DRAFT) -> str:
    wish = wish_in(answer, draft)
    assert wish is not None, answer
    return closed(granted(draft, wish), "id")


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("buka nama", "Mati di depan warung Bu Siti. Saya Budi Santoso, telepon [telepon]."),
        ("buka [nama]", "Mati di depan warung Bu Siti. Saya Budi Santoso, telepon [telepon]."),
        ("Buka Budi Santoso", "Mati di depan warung Bu Siti. Saya Budi Santoso, telepon [telepon]."),
        ("open name, phone", STORY),
        ("tolong buka semua", STORY),
        ("buka nama saya", "Mati di depan warung Bu Siti. Saya Budi Santoso, telepon [telepon]."),
        ("tutupin Bu Siti dong", "Mati di depan warung [nama]. Saya [nama], telepon [telepon]."),
        ("tolong tutup Bu Siti ya pak", "Mati di depan warung [nama]. Saya [nama], telepon [telepon]."),
        ("jangan tutup nama", "Mati di depan warung Bu Siti. Saya Budi Santoso, telepon [telepon]."),
        ("tutup warung bu siti", "Mati di depan [keterangan]. Saya [nama], telepon [telepon]."),
        ("buka nama, tutup Bu Siti", "Mati di depan warung [nama]. Saya Budi Santoso, telepon [telepon]."),
        (
            "tutup Bu Siti dan buka telepon",
            "Mati di depan warung [nama]. Saya [nama], telepon 0812-3456-7890.",
        ),
        (
            "hide Bu Siti but open phone",
            "Mati di depan warung [nama]. Saya [nama], telepon 0812-3456-7890.",
        ),
        (
            "sembunyikan: warung, depan",
            "Mati di [keterangan] [keterangan] Bu Siti. Saya [nama], telepon [telepon].",
        ),
        ("tutup Bu Siti. Saya Budi", "Mati di depan warung [nama], telepon [telepon]."),
    ],
)
def test_one_answer_corrects_both_ways(answer: str, shown: str) -> None:
    assert after(answer) == shown


def test_courtesy_behind_an_order_is_none_of_its_words_unless_it_stands_so() -> None:
    assert after("tutup warung Pak Min", Draft(text="Bau dari warung Pak Min")) == "Bau dari [keterangan]"
    assert after("tutup warung pak min", Draft(text="Bau dari warung")) == "Bau dari [keterangan]"


def test_what_was_opened_can_be_closed_again() -> None:
    wish = wish_in("buka nama, telepon", DRAFT)
    assert wish is not None
    opened = granted(DRAFT, wish)
    assert closed(opened, "id") == STORY
    assert after("tutup nama", opened) == "Mati di depan warung Bu Siti. Saya [nama], telepon 0812-3456-7890."
    assert after("tutup 0812-3456-7890", opened).endswith("telepon [telepon].")


@pytest.mark.parametrize(
    "words",
    [
        "tutup got juga hilang di sana",
        "buka 24 jam dan berisik sekali sampai pagi",
        "lampunya mati sejak Senin",
        "jalan ditutup warga",
        "ya",
        "1",
        "",
        "kirim",
        "warung itu buka sampai malam",
    ],
)
def test_words_that_open_and_close_nothing_of_the_story_are_something_else(words: str) -> None:
    assert wish_in(words, DRAFT) is None


@pytest.mark.parametrize(
    "words",
    [
        "tutup nama saya",
        "tutup Pak Anu",
        "tutup rumah biru itu",
        "buka Joko",
        "hide the blue house",
        "tutup",
        "buka alamat",
        "tutup a",
    ],
)
def test_an_order_that_names_nothing_of_the_story_adds_no_word_to_it(words: str) -> None:
    assert wish_in(words, DRAFT) == Wish()


def test_kinds_are_told_once_each_in_the_words_of_their_marks() -> None:
    assert kinds_of(DRAFT, "id") == "nama, telepon"
    assert kinds_of(DRAFT, "en") == "name, phone"
    assert kinds_of(Draft(text="Lampu mati"), "id") == ""
    assert kinds_of(replace(DRAFT, hidden=("warung",)), "id") == "keterangan, nama, telepon"


def test_words_are_closed_where_they_stand_by_themselves_and_never_within_a_mark() -> None:
    assert hidden_in("nama [nama] bernama Nama", ("nama",), "id").count("[nama]") == 1
    assert hidden_in("ani, banjirani, Ani", ("ani",), "id") == "[nama], banjirani, [nama]"
    assert hidden_in("tanpa itu", ("sini",), "id") == "tanpa itu"


def test_corrections_tell_kinds_and_never_words() -> None:
    draft = replace(DRAFT, opened=("Budi Santoso",), hidden=("Bu Siti", "0812-3456-7890"))
    told = corrections(draft)
    assert (redact.Trace.NAME_SELF, "opened") in told
    assert told.count((kind_of("Bu Siti"), "closed")) >= 1
    assert (redact.Trace.PHONE, "closed") in told
    assert not any("Siti" in str(each) for each in told)


def test_what_was_asked_about_is_told_by_what_its_writer_said() -> None:
    draft = Draft(text=with_a_doubtful_number("Lampu jalan mati di Cikini"), doubted=True)
    (span,) = redact.doubtful(redact.find(draft.text))
    assert corrections(draft) == [(span.kind, "agreed")]
    kept = replace(draft, kept=(draft.text[span.start : span.end],))
    assert corrections(kept) == [(span.kind, "kept")]
    assert corrections(replace(draft, doubted=False)) == []


@given(st.text(max_size=60), st.text(max_size=80))
def test_any_answer_is_read_without_a_fault_and_what_is_closed_stays_closed(answer: str, story: str) -> None:
    draft = Draft(text=story)
    wish = wish_in(answer, draft)
    orders_in(answer)
    if wish is not None:
        now = granted(draft, replace(wish, opens=()))
        assert len(closed(now, "id")) >= 0
        for words in now.hidden:
            assert words.casefold() in story.casefold()
