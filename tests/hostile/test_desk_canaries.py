"""The desk gone through by everybody who may be there: no page and no file tells who wrote, or what else they wrote."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest

from app.sandbox import Sandbox
from app.time_and_random import SystemRandomSource
from core import casework
from core.casework import Actor, Turn
from core.messages import StoredFile
from core.model import Act, AgencyId, Number, Staff, StaffId, StaffRole
from core.ports import CityMap
from core.workflow import Order
from storage import Files, Keys, SqlStore, migrate, open_store
from tests.fakes.canaries import found_in
from tests.fakes.citizens import CODE
from tests.fakes.city import DINAS, LURAH, City, photo_hash
from tests.fakes.crawler import Came, Crawler, came
from tests.fakes.desk_pages import hire, logs_in, pages
from tests.fakes.drawn_city import FakeBoundaries
from tests.fakes.office import ROOT
from tests.fakes.town import Town
from tests.hostile.files import CANARY, after_start, exif_segment, picture, tiff
from web.desk.routes import Page
from web.desk.table import PAGES

pytestmark = pytest.mark.hostile

BNN = AgencyId("bnnp_dki")
STAFF = {
    "lurah": (LURAH, StaffRole.OFFICER),
    "kepala": (LURAH, StaffRole.HEAD),
    "dinas": (DINAS, StaffRole.OFFICER),
    "biro": (AgencyId("biro_pemerintahan"), StaffRole.BIRO),
    "admin": (AgencyId("biro_pemerintahan"), StaffRole.ADMIN),
    "auditor": (AgencyId("inspektorat"), StaffRole.AUDITOR),
    "loket": (LURAH, StaffRole.CLERK),
    "bnn": (BNN, StaffRole.OFFICER),
    "kepala.bnn": (BNN, StaffRole.HEAD),
}
READERS = ("lurah", "kepala", "dinas", "biro", "bnn", "kepala.bnn")
PHONE, OTHER_PHONE, CHAT, MAIL = "+6281298764517", "+6281298764528", "7316482905", "melati.kenari@surat-kenari.test"
THIRD_PHONE, TYPED, LEFT = "+6281298764539", "081377774545", "081355556262"
BUDI, ANI, SITI, MELATI = ("sms", PHONE), ("sms", OTHER_PHONE), ("telegram", CHAT), ("mail", MAIL)
UJANG = ("sms", THIRD_PHONE)
WHO_IT_WAS = (
    PHONE.strip("+"), PHONE[3:], OTHER_PHONE.strip("+"), OTHER_PHONE[3:], THIRD_PHONE[3:],
    CHAT, MAIL, "melati.kenari", "surat-kenari", "Melatikenari", "Cendanakenari",
    TYPED, TYPED[1:], LEFT, LEFT[1:], CANARY.decode(),
)  # fmt: skip
SOUGHT = (PHONE, PHONE[3:], CHAT, MAIL, "Melatikenari", "Cendanakenari", TYPED, LEFT)
MOST = 400  # pages of one person's walk
CAME = {HTTPStatus.OK, HTTPStatus.NO_CONTENT}
SECOND = "/orang-kedua"
ELSEWHERE = {"kepala": ("/periksa", "/periksa/{number}", SECOND), "lurah": (SECOND,), "dinas": (SECOND,)}
"""What nothing leads to: a head's list where others check, what a second person confirms where one can make accounts;
for everybody what asks for a second step, and the room of an account that waits.
"""
HOLE, LAMP = "Jalan berlubang, kelurahan Tebet Barat", "Lampu jalan mati, kelurahan Tebet Barat"
PAVEMENT = "Trotoar rusak, kelurahan Tebet Barat"
TRAIL = f"{ROOT}/jejak"
DRUGS = f"LAPOR ada bandar sabu jualan di gang mawar, kelurahan Tebet Barat, hubungi {TYPED}"
NAMED = f"{HOLE}. Nama saya Melatikenari Cendanakenari, hubungi {TYPED}"


@dataclass
class Everything:
    """What came back to whom, and whose is what."""

    came: dict[str, list[Came]] = field(default_factory=dict)
    posts: dict[str, set[str]] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    pairs: list[frozenset[Number]] = field(default_factory=list)  # two reports of one person
    like_them: frozenset[Number] = frozenset()  # reports of others, alike in all that a list can be narrowed by
    restricted: frozenset[Number] = frozenset()
    query: dict[str, list[Came]] = field(default_factory=dict)
    slip: str = ""


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> Iterator[Everything]:
    folder = tmp_path_factory.mktemp("canaries")
    url = f"sqlite:///{folder / 'resi.db'}"
    migrate(url)
    with closing(open_store(url, keys)) as store:
        yield asyncio.run(_gone_through(store, folder))


# -- what was written --


def _told(city: City, photo: StoredFile, found: Everything) -> None:
    """Each of two people writes of a hole and of a lamp; others are asked, answer, do not agree, and follow."""
    for who in (BUDI, ANI):
        for text in (HOLE, LAMP):
            city.run(city.writes(who, f"LAPOR {text}", photo))
            city.post()
            city.now += timedelta(hours=2)
    numbers = [each.number for each in city.reports]
    found.pairs = [frozenset(numbers[:2]), frozenset(numbers[2:4])]
    found.like_them = frozenset(numbers)
    city.run(city.writes(MELATI, NAMED, photo))
    city.post()
    _handled(city, city.number(4), photo)
    city.run(city.writes(BUDI, DRUGS), city.writes(SITI, HOLE))
    city.post()
    city.run(city.writes(SITI, "ikuti"))
    city.post()
    assert "ikut" in city.heard[-1][1], "they follow a report of somebody else"
    city.run(city.writes(UJANG, f"LAPOR {PAVEMENT}, hubungi {TYPED}"))
    [pavement] = {each.number for each in city.reports if "rotoar" in each.text}
    city.run(city.does("lurah", Act.COORDINATE, to=DINAS, number=pavement))
    _mended(city, pavement, photo, "dinas", "biro")
    city.post()
    found.restricted = frozenset(each.number for each in city.store.run(lambda tx: casework.listing(tx, "bnn")))
    [secret] = found.restricted
    _mended(city, secret, photo, "bnn", "kepala.bnn")


def _handled(city: City, number: Number, photo: StoredFile) -> None:
    """Asked, answered with a name and a number, mended, not accepted with words that tell who."""
    code = city.codes[MELATI]
    city.run(city.does("lurah", Act.ASK, "Di sebelah mana?", number=number))
    city.post()
    city.run(city.writes(BUDI, f"{code} depan warung, telepon {TYPED}, nama saya Melatikenari"))
    _mended(city, number, photo, "lurah", "biro")
    city.run(city.does("biro", Act.VALIDATE, number=number))
    city.post()
    city.run(city.writes(ANI, f"{code} 2 masih bolong, hubungi {TYPED}"))
    city.post()


def _mended(city: City, number: Number, photo: StoredFile, by: str, checks: str) -> None:
    """As far as a result that waits for its check."""
    context = replace(Town().context, rng=SystemRandomSource())
    result = Order(Act.RESULT, "Ditambal", photo=photo, photo_hash=photo_hash(number))
    city.run(city.does(by, Act.START, number=number), city.does(by, Act.PLAN, "Tambal", number=number))
    city.run(city.does(checks, Act.APPROVE_PLAN, number=number))
    city.run(lambda tx: casework.do(Turn(tx, city.now, context), Actor(by), number, result))


# -- who looks --


def _hired(city: City) -> None:
    staff = [Staff(StaffId(""), name, agency, role) for name, (agency, role) in STAFF.items()]
    hire(city.store, Town().context, city.now, *staff)


def _photo(folder: Path) -> StoredFile:
    """A telephone's, with all that a telephone writes into it, as it is kept."""
    sandbox = Sandbox()
    sandbox.start()
    try:
        clean = sandbox.scrub_now(after_start(picture(), exif_segment(tiff())))
    finally:
        sandbox.stop()
    return Files(folder / "files").put(clean.data, clean.kind)


