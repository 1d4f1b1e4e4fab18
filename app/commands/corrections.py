"""`resi corrections`: what was taken for what, passed on by offices, opened and closed by citizens; counts alone."""

import json
from collections.abc import Callable

from app.runtime import opened_runtime
from app.settings import Settings

Print = Callable[[str], None]


def corrections(settings: Settings, say: Print, *, as_json: bool) -> None:
    """Three tables; restricted kinds stand in the first two as one sum, and of closed words there is but their kind."""
    with opened_runtime(settings) as opened:
        corrected, moved = opened.store.figures.corrected(), opened.store.figures.moved()
        closings = opened.store.figures.closings()
    if as_json:
        told = {
            "corrected": [{"from": before, "to": after, "count": times} for before, after, times in corrected],
            "moved": [{"category": kind, "reports": of, "moved": times} for kind, of, times in moved],
            "closings": [{"kind": kind, "made": made, "count": times} for kind, made, times in closings],
        }
        say(json.dumps(told, ensure_ascii=False))
        return
    say("filed_as corrected_to count")
    for before, after, times in corrected:
        say(f"{before} {after} {times}")
    say("category reports moved")
    for kind, of, times in moved:
        say(f"{kind} {of} {times}")
    say("trace made_of_it count")
    for kind, made, times in closings:
        say(f"{kind} {made} {times}")
