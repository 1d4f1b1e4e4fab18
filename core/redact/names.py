"""The writer's own name: told by what stands before it, never by the list alone, for an offender's name stays."""

import re
from collections.abc import Iterator

from core.redact.context import ME, before, whose, writer_speaks
from core.redact.naming import is_deed, known, name_end, skip_honorific
from core.redact.page import Page
from core.redact.traces import Span, Trace
from core.redact.words import cue_words

_LINK = r"(?: (?:adalah|ialah|yaitu|itu|yakni|is))?\s{0,2}[:=,\-]?\s{0,2}"
_STRONG = re.compile(
    rf"\b(?:(?:nama|nm)(?: (?:lengkap|asli|panggilan|lengkapnya))? (?:{ME}|"
    rf"pengirim)|namaku|nama ku|jenengku|jeneng {ME}|asmane|{ME}(?: yang)? bernama|yang bertanda "
    rf"tangan di bawah ini|yg bertanda tangan dibawah ini"
    rf"|panggil(?: saja| aja| aje)? (?:{ME}\b)?|my (?:full )?name(?: is|'s)?|my full name|call me|the name is){_LINK}"
    rf"|\b(?:atas nama|atas nm|a\.\s?n\.|an\.|a/n):? ?(?:{ME},? )?"
    rf"|\b(?:tertanda|ttd|t\.t\.d\.?|hormat (?:saya|kami)|(?:yours )?(?:sincerely|faithfully|truly)|(?:best |"
    rf"kind |warm )?regards)[\s,.:()\-]{{1,8}}"
)
_MAY_ANNOUNCE = re.compile(
    r"nama|n[mn]\b|n\.|/n|jeneng|asmane|tangan|panggil|name|call me|ttd|t\.t|tertanda|hormat|sincer|"
    r"faithf|truly|regards"
)
_LABELLED = re.compile(
    r"\b(?:nama|nm|oleh|nama lengkap|nama pelapor|nama pengirim|nama (?:&|dan|serta|/) [^:\n]{1,25}|pelapor|"
    r"pengirim|name|full name|reporter|sender|from|"
    r"dari)\s?[:=]\s?"
)
_BARE_LABEL = re.compile(r"(?:\b(?:pelapor|pengirim)|(?:^|(?<=[\n,;])) ?nama)[ ,]{1,2}")
_LINE_START = re.compile(r"(?:^|[\n.;,])\s{0,3}$")
_INTRODUCED = re.compile(
    r"\b(?:perkenalkan|kenalkan|kenalin|introduce myself)\b[ ,.:]{0,3}(?:nama )?(?:(?:saya|aku|sy|kami|gue|"
    r"dengan)\b[ ,.:]{0,3})?"
)
_I = re.compile(rf"\b(?:{ME}|i am|i'm|im|this is|ini)\b(?: (?:adalah|ialah|dengan|si))?(?P<comma>,| \()? {{0,2}}")
_I_WORDS = frozenset(("i", "im", "this", "ini"))
_SURE_START = re.compile(
    r"(?:^|[\n.!?;,:(\-]|\b(?:halo|hallo|hai|bang|min|mas|mbak|gan|btw|hi|hello|pagi|siang|sore|"
    r"malam|min|admin|pak|bu|kak|gan|"
    r"assalamualaikum|assalamu'alaikum|"
    r"aslm|wr wb|permisi|maaf|mohon maaf|dgn|dengan|dan|bahwa|kenalkan|perkenalkan))\s{0,3}$"
)
_RELATION = re.compile(
    rf"\b(?P<family>istri|isteri|suami|anak|ibu|bapak|ayah|adik|adek|kakak|nenek|kakek|mertua|mama|papa|orang tua)"
    rf"(?:ku| {ME})\b,? (?:yang )?(?:bernama |namanya |atas nama )?"
    r"|\bmy (?P<english>wife|husband|son|daughter|mother|father|mom|dad|brother|sister|child|grandmother|"
    r"grandfather),? (?:named |called )?"
    rf"|\b(?:teman|tetangga|rekan|pacar|bos|atasan)(?:ku| {ME})\b,? (?:yang )?(?:bernama |namanya )?"
    r"|\bmy (?:friend|neighbou?r|colleague|coworker|boss|boyfriend|girlfriend),? (?:named |called )?"
)
_KIN = cue_words(_RELATION.pattern, "ku")
_CLOSING = re.compile(
    r"\b(?:(?P<thanks>(?:terima ?kasih|trima ?kasih|makasih|makasi|trims|tks|thx|thanks|thank you|many thanks|"
    r"matur nuwun)(?: (?:banyak|sebelumnya|admin|min))?)"
    r"|salam(?: (?:hormat|hangat|sejahtera|sehat|saya|kami|dari))?|hormat|cheers|best|wassalam\w*(?:,? ?(?:wr|"
    r"warahmatullahi)\.? ?(?:wb|wabarakatuh)\.?)?)"
    r"(?P<gap>[\s,.:!\-~()]{1,6})"
)
# After a signature comes the end, or more of who signs; otherwise it was part of a sentence.
_CLOSES = cue_words(
    "terima|terimakasih|trima|trimakasih|makasih|makasi|trims|tks|thx|thanks|thank|many|matur|nuwun|salam|hormat|cheers|best"
)
_SIGNED = re.compile(
    r"[\s.,!)]{0,4}(?:$|\n|\ufffc|\(|[,\-/ ]{1,3}(?:warga|rt|rw|jl|jln|jalan|dari|hp|wa|telp|no|nik|kel|\d)|, "
    r"[^\n,.]{3,30}\.?\s*$)"
)
_DASHED = re.compile(r"\n[ \-~]{1,4}(?=[A-Z][^\n]{1,40}$)")
_MOST_NAMES = 5  # looked for once more: a report has no more, and a hostile one shall not take minutes
_ORGANISATION = re.compile(r"(?:pt|cv|ud|pd|toko|yayasan|koperasi|perusahaan|dinas|sudin|warga|tim|team)\b")


