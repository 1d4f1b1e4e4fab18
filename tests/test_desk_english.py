"""The desk in English: what reads the same in both languages on any page is a name, a code or a citizen's words."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

from core import areas, workflow
from core.categories import AGENCIES
from core.model import AgencyId, Right, StaffRole, roles_with
from core.phrases import KEYS, named, phrase
from tests.fakes.office import GAMBIR, ROOT, Browser, Office
from web.desk.export import HEADS
from web.desk.routes import Page
from web.desk.table import PAGES

STORY = "Lampu jalan mati di kelurahan Gambir"
# What is typed or stored as it stands, in whatever language: kinds of files, roles of a table, acts of the trail.
CODES = frozenset(
    {"CSV", "XLSX", "SQLite", "desk", "login", "page-refused", "siti.aminah", "biro_pemerintahan", *StaffRole}
)
_SECRET = re.compile(r"(?:[A-Z2-7]{4} ?){8}")  # of the second step
READ_ALOUD = frozenset({"aria-label", "title", "placeholder", "alt"})
PLAIN = [key for key in KEYS if not named(key, "en")]
SAME = frozenset(phrase(key, "en") for key in PLAIN if phrase(key, "en") == phrase(key, "id"))
NAMES = frozenset(
    [
        *(each.name for each in areas.AREAS.values()),
        *(areas.full_name(code) for code in areas.AREAS),
        *(each.name for each in AGENCIES.values()),
        *(workflow.agency_name(each, "en") for each in (*AGENCIES, *(areas.office(code) for code in areas.AREAS))),
    ]
)


class Words(HTMLParser):
    """Every text that somebody reads or hears."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style"}
        self.found.update(value for name, value in attrs if name in READ_ALOUD and value)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent and re.search(r"[A-Za-z]{3}", data):
            self.found.add(" ".join(data.split()))


async def test_every_page_and_every_answer_to_a_form_is_in_english() -> None:
    office = Office()
    office.town.clock.at = datetime(2021, 8, 9, 3, 14, tzinfo=UTC)  # a month that the languages call by other names
    report = office.receives(STORY)
    city = roles_with(Right.CITY, Right.ARRANGE, Right.AUDIT)
    for role in StaffRole:
        office.hire(role.value, role, AgencyId("biro_pemerintahan") if role in city else GAMBIR)
    browsers = {role: await office.at_work(role.value) for role in StaffRole}
    staff = office.hire("siti")
    known = SAME | NAMES | CODES | {STORY, report.number, "siti", "staff-disable siti", "staff-reset siti"}
    for page in (each for each in PAGES if not each.path.endswith((".pdf", "/keluar"))):
        path = page.address.replace("{number}", report.number).replace("{staff}", staff.id).replace("{action}", "note")
        path = re.sub(r"{\w+}", "1", path)
        browser = browsers[min(page.roles or StaffRole)]
        said = [Words(await _shown(browser, page, f"{path}?lang={lang}")).found for lang in ("id", "en")]
        same = {each for each in said[0] & said[1] if not _is_known(each, known)}
        assert not same, path


async def _shown(browser: Browser, page: Page, path: str) -> str:
    if page.method == "GET":
        return (await browser.opens(path)).text
    return (await browser.sends(ROOT, path)).text


def _is_known(text: str, known: frozenset[str]) -> bool:
    """Whether it is made of names, codes and numbers alone."""
    parts = [each.strip() for each in re.split(r"[,\u00b7()|;]|\d+", text) if re.search(r"[A-Za-z]{3}", each)]
    return text in known or all(each in known or _SECRET.fullmatch(text) for each in parts)


async def test_a_list_that_is_taken_away_has_an_english_name_and_english_heads() -> None:
    office = Office()
    office.hire("siti")
    office.receives(STORY)
    browser = await office.at_work("siti")
    answer = await browser.sends(ROOT, f"{ROOT}/ekspor?lang=en", {"bentuk": "csv"})
    assert answer.headers["content-disposition"] == 'attachment; filename="reports.csv"'
    head = answer.text.split("\n")[1]
    assert head == "|".join(phrase(f"desk_head_{each}", "en") for each in HEADS)
