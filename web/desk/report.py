"""One report: who has it, what now, all that was said and done, and the few acts that are allowed, as small forms."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from core import areas, casework, facts, suggest, workflow
from core.casework import Miss, Seen
from core.categories import CATEGORIES, told_attribute
from core.errors import NotFound, Refused, StoreAway
from core.model import Act, AgencyId, Canned, Number, Report
from core.workflow import Order, Target, TextRule
from web.desk import comparison, failed_attempts, frame, report_map
from web.desk.files import served
from web.desk.refused_form import NOTHING_TRIED, Tried
from web.desk.routes import HANDLERS, NOT_THERE, Page
from web.desk.session import ROOT, Visit

_MOST = 21 << 20  # bytes: a photo of 20 MiB and the words beside it
_SECONDS = 120.0  # from a phone at the edge of the city
_CHANGED = "case_changed"
_MARK = re.compile(r"\[[\w ]+\]")  # what stands in the place of a trace decides nothing
_DECIDED = 5  # words
_FIELDS = ("to", "text", "until", "reason")


def address(number: Number) -> str:
    """Of the page of a report."""
    return f"{ROOT}/laporan/{number}"


async def _report(visit: Visit) -> Response:
    return await shown(visit, NOTHING_TRIED)


async def shown(visit: Visit, tried: Tried, status: int = 200) -> Response:
    """The page; raises Refused where there is no such report, or none of theirs."""
    actor, number = visit.actor, visit.number
    seen, now = await visit.desk.run(lambda turn: (casework.show(turn, actor, number), turn.now))
    tried = _ready_words(visit, seen.ready) if tried is NOTHING_TRIED else tried
    others = visit.desk.together.here(seen.report.number, actor.name, now)
    done = next((act for act in workflow.ORDERS if act.value == visit.asked("selesai")), None)
    return frame.page(
        visit,
        "report.html",
        status=status,
        here=address(seen.report.number),
        live=True,
        together=together(seen.report.number, others, str(len(seen.history)), changed=False),
        seen=seen,
        report=seen.report,
        address=address(seen.report.number),
        now=now,
        since=_since(seen),
        area=_inside(seen.report),
        tiles=areas.TILES,
        tile=areas.tile_of(seen.report.place.area),
        located=await report_map.of_report(visit, seen.report.place),
        map_page=report_map.address(seen.report.number),
        map_credit=visit.desk.map_credit(),
        attributes=[told_attribute(*each, visit.lang) for each in seen.report.attributes],
        mentioned=facts.told(seen.report.text, visit.lang),
        decided=_decided(seen.report),
        step=workflow.next_step(seen.report),
        files=[(file.kind.partition("/")[0], position) for position, file in enumerate(seen.files, 1)],
        positions={file: position for position, file in enumerate(seen.files, 1)},
        can=seen.can,
        cannot=[each for each in seen.possible if each.why is not None],
        offices=_Offices(seen.report),
        told_longest=workflow.TOLD_LONGEST,
        tried=tried,
        ready=seen.ready,
        done=done,
        TextRule=TextRule,
        Target=Target,
    )


def _ready_words(visit: Visit, ready: Sequence[Canned]) -> Tried:
    """An act whose words are those that were chosen from the ones that are ready."""
    act = next((act for act in workflow.ORDERS if act.value == visit.asked("untuk")), None)
    text = next((each.text for each in ready if each.id == visit.asked("jawaban")), None)
    return NOTHING_TRIED if act is None or text is None else Tried(act, None, {"text": text})


def together(number: Number, others: Sequence[str], version: str, *, changed: bool) -> dict[str, object]:
    """What the part of the page shows that renews itself: who else is there, and whether something was done since."""
    return {"number": number, "others": others, "version": version, "changed": changed}


def _inside(report: Report) -> Sequence[str]:
    """Names of the areas around the place, the largest first; empty where it is not known, or is none of ours."""
    names: list[str] = []
    code = report.place.area if report.place.area in areas.AREAS else None
    while code is not None:
        area = areas.area(code)
        names.append(area.name)
        code = area.parent
    return names[::-1]


def _decided(report: Report) -> Sequence[str]:
    """The words by which its kind would be suggested; none where the words alone would suggest another."""
    text = _MARK.sub(" ", report.text)
    first = next(iter(suggest.suggest(text).ranked), None)
    return [word for word, _ in suggest.explain(text)[:_DECIDED]] if first and first[0] == report.category else ()


def _since(seen: Seen) -> datetime:
    """When the office that holds it got it."""
    since = seen.report.received
    held: AgencyId | None = None
    for entry in seen.history:
        if entry.agency and entry.agency != held:
            held, since = entry.agency, entry.at
    return since


@dataclass(frozen=True, slots=True)
class _Offices:
    """Where the report can go, or what it can be, by what an act is directed at."""

    report: Report

    def of(self, target: Target) -> tuple[str, ...]:
        """Without the one that has it."""
        if target is Target.CATEGORY:
            return tuple(each.id for each in CATEGORIES if each.restricted is None)
        area = self.report.place.area
        found = {
            Target.OFFICE: lambda: workflow.offices_for(area, outside=False),
            Target.OUTSIDE: lambda: workflow.offices_for(area, outside=True),
            Target.BRANCH: lambda: tuple(sorted(workflow.branches(self.report.agency, area))),
        }[target]()
        return tuple(each for each in found if each != self.report.agency)


async def _act(visit: Visit) -> Response:
    act = next((each for each in workflow.ORDERS if each.value == visit.part("action")), None)
    if act is None:
        raise NotFound
    number, actor = visit.number, visit.actor
    await visit.desk.read(lambda turn: casework.readable(turn.tx, actor, number))
    try:
        order = await _order(visit, act)
        await visit.desk.run(lambda turn: casework.do(turn, actor, number, order, seen=_version(visit)))
    except Refused as no:
        if no.phrase in NOT_THERE:  # the one that it was to go along with
            await failed_attempts.counted(visit.desk, visit.staff.name, Miss.PAGE)
        typed = {name: visit.form.text(name) for name in _FIELDS}
        status = HTTPStatus.CONFLICT if no.phrase == _CHANGED else HTTPStatus.UNPROCESSABLE_ENTITY
        page = comparison.shown if _compared(visit) else shown
        return await page(visit, Tried(act, no, typed), status)
    done = comparison.DONE if _compared(visit) else address(number)
    return RedirectResponse(f"{done}?selesai={act.value}", HTTPStatus.SEE_OTHER)


def _compared(visit: Visit) -> bool:
    """Whether the form stood on the page that compares: who checks goes back to what else there is to check."""
    return visit.form.text("dari") == comparison.FROM


def _version(visit: Visit) -> int | None:
    """How many steps of its history the page showed that the form stood on."""
    said = visit.form.text("versi")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else None  # noqa: PLR2004 - no history is as long


async def _order(visit: Visit, act: Act) -> Order:
    """Raises Refused."""
    row = workflow.BY_ACT[act][0]
    until = _day(visit.form.text("until")) if row.date else None
    to = visit.form.text("to")
    order = Order(act, visit.form.text("text"), to.upper() if row.target is Target.REPORT else to, until)
    order = replace(order, reason=visit.form.text("reason"))
    given = visit.form.files.get("photo")
    if not row.photo or not given:
        return order
    photo, photo_hash = await visit.desk.photo(given)
    return replace(order, photo=photo, photo_hash=photo_hash)


def _day(typed: str) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Refused("case_date_needed") from None


async def _file(visit: Visit) -> Response:
    part = visit.part("position")
    if not (part.isascii() and part.isdigit() and len(part) < 5):  # noqa: PLR2004 - no report has as many
        raise NotFound
    actor, number, position = visit.actor, visit.number, int(part)
    kept = await visit.desk.read(lambda turn: casework.photo(turn.tx, actor, number, position))
    try:
        data = await visit.desk.file(kept)
    except StoreAway:
        return frame.trouble(visit, HTTPStatus.SERVICE_UNAVAILABLE, "file_away")
    if data is None:
        raise NotFound
    return served(kept, data, number, position)


PAGES = (
    Page("/laporan/{number}", _report, roles=HANDLERS),
    Page("/laporan/{number}/foto/{position}", _file, roles=HANDLERS),
    Page("/laporan/{number}/{action}", _act, "POST", roles=HANDLERS, most=_MOST, files=1, seconds=_SECONDS),
)
