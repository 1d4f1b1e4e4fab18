"""/lacak: a code in a body, the status in words, and the code never again on a page."""

import pytest

from core.model import Phase
from core.phrases import LANGUAGES, phrase
from tests.fakes.web_services import KNOWN, Behind, client, get, post
from web import Tracked

FOUND = Tracked(
    found=True,
    words=("Laporan 2222: proses.",),
    status="Proses",
    phase=Phase.WORKING,
    history=(("1 Maret 2026", "Diterima."), ("2 Maret 2026", "Dikerjakan.")),
)


async def test_the_form_asks_for_the_code_and_keeps_it_out_of_addresses() -> None:
    html = (await get(Behind().app(), "/lacak")).text
    assert 'name="kode"' in html
    assert 'method="post"' in html
    assert 'autocomplete="off"' in html


async def test_a_code_in_the_address_is_never_read() -> None:
    behind = Behind(tracked=FOUND)
    answer = await get(behind.app(), f"/lacak?kode={KNOWN}")
    assert not behind.asked
    assert KNOWN not in answer.text
    await post(behind.app(), f"/lacak?kode={KNOWN}", "lain=1")
    assert not behind.asked


async def test_a_code_brings_status_and_history_in_words() -> None:
    behind = Behind(tracked=FOUND)
    answer = await post(behind.app(), "/lacak", f"kode={KNOWN}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert behind.asked == [(KNOWN, "198.51.100.7", "id")]
    for words in ("Laporan 2222: proses.", "Proses", "1 Maret 2026", "Diterima.", "Dikerjakan."):
        assert words in answer.text


async def test_the_typed_code_is_not_shown_again() -> None:
    answer = await post(Behind(tracked=FOUND).app(), "/lacak", f"kode={KNOWN}")
    assert KNOWN not in answer.text
    assert KNOWN.replace("-", "") not in answer.text


async def test_an_unknown_code_gets_its_sentence_and_no_status() -> None:
    answer = await post(Behind(tracked=Tracked(found=False, words=("Kode salah.",))).app(), "/lacak", "kode=1")
    assert answer.status_code == 200
    assert "Kode salah." in answer.text
    assert phrase("web_track_answer", "id") not in answer.text


async def test_too_many_wrong_tries_are_told_to_wait() -> None:
    tracked = Tracked(found=False, words=("Coba lagi 5 menit lagi.",), wait=True)
    answer = await post(Behind(tracked=tracked).app(), "/lacak", "kode=1")
    assert answer.status_code == 429
    assert "Coba lagi 5 menit lagi." in answer.text
    assert phrase("web_track_wait", "id") in answer.text


@pytest.mark.parametrize("empty", ["", "kode=", "kode=+++"])
async def test_an_empty_field_is_said_and_is_no_guess(empty: str) -> None:
    behind = Behind()
    answer = await post(behind.app(), "/lacak", empty)
    assert answer.status_code == 200
    assert phrase("web_track_empty", "id") in answer.text
    assert not behind.asked


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_the_page_says_what_the_code_can_do_and_where_to_call(lang: str) -> None:
    html = (await get(Behind().app(), f"/lacak?lang={lang}")).text.replace("&#39;", "'")
    for key in ("web_track_nameless", "web_track_power", "web_track_lost", "web_emergency"):
        assert phrase(key, lang) in html
    assert 'href="tel:112"' in html


async def test_the_language_stays_through_the_form() -> None:
    behind = Behind(tracked=FOUND)
    async with client(behind.app()) as browser:
        form = (await browser.get("/lacak?lang=en")).text
        assert 'action="/lacak?lang=en"' in form
        answer = await browser.post("/lacak?lang=en", data={"kode": KNOWN})
    assert behind.asked[0][2] == "en"
    assert '<html lang="en">' in answer.text
    assert phrase("web_track_answer", "en") in answer.text


@pytest.mark.parametrize(
    ("phase", "steps"), [(Phase.WAITING, 3), (Phase.WORKING, 3), (Phase.DONE, 3), (Phase.ENDED, 0), (None, 0)]
)
async def test_the_phase_is_shown_by_word_as_well_as_by_colour(phase: Phase | None, steps: int) -> None:
    tracked = Tracked(found=True, words=("Kata.",), status="Namanya", phase=phase)
    html = (await post(Behind(tracked=tracked).app(), "/lacak", "kode=1")).text
    assert "Namanya" in html
    shown = [phrase(f"web_phase_{step}", "id") in html for step in ("waiting", "working", "done")]
    assert sum(shown) == steps
    assert html.count('aria-current="step"') == (steps > 0)


async def test_words_from_outside_stay_words() -> None:
    evil = '<script>alert("1")</script>'
    tracked = Tracked(found=True, words=(evil,), status=evil, phase=Phase.WORKING, history=((evil, evil),))
    html = (await post(Behind(tracked=tracked).app(), "/lacak", "kode=1")).text
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 4
