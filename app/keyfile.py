"""Keys: from the settings, or in development from a file that is made on the first start."""

import os
from pathlib import Path

from app.settings import Settings
from storage import Keys, new_key_line, parse_keys

_NAME = "keys"


def key_file(settings: Settings) -> Path:
    """Where development keeps its keys: beside the database, never in it."""
    return settings.data_dir / _NAME


def keys_of(settings: Settings, today: str) -> tuple[Keys, bool]:
    """The keys, and whether they were made just now. Raises ValueError for a malformed value."""
    if settings.values["KEYS"]:
        return parse_keys(settings.values["KEYS"]), False
    if settings.production:
        raise ValueError("RESI_KEYS is not set")
    path = key_file(settings)
    made = _make(path, new_key_line(f"dev{today}"))
    return parse_keys(path.read_text(encoding="ascii").strip()), made


def _make(path: Path, text: str) -> bool:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written whole under another name first: a second process must never read half a key.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    return True
