"""Who knows when, where and of what somebody reported reads everything that is public, hour by hour, for days."""

import re
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from app.due_work import publish_due_batches
from app.page_data import Pages
from app.partners import PartnerFiling
from core import areas
from core.categories import category
from core.intake.filing import Entry, entered
from core.messages import Address
from core.model import Draft, Number, Place, Publishing, Unpublished
from storage import Files, Keys
from tests.fakes.cued_house import CuedStore, Inside
from tests.fakes.public_day import MIDNIGHT, public_day
from tests.fakes.web_services import Behind, get
from web import create_app

pytestmark = pytest.mark.hostile

LEAST = 5
SIZE = 508  # a day of 2024
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Row = Mapping[str, Any]


@dataclass
class City:
    """A service with its public pages, and who reported what in it."""

    inside: Inside
    app: FastAPI
    filed: dict[Number, Unpublished] = field(default_factory=dict)

    def files(self, day: list[Unpublished], since: datetime, until: datetime) -> None:
        for each in day:
            if since <= each.received < until:
                self._file(each)
        self.inside.clock.at = until

    def _file(self, known: Unpublished) -> None:
        place = Place(known.area, "" if known.area is None else areas.full_name(known.area))
        sender = Address(known.sender.hex()) if known.sender else None
        entry = Entry("telegram", Draft("Tolong dibantu", known.category, place), "id", None, sender)
        context = self.inside.turns.context
        report, _ = self.inside.store.run(lambda tx: entered(tx, entry, known.received, context))
        self.filed[report.number] = known

    def passes(self) -> None:
        publish_due_batches(self.inside.store, self.inside.turns.context, self.inside.clock.now())

    async def rows(self, asked: str = "") -> list[Row]:
        answer = await get(self.app, f"/open311/v2/requests.json{asked}")
        found: list[Row] = answer.json()
        return found

    async def status_of(self, number: Number) -> int:
        return (await get(self.app, f"/open311/v2/requests/{number}.json")).status_code

    async def figures(self) -> dict[tuple[str, str], int]:
        """Every number of /statistik, by its table and row."""
        self.app.state.recent = type(self.app.state.recent)(self.app.state.services.statistics)  # a minute has passed
        page = (await get(self.app, "/statistik?lang=en")).text
        found: dict[tuple[str, str], int] = {}
        for table in re.findall(r"<caption>(.*?)</caption>(.*?)</table>", page, re.DOTALL):
            for label, count in re.findall(r'<th scope="row">(.*?)\n.*?<td>(.*?)</td>', table[1], re.DOTALL):
                found[table[0], label] = int(count.replace(",", ""))
        total = re.search(r'class="total"><b>(.*?)</b>', page)
        return found | ({("", "total"): int(total[1].replace(",", ""))} if total else {})


@pytest.fixture
async def city(sqlite_url: str, keys: Keys, tmp_path: Path) -> AsyncIterator[City]:
    inside = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    inside.turns.context = replace(inside.turns.context, publishing=Publishing(DAY, LEAST))
    inside.clock.at = MIDNIGHT
    services = replace(
        Behind().services(), open311=PartnerFiling(inside.turns).open311(), statistics=Pages(inside.turns).statistics
    )
    yield City(inside, create_app(services))
    inside.close()


def may_be(row: Row, known: Unpublished) -> bool:
    """Whether a public row can be the report that somebody knows of."""
    kinds = {known.category, category(known.category).group, "any"}
    area, told = known.area or "", row["address_id"] or ""
    return row["service_code"] in kinds and (area.startswith(told) or not area)


async def test_nothing_public_moves_when_a_report_comes_in(city: City) -> None:
    day = public_day(SIZE)
    before = await city.figures()
    for hour in range(24):
        city.files(day, MIDNIGHT + hour * HOUR, MIDNIGHT + (hour + 1) * HOUR - timedelta(minutes=1))
        city.passes()
        assert await city.rows() == []
        assert await city.figures() == before
        assert {await city.status_of(number) for number in list(city.filed)[-3:]} <= {404}


