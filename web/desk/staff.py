"""/petugas/akun-petugas: administrators make accounts, give new passwords, and end what somebody could do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from core import casework, workflow
from core.casework import account_import, alert_address, factor
from core.casework.account_import import ImportedLine
from core.casework.alerts import MAIL
from core.errors import NotFound, Refused
from core.model import Staff, StaffId, StaffRole
from web.desk import alerts, frame, select_options
from web.desk.paging import Paged, asked_page
from web.desk.routes import ADMINS, HANDLERS, Page
from web.desk.session import ROOT, Visit

HERE = f"{ROOT}/akun-petugas"
IMPORT = f"{HERE}/impor"


@dataclass(frozen=True, slots=True)
class Once:
    """An account and the password that only this answer tells."""

    staff: Staff
    password: str = field(repr=False)


async def _listed(visit: Visit, why: Refused | None = None) -> Response:
    words = visit.asked("cari")[:64]
    accounts = await visit.desk.read(lambda turn: turn.tx.accounts.all())
    found = [each for each in accounts if _fits(each, words.lower(), visit.lang)]
    return frame.page(
        visit,
        "staff.html",
        here=HERE,
        paged=Paged.of(found, asked_page(visit), HERE, {"cari": words}),
        words=words,
        why=why,
        typed={name: visit.form.text(name) for name in ("nama", "kantor", "peran")},
        office_groups=select_options.offices(visit.lang),
        roles=tuple(StaffRole),
    )


def _fits(staff: Staff, words: str, lang: str) -> bool:
    return words in f"{staff.name} {staff.agency} {frame.office(staff.agency, lang)} {staff.role.value}".lower()


async def _add(visit: Visit) -> Response:
    form, desk, actor = visit.form, visit.desk, visit.actor
    try:
        office, role = casework.office_of(form.text("kantor")), _role(form.text("peran"))
        new = Staff(StaffId(""), form.text("nama"), office, role, fresh=True)
        password = casework.made_up(desk.rng)
        digest = await desk.hashed(password)
        made = await desk.run(lambda turn: casework.add_staff(turn, new, digest, actor))
    except Refused as no:
        return await _listed(visit, no)
    return _once(visit, [Once(made, password)])


def _role(chosen: str) -> StaffRole:
    """Raises Refused."""
    for role in StaffRole:
        if role.value == chosen:
            return role
    raise Refused("import_role")


def _once(visit: Visit, shown: list[Once]) -> Response:
    waits = any(each.staff.pending is not None for each in shown)
    return frame.page(visit, "once.html", here=HERE, shown=shown, waits=waits)


async def _shown(visit: Visit, why: Refused | None = None) -> Response:
    staff = await _of_path(visit)
    guarded, choice, identity = await visit.desk.read(
        lambda turn: (
            factor.has_one(turn, staff),
            turn.tx.alerts.choice(staff.id),
            turn.tx.identities.of_staff(staff.id),
        )
    )
    return frame.page(
        visit,
        "person.html",
        here=HERE,
        staff=staff,
        guarded=guarded,
        choice=choice,
        identity=identity,
        issuer=_issuer(visit),
        reads=staff.role in HANDLERS and MAIL in visit.desk.ways,
        why=why,
    )


async def _of_path(visit: Visit) -> Staff:
    """Raises NotFound."""
    of = StaffId(visit.part("staff"))
    staff = await visit.desk.read(lambda turn: turn.tx.accounts.get(of))
    if staff is None:
        raise NotFound
    return staff


async def _reset(visit: Visit) -> Response:
    desk, actor, staff = visit.desk, visit.actor, await _of_path(visit)
    password, bare = casework.made_up(desk.rng), visit.form.text("langkah") == "lepas"
    digest = await desk.hashed(password)

    def turn(turn: casework.Turn) -> Staff:
        if bare:
            casework.drop_factor(turn, staff.name, actor)
        return casework.change_password(turn, staff.name, digest, fresh=True, by=actor)

    try:
        staff = await desk.run(turn)
    except Refused as no:
        return await _shown(visit, no)
    return _once(visit, [Once(staff, password)])


async def _done(visit: Visit, act: Callable[[casework.Turn, Staff], object]) -> Response:
    """To the page of the account again; a refusal stands above it."""
    staff = await _of_path(visit)
    try:
        await visit.desk.run(lambda turn: act(turn, staff))
    except Refused as no:
        return await _shown(visit, no)
    return RedirectResponse(f"{HERE}/orang/{staff.id}", HTTPStatus.SEE_OTHER)


async def _disable(visit: Visit) -> Response:
    return await _done(visit, lambda turn, staff: casework.disable(turn, staff.name, visit.actor))


async def _alert_address(visit: Visit) -> Response:
    """Typed for somebody else, who gets the code and types it themselves."""

    def act(turn: casework.Turn, staff: Staff) -> None:
        alert_address.set_address(turn, visit.actor, staff.id, alerts.address_in(visit), visit.lang)

    return await _done(visit, act)


async def _no_alerts(visit: Visit) -> Response:
    return await _done(visit, lambda turn, staff: alert_address.remove(turn, visit.actor, staff.id))


async def _tie(visit: Visit) -> Response:
    issuer, subject = _issuer(visit), visit.form.text("sub")
    return await _done(visit, lambda turn, staff: casework.tie_identity(turn, staff.name, issuer, subject, visit.actor))


async def _untie(visit: Visit) -> Response:
    return await _done(visit, lambda turn, staff: casework.untie_identity(turn, staff.name, visit.actor))


def _issuer(visit: Visit) -> str:
    return "" if visit.desk.sign_on is None else visit.desk.sign_on.issuer


async def _table(
    visit: Visit, lines: tuple[ImportedLine, ...] = (), why: Refused | None = None, table: str = ""
) -> Response:
    wrong = sum(each.why is not None for each in lines)
    return frame.page(
        visit,
        "import.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else None,
        here=IMPORT,
        lines=lines,
        wrong=wrong,
        why=why,
        table=table,
        most=account_import.MOST,
        roles=tuple(StaffRole),
        example=f"siti.aminah;{workflow.BIRO};officer",
    )


async def _read(visit: Visit) -> Response:
    """What each line would make; made only where all are right, and where that was seen."""
    desk, actor, given = visit.desk, visit.actor, visit.form.files.get("berkas")
    table = given.decode("utf-8", "replace") if given else visit.form.fields.get("tabel", "")
    try:
        lines = await desk.read(lambda turn: account_import.read(turn, table, actor))
        people = [each.staff for each in lines if each.staff is not None]
        if len(people) < len(lines) or visit.form.text("simpan") != "ya":
            return await _table(visit, lines, None, table)
        passwords = [casework.made_up(desk.rng) for _ in people]
        digests = [await desk.hashed(password) for password in passwords]
        made = await desk.run(lambda turn: account_import.make(turn, lines, digests, actor))
    except Refused as no:
        return await _table(visit, (), no, table)
    return _once(visit, [Once(*pair) for pair in zip(made, passwords, strict=True)])


PAGES = (
    Page("/akun-petugas", _listed, roles=ADMINS, title="desk_staff"),
    Page("/akun-petugas", _add, "POST", roles=ADMINS, proof=True),
    Page("/akun-petugas/impor", _table, roles=ADMINS),
    Page("/akun-petugas/impor", _read, "POST", roles=ADMINS, files=1, proof=True),
    Page("/akun-petugas/orang/{staff}", _shown, roles=ADMINS),
    Page("/akun-petugas/orang/{staff}/sandi", _reset, "POST", roles=ADMINS, proof=True),
    Page("/akun-petugas/orang/{staff}/nonaktif", _disable, "POST", roles=ADMINS, proof=True),
    Page("/akun-petugas/orang/{staff}/identitas", _tie, "POST", roles=ADMINS, proof=True),
    Page("/akun-petugas/orang/{staff}/tanpa-identitas", _untie, "POST", roles=ADMINS, proof=True),
    Page("/akun-petugas/orang/{staff}/pemberitahuan", _alert_address, "POST", roles=ADMINS, proof=True),
    Page("/akun-petugas/orang/{staff}/tanpa-pemberitahuan", _no_alerts, "POST", roles=ADMINS),
)
