"""Accounts from a table: what is wrong in which line is said first, and then all are made or none."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core import workflow
from core.casework.accounts import add_staff, fitting
from core.casework.actors import Actor, arranges
from core.casework.staffing import offices
from core.errors import Refused
from core.model import AgencyId, Staff, StaffId, StaffRole
from core.phrases import LANGUAGES, phrase
from core.record import Turn

MOST = 100  # accounts at once: each costs a slow hash
_FIELDS = 3
_FORMULA = ("=", "+", "-", "@")  # what a spreadsheet would run
_HEADS = frozenset({"nama", "name"})


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """A line of the table as it was typed; `staff`: the account that it makes, `why`: why it makes none."""

    number: int
    name: str
    office: str
    role: str
    staff: Staff | None = None
    why: Refused | None = None


def read(turn: Turn, table: str, by: Actor) -> tuple[ImportedLine, ...]:
    """Name, office and role, by commas or semicolons, with or without a first line that names them.

    An office is written by its id or its name, a role likewise. Raises Refused for a table that is empty or too long.
    """
    arranges(turn.tx, by)
    rows = list(_rows(table))
    if not rows:
        raise Refused("import_empty")
    if len(rows) > MOST:
        raise Refused("import_long", most=MOST)
    seen: set[str] = set()
    lines = []
    for number, fields in rows:
        lines.append(_line(turn, number, fields, seen))
        seen.add(fields[0])
    return tuple(lines)


def make(turn: Turn, lines: Sequence[ImportedLine], digests: Sequence[str], by: Actor) -> list[Staff]:
    """All of them, each with the hash of its password; raises Refused, and then none is made."""
    made = []
    for line, digest in zip(lines, digests, strict=True):
        if line.staff is None:
            raise line.why or Refused("import_empty")
        made.append(add_staff(turn, line.staff, digest, by))
    return made


def _rows(table: str) -> Iterator[tuple[int, list[str]]]:
    first = table.lstrip("\ufeff").partition("\n")[0]
    reader = csv.reader(
        io.StringIO(table.lstrip("\ufeff"), newline=""), delimiter=";" if ";" in first else ",", strict=False
    )
    while True:
        try:
            fields = next(reader, None)
        except csv.Error:
            fields = [""]
        if fields is None:
            return
        fields = [" ".join(each.split()) for each in fields]
        is_head = reader.line_num == 1 and fields[:1] and fields[0].lower() in _HEADS
        if any(fields) and not is_head:
            yield reader.line_num, fields


def _line(turn: Turn, number: int, fields: list[str], seen: set[str]) -> ImportedLine:
    name, office, role = (*fields, "", "", "")[:_FIELDS]
    try:
        staff = _staff(fields, name, office, role)
        fitting(turn, staff)
    except Refused as no:
        return ImportedLine(number, name, office, role, None, no)
    why = Refused("staff_name_taken") if name in seen else None
    return ImportedLine(number, name, office, role, None if why else staff, why)


def _staff(fields: list[str], name: str, office: str, role: str) -> Staff:
    if len(fields) != _FIELDS:
        raise Refused("import_fields")
    if name.startswith(_FORMULA):
        raise Refused("import_formula")
    found = _ROLES.get(role.lower())
    if found is None:
        raise Refused("import_role")
    return Staff(StaffId(""), name, _OFFICES.get(office.lower(), AgencyId(office)), found, fresh=True)


def _named() -> Iterator[tuple[str, AgencyId]]:
    """Names that only one office has; ids come last, so that each is what it says."""
    ids = [office for office, _ in offices()]
    for lang in LANGUAGES:
        names = [workflow.agency_name(office, lang).lower() for office in ids]
        yield from ((name, office) for name, office in zip(names, ids, strict=True) if names.count(name) == 1)
    yield from ((office.lower(), office) for office in ids)


_OFFICES = dict(_named())
_ROLES = {
    word.lower(): role
    for role in StaffRole
    for word in (role.value, *(phrase(f"desk_role_{role.value}", lang) for lang in LANGUAGES))
}
