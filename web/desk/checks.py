"""/petugas/periksa: what waits for the second pair of eyes, in three lists by deadline."""

from starlette.responses import Response

from core import casework, workflow
from core.model import Right, Staff, Waits
from web.desk import comparison, frame
from web.desk.routes import CHECKERS, Page
from web.desk.session import ROOT, Visit

HERE = comparison.DONE
_TARGETS = {Waits.PLAN: "#approve-plan", Waits.ESTIMATE: "#approve-estimate"}


def _checks(staff: Staff) -> bool:
    """Heads only where restricted reports, or those of the Biro, are checked in their own office."""
    return staff.may(Right.CITY) or workflow.checked_within(staff.agency)


async def _page(visit: Visit) -> Response:
    name, only, page = visit.staff.name, _list(visit.asked("daftar")), visit.asked_page()
    found, now = await visit.desk.read(lambda turn: (casework.checks(turn, name, only, page), turn.now))
    done = next((act for act in workflow.ORDERS if act.value == visit.asked("selesai")), None)
    return frame.page(
        visit,
        "checks.html",
        here=HERE,
        lists=found.lists,
        counts=found.counts,
        only=only,
        address=_address,
        now=now,
        done=done,
    )


def _list(asked: str) -> Waits | None:
    return next((each for each in workflow.CHECKS if each.value == asked), None)


def _address(what: Waits, number: str) -> str:
    """Where it is decided."""
    if what is Waits.CHECK:
        return f"{HERE}/{number}"
    return f"{ROOT}/laporan/{number}{_TARGETS[what]}"


PAGES = (
    Page("/periksa", _page, roles=CHECKERS, title="desk_checks", whose=_checks),
    Page("/periksa/{number}", comparison.page, roles=CHECKERS),
)