async def _gone_through(store: SqlStore, folder: Path) -> Everything:
    city, found = City(store), Everything()
    _hired(city)
    _told(city, _photo(folder), found)
    found.codes = [code for _, text in city.heard for code in CODE.findall(text)]
    drawn = CityMap(FakeBoundaries())
    context = replace(Town().context, rng=SystemRandomSource(), city_map=drawn)
    async with pages(store, folder, city.now, context) as wire, AsyncExitStack() as stack:
        for name in ("loket", *(each for each in STAFF if each != "loket")):
            client = await stack.enter_async_context(httpx.AsyncClient(transport=wire, base_url="https://resi.test"))
            await logs_in(client, name)
            crawler = Crawler(client, MOST)
            if name == "loket":
                found.slip = await _files(crawler)
            found.came[name] = await crawler.goes_everywhere(ROOT)
            found.posts[name] = crawler.posts
            if name in READERS:
                await _takes_away(crawler)
                found.query[name] = [came(each, await client.get(f"{ROOT}?cari={quote(each)}")) for each in SOUGHT]
            if name == "auditor":
                await _sends(crawler, TRAIL, f"{TRAIL}/periksa", {})
    return found


async def _sends(crawler: Crawler, page: str, path: str, form: dict[str, str]) -> httpx.Response:
    html = (await crawler.client.get(page)).text
    hidden = dict(re.findall(r'type="hidden" name="(csrf|id)" value="([^"]*)"', html))
    answer = await crawler.client.post(path, data=hidden | form)
    assert answer.status_code == HTTPStatus.OK, path
    crawler.keep(path, answer)
    return answer


