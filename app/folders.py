"""Whether this user can write to a folder, or can make it."""

import os
from pathlib import Path


def unwritable(folder: Path) -> Path | None:
    """What this user cannot write to: the folder, or what is there of the way to it. None: it can be written to."""
    # What cannot be looked at counts as not there: then the folder above is named, which does not let this user in.
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if os.path.lexists(path))
    return None if os.path.isdir(there) and os.access(there, os.W_OK | os.X_OK) else there  # noqa: PTH112 - raises nothing
