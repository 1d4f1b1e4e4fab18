"""However much there is and whoever asks: a list, a search and a report's page take no more than eight statements."""

from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import httpx
import pytest

from app.desk import DeskBackend
from app.report_search import Search
from app.sandbox import Sandbox
from app.time_and_random import SystemRandomSource
from app.turns import Turns
from core import workflow
from core.casework import Which, add_canned
from core.categories import CATEGORIES
from core.messages import StoredFile
from core.model import (
    Act,
    AgencyId,
    AreaCode,
    Canned,
    CannedId,
    CategoryId,
    Factor,
    Handling,
    HistoryEntry,
    Mention,
    Number,
    Place,
    Report,
    SavedView,
    Session,
    SessionId,
    SessionToken,
    Staff,
    StaffId,
    StaffRole,
    Status,
)
from core.ports import UnitOfWork
from core.record import Turn
from storage import Files, Keys
from tests.fakes import nouns
from tests.fakes.counted_store import CountedStore
from tests.fakes.nouns import AGENCY, NOW
from tests.fakes.set_up import settings_in
from tests.fakes.time_and_random import FakeClock
from tests.fakes.town import Town
from tests.fakes.web_services import Behind
from web import create_app
from web.desk.session import ROOT, SESSION

MOST = 8
CITY = 600  # reports: more than a page, and than what could be looked at in parts
DAY = timedelta(days=1)
BNN, BIRO, BEFORE = AgencyId("bnnp_dki"), workflow.BIRO, AgencyId("kel:31.71.01.1001")
TEBET, DRUGS = AreaCode("31.74.01.1001"), CategoryId("narkoba")
LIGHTS = next(each.id for each in CATEGORIES if each.restricted is None)
PEOPLE = {
    "siti": (StaffRole.OFFICER, AGENCY),
    "lurah": (StaffRole.HEAD, AGENCY),
    "before": (StaffRole.OFFICER, BEFORE),
    "bnn": (StaffRole.OFFICER, BNN),
    "kepala": (StaffRole.HEAD, BNN),
    "biro": (StaffRole.BIRO, BIRO),
    "loket": (StaffRole.CLERK, AGENCY),
    "admin": (StaffRole.ADMIN, BIRO),
    "auditor": (StaffRole.AUDITOR, BIRO),
}
FILTERS = (
    "",
    "status=proses",
    f"jenis={LIGHTS}",
    f"jenis={DRUGS}",
    f"wilayah={TEBET}",
    "saluran=sms",
    f"kantor={AGENCY}",
    f"jenis={DRUGS}&wilayah={TEBET}&status=proses&saluran=sms&kantor={BNN}",
)
PAGES = [(FILTERS[4], "hal=5"), (FILTERS[-1], "hal=9999"), (f"cari=lampu&{FILTERS[4]}", "hal=2")]
ALL_KINDS = ("siti", "bnn", "biro")  # of an office, of one with restricted reports, of the whole city
READERS = ("siti", "lurah", "before", "bnn", "kepala", "biro")
HISTORY = (
    HistoryEntry(NOW, Status.PROSES, AGENCY, "dikerjakan", Act.START),
    HistoryEntry(NOW, Status.PROSES, AGENCY, "di mana tepatnya?", Act.ASK),
    HistoryEntry(NOW, Status.PROSES, AGENCY, "depan pasar", Act.ANSWER, (StoredFile("b" * 40, "k", "image/jpeg", 9),)),
    HistoryEntry(NOW, Status.PROSES, AGENCY, "catatan untuk @siti", Act.NOTE),
)


def made(*, restricted: bool = False, number: int = 0, looked: bool = True) -> Report:
    """A report with all that a page can show."""
    report = nouns.report("Lampu mati di depan pasar", place=Place(TEBET, "Tebet Timur", "depan pasar"))
    report = replace(
        report,
        number=Number(report.number.upper()),
        restricted=restricted,
        agency=BNN if restricted else AGENCY,
        category=DRUGS if restricted else LIGHTS,
        channel=("sms", "mail")[number % 2],
        received=NOW - (number + 20) * nouns.MINUTE,
        due=NOW + number * nouns.MINUTE - DAY,
        files=(StoredFile("a" * 40, "k", "image/jpeg", 9),),
        handling=Handling(looked=looked, lookalikes=(Number("R00000001"),)),
    )
    return workflow.with_alarm(report)


