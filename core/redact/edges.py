"""Where a trace ends: never inside of a word or of a place's name, nor on a word that only leads to the next one."""

import re
from functools import cache
from typing import Final

from core.areas import AREAS
from core.encoder import DIGITS, Tokens
from core.redact.traces import Trace

_LEADING: Final = frozenset(
    ("yang", "yg", "nyang", "di", "dr", "dari", "ke", "pada", "sambil", "sama", "dengan", "dgn", "untuk", "utk", "lagi",
     "sedang", "belum", "sudah", "nu", "sing", "teng", "the", "a", "an", "at", "in", "of", "on", "to", "that", "this",
     "my", "who", "with", "from", "by")
)  # fmt: skip
_LED: Final = 3  # words that a remark is led on by
_LONGEST: Final = 4  # words of a place's name


@cache
def _places() -> frozenset[tuple[str, ...]]:
    """The names of more than one word."""
    names = (tuple(re.findall(r"[^\W\d_]+", area.name.lower())) for area in AREAS.values())
    return frozenset(name for name in names if len(name) > 1)


@cache
def _heads() -> frozenset[str]:
    """The first words of these names."""
    return frozenset(name[0] for name in _places())


def mended(at: range, kind: Trace, tokens: Tokens, within: range) -> range:
    """The tokens of a trace as they should be; `within`: those that no other trace has."""
    start, end, links = at.start, at.stop, "-_@" if kind is Trace.THIRD_PARTY else "_@"
    while start > within.start and joined(tokens, start - 1, links):
        start -= 1
    while end < within.stop and joined(tokens, end - 1, links):
        end += 1
    last = min(end + _LED, within.stop) if kind is Trace.THIRD_PARTY else end
    while end < last and tokens.said[end - 1].lower() in _LEADING and tokens.said[end][0].isalnum():
        end += 1
    return _beside_places(start, end, tokens)


def joined(tokens: Tokens, at: int, links: str) -> bool:
    """Whether a token and the one behind it are one piece: no space, and only digits, links, letters if `@` is one."""
    if tokens.end(at) != tokens.starts[at + 1]:
        return False
    letters = "@" in links
    return all(said in links or said[0] in DIGITS or (letters and said.isalpha()) for said in tokens.said[at : at + 2])


def _beside_places(start: int, end: int, tokens: Tokens) -> range:
    """Without a place of which a part would stay open."""
    heads = _heads()
    for first in (*range(max(start - _LONGEST, 0), start), *range(max(end - _LONGEST, start + 1), end)):
        if tokens.said[first].lower() not in heads:
            continue
        for last in range(first + 2, first + _LONGEST + 1):
            if tuple(map(str.lower, tokens.said[first:last])) in _places():
                if start < first < end < last:
                    return range(start, first)
                if first < start < last < end:
                    return _beside_places(last, end, tokens)
    return range(start, end)
