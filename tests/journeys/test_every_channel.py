"""Each of the fourteen channels of the city's pack has a door; a report that comes by it is counted under its name."""

from collections.abc import Mapping
from csv import DictReader
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest
from fastapi import FastAPI

from app.page_data import Pages
from app.partners import PartnerFiling
from app.recounting import Recounting
from app.tracking_page import TrackingPage
from bots.sms import CHANNEL as SMS
from core import intake
from core.intake import Typed
from core.messages import ChannelCallbacks, Envelope, IntakeResult
from core.model import AgencyId, Partner, Staff, StaffId, StaffRole
from core.phrases import phrase
from core.record import Turn
from storage import Files, Keys
from tests.fakes.cued_house import CuedStore, Inside
from tests.fakes.kannel_server import KannelServer, incoming
from tests.fakes.mail_door import Core, opened
from tests.fakes.sms_callbacks import call
from tests.fakes.web_services import Behind, get, post
from web import create_app

pytestmark = pytest.mark.journey

TIMES: Final = 5  # as many as a channel must have to be shown
STORY: Final = "Lampu jalan nomor {at} mati sejak Senin di depan pasar, kelurahan Tebet Timur"
PARTNERS: Final = ("jaki", "qlue", "twitter", "facebook", "web", "gubernur")
COUNTERS: Final[Mapping[str, str]] = {
    "kelurahan": "kel:31.71.01.1001",
    "kecamatan": "kec:31.71.01",
    "walikota": "kota:jaksel",
    "pendopo": "biro_pemerintahan",
    "inspektorat": "inspektorat",
}
NUMBERS: Final[Mapping[str, str]] = {"sms1708": "1708", "sms": "08111272206"}
OF_THE_PACK: Final = ("mail", *PARTNERS, *COUNTERS, *NUMBERS)


@dataclass
class Doors:
    """One service with every door of it open, in this process. `files_by`: one report by the channel, each another."""

    inside: Inside
    app: FastAPI

    async def by_partner(self, channel: str, at: int) -> None:
        sent = (
            f"api_key=key-{channel}&service_code=pju&lat=&long=&address_string=Tebet+Timur&description=Mati+nomor+{at}"
        )
        answer = await post(self.app, "/open311/v2/requests.json", sent)
        assert answer.status_code == 201, answer.text

    async def at_counter(self, channel: str, at: int) -> None:
        clerk = Staff(StaffId(f"s-{channel}"), f"loket.{channel}", AgencyId(COUNTERS[channel]), StaffRole.CLERK)
        typed = Typed(f"{channel}-{at}", f"Lampu nomor {at} mati", "pju", "depan pasar, kelurahan Tebet Timur")
        now, context = self.inside.clock.now(), self.inside.turns.context
        if not at:
            self.inside.store.run(lambda tx: tx.accounts.add(clerk, "hash"))
        assert await self.inside.turns.run(lambda tx: intake.at_counter(Turn(tx, now, context), clerk, typed))


async def by_sms(inside: Inside) -> None:
    """Two numbers of one channel, as Kannel brings what is written to them."""

    async def receipt(_id: str, _arrived: bool) -> None:  # noqa: FBT001 - the port's shape
        raise AssertionError

    with KannelServer() as kannel:
        settings = kannel.settings("https://resi.example") | {"KANNEL_FROM": ", ".join(NUMBERS.values())}
        connection = SMS.connect(settings, ChannelCallbacks(inside.turns.take, receipt))
        for channel, number in NUMBERS.items():
            for at in range(TIMES):
                text, sender = f"LAPOR {STORY.format(at=at)}", f"+62812345{at:02}{len(channel)}89"
                query = incoming(text, sender=sender, id=f"{channel}-{at}", to=number)
                assert (await call(connection, "GET", "/hooks/sms", query=query)).status == 200


async def by_mail(inside: Inside) -> None:
    class Taking(Core):
        async def take(self, envelope: Envelope) -> IntakeResult:
            return await inside.turns.take(envelope)

    async with opened(Taking()) as door:
        for at in range(TIMES):
            content = f"Subject: Lampu\r\nMessage-ID: <{at}@warga.test>\r\n\r\n{STORY.format(at=at)}\r\n"
            assert await door.mails(content.encode(), sender=f"warga{at}@warga.test") == 250


def doors(inside: Inside, files: Files) -> Doors:
    for channel in PARTNERS:
        inside.store.run(lambda tx, channel=channel: tx.partners.add(Partner(channel, channel), f"key-{channel}"))  # type: ignore[misc]  # bound now
    pages, tracking = Pages(inside.turns, str), TrackingPage(inside.turns, files, inside.sandbox)
    services = replace(Behind().services(), track=tracking.track, statistics=pages.statistics)
    services = replace(services, open311=PartnerFiling(inside.turns, files, inside.sandbox).open311())
    return Doors(inside, create_app(pages.with_figures(services)))


async def test_each_of_the_fourteen_files_and_is_counted_by_its_name(
    sqlite_url: str, keys: Keys, tmp_path: Path
) -> None:
    files = Files(tmp_path / "files")
    inside = Inside(CuedStore(sqlite_url, keys), files)
    city = doors(inside, files)
    for at in range(TIMES):
        for channel in PARTNERS:
            await city.by_partner(channel, at)
        for channel in COUNTERS:
            await city.at_counter(channel, at)
    await by_sms(inside)
    await by_mail(inside)
    assert len(OF_THE_PACK) == 14
    assert {channel: count for channel, _, count in inside.store.figures.reports()} == dict.fromkeys(OF_THE_PACK, TIMES)
    Recounting().pass_to(inside.store, inside.turns.context, inside.clock.now())
    html = (await get(city.app, "/statistik")).text
    for channel in OF_THE_PACK:
        assert phrase(f"web_channel_{channel}", "id") in html, channel
    table = await get(city.app, "/statistik/tabel.csv?tabel=kanal&periode=bulan")
    rows = list(DictReader(table.text.removeprefix("\ufeff").splitlines()))
    assert {row["key"]: int(row["received"]) for row in rows} == dict.fromkeys(OF_THE_PACK, TIMES)
    inside.close()
