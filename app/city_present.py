"""What administrators changed of the city, taken over by each process: at its start, and within seconds of a change."""

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from app.errors import CannotStart
from app.logs import place_of
from core import categories
from core.city import read
from core.city.present import UNCHANGED, changes_of, present, replace_present
from core.errors import StoreAway
from core.model import AgencyId, AreaCode, Canned, CannedId, CategoryId, CityChange, CityPart, Route
from core.ports import RandomSource, UnitOfWork
from core.toml_rows import BadRow, rows, text
from storage import SqlStore

if TYPE_CHECKING:
    from app.turns import Turns  # loads all that takes a message in: a command that reads a row has no use for it

_SECONDS = 1.0  # between two looks at the version
_log = logging.getLogger(__name__)


def taken_over(store: SqlStore) -> int:
    """Makes the city of this process what the database says, and returns its version.

    Raises BadRow or ValueError where a row does not fit the folder; then it stays as it was.
    """

    def look(tx: UnitOfWork) -> tuple[int, list[CityChange]]:
        return tx.city_changes.version(), list(tx.city_changes.all())

    version, changed = store.read(look)
    if changed:
        categories.adopt(changes_of(changed))
    elif present():
        replace_present(UNCHANGED)
    return version


def begin(store: SqlStore, rng: RandomSource) -> None:
    """Before anything is done; raises CannotStart where what was changed does not fit the folder that is served."""
    try:
        taken_over(store)
        _take_lists(store, rng)
    except (BadRow, ValueError) as wrong:
        raise CannotStart(
            f"What was changed at the desk does not fit the city that is served: {wrong}. "
            "Keep the rows in its folder that others name; `resi city diff` tells which."
        ) from None


def _take_lists(store: SqlStore, rng: RandomSource) -> None:
    """Routes and ready answers of the folder, once: from then on the database alone has them."""
    routes = rows(read("routes.toml", needed=False), "route", needed=False)
    answers = rows(read("answers.toml", needed=False), "answer", needed=False)
    if not (routes or answers) or store.read(_taken):
        return

    def take(tx: UnitOfWork) -> None:
        tx.city_changes.lock()
        if _taken(tx):
            return
        tx.city_changes.put(CityChange(CityPart.TAKEN, "lists", {}))
        for row in routes if not tx.routes.all() else ():
            kind, area = text(row, "category", ""), text(row, "area", "")
            tx.routes.add(Route(AgencyId(text(row, "to")), CategoryId(kind) or None, AreaCode(area) or None))
        for row in answers if not tx.canned.all() else ():
            office = AgencyId(text(row, "agency", "")) or None
            tx.canned.add(Canned(CannedId(rng.token()), office, text(row, "title"), text(row, "text")))

    store.run(take)


def _taken(tx: UnitOfWork) -> bool:
    return any(each.part is CityPart.TAKEN for each in tx.city_changes.all())


class CityWatch:
    """Looks whether another process changed the city; a turn that meets an unknown row asks it too."""

    def __init__(self, turns: "Turns") -> None:
        turns.city.renew = self.look
        self._turns = turns
        self._version = -1

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            await asyncio.sleep(_SECONDS)
            try:
                await self.look()
            except StoreAway:
                continue

    async def look(self) -> None:
        """Once. What cannot be taken over is told once, not at each look. Raises StoreAway."""
        version = await self._turns.ask_once(lambda: self._turns.store.read(lambda tx: tx.city_changes.version()))
        if version != self._version:
            await self.renew()
            self._version = version

    async def renew(self) -> None:
        """After a change of this process, so that the next page shows it; raises StoreAway."""
        try:
            self._version = await self._turns.ask_once(partial(taken_over, self._turns.store))
        except (BadRow, ValueError) as fault:
            _log.error("city_not_taken_over", extra={"fault": place_of(fault)})
