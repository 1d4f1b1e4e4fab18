"""Figures as tables: for people in words, for machines in columns whose names stay (docs/open-data.md)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core import areas
from core.categories import AGENCIES, ALL_CATEGORIES, GROUPS, group_label, label
from core.model import AgencyId, AreaCode, CategoryId, FigureOutcome, FigureSummary, Grain
from core.phrases import channel, phrase
from core.publication import KIND
from web.figure_shapes import Compared, FigureReport
from web.pages import number
from web.period_names import period_name

TIME, KINDS, AREAS, OFFICES, CHANNELS = "waktu", "jenis", "wilayah", "kantor", "kanal"
COLUMNS = (
    "key",
    "label",
    "received",
    "solved",
    "solved_in_time",
    "solved_in_time_percent",
    "median_days",
    "mean_days",
    "reopened",
    "satisfied",
    "dissatisfied",
    "received_before",
    "solved_before",
)
_GROUPS = frozenset(each.id for each in GROUPS)
Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One table. `lines`: a row each; `compared`: whether they tell the period before too."""

    id: str
    title: str
    lines: tuple[Compared, ...]
    name: Callable[[str], str]
    compared: bool = True
    received_alone: bool = False


def tables(report: FigureReport, lang: str) -> Sequence[FigureTable]:
    """Those that have rows, in the order of the page."""
    found = (
        FigureTable(
            TIME, _title(TIME, lang), _in_time(report), _period_names(report.query.grain, lang), compared=False
        ),
        FigureTable(KINDS, _title(KINDS, lang), report.kinds, lambda key: kind_name(key, lang)),
        FigureTable(AREAS, _title(AREAS, lang), report.areas, lambda key: area_name(key, lang)),
        FigureTable(OFFICES, _title(OFFICES, lang), _ranked(report.offices), lambda key: office_name(key, lang)),
        FigureTable(
            CHANNELS, _title(CHANNELS, lang), report.channels, lambda key: _channel_name(key, lang), received_alone=True
        ),
    )
    return [each for each in found if each.lines]


def records(table: FigureTable) -> Iterator[Mapping[str, Value]]:
    """Each row by the names of its columns; None: it is not told, or there is nothing to tell it of."""
    for line in table.lines:
        now, before = line.now, line.before
        values: dict[str, Value] = {
            "key": line.key,
            "label": table.name(line.key),
            "received": now.received,
            "solved": now.solved,
            "solved_in_time": now.of(FigureOutcome.IN_TIME) if now.paced else None,
            "solved_in_time_percent": now.in_time_share,
            "median_days": now.median_days,
            "mean_days": now.mean_days,
            "reopened": now.of(FigureOutcome.REOPENED),
            "satisfied": now.of(FigureOutcome.SATISFIED),
            "dissatisfied": now.of(FigureOutcome.DISSATISFIED),
            "received_before": before.received if table.compared else None,
            "solved_before": before.solved if table.compared else None,
        }
        if table.received_alone:
            told = {"key", "label", "received", "received_before"}
            values = {name: value if name in told else None for name, value in values.items()}
        yield values


def as_rows(table: FigureTable) -> list[list[str]]:
    """For a file of rows: the first names the columns, numbers have a point."""
    told = [["" if each[name] is None else str(each[name]) for name in COLUMNS] for each in records(table)]
    return [list(COLUMNS), *told]


def change(line: Compared, lang: str) -> str:
    """Of what was received, in per cent of the period before, with its sign; empty: there was nothing before."""
    if not line.before.received:
        return ""
    percent = round(100 * (line.now.received - line.before.received) / line.before.received)
    sign = "+" if percent > 0 else "\N{MINUS SIGN}" if percent < 0 else "±"
    return f"{sign}{number(abs(percent), lang)} %"


def kind_name(key: str, lang: str) -> str:
    """Of a field or a kind."""
    if key in _GROUPS:
        return group_label(key, lang)
    return label(CategoryId(key), lang) if key in ALL_CATEGORIES else phrase("web_group_untold", lang)


def area_name(key: str, lang: str) -> str:
    """With what holds it."""
    return areas.full_name(AreaCode(key)) if key in areas.AREAS else phrase("web_area_untold", lang)


def office_name(key: str, lang: str) -> str:
    """Of an office, or of a kind of offices."""
    if key in AGENCIES:
        return AGENCIES[AgencyId(key)].short
    if key.startswith(KIND):
        return phrase("web_figures_office_kind", lang, kind=key.removeprefix(KIND))
    try:
        return areas.office_name(AgencyId(key), lang)
    except KeyError:
        return phrase("web_figures_office_untold", lang)


def _channel_name(key: str, lang: str) -> str:
    return channel(key, lang) if key else phrase("web_figures_channel_untold", lang)


def _title(table: str, lang: str) -> str:
    return phrase(f"web_figures_by_{table}", lang)


def _period_names(grain: Grain, lang: str) -> Callable[[str], str]:
    return lambda starts: period_name(grain, starts, lang)


def _in_time(report: FigureReport) -> tuple[Compared, ...]:
    """The latest first."""
    none = FigureSummary()
    return tuple(Compared(starts, found, none) for starts, found in reversed(report.series))


def _ranked(offices: Sequence[Compared]) -> tuple[Compared, ...]:
    """Who solves most in time first; those of whom nothing is told of that, last."""

    def rank(line: Compared) -> tuple[bool, bool, float, float, int, str]:
        now = line.now
        return (
            not line.key,
            not (now.solved and now.paced),
            -(now.of(FigureOutcome.IN_TIME) / now.solved if now.solved and now.paced else 0),
            now.total_days / now.solved if now.solved else 0,
            -now.solved,
            line.key,
        )

    return tuple(sorted(offices, key=rank))
