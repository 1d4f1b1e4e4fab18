"""Offices and citizens around one data folder: staff by real commands, citizens by the core, letters on paper."""

import atexit
import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from app.runtime import open_runtime
from app.time_and_random import SystemRandomSource
from core import intake
from core.messages import Address, Envelope, Incoming, WireId
from tests.fakes.citizens import code_in
from tests.fakes.set_up import settings_in
from tests.fakes.shell import Ran, Shell

KELURAHAN = "kel:31.74.01.1001"
STORY = "Lampu jalan mati di kelurahan Tebet Timur sudah tiga hari, gelap sekali di depan pasar."
RESTRICTED = "Petugas kelurahan Tebet Timur minta uang 500 ribu untuk surat pengantar, itu pungli."


@dataclass
class Offices:
    """No service runs beside it, unless a test starts one."""

    folder: Path
    exported: dict[str, str] = field(default_factory=dict)
    _read: set[str] = field(default_factory=set)

    @classmethod
    def staffed(cls, folder: Path, *hired: tuple[str, ...]) -> "Offices":
        """Offices with these accounts (name, agency, role); made once for all that want the same, and copied."""
        shutil.copytree(_template(hired) / "var", folder / "var")
        return cls(folder)

    @property
    def shell(self) -> Shell:
        return Shell(self.folder, self.exported)

    @property
    def data(self) -> Path:
        return self.folder / "var"

    # -- staff --

    def resi(self, *words: str | Path, said: str = "", **env: str) -> Ran:
        return self.shell.resi(*words, said=said, **env)

    def done(self, *words: str | Path, said: str = "") -> Ran:
        """A command that must go well, and say nothing beside its answer."""
        ran = self.resi(*words, said=said)
        assert (ran.code, ran.err) == (0, ""), ran.all
        return ran

    def refused(self, *words: str | Path, said: str = "", **env: str) -> str:
        """Why a command is refused: a sentence on stderr, and nothing on stdout."""
        ran = self.resi(*words, said=said, **env)
        assert (ran.code, ran.out) == (1, ""), ran.all
        assert not ran.shows_a_trace
        assert "fault of ours" not in ran.err
        return ran.err.strip()

    def hire(self, name: str, agency: str = KELURAHAN, role: str = "officer") -> str:
        """An account; its password."""
        return self.done("staff", "add", name, "--agency", agency, "--role", role).lines[-1]

    def does(self, name: str, action: str, number: str, **options: str | Path) -> None:
        self.done(*_order(name, action, number, options))

    def may_not(self, name: str, action: str, number: str, **options: str | Path) -> str:
        """Why, and that nothing was changed by it."""
        before = self.rows()
        why = self.refused(*_order(name, action, number, options))
        assert self.rows() == before
        return why

    def queue(self, name: str, *words: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.done("case", "list", "--as", name, "--json", *words).out)
        return found

    def shows(self, name: str, number: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.done("case", "show", number, "--as", name, "--json").out)
        return found

    def passes(self, at: datetime | None = None) -> dict[str, int]:
        """The clock; how many of what it did."""
        ran = self.done("clock", *(("--at", at.isoformat()) if at is not None else ()))
        return {name: int(count) for name, count in (line.split() for line in ran.lines)}

    def rows(self) -> list[str]:
        """All that lies in the database."""
        with closing(sqlite3.connect(self.data / "resi.db")) as database:
            return list(database.iterdump())

    # -- citizens --

    def hears(self, text: str, who: str = "warga@surat.test", channel: str = "mail") -> None:
        """A message of a citizen's, answered into the outbox."""
        opened = open_runtime(self._settings())
        try:
            envelope = Envelope(channel, Address(who), WireId(SystemRandomSource().token()), text=text)
            now = opened.clock.now()
            opened.store.run(lambda tx: intake.message(tx, Incoming(envelope), now, opened.context))
        finally:
            opened.close()

    def files(self, story: str = STORY, who: str = "warga@surat.test") -> str:
        """By mail, for that takes one message; the code."""
        self.hears(story, who)
        return code_in(self.letters()[-1])

    def letters(self) -> list[str]:
        """What has left since this was asked last: bodies of mail, oldest first."""
        self.passes()
        return self.arrived()

    def arrived(self) -> list[str]:
        """The same without a clock that lets it leave."""
        found = [path for path in (self.data / "outbox").glob("*.eml") if path.name not in self._read]
        self._read |= {path.name for path in found}
        return [_words(path) for path in sorted(found, key=lambda path: path.stat().st_mtime_ns)]

    def _settings(self) -> Any:  # noqa: ANN401 - of whatever values were exported
        return settings_in(self.folder, DATA_DIR=str(self.data), **self.exported)


def _order(name: str, action: str, number: str, options: dict[str, str | Path]) -> tuple[str | Path, ...]:
    named = (part for option, value in options.items() for part in (f"--{option}", value))
    return ("case", "do", action, number, "--as", name, *named)


def _words(path: Path) -> str:
    body = message_from_bytes(path.read_bytes(), policy=default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def photo(path: Path, seed: int = 1) -> Path:
    """A picture like no other of another seed."""
    picture = Image.new("RGB", (640, 480), (90, 120, 150))
    draw = ImageDraw.Draw(picture)
    for step in range(40):
        x, y = (seed * 97 + step * 53) % 600, (seed * 31 + step * 71) % 440
        draw.rectangle((x, y, x + 20 + step % 30, y + 20 + step % 17), fill=((step * 37) % 255, (seed * 11) % 255, 60))
    picture.save(path, "JPEG", quality=85)
    return path


def after(row: dict[str, Any], **time: float) -> datetime:
    """So long after a report's deadline."""
    return datetime.fromisoformat(row["due"]) + timedelta(**time)


@cache
def _template(hired: tuple[tuple[str, ...], ...]) -> Path:
    made = Offices(Path(tempfile.mkdtemp(prefix="resi-offices-")))
    atexit.register(shutil.rmtree, made.folder, ignore_errors=True)
    for account in hired:
        made.hire(*account)
    return made.folder
