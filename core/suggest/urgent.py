"""Danger of this minute, told in any words: classes of words that stand near each other, and what takes it back."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import itemgetter
from types import MappingProxyType
from typing import Final, NamedTuple

from core.analysis import remembered
from core.dictionary import by_word
from core.suggest.danger import Signs, Sound, logit, signs, sound
from core.toml_rows import parsed

_READ: Final = 5_000  # characters, as in the words of a category
_PIECE: Final = re.compile(r"[a-z0-9]+|[.,;:!?\n]+")
_SAID: Final = re.compile(r"[a-z0-9]+")
_DOUBLED: Final = re.compile(r"([a-z])\1+")
_VOWEL: Final = re.compile(r"[aeiou]")
_ENDINGS: Final = ("nya", "kan", "lah", "in", "an", "ku", "ne", "i", "e")
_LEAST: Final = 3  # letters that an ending leaves
_BONES: Final = 5  # consonants by which a word is known without its vowels
_LONG: Final = 7  # letters of a word that is known with one too few, one too many or two in the wrong order
_NEAR: Final = 7  # words between which classes belong together
_LOOKED_AT: Final = 8  # places of one class that are looked at
_FEWEST: Final = 2  # different words of a message that tells danger
_MEANING: Final = 0.4  # how much the meaning of a message counts beside its words
_LIMIT: Final = -0.1  # above it a message tells danger
_SPOKEN: Final = 5  # words around a danger in which "now" speaks of it

_TABLE = parsed(files(__package__).joinpath("urgent.toml").read_text(encoding="utf-8"))
Places = Mapping[str, Sequence[tuple[int, int]]]
_Tail = tuple[tuple[str, ...], str]  # what follows the first word of a phrase, and the class of the whole


@dataclass(frozen=True, slots=True)
class _Rule:
    """One of each term's classes, near the first; none of `without`."""

    written: str
    terms: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]


def _spelt(word: str) -> str:
    """One spelling for what is spoken alike: no doubled letters, dalem as dalam."""
    last = word.rfind("e")
    spoken = f"{word[:last]}a{word[last + 1 :]}" if last >= 0 and not _VOWEL.search(word, last + 1) else word
    return _DOUBLED.sub(r"\1", spoken)


_SAME: Final = MappingProxyType(
    {_spelt(each): _spelt(name) for name, listed in _TABLE["same"].items() for each in listed.split()}
)


def _folded(word: str) -> str:
    """One word for many that say the same."""
    spelt = _spelt(word)
    return _SAME.get(spelt, spelt)


def _ways(word: str) -> tuple[str, ...]:
    """The word itself, then without an ending, then without the mark of a doubled word."""
    bare = word.rstrip("2") if len(word) > _LEAST else word
    short = (bare[: -len(each)] for each in _ENDINGS if bare.endswith(each) and len(bare) - len(each) >= _LEAST)
    whole = (word,) if bare == word else (word, bare)
    return (*whole, *map(_folded, short))


def _bones(word: str) -> str:
    return _DOUBLED.sub(r"\1", _VOWEL.sub("", word))


def _shorter(word: str) -> list[str]:
    """Each with one letter left out, but the first."""
    return [word[:at] + word[at + 1 :] for at in range(1, len(word))]


def _swapped(word: str) -> list[str]:
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1)]


class _Lexicon:
    """Classes by the words that tell them."""

    def __init__(self, classes: Mapping[str, str]) -> None:
        self._tails: dict[str, list[_Tail]] = {}
        self._known: dict[str, str] = {}
        self._slips: dict[str, str] = {}
        for kind, listed in classes.items():
            for words in dict.fromkeys(tuple(map(_folded, entry.split("_"))) for entry in listed.split()):
                self._tails.setdefault(words[0], []).append((words[1:], kind))
                if len(words) == 1 and len(_bones(words[0])) >= _BONES:
                    self._known.setdefault(_bones(words[0]), words[0])
                if len(words) == 1 and len(words[0]) >= _LONG and kind in _TABLE["words"]:
                    self._slips.update(dict.fromkeys((*_shorter(words[0]), *_swapped(words[0])), words[0]))

    def tails_of(self, ways: tuple[str, ...]) -> Sequence[_Tail]:
        """What may follow a word for it to tell a class."""
        known = [tail for way in ways for tail in self._tails.get(way, ())]
        if known or not ways:
            return known
        typed = ways[0]
        whole = self._known.get(_bones(typed), "")
        # Few vowels were left out by haste; many that differ make another word.
        if whole and len(_VOWEL.findall(typed)) * 2 <= len(_VOWEL.findall(whole)):
            return self._tails.get(whole, ())
        if typed in _ALIKE or len(typed) < _LONG - 1:
            return ()
        if typed in self._slips:
            return self._tails[self._slips[typed]]
        more = _shorter(typed) if len(typed) > _LONG else ()
        return next((self._tails[each] for each in more if each in self._tails), ())


