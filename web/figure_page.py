"""A report of figures as templates show it: tables, charts, choices and links that keep what is asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from fastapi import Request
from markupsafe import Markup

from core.model import SOLVED, AreaCode, FigureQuery, FigureSummary
from core.phrases import phrase
from core.publication import calendar
from web import charts
from web.figure_choices import choices
from web.figure_query import GRAINS, NAMES, address
from web.figure_shapes import Compared, FigureReport
from web.figure_table import AREAS, KINDS, OFFICES, TIME, FigureTable, change, tables
from web.pages import language, number
from web.period_names import period_name, short_name
from web.services import services_of
from web.statistics_map import decimal

HERE = "/statistik"
_MOST = 25  # rows of a table on a page; all of them are in its file
_NARROWED: Mapping[str, Callable[[FigureQuery, str], FigureQuery]] = {
    TIME: lambda query, key: replace(query, starts=key),
    KINDS: lambda query, key: replace(query, kind=key),
    AREAS: lambda query, key: replace(query, area=AreaCode(key)),
    OFFICES: lambda query, key: replace(query, office=key),
}


def shown(report: FigureReport, request: Request) -> Mapping[str, Any]:
    """What templates/figures.html asks for."""
    lang, default = language(request), services_of(request).default_lang
    spoken = lang if lang != default else ""
    query = report.query

    def link(table: str, key: str) -> str:
        """To the same figures of one row alone, where that can be asked."""
        narrowed = _NARROWED.get(table)
        return address(HERE, narrowed(query, key), spoken) if key and narrowed else ""

    found = [_begun(each) for each in tables(report, lang)]
    told = any(line.now.counts for table in found for line in table.lines)
    asked = request.query_params.get("pada", "").strip()
    return {
        "report": report,
        "query": query,
        "spoken": spoken,
        "grain": NAMES[query.grain],
        "grains": [
            (name, address(HERE, replace(query, grain=each, starts=""), spoken)) for name, each in GRAINS.items()
        ],
        "periods": _periods(report, lang),
        "typed": calendar.written(query.grain, query.starts) if asked else "",
        "period": period_name(query.grain, query.starts, lang),
        "before": period_name(query.grain, calendar.before(query.grain, query.starts), lang),
        "narrowed": bool(query.filters or query.channel),
        "choices": choices(report, lang),
        "most": _MOST,
        "tables": found if told else (),
        "charts": {table.id: _chart(table, report, lang) for table in found},
        "change": partial(change, lang=lang),
        "d": partial(decimal, lang=lang),
        "in_time": partial(_in_time, least=report.least, lang=lang),
        "link": link,
        "file": lambda table, ending: address(f"{HERE}/tabel.{ending}", query, spoken, tabel=table),
    }


def _periods(report: FigureReport, lang: str) -> Sequence[tuple[str, str]]:
    """What can be chosen, as it stands in the address and as it is called: the latest first."""
    query = report.query
    told = [starts for starts, each in report.series if each.counts and starts != query.starts]
    return [
        (calendar.written(query.grain, starts), period_name(query.grain, starts, lang))
        for starts in (query.starts, *reversed(told))
    ]


def _begun(table: FigureTable) -> FigureTable:
    """From the first period on that has figures: before it nobody counted, and nought would say that nobody wrote."""
    if table.id != TIME:
        return table
    lines = [*table.lines]
    while len(lines) > 1 and not lines[-1].now.counts:
        lines.pop()
    return replace(table, lines=tuple(lines))


def _in_time(found: FigureSummary, least: int, lang: str) -> str:
    """The share of what was solved; a bound of it where one of its parts is too few to tell."""
    share, few = found.in_time_share, [found.of(each) for each in SOLVED if 0 < found.of(each) < least]
    if share is not None:
        return f"{number(share, lang)} %"
    if not found.solved or len(few) != 1:
        return "\N{EN DASH}"
    if found.of(SOLVED[0]) in few:
        return f"≤ {-(-100 * (least - 1) // found.solved)} %"
    return f"≥ {100 * (found.solved - least + 1) // found.solved} %"


def _chart(table: FigureTable, report: FigureReport, lang: str) -> Markup:
    name, told = phrase("web_figures_chart", lang, table=table.title), phrase("web_figures_chart_told", lang)
    if not any(each.now.received or each.now.solved for each in table.lines):
        return Markup("")
    if table.id != TIME:
        shown_rows = table.lines[: charts.MOST_BARS]
        labels = tuple(table.name(each.key) for each in shown_rows)
        return charts.bars(name, told, labels, _series(shown_rows, lang)[: 1 if table.received_alone else 2])
    if len(table.lines) == 1:
        return Markup("")  # a line of one point cannot be seen
    lines = table.lines[::-1]
    periods = tuple(short_name(report.query.grain, each.key, lang) for each in lines)
    return charts.over_time(name, told, periods, _series(lines, lang))


def _series(lines: Sequence[Compared], lang: str) -> charts.Lines:
    return (
        (phrase("web_figures_received", lang), tuple(each.now.received for each in lines)),
        (phrase("web_figures_solved", lang), tuple(each.now.solved for each in lines)),
    )
