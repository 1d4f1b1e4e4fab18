"""Two cities that differ in who sent one report alone: whatever is forged in that name, nobody's pages tell them apart.

What the core holds is compared in test_forgers.py. This is what people see: every page that a role can reach, tables
that they take away, figures, what the public and the monitor read.
"""

import asyncio
import re
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from core.messages import Tag
from core.model import Act, AgencyId, Staff, StaffId, StaffRole
from storage import Keys, migrate, open_store
from tests.fakes.city import LURAH, City
from tests.fakes.crawler import Came, Crawler, came
from tests.fakes.desk_pages import hire, logs_in, pages
from tests.fakes.office import ROOT
from tests.fakes.time_and_random import FakeRandomSource
from tests.fakes.town import Town

pytestmark = pytest.mark.hostile

SUSPECT = {"mail": "tersangka@warga.example", "sms": "+6281100000001"}
STRANGER = {"mail": "orang.lain@warga.example", "sms": "+6281100000002"}
HOLE = "Jalan berlubang besar di kelurahan Tebet Barat, sudah seminggu"
LAMP = "Lampu jalan mati di kelurahan Tebet Barat sejak minggu lalu"
FORGED = (
    "1", "2 masih rusak", "ikut", "/start pju", "CABUT", "TAMBAH masih berlubang", "bukan saya, jangan dicabut",
    "di depan nomor 12", "kependudukan", f"LAPOR {HOLE}", f"LAPOR {LAMP}", "CEK 1234567890123456", "en",
)  # fmt: skip
ROLES = {
    "lurah": (LURAH, StaffRole.OFFICER),
    "kepala": (LURAH, StaffRole.HEAD),
    "biro": (AgencyId("biro_pemerintahan"), StaffRole.BIRO),
    "admin": (AgencyId("biro_pemerintahan"), StaffRole.ADMIN),
    "auditor": (AgencyId("inspektorat"), StaffRole.AUDITOR),
}
TAKERS = ("lurah", "biro")
PUBLIC = ("/open311/v2/requests.json", "/statistik", "/statistik?lang=en", "/metrics", "/lacak")
MOST = 60  # pages of one person, breadth first: those that lie deepest are months of figures
_TAG = re.compile(r"[a-z2-7]{26}")  # by a key of each database
_CSRF = re.compile(rb'name="csrf" value="[^"]*"')


@dataclass
class Seen:
    """What each role got, by address, and the public."""

    found: dict[str, list[Came]] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)  # by that name, of what was forged


def _acted(city: City, channel: str, reporter: str) -> list[str]:
    """A report, a question about it, and then all that is forged in the suspect's name."""
    city.run(city.writes((channel, reporter), f"LAPOR {HOLE}"))
    city.post()
    city.now += timedelta(hours=1)
    city.run(city.does("lurah", Act.ASK, "Di depan nomor berapa?"))
    city.post()
    begun = len(city.heard)
    for text in FORGED:
        city.run(city.writes((channel, SUSPECT[channel]), text))
        if channel == "mail":
            invented = {"in_thread": True, "answers": ("aaaa",), "tags": (Tag("a" * 26),)}
            city.run(city.writes((channel, SUSPECT[channel]), text, **invented))
        city.post()
    return [_TAG.sub("", text) for who, text in city.heard[begun:] if who == SUSPECT[channel]]


async def _seen(city: City, folder: Path) -> dict[str, list[Came]]:
    context = replace(Town(proved=()).context, rng=FakeRandomSource(7))
    found: dict[str, list[Came]] = {}
    async with pages(city.store, folder, city.now, context) as wire, AsyncExitStack() as stack:  # type: ignore[arg-type]  # an SqlStore it is
        for name in ROLES:
            client = await stack.enter_async_context(httpx.AsyncClient(transport=wire, base_url="https://resi.test"))
            await logs_in(client, name)
            crawler = Crawler(client, MOST)
            found[name] = await crawler.goes_everywhere(ROOT)
            if name in TAKERS:
                found[name].append(await _taken_away(client))
        public = await stack.enter_async_context(httpx.AsyncClient(transport=wire, base_url="https://localhost"))
        found["public"] = [came(each, await public.get(each)) for each in PUBLIC]
    return found


async def _taken_away(client: httpx.AsyncClient) -> Came:
    html = (await client.get(ROOT)).text
    hidden = dict(re.findall(r'type="hidden" name="(csrf|id)" value="([^"]*)"', html))
    form = hidden | {"bentuk": "csv", "saringan": "daftar=all", "cari": ""}
    return came(f"{ROOT}/ekspor", await client.post(f"{ROOT}/ekspor", data=form))


def _city(keys: Keys, folder: Path, channel: str, reporter: str) -> Seen:
    url = f"sqlite:///{folder / 'resi.db'}"
    migrate(url)
    with closing(open_store(url, keys)) as store:
        city = City(store, proved=())
        staff = [Staff(StaffId(""), name, agency, role) for name, (agency, role) in ROLES.items()]
        hire(store, Town().context, city.now, *staff)
        heard = _acted(city, channel, reporter)
        assert len(city.reports) >= 2
        return Seen(asyncio.run(_seen(city, folder)), heard)


@pytest.fixture(scope="module", params=["mail", "sms"])
def twins(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> tuple[Seen, Seen]:
    channel = request.param
    folders = [tmp_path_factory.mktemp(f"{channel}-{name}") for name in ("suspected", "free")]
    return (
        _city(keys, folders[0], channel, SUSPECT[channel]),
        _city(keys, folders[1], channel, STRANGER[channel]),
    )


def test_what_that_address_is_told_is_the_same(twins: tuple[Seen, Seen]) -> None:
    suspected, free = twins
    assert suspected.heard
    assert suspected.heard == free.heard


@pytest.mark.parametrize("who", [*ROLES, "public"])
def test_no_page_of_anybody_tells_the_two_cities_apart(twins: tuple[Seen, Seen], who: str) -> None:
    suspected, free = (_plain(each.found[who]) for each in twins)
    assert list(suspected) == list(free)
    assert len(suspected) >= 5
    assert [address for address, page in suspected.items() if page != free[address]] == []


def _plain(found: list[Came]) -> dict[str, tuple[int, bytes]]:
    return {each.address: (each.status, _CSRF.sub(b"", each.layers)) for each in found}


def test_the_walk_sees_the_report_and_would_see_a_second_sender(twins: tuple[Seen, Seen]) -> None:
    """Else equal pages would say nothing."""
    suspected, _ = twins
    for who in ("lurah", "biro", "public"):
        assert any(b"jalan_rusak" in each.layers or b"Jalan berlubang" in each.layers for each in suspected.found[who])
