"""The writer's name where no word announces it: beside something closed, in the first words, on the last line."""

import re
from collections.abc import Iterator

from core.redact.context import ME, writer_speaks
from core.redact.naming import known, name_end, skip_honorific
from core.redact.page import CLOSED, Page
from core.redact.traces import Span, Trace
from core.redact.words import BANKS, GIVEN

_NOT_A_PERSON = re.compile(
    r"(?:wassalam\w*|salam|best|regards|hormat|sincerely|cheers|terima|thanks?|yours|demikian|mohon|"
    r"call|contact|hub\w*|adapun|"
    rf"pt|cv|ud|pd|toko|yayasan|koperasi|dinas|sudin|warga|tim|team|keluarga besar|pengurus|paguyuban|"
    rf"warung|bank|rs|kelurahan|"
    rf"{'|'.join(BANKS)})\b"
)
# Beside a number that was the writer's: "0812... an Rohmat", "Budi 0812...", "(Budi)".
_AFTER_CLOSED = re.compile(rf"{CLOSED}[, ]{{1,2}}(?P<cue>\(|an?\.? ?n?\.? |a/n |atas nama |dengan |dgn |dg )?")
_CUE = (
    r"hp|wa|telp|tlp|nomor|no\.? ?(?:hp|wa|ktp|telp)?|nik|ktp|npwp|tgl lhr|tgl lahir|tanggal lahir|lahir|lhr|ttl|"
    r"email|imel|"
    r"ig|alamat|umur"
)
_BEFORE_CLOSED = re.compile(
    rf"(?:^|(?<=[.\n#|;]))[ \n]{{0,3}}(?=[^\n]{{2,40}}?[ ,\-:(<|/]{{1,3}}(?:{_CUE})?[ .:]{{0,2}}{CLOSED})"
)
_ENDS_AT_CLOSED = re.compile(rf"[ ,\-:(<|/]{{1,3}}(?:{_CUE})?[ .:]{{0,2}}{CLOSED}")
_FIRST = re.compile(
    r"^\s{0,3}(?:(?:lapor|halo|hai|min|selamat (?:pagi|siang|sore|malam)|assalamualaikum|hi there|"
    r"hello there|hi|hello|dear \w+),?[ .!]{1,3}){0,2}(?P<from>(?:dari|dr|from|ini|it's|its|this is) "
    r")?"
)
_AFTER_FIRST = re.compile(
    rf"[,:]? (?:dari|dr|from|here|speaking|di sini|disini|warga|{ME}|mau|ingin|again|lagi|ketua|wakil|"
    rf"pengurus|mo|jl|jln|gg|kel|rt)\b|, ?\d{{2}} ?(?:th|thn|tahun|years?)\b"
)
_LAST = re.compile(r"\n[ \n]{0,4}(?=[^\n]{2,48}\s*$)")
_BOTTOM = re.compile(r"\n[ \n]{0,4}(?=[^\n]{2,48}\n)")
_OWN_LINE = re.compile(r"[.,)]{0,2} ?(?:\n|$)")
_I_AM = frozenset(("i", "this"))
_CAPITAL_ME = re.compile(rf"\b(?:{ME}|this is|i'm|i am) (?=[a-z])")
_VERB = re.compile(r"(?:[Mm]e|[Bb]er|[Tt]er|[Dd]i)[a-z]{4,}|[A-Z][a-z]*(?:kan|lah|kah|nya)\b")
_STOPS = re.compile(r"[.,)]|\s*$")
_BREAKS_NAME = re.compile(r"[ ,](?:pt|jl|jalan|jln|no|rt|kota|gedung)\b")


def beside(page: Page) -> Iterator[Span]:
    """Names next to a closed place."""
    if CLOSED not in page.text:
        return
    for found in _AFTER_CLOSED.finditer(page.low):
        at = skip_honorific(page, found.end())
        sure = found["cue"] is not None
        end = name_end(page, at, strong=sure) if _person(page, at) and (sure or known(page, at)) else None
        if end is not None and (sure or _STOPS.match(page.low[end : end + 3])):
            yield Span(at, end, Trace.NAME_SELF, certain=known(page, at))
    for found in _BEFORE_CLOSED.finditer(page.low):
        at = skip_honorific(page, found.end())
        if _person(page, at) and (end := name_end(page, at, strong=False)) and _ENDS_AT_CLOSED.match(page.low, end):
            if not known(page, at) and " " not in page.text[at:end]:
                continue
            yield Span(at, end, Trace.NAME_SELF, certain=known(page, at))


