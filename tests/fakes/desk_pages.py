"""The pages of the desk, and the public ones, over the real house and a real store, in this process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

import httpx

from app import metrics
from app.desk import DeskBackend
from app.page_data import Pages
from app.partners import PartnerFiling
from app.report_search import Search
from app.sandbox import Sandbox
from app.tracking_page import TrackingPage
from app.turns import Turns
from bots.sms.phone_numbers import own_number
from core import casework
from core.casework import Turn
from core.model import Staff, StaffId
from core.ports import Context, Store
from storage import Files, SqlStore, hashed
from tests.fakes.office import ROOT, form_token
from tests.fakes.set_up import settings_in
from tests.fakes.time_and_random import FakeClock
from tests.fakes.web_services import Behind
from web import create_app

PASSWORD = "kata sandi yang panjang"  # the same for all of them


@asynccontextmanager
async def pages(store: SqlStore, folder: Path, now: datetime, context: Context) -> AsyncIterator[httpx.ASGITransport]:
    """All that a browser can open, at that time."""
    sandbox = Sandbox()
    sandbox.start()
    files = Files(folder / "files")
    turns = Turns(store, files, sandbox, context, FakeClock(now))
    own = Search(turns)
    services = DeskBackend(turns, files, sandbox, own)
    search = asyncio.create_task(own.keep())
    desk = replace(services.desk(settings_in(folder), lambda: True), ways={"sms": own_number})

    async def figures() -> bytes:
        found = await turns.call(lambda: metrics.kept(store.figures, lambda: 0, now))
        return metrics.text(metrics.Process(leads=True, refusals=services.refusals), found)

    public, tracking = Pages(turns), TrackingPage(turns, files, sandbox)
    app = create_app(
        replace(
            Behind().services(),
            desk=desk,
            open311=PartnerFiling(turns).open311(),
            track=tracking.track,
            act=tracking.act,
            statistics=public.statistics,
            metrics=figures,
        )
    )
    try:
        yield httpx.ASGITransport(app, client=("198.51.100.7", 4711))
    finally:
        search.cancel()
        with suppress(asyncio.CancelledError):
            await search
        turns.close()
        sandbox.stop()


def hire(store: Store, context: Context, now: datetime, *staff: Staff) -> None:
    """Accounts with PASSWORD."""
    digest = hashed(PASSWORD)
    for new in staff:
        store.run(lambda tx, new=new: casework.add_staff(Turn(tx, now, context), replace(new, id=StaffId("")), digest))  # type: ignore[misc]  # a default binds the loop variable


async def logs_in(client: httpx.AsyncClient, name: str) -> None:
    """Whoever was hired here."""
    page = (await client.get(f"{ROOT}/masuk")).text
    typed = {"csrf": form_token(page), "nama": name, "sandi": PASSWORD, "ke": ""}
    assert (await client.post(f"{ROOT}/masuk", data=typed)).status_code == HTTPStatus.SEE_OTHER
