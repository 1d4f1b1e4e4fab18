"""The style sheet and the picture: kept for long, changed at once, and readable in light and dark."""

import re
from importlib import resources

import pytest

from tests.fakes.web_services import Behind, client, get
from web.assets import url_of

SHEET = (resources.files("web") / "static" / "resi.css").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("resi.css", "text/css; charset=utf-8"),
        ("resi.svg", "image/svg+xml"),
        ("desk.js", "text/javascript; charset=utf-8"),
    ],
)
async def test_a_file_under_its_print_is_kept_for_a_year(name: str, kind: str) -> None:
    answer = await get(Behind().app(), url_of(name))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("query", ["", "?v=0", "?v="])
async def test_under_another_print_it_is_not_kept(query: str) -> None:
    answer = await get(Behind().app(), f"/static/resi.css{query}")
    assert answer.headers["cache-control"] == "public, max-age=60"


@pytest.mark.parametrize("path", ["", "nothing.css", "..%2fpages.py", "%2e%2e/pages.py", "resi.css%00", "resi.css/"])
async def test_no_path_leads_elsewhere(path: str) -> None:
    async with client(Behind().app()) as browser:
        assert (await browser.get(f"/static/{path}")).status_code == 404


def test_the_sheet_fetches_nothing() -> None:
    assert "url(" not in SHEET
    assert "@import" not in SHEET


def _themes() -> list[dict[str, str]]:
    blocks = re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)
    return [dict(re.findall(r"--([\w-]+): (#\w{6});", block)) for block in blocks]


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("front", "back"),
    [
        ("ink", "ground"), ("ink", "paper"), ("soft", "ground"), ("soft", "paper"), ("accent", "ground"),
        ("accent", "paper"), ("accent-deep", "ground"), ("on-accent", "accent"), ("on-accent", "accent-deep"),
        ("alarm", "alarm-ground"), ("red", "red-ground"), ("amber", "amber-ground"), ("green", "green-ground"),
        ("grey", "grey-ground"), ("ink", "amber-ground"), ("ink", "grey-ground"),
    ],
)  # fmt: skip
def test_words_stand_out_from_their_ground_in_light_and_dark(front: str, back: str) -> None:
    themes = _themes()
    assert len(themes) == 2
    for theme in themes:
        high, low = sorted((_light(theme[front]), _light(theme[back])), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5  # WCAG 2.2 AA


def test_the_script_of_the_desk_keeps_one_switch_and_nothing_else() -> None:
    script = (resources.files("web") / "static" / "desk.js").read_text(encoding="utf-8")
    assert re.findall(r"localStorage\.\w+\((\w+)", script) == ["OFF", "OFF"]
    assert not re.search(r"sessionStorage|indexedDB|document\.cookie|caches\.", script)


def test_the_script_of_the_desk_asks_no_server_and_writes_no_page() -> None:
    script = (resources.files("web") / "static" / "desk.js").read_text(encoding="utf-8")
    for means in (
        "fetch",
        "XMLHttpRequest",
        "WebSocket",
        "sendBeacon",
        "import(",
        "innerHTML",
        "eval",
        "document.write",
    ):
        assert means not in script
