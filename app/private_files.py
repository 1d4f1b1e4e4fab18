"""Files that only their owner may read, written whole or not at all: keys, and settings with secrets in them."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from storage import sync_folder


def write_new(path: Path, text: str) -> bool:
    """False where something of that name is there, or another process was quicker; raises OSError."""
    return _write(path, text, lambda draft: os.link(draft, path))


def write_over(path: Path, text: str) -> None:
    """In the place of what is there; whoever reads meanwhile reads the old or the new. Raises OSError."""
    _write(path, text, lambda draft: draft.replace(path))


def _write(path: Path, text: str, place: Callable[[Path], object]) -> bool:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written whole under another name first: a second process must never read half of it.
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        place(draft)
    except FileExistsError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)  # without the keys nothing can be read again
    return True