def opening(page: Page) -> Iterator[Span]:
    """Names in the first words: "dari Pak Joko, ...", "Grace here"."""
    found = _FIRST.match(page.low)
    if found is None:
        return
    at = skip_honorific(page, found.end())
    titled = at > found.end()
    told = found["from"] is not None
    end = (
        name_end(page, at, strong=False)
        if _person(page, at) and (titled or page.text[at : at + 1].isupper() or known(page, at))
        else None
    )
    if end is None:
        return
    follows = _AFTER_FIRST.match(page.low, end) is not None
    if (told and (titled or known(page, at))) or (
        follows and (known(page, at) or (told and not page.text.isupper()) or " here" in page.low[end : end + 5])
    ):
        yield Span(at, end, Trace.NAME_SELF, certain=known(page, at))


def capital(page: Page) -> Iterator[Span]:
    """A word with a capital after a pronoun with none: "gw Reyhan anak sma"."""
    for found in _CAPITAL_ME.finditer(page.low) if writer_speaks(page) or not _I_AM.isdisjoint(page.words) else ():
        at = skip_honorific(page, found.end())
        if not page.text[found.start() : found.start() + 1].islower() or not page.text[at : at + 1].isupper():
            continue
        end = None if _VERB.match(page.text, at) else name_end(page, at, strong=True)
        if end is None or not _person(page, at) or page.text[at:end].isupper():
            continue
        if page.text[end : end + 2].strip()[:1].isupper() or _BREAKS_NAME.match(page.low, end):
            continue
        yield Span(at, end, Trace.NAME_SELF, certain=known(page, at))


def last_line(page: Page) -> Iterator[Span]:
    """A line at the bottom that is nothing but a name, as mails are signed."""
    if "\n" not in page.text:
        return
    for pattern in (_LAST, _BOTTOM):
        bottom = pattern is _BOTTOM
        for found in pattern.finditer(page.low, max(0, len(page.low) - 160)):
            at = skip_honorific(page, found.end())
            titled = at > found.end()
            if not _person(page, at) or not (page.text[at : at + 1].isupper() or known(page, at)):
                continue
            end = name_end(page, at, strong=titled)
            if end is not None and bottom and not (titled or known(page, at) or _is_foot(page, found, at, end)):
                continue
            if (
                end is not None
                and _OWN_LINE.match(page.low, end)
                and not page.text[at:end].lower().startswith("terima")
            ):
                yield Span(at, end, Trace.NAME_SELF, certain=titled or known(page, at))


def _is_foot(page: Page, found: re.Match[str], at: int, end: int) -> bool:
    """Two words or more after an empty line or the dashes that part a mail from its signature."""
    parted = "\n\n" in found.group().replace(" ", "") or page.low[: found.start()].endswith(("--", "-- "))
    return parted and " " in page.text[at:end]


def _person(page: Page, at: int) -> bool:
    return _NOT_A_PERSON.match(page.low, at) is None


# Whom to ask for at the number that is closed: "Hub: Ny. Lim (0812...)".
_CALLED = re.compile(
    rf"\b(?:hub|hubungi|kontak|contact|cp|call|telp|tlp|wa|hp)\b[ .:]{{1,3}}(?=[^\n{CLOSED}]{{2,40}}?[ ,\-:(<|/]{{1,3}}"
    rf"(?:hp|wa|telp|tlp|no|di|at|nomor)?[ .:]{{0,2}}{CLOSED})"
)
_ENDS_AT_NUMBER = re.compile(rf"[ ,\-:(<|/]{{1,3}}(?:hp|wa|telp|tlp|no|di|at|nomor)?[ .:]{{0,2}}{CLOSED}")
_DASHED = re.compile(r"(?:[.!?)\n]|\S ) ?[\-~_/*(=#]{1,2} ?(?=[^\n]{2,40}$)")
_DASHED_END = re.compile(r"[ .]{0,2}[\-~_/*)=#]{0,2}[ .]{0,2}$|, ?[^\n,.]{2,30}[ .\-~)]{0,3}$")
_SEGMENT = re.compile(r"(?:^|[#;|])\s?(?=[^#;|\n]{2,50}(?:[#;|]|$))")
_SEGMENT_END = re.compile(rf"\s?(?:$|[#;|]|{CLOSED}|[, ]{{1,2}}(?:hp|wa|telp|no)?[ .:]{{0,2}}{CLOSED})")


