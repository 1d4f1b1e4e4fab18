"""Categories ranked for a message by what was learned from examples, and a category that is new there by its cues."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import exp, log
from typing import Final

from core import watch
from core.analysis import remembered
from core.categories import CATEGORIES, category
from core.city.present import Changes, of_present
from core.model import CategoryId
from core.suggest import cues, phrasing
from core.suggest.words import Word, read

MOST: Final = 5
_NOTHING: Final = CategoryId("-")
_HALF: Final = 4.0  # weight of cues that scores one half
_LEAST: Final = 0.003  # a score below which a category is no more than chance
_SURE: Final = 0.999
_NO_SUBJECT: Final = 0.5  # likelihood of no report at all above which it is taken for none
_SURELY_NONE: Final = 0.8  # and above which no kind is offered
_GUESS: Final = 0.08  # a best score below which none is offered either: it would be drawn by lot
_LETTERS: Final = 0.5  # how much the letters of words count
_MEANING: Final = 0.7  # and how much what they mean
_LOOKED_AT: Final = 60  # words of a message that an explanation looks at
_TRIED: Final = 8  # of these, the ones that it leaves out one by one: each costs a suggestion


@of_present
def _listed_ids(_: Changes) -> frozenset[CategoryId]:
    return frozenset((_NOTHING, *(each.id for each in CATEGORIES)))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Categories with scores from 0 to 1, best first, at most five; none where nothing speaks for any.

    A score is the share of such messages for which the category is right. `restricted`: only one agency may read what
    is ranked first; `nothing`: more likely than not no report at all.
    `unread`: the reader failed, so that it may be about anything and anybody.
    """

    ranked: tuple[tuple[CategoryId, float], ...] = ()
    restricted: bool = False
    nothing: bool = False
    unread: bool = False


# What cannot be read may be danger: a number to call that nobody needs costs less than one that was not said.
@remembered
@watch.total_else("danger", answer=True)
def is_danger(text: str, /) -> bool:
    """Whether words tell a danger that is there now: pure and total."""
    from core.suggest.urgent import is_urgent  # noqa: PLC0415 - its table takes a while, and most commands read none

    return is_urgent(text)


@remembered
@watch.total_else("suggest", answer=Suggestion(unread=True))
def suggest(text: str, /) -> Suggestion:
    """Pure, quick and total; what stands behind the first 5,000 characters is not read."""
    words = phrasing.without_noise(read(text))
    if phrasing.names_alone(words):  # they mean no kind, though Taman Sari sounds like a park
        words = [phrasing.GAP]
    likely = _likely(words)
    if any(word.said for word in words):
        likely = _with_meaning(likely, text)
    ranked = _ranked(likely)
    first = category(ranked[0][0]) if ranked else None
    restricted = bool(first and first.restricted)
    return Suggestion(ranked, restricted=restricted, nothing=likely[_NOTHING] > _NO_SUBJECT)


@watch.total_else("explain", answer=())
def explain(text: str, /) -> tuple[tuple[str, float], ...]:
    """The words that speak for what is ranked first, the weightiest first, each with what it adds (in nats).

    A word's part is what the likelihood by its letters loses without it; only the few that lean to it by themselves are
    tried. Empty where nothing is offered.
    """
    from core.suggest import learned  # noqa: PLC0415 - as below

    ranked = suggest(text).ranked
    if not ranked:
        return ()
    best = ranked[0][0]
    words = phrasing.without_noise(read(text))
    likely = _likely(words)
    said = list(dict.fromkeys(word for word in words if word.said))[:_LOOKED_AT]
    known = learned.learned()
    said = sorted(said, key=lambda word: -known.leans(word, best))[:_TRIED]
    lost = {word.said: round(log(likely[best] / _likely(_without(words, word))[best]), 3) for word in said}
    return tuple(sorted(((word, part) for word, part in lost.items() if part > 0), key=lambda each: -each[1]))


def _with_meaning(likely: Mapping[CategoryId, float], text: str) -> Mapping[CategoryId, float]:
    """What words say by their letters, weighed with what they mean; a kind that was not learned stays as it is."""
    from core.suggest import pooled  # noqa: PLC0415 - numpy is slow to import, and most commands suggest nothing

    meant = pooled.logits(text)
    known = [each for each in likely if each in meant]
    if not known:
        return likely
    raised = {each: likely[each] ** _LETTERS * exp(meant[each] * _MEANING) for each in known}
    share, whole = sum(likely[each] for each in known), sum(raised.values())
    return {each: raised[each] / whole * share if each in raised else likely[each] for each in likely}


def _without(words: Sequence[Word], word: Word) -> list[Word]:
    return [phrasing.GAP if each == word else each for each in words]


def _likely(words: Sequence[Word]) -> Mapping[CategoryId, float]:
    from core.suggest import learned  # noqa: PLC0415 - numpy is slow to import, and most commands suggest nothing

    likely = learned.learned().likely([word for word in words if word.said])
    return with_new([word.stem for word in words], _listed(likely))


def around(
    parts: Sequence[Sequence[Word]], cuts: Sequence[tuple[int, int]]
) -> list[tuple[tuple[CategoryId, float] | None, tuple[CategoryId, float] | None]]:
    """What is ranked first before and behind each cut, if anything is: the parts from one to before another."""
    from core.suggest import learned  # noqa: PLC0415 - as above

    quiet = [[word for word in phrasing.without_noise(words) if word.said] for words in parts]
    stems = [[word.stem for word in words] for words in quiet]
    found = []
    for (start, end), sides in zip(cuts, learned.learned().likely_around(quiet, cuts), strict=True):
        said = (chain.from_iterable(stems[:start]), chain.from_iterable(stems[end:]))
        one, other = (_first(with_new(list(words), _listed(each))) for words, each in zip(said, sides, strict=True))
        found.append((one, other))
    return found


def _listed(likely: Mapping[CategoryId, float]) -> Mapping[CategoryId, float]:
    known = _listed_ids()
    return {each: share for each, share in likely.items() if each in known}


def with_new(stems: Sequence[str], likely: Mapping[CategoryId, float]) -> Mapping[CategoryId, float]:
    """A category of the table from which nothing was learned yet takes its share by its cues, until it is trained."""
    found = dict(likely)
    for each, weight in _of_new(stems, likely):
        share = weight / (_HALF + weight)
        found = {other: score * (1 - share) for other, score in found.items()} | {each: share}
    return found


def _of_new(stems: Sequence[str], likely: Mapping[CategoryId, float]) -> list[tuple[CategoryId, float]]:
    new = _listed_ids().difference(likely)
    weighed = cues.weights(stems) if new else {}
    return [(each.id, weighed[each.id]) for each in CATEGORIES if each.id in new and each.id in weighed]


def _ranked(likely: Mapping[CategoryId, float]) -> tuple[tuple[CategoryId, float], ...]:
    if _first(likely) is None:
        return ()
    best = sorted((-score, each) for each, score in likely.items() if each != _NOTHING)
    return tuple((each, _shown(-score)) for score, each in best[:MOST] if -score >= _LEAST)


def _first(likely: Mapping[CategoryId, float]) -> tuple[CategoryId, float] | None:
    """What is ranked first; None: nothing is offered."""
    kinds = {each: score for each, score in likely.items() if each != _NOTHING}
    # A city of which nothing was learned has no kind at all where no cue stands.
    best = max(kinds, key=kinds.__getitem__, default=_NOTHING)
    score = kinds.get(best, 0.0)
    return None if likely[_NOTHING] > _SURELY_NONE or score < _GUESS else (best, _shown(score))


def _shown(score: float) -> float:
    return round(min(score, _SURE), 3)
