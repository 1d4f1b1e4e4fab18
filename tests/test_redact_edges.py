"""Where a trace ends: no word is cut, no place's name, and a remark does not stop before what it leads to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.encoder import Tokens
from core.redact import Trace
from core.redact.edges import mended


def _at(found: Tokens, text: str, words: str) -> range:
    start = text.index(words)
    inside = [at for at, begun in enumerate(found.starts) if start <= begun < start + len(words)]
    return range(inside[0], inside[-1] + 1)


def _mended(text: str, words: str, kind: Trace) -> str:
    found = Tokens(text)
    at = mended(_at(found, text, words), kind, found, range(len(found)))
    return text[found.starts[at.start] : found.end(at.stop - 1)]


@pytest.mark.parametrize(
    ("text", "words", "kind", "closed"),
    [
        ("dari: sari_melati87 ya", "sari_melati", Trace.NAME_SELF, "sari_melati87"),
        ("akun sari87melati", "melati", Trace.URL_PROFILE, "sari87melati"),
        ("saya lembur ramai-ramai, pak", "saya lembur ramai", Trace.THIRD_PARTY, "saya lembur ramai-ramai"),
        ("orang-orang saya", "orang saya", Trace.THIRD_PARTY, "orang-orang saya"),
        ("Ciracas-Budi", "Budi", Trace.NAME_SELF, "Budi"),
        ("rumah saya rt 03 kel cipinang muara", "rt 03 kel cipinang", Trace.ADDRESS_SELF, "rt 03 kel"),
        ("di Cipinang Muara istri saya hamil", "Muara istri saya hamil", Trace.THIRD_PARTY, "istri saya hamil"),
        ("saya kernet di Cipinang Muara dulu", "kernet di Cipinang Muara", Trace.THIRD_PARTY,
         "kernet di Cipinang Muara"),
        ("my wife is the nurse at that clinic and", "my wife is the nurse at that", Trace.THIRD_PARTY,
         "my wife is the nurse at that clinic"),
        ("saya yang jaga di gudang itu", "saya yang jaga di", Trace.THIRD_PARTY, "saya yang jaga di gudang"),
        ("saya yang jaga di.", "saya yang jaga di", Trace.THIRD_PARTY, "saya yang jaga di"),
        ("nama saya Budi di gudang", "Budi di", Trace.NAME_SELF, "Budi di"),
    ],
)  # fmt: skip
def test_a_trace_ends_where_words_do(text: str, words: str, kind: Trace, closed: str) -> None:
    assert _mended(text, words, kind) == closed


def test_what_another_trace_has_stays_its_own() -> None:
    found = Tokens("saya_jaga_di gudang")
    assert mended(range(2, 3), Trace.THIRD_PARTY, found, range(2, 4)) == range(2, 4)


_WORDS = st.lists(
    st.sampled_from(("cipinang", "muara", "-", " ", "87", "_", "yang", "di", "kel", ".", "pulo", "gadung", "\n")),
    min_size=1,
    max_size=12,
)


@given(_WORDS, st.data(), st.sampled_from(Trace))
def test_something_of_a_trace_is_always_left(words: list[str], data: st.DataObject, kind: Trace) -> None:
    found = Tokens("".join(words) + "x")
    start = data.draw(st.integers(0, len(found) - 1))
    end = data.draw(st.integers(start + 1, len(found)))
    first, last = data.draw(st.integers(0, start)), data.draw(st.integers(end, len(found)))
    at = mended(range(start, end), kind, found, range(first, last))
    assert first <= at.start < at.stop <= last
