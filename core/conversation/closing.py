"""Which words of a draft are closed, and one answer that corrects it both ways: opens some, closes others.

buka nama, tutup Bu Siti        open phone, hide the blue house
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from core import redact
from core.conversation.intents import normal, words_in
from core.conversation.outcomes import line
from core.messages import Line
from core.model import Draft
from core.toml_rows import any_of, listed, read, text, word_table
from core.watch import total

_TABLE: Final = read(__package__, "closing.toml")
_VERBS: Final = {name: frozenset(listed(text(_TABLE, name))) for name in ("open", "hide")}
_ALL: Final = frozenset(listed(text(_TABLE, "all")))
_KINDS: Final = {
    word: redact.Trace(kind) for kind, words in word_table(_TABLE, "kind").items() for word in words
}  # what people call a kind, and what its mark says
_AND: Final = any_of(listed(text(_TABLE, "and")))
_COURTESY: Final = frozenset(listed(text(_TABLE, "courtesy")))
_WHOSE: Final = frozenset(listed(text(_TABLE, "whose")))
_LIDS: Final = frozenset(listed(text(_TABLE, "lids")))
_ORDER: Final = re.compile(
    rf"(?:^|[,;.\n]|\b(?:{_AND})\b)\s*(?:(?:{any_of(listed(text(_TABLE, 'please')))})\s+)*"
    rf"(?P<verb>{any_of(sorted(_VERBS['open'] | _VERBS['hide'], key=len, reverse=True))})\b[\s:=]*",
    re.IGNORECASE,
)
_PART: Final = re.compile(rf"[,;\n]|\s(?:{_AND})\s|\s[&+]\s", re.IGNORECASE)
_QUOTES: Final = " \t[](){}\"'\u2018\u2019\u201c\u201d.!?:"
_EDGES: Final = _QUOTES + ",;\n"
_LEAST: Final = 2  # letters of what can be closed
_MOST_WORDS: Final = 10  # of an order without a story
_FEW_WORDS: Final = 6  # that only open and close, and name nothing that is there


@dataclass(frozen=True, slots=True, repr=False)
class Wish:
    """The very words to open, and those to close; neither: an order that names nothing that is there."""

    opens: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()  # that were opened, and shall be closed after all


def _coarsely(draft: Draft, lang: str, /) -> str:
    text = draft.text
    for words in draft.hidden:
        text = text.replace(words, "")
    return redact.closed_coarsely(text, lang)


@total("closed_story", instead=_coarsely)
def closed(draft: Draft, lang: str, /) -> str:
    """The story as it is kept."""
    if not draft.opened and not draft.hidden:
        return redact.closed(draft.text, lang, draft.kept)
    return redact.close(draft.text, tuple(_spans(draft)), lang)


def _place_coarsely(words: str, _: Draft, lang: str, /) -> str:
    return redact.closed_coarsely(words, lang)


@total("closed_place", instead=_place_coarsely)
def closed_place(words: str, draft: Draft, lang: str, /) -> str:
    """Words of its place as they are kept: what is closed in the story is closed there too."""
    return hidden_in(redact.closed(words, lang), draft.hidden, lang) if words else ""


def _none(_: Draft, _lang: str, /) -> tuple[tuple[str, str, bool], ...]:
    return ()


@total("found_words", instead=_none)
def found_in(draft: Draft, lang: str, /) -> tuple[tuple[str, str, bool], ...]:
    """Each word that was found or named: itself, its kind as people call it, and whether it is open."""
    text = draft.text
    found = (
        (text[each.start : each.end], _called(each.kind, lang), _is_open(draft, each)) for each in redact.find(text)
    )
    named = ((each, _called(kind_of(each), lang), False) for each in draft.hidden)
    return tuple({words: (words, kind, is_open) for words, kind, is_open in (*found, *named)}.values())


def kinds_of(draft: Draft, lang: str) -> str:
    """What is closed in it, by kind: "nama, telepon"; empty where nothing is."""
    return ", ".join(dict.fromkeys(_called(span.kind, lang) for span in _spans(draft)))


def lines(draft: Draft, lang: str, closed: str, *, echo: bool) -> Iterator[Line]:
    """What a summary says of it; `closed`: the story as it is kept, which is shown where `echo` says so."""
    if closed != draft.text:
        yield line("summary_closed", keep=False, kinds=kinds_of(draft, lang))
    elif echo:
        yield line("summary_hide", keep=False)
    if redact.is_unlearned(draft.text):
        yield line("summary_script", keep=False)


def _called(kind: redact.Trace, lang: str) -> str:
    """What its mark says."""
    return redact.close("x", (redact.Span(0, 1, kind, certain=True),), lang).strip("[]")


def _spans(draft: Draft) -> list[redact.Span]:
    found = (span for span in redact.find(draft.text) if not _is_open(draft, span))
    return _merged((*found, *_by_hand(draft.text, draft.hidden)))


def _merged(spans: Iterable[redact.Span]) -> list[redact.Span]:
    """In order, none over another."""
    merged: list[redact.Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if merged and span.start < merged[-1].end:
            merged[-1] = replace(merged[-1], end=max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def _is_open(draft: Draft, span: redact.Span) -> bool:
    words = draft.text[span.start : span.end]
    return words in draft.opened or (not span.certain and words in draft.kept)


def _by_hand(told: str, hidden: tuple[str, ...]) -> Iterator[redact.Span]:
    for words in hidden:
        for found in _standing(words, told):
            yield redact.Span(found.start(), found.end(), kind_of(words), certain=True)


def _standing(words: str, told: str) -> Iterator[re.Match[str]]:
    """Where words stand by themselves, and not within a mark."""
    return re.finditer(rf"(?<![\w\[]){re.escape(words)}(?![\w\]])", told, re.IGNORECASE)


def kind_of(words: str) -> redact.Trace:
    """What a finder would call it by itself, however it is written; a remark where none knows it."""
    found = redact.find(words) or redact.find(words.lower())
    return found[0].kind if found else redact.Trace.THIRD_PARTY


def hidden_in(told: str, words: tuple[str, ...], lang: str) -> str:
    """A text that is kept already, with these words closed too."""
    return redact.close(told, tuple(_merged(_by_hand(told, words))), lang)


def orders_in(said: str) -> list[tuple[bool, str]]:
    """Whether to open, and what, of each order; none where the words do not begin with one."""
    verbs = list(_ORDER.finditer(said.strip()))
    if not verbs or said.strip()[: verbs[0].start()].strip():
        return []
    ends = [*(found.start() for found in verbs[1:]), len(said.strip())]
    return [
        (normal(found["verb"]) in _VERBS["open"], said.strip()[found.end() : end].strip(_EDGES))
        for found, end in zip(verbs, ends, strict=True)
    ]


def _told(draft: Draft) -> str:
    return f"{draft.text}\n{draft.place.words}" if draft.place is not None else draft.text


def as_it_stands(what: str, told: str) -> str:
    """The words as they stand in a text, else without the courtesy behind them: "Pak Min" is a name, "ya pak" none."""
    words = what.split(" ")
    while len(words) > 1 and normal(words[-1]) in _COURTESY and not next(_standing(" ".join(words), told), None):
        words.pop()
    return " ".join(words).strip(_EDGES)


def wish_in(said: str, draft: Draft) -> Wish | None:
    """What an answer opens and closes; None for words that are something else, as "tutup got hilang" is."""
    orders = orders_in(said)
    wish = Wish()
    for opens, what in orders:
        for part in _parts(as_it_stands(what, _told(draft)), draft):
            wish = _opened(wish, part, draft) if opens else _hidden(wish, part, draft)
    if wish != Wish():
        return wish
    return wish if orders and words_in(said) <= _FEW_WORDS and not tells_of_a_lid(said) else None


def wished_closed(said: str, draft: Draft) -> Wish:
    """What words close that were written where nothing else is asked for; nothing where none of them stands there."""
    wish = Wish()
    for part in _parts(as_it_stands(said.strip(_EDGES), _told(draft)), draft):
        wish = _hidden(wish, part, draft)
    return wish


def speaks_of_closing(said: str) -> bool:
    """Whether words are such an order wherever they are said: two at once, or one that names a kind."""
    orders = orders_in(said) if words_in(said) <= _MOST_WORDS and not tells_of_a_lid(said) else []
    return len(orders) > 1 or any(_named(as_it_stands(what, "")) != (False, None) for _, what in orders)


def tells_of_a_lid(said: str) -> bool:
    """Whether words that begin like an order tell of a lid, or of hours: "tutup got hilang", "buka sampai malam"."""
    return not _LIDS.isdisjoint(normal(said).split())


def _parts(what: str, draft: Draft) -> list[str]:
    """One by one, unless the whole stands so in the story."""
    if what and next(_standing(what, _told(draft)), None):
        return [what]
    return [part.strip(_QUOTES) for part in _PART.split(what) if part.strip(_QUOTES)]


def _named(part: str) -> tuple[bool, redact.Trace | None]:
    """Whether all is meant, and which kind: "nama saya" names one."""
    said = " ".join(word for word in normal(part).split() if word not in _WHOSE)
    return said in _ALL, _KINDS.get(said)


def _opened(wish: Wish, part: str, draft: Draft) -> Wish:
    every, kind = _named(part)
    words = (
        (draft.text[span.start : span.end], span.kind) for span in redact.find(draft.text) if not _is_open(draft, span)
    )
    chosen = tuple(
        each for each, of in words if every or of is kind or (kind is None and _holds(each, part))
    ) if normal(part) else ()  # fmt: skip
    return replace(wish, opens=(*wish.opens, *chosen))


def _holds(words: str, part: str) -> bool:
    """Whether a trace holds these words whole."""
    said = normal(part)
    return len(said) > _LEAST and f" {said} " in f" {normal(words)} "


def _hidden(wish: Wish, part: str, draft: Draft) -> Wish:
    every, kind = _named(part)
    found = [(draft.text[span.start : span.end], span.kind) for span in redact.find(draft.text)]
    again = tuple(words for words, of in found if words in draft.opened and (every or of is kind or part in words))
    closed_by_us = any(of is kind for _, of in found)
    literal = len(normal(part)) >= _LEAST and next(_standing(part, _told(draft)), None) and not (every or closed_by_us)
    return replace(wish, hides=(*wish.hides, *((part,) if literal else ())), reopened=(*wish.reopened, *again))


def granted(draft: Draft, wish: Wish) -> Draft:
    """The draft as the answer wants it."""
    kept = {*draft.opened, *wish.opens} - {*wish.reopened}
    hidden = tuple(dict.fromkeys((*draft.hidden, *wish.hides)))
    opened = tuple(sorted(words for words in kept))
    return replace(draft, opened=opened, hidden=tuple(words for words in hidden if words not in wish.opens))


def corrections(draft: Draft) -> list[tuple[redact.Trace, str]]:
    """What its writer made of what was found: each trace by its kind, and what became of it; no word of it."""
    text = draft.text
    told: list[tuple[redact.Trace, str]] = []
    for span in redact.find(text):
        words = text[span.start : span.end]
        if words in draft.opened:
            told.append((span.kind, "opened"))
        elif not span.certain and words in draft.kept:
            told.append((span.kind, "kept"))
        elif not span.certain and draft.doubted:
            told.append((span.kind, "agreed"))
    return [*told, *((kind_of(words), "closed") for words in draft.hidden)]
