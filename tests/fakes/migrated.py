"""Databases copied from one that was migrated once: tests begin with hundreds of empty ones."""

import atexit
import os
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

import storage
from app import runtime
from storage.engine import is_sqlite, sqlite_path

TEMPORARY: Final = tempfile.gettempdir()  # of whoever began the tests: some of them look into one of their own


def template() -> Path:
    """One for all tests of a process; to be copied, and left as it is."""
    return _made() / "resi.db"


def migrate(url: str) -> None:
    """As storage.migrate; where no SQLite database is yet, a copy saves it the work."""
    if is_sqlite(url) and not sqlite_path(url).exists():
        with suppress(OSError):  # which storage.migrate tells of
            _copy(sqlite_path(url))
    storage.migrate(url)


def copy_what_is_new() -> None:
    """From now on, what opens a runtime in this process begins with a copy; `storage.migrate` stays what it is."""
    runtime.migrate = migrate  # type: ignore[attr-defined]  # no door of that room: only tests go in by it


def _copy(path: Path) -> None:
    """Two processes may want the same one: who comes first puts a whole one there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, whole = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(template().read_bytes())
        os.link(whole, path)
    finally:
        Path(whole).unlink()


@cache
def _made() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="resi-migrated-", dir=TEMPORARY))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    storage.migrate(f"sqlite:///{folder / 'resi.db'}")
    return folder
