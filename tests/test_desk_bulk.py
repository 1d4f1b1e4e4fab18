"""Several reports with one form: each is moved by itself, or says why not."""

import re

from core.casework.bulk import CHOSEN
from core.model import Act, AgencyId, Status
from tests.fakes.office import ROOT, Browser, Office, form_token

HERE = f"{ROOT}/banyak"


async def moves(browser: Browser, chosen: list[str], **form: str) -> str:
    page = f"{HERE}?" + "&".join(f"pilih={number}" for number in chosen)
    html = (await browser.opens(page)).text
    listed = re.findall(r'name="pilih" value="(R\w{8})"', html)
    token = form_token((await browser.opens()).text)
    answer = await browser.posts(HERE, {"csrf": token, **form, "pilih": list(dict.fromkeys([*listed, *chosen]))})  # type: ignore[dict-item]  # several of a name
    assert answer.status_code == 200
    return answer.text


async def test_each_of_the_chosen_is_moved_noted_and_answered_for() -> None:
    office = Office()
    office.hire("siti")
    reports = [office.receives(f"Lampu {n} mati di kelurahan Gambir") for n in range(3)]
    browser = await office.at_work("siti")
    await browser.does(reports[1].number, "start")
    html = await moves(browser, [each.number for each in reports], tindakan="start")
    assert "2 dari 3 tersimpan" in html
    assert {office.report(each.number).status for each in reports} == {Status.PROSES}
    done = [str(each.number) for each in office.town.store.state.audit.values() if each.act == "start"]
    assert sorted(done) == sorted(each.number for each in reports)
    assert f'href="{HERE}?pilih={reports[1].number}"' in html, "the rest can be tried again"


async def test_what_somebody_may_not_move_stays_and_tells_nothing() -> None:
    office = Office()
    office.hire("siti")
    own = office.receives()
    other = office.receives("Sampah di kelurahan Tebet Barat")
    browser = await office.at_work("siti")
    chosen = [own.number, other.number, "R00000000"]
    listed = (await browser.opens(f"{HERE}?" + "&".join(f"pilih={each}" for each in chosen))).text
    assert other.number not in listed.partition("<main")[2], "but in the address, which they typed themselves"
    html = await moves(browser, chosen, tindakan="coordinate", to="satpol_pp", text="mohon <bantu>")
    assert "1 dari 3 tersimpan" in html
    assert ">mohon &lt;bantu&gt;</textarea>" in html
    assert '<option value="satpol_pp" selected>' in html
    assert re.findall(r'name="pilih" value="(R\w{8})"', html) == chosen[1:]
    assert office.report(own.number).agency == AgencyId("satpol_pp")
    assert office.report(other.number).agency != AgencyId("satpol_pp")
    said = dict(re.findall(r'>(R\w{8})</a> <span class="why">([^<]+)<', html))
    assert said[other.number].replace(other.number, "") == said["R00000000"].replace("R00000000", "")


async def test_a_form_that_is_pressed_twice_says_it_once_and_other_words_are_said_too() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives()
    browser = await office.at_work("siti")
    (form_id,) = set(
        re.findall(r'name="id" value="(\w{26})"', (await browser.opens(f"{HERE}?pilih={report.number}")).text)
    )
    for text in ("catatan", "catatan", "lain"):
        html = await moves(browser, [report.number], tindakan="note", text=text, id=form_id)
        assert "1 dari 1 tersimpan" in html
    assert [entry.act for entry in office.town.store.state.history[report.id]] == [Act.FILED, Act.NOTE, Act.NOTE]


async def test_no_more_than_fifty_and_no_other_act() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives()
    browser = await office.at_work("siti")
    many = [report.number, *(f"R{n:08}" for n in range(CHOSEN + 5))]
    assert f"1 dari {CHOSEN} tersimpan" in await moves(browser, many[: CHOSEN + 1], tindakan="note", text="catatan")
    token = form_token((await browser.opens()).text)
    for act in ("reject", "result", ""):
        answer = await browser.posts(HERE, {"csrf": token, "tindakan": act, "text": "x", "pilih": report.number})
        assert answer.status_code == 404
    assert [entry.act for entry in office.town.store.state.history[report.id]] == [Act.FILED, Act.NOTE]
    assert "Belum ada yang dipilih" in (await browser.opens(f"{HERE}?pilih=x")).text
