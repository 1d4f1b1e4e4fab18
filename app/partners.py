"""What partners' machines may do: file with their key, and read what anybody may read."""

from dataclasses import replace
from datetime import datetime

from app.turns import Turns
from core import intake
from core.errors import NotAllowed
from core.intake import Filled, Receipt
from core.model import Partner, Published, PublishedQuery
from core.ports import Tx
from web import Machines


class PartnerDoor:
    """Behind web.doors.Machines."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns

    def machines(self) -> Machines:
        """As the web is given them."""
        return Machines(self.known, self.file, self.find, self._now, self._turns.house.zone)

    async def known(self, key: str) -> None:
        """Raises NotAllowed."""
        await self._turns.run(lambda tx: _partner(tx, key))

    async def file(self, key: str, filled: Filled) -> Receipt:
        """Under the partner's channel. Raises NotAllowed, Refused."""
        now, house = self._now(), self._turns.house

        def turn(tx: Tx) -> Receipt:
            receipt = intake.form(tx, replace(filled, channel=_partner(tx, key).channel), now, house)
            if receipt is None:
                raise AssertionError("a form without an id is never one that was sent before")
            return receipt

        return await self._turns.run(turn)

    async def find(self, query: PublishedQuery) -> list[Published]:
        """Reads beside the writer."""
        return await self._turns.call(lambda: self._turns.store.published.find(query))

    def _now(self) -> datetime:
        return self._turns.clock.now()


def _partner(tx: Tx, key: str) -> Partner:
    partner = tx.partners.by_key(key)
    if partner is None or not partner.active:
        raise NotAllowed
    return partner
