"""Saved views: a filter with a name, for oneself alone."""

from core.casework.saved_views import MOST
from tests.fakes.office import ROOT, Office

FILTER = {"saringan": "status=proses&saluran=mail&hal=3&cari=kenari&x=y"}


async def test_a_filter_gets_a_name_and_stands_among_the_links() -> None:
    office = Office()
    office.hire("siti")
    office.hire("budi")
    siti, budi = await office.at_work("siti"), await office.at_work("budi")
    answer = await siti.sends(ROOT, f"{ROOT}/tampilan", {"nama": " Yang  dikerjakan ", **FILTER})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ROOT}?status=proses&saluran=mail")
    html = (await siti.opens()).text
    assert '<a href="/petugas?status=proses&amp;saluran=mail">Yang dikerjakan</a>' in html
    assert "kenari" not in str(office.town.store.state.views), "words that were searched for are not kept"
    assert "Yang dikerjakan" not in (await budi.opens()).text
    await budi.sends(ROOT, f"{ROOT}/tampilan/hapus", {"nama": "Yang dikerjakan"})
    assert "Yang dikerjakan" in (await siti.opens()).text
    await siti.sends(ROOT, f"{ROOT}/tampilan/hapus", {"nama": "Yang dikerjakan"})
    assert "Yang dikerjakan" not in (await siti.opens()).text


async def test_a_name_is_needed_and_twenty_are_enough() -> None:
    office = Office()
    office.hire("siti")
    siti = await office.at_work("siti")
    for name in ("", "x" * 41, "a\u202eb"):
        answer = await siti.sends(ROOT, f"{ROOT}/tampilan", {"nama": name, **FILTER})
        assert answer.status_code == 422
        assert "1 sampai 40 karakter" in answer.text
    for n in range(MOST):
        assert (await siti.sends(ROOT, f"{ROOT}/tampilan", {"nama": f"T{n}", **FILTER})).status_code == 303
    full = await siti.sends(ROOT, f"{ROOT}/tampilan", {"nama": "lagi", **FILTER})
    assert "Hapus satu dulu" in full.text
    assert (await siti.sends(ROOT, f"{ROOT}/tampilan", {"nama": "T3", "saringan": ""})).status_code == 303
    assert len(office.town.store.state.views) == MOST
