"""Pages of the desk: what they say of a report's times is days, whatever minute it came in."""

import re
from datetime import datetime, timedelta

import pytest

from core import casework
from core.casework import Actor
from core.model import Act, AgencyId, StaffRole
from core.workflow import Order
from tests.fakes.office import GAMBIR, ROOT, Office

BIRO = AgencyId("biro_pemerintahan")
PAGES = ("", "/laporan/{number}", "/periksa", "?daftar=all", "?cari=lampu", "/banyak?pilih={number}")
LATE = ("", "/laporan/{number}", "/terlambat", f"/terlambat?kantor={GAMBIR}")


async def shown(received: datetime, looked: datetime, paths: tuple[str, ...]) -> list[str]:
    """A report that came in then, with a plan that was sent five minutes later, on pages that are asked for then."""
    office = Office()
    office.hire("lurah", StaffRole.HEAD, GAMBIR)
    office.hire("biro", StaffRole.BIRO, BIRO)
    office.town.clock.at = received
    number = office.receives().number
    office.town.clock.passes(minutes=5)
    for order in (Order(Act.START), Order(Act.PLAN, "Ganti lampu")):
        office.turn(lambda turn, order=order: casework.do(turn, Actor("lurah", "desk"), number, order))  # type: ignore[misc]  # a default binds the loop variable
    office.town.clock.at = looked
    browser = await office.at_work("biro")
    pages = [(await browser.opens(ROOT + path.format(number=number))).text for path in paths]
    assert any("Lampu jalan" in page for page in pages)
    secret = re.compile(rf'{number}|value="[0-9a-f]{{64}}"|(?<=mark=)[0-9a-f]+|(?<=tanda=)[0-9a-f]+')
    return [secret.sub("-", page) for page in pages]


@pytest.mark.parametrize("minutes", [1, 59, 60, 7 * 60])
async def test_nothing_tells_the_minute_or_the_hour_in_which_it_came(minutes: int) -> None:
    first = datetime.fromisoformat("2021-07-08T09:03+07:00")
    later, looked = first + timedelta(minutes=minutes), first + timedelta(days=2, hours=12)
    assert await shown(first, looked, PAGES) == await shown(later, looked, PAGES)


async def test_nor_how_late_it_is() -> None:
    first = datetime.fromisoformat("2021-07-08T09:03+07:00")
    looked = first + timedelta(days=9, hours=12)
    assert await shown(first, looked, LATE) == await shown(first + timedelta(hours=6), looked, LATE)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "sisa 7 hari"), (6, "sisa 1 hari"), (7, "batas waktunya hari ini"), (8, "lewat 1 hari")],
)
async def test_days_are_those_of_the_calendar(days: int, words: str) -> None:
    received = datetime.fromisoformat("2021-07-08T23:30+07:00")
    for looked in (received.replace(hour=23, minute=40), received.replace(hour=23, minute=58)):
        page = (await shown(received, looked + timedelta(days=days), PAGES))[1]
        assert words in page


async def test_what_a_page_says_of_ones_own_sessions_is_the_minute() -> None:
    office = Office()
    office.hire("siti")
    assert "10:14" in (await (await office.at_work("siti")).opens(f"{ROOT}/akun")).text
