"""What a report can be about: groups and their leaves, with labels, flags and the words by which people tell it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from core.categories.agencies import AGENCIES
from core.categories.attributes import MOST, Attribute, attribute_of, in_words
from core.city import read
from core.city.category_fields import HANDLINGS, LEAF_FIELDS, PHOTOS
from core.city.profile import CITY
from core.model import AgencyId, CategoryId
from core.toml_rows import BadRow, Row, by_language, checked, flag, number, one_of, rows, table, text, texts

FALLBACK = CITY.fallback

_EMERGENCIES = ("", *CITY.emergency.numbers)
_KEEP_DAYS = 730  # two years: what an evaluation of the year before may still ask for


@dataclass(frozen=True, slots=True)
class Group:
    """What a menu shows first."""

    id: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Category:
    """One leaf. `restricted`: the only agency that may read such a report; `sensitive`: never named in news."""

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
    cues: tuple[str, ...] = field(repr=False)


def _category(row: Row) -> Category:
    cues = table(row, "cues")
    return Category(
        id=CategoryId(text(row, "id")),
        sms_code=text(row, "sms_code"),
        labels=by_language(row, "labels"),
        group=text(row, "group"),
        lead_agency=AgencyId(one_of(row, "lead", AGENCIES)),
        restricted=AgencyId(one_of(row, "restricted", AGENCIES)) if "restricted" in row else None,
        sensitive=flag(row, "sensitive", default=False),
        estimate=flag(row, "estimate", default=False),
        place_required=flag(row, "place", default=True),
        emergency=one_of(row, "emergency", _EMERGENCIES, ""),
        photo=one_of(row, "photo", PHOTOS, "normal"),
        handling=one_of(row, "handling", HANDLINGS, "normal"),
        keep_days=number(row, "keep_days", _KEEP_DAYS),
        attributes=_asked_of(row),
        cues=tuple(dict.fromkeys(cue for lang in cues for cue in texts(cues, lang))),
    )


def _asked_of(row: Row) -> tuple[str, ...]:
    asked = texts(row, "attributes")
    if len(asked) > MOST or not ATTRIBUTES.keys() >= {*asked}:
        raise BadRow(row, "attributes")
    return asked


def offered(found: Iterable[Row]) -> tuple[Category, ...]:
    """What can be reported now; a retired leaf is known by its id alone, for the reports that have it already."""
    return tuple(_category(row) for row in found if not flag(row, "retired", default=False))


def _group(row: Row) -> Group:
    return Group(id=text(row, "id"), labels=by_language(row, "labels"))


def _noise(row: Row) -> tuple[str, ...]:
    landmarks = (f"{before} {mark}" for before in texts(row, "before") for mark in texts(row, "landmarks"))
    return (*texts(row, "names"), *landmarks)


_DATA = read("categories.toml")

ATTRIBUTES: Mapping[str, Attribute] = MappingProxyType(
    {each.id: each for each in map(attribute_of, rows(_DATA, "attribute") if "attribute" in _DATA else ())}
)
"""What can be asked besides of a kind."""
GROUPS: tuple[Group, ...] = tuple(_group(checked(row, frozenset({"id", "labels"}))) for row in rows(_DATA, "group"))
_ROWS = tuple(checked(row, LEAF_FIELDS) for row in rows(_DATA, "category"))
CATEGORIES: tuple[Category, ...] = offered(_ROWS)
NOISE: tuple[str, ...] = _noise(table(_DATA, "noise"))
"""Names and landmarks that hold words of a category without meaning it; a reader of cues passes over them."""

_BY_ID: Mapping[CategoryId, Category] = MappingProxyType({each.id: each for each in map(_category, _ROWS)})
_GROUP_BY_ID: Mapping[str, Group] = MappingProxyType({each.id: each for each in GROUPS})
_LEAVES: Mapping[str, tuple[Category, ...]] = MappingProxyType(
    {group.id: tuple(each for each in CATEGORIES if each.group == group.id) for group in GROUPS}
)


def category(category_id: CategoryId) -> Category:
    """A leaf, retired or not; raises KeyError for an id that was never in the table."""
    return _BY_ID[category_id]


def attributes_of(category_id: CategoryId) -> tuple[str, ...]:
    """Ids of what is asked besides of a leaf; none of one that is not in the table."""
    leaf = _BY_ID.get(category_id)
    return () if leaf is None else leaf.attributes


def told_attribute(asked: str, value: str, lang: str) -> tuple[str, str]:
    """Question and answer as people read them; those that the table no longer knows, as they stand."""
    attribute = ATTRIBUTES.get(asked)
    if attribute is None:
        return asked, value
    chosen = attribute.values.get(value)
    return in_words(attribute.ask, lang), value if chosen is None else in_words(chosen, lang)


def leaves(group_id: str) -> tuple[Category, ...]:
    """The leaves of a group in the order of menus; raises KeyError for an unknown group."""
    return _LEAVES[group_id]


def label(category_id: CategoryId, lang: str) -> str:
    """What a menu shows in a language, else in the first of the city; raises KeyError for an unknown id."""
    return _in(_BY_ID[category_id].labels, lang)


def group_label(group_id: str, lang: str) -> str:
    """What a menu shows in a language, else in the first of the city; raises KeyError for an unknown id."""
    return _in(_GROUP_BY_ID[group_id].labels, lang)


def _in(labels: Mapping[str, str], lang: str) -> str:
    return labels.get(lang) or labels[CITY.language]
