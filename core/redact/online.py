"""Mail addresses and profiles: what leads from a report to a person's account."""

import re
from collections.abc import Iterator

from core.redact.context import ME, whose
from core.redact.page import Page
from core.redact.traces import Span, Trace
from core.redact.words import MAILBOXES, OFFICES

_LOCAL = "abcdefghijklmnopqrstuvwxyz0123456789._%+-"
_HOSTS = "|".join(MAILBOXES)
_DOMAIN = re.compile(r"[a-z0-9][a-z0-9\-]{0,62}(?:\.[a-z0-9\-]{1,63}){0,4}")
_SPACED_DOMAIN = re.compile(rf" ?(?:{_HOSTS})(?: ?\. ?[a-z]{{2,10}}){{0,2}}\b")
_AT = re.compile(r"\s?[\[({<]\s?(?:at|a|et)\s?[\])}>]\s?|\s(?:at|et|pada|a keong|keong)\s")
_MAYBE_SPELT = re.compile(rf"[\[({{<]\s?(?:at|a|et)\s?[\])}}>]|dot|titik|{_HOSTS}")
_SPELT_DOMAIN = re.compile(
    r"[a-z0-9\-]{1,40}(?:(?:\s?[\[({]\s?(?:dot|titik)\s?[\])}]\s?|\s(?:dot|titik)\s|\s?\.\s?)[a-z0-9\-]{2,20}){1,3}\b"
)
_SPELT_LOCAL = re.compile(r"[a-z0-9._+\-]+(?:(?: dot | titik |\s?[\[({]dot[\])}]\s?)[a-z0-9._+\-]+){0,3}$")
# After "mail" each word up to the sign belongs to it: "mail siti nurbaya at yahoo dot com".
_CUED_LOCAL = re.compile(
    rf"\b(?:e-?mail|mail|imel|surel)(?:ku)?(?: (?:{ME}|my|is|di|ke|ya|to|me at))*[ "
    rf":=]{{1,3}}([a-z0-9._+\-]{{1,30}}(?: [a-z0-9._+\-]{{1,30}}){{0,2}})$"
)
_ROLES = frozenset(
    (
        "info",
        "hrd",
        "hr",
        "cs",
        "admin",
        "sales",
        "hello",
        "halo",
        "contact",
        "support",
        "marketing",
        "office",
        "humas",
        "pengaduan",
        "layanan",
        "finance",
        "recruitment",
        "care",
    )
)
_FAR = 180  # a company is named, then its address, then its mailbox
_PUBLIC_DOMAINS = (".go.id", "jakarta.go.id")
_PROFILE = re.compile(
    r"(?<![\w.@\-])(?:https?://)?(?:(?:www|m|web|mobile|id-id)\.)?"
    r"(?:instagram\.com|facebook\.com|fb\.com|fb\.me|twitter\.com|x\.com|tiktok\.com|t\.me|telegram\.me|wa\.me|"
    r"api\.whatsapp\.com|"
    r"linkedin\.com/in|youtube\.com/@|threads\.net|line\.me)/?(?P<handle>[\w.@?=&/+\-%]{2,80})"
)
_ENDINGS = (".com", ".me", ".net")
_HANDLE = re.compile(r"(?<![\w@./+\-])@(?P<handle>[a-z0-9_](?:[a-z0-9_.]{1,28})[a-z0-9_])")
_OWN_HANDLE = re.compile(
    r"\b(?:ig|instagram|insta|fb|facebook|twitter|twit|tiktok|telegram|tele|line|x|akun|username|threads|linkedin)\b"
    r"(?: (?:ig|instagram|fb|facebook|twitter|tiktok|telegram|tele|line|x))? ?"
    rf"(?:{ME}|ku)\b[ :=]{{0,3}}(?:(?:adalah|yaitu|namanya|di)[ :]{{0,2}})"
    r"?(?P<handle>@?[a-z0-9_][a-z0-9_.]{1,28}[a-z0-9_])"
    r"|\bmy (?:ig|instagram|insta|fb|facebook|twitter|tiktok|telegram|line|x|account|username|handle)(?: "
    r"(?:account|handle))?"
    r"[ :=]{0,3}(?:is )?(?P<english>@?[a-z0-9_][a-z0-9_.]{1,28}[a-z0-9_])"
)
_LABELLED = re.compile(
    r"\b(?:ig|instagram|fb|facebook|twitter|tiktok|telegram|tele|line)(?: id)"
    r"?\s?[:=]\s?(?P<handle>@?[a-z0-9_][a-z0-9_.]{1,28}[a-z0-9_])"
)


