"""Links, domains, mail addresses, handles and accounts on networks, however their dots and signs are written."""

import re
from typing import Final

from core.staff_words.patterns import pattern, words

_COUNTRIES: Final = words("endings", "countries")
_ENDINGS: Final = _COUNTRIES | words("endings", "general")
_WORDS_TOO: Final = words("endings", "words")
_NEVER: Final = frozenset(("rt", "rw", "no"))  # in front of a slash these are the parts of an address
_DOTTED: Final = pattern("links", "dotted")
_SCHEME: Final = pattern("links", "scheme")
_DOMAIN: Final = pattern("links", "domain")
_SPACED: Final = pattern("links", "spaced")
_QUAD: Final = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)")
_GROUPED: Final = re.compile(r"(?<![\d.])[1-9]\d{0,2}(?:\.\d{3}){3}(?![\d.])")
_AT_SIGN: Final = pattern("links", "at_sign")
_MAIL: Final = pattern("links", "mail")
_WRITTEN_MAIL: Final = re.compile(r"[a-z0-9]\s?@\s?[a-z0-9\-]+\s?\.\s?[a-z]{2,}")
_LABEL: Final = pattern("links", "label")
_CHOSEN: Final = pattern("links", "chosen")
_INVITES: Final = pattern("links", "invites")
_ASKED: Final = pattern("links", "asked")


def leads(read: str) -> str | None:
    """Which it is: "link", "mail" or "account"; None: nothing of the kind."""
    dotted = _DOTTED.sub(".", read)
    for view in dict.fromkeys((read, dotted)):
        found = _in(view)
        if found is not None:
            return found
    return "account" if _LABEL.search(read) or _CHOSEN.search(read) or _invited(read) else None


def _in(view: str) -> str | None:
    if _MAIL.search(view) or _WRITTEN_MAIL.search(view):
        return "mail"
    if _SCHEME.search(view) or _SPACED.search(view) or _QUAD.search(_GROUPED.sub(";", view)) or _domain(view):
        return "link"
    return "account" if _AT_SIGN.search(view) else None


def _invited(read: str) -> bool:
    """To a network; what is asked about somebody else's account there may go."""
    return _INVITES.search(read) is not None and _ASKED.search(read) is None


def _domain(view: str) -> bool:
    return any(_leads_on(found) for found in _DOMAIN.finditer(view))


def _leads_on(found: re.Match[str]) -> bool:
    end, more = found["end"], found["more"] or ""
    if end.startswith("xn--"):
        return True
    if end not in _ENDINGS:
        return False
    path = more.startswith("/")
    if end in _WORDS_TOO:
        return path and end not in _NEVER
    # Single letters before it are an abbreviation, such as "a.n." or "s.d."
    return path or bool(more) or any(len(label) > 1 for label in found.group().split(".")[:-1])
