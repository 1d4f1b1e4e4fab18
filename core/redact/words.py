"""The lists of words.toml, checked when they are read: a word in two lists would be a name and none at once."""

import re
from importlib.resources import files

from core.toml_rows import parsed

_READ = parsed(files("core.redact").joinpath("words.toml").read_text("utf-8"))

ME = (
    r"(?:saya|saia|sya|sy|aku|aq|gue|gua|gwa|gwe|gw|ak|ane|ana|aye|kulo|kula|kami|pelapor|pengadu|"
    r"yang bertanda tangan di bawah ini)"
)
"""How a writer says "I": in Indonesian, by SMS, in Jakarta, in Java, before a court."""


def _list(name: str) -> tuple[str, ...]:
    words = tuple(str(_READ[name]).split())
    if any(word != word.lower() for word in words):
        raise ValueError(name)
    return words


GIVEN = frozenset(_list("given"))
FURTHER = frozenset(_list("further"))
COMMON = frozenset(_list("common"))
OFFICES = _list("offices")
MAILBOXES = _list("mailboxes")
COUNTED = frozenset(_list("counted"))
NUMBERS = frozenset(_list("numbers"))
LINKS = frozenset(_list("links"))
LEADS = frozenset(_list("leads"))
ALSO_NAMES = frozenset(_list("also_names"))

if COMMON & (GIVEN | FURTHER):
    raise ValueError("common")


def cue_words(pattern: str, *ends: str) -> frozenset[str]:
    """The words of a pattern, also with each of `ends`: where a page has none of them it need not be tried."""
    words = re.findall(r"[a-z]{2,}", pattern)
    return frozenset(word + end for word in words for end in ("", *ends))