# An account of which the writer tells what it does is what the report is about.
_ACTS = re.compile(
    r" (?:(?:itu|ini|malah|masih|yang|yg|suka|terus|is|still|keeps|was) ){0,2}(?:nyebar|menyebar|"
    r"sebar|jual|menjual|nipu|menipu|posting|"
    r"mem?posting|promosi|buka|iklan|ngajak|mengajak|spread|sell|post|advertis|scam|announc)"
)


def _office(handle: str) -> bool:
    return handle.lstrip("@/").startswith(OFFICES)


def mails(page: Page) -> Iterator[Span]:
    """Mail addresses, written as such."""
    low = page.low
    at = low.find("@")
    while at != -1:
        if span := _mail(page, at):
            yield span
        at = low.find("@", at + 1)


def _mail(page: Page, at: int) -> Span | None:
    low = page.low
    stop = at
    if low[at - 1 : at] == " " and _SPACED_DOMAIN.match(low, at + 1):
        stop = at - 1
    left = low[max(0, stop - 64) : stop]
    local = left[len(left.rstrip(_LOCAL)) :].lstrip(".-")
    domain = _SPACED_DOMAIN.match(low, at + 1) or _DOMAIN.match(low, at + 1)
    if not local or domain is None:
        return None
    host = domain.group().strip(" .-")
    if host.endswith(_PUBLIC_DOMAINS):
        return None
    end = domain.start() + len(domain.group().rstrip(" .-"))
    role = local in _ROLES
    if role and host.split(".")[0] not in MAILBOXES and whose(page, stop - len(local), _FAR) is False:
        return None
    certain = not role and "." in host and whose(page, stop - len(local)) is not False
    return Span(stop - len(local), end, Trace.EMAIL, certain=certain)


def spelt_mails(page: Page) -> Iterator[Span]:
    """Mail addresses written for people: "nama at gmail dot com"."""
    if not _MAYBE_SPELT.search(page.low):
        return
    for found in _AT.finditer(page.low):
        domain = _SPELT_DOMAIN.match(page.low, found.end())
        if domain is None:
            continue
        bracketed = found.group().strip()[:1] in "[({<"
        host = re.split(r"\W", domain.group(), maxsplit=1)[0]
        if not (bracketed or host in MAILBOXES or re.search(r"\b(?:dot|titik)\b", domain.group())):
            continue
        start = max(0, found.start() - 80)
        local = _CUED_LOCAL.search(page.low[start : found.start()]) or _SPELT_LOCAL.search(
            page.low[start : found.start()]
        )
        if local:
            yield Span(start + local.start(local.lastindex or 0), domain.end(), Trace.EMAIL, certain=True)


def profiles(page: Page) -> Iterator[Span]:
    """Profile links, and handles that the writer calls their own."""
    for found in _PROFILE.finditer(page.low) if any(end in page.low for end in _ENDINGS) else ():
        handle = found["handle"]
        if not _office(handle):
            end = found.start() + len(found.group().rstrip(".?&/="))
            yield Span(found.start(), end, Trace.URL_PROFILE, certain=whose(page, found.start()) is not False)
    for found in _OWN_HANDLE.finditer(page.low):
        group = "handle" if found["handle"] else "english"
        if _looks_chosen(found[group], page.low[found.start(group) - 2 : found.start(group)]):
            yield Span(*found.span(group), Trace.URL_PROFILE, certain=True)


def handles(page: Page) -> Iterator[Span]:
    """Bare handles, whosever they are; those of public offices stay."""
    for sign, pattern in (("@", _HANDLE), (":", _LABELLED), ("=", _LABELLED)):
        for found in pattern.finditer(page.low) if sign in page.low else ():
            start = found.start("handle") - (pattern is _HANDLE)
            owner = whose(page, start)
            acts = owner is None and _ACTS.match(page.low, found.end("handle")) is not None
            if not (_office(found["handle"]) or owner is False or acts):
                yield Span(start, found.end("handle"), Trace.URL_PROFILE, certain=owner is True)


def _looks_chosen(handle: str, before: str) -> bool:
    """A handle rather than a word such as "diblokir"."""
    return handle.startswith("@") or ":" in before or "=" in before or any(c in "_.0123456789" for c in handle)