# An account that shows a person's name instead of a handle.
_SHOWN = re.compile(
    rf"\b(?:fb|facebook|efbe|akun fb|akun facebook)(?: (?:{ME}|nama|namanya|atas nama|a\.?n\.?))*[ :=]{{1,3}}"
    rf"|\b(?:linkedin|youtube|yutub|channel|chanel|kanal|twitter|tiktok|telegram|ig|instagram|akun(?: \w+)?)"
    rf"(?:(?: \w+)? {ME}(?: (?:nama|namanya|bernama|atas nama|an))?|ku(?: namanya)?| ?:)[ :=\"']{{1,3}}"
)
_SHOWN_CUES = cue_words(
    "fb|facebook|efbe|linkedin|youtube|yutub|channel|chanel|kanal|twitter|tiktok|telegram|ig|"
    "instagram|akun|akunku|igku|channelku"
)
_AN = re.compile(r"\ban (?:(?:pak|bu|bapak|ibu|sdr|sdri)\.? )?(?=\w)")


def shown(page: Page) -> Iterator[Span]:
    """Names of accounts, such as Facebook's."""
    for found in _SHOWN.finditer(page.low) if not _SHOWN_CUES.isdisjoint(page.words) else ():
        end = name_end(page, found.end(), strong=" nama" in found.group() or known(page, found.end()))
        if end is not None and " " in page.text[found.end() : end] and whose(page, end) is not False:
            yield Span(found.end(), end, Trace.URL_PROFILE, certain=whose(page, end) is True)


def introduced(page: Page) -> Iterator[Span]:
    """Names after words that announce one: nama saya, my name is, a.n., ttd."""
    for found in _STRONG.finditer(page.low) if _MAY_ANNOUNCE.search(page.low) else ():
        at = skip_honorific(page, found.end())
        end = None if _ORGANISATION.match(page.low, at) else name_end(page, at, strong=True)
        if end is not None:
            behalf = found.group().lstrip().startswith("a")
            if behalf and whose(page, found.start()) is False:
                continue
            yield Span(at, end, Trace.NAME_SELF, certain=not behalf or whose(page, found.start()) is True)
    for found in _AN.finditer(page.low) if "an" in page.words else ():
        if known(page, found.end()) and whose(page, found.start()) is not False:
            yield Span(
                found.end(), name_end(page, found.end(), strong=False) or found.end(), Trace.NAME_SELF, certain=False
            )
    yield from _labelled(page)
    yield from _listed(page)
    for found in _INTRODUCED.finditer(page.low) if "kenal" in page.low or "introduce" in page.low else ():
        at = skip_honorific(page, found.end())
        if end := name_end(page, at, strong=page.text[at : at + 1].isupper()):
            yield Span(at, end, Trace.NAME_SELF, certain=True)


