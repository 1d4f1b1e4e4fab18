"""`resi corrections`: which kinds are taken for which others, and how often offices pass a kind on; counts alone."""

import json
from collections.abc import Callable

from app.runtime import opened_runtime
from app.settings import Settings

Print = Callable[[str], None]


def corrections(settings: Settings, say: Print, *, as_json: bool) -> None:
    """Two tables, the most frequent first; restricted kinds stand in both as one sum."""
    with opened_runtime(settings) as opened:
        corrected, moved = opened.store.figures.corrected(), opened.store.figures.moved()
    if as_json:
        told = {
            "corrected": [{"from": before, "to": after, "count": times} for before, after, times in corrected],
            "moved": [{"category": kind, "reports": of, "moved": times} for kind, of, times in moved],
        }
        say(json.dumps(told, ensure_ascii=False))
        return
    say("filed_as corrected_to count")
    for before, after, times in corrected:
        say(f"{before} {after} {times}")
    say("category reports moved")
    for kind, of, times in moved:
        say(f"{kind} {of} {times}")
