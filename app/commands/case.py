"""`resi case`: staff act from a terminal, under the same rules, trail and news as anywhere else."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.runtime import Runtime, opened_runtime
from app.settings import Settings
from core import casework, workflow
from core.casework import Actor, Seen
from core.categories import told_attribute
from core.errors import FileAway, Refused
from core.model import Act, Listed, Number, Status
from core.phrases import phrase
from core.ports import ReportQuery
from core.workflow import Order, PossibleAct, Target

Print = Callable[[str], None]
ACTIONS = tuple(act.value for act in workflow.ORDERS)
HINTS: Mapping[str, str] = {
    "case_text_needed": "--text",
    "case_lookalikes": "--text",
    "case_photo_needed": "--photo",
    "case_photo_needless": "resi case do result",
    "case_date_needed": "--until 2026-12-31",
    "case_office_unknown": "an ID of agencies.toml, kel:CODE, kec:CODE, kota:ID",
    "case_office_outside": "resi case do forward",
    "case_office_inside": "resi case do coordinate",
    "case_category_unknown": "resi suggest --json",
    "case_reason_needed": "--reason",
    "case_plan_first": "resi case do plan",
    "case_not_now": "resi case show",
}
"""What a refusal, which a page says as well, comes to on a command line."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed behind `case do`."""

    action: str
    number: str
    to: str = ""
    text: str = ""
    until: date | None = None
    photo: Path | None = None
    reason: str = ""


def listing(settings: Settings, name: str, status: Status | None, say: Print, *, as_json: bool) -> None:
    """What that person may see, by deadline. Raises Refused."""
    open_terminal(settings)
    with opened_runtime(settings) as opened:
        reports = opened.store.read(lambda tx: casework.lines(tx, name, ReportQuery(status, open=None)))
    rows = [_row(report, settings.zone) for report in reports]
    if as_json:
        say(json.dumps(rows, ensure_ascii=False))
        return
    for report in reports:
        say(_line(report, settings))
    if not reports:
        say(phrase("case_list_empty", settings.lang))


def show(settings: Settings, name: str, number: str, say: Print, *, as_json: bool) -> None:
    """One report with all that its reader may know. Raises Refused."""
    open_terminal(settings)
    with opened_runtime(settings) as opened:
        seen = opened.turn(lambda turn: casework.show(turn, Actor(name), _number(number)))
    if as_json:
        say(json.dumps(_whole(seen, settings.zone), ensure_ascii=False))
    else:
        _tell(seen, settings, say)


def climbed(settings: Settings, name: str, say: Print) -> None:
    """What that person's office was told of time that passes. Raises Refused."""
    open_terminal(settings)
    with opened_runtime(settings) as opened:
        notices = opened.store.run(lambda tx: casework.climbed(tx, name))
    for each in notices:
        say(f"{_time(each.at, settings.zone)} {each.number} {each.mark.value} {each.holder} {each.days}")
    if not notices:
        say(phrase("case_list_empty", settings.lang))


def do(settings: Settings, name: str, asked: Asked, say: Print) -> None:
    """One act; raises Refused, and then nothing was changed."""
    open_terminal(settings)
    act = Act(asked.action)
    to = _number(asked.to) if any(move.target is Target.REPORT for move in workflow.BY_ACT[act]) else asked.to.strip()
    order = Order(act, asked.text, to, asked.until, reason=asked.reason)
    with opened_runtime(settings) as opened:
        if asked.photo is not None:
            order = _with_photo(opened, settings, order, asked.photo)
        report = opened.turn(lambda turn: casework.do(turn, Actor(name), _number(asked.number), order))
    say(_line(casework.as_listed(report), settings))


def open_terminal(settings: Settings) -> None:
    """Raises Refused in production, unless it was opened: whoever has a shell can be anybody."""
    if settings.production and settings.values["CASE_TERMINAL"] != "1":
        raise Refused("case_terminal_closed")


def _number(typed: str) -> Number:
    return Number(typed.strip().upper())


