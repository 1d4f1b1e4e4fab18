"""What administrators change of the city: kept beside its folder, noted, and refused where something would break.

A change is looked at in the whole that it makes, as the database has it, whatever this process has read.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core import gsm7
from core.casework.actors import Actor, arranges
from core.categories import Tables, tables_of
from core.city.holidays import Holiday, holidays_of
from core.city.present import Changes, changes_of
from core.city.profile import CITY
from core.errors import Refused
from core.model import AuditEntry, CityChange, CityPart
from core.phrases import LANGUAGES
from core.ports import StaffRepositories
from core.record import Turn
from core.toml_rows import BadRow, Row

ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_BETWEEN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class CityPresent:
    """The city as the database has it. `versions`: of the rows that were changed."""

    changes: Changes
    tables: Tables
    versions: Mapping[tuple[CityPart, str], int]

    def version(self, part: CityPart, id_: str) -> int:
        """Of a row; 0: it is as the folder has it, or there is none."""
        return self.versions.get((part, id_), 0)

    @property
    def holidays(self) -> Sequence[Holiday]:
        """In their order."""
        return tuple(holidays_of(self.changes).values())


def city_present(tx: StaffRepositories) -> CityPresent:
    """As it stands in this transaction."""
    rows = tx.city_changes.all()
    changes = changes_of(rows)
    return CityPresent(changes, tables_of(changes), {(each.part, each.id): each.version for each in rows})


def begun(turn: Turn, by: Actor) -> CityPresent:
    """The city before a change of it; until the end of the turn nobody else changes it. Raises Refused."""
    arranges(turn.tx, by)
    turn.tx.city_changes.lock()
    return city_present(turn.tx)


def unchanged(now: CityPresent, part: CityPart, id_: str, seen: int) -> None:
    """Raises Refused where somebody changed the row since it was shown."""
    if now.version(part, id_) != seen:
        raise Refused("city_changed_meanwhile")


def tables_after(now: CityPresent, change: CityChange) -> Tables:
    """Those that a change makes; raises Refused where no table can be made of it."""
    try:
        return tables_of({**now.changes, (change.part, change.id): change.row})
    except (BadRow, ValueError):
        raise Refused("city_change_wrong") from None


def keep_row(turn: Turn, now: CityPresent, change: CityChange, act: str, by: Actor) -> None:
    """Where tables can be made with it; raises Refused."""
    tables_after(now, change)
    keep(turn, change, act, by)


def keep(turn: Turn, change: CityChange, act: str, by: Actor) -> None:
    """Stores and notes it; its rules were looked at before."""
    turn.tx.city_changes.put(change)
    turn.tx.audit.add(AuditEntry(turn.now, by.name, f"{act} {change.id}", via=by.via))


def languages() -> tuple[str, ...]:
    """In which what people read is written: those of the city, the first of it standing first."""
    return tuple(dict.fromkeys((CITY.language, *(each for each in LANGUAGES if each in (CITY.languages or LANGUAGES)))))


def labels(typed: Mapping[str, str], most: int) -> Row:
    """In each language, as it is kept; raises Refused where one is missing, or would not fit an SMS."""
    found = {lang: " ".join(typed.get(lang, "").split()) for lang in languages()}
    if not all(found.values()):
        raise Refused("city_label_missing")
    for label in found.values():
        if (gsm7.septets(label) or most + 1) > most:
            raise Refused("city_label_long", label=label[: 2 * most], most=most)
    return found


def id_like(label: str, taken: Sequence[str], otherwise: str) -> str:
    """An id that is nobody's, like what something is called."""
    base = _BETWEEN.sub("_", label.lower()).strip("_")[:32].strip("_")
    base = base if ID.fullmatch(base) else f"{otherwise}_{base}".strip("_")[:32].strip("_")
    tries = (base, *(f"{base}_{at}" for at in range(2, len(taken) + 3)))
    return next(each for each in tries if each not in taken)
