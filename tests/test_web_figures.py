"""/statistik: plain tables, counted at most once a minute, and figures by what the address asks."""

import json
import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fastapi import FastAPI

from app.spreadsheets import csv_of
from core.model import SOLVED, FigureClass, FigureOutcome, FigureQuery, FigureSummary, PublicClass
from core.phrases import LANGUAGES, phrase
from core.publication import calendar
from tests.fakes.web_services import Behind, client, get
from web import Compared, FigureReport, OpenData, Statistics, Table, create_app
from web.figure_shapes import OpenFigure
from web.figure_table import COLUMNS as FIGURE_COLUMNS
from web.open_data import COLUMNS, SCHEMA

COUNTED = Statistics(
    12345,
    (
        Table("Menurut kota", (("Jakarta Selatan", 10000), ("Jakarta Utara", 2345))),
        Table("Kosong", ()),
        Table("Nol", (("Tidak ada", 0),)),
    ),
)


async def test_the_tables_are_shown_with_numbers_as_people_write_them() -> None:
    behind = Behind(counted=COUNTED)
    indonesian = (await get(behind.app(), "/statistik")).text
    english = (await get(behind.app(), "/statistik?lang=en")).text
    assert "12.345" in indonesian
    assert "12,345" in english
    assert "Jakarta Selatan" in indonesian
    assert "Kosong" not in indonesian


async def test_the_longest_bar_is_the_greatest_number() -> None:
    html = (await get(Behind(counted=COUNTED).app(), "/statistik")).text
    assert 'width="100.0%"' in html
    assert 'width="23.4%"' in html or 'width="23.5%"' in html
    assert 'width="0.0%"' in html


async def test_a_service_without_reports_says_so() -> None:
    html = (await get(Behind(counted=Statistics(0)).app(), "/statistik")).text
    assert phrase("web_statistics_none", "id") in html


async def test_how_batches_are_counted_is_said_in_place_of_how_all_are() -> None:
    html = (await get(Behind(counted=replace(COUNTED, note="Dari terbitan.")).app(), "/statistik")).text
    assert "Dari terbitan." in html
    assert phrase("web_statistics_note", "id") not in html
    assert phrase("web_statistics_lead", "id") not in html


MANY = FigureSummary(
    {FigureOutcome.RECEIVED: 1234, SOLVED[0]: 40, SOLVED[1]: 10, FigureOutcome.SATISFIED: 9}, 100, {2: 50}
)
FEW = FigureSummary({FigureOutcome.RECEIVED: 617})


@dataclass
class Figured:
    """Pages behind which some figures stand."""

    asked: list[FigureQuery] = field(default_factory=list)
    empty: bool = False
    now: FigureSummary = MANY
    before: int = 0  # periods of which nothing is told

    async def figures(self, query: FigureQuery) -> FigureReport:
        self.asked.append(query)
        query = replace(query, starts=query.starts or calendar.starts_of(query.grain, date(2026, 11, 24)))
        *earlier, last = calendar.ending(query.grain, query.starts, 2 + self.before)
        *untold, before = earlier
        if self.empty or not query.publishable:
            return FigureReport(query, ())
        return FigureReport(
            query,
            (*((each, FigureSummary()) for each in untold), (before, FEW), (last, self.now)),
            kinds=(Compared("jalan", MANY, FEW), Compared("", FEW, FEW)),
            areas=(Compared("31.74", MANY, FEW),),
            offices=(Compared("dinas_sda", FEW, FEW), Compared("kel:31.74.01.1001", MANY, FEW)),
            channels=(Compared("=cmd|'/c'!A1", MANY, FEW), Compared("telegram", FEW, MANY)),
            least=5,
            batches=True,
        )

    async def data(self, month: str) -> OpenData:
        coarse = FigureClass(PublicClass("jalan"), "=1+1")
        rows = (
            OpenFigure("2026-11-24", FigureOutcome.RECEIVED, coarse, 12, 0),
            OpenFigure("2026-11-24", FigureOutcome.IN_TIME, coarse, 5, 11),
        )
        return OpenData(month or "2026-11", rows, 5)

    def app(self) -> FastAPI:
        services = replace(Behind().services(), figures=self.figures, open_data=self.data, csv=csv_of)
        return create_app(replace(services, public_url="https://resi.example/"))


async def test_a_period_is_shown_beside_the_one_before_with_charts_that_have_names() -> None:
    html = (await get(Figured().app(), "/statistik?pada=2026-11&lang=en")).text
    assert "1,234" in html
    assert "+100 %" in html
    assert "80 %" in html, "forty of fifty in time"
    for svg in re.findall(r"<svg [^>]*role=.img.*?</svg>", html, re.DOTALL):
        assert ET.fromstring(svg).find("{http://www.w3.org/2000/svg}title") is not None  # noqa: S314 - our own
    assert html.count('role="img"') == 10, "five, each for a page and for a phone"
    assert not re.search(r"<style|\sstyle=|<script", html)


