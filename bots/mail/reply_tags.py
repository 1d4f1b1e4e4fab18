"""The tag of a message of ours: how a mail carries it, and where a reply shows it again."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import product

from core import tracking
from core.messages import TAG_MARK, Secret, Tag
from core.phrases import KEYS, SPOKEN, named, phrase

_TAG = r"[a-z2-7]{26}"
_IN_WORDS = re.compile(rf"(?<![A-Za-z0-9]){re.escape(TAG_MARK)}({_TAG})(?![A-Za-z0-9])", re.IGNORECASE)
_IN_ADDRESS = re.compile(rf"\+({_TAG})(?=@)", re.IGNORECASE)
_CODE = re.compile(r"(?<!\d)\d{4}[- ]\d{4}[- ]\d{4}[- ]\d{4}(?!\d)")
UNREAD = "petugas"
"""In place of a tag: where answers to alerts of staff would go, if anybody read them. No tag is so short."""

_ALERT = "alert-"  # with which the id of each alert begins (core/casework/alerts.py)
_MOST = 12
_MOST_TEXT = 400_000  # characters of a mail in which somebody may quote us
_MOST_SENTENCES = 20_000  # characters in which our sentences are sought
_LEAST_SENTENCE = 60  # characters: what is shorter others say too
_BEGINS = re.compile(r"\b\w")  # of a word, where a sentence can begin
_QUOTE_MARKS = re.compile(r"^[>\s]+", re.MULTILINE)


def tagged(address: str, tag: str) -> str:
    """The address that a reply goes to: ours, with the tag behind a plus."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{tag}@{domain}"


def goes_unread(address: str) -> bool:
    """Whether it is the address that answers to alerts go to."""
    return address.strip().strip("<>").lower().rpartition("@")[0].endswith(f"+{UNREAD}")


def answers_alert(ids: Iterable[str]) -> bool:
    """Whether one of the ids of ours that a mail answers is an alert's."""
    return any(each.startswith(_ALERT) for each in ids)


def shown(recipients: Iterable[str], ids: Iterable[str], words: str) -> tuple[Tag, ...]:
    """The tags that a mail shows: in the address it was sent to, in the ids that it answers, in words of ours."""
    found = [match[1] for each in recipients for match in _IN_ADDRESS.finditer(each)]
    found += [match[1] for each in ids for match in _IN_WORDS.finditer(each)]
    found += [match[1] for pattern in (_IN_WORDS, _IN_ADDRESS) for match in pattern.finditer(words[:_MOST_TEXT])]
    return tuple(Tag(each) for each in dict.fromkeys(each.lower() for each in found))[:_MOST]


def quoted_codes(words: str, own: str) -> tuple[Secret, ...]:
    """Tracking codes in words that are not the writer's own."""
    written = set(_codes(own))
    return tuple(Secret(each) for each in _codes(words[:_MOST_TEXT]) if each not in written)[:_MOST]


def _codes(text: str) -> Collection[str]:
    digits = (re.sub(r"\D", "", found) for found in _CODE.findall(text))
    return dict.fromkeys(each for each in digits if tracking.holds(each))


@cache
def _sentences() -> Mapping[str, Sequence[str]]:
    """By their beginnings: to look for each of hundreds took milliseconds of a long thread."""
    found = defaultdict[str, list[str]](list)
    for key, lang in product(KEYS, SPOKEN):
        said = "" if named(key, lang) else _folded(phrase(key, lang))
        if len(said) >= _LEAST_SENTENCE:
            found[said[:_LEAST_SENTENCE]].append(said)
    return found


def _folded(text: str) -> str:
    return " ".join(_QUOTE_MARKS.sub("", text).casefold().split())


def quotes_us(whole: str, own: str) -> bool:
    """Whether a sentence of ours stands in a mail beside its writer's own words: it answers us, by what right ever."""
    if len(whole) < len(own) + _LEAST_SENTENCE:
        return False
    told, written, ours = _folded(whole[:_MOST_SENTENCES]), _folded(own), _sentences()
    return any(
        told.startswith(each, at) and each not in written
        for at in (found.start() for found in _BEGINS.finditer(told))
        for each in ours.get(told[at : at + _LEAST_SENTENCE], ())
    )
