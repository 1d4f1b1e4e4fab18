"""The figures of the public page where reports are published in batches: sums of what the batches told, and no more.

Each sum but that of statuses is of whole classes of whole batches, so that it is nought or many, and grows by many or
not at all; statuses move in steps (core/publication/figures). By which way a report came is told nowhere.
"""

from collections.abc import Mapping
from datetime import date

from core import areas
from core.categories import GROUPS, group_label
from core.model import AreaCode, FigureQuery, Grain
from core.phrases import phrase
from core.publication import calendar
from storage import FigureSums, Publisher
from storage.figure_keys import DISTRICT, FIELD
from web import Statistics, Table

_DAYS = 30
_GROUPS = frozenset(each.id for each in GROUPS)


def of_batches(published: Publisher, sums: FigureSums, today: date, least: int, lang: str) -> Statistics:
    """Of kept rows alone. Blocks on the database; raises StoreAway."""
    groups = sums.ever(FIELD)
    month = FigureQuery(Grain.DAY, calendar.starts_of(Grain.DAY, today))
    days = sums.series(month, calendar.ending(Grain.DAY, month.starts, _DAYS))
    statuses = {phrase(f"status_{status.value}", lang): count for status, count in published.by_status().items()}
    return Statistics(
        total=sum(groups.values()),
        tables=(
            Table(phrase("web_by_status", lang), rows(statuses)),
            Table(phrase("web_by_group", lang), rows(_named_groups(groups, lang))),
            Table(phrase("web_by_area", lang), rows(_named_areas(sums.ever(DISTRICT), lang))),
            Table(
                phrase("web_by_day", lang),
                tuple((_short(at), each.received) for at, each in sorted(days.items()) if each.received),
            ),
        ),
        note=phrase("web_statistics_batches", lang, least=str(least)),
    )


def _short(starts: str) -> str:
    day = date.fromisoformat(starts)
    return f"{day.day}.{day.month}."


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
