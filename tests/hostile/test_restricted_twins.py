"""Two cities, one of which has a restricted report more: no page of anybody but its own office tells them apart.

Every address of the table of pages is asked for, with the number of that report where there is none in the other
city, and whatever a list, a map, a search, a form of many or a file can be narrowed by.
"""

import asyncio
import re
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing
from dataclasses import replace
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from core import casework
from core.model import Act, AgencyId, Number, Staff, StaffId, StaffRole
from core.workflow import ORDERS
from storage import Keys, migrate, open_store
from tests.fakes.city import BUDI, LURAH, STORY, City
from tests.fakes.crawler import Came, Crawler, came
from tests.fakes.desk_pages import hire, logs_in, pages
from tests.fakes.office import ROOT, form_token
from tests.fakes.time_and_random import FakeRandomSource
from tests.fakes.town import Town
from web.desk.table import PAGES

pytestmark = pytest.mark.hostile

ANI = ("sms", "+628110009")
DRUGS = "LAPOR ada bandar sabu jualan di gang mawar, kelurahan Tebet Barat"
BIRO, BNN = AgencyId("biro_pemerintahan"), AgencyId("bnnp_dki")
OWN = (("bnn", BNN, StaffRole.OFFICER), ("chief", BNN, StaffRole.HEAD))
OTHERS = (
    ("lurah", LURAH, StaffRole.OFFICER),
    ("kepala", LURAH, StaffRole.HEAD),
    ("biro", BIRO, StaffRole.BIRO),
    ("admin", BIRO, StaffRole.ADMIN),
    ("auditor", AgencyId("inspektorat"), StaffRole.AUDITOR),
    ("loket", LURAH, StaffRole.CLERK),
    ("dinas", AgencyId("dinas_ppapp"), StaffRole.HEAD),
)
PUBLIC = ("/open311/v2/requests.json", "/open311/v2/requests.xml", "/open311/v2/services.json", "/statistik", "/lacak")
NARROWED = {
    "jenis": ("narkoba", "jalan_rusak"),
    "kantor": (BNN, LURAH),
    "wilayah": ("31.74.01.1002", "31.74"),
    "saluran": ("sms",),
    "status": ("menunggu", "proses"),
    "cari": ("sabu", "gang mawar"),
    "daftar": ("all", "late", "today", "mine"),
}
MOST = 40  # pages that one person comes to by links, breadth first
_TOLD = (f"{ROOT}/jejak", f"{ROOT}/sistem")
_CSRF = re.compile(rb'name="csrf" value="[^"]*"')
Found = dict[str, list[Came]]


def _city(store: object) -> City:
    city = City(store)  # type: ignore[arg-type]  # an SqlStore
    staff = [Staff(StaffId(""), *each) for each in (*OWN, *OTHERS)]
    hire(city.store, Town().context, city.now, *staff)
    city.run(city.writes(BUDI, f"LAPOR {STORY}"))
    city.run(city.does("lurah", Act.START))
    city.post()
    return city


def _told(city: City) -> Number:
    """A report of drugs, and what its office does to it."""
    city.run(city.writes(ANI, DRUGS))
    city.post()
    [number] = [each.number for each in city.store.run(lambda tx: casework.listing(tx, "bnn"))]
    city.run(city.opens("bnn", number), city.does("bnn", Act.START, number=number))
    city.run(city.does("bnn", Act.NOTE, "@chief lihat ini, @lurah juga", number=number))
    city.run(city.does("bnn", Act.ASK, "Di gang sebelah mana?", number=number))
    city.post()
    city.run(city.writes(ANI, f"TAMBAH {city.codes[ANI]} gang mawar nomor dua, sebelah pasar"))
    city.run(city.does("bnn", Act.PLAN, "Periksa", number=number), city.does("chief", Act.APPROVE_PLAN, number=number))
    city.run(city.does("bnn", Act.RESULT, "Sudah ditangani", shows="tambalan", number=number))
    city.post()
    return number


