"""`resi case evaluation`: how each office dealt with its reports in a month, as a table or as JSON."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date

from app.commands.case import open_terminal
from app.runtime import opened_runtime
from app.settings import Settings
from core import casework
from core.casework import Evaluation, Turn

Print = Callable[[str], None]
_HEAD = ("agency", "closed", "within", "mean_days", "median_days", "open", "overdue", "reopened", "satisfied")


def evaluation(settings: Settings, name: str, first: date | None, say: Print, *, as_json: bool) -> None:
    """Of the month of that day; None: of this one. Raises Refused."""
    open_terminal(settings)
    with opened_runtime(settings) as opened:
        now = opened.clock.now()
        day = first or now.astimezone(settings.zone).date()
        context = opened.context
        found = opened.store.read(lambda tx: casework.evaluation(Turn(tx, now, context), name, day)).offices
    if as_json:
        say(json.dumps([asdict(each) for each in found], ensure_ascii=False))
        return
    say(" ".join(_HEAD))
    for each in found:
        say(_line(each))


def _line(row: Evaluation) -> str:
    return " ".join(_shown(value) for value in asdict(row).values())


def _shown(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.2f}" if isinstance(value, float) else str(value)
