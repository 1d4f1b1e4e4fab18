"""What administrators changed of the city, taken over by each process: at its start, and within seconds of a change."""

import asyncio
import logging
from functools import partial

from app.errors import CannotStart
from app.logs import place_of
from app.turns import Turns
from core import categories
from core.city.present import UNCHANGED, changes_of, present, replace_present
from core.errors import StoreAway
from core.model import CityChange
from core.ports import UnitOfWork
from core.toml_rows import BadRow
from storage import SqlStore

_SECONDS = 1.0  # between two looks at the version
_log = logging.getLogger(__name__)


def taken_over(store: SqlStore) -> int:
    """Makes the city of this process what the database says, and returns its version.

    Raises BadRow or ValueError where a row does not fit the folder; then it stays as it was.
    """

    def look(tx: UnitOfWork) -> tuple[int, list[CityChange]]:
        return tx.city_changes.version(), list(tx.city_changes.all())

    version, rows = store.read(look)
    if rows:
        categories.adopt(changes_of(rows))
    elif present():
        replace_present(UNCHANGED)
    return version


def begin(store: SqlStore) -> None:
    """Before anything is done; raises CannotStart where what was changed does not fit the folder that is served."""
    try:
        taken_over(store)
    except (BadRow, ValueError) as wrong:
        raise CannotStart(
            f"What was changed at the desk does not fit the city that is served: {wrong}. "
            "Keep the rows in its folder that others name; `resi city diff` tells which."
        ) from None


class CityWatch:
    """Looks whether another process changed the city."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._version = -1

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            await asyncio.sleep(_SECONDS)
            try:
                version = await self._turns.ask(lambda: self._turns.store.read(lambda tx: tx.city_changes.version()))
                if version != self._version:
                    await self.renew()
            except StoreAway:
                continue

    async def renew(self) -> None:
        """After a change of this process, so that the next page shows it; raises StoreAway."""
        try:
            self._version = await self._turns.ask(partial(taken_over, self._turns.store))
        except (BadRow, ValueError) as fault:
            _log.error("city_not_taken_over", extra={"fault": place_of(fault)})
