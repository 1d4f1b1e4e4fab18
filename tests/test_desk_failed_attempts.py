"""What was tried in vain at the desk: counted for monitors, noted without an address, told to whose account it is."""

from core.casework import Miss
from core.model import Factor
from tests.fakes.office import GAMBIR, ROOT, Office, form_token

PEER = "203.0.113.77"


async def test_wrong_passwords_and_codes_and_refused_pages_are_counted_and_told_at_the_next_login() -> None:
    office = Office()
    office.hire("siti")
    here = await office.at_work("siti")
    stranger = office.browser(PEER)
    for _ in range(3):
        await stranger.logs_in("siti", "salah")
    assert (await here.opens(f"{ROOT}/laporan/R00000000")).status_code == 404
    assert (await here.opens(f"{ROOT}/akun-petugas")).status_code == 403
    assert "Sejak masuk terakhir" not in (await here.opens()).text, "at the next login"
    assert office.desk.refusals == {Miss.LOGIN: 3, Miss.PAGE: 2}
    again = await office.at_work("siti")
    html = (await again.opens()).text
    assert "Sejak masuk terakhir: 3 kali salah sandi, 2 halaman ditolak." in html
    assert (await again.sends(ROOT, f"{ROOT}/akun/terbaca")).status_code == 303
    assert "Sejak masuk terakhir" not in (await again.opens()).text
    trail = [(each.who, each.act) for each in office.town.store.state.audit.values()]
    assert ("siti", "login-failed 2") in trail
    assert ("siti", "page-refused 1") in trail
    assert PEER not in str(office.town.store.state.audit)


async def test_numbers_that_are_guessed_in_a_form_count_as_their_pages_would() -> None:
    office = Office()
    office.hire("siti")
    own, other = office.receives(), office.receives("Sampah di kelurahan Tebet Barat")
    here = await office.at_work("siti")
    many = [own.number, other.number, *(f"R{n:08}" for n in range(30))]
    assert (await here.opens(f"{ROOT}/banyak?" + "&".join(f"pilih={each}" for each in many))).status_code == 200
    assert office.desk.refusals == {Miss.PAGE: 31}
    form = {"csrf": form_token((await here.opens()).text), "tindakan": "note", "text": "catatan", "pilih": many}
    assert (await here.posts(f"{ROOT}/banyak", form)).status_code == 200  # type: ignore[arg-type]  # several of a name
    assert office.desk.refusals == {Miss.PAGE: 62}
    assert (await here.does(own.number, "link", {"to": other.number})).status_code == 422
    assert office.desk.refusals == {Miss.PAGE: 63}
    trail = [each.act for each in office.town.store.state.audit.values() if each.act.startswith("page-refused")]
    assert trail == [f"page-refused {1 << n}" for n in range(6)]


async def test_a_wrong_code_is_told_after_the_right_one() -> None:
    office = Office()
    siti = office.hire("siti")
    office.turn(lambda turn: turn.tx.factors.put(Factor(siti.id, "SECRET", on=True)))
    browser, code = office.browser(), f"{ROOT}/masuk/kode"
    await browser.logs_in("siti")
    assert (await browser.sends(code, code, {"kode": "000000"})).status_code == 401
    await browser.sends(code, code, {"kode": office.code(siti)})
    assert "1 kali salah sandi" in (await browser.opens()).text


async def test_a_name_that_nobody_has_is_counted_for_monitors_alone() -> None:
    office = Office()
    office.hire("siti", agency=GAMBIR)
    await office.browser(PEER).logs_in("nobody", "salah")
    assert office.desk.refusals == {Miss.LOGIN: 1}
    assert not office.town.store.state.audit
    assert "Sejak masuk terakhir" not in (await (await office.at_work("siti")).opens()).text
