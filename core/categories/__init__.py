"""Data room of what a report can be about and who answers for it; groups, categories and agencies are rows of TOML."""

from core.categories.agencies import AGENCIES, Agency, agency, city_branches
from core.categories.leaves import (
    CATEGORIES,
    FALLBACK,
    GROUPS,
    NOISE,
    Category,
    Group,
    category,
    group_label,
    label,
    leaves,
)

__all__ = [
    "AGENCIES",
    "CATEGORIES",
    "FALLBACK",
    "GROUPS",
    "NOISE",
    "Agency",
    "Category",
    "Group",
    "agency",
    "category",
    "city_branches",
    "group_label",
    "label",
    "leaves",
]