async def test_who_knows_minute_kelurahan_and_kind_is_left_with_five_people_or_more(city: City) -> None:
    day = public_day(SIZE)
    city.files(day, MIDNIGHT, MIDNIGHT + DAY)
    city.passes()
    rows = await city.rows()
    assert {row["service_request_id"] for row in rows} == set(city.filed), "all of the day, at once"
    assert [row["service_request_id"] for row in rows] == sorted(city.filed), "by number, which is chance"
    assert len({(row["requested_datetime"], row["updated_datetime"], row["status"]) for row in rows}) == 1
    of_class: dict[tuple[str, str], set[bytes]] = {}
    for row in rows:
        shared = row["service_code"], row["address_id"]
        of_class.setdefault(shared, set()).add(city.filed[row["service_request_id"]].sender)
    assert min(map(len, of_class.values())) >= LEAST
    for known in day:
        could_be = {city.filed[row["service_request_id"]].sender for row in rows if may_be(row, known)}
        assert len(could_be - {known.sender}) >= LEAST - 1
    for number in list(city.filed)[::50]:
        [alone] = (await get(city.app, f"/open311/v2/requests/{number}.json")).json()
        assert alone in rows, "a request by number answers as the list does"


async def test_no_filter_of_the_list_tells_more_than_the_list(city: City) -> None:
    city.files(public_day(SIZE), MIDNIGHT, MIDNIGHT + DAY)
    city.passes()
    rows = await city.rows()
    assert len(rows) == SIZE
    for code in {category(known.category).id for known in city.filed.values()}:
        found = await city.rows(f"?service_code={code}")
        assert found == [row for row in rows if row["service_code"] == code]
    for group in {category(known.category).group for known in city.filed.values()}:
        found = await city.rows(f"?service_code={group}")
        inside = {row["service_code"] for row in found}
        assert found == [row for row in rows if row["service_code"] in inside]
    assert await city.rows("?status=closed") == []


async def test_no_figure_and_no_pair_of_pages_gives_away_a_few(city: City) -> None:
    pages = [await city.figures()]
    for number in range(3):
        begins = MIDNIGHT + number * DAY
        city.files(public_day(SIZE, seed=number, at=begins), begins, begins + DAY)
        city.passes()
        pages.append(await city.figures())
    assert pages[-1]["", "total"] == 3 * SIZE
    for before, after in pairwise(pages):
        for cell in before.keys() | after.keys():
            assert after.get(cell, 0) == 0 or after[cell] >= LEAST
            difference = after.get(cell, 0) - before.get(cell, 0)
            assert difference == 0 or abs(difference) >= LEAST, cell
        sums = Counter[str]()
        for (table, _), count in after.items():
            sums[table] += count
        assert {sums[table] for table in ("By field", "By kecamatan", "By day, the last 30 days")} == {sums[""]}


async def test_a_forger_who_knows_where_somebody_reports_plants_in_vain(city: City) -> None:
    """Mails in other people's names stand beside the one report as if they were not there."""
    alone = replace(public_day(1)[0], sender=b"me")
    forged = [replace(alone, sender=b"") for _ in range(20)]
    city.files([alone, *forged], MIDNIGHT, MIDNIGHT + DAY)
    city.passes()
    assert await city.rows() == []


async def test_an_officer_who_plants_four_proved_reports_sees_the_fifth(city: City) -> None:
    """The attack that remains, as docs/publication.md says: four proved senders of their own, and nobody else there."""
    alone = replace(public_day(1)[0], sender=b"me")
    planted = [replace(alone, sender=bytes([9, each])) for each in range(LEAST - 1)]
    city.files([alone, *planted], MIDNIGHT, MIDNIGHT + DAY)
    city.passes()
    rows = await city.rows()
    assert len(rows) == LEAST
    assert {row["address_id"] for row in rows} == {alone.area}