def _rule(written: str) -> _Rule:
    terms = written.split()
    return _Rule(
        written,
        tuple(tuple(term.split("|")) for term in terms if not term.startswith("-")),
        tuple(term[1:] for term in terms if term.startswith("-")),
    )


_ALIKE: Final = frozenset(map(_folded, _TABLE["noise"]["alike"].split()))


@cache
def _words() -> _Lexicon:
    """Made at its first use: most commands read no message."""
    return _Lexicon(
        {
            **_TABLE["words"],
            **{f"calm {k}": v for k, v in _TABLE["calm"].items()},
            **{f"hint {k}": v for k, v in _TABLE["hint"].items()},
            "now": _TABLE["now"]["words"],
            "doing": _TABLE["now"]["doing"],
            "noise": _TABLE["noise"]["names"],
        }
    )


class _Heard(NamedTuple):
    """A word as it is read: in which ways, what may follow it, how it sounds."""

    ways: tuple[str, ...]
    alone: Sequence[tuple[int, _Tail]]  # numbered in their order: of those that it tells by itself
    before: Mapping[str, Sequence[tuple[int, _Tail]]]  # and of those that need more words, by the next of them
    sound: Sound


_HUSHED: Final = _Heard((), (), MappingProxyType({}), sound(""))


@by_word
@remembered
def _heard(word: str, /) -> _Heard:
    ways = _ways(_folded(word))
    tails = list(enumerate(_words().tails_of(ways)))
    before: dict[str, list[tuple[int, _Tail]]] = {}
    for at, tail in tails:
        if tail[0]:
            before.setdefault(tail[0][0], []).append((at, tail))
    return _Heard(ways, [each for each in tails if not each[1][0]], before, sound(ways[0]))


def _places(words: Sequence[_Heard]) -> dict[str, list[tuple[int, int]]]:
    """Of each class the first and the last word of everywhere that it stands."""
    found: dict[str, list[tuple[int, int]]] = {}
    ways = [*(word.ways for word in words), (), ()]
    for at, word in enumerate(words):
        second, third = ways[at + 1], ways[at + 2]
        for _, (more, kind) in _perhaps(word, second) if word.before else word.alone:
            # Most phrases end here, before anything is made.
            if len(more) > 1 and (more[1] not in third or not _follow(words[at + 3 : at + 1 + len(more)], more[2:])):
                continue
            found.setdefault(kind, []).append((at, at + len(more)))
    return found


def _perhaps(word: _Heard, near: Sequence[str]) -> Sequence[tuple[int, _Tail]]:
    """What may follow a word, where the next one does."""
    met = [way for way in near if way in word.before]
    if not met:
        return word.alone
    said = [each for way in dict.fromkeys(met) for each in word.before[way]]
    return sorted((*word.alone, *said), key=itemgetter(0))


def _follow(words: Sequence[_Heard], said: Sequence[str]) -> bool:
    return len(words) == len(said) and all(each in word.ways for word, each in zip(words, said, strict=True))


def _by_first_term(rules: Iterable[_Rule]) -> Mapping[str, tuple[_Rule, ...]]:
    found: dict[str, list[_Rule]] = {}
    for rule in rules:
        for kind in rule.terms[0]:
            found.setdefault(kind, []).append(rule)
    return MappingProxyType({kind: tuple(each) for kind, each in found.items()})


_RULES: Final = _by_first_term(_rule(each) for each in _TABLE["danger"]["rules"])