def _addresses(number: Number) -> Iterator[str]:
    """Every page that is looked at, and lists narrowed by one thing and by two."""
    for page in PAGES:
        if page.method == "GET" and page.path != "/masuk/oidc":
            yield page.address.format(number=number, position=1, staff="x", id="-baru")
    one = [(name, value) for name, values in NARROWED.items() for value in (*values, number)]
    two = [pair for pair in product(one, one) if pair[0][0] < pair[1][0]]
    for asked in ([each] for each in one):
        for path in ("", "/daftar", "/peta"):
            yield f"{ROOT}{path}?{urlencode(asked)}"
    yield from (f"{ROOT}?{urlencode(pair)}" for pair in two[::5])
    yield f"{ROOT}/banyak?pilih={number}"
    yield f"{ROOT}/terlambat?kantor={BNN}"
    yield f"{ROOT}/evaluasi?kantor={BNN}"
    yield f"{ROOT}/laporan/{number}/foto/2"


def _forms(number: Number, own: Number) -> Iterator[tuple[str, dict[str, str]]]:
    """What is sent: every act on that report, a report of one's own that shall go along with it, and files."""
    for act in ORDERS:
        yield f"{ROOT}/laporan/{number}/{act.value}", {"text": "catatan", "to": LURAH}
    yield f"{ROOT}/laporan/{own}/link", {"to": number}
    yield f"{ROOT}/banyak", {"pilih": number, "tindakan": "note", "text": "catatan"}
    for narrowed in ({"saringan": "daftar=all"}, {"cari": number}, {"cari": "sabu"}, {"saringan": f"kantor={BNN}"}):
        yield f"{ROOT}/ekspor", {"bentuk": "csv", **narrowed}


async def _seen(city: City, number: Number, folder: Path) -> Found:
    own, context = city.report.number, replace(Town(proved=()).context, rng=FakeRandomSource(7))
    found: Found = {}
    async with pages(city.store, folder, city.now, context) as wire, AsyncExitStack() as stack:  # type: ignore[arg-type]  # an SqlStore it is
        for name, *_ in (*OTHERS, *OWN[:1]):
            client = await stack.enter_async_context(httpx.AsyncClient(transport=wire, base_url="https://resi.test"))
            await logs_in(client, name)
            crawler = Crawler(client, MOST)
            found[name] = await crawler.goes_everywhere(ROOT)
            found[name] += [came(each, await client.get(each)) for each in _addresses(number)]
            token = form_token((await client.get(ROOT)).text)
            for to, form in _forms(number, own):
                found[name].append(came(f"{to} {form}", await client.post(to, data={"csrf": token, **form})))
        public = await stack.enter_async_context(httpx.AsyncClient(transport=wire, base_url="https://localhost"))
        found["public"] = [came(each, await public.get(each)) for each in PUBLIC]
    return found


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> tuple[Found, Found]:
    found, number = [], Number("")
    for more in (True, False):
        folder = tmp_path_factory.mktemp("more" if more else "less")
        url = f"sqlite:///{folder / 'resi.db'}"
        migrate(url)
        with closing(open_store(url, keys)) as store:
            city = _city(store)
            number = _told(city) if more else number
            found.append(asyncio.run(_seen(city, number, folder)))
    return found[0], found[1]


@pytest.mark.parametrize("who", [*(name for name, *_ in OTHERS), "public"])
def test_no_page_of_anybody_else_tells_that_there_is_one(twins: tuple[Found, Found], who: str) -> None:
    more, less = (_plain(each[who]) for each in twins)
    assert list(more) == list(less)
    assert [address for address, page in more.items() if page != less[address]] == []


def test_its_own_office_sees_it_so_that_the_walk_would(twins: tuple[Found, Found]) -> None:
    more, less = (_plain(each["bnn"]) for each in twins)
    differ = [address for address, page in more.items() if page != less.get(address)]
    for asked in ("/daftar?cari=sabu", "?jenis=narkoba", "/peta?kantor=bnnp_dki", "/banyak?pilih=", "/ekspor {"):
        assert any(asked in each for each in differ), asked


def _plain(found: list[Came]) -> dict[str, tuple[int, bytes]]:
    """But the trail, where auditors find every reading of such a report, and how many letters wait by channel."""
    shown = [each for each in found if not each.address.startswith(_TOLD)]
    return {each.address: (each.status, _CSRF.sub(b"", each.layers)) for each in shown}
