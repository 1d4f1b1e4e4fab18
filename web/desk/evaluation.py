"""/petugas/evaluasi: how each agency dealt with a month's reports, as a page and on paper."""

import asyncio
import re
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from core import casework, workflow
from core.casework import Evaluated, Evaluation, Part
from core.model import AgencyId, Right
from core.phrases import phrase
from core.record import Turn
from web.desk import frame, printed
from web.desk.routes import CHECKERS, Page
from web.desk.session import ROOT, Visit

HERE = f"{ROOT}/evaluasi"
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


async def _page(visit: Visit) -> Response:
    found, latest, _ = await _found(visit)
    only = _office(visit)
    every = visit.staff.may(Right.CITY)
    offices = sorted(found.offices, key=_size)
    part = Part(len(offices), visit.asked_page())
    before, after = (found.first - timedelta(days=1)).replace(day=1), casework.next_month(found.first)
    return frame.page(
        visit,
        "evaluation.html",
        here=HERE,
        month=_written(found.first),
        named=named(found.first, visit.lang),
        latest=_written(latest),
        before=_step(visit, before) if _MONTH.fullmatch(_written(before)) else None,
        after=_step(visit, after) if after <= latest else None,
        paper=f"{HERE}.pdf?{_asked(found.first, only)}",
        only=only,
        own_restricted=not every and workflow.reads_restricted(visit.staff.agency),
        whole=found.whole,
        rows=[(each, _link(each, found.first, only) if every else "") for each in offices[part.skip :][: part.size]],
        most=max((each.closed for each in offices), default=0) or 1,
        longest=max((each.mean_days or 0 for each in offices), default=0) or 1,
        part=part,
        days=lambda days: printed.days(days, visit.lang),
    )


async def _paper(visit: Visit) -> Response:
    """The same as PDF, of every agency."""
    found, _, now = await _found(visit)
    title = f"{phrase('desk_month_title', visit.lang)} {named(found.first, visit.lang)}"
    only = _office(visit)
    sheet = printed.Sheet(title, frame.office(only, visit.lang) if only else "", visit.lang, now, visit.desk.zone)
    rows = [(frame.office(each.agency, visit.lang), each) for each in sorted(found.offices, key=_size)]
    # A hundred pages of figures take a second: nobody else waits for them.
    data = await asyncio.to_thread(printed.evaluation, sheet, found.whole, rows)
    name = f"{phrase('desk_saved_evaluation', visit.lang)}-{_written(found.first)}.pdf"
    return Response(
        data,
        media_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"},
    )


async def _found(visit: Visit) -> tuple[Evaluated, date, datetime]:
    """What was asked for, the latest month that there is, and when that was."""
    name, office, asked, zone = visit.staff.name, _office(visit), visit.asked("bulan"), visit.desk.zone

    def turn(turn: Turn) -> tuple[Evaluated, date, datetime]:
        latest = turn.now.astimezone(zone).date().replace(day=1)
        return casework.evaluation(turn, name, _first(asked, latest), office), latest, turn.now

    return await visit.desk.read(turn)


def _first(asked: str, latest: date) -> date:
    """The month that an address names; this one where it names none, or one that is still to come."""
    found = _MONTH.fullmatch(asked)
    return min(date(int(found[1]), int(found[2]), 1), latest) if found else latest


def _office(visit: Visit) -> AgencyId | None:
    """The one that is looked at alone: a head's own, whatever is asked for."""
    if not visit.staff.may(Right.CITY):
        return visit.staff.agency
    asked = AgencyId(visit.asked("kantor"))
    return asked if workflow.known(asked) else None


def _size(each: Evaluation) -> tuple[int, str]:
    """Who dealt with most comes first."""
    return -(each.closed + each.open), each.agency


def named(first: date, lang: str) -> str:
    """A month as people write it: "November 2026"."""
    return f"{phrase('months_whole', lang).split()[first.month - 1]} {first.year}"


def _written(first: date) -> str:
    return f"{first:%Y-%m}"


def _asked(first: date, office: AgencyId | None) -> str:
    return urlencode({"bulan": _written(first)} | ({"kantor": office} if office else {}))


def _step(visit: Visit, first: date) -> tuple[str, str]:
    return named(first, visit.lang), f"{HERE}?{_asked(first, _office(visit))}"


def _link(each: Evaluation, first: date, only: AgencyId | None) -> str:
    """To the month of that agency alone."""
    return "" if only else f"{HERE}?{_asked(first, each.agency)}"


PAGES = (
    Page("/evaluasi", _page, roles=CHECKERS, title="desk_month"),
    Page("/evaluasi.pdf", _paper, roles=CHECKERS),
)