def _with_photo(opened: Runtime, settings: Settings, order: Order, path: Path) -> Order:
    """Scrubbed as citizens' photos are, and looked at for comparing it with earlier results."""
    data = _read(path, settings.limits.file_bytes)
    from app.sandbox import Sandbox  # noqa: PLC0415 - reads every kind of file, and few orders bring one

    sandbox = Sandbox(limits=settings.limits)
    try:
        sandbox.start()
        clean = sandbox.scrub_now(data)
        photo_hash = sandbox.perceptual_hash_now(clean)
    except FileAway:
        raise Refused("file_lost") from None
    except Refused:  # its phrase would ask for a PDF or a story
        raise Refused("case_photo_wrong") from None
    finally:
        sandbox.stop()
    if photo_hash is None:
        raise Refused("case_photo_wrong")
    return replace(order, photo=opened.files.put(clean.data, clean.kind), photo_hash=photo_hash)


def _read(path: Path, most: int) -> bytes:
    """Never more than is allowed, whatever stands behind the name."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError):  # a name may hold what no name can
        raise Refused("case_photo_unread") from None
    if len(data) > most:
        raise Refused("file_too_large")
    return data


def _time(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="minutes")


def _row(report: Listed, zone: ZoneInfo) -> dict[str, object]:
    return {
        "number": report.number,
        "status": report.status.value,
        "category": report.category,
        "area": report.area,
        "agency": report.agency,
        "channel": report.channel,
        "received": _time(report.received, zone),
        "due": _time(report.due, zone),
        "late": report.late,
        "evaluation": report.evaluation,
    }


def _whole(seen: Seen, zone: ZoneInfo) -> dict[str, object]:
    handling = seen.report.handling
    return _row(casework.as_listed(seen.report), zone) | {
        "text": seen.report.text,
        "place": seen.report.place.words,
        "attributes": dict(seen.report.attributes),
        "photos": seen.photos,
        "history": [
            {
                "at": _time(entry.at, zone),
                "status": entry.status.value,
                "agency": entry.agency,
                "text": entry.text,
                "act": entry.act.value,
            }
            for entry in seen.history
        ],
        "questions": [{"asked": each.asked, "answered": each.answered} for each in seen.questions],
        "lookalikes": list(handling.lookalikes),
        "feedback": handling.feedback.value if handling.feedback is not None else None,
        "plan": handling.plan.value or None,
        "estimate": handling.estimate.value or None,
        "reopened": handling.reopened,
        "actions": [each.act.value for each in seen.can],
    }


def _line(report: Listed, settings: Settings) -> str:
    marks = "".join(f" {name}" for name, on in (("late", report.late), ("evaluation", report.evaluation)) if on)
    due = _time(report.due, settings.zone)
    return f"{report.number} {report.status.value} {report.category} {report.agency} due={due}{marks}"


def _tell(seen: Seen, settings: Settings, say: Print) -> None:
    report, lang = seen.report, settings.lang
    say(_line(casework.as_listed(report), settings))
    if report.place.words or report.place.name:
        say(_plain(", ".join(part for part in (report.place.words, report.place.name) if part)))
    say("")
    say(_plain(report.text))
    for each in report.attributes:
        say(_plain(" ".join(told_attribute(*each, lang))))
    say("")
    for entry in seen.history:
        words = f": {_plain(entry.text)}" if entry.text else ""
        say(f"{_time(entry.at, settings.zone)} {entry.act.value} {entry.status.value} {entry.agency}{words}")
    for number in report.handling.lookalikes:
        say(phrase("case_looks_like", lang, number=number))
    say(phrase("case_can_do", lang, actions=_named(seen.can)))


def _plain(text: str) -> str:
    """Without what would move the cursor, colour the screen or turn the reading order: the words are a stranger's."""
    return "".join(c for c in text.replace("\t", " ") if c == "\n" or c.isprintable())


def _named(acts: Sequence[PossibleAct]) -> str:
    return ", ".join(each.act.value for each in acts) or "-"
