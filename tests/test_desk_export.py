"""A list that is taken away: what its reader may read, as narrowed, and never without a trace in the trail."""

from core.model import AgencyId, StaffRole
from tests.fakes.office import ROOT, Browser, Office
from tests.test_desk_queue import BIRO


async def takes(browser: Browser, **form: str) -> str:
    answer = await browser.sends(ROOT, f"{ROOT}/ekspor", {"bentuk": "csv", **form})
    assert answer.status_code == 200
    return answer.text


async def test_the_list_as_it_is_narrowed_is_taken_and_noted() -> None:
    office = Office()
    office.hire("siti")
    lamp = office.receives()
    office.town.clock.passes(seconds=60)  # those of one minute lie by their numbers, which are chance
    waste = office.receives("Sampah menumpuk di kelurahan Gambir")
    browser = await office.at_work("siti")
    kind, heads, *rows = (await takes(browser)).splitlines()
    assert kind == "csv"
    assert heads == "Nomor|Status|Jenis|Tempat|Pemegang|Saluran|Diterima|Batas waktu|Terlambat|Evaluasi|Isi laporan"
    assert [row.partition("|")[0] for row in rows] == [lamp.number, waste.number]
    assert rows[0].startswith(f"{lamp.number}|Menunggu|")
    assert "|Kelurahan Gambir|E-mail|" in rows[0]
    assert rows[0].endswith("|tidak|tidak|Lampu jalan mati di kelurahan Gambir")
    assert waste.number not in await takes(browser, saringan=f"jenis={lamp.category}")
    assert lamp.number not in await takes(browser, cari="sampah")
    assert waste.number in await takes(browser, cari=waste.number, saringan="daftar=all")
    acts = [(each.who, each.act, each.number) for each in office.town.store.state.audit.values()]
    assert acts.count(("siti", "export", None)) == 4


async def test_a_file_has_a_neutral_name_and_is_in_no_cache() -> None:
    office = Office()
    office.hire("siti")
    browser = await office.at_work("siti")
    for form in ("csv", "xlsx"):
        answer = await browser.sends(ROOT, f"{ROOT}/ekspor", {"bentuk": form})
        assert answer.headers["content-disposition"] == f'attachment; filename="laporan.{form}"'
        assert answer.headers["cache-control"] == "no-store"
    assert (await browser.sends(ROOT, f"{ROOT}/ekspor", {"bentuk": "exe"})).status_code == 404


async def test_restricted_reports_are_in_the_table_of_their_agency_alone_each_noted_by_its_number() -> None:
    office = Office()
    office.hire("siti")
    office.hire("bnn", agency=AgencyId("bnnp_dki"))
    office.hire("biro1", StaffRole.BIRO, BIRO)
    secret = office.receives("Ada yang jual narkoba di kelurahan Gambir")
    for name in ("siti", "biro1"):
        browser = await office.at_work(name)
        for words in ("", "narkoba", secret.number):
            taken = await takes(browser, cari=words, saringan="daftar=all")
            assert secret.number not in taken
            assert "narkoba" not in taken
    assert secret.number in await takes(await office.at_work("bnn"))
    noted = [(each.who, each.number) for each in office.town.store.state.audit.values() if each.act == "export"]
    assert [each for each in noted if each[0] == "bnn"] == [("bnn", None), ("bnn", secret.number)]
    assert ("siti", secret.number) not in noted
