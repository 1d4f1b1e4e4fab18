"""Mail addresses, as machines and as people write them."""

import re
from collections.abc import Iterator

from core.redact.page import Page
from core.redact.traces import Span, Trace
from core.redact.words import MAILBOXES, ME

_LOCAL = "abcdefghijklmnopqrstuvwxyz0123456789._%+-"
_HOSTS = "|".join(MAILBOXES)
_PROVIDERS = frozenset(MAILBOXES)
_DOMAIN = re.compile(r"[a-z0-9][a-z0-9\-]{0,62}(?:\.[a-z0-9\-]{1,63}){0,4}")
_SPACED_DOMAIN = re.compile(rf" ?(?:{_HOSTS})(?: ?\. ?[a-z]{{2,10}}){{0,2}}\b")
_AT = re.compile(
    r"\s?[\[({<]\s?(?:at|a|et|@)\s?[\])}>]\s?|\s(?:(?:pake|pakai) )?(?:at|et|ad|pada|a ?keong|keong|a ?bulat|"
    r"arroba)\s|_at_"
)
_BRACKETED = re.compile(r"[\[({<]\s?(?:at|a|et)\s?[\])}>]")
_MAYBE_SPELT = ("dot", "titik", *MAILBOXES)
_SPELT_DOMAIN = re.compile(
    rf"(?:{_HOSTS}) (?:com|co id)\b|"
    r"[a-z0-9\-]{1,40}(?:(?:\s?[\[({<]\s?(?:dot|titik|\.)\s?[\])}>]\s?|\s(?:dot|titik)\s|_dot_|"
    r"\s?\.\s?)[a-z0-9\-]{2,20}){1,3}\b"
)
_JOINT = r"(?: dot | titik | underscore | garis bawah | strip | min | dash |\s?[\[({<]\s?(?:dot|titik|\.)\s?[\])}>]\s?)"
_SPELT_LOCAL = re.compile(rf"[a-z0-9._+\-]+(?:{_JOINT}[a-z0-9._+\-]+){{0,4}}$")
# After "mail" each word up to the sign belongs to it: "mail siti nurbaya at yahoo dot com".
_CUED_LOCAL = re.compile(
    rf"\b(?:e-?mail|mail|imel|surel)(?:ku)?(?: (?:{ME}|my|is|di|ke|ya|to|me at))*[ "
    rf":=]{{1,3}}([a-z0-9._+\-]{{1,30}}(?: [a-z0-9._+\-]{{1,30}}){{0,2}})$"
)
_PUBLIC_DOMAINS = (".go.id", "jakarta.go.id")
_SIGN = re.compile("@|%40")  # as links write it


def mails(page: Page) -> Iterator[Span]:
    """Mail addresses, written as such."""
    for sign in _SIGN.finditer(page.low) if "@" in page.low or "%40" in page.low else ():
        if span := _mail(page, *sign.span()):
            yield span


def _mail(page: Page, at: int, behind: int) -> Span | None:
    low = page.low
    stop = at
    if low[at - 1 : at] == " " and _SPACED_DOMAIN.match(low, behind):
        stop = at - 1
    left = low[max(0, stop - 64) : stop]
    local = left[len(left.rstrip(_LOCAL)) :].lstrip(".-")
    domain = _SPACED_DOMAIN.match(low, behind) or _DOMAIN.match(low, behind)
    if not local or domain is None:
        return None
    host = domain.group().strip(" .-")
    if host.endswith(_PUBLIC_DOMAINS):
        return None
    end = domain.start() + len(domain.group().rstrip(" .-"))
    return Span(stop - len(local), end, Trace.EMAIL, certain=True)


# No sign at all: "email budi.santoso gmail.com".
_NO_SIGN = re.compile(
    rf"(?<![\w.@])(?:(?<=email )|(?<=imel )|(?<=mail )|(?=[a-z0-9]{{0,24}}[._\d]))(?!(?:{ME}|my|di|ke|"
    rf"is)\b)[a-z0-9][a-z0-9._+\-]{{2,30}} "
    rf"(?:{_HOSTS})(?:\.| dot | titik | )(?:com|co\.id|co id|me|net)\b"
)


def spelt_mails(page: Page) -> Iterator[Span]:
    """Mail addresses written for people: "nama at gmail dot com"."""
    for found in _NO_SIGN.finditer(page.low) if not _PROVIDERS.isdisjoint(page.words) else ():
        if found.group().split(" ")[0] not in {"at", "email", "imel", "pakai", "pake"}:
            yield Span(*found.span(), Trace.EMAIL, certain=True)
    if not (any(map(page.low.__contains__, _MAYBE_SPELT)) or _BRACKETED.search(page.low)):
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
