"""A city loses its disk: copies were made while people wrote, and the service comes back from them alone."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from storage import new_key_line
from tests.fakes.citizens import MailUser, code_in, tell
from tests.fakes.resi_process import Resi
from tests.fakes.wires import Wires, plugged
from tests.journeys.test_files import PHOTO

pytestmark = pytest.mark.journey

STORY = "Lampu jalan mati di depan warung bacadu, kelurahan Tebet Barat, sudah seminggu"
MANY = 20


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def city(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Wires, Resi]]:
    """A service that runs, and another that will be started on what is restored."""
    keys = {"KEYS": new_key_line("k1"), "BACKUP_KEY": new_key_line("b1")}
    with ExitStack() as stack:
        wires = stack.enter_context(plugged(tmp_path / "one", webhook=True, sms="kannel", settings=keys))
        other = Resi(tmp_path / "two", data=tmp_path / "two" / "back")
        if request.param == "postgres":
            server = request.getfixturevalue("postgres_server")
            for each in (wires.resi, other):
                each.settings["DATABASE_URL"] = server.fresh()
                stack.callback(server.drop, each.settings["DATABASE_URL"])
        own = {"DATA_DIR", "WEB_LISTEN", "MAIL_LISTEN", "PUBLIC_URL", "DATABASE_URL"} & other.settings.keys()
        other.settings = wires.resi.settings | {name: other.settings[name] for name in own}
        stack.callback(other.stop)
        wires.resi.start()
        yield wires, other


def done(resi: Resi, *words: str | Path) -> str:
    ran = resi.command(*map(str, words))
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


def test_the_service_comes_back_from_its_copies_with_all_that_was_acknowledged_and_nothing_that_was_erased(
    city: tuple[Wires, Resi], tmp_path: Path
) -> None:
    wires, other = city
    resi, copies = wires.resi, tmp_path / "copies"
    first, forgotten = wires.mail_user(), wires.mail_user()
    assert first.post(STORY, photos=[("rumah.jpg", PHOTO)]).hand_over()
    codes = {who.address: code_in(tell(who, STORY)) for who in (forgotten, *(wires.mail_user() for _ in range(3)))}
    with ThreadPoolExecutor(MANY) as people:
        writing = [people.submit(wires.mail_user().post(STORY).hand_over) for _ in range(MANY)]
        said = done(resi, "backup", copies)
        assert all(each.result() for each in writing)
    assert "reports" in said
    oldest = done(resi, "backup", copies, "--list").split()[0]
    tell(forgotten, f"LUPAKAN {codes[forgotten.address]}")
    done(resi, "backup", copies)
    done(resi, "drill", copies)
    figures = resi.figures()
    assert figures["resi_backup_age_seconds"] < 600
    assert figures["resi_drill_age_seconds"] < 600
    filed, addresses = resi.reports(), resi.contacts()
    resi.kill()
    shutil.rmtree(resi.data)

    assert "The drill is good." in done(other, "drill", copies)
    done(other, "restore", copies, other.data)
    other.start()
    assert (other.reports(), other.contacts()) == (filed, addresses)
    asker = MailUser(other, wires.relay, "baru@surat.test")
    for code in codes.values():
        assert code[-4:] in tell(replace(asker, address=f"{code[:4]}@surat.test"), f"CEK {code}")
    assert code_in(tell(MailUser(other, wires.relay, "lagi@surat.test"), STORY))

    older = tmp_path / "older"
    other.settings = {name: value for name, value in other.settings.items() if name != "DATABASE_URL"}
    assert "1 addresses" in done(other, "restore", copies, older, "--at", oldest)
