"""What is wrong with the short lists of a city: questions by kind, holidays, routes, ready answers, the logo."""

from collections.abc import Mapping
from datetime import date, datetime

from app.city_pack.pack import CityPack
from app.city_pack.reading import PackFile
from app.city_pack.row_fields import LABELS, LINES, NAME, TABLE, TEXT, Shape, Table
from core import gsm7

_ASK, _VALUE, _MOST_ASKED, _TITLE, _TOLD = 70, 20, 3, 60, 220
_KINDS = ("choice", "number", "text")
_DAY = Shape(lambda value: isinstance(value, date) and not isinstance(value, datetime), "a day, as 2026-08-17")


def check_attributes(pack: CityPack) -> None:
    """Questions, and which of them kinds ask."""
    file = pack.files["categories.toml"]
    known: set[str] = set()
    for at, row in pack.findings.rows(file, file.table, "attribute", needed=False):
        path = ("attribute", at)
        told = pack.findings.row(file, path, row, {"id": NAME, "kind": TEXT, "ask": LABELS}, {"values": TABLE})
        own = str(told.get("id", ""))
        if own in known:
            pack.findings.add(file, (*path, "id"), f"the question {own} stands twice", "Give each its own id.")
        known.add(own)
        if "kind" in told and told["kind"] not in _KINDS:
            pack.findings.unknown(file, (*path, "kind"), "kind", str(told["kind"]), _KINDS)
        _short(pack, file, (*path, "ask"), told.get("ask"), _ASK)
        _choices(pack, file, path, told)
    for at, row in pack.findings.rows(file, file.table, "category", needed=False):
        asked = row.get("attributes", [])
        if not isinstance(asked, list) or not all(isinstance(each, str) for each in asked) or len(asked) > _MOST_ASKED:
            mend = f'Write up to {_MOST_ASKED} ids of questions, as ["..."].'
            pack.findings.add(file, ("category", at, "attributes"), "attributes is not as it should be", mend)
            continue
        for each in asked:
            if each not in known:
                pack.findings.unknown(file, ("category", at, "attributes"), "the question", each, known)


def _choices(pack: CityPack, file: PackFile, path: tuple[str | int, ...], told: Table) -> None:
    values = told.get("values", {})
    if not isinstance(values, Mapping):
        return
    if (told.get("kind") == "choice") is not bool(values):
        what = "a choice has no values" if not values else "values stand where nothing is chosen"
        pack.findings.add(file, path, what, "Add values to a choice, and to nothing else.")
    for key, label in values.items():
        if not LABELS.fits(label):
            pack.findings.add(file, (*path, "values"), f"the value {key[:40]!r} has no label", f"Write {LABELS.what}.")
        _short(pack, file, (*path, "values"), label, _VALUE)


def _short(pack: CityPack, file: PackFile, path: tuple[str | int, ...], label: object, most: int) -> None:
    if not LABELS.fits(label) or not isinstance(label, Mapping):
        return
    home = pack.languages[0] if pack.languages else ""
    if home and home not in label:
        pack.findings.add(file, path, f"there is no label in {home}", f'Add {home} = "...".')
    for lang, said in label.items():
        if (gsm7.septets(str(said)) or most + 1) > most:
            mend = f"At most {most} plain letters, for it is asked by SMS."
            pack.findings.add(file, path, f"the label {str(said)[:80]!r} ({lang}) is too long", mend)


def check_holidays(pack: CityPack) -> None:
    """Days, each once."""
    file, seen = pack.files["holidays.toml"], set[object]()
    _only(pack, file, "holiday")
    for at, row in pack.findings.rows(file, file.table, "holiday", needed=False):
        told = pack.findings.row(file, ("holiday", at), row, {"day": _DAY, "name": LABELS}, {})
        day = told.get("day")
        if day is not None and day in seen:
            pack.findings.add(file, ("holiday", at, "day"), f"{day} stands twice", "Name each day once.")
        seen.add(day)


def check_routes(pack: CityPack) -> None:
    """Offices that can have what is sent there, and kinds that anybody may handle."""
    file, seen = pack.files["routes.toml"], set[tuple[str, str]]()
    _only(pack, file, "route")
    for at, row in pack.findings.rows(file, file.table, "route", needed=False):
        path = ("route", at)
        told = pack.findings.row(file, path, row, {"to": TEXT}, {"category": NAME, "area": TEXT})
        kind, area, to = (str(told.get(field, "")) for field in ("category", "area", "to"))
        if (kind, area) in seen:
            what = "a route for the same kind and area stands twice"
            pack.findings.add(file, path, what, "Keep the one that is meant.")
        seen.add((kind, area))
        offices = {*pack.agencies_in_service, *pack.offices}
        for field, what, value, known in (
            ("to", "the office", to, offices),
            ("category", "the category", kind, pack.categories),
            ("area", "the area", area, set(pack.areas)),
        ):
            if value and value not in known:
                pack.findings.unknown(file, (*path, field), what, value, known)
        if kind in pack.restricted:
            pack.findings.add(
                file, (*path, "category"), f"{kind} is restricted", "Such reports go to their agency alone."
            )


def check_answers(pack: CityPack) -> None:
    """Words that fit an SMS."""
    file = pack.files["answers.toml"]
    _only(pack, file, "answer")
    for at, row in pack.findings.rows(file, file.table, "answer", needed=False):
        path = ("answer", at)
        told = pack.findings.row(file, path, row, {"title": TEXT, "text": LINES}, {"agency": TEXT})
        office = str(told.get("agency", ""))
        if office and office not in {*pack.agencies, *pack.offices}:
            pack.findings.unknown(file, (*path, "agency"), "the office", office, {*pack.agencies, *pack.offices})
        if len(str(told.get("title", ""))) > _TITLE:
            pack.findings.add(file, (*path, "title"), "title is too long", f"At most {_TITLE} letters.")
        if (gsm7.septets(str(told.get("text", "x"))) or _TOLD + 1) > _TOLD:
            mend = f"At most {_TOLD} plain letters, for it must fit an SMS."
            pack.findings.add(file, (*path, "text"), "text does not fit an SMS", mend)


def _only(pack: CityPack, file: PackFile, name: str) -> None:
    for field in file.table:
        if field != name:
            pack.findings.unknown(file, (field,), "the field", field, [name])
