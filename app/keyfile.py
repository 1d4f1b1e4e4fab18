"""Keys: from the settings, or in development from a file that is made on the first start."""

import os
import secrets
from pathlib import Path

from app.settings import Settings
from storage import Keys, new_key_line, parse_keys, sync_folder

_NAME = "keys"


def key_file(settings: Settings) -> Path:
    """Where development keeps its keys: beside the database, never in it."""
    return settings.data_dir / _NAME


def keys_of(settings: Settings, today: str) -> tuple[Keys, bool]:
    """The keys, and whether they were made just now. Raises ValueError for a malformed value, OSError."""
    if settings.values["KEYS"]:
        return parse_keys(settings.values["KEYS"]), False
    if settings.production:
        raise ValueError("it is not set")
    path = key_file(settings)
    made = not path.exists() and _made(path, new_key_line(f"dev{today}"))
    # What is no ASCII is no key either; the error of decoding would show a piece of it.
    return parse_keys(path.read_bytes().decode("ascii", "replace").strip()), made


def _made(path: Path, text: str) -> bool:
    """False where another process was quicker."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written whole under another name first: a second process must never read half a key.
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)  # without the keys nothing can be read again
    return True
