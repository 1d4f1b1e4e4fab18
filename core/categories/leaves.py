"""What a report can be about: groups and their leaves, with labels, flags and the words by which people tell it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType
from typing import Final

from core.categories.agencies import Agency
from core.categories.attributes import MOST, Attribute, attribute_of
from core.city import read
from core.city.category_fields import HANDLINGS, LEAF_FIELDS, PHOTOS
from core.city.present import Changes, merged
from core.city.profile import CITY
from core.model import AgencyId, CategoryId, CityPart
from core.toml_rows import BadRow, Row, by_language, checked, flag, number, one_of, rows, table, text, texts

FALLBACK = CITY.fallback

_EMERGENCIES = ("", *CITY.emergency.numbers)
KEEP_DAYS: Final = 730  # two years: what an evaluation of the year before may still ask for


@dataclass(frozen=True, slots=True)
class Group:
    """What a menu shows first."""

    id: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Category:
    """One leaf. `restricted`: the only agency that may read such a report; `sensitive`: never named in news.

    `retired`: no longer offered; it is known for the reports and dialogues that have it already.
    """

    id: CategoryId
    sms_code: str
    labels: Mapping[str, str]
    group: str
    lead_agency: AgencyId
    restricted: AgencyId | None
    sensitive: bool
    estimate: bool
    place_required: bool
    emergency: str  # "" or the number to show before going on
    photo: str  # normal | outside_only | no_people | discourage
    handling: str  # normal | redirect | forward_external
    keep_days: int  # after closing, that texts and files are kept
    attributes: tuple[str, ...]  # what is asked besides
    retired: bool
    cues: tuple[str, ...] = field(repr=False)

    @property
    def public(self) -> bool:
        """Whether anybody may know that such a report came: neither restricted nor sensitive."""
        return self.restricted is None and not self.sensitive


def category_of(row: Row, agencies: Mapping[AgencyId, Agency], attributes: Mapping[str, Attribute]) -> Category:
    """Raises BadRow."""
    cues = table(row, "cues")
    asked = texts(row, "attributes")
    if len(asked) > MOST or not attributes.keys() >= {*asked}:
        raise BadRow(row, "attributes")
    return Category(
        id=CategoryId(text(row, "id")),
        sms_code=text(row, "sms_code"),
        labels=by_language(row, "labels"),
        group=text(row, "group"),
        lead_agency=AgencyId(one_of(row, "lead", agencies)),
        restricted=AgencyId(one_of(row, "restricted", agencies)) if "restricted" in row else None,
        sensitive=flag(row, "sensitive", default=False),
        estimate=flag(row, "estimate", default=False),
        place_required=flag(row, "place", default=True),
        emergency=one_of(row, "emergency", _EMERGENCIES, ""),
        photo=one_of(row, "photo", PHOTOS, "normal"),
        handling=one_of(row, "handling", HANDLINGS, "normal"),
        keep_days=number(row, "keep_days", KEEP_DAYS),
        attributes=asked,
        retired=flag(row, "retired", default=False),
        cues=tuple(dict.fromkeys(cue for lang in cues for cue in texts(cues, lang))),
    )


def _group(row: Row) -> Group:
    return Group(id=text(row, "id"), labels=by_language(row, "labels"))


def _noise(row: Row) -> tuple[str, ...]:
    landmarks = (f"{before} {mark}" for before in texts(row, "before") for mark in texts(row, "landmarks"))
    return (*texts(row, "names"), *landmarks)


def _by_id(found: Iterable[Row]) -> Mapping[str, Row]:
    return MappingProxyType({text(row, "id"): row for row in found})


_DATA = read("categories.toml")

GROUPS: tuple[Group, ...] = tuple(_group(checked(row, frozenset({"id", "labels"}))) for row in rows(_DATA, "group"))
NOISE: tuple[str, ...] = _noise(table(_DATA, "noise"))
"""Names and landmarks that hold words of a category without meaning it; a reader of cues passes over them."""
_ATTRIBUTES: Final = _by_id(rows(_DATA, "attribute", needed=False))
_CATEGORIES: Final = _by_id(checked(row, LEAF_FIELDS) for row in rows(_DATA, "category"))
_GROUP_BY_ID: Mapping[str, Group] = MappingProxyType({each.id: each for each in GROUPS})


def group_of(group_id: str) -> Group:
    """Raises KeyError for an unknown group."""
    return _GROUP_BY_ID[group_id]


def attribute_rows(changes: Changes) -> Mapping[str, Row]:
    """As the file has them."""
    return merged(CityPart.ATTRIBUTE, _ATTRIBUTES, changes)


def category_rows(changes: Changes) -> Sequence[Row]:
    """As the file has them; one that is new stands behind the last of its group, so that menus keep their order."""
    found = merged(CityPart.CATEGORY, _CATEGORIES, changes)
    order = {each: at for at, each in enumerate(found)}
    last = {text(row, "group"): at for at, row in enumerate(_CATEGORIES.values())}

    def place(row: Row) -> tuple[int, int]:
        at = order[text(row, "id")]
        return (min(at, last.get(text(row, "group"), at)) if at >= len(_CATEGORIES) else at, at)

    return sorted(found.values(), key=place)


def attributes_in(rows: Iterable[Row]) -> Mapping[str, Attribute]:
    """Raises BadRow."""
    return MappingProxyType({each.id: each for each in map(attribute_of, rows)})


def leaves_of(categories: Iterable[Category]) -> Mapping[str, tuple[Category, ...]]:
    """What is offered, by group, in the order of menus."""
    offered = sorted((each for each in categories if not each.retired), key=lambda each: _place_of(each.group))
    found = {group: tuple(those) for group, those in groupby(offered, key=lambda each: each.group)}
    return MappingProxyType({group.id: found.get(group.id, ()) for group in GROUPS})


def _place_of(group: str) -> int:
    return next((at for at, each in enumerate(GROUPS) if each.id == group), len(GROUPS))