async def _files(crawler: Crawler) -> str:
    """For a citizen who is there, and leaves a number for news; the code on the slip."""
    form = {"cerita": NAMED, "jenis": "jalan_rusak", "tempat": "depan pasar", "kontak": LEFT}
    answer = await _sends(crawler, f"{ROOT}/loket", f"{ROOT}/loket/slip", form)
    [code] = set(CODE.findall(answer.text))
    return str(code)


async def _takes_away(crawler: Crawler) -> None:
    for kind in ("csv", "xlsx"):
        for kept in ("daftar=all", "daftar=all&saluran=sms"):
            form = {"bentuk": kind, "saringan": kept, "cari": ""}
            await _sends(crawler, ROOT, f"{ROOT}/ekspor", form)


# -- what must hold --


def test_everybody_got_as_far_as_there_are_pages(everything: Everything) -> None:
    for name, (_, role) in STAFF.items():
        there = {urlsplit(each.address).path for each in everything.came[name] if each.status in CAME}
        asked = [each for each in PAGES if each.method == "GET" and each.roles and role in each.roles]
        missing = [each.path for each in asked if not any(_fits(each, path) for path in there)]
        assert set(missing) - {"/masuk/kode", "/menunggu", *ELSEWHERE.get(name, ())} == set(), name
        assert [each.address for each in everything.came[name] if each.status >= HTTPStatus.BAD_REQUEST] == [], name
        assert len(everything.came[name]) < MOST, f"{name}: the walk was cut off"


def _fits(page: Page, path: str) -> bool:
    return re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", page.address), path) is not None


def test_what_is_looked_for_is_where_it_should_be(everything: Everything) -> None:
    """The walk sees words: those that are for its eyes it finds, on pages, in tables and in what is packed."""
    for name in ("lurah", "biro"):
        shown = everything.came[name]
        for kind in (b"text/html", b"text/csv", b"spreadsheetml"):
            of_kind = [each for each in shown if kind in each.layers.partition(b"\n\n")[0]]
            assert any(b"Jalan berlubang" in each.layers for each in of_kind), (name, kind)
        assert any(each.layers.count(b"[nama]") for each in shown)
    papers = [each for each in everything.came["biro"] if each.address.startswith(f"{ROOT}/evaluasi.pdf")]
    assert any(b"Tebet Barat" in each.layers for each in papers)
    assert found_in(b"x" + MAIL.encode(), iter([MAIL])) == [MAIL]


@pytest.mark.parametrize("name", STAFF)
def test_no_page_and_no_file_tells_who_wrote(everything: Everything, name: str) -> None:
    told = {each.address: found_in(each.layers, iter(WHO_IT_WAS)) for each in everything.came[name]}
    assert {address: canaries for address, canaries in told.items() if canaries} == {}


@pytest.mark.parametrize("name", STAFF)
def test_no_code_is_shown_to_anybody_but_once_on_the_slip(everything: Everything, name: str) -> None:
    codes = [*everything.codes, everything.slip]
    every = [*codes, *(each.replace("-", "") for each in codes)]
    told = {each.address: found_in(each.layers, iter(every)) for each in everything.came[name]}
    slip = {f"{ROOT}/loket/slip": [everything.slip]} if name == "loket" else {}
    assert {address: shown for address, shown in told.items() if shown} == slip


@pytest.mark.parametrize("name", STAFF)
def test_no_list_however_narrowed_is_what_one_person_wrote(everything: Everything, name: str) -> None:
    for each in everything.came[name]:
        assert each.numbers & everything.like_them not in everything.pairs, each.address


@pytest.mark.parametrize("name", READERS)
def test_nobody_finds_a_report_by_who_sent_it(everything: Everything, name: str) -> None:
    assert {each.address: each.numbers for each in everything.query[name] if each.numbers} == {}


@pytest.mark.parametrize("name", [each for each in STAFF if "bnn" not in each])
def test_a_restricted_report_is_on_no_page_of_others(everything: Everything, name: str) -> None:
    """An auditor reads in the trail that something was done to its number, and not a word of it."""
    pages = [each for each in everything.came[name] if not (name == "auditor" and each.address.startswith(TRAIL))]
    assert [each.address for each in pages if each.numbers & everything.restricted] == []
    words = [each.address for each in everything.came[name] if b"bandar sabu" in each.layers]
    assert words == []
