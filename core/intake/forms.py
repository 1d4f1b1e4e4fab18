"""A filled form (counter, partner) becomes a report in one turn, without a conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from core import areas, conversation, places
from core.categories import ATTRIBUTES, attributes_of, category, in_words, read_attribute
from core.city.profile import CITY
from core.errors import Refused
from core.intake.filing import Entry, entered
from core.messages import Address, Point, StoredFile, WireId
from core.model import AreaCode, CategoryId, Contact, ContactId, Draft, Place, Report, TrackingCode
from core.ports import Context, UnitOfWork

LONGEST = 4000  # characters of what a form may tell


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was sent. `reach`: the channel and address that news goes to, where one was left.

    `wire_id`: what makes a form that is sent twice one report. `proved`: who hands it in, not the citizen.
    """

    channel: str
    category: CategoryId
    text: str = field(default="", repr=False)
    words: str = field(default="", repr=False)  # where it is
    area: AreaCode | None = None  # where that was chosen from a list
    point: Point | None = None
    files: tuple[StoredFile, ...] = ()
    lang: str = CITY.language
    reach: tuple[str, Address] | None = field(default=None, repr=False)
    wire_id: WireId | None = None
    proved: Address | None = None
    attributes: Mapping[str, str] = field(default_factory=dict, repr=False)  # answers by question
    hidden: tuple[str, ...] = field(default=(), repr=False)  # what its writer wants closed


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was filed, and the code that only this answer tells."""

    report: Report
    code: TrackingCode


def form(tx: UnitOfWork, filled: Filled, now: datetime, context: Context) -> Receipt | None:
    """Files it; None: it was sent before.

    Raises Refused: `form_text`, `form_long`, `form_place`, `form_outside`, `form_attribute`.
    """
    with areas.on_map(context.city_map):
        return _form(tx, filled, now, context)


def _form(tx: UnitOfWork, filled: Filled, now: datetime, context: Context) -> Receipt | None:
    text, words = filled.text.strip(), filled.words.strip()
    if not text and not filled.files:
        raise Refused("form_text")
    if max(len(text), len(words)) > LONGEST:
        raise Refused("form_long", most=LONGEST)
    place = _place(filled, text, words)
    if category(filled.category).place_required:
        _refuse_nowhere(filled, place)
    if filled.wire_id is not None and not tx.inbox.record_if_new(filled.channel, filled.wire_id, now):
        return None
    answers = _attributes(filled)
    said = tuple(filled.attributes.get(each, "").strip() for each in attributes_of(filled.category))
    kind = _kind(filled.category, text, words, *said)
    if kind != filled.category:  # of that kind nobody asks it, and the answer may be all that tells of it
        text = "\n".join(filter(None, (text, *(each for each in said if conversation.surely_restricted(each)))))
    draft = Draft(text=text, category=kind, place=place, files=filled.files, attributes=answers)
    contact = None
    if filled.reach is not None:
        channel, address = filled.reach
        contact = Contact(ContactId(context.rng.token()), channel, address, filled.lang)
    report, code = entered(tx, Entry(filled.channel, draft, filled.lang, contact, filled.proved), now, context)
    return Receipt(report, code)


def _kind(chosen: CategoryId, *told: str) -> CategoryId:
    """What was chosen, unless the words tell what one agency alone may read: no partner's citizen can choose that."""
    leant = (None if category(chosen).restricted else conversation.surely_restricted(each) for each in told)
    return next(filter(None, leant), chosen)


def _attributes(filled: Filled) -> tuple[tuple[str, str], ...]:
    """Answers to what is asked of that kind; whatever else stands there is not read."""
    given = {each: filled.attributes.get(each, "").strip() for each in attributes_of(filled.category)}
    read = {each: read_attribute(ATTRIBUTES[each], said) for each, said in given.items() if said}
    wrong = next((each for each, value in read.items() if value is None), None)
    if wrong is not None:
        raise Refused("form_attribute", ask=in_words(ATTRIBUTES[wrong].ask, filled.lang), asked=wrong)
    return tuple((each, value) for each, value in read.items() if value is not None)


def _refuse_nowhere(filled: Filled, place: Place | None) -> None:
    if place is None or place.area is None:
        if filled.point is not None and areas.located(filled.point).outside:
            raise Refused("form_outside")
        if place is None:
            raise Refused("form_place")


def _place(filled: Filled, text: str, words: str) -> Place | None:
    """What was chosen, else what the words say for certain and where the point lies; None: nothing.

    Words and points that name no area are kept as they are. A form cannot be asked back: of a point near a border the
    area counts that holds it, and where words contradict a point, the point.
    """
    point = filled.point or areas.point_in(words) or areas.point_in(text)
    there = areas.located(point) if point is not None else areas.Located()
    told = Place(words=words, point=None if there.outside else point)
    if filled.area is not None:
        return _at(filled.area, told)
    reads = (places.find(read) for read in (words, f"{words} {text}"))
    named = next((found for found in reads if found.certain), areas.FoundAreas())
    if there.mapped and there.areas:
        both = areas.meant(named, point)
        return _at(both.candidates[0] if both.certain else there.areas[0], told)
    if named.certain:
        return _at(named.candidates[0], told)
    return told if words or told.point is not None else None


def _at(code: AreaCode, told: Place) -> Place:
    return replace(told, area=code, name=areas.full_name(code))
