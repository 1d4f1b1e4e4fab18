"""Entity tags: who has an answer already is told so, and gets another only where it is another."""

from dataclasses import replace

import httpx
import pytest

from core.model import Status
from tests.fakes.web_services import Behind, client
from tests.test_web_open311 import BASE, LAMP, Office
from web import Statistics, create_app

READ = ("/statistik", "/statistik?lang=en", "/static/resi.css")


async def got(behind: Behind, path: str, known: str = "", method: str = "GET") -> httpx.Response:
    async with client(create_app(behind.services())) as browser:
        return await browser.request(method, path, headers={"If-None-Match": known} if known else {})


@pytest.mark.parametrize("path", READ)
async def test_an_answer_that_is_there_already_is_not_sent_again(path: str) -> None:
    first = await got(Behind(), path)
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = await got(Behind(), path, known)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == first.headers["cache-control"]
        assert "x-content-type-options" in again.headers


@pytest.mark.parametrize("known", ["", '"other"', "x" * 9000, '"', ",,,", "W/"])
async def test_any_other_tag_gets_the_whole(known: str) -> None:
    answer = await got(Behind(), "/statistik", known)
    assert (answer.status_code, bool(answer.content)) == (200, True)


async def test_other_figures_have_another_tag() -> None:
    before = await got(Behind(), "/statistik")
    later = await got(replace(Behind(), counted=Statistics(8, ())), "/statistik", before.headers["etag"])
    assert later.status_code == 200
    assert later.headers["etag"] != before.headers["etag"]


async def test_a_head_has_the_tag_of_its_page() -> None:
    page, head = await got(Behind(), "/statistik"), await got(Behind(), "/statistik", method="HEAD")
    assert head.headers["etag"] == page.headers["etag"]
    assert head.content == b""


async def test_what_is_one_persons_has_no_tag() -> None:
    for path in ("/lacak", "/petugas/masuk", "/nowhere"):
        assert "etag" not in (await got(Behind(), path)).headers


@pytest.mark.parametrize(
    "path", ["requests.json", "requests.xml", "requests/R0ABCDEFG.json", "services.json", "discovery.xml"]
)
async def test_a_list_for_machines_is_sent_again_only_where_it_changed(path: str) -> None:
    office = Office()
    async with client(office.app()) as machine:
        first = await machine.get(f"{BASE}/{path}")
        tag = {"If-None-Match": first.headers["etag"]}
        assert (await machine.get(f"{BASE}/{path}", headers=tag)).status_code == 304
        office.found = [replace(LAMP, status=Status.SELESAI)]
        changes = path.startswith("requests")
        assert (await machine.get(f"{BASE}/{path}", headers=tag)).status_code == (200 if changes else 304)
        assert first.headers["cache-control"] == "no-cache"


async def test_what_a_partner_sees_of_its_own_and_what_goes_wrong_has_no_tag() -> None:
    async with client(Office().app()) as machine:
        for path in (
            "requests.json?api_key=k",
            "requests.json?api_key=wrong",
            "requests/R00000000.txt",
            "services/x.json",
        ):
            answer = await machine.get(f"{BASE}/{path}")
            assert "etag" not in answer.headers
            assert answer.headers["cache-control"] == "no-store"