def _labelled(page: Page) -> Iterator[Span]:
    for found in _LABELLED.finditer(page.low) if ":" in page.low or "=" in page.low else ():
        if _LINE_START.search(page.low[max(0, found.start() - 4) : found.start()]):
            at = skip_honorific(page, found.end())
            end = None if _ORGANISATION.match(page.low, at) else name_end(page, at, strong=True)
            if end is not None:
                yield Span(at, end, Trace.NAME_SELF, certain=True)


def _listed(page: Page) -> Iterator[Span]:
    for found in (
        _BARE_LABEL.finditer(page.low) if "nama" in page.low or "pelapor" in page.low or "pengirim" in page.low else ()
    ):
        at = skip_honorific(page, found.end())
        titled = at > found.end() and page.text[at : at + 1].isupper()
        if (titled or known(page, at)) and (end := name_end(page, at, strong=False)):
            yield Span(at, end, Trace.NAME_SELF, certain=False)


def said(page: Page) -> Iterator[Span]:
    """Names after "saya" or "I am", where so many other words can stand."""
    for found in _I.finditer(page.low) if writer_speaks(page) or not _I_WORDS.isdisjoint(page.words) else ():
        at = skip_honorific(page, found.end())
        titled = at > found.end()
        polite = titled and page.text[at : at + 1].isupper()
        end = name_end(page, at, strong=titled and page.text.isupper())
        if end is None or _ORGANISATION.match(page.low, at):
            continue
        certain = _SURE_START.search(page.low[max(0, found.start() - 24) : found.start()]) is not None
        weak = found.group().startswith(("ini", "this"))
        if known(page, at):
            if certain or not weak:
                yield Span(at, end, Trace.NAME_SELF, certain=certain and not weak)
        elif certain and not weak and (polite or _apposed(page, found, at, end)):
            yield Span(at, end, Trace.NAME_SELF, certain=True)


def _apposed(page: Page, found: re.Match[str], at: int, end: int) -> bool:
    """Whether an unknown word with a capital after "saya" is a name: said like one, or of several words."""
    if found["comma"]:
        return page.text[end : end + 1] in {",", ".", ")", ""}
    several = " " in page.text[at:end]
    return (
        several or re.match(r",| (?:dari|warga|from|living|tinggal)\b|[.!]?\s*$", page.low[end : end + 12]) is not None
    )


def related(page: Page) -> Iterator[Span]:
    """Names that "saya" points at: a wife, a son, a neighbour."""
    for found in _RELATION.finditer(page.low) if not _KIN.isdisjoint(page.words) else ():
        at = skip_honorific(page, found.end())
        end = name_end(page, at, strong=False)
        if end is None:
            continue
        word = page.low[at:end].split(" ")[0]
        if known(page, at) or (page.text[at].isupper() and not is_deed(word)):
            family = bool(found["family"] or found["english"])
            yield Span(at, end, Trace.NAME_SELF, certain=family and known(page, at))


def signed(page: Page) -> Iterator[Span]:
    """Names under a closing: "Salam, Budi"."""
    for found in _CLOSING.finditer(page.low) if "wassalam" in page.low or not _CLOSES.isdisjoint(page.words) else ():
        at = found.end() if found["thanks"] and "\n" not in found["gap"] else skip_honorific(page, found.end())
        apart = found["gap"].strip(" ") != ""
        lower = page.text[at : at + 1].islower()
        strong = apart and not (found["thanks"] and lower)
        end = name_end(page, at, strong=strong)
        if end is None or _ORGANISATION.match(page.low, at) or not (strong or known(page, at)):
            continue
        if _SIGNED.match(page.low, end):
            yield Span(at, end, Trace.NAME_SELF, certain=known(page, at) or apart)
    for found in _DASHED.finditer(page.text):
        end = name_end(page, found.end(), strong=False)
        if end is None:
            continue
        rest = page.text[end:].lstrip(" .\n")  # the dot of "Tomasz W." may belong to the name
        if not rest or rest[0] in ",(":
            yield Span(found.end(), end, Trace.NAME_SELF, certain=known(page, found.end()))


def again(page: Page, spans: list[Span]) -> Iterator[Span]:
    """The same full names once more elsewhere in the text."""
    names = {page.text[s.start : s.end]: None for s in spans if s.kind is Trace.NAME_SELF and s.certain}
    for name in sorted(list(names)[:_MOST_NAMES], key=len, reverse=True):
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", page.text):
            if not re.search(r"\b(?:jl|jln|jalan|gang|gg|pt|cv|toko)\.? $", before(page, found.start(), 12)):
                yield Span(*found.span(), Trace.NAME_SELF, certain=True)
