"""What is wrong with a city.toml: names, languages, numbers to call, levels of areas, words."""

import re
from zoneinfo import ZoneInfo

from app.city_pack.pack import CityPack
from app.city_pack.reading import PackFile
from app.city_pack.row_fields import DAYS, LABELS, MAYBE, NAME, POINT, TABLE, TEXT, TEXTS, Table, number

_NEEDED = {
    **dict.fromkeys(("language", "country", "timezone", "jurisdiction"), TEXT),
    **dict.fromkeys(("coordinator", "fallback"), NAME),
    **dict.fromkeys(("around", "words"), TABLE),
    "near": POINT,
}
_FREE = {
    **dict.fromkeys(("languages", "above_all", "known_words", "may_name"), TEXTS),
    **dict.fromkeys(("emergency", "counters", "deadlines"), TABLE),
    "logo": TEXT,
}
_SIDES = ("south", "north", "west", "east")
_LEVEL_FREE = {"kind": NAME, "office": MAYBE, "counter": MAYBE, "short": TEXT, "named": TABLE}
_MOST_LEVELS = 4
_NUMBER = re.compile(r"[0-9]{2,15}")
_PLACED = re.compile(r"\{(\w*)\}")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PERIODS = ("solve_days", "look_hours", "evaluate_days")
# What sentences say of the city: each of these, in its first language.
WORDS = {
    "name": "what the city is called",
    "government": "who people report to",
    "administration": "the title of the desk",
    "area": "what the smallest areas are called, one of them",
    "areas": "what may be named as a place, as: ward or district",
    "district": "what holds the smallest areas",
    "coordinator": "the office that checks plans",
    "coordinator_short": "the same, shorter",
    "branch": "a branch of an agency in one part of the city",
    "emergency": "the number to call",
    "information": "where questions about services are answered",
    "information_short": "the same, for SMS",
    "elsewhere": "where problems of other towns are reported",
    "counters": "which offices have a counter",
    "code_example": "the code of an area",
    "channel_example": "ids of channels of partners",
}


def check_city(pack: CityPack) -> None:
    """Adds what is wrong, and takes down what other files may name."""
    file = pack.files["city.toml"]
    if not file.lines:
        return
    findings = pack.findings
    fields = {key: value for key, value in file.table.items() if key != "level"}
    fitting = findings.row(file, (), fields, _NEEDED, _FREE)
    _languages(pack, file, fitting)
    _zone(pack, file, fitting)
    _around(pack, file, fitting)
    _numbers(pack, file, fitting)
    _deadlines(pack, file, fitting)
    _levels(pack, file)
    _words(pack, file, fitting)


def _texts(row: Table, field: str) -> tuple[str, ...]:
    found = row.get(field, [])
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _languages(pack: CityPack, file: PackFile, row: Table) -> None:
    home, listed = str(row.get("language", "")), _texts(row, "languages")
    if listed and home not in listed:
        mend = "Name it there too, or leave `languages` out: then all that Resi speaks are."
        pack.findings.add(file, ("languages",), f"languages leaves out {home!r}, which is spoken first", mend)
    pack.languages = tuple(dict.fromkeys((home, *listed))) if home else ()
    country = row.get("country")
    if country is not None and not re.fullmatch("[A-Z]{2}", str(country)):
        pack.findings.add(file, ("country",), f"country {country!r} is none", "Write two capitals, as NL (ISO 3166).")


def _zone(pack: CityPack, file: PackFile, row: Table) -> None:
    zone = row.get("timezone")
    try:
        if zone is not None:
            ZoneInfo(str(zone))
    except (KeyError, ValueError, OSError):
        pack.findings.add(file, ("timezone",), f"timezone {zone!r} is not known", "Write it as Europe/Amsterdam.")


def _around(pack: CityPack, file: PackFile, row: Table) -> None:
    around, near = row.get("around"), row.get("near")
    if not isinstance(around, dict):
        return
    if set(around) != set(_SIDES) or not all(number(each) for each in around.values()):
        mend = "Write { south = ..., north = ..., west = ..., east = ... } in degrees."
        pack.findings.add(file, ("around",), "around is not four numbers", mend)
    elif not (-90 <= around["south"] < around["north"] <= 90 and around["west"] < around["east"]):  # noqa: PLR2004 - the poles
        pack.findings.add(file, ("around",), "around is turned round", "South is less than north, west than east.")
    elif isinstance(near, list) and not (
        around["south"] <= near[0] <= around["north"] and around["west"] <= near[1] <= around["east"]
    ):
        pack.findings.add(file, ("near",), "near lies outside of around", "Write latitude first, then longitude.")


