"""Words of a text as they are searched by, so that whoever builds an index and whoever checks a hit read alike."""

import re
import unicodedata
from dataclasses import dataclass, field

from core.model import Number, Report

_WORD = re.compile(r"[^\W_]{2,}")
_NUMBER = re.compile(r"R[0-9A-Z]{8}")
_OPEN_END = re.compile(r"[^\W_]\Z")
_LEAST_PREFIX = 3
_MOST = 8  # words
_LONGEST = 200  # characters of what is asked


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """What somebody searches for: words, the beginning of one more (the last, still being typed), or a number."""

    words: tuple[str, ...] = field(default=(), repr=False)
    begins: str = field(default="", repr=False)
    number: Number | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to search for."""
        return not self.words and not self.begins and self.number is None


def words_of(text: str) -> list[str]:
    """In their order: lower case, NFKC, letters and digits, two characters at least."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def terms_of(typed: str) -> SearchTerms:
    """What was typed into the field, as it is searched for."""
    typed = typed[:_LONGEST].strip(" \t\r\n#")
    if _NUMBER.fullmatch(typed.upper()):
        return SearchTerms(number=Number(typed.upper()))
    found = words_of(typed)[:_MOST]
    if found and _OPEN_END.search(typed) and len(found[-1]) >= _LEAST_PREFIX:
        return SearchTerms(tuple(dict.fromkeys(found[:-1])), found[-1])
    return SearchTerms(tuple(dict.fromkeys(found)))


def said_in(report: Report) -> frozenset[str]:
    """Words of a report: of its text, of how its place was described, and of its area's name."""
    return frozenset(words_of(f"{report.text}\n{report.place.words}\n{report.place.name}"))


def fits(report: Report, sought: SearchTerms) -> bool:
    """Whether it says all that is asked for now, or is the one of that number."""
    if sought.number is not None:
        return report.number == sought.number
    said = said_in(report)
    begun = not sought.begins or any(word.startswith(sought.begins) for word in said)
    return begun and said.issuperset(sought.words)
