"""The pictures of the docs, taken of a running service: `make pictures`, or `python -m docs.camera [FOLDER]`."""  # noqa: INP001 - a page that runs, not a package

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from app import connection_limits
from app.recounting import Recounting
from app.run import Running
from app.runtime import Runtime, open_runtime
from app.sandbox import Sandbox
from app.seed.pictures import street
from app.seed.staff import accounts
from app.settings import Settings, load
from core import casework, intake, tracking
from core.casework import Actor, Turn
from core.intake import Filled
from core.messages import PerceptualHash, Point, StoredFile
from core.model import Act, AgencyId, AreaCode, CategoryId, Number, StaffRole, Status
from core.ports import ReportQuery, Visibility
from core.workflow import Order
from tests.fakes.demonstration import BIRO, CLERK, OFFICER, Weeks, demonstrate, with_parts
from tests.fakes.drawn_cells import cells_file
from tests.fakes.patience import until
from tests.fakes.resi_process import free_port, surroundings
from tests.fakes.screens import CHROMIUM, PHONE, WIDE
from tests.fakes.set_up import settings_in
from tests.fakes.time_and_random import FakeClock, FakeRandomSource

INTO = Path(__file__).with_name("pictures")
NOW = datetime(2021, 7, 28, 3, 14, tzinfo=UTC)
_WEEKS = Weeks(reports=220, days=27)
_PATIENCE = 90_000
_SITE = "http://lapor.kota.example"
_STEPS = (
    (100, OFFICER, Order(Act.START)),
    (98, OFFICER, Order(Act.PLAN, "Tambal dengan aspal dingin, dua orang, setengah hari.")),
    (75, BIRO, Order(Act.APPROVE_PLAN)),
    (28, OFFICER, Order(Act.RESULT, "Lubang sudah ditambal dan dipadatkan.")),
    (3, BIRO, Order(Act.VALIDATE)),
)


@dataclass(frozen=True)
class Story:
    """A hole in a street that is seen before and after."""

    street: int
    text: str
    words: str
    area: AreaCode
    steps: tuple[tuple[int, str, Order], ...]  # how many hours ago, who, what
    point: Point | None = None


_WHOLE = Story(
    12,
    "Jalan berlubang besar, kemarin dua motor jatuh. Kalau hujan lubangnya tidak kelihatan.",
    "Jalan Tebet Timur Raya dekat pasar",
    AreaCode("31.74.01.1001"),
    _STEPS,
    Point(-6.2307, 106.8543),
)
_TO_VALIDATE = Story(
    17,
    "Aspal di tikungan ambles dan berlubang, mobil sering menghindar ke jalur lawan.",
    "Jalan Tebet Timur Dalam, dekat sekolah",
    AreaCode("31.74.01.1001"),
    _STEPS[:-1],
    Point(-6.2361, 106.8572),
)


@dataclass(frozen=True)
class Known:
    """What a picture is taken of, where that is not the first thing on a page."""

    code: str  # of the report whose story is told whole
    number: Number  # of a report with a photo that waits for an office
    done: Number  # of a report with a photo whose result waits to be validated
    officer: str  # of that office


@dataclass(frozen=True)
class Picture:
    """One of them: who sits there, and what they do until there is something to see."""

    name: str
    who: str  # "": a citizen; "officer": of the office of the known report
    shows: Callable[[Any, Known], None]
    width: int = WIDE
    height: int = 900
    dark: bool = False


# -- what is shown --


def _at(path: str) -> Callable[[Any, Known], None]:
    return lambda page, known: page.goto(path.format(number=known.number, done=known.done))


def _filed(page: Any, _: Known) -> None:  # noqa: ANN401 - Playwright's
    page.goto("/petugas/loket")
    page.fill("#cerita", "Lampu jalan mati sudah tiga malam, gelap sekali")
    page.wait_for_selector("#jenis:has(option[value=pju]:checked)")
    page.fill("#tempat", "depan Puskesmas Kebon Baru, Tebet")
    page.click("#simpan")
    page.wait_for_selector(".slip")
    page.evaluate("document.activeElement.blur()")


