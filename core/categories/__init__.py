"""Data room of what a report can be about and who answers for it; groups, categories and agencies are rows of TOML.

Who lives here: `agencies`, `attributes`, `leaves` (how their rows are read), `tables` (all of them, as they are now).
"""

from core.categories.agencies import Agency
from core.categories.attributes import Attribute, AttributeKind, in_words
from core.categories.attributes import read as read_attribute
from core.categories.leaves import FALLBACK, GROUPS, NOISE, Category, Group
from core.categories.tables import (
    AGENCIES,
    ALL_CATEGORIES,
    ATTRIBUTES,
    CATEGORIES,
    KEEP_DAYS,
    OF_FOLDER,
    Tables,
    adopt,
    agency,
    attributes_of,
    category,
    city_branches,
    group_label,
    label,
    leaves,
    tables_of,
    told_attribute,
)

__all__ = [
    "AGENCIES",
    "ALL_CATEGORIES",
    "ATTRIBUTES",
    "CATEGORIES",
    "FALLBACK",
    "GROUPS",
    "KEEP_DAYS",
    "NOISE",
    "OF_FOLDER",
    "Agency",
    "Attribute",
    "AttributeKind",
    "Category",
    "Group",
    "Tables",
    "adopt",
    "agency",
    "attributes_of",
    "category",
    "city_branches",
    "group_label",
    "in_words",
    "label",
    "leaves",
    "read_attribute",
    "tables_of",
    "told_attribute",
]
