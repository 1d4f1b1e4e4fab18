"""Links as they were before somebody's gateway wrapped them: what it adds tells whose mail it was."""

import re
from urllib.parse import parse_qsl, urlsplit

_LINK = re.compile(r"https?://[^\s<>\"]{1,4000}", re.IGNORECASE)
_MARKS = ("safelinks.protection.outlook.com/", "google.com/url?", "urldefense.com/v3/__")
_INNER = frozenset({"url", "q"})


def unwrapped(text: str) -> str:
    """The text with each link as its writer had it."""
    return _LINK.sub(_inner, text) if any(mark in text for mark in _MARKS) else text


def _inner(found: re.Match[str]) -> str:
    link = found[0]
    if _MARKS[-1] in link:
        return link.partition("/__")[2].partition("__;")[0]
    try:
        parts = urlsplit(link)
        told = dict(parse_qsl(parts.query, max_num_fields=50))
    except ValueError:
        return link
    wraps = f"{parts.netloc}{parts.path}".lower().endswith(("safelinks.protection.outlook.com/", "google.com/url"))
    return next((told[name] for name in told if wraps and name in _INNER), link)