def _numbers(pack: CityPack, file: PackFile, row: Table) -> None:
    emergency = row.get("emergency", {})
    if not isinstance(emergency, dict):
        return
    told = pack.findings.row(file, ("emergency",), emergency, {}, {"general": MAYBE, "others": TEXTS, "yields": TEXTS})
    general = str(told.get("general", ""))
    pack.numbers = (*([general] if general else []), *_texts(told, "others"))
    for each in pack.numbers:
        if not _NUMBER.fullmatch(each):
            pack.findings.add(file, ("emergency", "others"), f"{each!r} is no number to call", "Write digits alone.")
    for each in _texts(told, "yields"):
        if each not in pack.numbers:
            pack.findings.unknown(file, ("emergency", "yields"), "the number", each, pack.numbers)


def _deadlines(pack: CityPack, file: PackFile, row: Table) -> None:
    told = row.get("deadlines", {})
    if isinstance(told, dict):
        shapes = {**dict.fromkeys(PERIODS, DAYS), "working_days": TEXTS}
        for each in _texts(pack.findings.row(file, ("deadlines",), told, {}, shapes), "working_days"):
            if each not in WEEKDAYS:
                pack.findings.unknown(file, ("deadlines", "working_days"), "the day", each, WEEKDAYS)


def _levels(pack: CityPack, file: PackFile) -> None:
    found, rows, offices = [], set[str](), set[str]()
    for at, level in pack.findings.rows(file, file.table, "level", needed=True):
        told = pack.findings.row(file, ("level", at), level, {"rows": NAME}, _LEVEL_FREE)
        for field, seen in (("rows", rows), ("office", offices)):
            value = str(told.get(field, ""))
            if value and value in seen:
                pack.findings.add(
                    file, ("level", at, field), f"{field} {value!r} stands twice", "Name each level once."
                )
            seen.add(value)
        if told.get("office") and not NAME.fits(told["office"]):
            pack.findings.add(file, ("level", at, "office"), "office is no id", f"Write {NAME.what}.")
        _named(pack, file, at, told)
        found.append(told)
    if len(found) > _MOST_LEVELS:
        pack.findings.add(file, ("level", _MOST_LEVELS), f"there are {len(found)} levels", "At most four can be told.")
    pack.levels = tuple(found)


def _named(pack: CityPack, file: PackFile, at: int, told: Table) -> None:
    named = told.get("named", {})
    texts = [("short", told.get("short", ""))]
    for kind, by in named.items() if isinstance(named, dict) else ():
        if not LABELS.fits(by):
            pack.findings.add(
                file, ("level", at, "named"), f"named.{kind} is not as it should be", f"Write {LABELS.what}."
            )
        elif isinstance(by, dict):
            texts += [("named", each) for each in by.values()]
    for field, text in texts:
        if _PLACED.sub("", str(text)).count("{") or any(each != "name" for each in _PLACED.findall(str(text))):
            mend = "Only {name} may stand in braces."
            pack.findings.add(file, ("level", at, field), f"{text!r} holds something else than {{name}}", mend)


def _words(pack: CityPack, file: PackFile, row: Table) -> None:
    words = row.get("words", {})
    if not isinstance(words, dict):
        return
    for lang, said in words.items():
        if isinstance(said, dict):
            pack.findings.row(file, (f"words.{lang}",), said, {}, dict.fromkeys(WORDS, TEXT))
        else:
            pack.findings.add(file, ("words",), f"words.{lang} is no table", f"Write [words.{lang}] above its lines.")
    home = words.get(pack.languages[0], {}) if pack.languages else {}
    for each in WORDS if isinstance(home, dict) else ():
        if each not in home:
            lang = pack.languages[0] if pack.languages else "LANGUAGE"
            what = f"[words.{lang}] says no {each}"
            pack.findings.add(file, (f"words.{lang}",), what, f'Add {each} = "...": {WORDS[each]}.')
