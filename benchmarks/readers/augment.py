"""Makes further messages of one: other names, digits and capitals, so that a reader learns what stays the same."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from benchmarks.readers.lines import Line
from benchmarks.redact_figures import Mark
from core.redact import Trace
from core.redact.traces import MARKS

Part = tuple[str, Mark | None]
_TITLED = re.compile(
    r"^((?:(?:bpk|bapak|pak|bu|ibu|hj|h|drs|dr|ir|mbak|mas|bang|kak|ny|tn|sdr)\.? )*)"
    r"(.*?)((?:, ?[SMA]\.? ?[A-Z]\w*\.?)*)$",
    re.IGNORECASE | re.DOTALL,
)
_WORDS = re.compile(r"[^\W\d_]+")
_STOPS = re.compile(r"[.,!?;:]")
_NUMBERS = {Trace.PHONE: 4, Trace.NIK: 2, Trace.BANK_ACCOUNT: 2, Trace.PLATE: 0}  # digits that stay
HALF_CLOSED, CLOSED_SHARE = 0.2, 0.7  # messages of which some traces are closed already, and how many of these
_MOST_WORDS = 4  # of a name that is replaced
_CAPITALS = ((0.22, "small"), (0.30, "loud"), (0.36, "bare"), (0.40, "named"), (0.44, "small name"))


def augmented(line: Line, names: Callable[[int], str], rng: random.Random) -> Line:
    """The same message with other people in it; `names` makes a name of so many words."""
    given: dict[str, str] = {}
    parts = [_replaced(each, given, names, rng) for each in _parts(line)]
    if rng.random() < HALF_CLOSED:
        parts = [_closed(each, rng) for each in parts]
    chance = rng.random()
    style = next((name for limit, name in _CAPITALS if chance < limit), "")
    return _joined(line, [(_styled(words, mark, style), mark) for words, mark in parts])


def _closed(part: Part, rng: random.Random) -> Part:
    """A trace that was closed already is none any more, and says nothing of what stands beside it."""
    words, mark = part
    return (MARKS["id"][mark.kind], None) if mark is not None and rng.random() < CLOSED_SHARE else (words, mark)


def _parts(line: Line) -> list[Part]:
    found: list[Part] = []
    done = 0
    for mark in line.marks:
        found += [(line.text[done : mark.start], None), (line.text[mark.start : mark.end], mark)]
        done = mark.end
    return [*found, (line.text[done:], None)]


def _joined(line: Line, parts: Sequence[Part]) -> Line:
    text = ""
    marks: list[Mark] = []
    for words, mark in parts:
        if mark is not None:
            marks.append(replace(mark, start=len(text), end=len(text) + len(words)))
        text += words
    return replace(line, text=text, marks=tuple(marks))


def _replaced(part: Part, given: dict[str, str], names: Callable[[int], str], rng: random.Random) -> Part:
    words, mark = part
    if mark is None:
        return part
    if mark.kind is Trace.NAME_SELF and rng.random() < 0.6:
        return _renamed(words, given, names, rng), mark
    if mark.kind in _NUMBERS and rng.random() < 0.5:
        return _renumbered(words, _NUMBERS[mark.kind], rng), mark
    return part


def _renamed(words: str, given: dict[str, str], names: Callable[[int], str], rng: random.Random) -> str:
    found = _TITLED.match(words)
    size = len(_WORDS.findall(found[2])) if found else 0
    if found is None or not 1 <= size <= _MOST_WORDS or "\n" in words:
        return words
    wanted = size if rng.random() < 0.7 else rng.choice((1, 2, 2, 3))
    name = given.setdefault(found[2].lower(), names(wanted))
    if found[2].islower():
        name = name.lower()
    elif found[2].isupper() and len(found[2]) > 3:
        name = name.upper()
    return f"{found[1]}{name}{found[3]}"


def _renumbered(words: str, kept: int, rng: random.Random) -> str:
    signs = list(words)
    for at in [at for at, sign in enumerate(signs) if sign.isdigit()][kept:]:
        signs[at] = str(rng.randrange(10))
    return "".join(signs)


def _styled(words: str, mark: Mark | None, style: str) -> str:
    named = mark is not None and mark.kind is Trace.NAME_SELF
    match style:
        case "small":
            return words.lower()
        case "loud":
            return words.upper()
        case "bare":
            return words if mark else _STOPS.sub("", words)
        case "named":
            return words.title() if named else words.lower()
        case "small name":
            return words.lower() if named else words
        case _:
            return words
