"""One fault never blocks filing: mails over a real SMTP conversation, with readers that fail."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from app.faults import Faults
from core import places
from core.messages import Envelope, IntakeResult
from core.model import Report, ReportId
from core.watch import watched
from core.workflow import BIRO
from storage import Files, Keys
from tests.fakes.broken_readers import CANARY, BrokenReaders
from tests.fakes.cued_house import CuedStore, Inside, until
from tests.fakes.mail_door import Core, opened
from tests.fakes.patience import PATIENCE
from tests.fakes.rows import deliveries
from tests.fakes.town import CODE
from tests.fakes.web_server import serving

pytestmark = pytest.mark.journey

WORDS = "Lampu jalan mati di depan pasar, sudah seminggu gelap. Telepon saya 0812-3456-7890."
MAIL = f"Subject: Lampu mati\r\nMessage-ID: <satu@warga.test>\r\n\r\n{WORDS}\r\n- Tomasz W.\r\n".encode()
TRACES = ("Tomasz", "0812", "7890")
MAIL_READERS = ("mail", "trim")
READERS = ("redact", "suggest", "danger", "parts", "areas", "points", "codes", *MAIL_READERS)


class House(Core):
    """Behind the mail's door the inside of the service, on its real store."""

    def __init__(self, inside: Inside) -> None:
        super().__init__()
        self.inside = inside

    async def take(self, envelope: Envelope) -> IntakeResult:
        self.answer = await self.inside.turns.take(envelope)
        return self.answer


@pytest.fixture
async def inside(sqlite_url: str, keys: Keys, tmp_path: Path) -> AsyncIterator[Inside]:
    made = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    made.turns.connections["mail"] = made.wire
    yield made
    made.close()


async def _mailed(inside: Inside, faults: Faults) -> int:
    """The code that SMTP answers with."""
    inside.turns.faults = faults
    with watched(faults):
        async with opened(House(inside)) as door:
            return await door.mails(MAIL)


async def _answer(inside: Inside) -> str:
    loop = asyncio.create_task(inside.outbox().run())
    await until(lambda: deliveries(inside.store) == 0)
    loop.cancel()
    await asyncio.wait([loop])
    [said] = inside.wire.sent
    return said.text


def _report(inside: Inside) -> Report:
    long_ago = datetime(2000, 1, 1, tzinfo=UTC)
    [report], _ = inside.store.read(lambda tx: tx.texts.after(long_ago, ReportId(""), 10, 10))
    return report


async def test_a_mail_that_ends_in_a_name_behind_a_dash_is_filed_with_a_code(inside: Inside) -> None:
    faults = BrokenReaders()
    assert await _mailed(inside, faults) == 250
    assert CODE.search(await _answer(inside))
    report = _report(inside)
    assert "Lampu jalan mati di depan pasar, sudah seminggu gelap." in report.text
    assert not [trace for trace in TRACES if trace in report.text]
    assert faults.heard == []


@pytest.mark.parametrize("broken", [*((each,) for each in READERS), READERS], ids="+".join)
async def test_whichever_reader_fails_the_mail_is_taken_filed_closed_and_counted(
    inside: Inside, broken: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    faults = BrokenReaders(*broken)
    with caplog.at_level(logging.DEBUG):
        assert await _mailed(inside, faults) == 250
    answer = await _answer(inside)
    assert CODE.search(answer)
    report = _report(inside)
    assert "Lampu jalan mati di depan pasar" in report.text
    assert not [trace for trace in TRACES if trace in report.text]
    counted = faults.counts()
    assert all(counted[each].faults for each in broken)
    assert CANARY not in str([vars(record) for record in caplog.records])
    if "suggest" in broken:
        assert report.agency == BIRO, "it may be about whoever is at the place"
    if "danger" in broken:
        assert "112" in answer


async def test_pages_are_read_under_the_watch_of_who_began_to_serve() -> None:
    faults = BrokenReaders("areas")
    pages = FastAPI()

    @pages.get("/loop")
    async def in_the_loop() -> bool:
        return places.find("tebet timur").certain

    @pages.get("/thread")
    def on_a_thread() -> bool:
        return places.find("tebet timur").certain

    with watched(faults):
        async with serving(pages) as listener:
            address = f"http://127.0.0.1:{listener.port}"
            async with httpx.AsyncClient(timeout=PATIENCE) as client:
                said = [(await client.get(f"{address}/{path}")).json() for path in ("loop", "thread")]
    assert said == [False, False]
    assert [reader for reader, _ in faults.heard] == ["areas", "areas"]
