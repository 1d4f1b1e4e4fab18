"""What is wrong with categories.toml: labels that no menu holds, numbers twice, agencies that are not there."""

import re
from collections import Counter

from app.city_pack.pack import CityPack
from app.city_pack.reading import PackFile
from app.city_pack.row_fields import ANYTHING, COUNT, FLAG, LABEL, LABELS, NAME, TABLE, TEXT, TEXTS, Table
from core import gsm7
from core.city.category_fields import HANDLINGS, PHOTOS

_FLAGS = dict.fromkeys(("sensitive", "estimate", "place", "retired"), FLAG)
_NEEDED = {"id": NAME, "sms_code": TEXT, "labels": LABELS, "group": NAME, "lead": NAME, "cues": TABLE}
_FREE = {
    **_FLAGS,
    **dict.fromkeys(("emergency", "photo", "handling"), TEXT),
    "restricted": NAME,
    "keep_days": COUNT,
    "attributes": ANYTHING,  # list_rules.py looks at it
}
_MOST = 8  # rows of a menu
_FEW_CUES = 5
_CODE = re.compile("[0-9]{2}")


def check_categories(pack: CityPack) -> None:
    """Adds what is wrong, and takes down ids; then what city.toml says of categories."""
    file = pack.files["categories.toml"]
    if not file.lines:
        return
    groups = _groups(pack, file)
    seen: set[str] = set()
    members = Counter[str]()
    for at, row in pack.findings.rows(file, file.table, "category", needed=True):
        told = pack.findings.row(file, ("category", at), row, _NEEDED, _FREE)
        own, path = str(told.get("id", "")), ("category", at)
        _twice(pack, file, at, told, field="id", seen=pack.categories)
        _twice(pack, file, at, told, field="sms_code", seen=seen)
        _labels(pack, file, path, told)
        _ids(pack, file, path, told, groups)
        _values(pack, file, path, told)
        pack.retired |= {own} if told.get("retired") else set()
        pack.restricted |= {own} if "restricted" in told else set()
        members[str(told.get("group", ""))] += not told.get("retired")
    _sizes(pack, file, groups, members)
    _fallback(pack, file)


def _groups(pack: CityPack, file: PackFile) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, row in pack.findings.rows(file, file.table, "group", needed=True):
        told = pack.findings.row(file, ("group", at), row, {"id": NAME, "labels": LABELS}, {})
        own = str(told.get("id", ""))
        if own in found:
            pack.findings.add(file, ("group", at, "id"), f"the group {own} stands twice", "Give each its own id.")
        _labels(pack, file, ("group", at), told)
        found[own] = at
    if len(found) > _MOST + 1:
        pack.findings.add(file, ("group", _MOST + 1), "there are more than 9 groups", "A menu of SMS holds no more.")
    return found


def _twice(pack: CityPack, file: PackFile, at: int, told: Table, *, field: str, seen: set[str]) -> None:
    value = str(told.get(field, ""))
    if value and value in seen:
        pack.findings.add(file, ("category", at, field), f"{field} {value} stands twice", "Give each its own.")
    if field == "sms_code" and value and not _CODE.fullmatch(value):
        pack.findings.add(
            file, ("category", at, field), f"sms_code {value[:20]!r} is not two digits", 'Write it as "11".'
        )
    seen |= {value} - {""}


def _labels(pack: CityPack, file: PackFile, path: tuple[str | int, ...], told: Table) -> None:
    labels = told.get("labels", {})
    if not isinstance(labels, dict):
        return
    for lang, label in labels.items():
        cost = gsm7.septets(label)
        if cost is None or cost > LABEL:
            mend = f"At most {LABEL} plain letters, for it stands in menus of SMS."
            pack.findings.add(file, (*path, "labels"), f"the label {label!r} ({lang}) is too long", mend)
    for lang in pack.languages:
        if "labels" in told and lang not in labels:
            mend = f'Add {lang} = "...".'
            fatal = lang == pack.languages[0]
            pack.findings.add(file, (*path, "labels"), f"there is no label in {lang}", mend, fatal=fatal)


def _ids(pack: CityPack, file: PackFile, path: tuple[str | int, ...], told: Table, groups: dict[str, int]) -> None:
    for field, what, known in (
        ("group", "the group", set(groups)),
        ("lead", "the agency", pack.agencies),
        ("restricted", "the agency", pack.agencies),
        ("emergency", "the number", set(pack.numbers)),
    ):
        value = told.get(field)
        if isinstance(value, str) and value not in known and pack.agencies:
            pack.findings.unknown(file, (*path, field), what, value, known)


def _values(pack: CityPack, file: PackFile, path: tuple[str | int, ...], told: Table) -> None:
    for field, known in (("photo", PHOTOS), ("handling", HANDLINGS)):
        value = told.get(field)
        if isinstance(value, str) and value not in known:
            pack.findings.unknown(file, (*path, field), field, value, known)
    cues = told.get("cues", {})
    if not isinstance(cues, dict):
        return
    for lang, words in cues.items():
        if not TEXTS.fits(words):
            pack.findings.add(file, (*path, "cues"), f"cues.{lang} is not as it should be", f"Write {TEXTS.what}.")
    if sum(len(words) for words in cues.values() if isinstance(words, list)) < _FEW_CUES and not told.get("retired"):
        mend = "Add what people write: without trained weights, cues are all that finds it."
        pack.findings.add(file, (*path, "cues"), "there are hardly any cues", mend, fatal=False)


def _sizes(pack: CityPack, file: PackFile, groups: dict[str, int], members: Counter[str]) -> None:
    for group, at in groups.items():
        if not members[group]:
            pack.findings.add(file, ("group", at), f"the group {group} is empty", "Take it out, or add a category.")
        elif members[group] > _MOST:
            what = f"the group {group} has {members[group]} categories"
            pack.findings.add(file, ("group", at), what, f"A menu of SMS holds {_MOST}: make two groups of it.")


def _fallback(pack: CityPack, file: PackFile) -> None:
    city = pack.files["city.toml"]
    fallback = city.table.get("fallback")
    if not isinstance(fallback, str) or not file.table.get("category"):
        return
    if fallback not in pack.categories:
        pack.findings.unknown(city, ("fallback",), "the category", fallback, pack.categories)
    elif fallback in pack.retired:
        pack.findings.add(city, ("fallback",), f"{fallback} is retired", "Name a category that is offered.")
    elif any(row.get("id") == fallback and "restricted" in row for row in _tables(file)):
        pack.findings.add(city, ("fallback",), f"{fallback} is restricted", "Name one that anybody may handle.")


def _tables(file: PackFile) -> list[Table]:
    found = file.table.get("category", [])
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
