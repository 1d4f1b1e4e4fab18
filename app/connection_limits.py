"""How many connections and requests the web takes: as the operator says, or as the open files of a process allow."""

import resource
from collections.abc import Iterator

from app.whole_numbers import whole
from core.admission import Bounds
from core.messages import Problem, Setting, Values

SETTINGS = (
    Setting("WEB_CONNECTIONS", "most HTTP connections at once; unset: what open files allow, at most 2000"),
    Setting("WEB_CONNECTIONS_PER_ADDRESS", "of one address; beyond it the one that idles longest is closed", "200"),
    Setting("WEB_REQUESTS_PER_ADDRESS", "most requests for pages of one address at once, waiting or worked on", "200"),
)
_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}
_MOST_FILES = 65_536
_USUAL_FILES = 1_024
_RESERVED = 300  # files of the database, of what comes in, of the wires that go out
_MAIL = 500  # what RESI_MAIL_CONNECTIONS is where it cannot be read
_LEAST, _MOST = 64, 2_000


def raise_open_files() -> int:
    """As many as this process may have, which is more than it gets unasked; how many that are."""
    try:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = _counted(hard)
        if _counted(soft) < most:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    except (OSError, ValueError):
        return _USUAL_FILES  # who shuts us in may not let us ask
    return most


def _counted(limit: int) -> int:
    return _MOST_FILES if limit == resource.RLIM_INFINITY else min(limit, _MOST_FILES)


def connections(values: Values, files: int) -> Bounds:
    """Of the web; never more than the open files allow."""
    allowed = max(_LEAST, files - _RESERVED - (_whole(values.get("MAIL_CONNECTIONS", "")) or _MAIL))
    total = min(_set(values, "WEB_CONNECTIONS") or _MOST, allowed)
    return Bounds(total, min(_set(values, "WEB_CONNECTIONS_PER_ADDRESS"), total))


def requests_of_one(values: Values) -> int:
    """Of one address at once."""
    return _set(values, "WEB_REQUESTS_PER_ADDRESS")


def problems(values: Values) -> Iterator[Problem]:
    """What is no number."""
    for name, default in _DEFAULTS.items():
        if values.get(name) and not _whole(values[name]):
            yield Problem(name, "is no number above 0", f"Unset RESI_{name}, or set it to {default or _MOST}.")


def _set(values: Values, name: str) -> int:
    return _whole(values.get(name, "")) or _whole(_DEFAULTS[name])


def _whole(text: str) -> int:
    number = whole(text) or 0
    return number if number < 10**9 else 0
