"""/petugas/akun/pemberitahuan: where and of what one is told by mail; the address is confirmed before it is used."""

from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from core.casework import alert_address
from core.casework.alerts import MAIL
from core.errors import Refused
from core.messages import Address
from core.model import AlertKind
from web.desk import frame
from web.desk.account import HERE as ACCOUNT
from web.desk.routes import HANDLERS, Page
from web.desk.session import Visit

HERE = f"{ACCOUNT}/pemberitahuan"
_LONGEST_CODE = 40
_AT_ONCE = "segera"


async def _shown(visit: Visit, why: Refused | None = None) -> Response:
    actor, desk = visit.actor, visit.desk
    choice, now = await desk.read(lambda turn: (alert_address.chosen(turn, actor), turn.now))
    waits = choice is not None and bool(choice.code) and choice.code_until is not None and now < choice.code_until
    return frame.page(
        visit,
        "alerts.html",
        here=HERE,
        choice=choice,
        waits=waits,
        why=why,
        kinds=tuple(AlertKind),
        at_once=_AT_ONCE,
        mail=MAIL in desk.ways,
        leaves=desk.mail_leaves,
    )


def address_in(visit: Visit) -> Address:
    """What was typed; raises Refused where no mail could go there."""
    typed = visit.desk.ways.get(MAIL)
    if typed is None:
        raise Refused("desk_alert_no_mail")
    address = typed(visit.form.text("surel"))
    if address is None:
        raise Refused("desk_alert_address_wrong")
    return address


async def _address(visit: Visit) -> Response:
    actor, staff, lang = visit.actor, visit.staff, visit.lang
    try:
        address = address_in(visit)
        await visit.desk.run(lambda turn: alert_address.set_address(turn, actor, staff.id, address, lang))
    except Refused as no:
        return await _shown(visit, no)
    return RedirectResponse(HERE, HTTPStatus.SEE_OTHER)


async def _code(visit: Visit) -> Response:
    actor, typed = visit.actor, visit.form.text("kode")[:_LONGEST_CODE]
    if not await visit.desk.run(lambda turn: alert_address.confirm(turn, actor, typed)):
        return await _shown(visit, Refused("desk_alert_code_wrong"))
    return RedirectResponse(HERE, HTTPStatus.SEE_OTHER)


async def _choice(visit: Visit) -> Response:
    actor, lang, when = visit.actor, visit.lang, visit.form.text("jam")
    wanted = set(visit.form.ticked.get("hal", ()))
    kinds = frozenset(kind for kind in AlertKind if kind.value in wanted)
    try:
        hour = _hour(when)
        await visit.desk.run(lambda turn: alert_address.choose(turn, actor, kinds, hour, lang))
    except Refused as no:
        return await _shown(visit, no)
    return RedirectResponse(HERE, HTTPStatus.SEE_OTHER)


def _hour(when: str) -> int | None:
    """Raises Refused."""
    if when == _AT_ONCE:
        return None
    if not when.isascii() or not when.isdecimal() or len(when) > 2:  # noqa: PLR2004 - figures of an hour
        raise Refused("desk_alert_hour_wrong")
    return int(when)


async def _remove(visit: Visit) -> Response:
    actor, staff = visit.actor, visit.staff
    await visit.desk.run(lambda turn: alert_address.remove(turn, actor, staff.id))
    return RedirectResponse(HERE, HTTPStatus.SEE_OTHER)


PAGES = (
    Page("/akun/pemberitahuan", _shown, roles=HANDLERS),
    Page("/akun/pemberitahuan", _choice, "POST", roles=HANDLERS),
    Page("/akun/pemberitahuan/alamat", _address, "POST", roles=HANDLERS, proof=True),
    Page("/akun/pemberitahuan/kode", _code, "POST", roles=HANDLERS),
    Page("/akun/pemberitahuan/hapus", _remove, "POST", roles=HANDLERS),
)