def is_urgent(text: str) -> bool:
    """Whether words tell a danger that is there now; pure, and what stands behind 5,000 characters is not read.

    One word alone never does: it may be anything.
    """
    from core.suggest import pooled  # noqa: PLC0415 - numpy is slow to import, and most commands read no message

    if not _has_few(text[:_READ].casefold()):
        return False
    return logit(signs_of(text)) + _MEANING * pooled.danger(text) > _LIMIT


def _has_few(text: str) -> bool:
    """Whether there are _FEWEST different words at least."""
    found: set[str] = set()
    for word in _SAID.finditer(text):
        found.add(word[0])
        if len(found) == _FEWEST:
            return True
    return False


def signs_of(text: str) -> Signs:
    """What is weighed: the words, their classes, which rules hold and what takes them back."""
    words, clauses = _split(text)
    places = _places(words)
    if "noise" in places:
        words = _hushed(words, places["noise"])
        places = _places(words)
    told = (*_verdicts(places, clauses), *(c for c in "?!" if c in text))
    return signs([each.sound for each in words if each.ways], places, told)


def _hushed(words: Sequence[_Heard], names: Sequence[tuple[int, int]]) -> list[_Heard]:
    """The words, those empty that stand behind the first one of a name that only sounds like danger."""
    hidden = {at for start, end in names for at in range(start + 1, end + 1)}
    return [_HUSHED if at in hidden else word for at, word in enumerate(words)]


def _verdicts(places: Places, clauses: Sequence[int]) -> Iterator[str]:
    """Each rule that holds or is calmed, whether any holds, and what stands beside it."""
    some = False
    for kind in places:
        for rule in _RULES.get(kind, ()):
            for danger in _dangers(rule, places):
                calm = _taken_back(danger, places, clauses)
                some = some or not calm
                yield f"{'calmed' if calm else 'holds'} {rule.written}"
    yield "holds" if some else "nothing"
    if some:
        yield from (f"though {kind}" for kind in places if kind.startswith("calm ") or kind == "now")


def _split(text: str) -> tuple[list[_Heard], list[int]]:
    """The words, and of each the number of its clause."""
    folded = unicodedata.normalize("NFKC", text[:_READ])[:_READ].casefold().replace("'", " ").replace("\u2019", " ")
    words: list[_Heard] = []
    clauses: list[int] = []
    clause = 0
    pieces = _PIECE.findall(folded)
    heard = {piece: _heard(piece) for piece in set(pieces) if piece[0].isalnum()}
    for piece in pieces:
        if piece in heard:
            words.append(heard[piece])
            clauses.append(clause)
        else:
            clause += 1
    return words, clauses


def _dangers(rule: _Rule, places: Places) -> Iterator[tuple[int, int]]:
    """First and last word of everywhere that all terms of the rule stand near each other."""
    found: list[list[tuple[int, int]]] = []
    for term in rule.terms:
        found.append([place for kind in term for place in places.get(kind, ())])
        if not found[-1]:
            return
    for anchor in found[0][:_LOOKED_AT]:
        near = [next((each for each in term if _by(anchor, each)), None) for term in found[1:]]
        others = [each for each in near if each is not None]
        spoilt = any(_by(anchor, each) for kind in rule.without for each in places.get(kind, ()))
        if len(others) == len(near) and not spoilt:
            ends = [anchor, *others]
            yield min(start for start, _ in ends), max(end for _, end in ends)


def _by(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Near each other, and not the same words."""
    return one[1] < other[0] <= one[1] + _NEAR or other[1] < one[0] <= other[1] + _NEAR


def _taken_back(danger: tuple[int, int], places: Places, clauses: Sequence[int]) -> bool:
    if "calm final" in places:
        return True
    mild = any(
        (
            *(kind in places for kind in ("calm past", "calm habit", "calm asking", "calm elsewhere")),
            any(first < danger[1] for first, _ in places.get("calm before", ())),
            any(last > danger[1] for _, last in places.get("calm after", ())),
        )
    )
    return mild and not _is_now(danger, places, clauses)


def _is_now(danger: tuple[int, int], places: Places, clauses: Sequence[int]) -> bool:
    """Words of this minute near the danger, or "lagi" and its like right before it."""
    start, end = danger
    doing = any(start - 1 <= first <= end for first, _ in places.get("doing", ()))
    return doing or any(
        clauses[first] in {clauses[start], clauses[end]} and start - _SPOKEN <= first <= end + _SPOKEN
        for first, _ in places.get("now", ())
    )
