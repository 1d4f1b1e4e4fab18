"""The tables of categories and agencies as they are at present, and what every room reads of them.

`CATEGORIES`, `AGENCIES` and `ATTRIBUTES` show the present: what is made of them once must be made `of_present`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeVar

from core.categories.agencies import Agency, agencies_of, agency_rows, branches_of
from core.categories.attributes import Attribute, in_words
from core.categories.leaves import (
    Category,
    attribute_rows,
    attributes_in,
    category_of,
    category_rows,
    group_of,
    leaves_of,
)
from core.city.category_fields import LEAF_FIELDS
from core.city.holidays import holidays_of
from core.city.present import UNCHANGED, Changes, of_present, replace_present
from core.city.profile import CITY
from core.model import AgencyId, CategoryId
from core.toml_rows import checked

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Tables:
    """`categories`: those that are offered, in the order of menus; `by_id`: every one."""

    agencies: Mapping[AgencyId, Agency]
    branches: Mapping[tuple[AgencyId, str], tuple[Agency, ...]]
    attributes: Mapping[str, Attribute]
    categories: tuple[Category, ...]
    by_id: Mapping[CategoryId, Category]
    leaves: Mapping[str, tuple[Category, ...]]


def tables_of(changes: Changes) -> Tables:
    """Raises BadRow for a row that cannot be read."""
    agencies = agencies_of(agency_rows(changes))
    attributes = attributes_in(attribute_rows(changes).values())
    every = [category_of(checked(row, LEAF_FIELDS), agencies, attributes) for row in category_rows(changes)]
    return Tables(
        agencies=agencies,
        branches=branches_of(agencies),
        attributes=attributes,
        categories=tuple(each for each in every if not each.retired),
        by_id=MappingProxyType({each.id: each for each in every}),
        leaves=leaves_of(every),
    )


OF_FOLDER: Final = tables_of(UNCHANGED)
"""Those of the folder, whatever was changed since."""
tables = of_present(lambda changes: tables_of(changes) if changes else OF_FOLDER)
"""Those of the present."""


def adopt(changes: Changes) -> None:
    """What the city is from now on, in this process; raises BadRow or ValueError, and then it is what it was."""
    tables_of(changes)
    holidays_of(changes)
    replace_present(changes)


class _LiveMapping(Mapping[K, V]):
    """A table of the present, whichever that is when it is asked."""

    def __init__(self, now: Callable[[], Mapping[K, V]]) -> None:
        self._now = now

    def __getitem__(self, key: K) -> V:
        return self._now()[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._now())

    def __len__(self) -> int:
        return len(self._now())


class _LiveList(Collection[V]):
    """The same of a list."""

    def __init__(self, now: Callable[[], Collection[V]]) -> None:
        self._now = now

    def __contains__(self, each: object) -> bool:
        return each in self._now()

    def __iter__(self) -> Iterator[V]:
        return iter(self._now())

    def __len__(self) -> int:
        return len(self._now())


AGENCIES: Mapping[AgencyId, Agency] = _LiveMapping(lambda: tables().agencies)
ATTRIBUTES: Mapping[str, Attribute] = _LiveMapping(lambda: tables().attributes)
"""What can be asked besides of a kind."""
KEEP_DAYS: Mapping[CategoryId, int] = _LiveMapping(
    of_present(lambda _: {each.id: each.keep_days for each in tables().by_id.values()})
)
"""How long after closing texts and files of a kind are kept."""
CATEGORIES: Collection[Category] = _LiveList(lambda: tables().categories)
"""What can be reported now; a retired leaf is known by its id alone, for the reports that have it already."""


ALL_CATEGORIES: Mapping[CategoryId, Category] = _LiveMapping(lambda: tables().by_id)
"""The same with those that are retired, by their ids."""


def agency(agency_id: AgencyId) -> Agency:
    """Raises KeyError for an id that is not in the table; offices of areas are not: core/areas names them."""
    return tables().agencies[agency_id]


def city_branches(lead: AgencyId, city: str) -> tuple[Agency, ...]:
    """The branches of an agency in one city: mostly one Suku Dinas; Pendidikan has two, many agencies have none."""
    return tables().branches.get((lead, city), ())


def category(category_id: CategoryId) -> Category:
    """A leaf, retired or not; raises KeyError for an id that was never in the table."""
    return tables().by_id[category_id]


def attributes_of(category_id: CategoryId) -> tuple[str, ...]:
    """Ids of what is asked besides of a leaf; none of one that is not in the table."""
    leaf = tables().by_id.get(category_id)
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
    return tables().leaves[group_id]


def label(category_id: CategoryId, lang: str) -> str:
    """What a menu shows in a language, else in the first of the city; raises KeyError for an unknown id."""
    return _in(tables().by_id[category_id].labels, lang)


def group_label(group_id: str, lang: str) -> str:
    """What a menu shows in a language, else in the first of the city; raises KeyError for an unknown id."""
    return _in(group_of(group_id).labels, lang)


def _in(labels: Mapping[str, str], lang: str) -> str:
    return labels.get(lang) or labels[CITY.language]
