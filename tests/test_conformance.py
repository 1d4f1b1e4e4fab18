"""The look at a server of Open311: one that keeps to the standard passes, each that breaks it in one way does not."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from app.partners import PartnerFiling
from core.intake import Filled
from core.model import CategoryId, Partner
from storage import Files, Keys
from tests.conformance.__main__ import look
from tests.conformance.rules import RULES, Server
from tests.fakes.cued_house import CuedStore, Inside
from tests.fakes.georeport_server import BROKEN, KEY, GeoReport
from tests.fakes.patience import PATIENCE
from tests.fakes.web_server import serving
from tests.fakes.web_services import Behind
from web import create_app


def looked_at(kind: type[GeoReport]) -> dict[str, list[str] | None]:
    wire = httpx.MockTransport(kind().answer)
    with httpx.Client(base_url="https://city.test/v2/", transport=wire) as client:
        return look(Server(client, KEY))


def test_a_server_that_keeps_to_the_standard_passes_every_rule() -> None:
    assert looked_at(GeoReport) == {rule.__name__: [] for rule in RULES}


@pytest.mark.parametrize(("kind", "rule"), BROKEN.items(), ids=lambda each: getattr(each, "__name__", each))
def test_a_server_that_breaks_the_standard_is_found_out(kind: type[GeoReport], rule: str) -> None:
    assert looked_at(kind)[rule]


def test_every_rule_is_broken_by_some_server() -> None:
    found = {name for kind in BROKEN for name, wrong in looked_at(kind).items() if wrong}
    assert found == {rule.__name__ for rule in RULES}


@pytest.fixture
def inside(sqlite_url: str, keys: Keys, tmp_path: Path) -> Iterator[Inside]:
    house = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    yield house
    house.close()


async def test_our_own_server_passes_every_rule(inside: Inside) -> None:
    inside.store.run(lambda tx: tx.partners.add(Partner("jaki-app", "jaki"), KEY))
    machines = PartnerFiling(inside.turns)
    for kind in ("jalan_rusak", "pju", "sampah", "pju"):
        await machines.file(KEY, Filled("", CategoryId(kind), "Lubang besar", "Kelurahan Tebet Barat"))
    services = replace(Behind().services(), open311=machines.open311(), public_url="https://resi.test")
    async with serving(create_app(services)) as listener:
        with httpx.Client(base_url=f"http://127.0.0.1:{listener.port}/open311/v2/", timeout=PATIENCE) as client:
            found = await asyncio.to_thread(look, Server(client, KEY, inside.clock.now()))
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
