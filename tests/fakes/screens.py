"""Windows of a real browser at a running desk: what they ask for, what goes wrong in them, and what people do there."""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.citizens import MailUser, code_in
from tests.fakes.patience import until
from tests.fakes.relay import Relay
from tests.fakes.resi_process import Resi

# The first is the same engine without windows: looking with it takes half the time.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, _NAMES)), "")
WIDE, PHONE = 1200, 390
MOST_BYTES = 100_000
_MOST_TABS = 60
_BARRIERS = """options => axe.run(options).then(found => found.violations.flatMap(
    each => each.nodes.map(node => `${each.id}: ${node.html.slice(0, 120)}`)))"""
_IS_DRAWN = "each => each.decode().then(() => each.naturalWidth > 0, () => false)"
_WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
_STATUS = re.compile(r"the server responded with a status of (\d{3})")


@dataclass
class Screen:
    """One window. `expected`: statuses that are meant to come; a browser calls each of them an error."""

    page: Any
    root: str
    expected: tuple[int, ...] = ()
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    weights: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self._says(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("response", self._answered)

    # -- what it sees --

    @property
    def text(self) -> str:
        """What a person reads in the page's own part."""
        return str(self.page.inner_text("main"))

    @property
    def path(self) -> str:
        """Where it is, without its query."""
        return urlsplit(str(self.page.url)).path

    def links(self, inside: str = "main") -> list[str]:
        """Addresses on the page, each once."""
        found = self.page.eval_on_selector_all(f"{inside} a[href]", "all => all.map(a => a.getAttribute('href'))")
        return list(dict.fromkeys(found))

    def shown(self, pictures: str) -> list[bool]:
        """Of each picture, in its order, whether it can be seen. It is scrolled to, and waited for: they load late."""
        found = self.page.locator(pictures).all()
        for each in found:
            each.scroll_into_view_if_needed()
        return [bool(each.evaluate(_IS_DRAWN)) for each in found]

    # -- what people do --

    def opens(self, path: str) -> None:
        self.page.goto(self.root + path)

    def logs_in(self, name: str, password: str) -> None:
        """As far as a password leads."""
        self.opens("/petugas/masuk")
        self.page.fill("#nama", name)
        self.page.fill("#sandi", password)
        self.presses("main form button[type=submit]")

    def presses(self, selector: str) -> None:
        """A link or a button that leads to a page."""
        with self.page.expect_navigation():
            self.page.click(selector)

    def tabs_to(self, selector: str) -> None:
        """By the keyboard, from wherever it stands. AssertionError where the way leads by no such thing."""
        for _ in range(_MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("name => document.activeElement.matches(name)", selector):
                return
        raise AssertionError(f"{self.page.url}: the keyboard comes to no {selector}")

    def enters(self, selector: str) -> None:
        """The same, and from there to a page."""
        self.tabs_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fills(self, **typed: str) -> None:
        """Fields by their id: words typed, or choices by their value."""
        for name, value in typed.items():
            at = self.page.locator(f"#{name}")
            if at.evaluate("each => each.tagName") == "SELECT":
                at.select_option(value)
            else:
                at.fill(value)

    def acts(self, act: str, photo: Path | None = None, **typed: str) -> None:
        """One of the forms of a report."""
        fold = self.page.locator(f"details#{act}")
        if fold.count() and fold.get_attribute("open") is None:
            fold.locator("summary").click()
        self.fills(**{f"{act}-{name}": value for name, value in typed.items()})
        if photo is not None:
            self.page.set_input_files(f"#{act}-photo", photo)
        self.presses(f"form[action$='/{act}'] button[type=submit]:not([form])")

    # -- what must hold --

    def barriers(self, rules: list[str] | None = None) -> list[str]:
        """What axe finds against WCAG 2.1 A and AA, or against those rules alone."""
        from axe_core_python.sync_playwright import Axe  # noqa: PLC0415 - only where there is a browser

        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": _WCAG}
        if not self.page.evaluate("'axe' in window"):  # half a megabyte, once for a page
            self.page.evaluate(Axe().axe_script)
        found: list[str] = self.page.evaluate(_BARRIERS, {"runOnly": only, "resultTypes": ["violations"]})
        return found

    def cut_off(self) -> int:
        """Pixels that stand out at the side."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def is_whole(self) -> None:
        """Nothing went wrong so far, nobody else was asked for anything, and no page was heavy."""
        assert (self.errors, self.outside) == ([], [])
        assert {path: size for path, size in self.weights.items() if size >= MOST_BYTES} == {}
        assert self.weights, "it saw pages, and could weigh them"

    def _says(self, text: str) -> None:
        found = _STATUS.search(text)
        if found is None or int(found[1]) not in self.expected:
            self.errors.append(text)

    def _asked(self, url: str) -> None:
        if urlsplit(url).scheme != "data" and urlsplit(url).netloc != urlsplit(self.root).netloc:
            self.outside.append(url)

    def _answered(self, answer: Any) -> None:  # noqa: ANN401 - Playwright's
        heads: Mapping[str, str] = answer.headers
        if "text/html" in heads.get("content-type", "") and "content-length" in heads:
            path = urlsplit(answer.url).path
            self.weights[path] = max(self.weights.get(path, 0), int(heads["content-length"]))


@dataclass
class Room:
    """A running service, a browser, and everybody's chair in front of it; who sat there before is still logged in."""

    resi: Resi
    relay: Relay
    browser: Any
    password: str
    _logged_in: dict[str, Any] = field(default_factory=dict)
    _writers: int = 0

    @contextmanager
    def sits(
        self, name: str = "", *, scripts: bool = True, expected: tuple[int, ...] = (), **look: object
    ) -> Iterator[Screen]:
        """A window of somebody's, at the list; without a name a stranger's, at nothing yet. Looked over at its end."""
        with self._window(scripts=scripts, **look) as page:
            screen = Screen(page, self.resi.root, expected)
            if name in self._logged_in:
                page.context.add_cookies(self._logged_in[name])
                screen.opens("/petugas")
            elif name:
                screen.logs_in(name, self.password)
                assert screen.path == "/petugas", screen.text
                self._logged_in[name] = page.context.cookies()
            yield screen
            screen.is_whole()

    @contextmanager
    def _window(self, *, scripts: bool, **look: object) -> Iterator[Any]:
        size = {"viewport": {"width": WIDE, "height": 900}}
        context = self.browser.new_context(**(size | {"java_script_enabled": scripts} | look))
        context.set_default_timeout(90_000)
        try:
            yield context.new_page()
        finally:
            context.close()

    def mails(self, story: str, photo: Path | None = None) -> tuple[MailUser, str, str]:
        """Somebody unknown writes; who, the code that they were sent, and the number that staff know it by."""
        self._writers += 1
        citizen = MailUser(self.resi, self.relay, f"warga{self._writers}@surat.test")
        photos = [("IMG_1.jpg", photo.read_bytes())] if photo else []
        assert citizen.post(story, "Laporan", photos).hand_over()
        code = code_in(until(citizen.heard, "a code")[0])
        return citizen, code, self.number_of(code)

    def number_of(self, code: str) -> str:
        """What staff call the report whose code that is."""
        from core import tracking  # noqa: PLC0415 - beside its only use

        found = tracking.tried(code)
        assert found is not None, code
        with self.resi.store() as store:
            holder = store.run(lambda tx: tx.code_holders.by_code(found))
            report = store.run(lambda tx: tx.reports.get(holder.report) if holder else None)
        assert report is not None
        return str(report.number)
