"""/petugas/banyak: several reports, chosen in a list, are moved with one form, each in a turn of its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import Response

from core import casework, workflow
from core.casework import Miss, bulk
from core.errors import NotFound, Refused, StoreAway
from core.model import Number
from core.workflow import BY_ACT, Order, Target, TextRule
from web.desk import failed_attempts, frame
from web.desk.routes import HANDLERS, NOT_THERE, Page
from web.desk.session import ROOT, Visit

HERE = f"{ROOT}/banyak"
_NUMBER = re.compile(r"R[0-9A-Z]{8}")
_FIELDS = bulk.CHOSEN + 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report; `why` None: it was done."""

    number: Number
    why: Refused | None


def _numbers(asked: Sequence[str]) -> tuple[Number, ...]:
    """What can be a number, each once, no more than may be chosen."""
    found = (Number(each.strip().upper()) for each in asked)
    return tuple(dict.fromkeys(each for each in found if _NUMBER.fullmatch(each)))[: bulk.CHOSEN]


async def _choose(visit: Visit) -> Response:
    asked, name = _numbers(visit.request.query_params.getlist("pilih")), visit.staff.name
    reports = await visit.desk.read(lambda turn: casework.chosen(turn, name, asked))
    await _missed(visit, len(asked) - len(reports))
    return frame.page(
        visit,
        "bulk.html",
        here=HERE,
        live=True,
        reports=reports,
        rows=[BY_ACT[act][0] for act in bulk.ACTS],
        most=bulk.CHOSEN,
        form_id=visit.desk.rng.token(),
        offices=workflow.offices_for(None, outside=False),
        Target=Target,
        TextRule=TextRule,
    )


async def _move(visit: Visit) -> Response:
    act = next((each for each in bulk.ACTS if each.value == visit.form.text("tindakan")), None)
    if act is None:
        raise NotFound
    order = Order(act, visit.form.text("text"), visit.form.text("to"))
    numbers = _numbers(visit.form.ticked.get("pilih", ()))
    outcomes = [Outcome(number, await _done(visit, number, order)) for number in numbers]
    await _missed(visit, sum(each.why is not None and each.why.phrase in NOT_THERE for each in outcomes))
    rest = [each.number for each in outcomes if each.why is not None]
    return frame.page(
        visit,
        "bulk_done.html",
        here=HERE,
        act=act,
        outcomes=outcomes,
        done=sum(each.why is None for each in outcomes),
        numbers=rest,
        again=f"{HERE}?{urlencode([('pilih', number) for number in rest])}" if rest else "",
        typed=order.text,
        to=order.to,
        row=BY_ACT[act][0],
        form_id=visit.desk.rng.token(),
        offices=workflow.offices_for(None, outside=False),
        Target=Target,
        TextRule=TextRule,
    )


async def _missed(visit: Visit, reports: int) -> None:
    """Numbers of none of theirs count as their pages do, or fifty could be guessed with each form."""
    if reports:
        await failed_attempts.counted(visit.desk, visit.staff.name, Miss.PAGE, reports)


async def _done(visit: Visit, number: Number, order: Order) -> Refused | None:
    """Why it was not; one that cannot be moved holds up none of the others."""
    actor, form = visit.actor, visit.form.text("id")
    try:
        await visit.desk.run(lambda turn: bulk.do_once(turn, actor, number, order, form))
    except Refused as no:
        return no
    except StoreAway:
        return Refused("desk_bulk_away")
    return None


PAGES = (
    Page("/banyak", _choose, roles=HANDLERS),
    Page("/banyak", _move, "POST", roles=HANDLERS, fields=_FIELDS),
)
