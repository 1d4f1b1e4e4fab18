"""Errors are small pages for people and a word for machines, and repeat nothing of what came in."""

import logging

import pytest

from core.errors import StoreAway
from core.phrases import LANGUAGES, phrase
from tests.fakes.web_services import Behind, client, get, post
from web.client_address import networks
from web.errors import PAGES, place


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("said", sorted(set(PAGES.values())))
def test_every_error_has_its_words_in_every_language(said: str, lang: str) -> None:
    assert phrase(f"web_error_{said}_title", lang)
    assert phrase(f"web_error_{said}", lang)


async def test_a_page_that_is_not_there_says_so_and_repeats_nothing() -> None:
    answer = await get(Behind().app(), "/kanari?x=kanari")
    assert answer.status_code == 404
    assert phrase("web_error_missing_title", "id") in answer.text
    assert "kanari" not in answer.text


async def test_an_error_speaks_the_language_that_was_asked_for() -> None:
    assert phrase("web_error_missing_title", "en") in (await get(Behind().app(), "/kanari?lang=en")).text


async def test_a_wrong_method_says_which_are_right(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "web")
    async with client(Behind().app()) as browser:
        answer = await browser.delete("/statistik")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert phrase("web_error_method_title", "id") in answer.text
    assert [record.getMessage() for record in caplog.records if record.name == "web.errors"] == ["web_method_refused"]


async def test_a_wrong_method_is_told_those_of_every_route_of_the_address() -> None:
    async with client(Behind().app()) as browser:
        for path, right in (("/lacak", "GET, HEAD, POST"), ("/healthz", "GET, HEAD"), ("/metrics", "GET, HEAD")):
            assert (await browser.put(path)).headers["allow"] == right


async def test_with_the_store_away_the_page_says_when_to_come_back() -> None:
    answer = await get(Behind(raises=StoreAway()).app(), "/statistik")
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert phrase("web_error_away_title", "id") in answer.text


async def test_a_fault_of_ours_shows_no_trace_and_logs_no_content(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answer = await post(Behind(raises=KeyError("kanari")).app(), "/lacak", "kode=kanari-kode")
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "kanari" not in answer.text + caplog.text
    assert "type=KeyError place=web.track:" in caplog.text


def test_a_place_is_ours_even_when_a_library_raised_it() -> None:
    with pytest.raises(ValueError, match="kanari") as caught:
        networks(("kanari",))
    assert place(caught.value).startswith("web.client_address:")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/lacak/", "/lacak"),
        ("/statistik/peta//", "/statistik/peta"),
        ("/statistik/?lang=en", "/statistik?lang=en"),
        ("/statistik/?lang=en%0D%0Ac", "/statistik?lang=en%0D%0Ac"),
    ],
)
async def test_an_address_with_a_slash_behind_it_leads_to_its_page(asked: str, meant: str) -> None:
    async with client(Behind().app()) as browser:
        answer = await browser.get(asked)
        assert (answer.status_code, answer.headers["Location"]) == (308, meant)
        assert (await browser.post(asked)).status_code == 404


@pytest.mark.parametrize(
    "asked", ["//evil.test/", "/%5Cevil.test/", "//lacak/", "/nothing/", "/", "//", "/evil.test//lacak/"]
)
async def test_no_slash_leads_to_another_host_or_to_what_is_not_there(asked: str) -> None:
    async with client(Behind().app()) as browser:
        answer = await browser.request("GET", f"http://resi.test{asked}")
    assert answer.status_code == (200 if asked == "/" else 404)
    assert "Location" not in answer.headers
