"""Two problems in one message: the cut between them, where each part by itself is clear, and about something else."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import compress, islice, pairwise
from types import MappingProxyType
from typing import Final

from core import watch
from core.analysis import remembered
from core.model import CategoryId
from core.suggest import cues
from core.suggest.scores import around
from core.suggest.words import Word, read, stems
from core.toml_rows import parsed

_READ: Final = 2_000  # characters; what is longer tells a story, and is read as one
_WORDS: Final = 3  # of each part
_CLEAR: Final = 0.9  # of one part at least
_TOLD: Final = 0.7  # of the other: "lampu mati" may be the street's or the house's, and is no rubbish
_CUTS: Final = 24  # that are tried
_SOON: Final = 6  # words of a clause by which it says that it is something more


def _either(words: str) -> str:
    longest = sorted(words.split(), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace("_", r"\s+") for word in longest)


_TABLE: Final = parsed(files(__package__).joinpath("parting.toml").read_text(encoding="utf-8"))
_JOINING: Final = rf"(?:{_either(_TABLE['cut']['joining'])})(?!\w)"
_CUT: Final = re.compile(rf"[.!?;,\n]*\s*(?<!\w){_JOINING}[\s,:]*|[.!?;,\n]+\s*", re.IGNORECASE)
_LED: Final = re.compile(rf"(?:{_JOINING}[\s,:]*)+", re.IGNORECASE)
_ADDING: Final = re.compile(rf"(?<!\w)(?:{_either(_TABLE['cut']['adding'])})(?!\w)", re.IGNORECASE)
_SPEAKS: Final = re.compile(rf"(?:[^\W\d_]+[\W\d_]+){{{_WORDS - 1}}}[^\W\d_]")  # so many words at least
# A verb without a subject goes on with what was said before, and so does "akarnya", but for a place: "jalannya".
_GOES_ON: Final = re.compile(
    rf"(?:(?:{_either(_TABLE['follows']['begins'])})(?!\w)|(?:me(?:m|n|ng|ny|l|r)|ber|nge)\w{{3,}}|di\w{{4,}}"
    r"|(?!jalannya|trotoarnya|gotnya)\w{2,}nya\b|(\w{3,})[\s-]\1\b)",
    re.IGNORECASE,
)
_HOLDS: Final = re.compile(
    rf"(?<!\w)(?<!belum )(?:{_either(_TABLE['follows']['holds'])})(?!\w)(?!\W*\Z)", re.IGNORECASE
)
_COMES_OF: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {first: frozenset(seconds.split()) for first, seconds in _TABLE["comes_of"].items()}
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the message says first and second, in its own words, and what each is about."""

    first: str = field(repr=False)
    second: str = field(repr=False)
    kinds: tuple[CategoryId, CategoryId]


@remembered
@watch.total_else("parts", answer=None)
def parts(text: str, /) -> Parts | None:
    """None where it tells of one problem, or of more than can be told apart; only words that join are lost."""
    if len(text) > _READ:
        return None
    cuts = [cut for each in islice(_CUT.finditer(text), _CUTS) if (cut := _cut(text, each)) is not None]
    if not cuts:
        return None
    edges = sorted({0, len(text), *(edge for cut in cuts for edge in (cut.start, cut.end))})
    read_apart = [read(text[start:end]) for start, end in pairwise(edges)]
    places = [(cut, (edges.index(cut.start), edges.index(cut.end))) for cut in cuts]
    cued = _cued_apart(read_apart, [at for _, at in places])
    if not any(cued):
        return None
    places = list(compress(places, cued))
    named = around(read_apart, [at for _, at in places])
    clear = [
        (min(one[1], other[1]), cut, (one[0], other[0]))
        for (cut, _), (one, other) in zip(places, named, strict=True)
        if one and other and _tells_two(cut, one, other)
    ]
    for _, cut, kinds in sorted(clear, key=lambda each: -each[0]):
        first, second = text[: cut.start].strip(), text[cut.end :].strip()
        if _cued(first, kinds[0]) and _cued(second, kinds[1]):
            return Parts(first, second, kinds)
    return None


@dataclass(frozen=True, slots=True)
class _Between:
    """Where the first part ends and the second begins; `more`: words say that it is something more."""

    start: int
    end: int
    more: bool


def _cut(text: str, between: re.Match[str]) -> _Between | None:
    """A cut that grammar allows."""
    first, rest = text[: between.start()], text[between.end() :].lstrip()
    led = _LED.match(rest)
    second = rest[led.end() :] if led else rest
    if not (_SPEAKS.search(first) and _SPEAKS.search(second)):
        return None
    soon = " ".join(second.split(maxsplit=_SOON)[:_SOON])
    more = bool(_ADDING.search(between[0] + (led[0] if led else "") + soon))
    if (between[0].strip() == "," and not more) or _GOES_ON.match(second) or _HOLDS.search(second):
        return None
    return _Between(between.start(), len(text) - len(second), more)


def _tells_two(cut: _Between, one: tuple[CategoryId, float], other: tuple[CategoryId, float]) -> bool:
    """Whether both sides are about something, one of them clearly, and about something else."""
    low, high = sorted((one[1], other[1]))
    follows = other[0] in _COMES_OF.get(one[0], ()) and not cut.more
    return one[0] != other[0] and not follows and high >= _CLEAR and low >= _TOLD


def _cued_apart(parts: Sequence[Sequence[Word]], cuts: Sequence[tuple[int, int]]) -> list[bool]:
    """Whether cues stand before and behind each cut that may be of two kinds: where not, nothing more need be read."""
    said = [frozenset(word.stem for word in part) for part in parts]
    cues_found = cues.standing(frozenset().union(*said))
    found = []
    for start, end in cuts:
        sides = (frozenset().union(*said[:start]), frozenset().union(*said[end:]))
        one, other = ({kind for cue, kinds in cues_found if cue <= side for kind in kinds} for side in sides)
        found.append(bool(one and other and len(one | other) > 1))
    return found


def _cued(part: str, kind: CategoryId) -> bool:
    """Whether a cue of it stands there: what only follows from the first problem mostly has none."""
    return cues.weights(stems(part)).get(kind, 0.0) > 0