async def test_whoever_changes_from_months_to_weeks_is_never_told_that_a_month_is_no_week() -> None:
    """Periods are chosen from a list of those that there are, and buttons for others leave the chosen one behind."""
    app = Figured().app()
    html = (await get(app, "/statistik?pada=2026-11&jenis=jalan&lang=en")).text
    assert '<option value="2026-11" selected>November 2026</option>' in html
    weeks = re.search(r'href="([^"]*periode=minggu[^"]*)"', html)
    assert weeks is not None
    assert "pada" not in weeks[1]
    assert "jenis=jalan" in weeks[1]
    assert (await get(app, weeks[1].replace("&amp;", "&"))).status_code == 200
    latest = (await get(app, "/statistik?jenis=jalan&lang=en")).text
    assert "selected>November 2026" not in latest, "the latest is asked for by no name"


async def test_nought_is_not_told_of_the_time_before_anybody_counted() -> None:
    made = Figured(before=3)
    html = (await get(made.app(), "/statistik?pada=2026-11&lang=en")).text
    assert "October 2026" in html
    assert "September 2026" not in html


@pytest.mark.parametrize(
    ("in_time", "later", "told"), [(146, 2, "≥ 97 %"), (4, 96, "≤ 4 %"), (3, 3, None), (50, 0, "100 %")]
)
async def test_a_share_in_time_is_bounded_where_what_is_missing_is_too_few_to_tell(
    in_time: int, later: int, told: str | None
) -> None:
    some = replace(MANY, counts=dict(MANY.counts) | {SOLVED[0]: in_time, SOLVED[1]: later}, paced=later == 0)
    html = (await get(Figured(now=some).app(), "/statistik?lang=en")).text
    assert (told in html) if told is not None else ("≥" not in html and "≤" not in html)


async def test_offices_are_ranked_by_what_they_solve_in_time() -> None:
    answer = await get(Figured().app(), "/statistik/tabel.json?tabel=kantor")
    assert [each["key"] for each in answer.json()] == ["kel:31.74.01.1001", "dinas_sda"]


@pytest.mark.parametrize(
    ("asked", "bad"),
    [
        ("periode=tahun", "periode"),
        ("pada=2026-13", "pada"),
        ("pada=2026-11-01", "pada"),
        ("periode=hari&pada=1999-01-01", "pada"),
        ("jenis=kucing", "jenis"),
        ("wilayah=31.99", "wilayah"),
        ("kantor=kel:1", "kantor"),
        ("kantor=kind:%3Cb%3E", "kantor"),
        ("kanal=%3Cscript%3E", "kanal"),
        ("jenis=jalan&jenis=air", "jenis"),
    ],
)
async def test_a_bad_filter_is_a_clear_sentence_for_people_and_400_for_machines(asked: str, bad: str) -> None:
    app = Figured().app()
    page, answer = await get(app, f"/statistik?{asked}"), await get(app, f"/statistik/tabel.json?{asked}")
    assert (page.status_code, answer.status_code) == (400, 400)
    assert phrase(f"web_figures_bad_{bad}", "id") in page.text
    assert (answer.json()["code"], answer.json()["field"]) == (400, bad)
    assert "<script>" not in page.text


async def test_what_cannot_be_published_is_said_kindly() -> None:
    app = Figured().app()
    page = await get(app, "/statistik?kanal=telegram&wilayah=31.74&jenis=jalan")
    assert page.status_code == 200
    assert phrase("web_figures_unpublishable", "id") in page.text
    assert (await get(app, "/statistik/tabel.csv?kanal=telegram&wilayah=31.74")).status_code == 400
    nothing = (await get(Figured(empty=True).app(), "/statistik?jenis=jalan")).text
    assert phrase("web_figures_nothing", "id") in nothing


async def test_a_table_is_a_file_that_no_spreadsheet_runs() -> None:
    answer = await get(Figured().app(), "/statistik/tabel.csv?tabel=kanal&pada=2026-11")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="statistik-kanal.csv"'
    first, *rows = answer.text.removeprefix("\ufeff").splitlines()
    assert first.startswith("key,label,received,solved,")
    assert not any(row.lstrip('"').startswith("=") for row in rows)
    assert "1234" in rows[0]


@pytest.mark.parametrize(
    "path",
    ["/statistik?pada=2026-11", "/statistik/tabel.csv", "/statistik/data.json", "/statistik/wilayah/31.74/atom.xml"],
)
async def test_what_a_reader_has_is_not_sent_again(path: str) -> None:
    async with client(Figured().app()) as browser:
        tag = (await browser.get(path)).headers["etag"]
        assert (await browser.get(path, headers={"If-None-Match": tag})).status_code == 304


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_filters_stay_in_the_address_of_every_link(lang: str) -> None:
    html = (await get(Figured().app(), f"/statistik?periode=minggu&pada=2026-W48&jenis=jalan&lang={lang}")).text
    assert "periode=minggu&amp;pada=2026-W48&amp;jenis=jalan" in html
    for name in re.findall(r'<(?:input|select) id="([\w-]+)"', html):
        assert f'<label for="{name}"' in html


