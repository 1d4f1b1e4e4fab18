"""The figures of the public page where reports are published in batches: sums of what the batches told, and no more.

Each sum but that of statuses is of whole classes of whole batches, so that it is nought or many, and grows by many or
not at all; statuses move in steps (core/publication/figures). By which way a report came is told nowhere.
"""

from collections.abc import Mapping
from datetime import datetime, tzinfo

from core import areas
from core.categories import GROUPS, group_label
from core.model import AreaCode
from core.phrases import phrase
from storage import Publisher
from web import Statistics, Table

_GROUPS = frozenset(each.id for each in GROUPS)


def of_batches(published: Publisher, since: datetime, zone: tzinfo, least: int, lang: str) -> Statistics:
    """Blocks on the database; raises StoreAway."""
    groups = published.by_group()
    statuses = {phrase(f"status_{status.value}", lang): count for status, count in published.by_status().items()}
    return Statistics(
        total=sum(groups.values()),
        tables=(
            Table(phrase("web_by_status", lang), rows(statuses)),
            Table(phrase("web_by_group", lang), rows(_named_groups(groups, lang))),
            Table(phrase("web_by_area", lang), rows(_named_areas(published.by_area(), lang))),
            Table(
                phrase("web_by_day", lang),
                tuple((f"{at.day}.{at.month}.", count) for at, count in sorted(published.by_day(since, zone).items())),
            ),
        ),
        note=phrase("web_statistics_batches", lang, least=str(least)),
    )


def rows(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The greatest first."""
    return tuple(sorted(counts.items(), key=lambda row: (-row[1], row[0])))


def _named_groups(groups: Mapping[str, int], lang: str) -> dict[str, int]:
    """What was renamed since is counted with those that tell no group."""
    found: dict[str, int] = {}
    for group, count in groups.items():
        name = group_label(group, lang) if group in _GROUPS else phrase("web_group_untold", lang)
        found[name] = found.get(name, 0) + count
    return found


def _named_areas(counts: Mapping[str, int], lang: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for code, count in counts.items():
        area = areas.AREAS.get(AreaCode(code))
        if area is None:
            name = phrase("web_area_untold", lang)
        elif area.parent is None:
            name = phrase("web_district_untold", lang, city=area.name)
        else:
            name = areas.full_name(area.code)
        found[name] = found.get(name, 0) + count
    return found
