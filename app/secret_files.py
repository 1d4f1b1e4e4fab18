"""Secrets that lie in files: one that a setting names, or a credential of systemd; nobody else may read them."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from core.messages import Problem, Values

FILE = "_FILE"  # behind the name of a secret: where it lies
_MOST = 65_536  # bytes
_OTHERS = 0o077
_NOT_OF_GROUP = 0o007  # systemd lets the service read by an access list, which shows among the group's rights


def read_secret(name: str, values: Values, notes: list[Problem]) -> str:
    """From the settings themselves, else the file that is named beside them, else a credential; empty: from nowhere.

    What is refused stands among the notes.
    """
    value, path = values[name], values[name + FILE]
    if value and path:
        what = "is set beside a file of its own: what stands in the environment counts"
        notes.append(Problem(name, what, f"Take one of RESI_{name} and RESI_{name}{FILE} away.", fatal=False))
    if value:
        return value
    try:
        return from_file(Path(path)) if path else from_credentials(os.environ, f"RESI_{name}")
    except ValueError as error:
        mend = "Let it be a file with one line, of the service's own user, with mode 600 (chmod 600)."
        notes.append(Problem(name + FILE if path else name, str(error), mend))
        return ""


def from_file(path: Path) -> str:
    """The words of a file that its owner alone may read; raises ValueError that says why not, and never shows one."""
    return _read(path, _OTHERS)


def from_credentials(environment: Mapping[str, str], name: str) -> str:
    """The credential of that name; empty where there is none. Raises ValueError as `from_file`."""
    folder = environment.get("CREDENTIALS_DIRECTORY", "")
    path = Path(folder, name)
    return _read(path, _NOT_OF_GROUP) if folder and path.exists() else ""


def _read(path: Path, forbidden: int) -> str:
    try:
        # What is no file must not be waited for; what was opened is looked at, and nothing that was put there since.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise ValueError(f"names {path}, which is no file")
            if state.st_mode & forbidden:
                raise ValueError(f"names {path}, which others can read or write")
            raw = file.read(_MOST + 1)
    except OSError as error:
        raise ValueError(f"names {path}: {error.strerror}") from None
    return _line(path, raw)


def _line(path: Path, raw: bytes) -> str:
    try:
        words = raw.decode().strip()
    except UnicodeDecodeError:  # which would show a piece of it
        words = "\0"
    if not words or len(raw) > _MOST or len(words.splitlines()) > 1 or not words.isprintable():
        raise ValueError(f"names {path}, which does not hold one line of text")
    return words
