"""A session that ends while somebody types: what was sent is shown again, and what is being typed stays there."""

import pytest

from core.casework.login import IDLE
from core.model import StaffRole
from core.phrases import phrase
from tests.fakes.office import PASSWORD, PICTURE, ROOT, Browser, Office, form_token

WORDS = "Lubangnya <b>dalam</b>, perlu alat berat"
OVER = phrase("desk_over_title", "id")


async def ended(office: Office, role: StaffRole = StaffRole.OFFICER) -> tuple[Browser, str]:
    """Somebody whose session is over, and the token of the form that they still have open."""
    office.hire("siti", role)
    browser = await office.at_work("siti")
    token = form_token((await browser.opens(f"{ROOT}/akun/sandi")).text)
    office.town.clock.at += IDLE
    return browser, token


async def test_what_was_sent_too_late_is_shown_to_be_copied_and_nothing_is_done() -> None:
    office = Office()
    number = office.receives().number
    browser, token = await ended(office)
    before = office.town.store.state.copy()
    answer = await browser.posts(f"{ROOT}/laporan/{number}/note", {"csrf": token, "text": WORDS})
    assert answer.status_code == 401
    assert OVER in answer.text
    assert "Lubangnya &lt;b&gt;dalam&lt;/b&gt;, perlu alat berat" in answer.text
    assert f'/masuk?ke={ROOT}/laporan/{number}"' in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert office.town.store.state.history == before.history
    assert (await browser.logs_in("siti", to=f"{ROOT}/laporan/{number}")).headers["location"].endswith(number)


async def test_who_logged_in_again_beside_it_finds_the_words_of_the_form_that_stayed_open() -> None:
    office = Office()
    number = office.receives().number
    browser, token = await ended(office)
    await browser.logs_in("siti")
    before = office.town.store.state.copy()
    answer = await browser.posts(f"{ROOT}/laporan/{number}/note", {"csrf": token, "text": WORDS})
    assert answer.status_code == 403
    assert "Lubangnya &lt;b&gt;dalam&lt;/b&gt;, perlu alat berat" in answer.text
    assert f'href="{ROOT}/laporan/{number}"' in answer.text
    assert office.town.store.state.history == before.history
    stranger = await office.browser().posts(f"{ROOT}/laporan/{number}/note", {"csrf": token, "text": WORDS})
    assert "Lubangnya" not in stranger.text
    leaving = {"csrf": form_token(answer.text)}
    assert (await browser.posts(f"{ROOT}/keluar", leaving)).status_code == 303, "its own forms are good"


async def test_with_a_photo_it_is_told_though_so_much_is_not_read_of_who_is_not_there() -> None:
    office = Office()
    number = office.receives().number
    browser, token = await ended(office)
    photo = {"photo": PICTURE + b"x" * 70_000}
    answer = await browser.posts(f"{ROOT}/laporan/{number}/result", {"csrf": token, "text": WORDS}, photo)
    assert (answer.status_code, OVER in answer.text) == (401, True)
    assert phrase("desk_photo_again", "id") in answer.text


async def test_neither_a_password_nor_a_contact_is_shown_again() -> None:
    browser, token = await ended(Office(), StaffRole.CLERK)
    secret = {"csrf": token, "lama": PASSWORD, "baru": "rahasia sekali", "lagi": "rahasia sekali"}
    assert (await browser.posts(f"{ROOT}/akun/sandi", secret)).status_code == 303
    filed = {"csrf": token, "cerita": "Lampu mati", "kontak": "081377774545"}
    answer = await browser.posts(f"{ROOT}/loket/slip", filed)
    assert ("Lampu mati" in answer.text, "081377774545" in answer.text) == (True, False)


async def test_words_without_the_token_of_a_form_are_not_shown_to_anybody() -> None:
    office = Office()
    number = office.receives().number
    browser, _ = await ended(office)
    answer = await browser.posts(f"{ROOT}/laporan/{number}/note", {"csrf": "0" * 64, "text": WORDS})
    assert (answer.status_code, "alat berat" in answer.text) == (403, False)


async def test_a_part_of_a_page_on_which_somebody_types_tells_and_takes_nothing_away() -> None:
    office = Office()
    number = office.receives().number
    browser, token = await ended(office)
    browser.headers["hx-request"] = "true"
    beside = await browser.opens(f"{ROOT}/laporan/{number}/bersama?versi=1&tanda=x")
    assert (beside.status_code, phrase("desk_over_beside", "id") in beside.text) == (200, True)
    assert 'id="bersama"' in beside.text
    assert "hx-get" not in beside.text, "it asks no more"
    counted = await browser.posts(f"{ROOT}/hitung", {"csrf": token, "text": WORDS})
    assert (counted.status_code, counted.content) == (204, b"")
    rows = await browser.opens(f"{ROOT}/daftar")
    assert (rows.status_code, rows.headers["hx-refresh"]) == (401, "true")


@pytest.mark.parametrize("target", ["isi", "pilih-jenis"])
async def test_a_form_that_replaces_the_page_is_answered_with_a_page(target: str) -> None:
    browser, token = await ended(Office(), StaffRole.CLERK)
    browser.headers.update({"hx-request": "true", "hx-target": target})
    path = f"{ROOT}/loket/slip" if target == "isi" else f"{ROOT}/loket/jenis"
    answer = await browser.posts(path, {"csrf": token, "cerita": "Lampu mati"})
    assert (answer.status_code, 'id="isi"' in answer.text) == ((401, True) if target == "isi" else (204, False))
