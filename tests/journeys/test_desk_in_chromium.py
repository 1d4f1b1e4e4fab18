"""The desk in a real browser: nothing from outside, no script error, no barrier, in light, dark and on a phone."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.fakes.desk import Desk
from tests.fakes.resi_process import Resi

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
NEEDED = os.environ.get("TEST_NEEDS_BROWSER") == "1"  # noqa: TID251 - of the tests, not of the service
pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not CHROMIUM and not NEEDED, reason="NO CHROMIUM: the desk was looked at by no browser"),
]
KELURAHAN = "kel:31.74.01.1001"
FORM = {
    "service_code": "jalan_rusak",
    "description": "Jalan berlubang besar di depan pasar",
    "address_string": "Kelurahan Tebet Timur",
}
LIGHT, DARK, PHONE = ("light", 1200), ("dark", 1200), ("light", 390)
MOST_BYTES = 100_000


@dataclass
class Screen:
    """A browser window, what it asked for, and what went wrong in it."""

    page: Any
    root: str
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        if urlsplit(url).scheme != "data" and urlsplit(url).netloc != urlsplit(self.root).netloc:
            self.outside.append(url)

    def opens(self, path: str) -> None:
        self.page.goto(self.root + path)

    def logs_in(self, name: str, password: str) -> None:
        self.opens("/petugas")
        self.page.fill("input[type=text]", name)
        self.page.fill("input[type=password]", password)
        self.page.press("input[type=password]", "Enter")
        self.page.wait_for_url("**/petugas")

    def barriers(self) -> list[str]:
        """What axe finds against WCAG 2.1 A and AA."""
        from axe_core_python.sync_playwright import Axe  # noqa: PLC0415 - only where there is a browser

        only = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
        found = Axe().run(self.page, options=only)
        return [f"{each['id']}: {node['html'][:120]}" for each in found["violations"] for node in each["nodes"]]

    def healthy(self) -> None:
        assert (self.errors, self.outside) == ([], [])
        assert self.barriers() == []
        assert len(self.page.content().encode()) < MOST_BYTES
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 1, "nothing is cut off at the side"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it starts a driver

    assert CHROMIUM, "TEST_NEEDS_BROWSER is set, and there is no Chromium"
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@dataclass(frozen=True)
class Office:
    """A service with a few reports, and somebody of each role."""

    resi: Resi
    desk: Desk
    passwords: dict[str, str]
    numbers: list[str]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    import httpx  # noqa: PLC0415 - beside the fixtures that need it

    with Resi(tmp_path_factory.mktemp("chromium"), {"LANGUAGE": "id"}) as resi:
        resi.start()
        desk = Desk(resi)
        people = {
            "lurah": (KELURAHAN, "officer"),
            "biro1": ("biro_pemerintahan", "biro"),
            "admin1": ("biro_pemerintahan", "admin"),
            "auditor1": ("inspektorat", "auditor"),
            "loket1": (KELURAHAN, "clerk"),
        }
        for name, (agency, role) in people.items():
            added = resi.command(
                "staff", "add", name, "--agency", agency, "--role", role, "--password-stdin", typed="kata sandi uji\n"
            )
            assert added.returncode == 0, added.stderr
        key = resi.command("partners", "add", "app", "--channel", "jaki").stdout.splitlines()[-1]
        answers = [
            httpx.post(f"{resi.root}/open311/v2/requests.json", data=FORM | {"api_key": key}, trust_env=False)
            for _ in range(3)
        ]
        numbers = [answer.json()[0]["service_request_id"] for answer in answers]
        desk.does("lurah", "start", numbers[0])
        desk.does("lurah", "plan", numbers[0], text="Tambal besok pagi")
        yield Office(resi, desk, dict.fromkeys(people, "kata sandi uji"), numbers)


@pytest.mark.parametrize("look", [LIGHT, DARK, PHONE], ids=["light", "dark", "phone"])
@pytest.mark.parametrize("name", ["lurah", "biro1", "admin1", "auditor1", "loket1"])
def test_every_page_of_a_navigation_is_whole_and_without_barriers(
    browser: Any,  # noqa: ANN401 - Playwright is imported where it is used
    office: Office,
    name: str,
    look: tuple[str, int],
) -> None:
    scheme, width = look
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    screen = Screen(context.new_page(), office.resi.root)
    screen.logs_in(name, office.passwords[name])
    screen.healthy()
    links = screen.page.eval_on_selector_all("nav a", "found => found.map(each => each.getAttribute('href'))")
    for path in dict.fromkeys(each for each in links if each.startswith("/petugas")):
        screen.opens(path)
        screen.healthy()
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_an_officer_reads_and_acts_with_scripts_and_without(
    browser: Any,  # noqa: ANN401 - as above
    office: Office,
    scripts: bool,  # noqa: FBT001 - pytest passes parameters by name
) -> None:
    number = office.numbers[1 if scripts else 2]
    context = browser.new_context(java_script_enabled=scripts)
    screen = Screen(context.new_page(), office.resi.root)
    screen.logs_in("lurah", office.passwords["lurah"])
    screen.page.click(f"a[href='/petugas/laporan/{number}']")
    assert "Jalan berlubang besar" in screen.page.inner_text("main")
    screen.page.click("form[action$='/start'] button[type=submit]")
    screen.page.wait_for_load_state()
    assert office.desk.show("lurah", number)["status"] == "proses"
    assert (screen.errors, screen.outside) == ([], [])
    if scripts:
        screen.healthy()
    context.close()
