"""`resi redact` and `resi suggest`: the readers of words, a line in, a line out."""

import json
from collections.abc import Iterator
from typing import TextIO

from core import areas, places
from core import redact as redacting
from core import suggest as suggesting
from core.city.profile import CITY
from core.ports import NO_MAP, CityMap

_BREAK = "\\n"


def _lines(source: TextIO) -> Iterator[str]:
    for line in source:
        yield line.rstrip("\r\n")


def _unfolded(line: str) -> str:
    """The two characters that stand for a line break become a break and a space, so that offsets stay."""
    return line.replace(_BREAK, "\n ")


def redact(source: TextIO, out: TextIO, *, as_json: bool) -> None:
    """INTERFACE: offsets in characters of the input line."""
    for line in _lines(source):
        spans = redacting.find(_unfolded(line))
        closed = redacting.close(line, spans)
        if as_json:
            rows = [[span.start, span.end, span.kind.value] for span in spans]
            out.write(json.dumps({"text": closed, "spans": rows}, ensure_ascii=False) + "\n")
        else:
            out.write(closed + "\n")
        out.flush()


def _place(text: str, city_map: CityMap) -> dict[str, str] | None:
    with areas.on_map(city_map):
        found = places.find(text)
    if not found.candidates:
        return None
    code = found.candidates[0]
    return {"area": code, "name": areas.full_name(code)}


def suggest(source: TextIO, out: TextIO, city_map: CityMap = NO_MAP, *, as_json: bool) -> None:
    """The best five, a place, and whether it is an emergency or restricted."""
    for line in _lines(source):
        text = _unfolded(line)
        found = suggesting.suggest(text)
        place = _place(text, city_map)
        if as_json:
            told = {
                "suggestions": [{"category": leaf, "score": round(score, 4)} for leaf, score in found.ranked],
                "place": place,
                "emergency": suggesting.is_danger(text),
                "restricted": found.restricted,
            }
            out.write(json.dumps(told, ensure_ascii=False) + "\n")
        else:
            best = ", ".join(f"{leaf} {score:.2f}" for leaf, score in found.ranked) or "-"
            danger = f" | {CITY.emergency.general or 'danger'}" if suggesting.is_danger(text) else ""
            out.write(f"{best} | {place['name'] if place else '-'}{danger}\n")
        out.flush()
