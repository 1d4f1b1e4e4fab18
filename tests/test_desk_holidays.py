"""Holidays: administrators keep them, and the deadline of what is filed afterwards passes over them."""

from tests.fakes.office import ROOT, Office

HERE = f"{ROOT}/hari-libur"
NEW = {"hari": "2026-03-19", "nama-id": "Hari Nyepi", "nama-en": "Day of Silence"}


async def test_a_holiday_is_added_listed_and_taken_away_and_all_of_it_is_noted() -> None:
    office = Office()
    browser = await office.administrator()
    assert (await browser.sends(HERE, HERE, NEW)).headers["location"] == HERE
    assert "Hari Nyepi" in (await browser.opens(HERE)).text
    assert (await browser.sends(HERE, HERE, NEW)).status_code == 422
    assert (await browser.sends(HERE, f"{HERE}/hapus", NEW)).status_code == 303
    assert "Hari Nyepi" not in (await browser.opens(HERE)).text
    acts = [each.act for each in office.town.store.state.audit.values() if each.who == "admin"]
    assert acts[-2:] == ["holiday-add 2026-03-19", "holiday-remove 2026-03-19"]


async def test_what_is_no_day_is_told_and_what_was_typed_stays() -> None:
    office = Office()
    browser = await office.administrator()
    for wrong in ({"hari": "19 Maret"}, {"hari": "1026-08-17"}, {"hari": ""}, {"nama-en": ""}):
        answer = await browser.sends(HERE, HERE, NEW | wrong)
        assert (answer.status_code, 'role="alert"' in answer.text) == (422, True), wrong
        assert "Hari Nyepi" in answer.text
    assert not office.town.store.state.city_changes
