"""A typed line becomes an envelope; a line that begins with a colon gives a file or a place."""

from pathlib import Path

from core.errors import Refused
from core.messages import Address, Envelope, FileRef, Point, WireId

_MOST_BYTES = 20_000_000
_POLE, _DATE_LINE = 90, 180  # degrees
_FILE = (":foto ", ":photo ", ":file ")
_PLACE = (":tempat ", ":place ")


def envelope_of(line: str, sender: Address, wire_id: WireId) -> Envelope:
    """Raises Refused for a file that cannot be read or a place that is none."""
    low = line.lower()
    for word in _FILE:
        if low.startswith(word):
            data = _read(Path(line[len(word) :].strip()).expanduser())
            return Envelope("terminal", sender, wire_id, files=(FileRef(data=data, size=len(data)),))
    for word in _PLACE:
        if low.startswith(word):
            return Envelope("terminal", sender, wire_id, point=_point(line[len(word) :]))
    return Envelope("terminal", sender, wire_id, text=line)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Refused("file_too_large")
        return path.read_bytes()
    except OSError:
        raise Refused("file_lost") from None


def _point(text: str) -> Point:
    try:
        latitude, longitude = (float(part) for part in text.replace(";", ",").split(","))
    except ValueError:
        raise Refused("odd_other") from None
    if not (abs(latitude) <= _POLE and abs(longitude) <= _DATE_LINE):
        raise Refused("odd_other")
    return Point(latitude, longitude)
