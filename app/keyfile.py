"""Keys: from the settings, or in development from a file that is made on the first start."""

from pathlib import Path

from app.private_files import write_new
from app.settings import Settings
from storage import Keys, new_key_line, parse_keys

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
    made = not path.exists() and write_new(path, new_key_line(f"dev{today}") + "\n")
    # What is no ASCII is no key either; the error of decoding would show a piece of it.
    return parse_keys(path.read_bytes().decode("ascii", "replace").strip()), made
