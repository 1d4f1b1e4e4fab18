"""The counter of an office: what a clerk types for a citizen becomes a report, under the channel of that office."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from core import areas, places
from core.categories import CATEGORIES, category
from core.city.profile import CITY
from core.errors import NotAllowed, Refused
from core.intake.forms import Filled, Receipt, form
from core.intake.last_resort import form_as_it_is
from core.messages import Address, StoredFile, WireId
from core.model import AgencyId, AreaCode, AuditEntry, CategoryId, Right, Staff
from core.record import Turn

UNKNOWN = "-"
"""Chosen where the citizen cannot say in which area it is."""
_OF_LEVEL: Mapping[str, str] = {each.office: each.counter for each in CITY.levels if each.counter}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the clerk's form. `id`: of the form, so that one that is sent twice is one report."""

    id: str
    text: str = field(default="", repr=False)
    category: str = ""
    words: str = field(default="", repr=False)
    area: str = ""  # a code, UNKNOWN, or empty: as the words say
    reach: tuple[str, Address] | None = field(default=None, repr=False)
    files: tuple[StoredFile, ...] = ()
    lang: str = CITY.language
    attributes: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class CounterReceipt:
    """What was filed. `closed`: something in the words pointed at the citizen, and stands there no more."""

    receipt: Receipt
    closed: bool


def channel_of(office: AgencyId) -> str | None:
    """The channel of an office's counter; None where it has none."""
    return _OF_LEVEL.get(office.partition(":")[0]) if ":" in office else CITY.counters.get(office)


def own_area(office: AgencyId) -> AreaCode | None:
    """The area of an office of one of the smallest."""
    area = areas.area_of(office) if ":" in office else None
    return area.code if area is not None and area.finest else None


def at_counter(turn: Turn, clerk: Staff, typed: Typed) -> CounterReceipt | None:
    """Files it; None: this very form was filed before.

    Raises NotAllowed for who is no clerk (any more), Refused with what is missing; then nothing is kept.
    """
    staff, channel = _at_work(turn, clerk)
    with areas.on_map(turn.context.city_map):
        filled = filled_of(typed, staff.agency, channel)
    receipt = form(turn.tx, replace(filled, proved=_sender(staff)), turn.now, turn.context)
    return None if receipt is None else _entered(turn, staff, filled, receipt)


def at_counter_as_it_is(turn: Turn, clerk: Staff, typed: Typed) -> CounterReceipt | None:
    """The same where a rule of words or places fails: without an area, its words closed coarsely. Raises as that."""
    staff, channel = _at_work(turn, clerk)
    filled = replace(_filled(typed, channel), proved=_sender(staff))
    if not turn.tx.inbox.record_if_new(channel, WireId(typed.id), turn.now):
        return None
    return _entered(turn, staff, filled, form_as_it_is(turn.tx, filled, turn.now, turn.context))


def _at_work(turn: Turn, clerk: Staff) -> tuple[Staff, str]:
    """Who files, and the channel of their counter."""
    staff = turn.tx.accounts.get(clerk.id)
    if staff is None or not staff.whole or not staff.may(Right.COUNTER):
        raise NotAllowed
    channel = channel_of(staff.agency)
    if channel is None:
        raise Refused("counter_none")
    return staff, channel


def _sender(staff: Staff) -> Address:
    """All that one clerk types counts as of one sender: who they stood before cannot be proved."""
    return Address(f"staff {staff.id}")


def _entered(turn: Turn, staff: Staff, filled: Filled, receipt: Receipt) -> CounterReceipt:
    report = receipt.report
    turn.tx.audit.add(AuditEntry(turn.now, staff.name, "file", report.number, "desk"))
    kept = f"{report.text}\n{report.place.words}"
    return CounterReceipt(receipt, closed=not (filled.text in kept and filled.words in kept))


def filled_of(typed: Typed, office: AgencyId, channel: str) -> Filled:
    """The form as `form` takes it; raises Refused with what is missing."""
    filled = _filled(typed, channel)
    own, needed = own_area(office), category(filled.category).place_required
    return replace(filled, area=_area(replace(typed, text=filled.text, words=filled.words), own, needed=needed))


def _filled(typed: Typed, channel: str) -> Filled:
    """The same without its area."""
    if not typed.text.strip() and not typed.files:
        raise Refused("form_text")
    if typed.category not in {each.id for each in CATEGORIES}:
        raise Refused("counter_category")
    return Filled(
        channel=channel,
        category=CategoryId(typed.category),
        text=typed.text.strip(),
        words=typed.words.strip(),
        files=typed.files,
        lang=typed.lang,
        reach=typed.reach,
        wire_id=WireId(typed.id),
        attributes=typed.attributes,
    )


def _read(words: str) -> areas.FoundAreas:
    """What the words may mean, with a point that they write down."""
    named, point = places.find(words), areas.point_in(words)
    return areas.meant(named, point) if point is not None and areas.located(point).mapped else named


def _area(typed: Typed, own: AreaCode | None, *, needed: bool) -> AreaCode | None:
    """What was chosen, else what the words say for certain, else (or where that holds it) the clerk's own area."""
    if typed.area == UNKNOWN:
        return None
    if typed.area:
        area = areas.AREAS.get(AreaCode(typed.area))
        if area is None or not (area.finest or area.district):
            raise Refused("routes_area_unknown")
        return area.code
    for read in (typed.words, f"{typed.words} {typed.text}"):
        found = _read(read)
        if found.certain:
            there = found.candidates[0]
            return own if own is not None and own.startswith(there) else there
    found = _read(typed.words)
    doubt = () if found.certain else found.candidates
    here = own is not None and (own in doubt or not doubt)
    if here and (needed or typed.words):
        return own
    if doubt or (needed and not here):
        raise Refused("counter_place", areas=" ".join(doubt))
    return None
