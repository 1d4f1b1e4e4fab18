"""Pages as every reader meets them: no script, nothing from outside, all languages, small."""

import re
from importlib import resources

import pytest

from core.model import Phase
from core.phrases import KEYS, LANGUAGES, phrase
from tests.fakes.web_services import Behind, client, get, post
from web import Statistics, Table, Tracked, Way
from web.pages import number

FULL = Tracked(
    found=True,
    words=("Laporan 2222: selesai.",),
    status="Selesai",
    phase=Phase.DONE,
    history=tuple((f"{day} Maret 2026", "Dikerjakan oleh dinas.") for day in range(1, 11)),
)
COUNTED = Statistics(900, tuple(Table(f"Tabel {n}", tuple((f"Baris {r}", r) for r in range(9))) for n in range(5)))
PAGES = ("/", "/lacak", "/statistik", "/tidak-ada")


async def _all(lang: str) -> list[str]:
    behind = Behind(tracked=FULL, counted=COUNTED)
    app = behind.app(ways=(Way("Telegram", "@ResiBot", "https://t.me/ResiBot"),))  # type: ignore[arg-type] # ways
    pages = [(await get(app, f"{path}?lang={lang}")).text for path in PAGES]
    return [*pages, (await post(app, f"/lacak?lang={lang}", "kode=1")).text]


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_no_page_has_a_script_an_inline_style_or_anything_from_outside(lang: str) -> None:
    for html in await _all(lang):
        assert "<script" not in html
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
        assert not re.search(r'(?:src|<link[^>]*href)="(?!/static/)', html)
        assert f'<html lang="{lang}">' in html


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_every_page_with_its_style_and_picture_is_light(lang: str) -> None:
    for html in await _all(lang):
        names = set(re.findall(r'"/static/([^?"]+)', html))
        static = sum(len((resources.files("web") / "static" / name).read_bytes()) for name in names)
        assert len(names) > 1
        assert static + len(html.encode()) < 30_000


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_every_page_can_be_walked_by_ear_and_by_keyboard(lang: str) -> None:
    for html in await _all(lang):
        assert html.count("<h1>") == 1
        assert html.index('class="skip"') < html.index("<nav")
        assert 'id="isi"' in html
        assert html.count("<main") == 1
        for field in re.findall(r'<input id="(\w+)"', html):
            assert f'<label for="{field}"' in html
        assert all("alt=" in image for image in re.findall(r"<img[^>]*>", html))


async def test_each_page_links_to_itself_in_the_other_language() -> None:
    for path in ("/lacak", "/statistik", "/"):
        assert f'href="{path}?lang=en"' in (await get(Behind().app(), path)).text
        assert f'href="{path}" lang="id"' in (await get(Behind().app(), f"{path}?lang=en")).text


@pytest.mark.parametrize("asked", ["", "xx", "EN", "en'><script>", "id&lang=xx"])
async def test_an_unknown_language_is_answered_in_ours(asked: str) -> None:
    async with client(Behind().app()) as browser:
        answer = await browser.get("/lacak", params={"lang": asked})
    assert '<html lang="id">' in answer.text
    assert "<script" not in answer.text


async def test_the_city_chooses_the_language_of_those_who_do_not() -> None:
    answer = await get(Behind().app(default_lang="en"), "/lacak")
    assert answer.headers["content-language"] == "en"
    assert 'href="/lacak?lang=id"' in answer.text


@pytest.mark.parametrize(
    ("count", "lang", "words"),
    [(0, "id", "0"), (999, "en", "999"), (1234567, "id", "1.234.567"), (1000, "en", "1,000")],
)
def test_thousands_are_marked_as_the_language_does(count: int, lang: str, words: str) -> None:
    assert number(count, lang) == words


def test_no_phrase_of_the_web_is_left_unused() -> None:
    room = resources.files("web")
    sources = "".join(
        file.read_text(encoding="utf-8")
        for folder in (room, room / "templates", room / "templates" / "lapor", resources.files("app"))
        for file in folder.iterdir()
        if file.name.endswith((".html", ".py"))
    )
    built = re.compile(
        r"web_(?:error|phase|front_step\d|channel|figures_(?:by|bad|bulan|minggu|hari|jenis|wilayah|kantor|kanal))_?"
    )  # their ends are put together
    unused = {key for key in KEYS if key.startswith("web_") and key not in sources and not built.match(key)}
    assert not unused


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_name_of_each_language_is_in_that_language(lang: str) -> None:
    assert phrase("web_language", lang)