def _tracked(page: Any, known: Known) -> None:  # noqa: ANN401 - Playwright's
    page.goto("/lacak")
    page.fill("input[name=kode]", known.code)
    with page.expect_navigation():
        page.click("main button[type=submit]")


def _form(page: Any, _: Known) -> None:  # noqa: ANN401 - Playwright's
    """As far as a point on the map."""
    page.goto("/lapor")
    page.fill("#cerita", "Lampu jalan mati sudah tiga malam, gelap sekali.")
    page.click("main .actions button[value=lanjut]")
    page.check("input[name=jenis][value=pju]")
    page.click("main .actions button[value=lanjut]")
    page.fill("#tempat", "depan warung, sebelah lapangan")
    page.select_option("#wilayah", "31.74.01.1001")
    page.click("button[value=peta]")
    page.click("input[type=image]", position={"x": 150, "y": 120})
    page.wait_for_selector("button[value=titik-hapus]")
    page.evaluate("document.activeElement.blur()")


PICTURES = (
    Picture("queue", BIRO, _at("/petugas"), height=1000),
    Picture("dark", BIRO, _at("/petugas"), height=700, dark=True),
    Picture("report", "officer", _at("/petugas/laporan/{number}"), height=1050),
    Picture("phone", "officer", _at("/petugas/laporan/{number}"), width=PHONE, height=1300),
    Picture("map", BIRO, _at("/petugas/peta"), width=1000, height=1040),
    Picture("place", BIRO, _at("/petugas/laporan/{done}/peta"), width=1000, height=920),
    Picture("public_map", "", _at("/statistik/peta"), width=900, height=1150),
    Picture("validation", BIRO, _at("/petugas/periksa/{done}")),
    Picture("evaluation", BIRO, _at("/petugas/evaluasi")),
    Picture("slip", CLERK, _filed, height=1120),
    Picture("form", "", _form, width=PHONE, height=1450),
    Picture("tracking", "", _tracked, width=900, height=1000),
    Picture("statistics", "", _at("/statistik?periode=minggu&pada=2021-W29"), width=900, height=1350),
)


# -- the house --


def staged(settings: Settings, seed: int) -> Runtime:
    """A runtime in which it is always the same moment, with the same random values each time."""
    opened = open_runtime(settings)
    return with_parts(opened, clock=FakeClock(NOW), context=replace(opened.context, rng=FakeRandomSource(seed)))


def _told(opened: Runtime, story: Story) -> intake.Receipt:
    """A report with all that was done for it."""
    sandbox = Sandbox(limits=opened.settings.limits)
    sandbox.start()
    try:
        seen, _ = _photo(opened, sandbox, story.street, "hole")
        result, photo_hash = _photo(opened, sandbox, story.street, "patch")
    finally:
        sandbox.stop()
    form = Filled("jaki", CategoryId("jalan_rusak"), story.text, story.words, story.area, story.point, files=(seen,))
    receipt = opened.store.run(lambda tx: intake.form(tx, form, NOW - timedelta(hours=120), opened.context))
    if receipt is None:
        raise AssertionError("it is a new form")
    for hours, name, plain in story.steps:
        order = replace(plain, photo=result, photo_hash=photo_hash) if plain.act is Act.RESULT else plain
        at, number = NOW - timedelta(hours=hours), receipt.report.number
        opened.store.run(
            lambda tx, at=at, name=name, number=number, order=order: casework.do(  # type: ignore[misc]  # defaults bind the loop variables
                Turn(tx, at, opened.context), Actor(name, "desk"), number, order
            )
        )
    return receipt


def _photo(opened: Runtime, sandbox: Sandbox, number: int, shows: str) -> tuple[StoredFile, PerceptualHash]:
    clean = sandbox.scrub_now(street(number, shows))
    photo_hash = sandbox.perceptual_hash_now(clean)
    if photo_hash is None:
        raise AssertionError("a picture of ours looks like something")
    return opened.files.put(clean.data, clean.kind), photo_hash


