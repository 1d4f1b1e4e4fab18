"""One browser and one seeded service for all browser tests of a module: both take seconds to begin."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.fakes.citizens import OURS
from tests.fakes.demonstration import Weeks, demonstrate
from tests.fakes.drawn_city import boundaries_file
from tests.fakes.drawn_tiles import tiles_file
from tests.fakes.relay import Relay
from tests.fakes.resi_process import Resi
from tests.fakes.screens import CHROMIUM, Room
from tests.fakes.set_up import settings_in

# Maps are drawn by WebGL without a graphics card; pages need none, and are drawn in less time without it.
_DRAWN = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, driven; skipped where there is none, unless one must be there."""
    if not CHROMIUM:
        missing = "NO CHROMIUM: the desk was looked at by no browser"
        if os.environ.get("TEST_NEEDS_BROWSER") == "1":  # noqa: TID251 - of the tests, not of the service
            pytest.fail(missing)
        pytest.skip(missing)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it starts a driver

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=_DRAWN)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def room(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:  # noqa: ANN401 - see above
    """A service with weeks of reports, staff of every role, a drawn map, and a relay that takes its mail."""
    folder = tmp_path_factory.mktemp("room")
    weeks = Weeks()
    with Relay() as relay:
        mail = {"MAIL_ADDRESS": OURS, "MAIL_HOSTNAME": "mx.kota.test", "MAIL_RELAY_URL": relay.url}
        drawn = {"BOUNDARIES": str(boundaries_file(folder)), "TILES": str(tiles_file(folder))}
        resi = Resi(folder, {"LANGUAGE": "id", "LOG_LEVEL": "INFO"} | mail | drawn)
        demonstrate(settings_in(folder, **resi.settings), weeks)
        with resi:
            yield Room(resi, relay, browser, weeks.password)
