"""Reading place names in free words: what is named, how firmly, and which one place that leaves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from core import watch
from core.analysis import remembered
from core.areas.coordinates import FoundAreas, gazetteer, related
from core.model import AreaCode
from core.places.kilometres import at_post
from core.places.known_names import led_to
from core.places.place_mentions import Firmness, PlaceMention, mentions

MOST: Final = 5


@dataclass(frozen=True, slots=True)
class _Named:
    """A mention with the areas that are left of it once the rest of the text was considered."""

    mention: PlaceMention
    codes: tuple[AreaCode, ...]


@remembered
@watch.total_else("areas", answer=FoundAreas())
def find(text: str, /) -> FoundAreas:
    """Kelurahan and kecamatan named in a text (what stands behind its first 5,000 characters is not read)."""
    read = mentions(text)
    named = _narrowed(read)
    first = _firmest(named)
    codes = _merged(first)
    streets = [] if _marked(first) else _stray_streets(named, codes)
    candidates = tuple(dict.fromkeys((*codes, *streets)))[:MOST]
    elsewhere = bool(_outside(read))
    certain = len(candidates) == 1 and _trusted(first) and _fits_city(candidates[0], read) and not elsewhere
    if certain:
        return FoundAreas(candidates, certain)
    found = FoundAreas(_by_post(candidates, at_post(text)))
    if elsewhere or gazetteer() is None:
        return found
    return led_to(text, found, [each.name.city for each in read if each.name.city])


def _by_post(candidates: tuple[AreaCode, ...], post: tuple[AreaCode, ...]) -> tuple[AreaCode, ...]:
    """What a kilometre post leaves of the candidates; where it stands, when nothing else is said."""
    return _kept(candidates, post) if candidates and post else candidates or post


@remembered
@watch.total_else("areas", answer="")
def outside(text: str, /) -> str:
    """The town around the city that a text names as the place, "" when it names none."""
    return _outside(mentions(text))


def _outside(read: Sequence[PlaceMention]) -> str:
    inside = any(each.mark >= Firmness.BARE and each.readings for each in read)
    for at, each in enumerate(read):
        if each.name.outside and each.mark >= Firmness.BARE:
            follows = at > 0 and read[at - 1].end == each.start and bool(read[at - 1].readings)
            if not inside or each.placed or follows:
                return each.name.outside
    return ""


def _kept(codes: tuple[AreaCode, ...], hints: Iterable[AreaCode]) -> tuple[AreaCode, ...]:
    near = tuple(hints)
    return tuple(code for code in codes if any(related(code, hint) for hint in near)) or codes


def _narrowed(read: Sequence[PlaceMention]) -> list[_Named]:
    cities = [each.name.city for each in read if each.name.city]
    found = []
    for each in read:
        if each.readings:
            others = chain.from_iterable(other.readings for other in read if other is not each)
            found.append(_Named(each, _kept(_kept(each.readings, others), cities)))
    return found


def _marked(named: Iterable[_Named]) -> bool:
    return any(each.mention.mark >= Firmness.KECAMATAN for each in named)


def _firmest(named: Sequence[_Named]) -> list[_Named]:
    """What counts: marked names with what belongs to them, else bare ones, else streets, else ways there."""
    if not named:
        return []
    marked = [each for each in named if each.mention.mark >= Firmness.KECAMATAN]
    firm = [each for each in named if each.mention.mark >= Firmness.BARE]
    if marked:
        sure = [code for each in marked for code in each.codes]
        firm = [each for each in firm if each in marked or any(related(a, b) for a in each.codes for b in sure)]
    best = max(each.mention.mark for each in named)
    chosen = firm or [each for each in named if each.mention.mark is best]
    return sorted(chosen, key=lambda each: (-each.mention.mark, bool(each.mention.name.place)))


def _merged(named: Sequence[_Named]) -> list[AreaCode]:
    """All codes, without those that only say in which part of the city another one lies."""
    return [
        code
        for each in named
        for code in each.codes
        if not any(_holds(code, other) for other in named if other is not each)
    ]


def _holds(code: AreaCode, other: _Named) -> bool:
    return any(inner != code and inner.startswith(code) for inner in other.codes)


def _stray_streets(named: Iterable[_Named], codes: Sequence[AreaCode]) -> Iterator[AreaCode]:
    """Areas that a street is named after, unless they hold what was named: weak, yet enough for a doubt."""
    for each in named:
        if each.mention.mark is Firmness.STREET and not each.mention.name.street:
            yield from (code for code in each.codes if not any(known.startswith(code) for known in codes))


def _trusted(named: Sequence[_Named]) -> bool:
    """Neither a way there, a street that merely bears an everyday word, nor a word that may be no name is one."""
    if any(each.mention.likely for each in named):
        return False
    marks = [(each.mention.mark, each.mention.name.everyday and not each.mention.name.street) for each in named]
    return not any(mark is Firmness.TOWARD or (mark is Firmness.STREET and everyday) for mark, everyday in marks)


def _fits_city(code: AreaCode, read: Iterable[PlaceMention]) -> bool:
    cities = [each.name.city for each in read if each.name.city]
    return not cities or any(code.startswith(city) for city in cities)