def _known(opened: Runtime) -> Known:
    whole, done = _told(opened, _WHOLE), _told(opened, _TO_VALIDATE)
    officers = {each.agency: each.name for each in accounts() if each.role is StaffRole.OFFICER}
    every = opened.store.run(
        lambda tx: list(tx.queues.reports(Visibility(AgencyId(""), every=True), ReportQuery(open=True)))
    )
    begun = [each for each in every if each.files and each.agency in officers and each.status is Status.PROSES]
    first = min(begun, key=lambda each: (each.due, each.number))
    return Known(tracking.shown(whole.code), first.number, done.report.number, officers[first.agency])


def serve(folder: Path) -> None:
    """The pages alone, until it is told to end."""
    settings = load(folder / "values.env")
    sandbox = Sandbox(limits=settings.limits)
    sandbox.start()
    try:
        with closing(staged(settings, seed=2)) as opened:
            running = Running(opened, sandbox, frozenset({"web"}), files=connection_limits.raise_open_files())
            asyncio.run(running.run(lambda _: None))
            running.turns.close()
    finally:
        sandbox.stop()


@contextmanager
def _served(folder: Path, root: str) -> Iterator[None]:
    command = (sys.executable, "-m", "docs.camera", "serve", str(folder))
    process = subprocess.Popen(command, env=surroundings())  # noqa: S603 - our own code
    try:
        until(lambda: _answers(root), "the pages", 90)
        yield
    finally:
        process.terminate()
        process.wait(20)


def _answers(root: str) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(f"{root}/healthz", trust_env=False).is_success
    return False


# -- the camera --


def take(into: Path) -> None:
    """All of them, as PNG of few colours."""
    if not CHROMIUM:
        raise SystemExit("The pictures are taken with a Chromium, and there is none: install `chromium`.")
    with tempfile.TemporaryDirectory() as there:
        folder, port = Path(there), free_port()
        settings = settings_in(
            folder,
            WEB_LISTEN=f"127.0.0.1:{port}",
            PUBLIC_URL=_SITE,
            LOG_LEVEL="ERROR",
            BOUNDARIES=str(cells_file(folder)),
        )
        demonstrate(settings, _WEEKS, staged(settings, seed=1))
        with closing(staged(settings, seed=3)) as opened:
            known = _known(opened)
            Recounting().pass_to(opened.store, opened.context, NOW)
        with _served(folder, f"http://127.0.0.1:{port}"):
            _all(known, f"http://127.0.0.1:{port}", into)


def _all(known: Known, root: str, into: Path) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it starts a driver

    into.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for picture in PICTURES:
            context = browser.new_context(
                base_url=root,
                viewport={"width": picture.width, "height": picture.height},
                color_scheme="dark" if picture.dark else "light",
                locale="id-ID",
            )
            context.set_default_timeout(_PATIENCE)
            page = context.new_page()
            who = known.officer if picture.who == "officer" else picture.who
            if who:
                _log_in(page, who)
            picture.shows(page, known)
            page.wait_for_load_state("networkidle")
            file = into / f"{picture.name}.png"
            page.screenshot(path=file)
            _lightened(file)
            context.close()
        browser.close()


def _log_in(page: Any, name: str) -> None:  # noqa: ANN401 - Playwright's
    page.goto("/petugas/masuk")
    page.fill("#nama", name)
    page.fill("#sandi", _WEEKS.password)
    with page.expect_navigation():
        page.press("#sandi", "Enter")


def _lightened(file: Path) -> None:
    with Image.open(file) as image:
        few = image.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    few.save(file, "PNG", optimize=True)


def main() -> None:
    """Takes them; `serve FOLDER` is what it calls itself with."""
    match sys.argv[1:]:
        case ["serve", folder]:
            serve(Path(folder))
        case [folder]:
            take(Path(folder))
        case _:
            take(INTO)


if __name__ == "__main__":
    main()
