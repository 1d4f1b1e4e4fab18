"""/petugas/peta: the list as a map, by area and field of kinds, with the list's own filters; in figures beneath."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import sqrt

from starlette.responses import Response

from core import areas, casework
from core.casework import QueuePlaces, Turn, Wanted
from core.casework.queue import QueueRow, categories_for
from core.categories import ALL_CATEGORIES, GROUPS, group_label
from core.model import AreaCode, CategoryId, Status
from core.ports import Sheet
from web.desk import frame
from web.desk.filters import asked_in, choices, link
from web.desk.queue import MAP, TABS
from web.desk.routes import HANDLERS, Page
from web.desk.session import Visit
from web.map_view import View, chain, view

COLOURS = 8
_COLOUR_OF = {each.id: min(at, COLOURS - 1) for at, each in enumerate(GROUPS)}
_SMALLEST, _LARGEST = 10, 22  # units of the picture: the radius of a cluster
_UNDER = 14  # from its edge to the middle of the name of its area
_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Arc:
    """A part of a cluster's ring, in hundredths of it."""

    colour: int
    share: float
    before: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """Reports of an area. `groups`: fields of kinds with their counts, the most frequent first; "": not readable.

    `at`: where it stands in the picture, None without one; `link`: to what is inside, `shown`: to its list.
    """

    area: areas.Area
    groups: tuple[tuple[str, int], ...]
    at: tuple[int, int] | None
    link: str
    shown: str

    @property
    def total(self) -> int:
        """Of all kinds."""
        return sum(count for _, count in self.groups)

    @property
    def arcs(self) -> tuple[Arc, ...]:
        """Its ring."""
        parts: list[Arc] = []
        before = 0.0
        for group, count in self.groups:
            share = _WHOLE * count / self.total
            parts.append(Arc(colour(group), round(share, 2), round(before, 2)))
            before += share
        return tuple(parts)


@dataclass(frozen=True, slots=True)
class Marked:
    """A report of the list and where it is seen; `mark`: its number in the picture, 0: it has no place there."""

    row: QueueRow
    at: tuple[int, int] | None
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the page shows besides its figures; `rows`: of one page of the list, where single reports are shown."""

    view: View | None
    rows: Sequence[Marked] = ()
    marks: Mapping[tuple[int, int], Sequence[Marked]] = field(default_factory=dict)


def colour(group: str) -> int:
    """Of a field of kinds; those that cannot be told apart by eight colours share the last."""
    return _COLOUR_OF.get(group, COLOURS - 1)


def group_name(group: str, lang: str) -> str:
    """As people read it; its id where the data do not know it any more."""
    return group_label(group, lang) if group in _COLOUR_OF else group


def radius(count: int, most: int) -> int:
    """Of a cluster: its area grows as its count does."""
    return round(_SMALLEST + (_LARGEST - _SMALLEST) * sqrt(count / most))


async def _page(visit: Visit) -> Response:
    wanted, name = asked_in(visit), visit.staff.name

    def looked(turn: Turn) -> tuple[QueuePlaces, Drawn]:
        boundaries = turn.context.city_map.boundaries
        sheet = boundaries.sheet() if boundaries is not None else None
        return casework.queue_places(turn, name, wanted), _drawn(turn, name, wanted, sheet)

    found, drawn = await visit.desk.read(looked)
    clusters = _clusters(found, wanted, drawn.view)
    most = max((each.total for each in clusters), default=1)
    staff = visit.staff
    return frame.page(
        visit,
        "queue_map.html",
        here=MAP,
        found=found,
        wanted=wanted,
        view=drawn.view,
        map_credit=visit.desk.map_credit(),
        clusters=clusters,
        most=most,
        below={} if drawn.rows else {each.area.code: radius(each.total, most) + _UNDER for each in clusters},
        rest=found.total - sum(each.total for each in clusters),
        groups=_grouped(found.places),
        kinds=[(kind, count, link(wanted, page=MAP, jenis=kind)) for kind, count in _kinds(found.places)],
        rows=drawn.rows,
        marks=drawn.marks,
        radius=radius,
        colour=colour,
        group_name=partial(group_name, lang=visit.lang),
        group_of=_group,
        steps=[(each, link(wanted, page=MAP, wilayah=each.code, hal=1)) for each in chain(wanted.area)],
        whole=link(wanted, page=MAP, wilayah="", hal=1),
        listed=link(wanted, hal=1),
        tabs=[(which, link(wanted, page=MAP, daftar=which.value, hal=1), found.counts[which]) for which in TABS],
        offer=choices(staff.role, visit.lang, wanted.area),
        categories=categories_for(staff),
        statuses=tuple(Status),
        without_office=link(wanted, page=MAP, kantor="", hal=1) if wanted.agency else "",
        map_page=MAP,
    )


def _drawn(turn: Turn, name: str, wanted: Wanted, sheet: Sheet | None) -> Drawn:
    """Single reports are opened where no smaller area is left to count them by."""
    if sheet is None:
        return Drawn(None)
    seen = view(sheet, wanted.area)
    if seen.about is None or areas.children(seen.about):
        return Drawn(seen)
    marks: dict[tuple[int, int], list[Marked]] = {}
    rows: list[Marked] = []
    for row in casework.queue(turn, name, wanted).rows:
        point = row.report.place.point
        at = seen.point(sheet, point) if point is not None else None
        marked = Marked(row, at, len(rows) + 1)
        rows.append(marked)
        if at is not None:
            marks.setdefault(at, []).append(marked)
    return Drawn(seen, rows, marks)


def _clusters(found: QueuePlaces, wanted: Wanted, seen: View | None) -> Sequence[Cluster]:
    """The greatest first: of areas that the picture tells apart, and of those right below that are not in it."""
    places = {each.area: each.middle for each in seen.shapes if each.inside} if seen else {}
    counted: dict[areas.Area, Counter[str]] = {}
    for (area, kind), count in found.places.items():
        around = chain(area)
        below = (each for each in around if each.parent == wanted.area or not areas.children(each.code))
        holder = next((each for each in around if each in places), None) or next(below, None)
        if holder is not None:
            counted.setdefault(holder, Counter())[_group(kind)] += count
    clusters = [
        Cluster(
            each,
            tuple(groups.most_common()),
            places.get(each),
            link(wanted, page=MAP, wilayah=each.code, hal=1),
            link(wanted, wilayah=each.code, hal=1),
        )
        for each, groups in counted.items()
    ]
    return sorted(clusters, key=lambda each: (-each.total, each.area.code))


def _group(kind: CategoryId | None) -> str:
    known = None if kind is None else ALL_CATEGORIES.get(kind)
    return "" if known is None else known.group


def _grouped(places: Mapping[tuple[AreaCode | None, CategoryId | None], int]) -> Sequence[tuple[str, int]]:
    counted: Counter[str] = Counter()
    for (_, kind), count in places.items():
        counted[_group(kind)] += count
    return counted.most_common()


def _kinds(places: Mapping[tuple[AreaCode | None, CategoryId | None], int]) -> Sequence[tuple[CategoryId, int]]:
    counted: Counter[CategoryId] = Counter()
    for (_, kind), count in places.items():
        if kind is not None:
            counted[kind] += count
    return counted.most_common()


PAGES = (Page("/peta", _page, roles=HANDLERS),)
