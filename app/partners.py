"""What partners' machines may do: file with their key, read what anybody may read, and at once what they filed."""

from dataclasses import replace
from datetime import datetime, timedelta

from app.turns import Turns
from core import intake
from core.errors import NotAllowed
from core.intake import Filled, Receipt
from core.messages import Address
from core.model import Partner, Published, PublishedQuery
from core.ports import UnitOfWork
from web import Open311Services

_LATELY = timedelta(minutes=1)  # a list that ends so lately ends now


class PartnerFiling:
    """Behind web.services.Machines."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns

    def open311(self) -> Open311Services:
        """As the web is given them."""
        return Open311Services(self.known, self.file, self.find, self._now, self._turns.context.zone, self.own)

    async def known(self, key: str) -> None:
        """Raises NotAllowed."""
        await self._turns.run(lambda tx: _partner(tx, key))

    async def file(self, key: str, filled: Filled) -> Receipt:
        """Under the partner's channel. Raises NotAllowed, Refused."""
        now, context = self._now(), self._turns.context

        def turn(tx: UnitOfWork) -> Receipt:
            partner = _partner(tx, key)
            # All that one partner files counts as of one sender: whom they ask is their own matter.
            given = replace(filled, channel=partner.channel, proved=Address(f"partner {partner.name}"))
            receipt = intake.form(tx, given, now, context)
            if receipt is None:
                raise AssertionError("a form without an id is never one that was sent before")
            tx.partners.filed(partner, receipt.report.id)
            return receipt

        self._turns.disk.refuse_where_full()
        return await self._turns.run(turn)

    async def find(self, query: PublishedQuery) -> list[Published]:
        """What anybody may read now. Reads beside the writer."""
        published = self._turns.store.published
        if self._turns.context.publishing.at_once:
            return await self._turns.ask(lambda: published.find(query))
        # Of a clock that lives ahead (`resi clock --at`) the last batch is one of tomorrow, and is found by number too.
        past = query.until is not None and query.until < self._now() - _LATELY
        until = query.until if past else None
        return await self._turns.ask(lambda: published.listed(replace(query, until=until)))

    async def own(self, key: str, query: PublishedQuery) -> list[Published]:
        """What the partner filed, as it is. Raises NotAllowed."""
        store = self._turns.store
        partner = await self._turns.ask(lambda: store.read(lambda tx: _partner(tx, key)))
        return await self._turns.ask(lambda: store.published.own(query, partner))

    def _now(self) -> datetime:
        return self._turns.clock.now()


def _partner(tx: UnitOfWork, key: str) -> Partner:
    partner = tx.partners.by_key(key)
    if partner is None or not partner.active:
        raise NotAllowed
    return partner
