"""What the pages of figures show, put together from the store's figures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from app import place_figures
from app.batch_figures import of_batches, rows
from app.figure_report import report_of
from app.open_data import open_data_of
from app.spreadsheets import csv_of
from app.turns import Turns
from core import areas
from core.categories import ALL_CATEGORIES, group_label
from core.model import FigureQuery
from core.phrases import channel, phrase
from storage import Figures
from web import FigureReport, OpenData, PlaceFigures, Statistics, Table, WebServices

_FEW = 5  # counts below this could point at a person
_DAYS = 30
_A_YEAR = timedelta(days=365)
# Reports outlive the data: what was renamed since is left out of a table, and breaks no page.


class Pages:
    """The answers behind /statistik and its map."""

    def __init__(self, turns: Turns, map_credit: Callable[[], str] = str) -> None:
        """`map_credit`: whom a page with a map names as its source."""
        self._turns = turns
        self._map_credit = map_credit

    async def statistics(self, lang: str) -> Statistics:
        """Counts that point at nobody: of batches where there are any, else of all, small areas left out."""
        turns = self._turns
        if turns.context.publishing.at_once:
            return await turns.ask(lambda: self._counted(turns.store.figures, lang))
        today, least = turns.clock.now().astimezone(turns.context.zone).date(), turns.context.publishing.least
        store = turns.store
        return await turns.ask(lambda: of_batches(store.published, store.figure_sums, today, least, lang))

    async def figures(self, query: FigureQuery) -> FigureReport:
        """What became of reports: of batches where there are any, else of all, small counts left out."""
        turns, context = self._turns, self._turns.context
        today, batches = turns.clock.now().astimezone(context.zone).date(), not context.publishing.at_once
        least = context.publishing.least if batches else _FEW
        sums = turns.store.figure_sums if batches else turns.store.live_figure_sums
        return await turns.ask(lambda: report_of(sums, query, today, least, batches=batches))

    def with_figures(self, services: WebServices) -> WebServices:
        """With the services that tell figures."""
        return replace(services, figures=self.figures, open_data=self.open_data, csv=csv_of)

    async def open_data(self, month: str) -> OpenData:
        """Every class of a month's days; empty: of the last one that has figures."""
        turns, context = self._turns, self._turns.context
        today, batches = turns.clock.now().astimezone(context.zone).date(), not context.publishing.at_once
        least = context.publishing.least if batches else _FEW
        sums = turns.store.figure_sums if batches else turns.store.live_figure_sums
        return await turns.ask(lambda: open_data_of(sums, month, today, 1 if batches else least, least))

    async def places(self) -> PlaceFigures:
        """The same by the smallest areas, with how they are drawn."""
        turns = self._turns
        context, now = turns.context, turns.clock.now()
        batches = not context.publishing.at_once
        least = context.publishing.least if batches else _FEW

        def look() -> PlaceFigures:
            since, boundaries = now - _A_YEAR, context.city_map.boundaries
            sheet = boundaries.sheet() if boundaries is not None else None
            store = turns.store
            found = (
                place_figures.of_batches(store.published, since, least)
                if batches
                else place_figures.of_all(store.figures, since, least)
            )
            return PlaceFigures(found, sheet, self._map_credit() if sheet is not None else "", least, batches)

        return await turns.ask(look)

    def _counted(self, figures: Figures, lang: str) -> Statistics:
        by_status: dict[str, int] = {}
        by_channel: dict[str, int] = {}
        for wire, status, count in figures.public_reports():
            by_status[status] = by_status.get(status, 0) + count
            by_channel[wire] = by_channel.get(wire, 0) + count
        groups: dict[str, int] = {}
        for leaf, count in figures.by_category().items():
            known = ALL_CATEGORIES.get(leaf)
            if known is not None:
                groups[known.group] = groups.get(known.group, 0) + count
        since = self._turns.clock.now() - timedelta(days=_DAYS)
        days = figures.by_day(since, self._turns.context.zone)
        many = {code: count for code, count in figures.by_area().items() if count >= _FEW and code in areas.AREAS}
        places = {areas.full_name(code): count for code, count in many.items()}
        return Statistics(
            total=sum(by_status.values()),
            tables=(
                Table(
                    phrase("web_by_status", lang), rows({phrase(f"status_{k}", lang): n for k, n in by_status.items()})
                ),
                Table(phrase("web_by_channel", lang), rows({channel(k, lang): n for k, n in by_channel.items()})),
                Table(phrase("web_by_group", lang), rows({group_label(k, lang): n for k, n in groups.items()})),
                Table(phrase("web_by_area", lang), rows(places)),
                Table(
                    phrase("web_by_day", lang),
                    tuple((f"{at.day}.{at.month}.", count) for at, count in sorted(days.items())),
                ),
            ),
        )
