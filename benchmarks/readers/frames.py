"""What people put before and behind what they tell: who they are, who somebody else is, where it is (frames.toml)."""

import random
from collections.abc import Callable
from dataclasses import replace
from string import ascii_uppercase
from typing import Final

from benchmarks.readers.lines import Line, unmarked
from benchmarks.readers.remarks import TABLE, sentence
from benchmarks.redact_figures import Mark
from core.areas import AREAS
from core.redact import Trace

PLACES: Final = tuple(sorted({area.name for area in AREAS.values()}))
# Chances, each up to the next: nothing, somebody else, the writer's name, a place, a remark, one of nobody.
_NONE, _OTHERS, _OWN, _PLACE, _REMARK = 0.5, 0.55, 0.72, 0.8, 0.92
_BEHIND_IT, _INITIALS = 0.75, 0.1  # chances of a sentence behind the story, and of an initial for a name
_SHORT = 400  # characters of the longest message that is framed
_ENDS = ("",) * 8 + (".", " .", "..", "\n", ",", "!", " (warga)", "\U0001f64f", " ya")


def framed(line: Line, names: Callable[[int], str], rng: random.Random) -> Line:
    """The message with something put before or behind it, or as it was."""
    chance = rng.random()
    if chance < _NONE or len(line.text) > _SHORT or not line.marked:
        return line
    if chance < _OTHERS:
        return _behind(line, rng.choice(TABLE["others_behind"]), names, rng)
    if chance >= _PLACE:
        return _with_sentence(line, unmarked(sentence(rng, telling=chance < _REMARK)), rng)
    before = rng.random() < 0.5
    if chance < _OWN:
        frame = rng.choice(TABLE["before"]) if before else rng.choice(TABLE["behind"]) + rng.choice(_ENDS)
    else:
        frame = rng.choice(TABLE["places_before"] if before else TABLE["places_behind"])
    return _before(line, frame, names, rng) if before else _behind(line, frame, names, rng)


def _with_sentence(line: Line, other: Line, rng: random.Random) -> Line:
    """The two after each other, in either order."""
    one, two = (line, other) if rng.random() < _BEHIND_IT else (other, line)
    between = rng.choice((". ", ", ", " ", "\n", "; ", " - "))
    shift = len(one.text) + len(between)
    moved = (replace(each, start=each.start + shift, end=each.end + shift) for each in two.marks)
    return replace(line, text=one.text + between + two.text, marks=(*one.marks, *moved))


def _filled(frame: str, names: Callable[[int], str], rng: random.Random) -> tuple[str, tuple[int, int] | None]:
    """The words, and where the writer's name stands in them."""
    text, name = "", None
    for part in frame.replace("{", "\0{").replace("}", "}\0").split("\0"):
        words = part
        if part in {"{n}", "{o}"}:
            words = _cased(_initialled(names(rng.choice((1, 1, 1, 2, 2, 3))), rng), rng)
        elif part == "{p}":
            words = _cased(rng.choice(PLACES), rng)
        if part == "{n}":
            name = (len(text), len(text) + len(words))
        text += words
    return text, name


def _initialled(name: str, rng: random.Random) -> str:
    """Tomasz W., in one of ten."""
    if rng.random() > _INITIALS:
        return name
    return f"{name.partition(' ')[0]} {rng.choice(ascii_uppercase)}{rng.choice(('.', ''))}"


def _cased(words: str, rng: random.Random) -> str:
    chance = rng.random()
    return words.lower() if chance < 0.35 else words.upper() if chance < 0.45 else words


def _marks(at: tuple[int, int] | None, shift: int) -> tuple[Mark, ...]:
    return (Mark(at[0] + shift, at[1] + shift, Trace.NAME_SELF, certain=True),) if at else ()


def _before(line: Line, frame: str, names: Callable[[int], str], rng: random.Random) -> Line:
    words, name = _filled(frame, names, rng)
    words += "" if words.endswith("\n") else " "
    moved = (replace(each, start=each.start + len(words), end=each.end + len(words)) for each in line.marks)
    return replace(line, text=words + line.text, marks=(*_marks(name, 0), *moved))


def _behind(line: Line, frame: str, names: Callable[[int], str], rng: random.Random) -> Line:
    words, name = _filled(frame, names, rng)
    between = "" if words[0] == "\n" else rng.choice((" ", " ", ", ", ". "))
    text = line.text + between + words
    return replace(line, text=text, marks=(*line.marks, *_marks(name, len(line.text) + len(between))))
