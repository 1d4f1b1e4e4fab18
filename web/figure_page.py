"""A report of figures as templates show it: tables, charts, choices and links that keep what is asked."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from fastapi import Request
from markupsafe import Markup

from core.model import AreaCode
from core.phrases import phrase
from core.publication import calendar
from web import charts
from web.figure_choices import choices
from web.figure_query import GRAINS, NAMES, address
from web.figure_shapes import FigureReport
from web.figure_table import AREAS, KINDS, OFFICES, TIME, FigureTable, change, tables
from web.pages import language
from web.services import services_of
from web.statistics_map import decimal

HERE = "/statistik"
_MOST = 25  # rows of a table on a page; all of them are in its file


def shown(report: FigureReport, request: Request) -> Mapping[str, Any]:
    """What templates/figures.html asks for."""
    lang, default = language(request), services_of(request).default_lang
    spoken = lang if lang != default else ""
    query = report.query

    def link(table: str, key: str) -> str:
        """To the same figures of one row alone, where that can be asked."""
        if not key or table not in {KINDS, AREAS, OFFICES}:
            return ""
        narrower = {
            KINDS: replace(query, kind=key),
            AREAS: replace(query, area=AreaCode(key)),
            OFFICES: replace(query, office=key),
        }
        return address(HERE, narrower[table], spoken)

    found = tables(report, lang)
    return {
        "report": report,
        "query": query,
        "spoken": spoken,
        "grain": NAMES[query.grain],
        "grains": tuple(GRAINS),
        "typed": calendar.written(query.grain, query.starts),
        "before": calendar.written(query.grain, calendar.before(query.grain, query.starts)),
        "narrowed": bool(query.filters or query.channel),
        "choices": choices(report, lang),
        "most": _MOST,
        "tables": found,
        "charts": {table.id: _chart(table, lang) for table in found},
        "change": partial(change, lang=lang),
        "d": partial(decimal, lang=lang),
        "link": link,
        "file": lambda table, ending: address(f"{HERE}/tabel.{ending}", query, spoken, tabel=table),
    }


def _chart(table: FigureTable, lang: str) -> Markup:
    name, told = phrase("web_figures_chart", lang, table=table.title), phrase("web_figures_chart_told", lang)
    if table.id == TIME:
        lines = table.lines[::-1]
        series = (
            (phrase("web_figures_received", lang), tuple(each.now.received for each in lines)),
            (phrase("web_figures_solved", lang), tuple(each.now.solved for each in lines)),
        )
        return charts.over_time(name, told, tuple(table.name(each.key) for each in lines), series)
    rows = sorted(((table.name(each.key), each.now.received) for each in table.lines), key=lambda row: -row[1])
    return charts.bars(name, told, tuple(rows[: charts.MOST_BARS]))
