"""/petugas/orang-kedua: an account that sees much is made by one, taken over by its owner, and confirmed by another."""

import re

import pytest

from core.casework import Stage
from core.model import AgencyId, Factor, Staff, StaffRole
from tests.fakes.office import GAMBIR, PASSWORD, ROOT, Browser, Office
from web.desk.routes import WAITING_ROOMS

BIRO, INSP = AgencyId("biro_pemerintahan"), AgencyId("inspektorat")
STAFF, SECOND, STEP, OWN = (
    f"{ROOT}/akun-petugas",
    f"{ROOT}/orang-kedua",
    f"{ROOT}/akun/langkah-dua",
    f"{ROOT}/akun/sandi",
)
ROOM = WAITING_ROOMS[Stage.PENDING]
CHOSEN = "empat kata yang acak"


def guarded(office: Office, name: str, role: StaffRole, agency: AgencyId) -> Staff:
    """With a second step, as production asks."""
    staff = office.hire(name, role, agency)
    factor = Factor(staff.id, f"{name}secret".upper(), on=True)
    office.turn(lambda turn: turn.tx.factors.put(factor))
    return staff


async def at_work(office: Office, staff: Staff, password: str = PASSWORD) -> Browser:
    browser = office.browser()
    await browser.logs_in(staff.name, password)
    office.town.clock.passes(seconds=60)  # no code is taken twice
    await browser.sends(f"{ROOT}/masuk/kode", f"{ROOT}/masuk/kode", {"kode": office.code(staff)})
    return browser


def waits(html: str) -> dict[str, str]:
    """What the form of an account that can be confirmed sends."""
    return dict(re.findall(r'name="(akun|ubah)" value="([^"]+)"', html))


async def made(office: Office, admin: Browser) -> str:
    """An account of the inspectorate by one administrator; its password."""
    answer = await admin.sends(STAFF, STAFF, {"nama": "x", "kantor": INSP, "peran": "head"})
    assert "orang kedua" in answer.text
    (password,) = re.findall(r'<b class="number">([a-z2-9]{16})</b>', answer.text)
    return str(password)


async def test_from_the_first_password_to_the_first_report() -> None:
    office = Office(production=True)
    admin = await at_work(office, guarded(office, "admin", StaffRole.ADMIN, BIRO))
    insp = await at_work(office, guarded(office, "insp", StaffRole.OFFICER, INSP))
    password = await made(office, admin)
    assert (
        "menunggu orang kedua" in (await admin.opens(SECOND)).text or "belum masuk" in (await admin.opens(SECOND)).text
    )
    assert not waits((await insp.opens(SECOND)).text), "its owner has not been there"
    x = office.browser()
    assert (await x.logs_in("x", password)).headers["location"] == OWN
    await x.sends(OWN, OWN, {"lama": password, "baru": CHOSEN, "lagi": CHOSEN})
    assert (await x.opens()).headers["location"] == STEP
    await x.opens(STEP)
    staff = next(each for each in office.town.store.state.staff.values() if each.name == "x")
    await x.sends(STEP, STEP, {"kode": office.code(staff)})
    for path in (ROOT, SECOND, f"{ROOT}/laporan/R00000000", f"{ROOT}/akun", OWN, STEP, f"{ROOT}/evaluasi"):
        assert (await x.opens(path)).headers["location"] == ROOM
    room = await x.opens(ROOM)
    assert "<nav" not in room.text
    assert "rekan sekantor" in room.text
    assert not waits((await admin.opens(SECOND)).text), "who made it does not confirm it"
    assert (await insp.sends(SECOND, SECOND, waits((await insp.opens(SECOND)).text))).headers["location"] == SECOND
    assert (await x.opens()).status_code == 200
    assert (await x.opens(ROOM)).headers["location"] == ROOT
    acts = [(each.who, each.act) for each in office.town.store.state.audit.values()]
    assert ("admin", "staff-add x") in acts
    assert acts[-1] == ("insp", "staff-confirm x")


async def test_what_is_not_theirs_is_refused_with_words_and_changes_nothing() -> None:
    office = Office(production=True)
    admin = await at_work(office, guarded(office, "admin", StaffRole.ADMIN, BIRO))
    office.hire("lurah", StaffRole.HEAD, GAMBIR)
    await made(office, admin)
    staff = next(each for each in office.town.store.state.staff.values() if each.name == "x")
    assert staff.pending is not None
    form = {"akun": staff.id, "ubah": staff.pending.id}
    lurah = await office.at_work("lurah")
    assert "orang-kedua" not in (await lurah.opens()).text
    for browser in (admin, lurah):
        answer = await browser.sends(SECOND if browser is admin else f"{ROOT}/akun", SECOND, form)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
    assert office.town.store.state.staff[staff.id] == staff


@pytest.mark.parametrize("form", [{}, {"akun": "x"}, {"akun": "\x00", "ubah": "\u20ac" * 99}])
async def test_whatever_is_sent_is_answered(form: dict[str, str]) -> None:
    office = Office()
    office.hire("admin", StaffRole.ADMIN, BIRO)
    answer = await (await office.at_work("admin")).sends(SECOND, SECOND, form)
    assert answer.status_code == 422


async def test_in_development_nothing_waits() -> None:
    office = Office()
    office.hire("admin", StaffRole.ADMIN, BIRO)
    admin = await office.at_work("admin")
    answer = await admin.sends(STAFF, STAFF, {"nama": "x", "kantor": INSP, "peran": "head"})
    assert answer.status_code == 200
    assert "orang kedua" not in answer.text
    assert "Tidak ada akun yang menunggu" in (await admin.opens(SECOND)).text