def called(page: Page) -> Iterator[Span]:
    """Names between a word such as "hub" and a number that was the writer's."""
    if CLOSED not in page.text:
        return
    for found in _CALLED.finditer(page.low):
        at = skip_honorific(page, found.end())
        titled = at > found.end()
        end = name_end(page, at, strong=titled) if _person(page, at) and (titled or known(page, at)) else None
        if end is not None and _ENDS_AT_NUMBER.match(page.low, end):
            yield Span(at, end, Trace.NAME_SELF, certain=False)


def dashed(page: Page) -> Iterator[Span]:
    """A name alone at the very end, after a dash or in brackets: "- Fajar -"."""
    for found in _DASHED.finditer(page.text, max(0, len(page.text) - 60)):
        at = skip_honorific(page, found.end())
        capital = page.text[at : at + 1].isupper() and not page.text.isupper()
        end = name_end(page, at, strong=False) if _person(page, at) and (capital or known(page, at)) else None
        if end is not None and _DASHED_END.match(page.text, end) and not page.text[at:end].isupper():
            yield Span(at, end, Trace.NAME_SELF, certain=known(page, at))


_LAST_WORD = re.compile(
    r"(?:[^\W\d_]{4}\.|\bya\.|[!?,\n]|\b(?:trims|makasih|thx|tks|ya)) {1,2}(?=[^\n.!?,]{2,40}[ .!]{0,3}$)"
)
_FROM_WHOM = re.compile(
    r"(?:^|[.!?,\n]|\b(?:trims|makasih|thx|tks|ya)) {0,2}(?:dari|dr|oleh|by|from|pengirim|pelapor|"
    r"tertanda)[ :]{1,2}(?=[^\n.!?]{2,60}$)"
)
_FROM = frozenset(("dari", "dr", "oleh", "by", "from", "pengirim", "pelapor", "tertanda"))
_FROM_END = re.compile(r"(?:, ?[^\n.!?]{2,40}| (?:di|warga|rt|kel) [^\n.!?]{2,40})?[ .!]{0,3}$")


def closing(page: Page) -> Iterator[Span]:
    """A name that is the last word, or stands there after "dari"."""
    since = max(0, len(page.low) - 70)
    for found in _LAST_WORD.finditer(page.low, since) if not GIVEN.isdisjoint(page.words) else ():
        at = found.end()  # with a title it is somebody thanked
        end = name_end(page, at, strong=False) if _person(page, at) and known(page, at) else None
        if end is not None and not page.low[end:].strip(" .!"):
            yield Span(at, end, Trace.NAME_SELF, certain=False)
    for found in _FROM_WHOM.finditer(page.low, since) if not _FROM.isdisjoint(page.words) else ():
        at = skip_honorific(page, found.end())
        titled = at > found.end() and page.text[at : at + 1].isupper()
        end = name_end(page, at, strong=False) if _person(page, at) and (titled or known(page, at)) else None
        if end is not None and _FROM_END.match(page.low, end):
            yield Span(at, end, Trace.NAME_SELF, certain=False)


def segments(page: Page) -> Iterator[Span]:
    """Names in a message that is parted by signs as some services taught: LAPOR#what#where#who."""
    slashed = _SLASHED.match(page.low)
    if slashed and known(page, 0) and name_end(page, 0, strong=False) == slashed.end(1):
        yield Span(0, slashed.end(1), Trace.NAME_SELF, certain=False)
    if page.low.count("#") + page.low.count("|") + page.low.count(";") < _LEAST_PARTS:
        return
    for found in _SEGMENT.finditer(page.low):
        at = skip_honorific(page, found.end())
        end = name_end(page, at, strong=False) if _person(page, at) and known(page, at) else None
        if end is not None and _SEGMENT_END.match(page.low, end):
            yield Span(at, end, Trace.NAME_SELF, certain=True)


_LEAST_PARTS = 2
_SLASHED = re.compile(r"([^/\n]{2,40}?) ?/[^/\n]{2,60}/")
