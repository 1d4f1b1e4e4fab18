"""Whether this user can write to a folder, or can make it."""

import os
from pathlib import Path


def unwritable(folder: Path) -> Path | None:
    """What this user cannot write to: the folder, or what is there of the way to it. None: it can be written to."""
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    return None if there.is_dir() and os.access(there, os.W_OK | os.X_OK) else there
