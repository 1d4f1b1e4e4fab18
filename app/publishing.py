"""Settings of publication: how often, and among how many; what is odd about them is told with its mend."""

import re
from collections.abc import Iterator
from datetime import timedelta

from app.whole_numbers import whole
from core.messages import Problem, Values
from core.model import Publishing

_IN_PRODUCTION = Publishing(timedelta(days=1), 5)
_LONGEST = timedelta(days=31)
_MOST = 1000
_SHORT_TOKEN = 16  # characters
_NAMED = {"daily": "1d", "hourly": "1h", "weekly": "7d"}
_UNITS = {"": timedelta(minutes=1), "m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_SPAN = re.compile(r"([0-9]{1,5}) ?([mhd]?)")


def read_publishing(values: Values, production: bool, notes: list[Problem]) -> Publishing:  # noqa: FBT001 - the one thing that the default hangs on
    """As set, else as the mode has it; what cannot be read is taken for what production has: a slip opens nothing."""
    default = _IN_PRODUCTION if production else Publishing()
    every, least = default.every, default.least
    if values["PUBLISH_EVERY"]:
        read = _span(values["PUBLISH_EVERY"])
        every = _IN_PRODUCTION.every if read is None else read
        if read is None:
            mend = "Set RESI_PUBLISH_EVERY to 0, or to a span such as 90, 6h or 1d."
            notes.append(Problem("PUBLISH_EVERY", "is no span of time up to 31 days", mend))
    if values["PUBLISH_LEAST"]:
        typed = values["PUBLISH_LEAST"]
        number = whole(typed) or 0
        sound = 0 < number <= _MOST
        least = number if sound else _IN_PRODUCTION.least
        if not sound:
            mend = "Set RESI_PUBLISH_LEAST, for example 5."
            notes.append(Problem("PUBLISH_LEAST", f"is no number from 1 to {_MOST}", mend))
    publishing = Publishing(every, least)
    notes += _odd(publishing, production=production)
    token = values["METRICS_TOKEN"]
    if token and len(token) < _SHORT_TOKEN:
        what = f"is shorter than {_SHORT_TOKEN} characters: it could be guessed"
        notes.append(Problem("METRICS_TOKEN", what, "Set it to a longer one, made by chance."))
    return publishing


def _span(typed: str) -> timedelta | None:
    read = _SPAN.fullmatch(_NAMED.get(typed.strip().lower(), typed.strip().lower()))
    if read is None:
        return None
    span = int(read[1]) * _UNITS[read[2]]
    return span if span <= _LONGEST else None


def _odd(publishing: Publishing, *, production: bool) -> Iterator[Problem]:
    """What may be meant, and would surprise."""
    if publishing.at_once:
        if production:
            what = "is 0: who knows when and where somebody reported finds the very row in the public list"
            yield Problem("PUBLISH_EVERY", what, "Unset it, or set it to 1d.", fatal=False)
        return
    if publishing.least <= 1:
        what = "is 1: a row of a batch may be the only one of its kind and place"
        yield Problem("PUBLISH_LEAST", what, "Set it to 5, or RESI_PUBLISH_EVERY to 0.", fatal=False)
    if not publishing.every:
        what = "is 0, though RESI_PUBLISH_LEAST wants others beside each report: batches of a minute hold few"
        yield Problem("PUBLISH_EVERY", what, "Set it to 1d.", fatal=False)