async def test_a_table_that_is_not_there_is_told() -> None:
    answer = await get(Figured().app(), "/statistik/tabel.json?tabel=rahasia")
    assert (answer.status_code, json.loads(answer.text)["field"]) == (400, "tabel")
    assert (await get(Behind().app(), "/statistik/tabel.json")).status_code == 404


async def test_open_data_of_a_month_is_rows_of_classes_as_the_schema_and_the_page_say() -> None:
    app = Figured().app()
    told = (await get(app, "/statistik/data.json?bulan=2026-11")).json()
    assert [each["mean_days"] for each in told["rows"]] == [None, 2.2]
    assert all(list(each) == list(COLUMNS) for each in told["rows"])
    assert (await get(app, "/statistik/data.schema.json")).json() == json.loads(json.dumps(SCHEMA))
    first, row, *_ = (await get(app, "/statistik/data.csv")).text.removeprefix("\ufeff").splitlines()
    assert first == ",".join(COLUMNS)
    assert row == "2026-11-24,received,jalan,,,'=1+1,12,"
    page = (Path(__file__).parents[1] / "docs" / "open-data.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in (*COLUMNS, *FIGURE_COLUMNS))


@pytest.mark.parametrize("month", ["2026", "2026-13", "2026-11-01", "%27"])
async def test_a_month_that_is_none_is_400(month: str) -> None:
    answer = await get(Figured().app(), f"/statistik/data.csv?bulan={month}")
    assert (answer.status_code, answer.json()["field"]) == (400, "bulan")


async def test_an_area_has_a_page_and_a_feed_of_the_same_counts_and_no_more() -> None:
    app = Figured().app()
    page = (await get(app, "/statistik/wilayah/31.74.01?lang=en")).text
    assert 'href="/statistik/wilayah/31.74.01.1001?lang=en"' in page
    assert 'href="/statistik/wilayah/31.74?lang=en"' in page
    assert 'href="/statistik/wilayah/31.74.01/atom.xml?lang=en"' in page
    answer = await get(app, "/statistik/wilayah/31.74.01/atom.xml?lang=en")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    atom = {"a": "http://www.w3.org/2005/Atom"}
    root = ET.fromstring(answer.content)  # noqa: S314 - our own
    assert root.findtext("a:id", "", atom) == "https://resi.example/statistik/wilayah/31.74.01"
    told = [each.findtext("a:content", "", atom) for each in root.findall("a:entry", atom)]
    assert told == ["Received 1,234, Solved 50, Satisfied 9", "Received 617"]
    stamps = [each.text for each in root.iter("{http://www.w3.org/2005/Atom}updated")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", each or "") for each in stamps), "never a minute"
    assert (await get(app, "/statistik/wilayah/99")).status_code == 404
    assert (await get(app, "/statistik/wilayah/99/atom.xml")).status_code == 404


async def test_a_feed_tells_no_nought_for_it_may_be_too_few_to_tell() -> None:
    said = Figured(now=FigureSummary({FigureOutcome.SATISFIED: 5}), before=1)
    root = ET.fromstring((await get(said.app(), "/statistik/wilayah/31.74.01/atom.xml?lang=en")).content)  # noqa: S314 - our own
    titles = [each.text for each in root.iter("{http://www.w3.org/2005/Atom}title")]
    assert titles == [
        "Reports in Kec. Tebet, day by day",
        "24 November 2026: Satisfied 5",
        "23 November 2026: Received 617",
    ]


async def test_a_feed_keeps_the_rules_of_atom() -> None:
    """RFC 4287, of what a feed of ours has: each rule that its schema and its words make of these elements."""
    for lang in ("", "?lang=en"):
        address = f"/statistik/wilayah/31.74.01/atom.xml{lang}"
        root = ET.fromstring((await get(Figured().app(), address)).content)  # noqa: S314 - our own
        name = "{http://www.w3.org/2005/Atom}"
        entries = root.findall(f"{name}entry")
        assert root.tag == f"{name}feed"
        assert len(entries) == 2
        for part in (root, *entries):
            for once in ("id", "title", "updated"):
                assert len(part.findall(f"{name}{once}")) == 1, once
            links = [(each.get("rel"), each.get("type"), each.get("hreflang")) for each in part.iter(f"{name}link")]
            assert all(each.get("href", "").startswith("https://resi.example/") for each in part.iter(f"{name}link"))
            assert part in entries or len(set(links[:2])) == 2
            assert part.findtext(f"{name}title")
        assert root.findtext(f"{name}author/{name}name"), "of the feed, so that entries need none"
        ids = [each.text or "" for each in root.iter(f"{name}id")]
        assert len(set(ids)) == len(ids)
        assert all(each.startswith("https://") for each in ids), "each an address with its scheme"
        assert all(each.find(f"{name}content") is not None for each in entries)
        (own,) = [each.get("href") for each in root.findall(f"{name}link") if each.get("rel") == "self"]
        assert own == f"https://resi.example{address}"
        newest = max(each.findtext(f"{name}updated", "") for each in entries)
        assert root.findtext(f"{name}updated") == newest
