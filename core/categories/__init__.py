"""Data room of what a report can be about and who answers for it; groups, categories and agencies are rows of TOML."""

from core.categories.agencies import AGENCIES, Agency, agency, city_branches
from core.categories.attributes import Attribute, AttributeKind, in_words
from core.categories.attributes import read as read_attribute
from core.categories.leaves import (
    ATTRIBUTES,
    CATEGORIES,
    FALLBACK,
    GROUPS,
    NOISE,
    Category,
    Group,
    attributes_of,
    category,
    group_label,
    label,
    leaves,
    told_attribute,
)

__all__ = [
    "AGENCIES",
    "ATTRIBUTES",
    "CATEGORIES",
    "FALLBACK",
    "GROUPS",
    "NOISE",
    "Agency",
    "Attribute",
    "AttributeKind",
    "Category",
    "Group",
    "agency",
    "attributes_of",
    "category",
    "city_branches",
    "group_label",
    "in_words",
    "label",
    "leaves",
    "read_attribute",
    "told_attribute",
]
