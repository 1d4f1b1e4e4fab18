"""The coarsest rule, for a text that a finder failed on: what is not a plain word of reports is closed.

It knows no grammar and asks nobody, so that it stands where everything finer fell; it closes far more than a trace.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from core.categories import OF_FOLDER
from core.dictionary import WORDS
from core.encoder import CLOSED
from core.redact.page import Page, read, unfolded
from core.redact.traces import Span, Trace
from core.redact.words import ALSO_NAMES, COMMON, COUNTED, FURTHER, GIVEN, LEADS, LINKS, ME, NUMBERS

_NAMES: Final = GIVEN | FURTHER | ALSO_NAMES
# Of the folder alone: words that administrators add must open nothing.
_CUES: Final = frozenset(
    word for each in OF_FOLDER.categories for cue in each.cues for word in re.findall(r"[^\W\d_]{2,}", cue.lower())
)
_PROBLEMS: Final = _CUES - _NAMES - NUMBERS
_COUNTED: Final = COUNTED - _NAMES  # a number stays for the sake of the word behind it, which must stay too
_NARROW: Final = (_CUES | LINKS | _COUNTED) - _NAMES - NUMBERS
"""What stays of a sentence in which the writer speaks of themselves: who they are is told in plain words, too."""
_WIDE: Final = (WORDS | COMMON | _NARROW) - _NAMES - NUMBERS
_SELF: Final = re.compile(
    rf"\b(?:{ME}|i|i'm|im|my|me|mine|we|our"
    r"|(?:rumah|kost?|istri|isteri|suami|anak|ibu|bapak|motor|mobil|nama|nomor|no|hp|tetangga|kantor)ku)\b"
)
_SENTENCE: Final = re.compile(rf"(?:[^.!?;\n{CLOSED}]|\.(?![\s{CLOSED}]|\Z))+")  # the dot of a mail address ends none
_TOKEN: Final = re.compile(rf"[^\s{CLOSED}]+")
_EDGE: Final = ".,;:!?()\"'*~-\u2026/<>[]"
_PARTS: Final = re.compile(r"[-/'&+.,:]")
_TWICE: Final = re.compile(r"(?<=[a-z]{3})[2\u00b2]\Z")  # lampu2
_COUNT: Final = re.compile(r"[0-9]{1,2}")


def spans_of(page: Page) -> Iterator[Span]:
    """What the rule closes of a page: neighbours in a line as one, and nothing as doubtful."""
    for start, end in _runs(page):
        yield page.original(Span(start, end, Trace.THIRD_PARTY, certain=True))


def spans(text: str, /) -> tuple[Span, ...]:
    """The same of a text; should it not even be read, all of it is closed."""
    for reading in (read, unfolded):
        try:
            return tuple(spans_of(reading(text)))
        except Exception:  # noqa: BLE001, S112 - whoever called was told already; the next way is coarser still
            continue
    return (Span(0, len(text), Trace.THIRD_PARTY, certain=True),) if text else ()


def _runs(page: Page) -> list[tuple[int, int]]:
    """Where words stand that are closed, one run for those that only a space parts."""
    runs: list[tuple[int, int]] = []
    for start, end in _closed(page):
        if runs and page.text[runs[-1][1] : start].strip(" ") == "":
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def _closed(page: Page) -> Iterator[tuple[int, int]]:
    last, end = "", 0
    for sentence in _SENTENCE.finditer(page.text):
        spoken = _SELF.search(sentence.group().lower()) is not None
        shouted = sentence.group().isupper()
        words = list(_TOKEN.finditer(page.text, *sentence.span()))
        lead = last if last in LEADS and page.text[end : sentence.start()] == "." else ""  # Jl. Melati
        said = [lead, *(word.group().strip(_EDGE) for word in words), ""]
        for at, word in enumerate(words, 1):
            capital = at > 1 and not shouted and said[at][:1].isupper()
            if not _stays([each.lower() for each in said[at - 1 : at + 2]], _NARROW if spoken or capital else _WIDE):
                yield word.span()
        last, end = said[-2].lower(), sentence.end()


def _stays(near: Sequence[str], plain: frozenset[str]) -> bool:
    """Whether a word, between its neighbours, says nothing of anybody: a mark, a small count of something, a word."""
    before, word, after = near
    if not any(sign.isalnum() for sign in word):
        return True
    if before in LEADS:
        return word in _PROBLEMS
    if _COUNT.fullmatch(word) or word in NUMBERS:
        return after in _COUNTED
    return all(part in plain for part in _PARTS.split(_TWICE.sub("", word)) if part)