@dataclass
class ListenedDesk:
    """The desk as in production, over a database that is listened to."""

    store: CountedStore
    browser: httpx.AsyncClient
    staff: dict[str, Staff] = field(default_factory=dict)

    def files(self, *reports: Report, history: Sequence[HistoryEntry] = ()) -> None:
        """Each by the office before, where it may have been elsewhere."""

        def turn(tx: UnitOfWork) -> None:
            for report in reports:
                tx.reports.add(report if report.restricted else replace(report, agency=BEFORE), nouns.entry())
                for entry in (HISTORY[0], *history):
                    tx.reports.change(report, entry)

        self.store.run(turn)

    def hires(self, name: str, role: StaffRole, agency: AgencyId) -> None:
        """With a second step, and with filters that have names."""
        staff = self.staff[name] = Staff(StaffId(nouns.token()), name, agency, role)

        def turn(tx: UnitOfWork) -> None:
            tx.accounts.add(staff, "hash")
            tx.factors.put(Factor(staff.id, "secret", on=True))
            for view in ("a", "b"):
                tx.views.put(SavedView(staff.id, view, "status=proses"))

        self.store.run(turn)

    def mentions(self, name: str, *reports: Report) -> None:
        for each in reports:
            mention = Mention(self.staff[name].id, each.number, NOW)
            self.store.run(lambda tx, mention=mention: tx.mentions.put(mention))  # type: ignore[misc]  # a default binds the loop variable

    async def asks(self, name: str, path: str) -> list[str]:
        """The statements of a page, asked for after a pause, so that the use of the session is noted too."""
        token, before = SessionToken(SystemRandomSource().token()), NOW - timedelta(minutes=5)
        session = Session(SessionId(nouns.token()), self.staff[name].id, before, before, whole=True)
        self.store.run(lambda tx: tx.sessions.add(session, token))
        self.browser.cookies.set(SESSION, token.reveal())
        self.store.asked.clear()
        answer = await self.browser.get(path)
        assert answer.status_code == 200, (name, path, answer.status_code)
        return list(self.store.asked)


@pytest.fixture
async def listened(sql_url: str, keys: Keys, tmp_path: Path) -> AsyncIterator[ListenedDesk]:
    with closing(CountedStore(sql_url, keys)) as store:
        services = Files(tmp_path / "files"), Sandbox()
        turns = Turns(store, *services, Town().context, FakeClock(NOW))
        search = Search(turns)
        search.build()
        desk = DeskBackend(turns, *services, search)
        shown = replace(desk.desk(settings_in(tmp_path), lambda: False), production=True)
        app = create_app(replace(Behind().services(), desk=shown))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://resi.test") as browser:
            listened = ListenedDesk(store, browser)
            for name, (role, agency) in PEOPLE.items():
                listened.hires(name, role, agency)
            for office in (None, AGENCY, BNN):
                canned = Canned(CannedId(""), office, "Halo", "Halo, terima kasih.")
                store.run(lambda tx, canned=canned: add_canned(Turn(tx, NOW, turns.context), canned))  # type: ignore[misc]  # a default binds the loop variable
            yield listened
        turns.close()


def fits(asked: list[str], name: str, path: str) -> None:
    """Says what to look at where it does not."""
    told = "\n".join(" ".join(each.split())[:300] for each in asked)
    assert 0 < len(asked) <= MOST, f"{name}, {path}: {len(asked)} statements\n{told}"


# A colleague who names somebody has opened the report, and a restricted one stays at its office.
KINDS = [each for each in product((False, True), repeat=3) if each != (True, False, True)]


@pytest.mark.parametrize(("restricted", "looked", "mentioned"), KINDS)
async def test_the_page_of_a_report(listened: ListenedDesk, restricted: bool, looked: bool, mentioned: bool) -> None:  # noqa: FBT001 - parameters of pytest
    readers = [name for name in READERS if (PEOPLE[name][1] == BNN) == restricted]
    for name in readers:
        report = made(restricted=restricted, looked=looked)
        listened.files(report, history=HISTORY)
        if mentioned:
            listened.mentions(name, report)
        path = f"{ROOT}/laporan/{report.number}"
        for shown in (path, f"{path}?selesai=note", path):
            fits(await listened.asks(name, shown), name, shown)


async def test_lists_and_searches(listened: ListenedDesk) -> None:
    plain, secret = ([made(restricted=each, number=number) for number in range(CITY)] for each in (False, True))
    listened.files(*plain, *secret)
    for name in PEOPLE:
        listened.mentions(name, plain[0], secret[0])
    words = ("lampu", "lampu+depan+pas", "kenari", "R00000000", plain[0].number, secret[0].number)
    searches = [f"cari={typed}" for typed in words]
    lists = [f"daftar={which.value}" for which in Which]
    every = [*product(lists, FILTERS), *product(searches[:2], FILTERS), *product(searches, FILTERS[:1]), *PAGES]
    for name in PEOPLE:
        queries = every if name in ALL_KINDS else [*PAGES, *product(searches[:1], FILTERS[-2:])]
        for query in map("&".join, queries):
            fits(await listened.asks(name, f"{ROOT}?{query}"), name, query)


async def test_a_search_reads_what_came_since_and_all_that_is_new(listened: ListenedDesk) -> None:
    for _ in range(2):
        reports = [made(number=-20) for _ in range(300)]  # all of this minute, as in a storm
        listened.files(*reports)
        for name, last in product(READERS[:3], ("", f"&jenis={LIGHTS}")):
            query = f"cari=lampu&daftar=all{last}"
            fits(await listened.asks(name, f"{ROOT}?{query}"), name, query)
