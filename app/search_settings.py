"""Where the index of words is asked, if one process holds it for all who serve pages on a machine."""

import os
from collections.abc import Iterator
from pathlib import Path

from core.messages import Problem, Setting, Values

SETTINGS = (
    Setting(
        "SEARCH_SOCKET",
        "path of a Unix socket at which the part search holds the index of words for all who serve pages on this "
        "machine; unset: each of them holds its own",
    ),
)
_LONGEST_PATH = 100  # bytes; the system takes 107


def problems(values: Values) -> Iterator[Problem]:
    """What cannot be the path of a socket."""
    path = values["SEARCH_SOCKET"]
    if path and (not path.startswith("/") or len(os.fsencode(path)) > _LONGEST_PATH):
        what = f"is no whole path of at most {_LONGEST_PATH} bytes"
        yield Problem("SEARCH_SOCKET", what, "Set RESI_SEARCH_SOCKET, for example /run/resi/search.sock.")


def socket_of(values: Values) -> Path | None:
    """Where it is asked; None: nowhere, each process has its own."""
    return Path(values["SEARCH_SOCKET"]) if values["SEARCH_SOCKET"] else None


def said(values: Values, parts: frozenset[str]) -> str:
    """A line of the banner: where the index is of a process with these parts."""
    place = socket_of(values)
    if place is None:
        return "  on   search" if "web" in parts else "  off  search: no page asks without RESI_SEARCH_SOCKET"
    return f"  on   search, at {place}" if "search" in parts else f"  off  search: pages ask at {place}"
