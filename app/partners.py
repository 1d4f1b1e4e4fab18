"""What partners' machines may do: file with their key, read what anybody may read, and at once what they filed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from app.file_cleaning import FileCleaning
from app.outside_web import CannotReach, OutsideWeb, address_of
from app.sandbox import Allowance, Origin, Sandbox
from app.turns import Turns
from core import intake
from core.errors import NotAllowed, Refused
from core.intake import Filled, PartnerUpdate, Receipt
from core.messages import Address, StoredFile, Tag
from core.model import Capability, FormDraft, Partner, PartnerRight, Published, PublishedQuery, TrackingCode
from core.ports import UnitOfWork
from storage import Files
from web import Open311Services
from web.partners import Media

_LATELY = timedelta(minutes=1)  # a list that ends so lately ends now
_MOST = 20 << 20  # bytes of a file that is fetched
_SECONDS = 20.0  # for fetching it
_SAME = timedelta(days=1)  # how long a report that is sent again under its key is not filed again
_CLEANING = 60.0  # seconds of work, for all files of a report


class PartnerFiling:
    """Behind web.services.Open311Services. Without a sandbox no photo is taken."""

    def __init__(
        self,
        turns: Turns,
        files: Files | None = None,
        sandbox: Sandbox | None = None,
        outside: OutsideWeb | None = None,
    ) -> None:
        self._turns = turns
        self._cleaning = None if files is None or sandbox is None else FileCleaning(sandbox, files, turns.ask)
        self._outside = outside or OutsideWeb()

    def open311(self) -> Open311Services:
        """As the web is given them."""
        zone, renew = self._turns.context.zone, self._turns.city.renew
        acts = (self.own, self.media, self.update)
        return Open311Services(self.known, self.file, self.find, self._now, zone, *acts, renew)

    async def known(self, key: str, right: PartnerRight) -> None:
        """Raises NotAllowed."""
        await self._partner(key, right)

    async def media(self, key: str, media: Media) -> tuple[StoredFile, ...]:
        """Fetched where they lie elsewhere, cleaned and kept. Raises NotAllowed, Refused; StoreAway: not now."""
        partner = await self._partner(key, PartnerRight.MEDIA)
        if self._cleaning is None:
            raise Refused("file_lost")
        data = [*media.files, *[await self._fetched(partner, url) for url in media.urls]]
        origin = Origin("partner", sender=partner.name.encode(), proved=True)
        cleaning, allowance = self._cleaning, Allowance(_CLEANING)
        return tuple([await cleaning.keep(await cleaning.clean(each, origin, allowance)) for each in data])

    async def _fetched(self, partner: Partner, url: str) -> bytes:
        """Raises Refused for a host that its account does not name, and for what does not come as it should."""
        try:
            address = address_of(url)
            if address.netloc.decode() not in partner.hosts:
                raise Refused("media_host")
            return await self._outside.get(url, most=_MOST, seconds=_SECONDS)
        except CannotReach as none:
            raise Refused("media_away", why=none.why) from None

    async def file(self, key: str, filled: Filled) -> Receipt:
        """Under the partner's channel; what it sent before under the same `wire_id` is answered as then.

        Raises NotAllowed, Refused.
        """
        now, context, once = self._now(), self._turns.context, filled.wire_id

        def turn(tx: UnitOfWork, files: Callable[..., Receipt | None] = intake.form) -> Receipt:
            partner = _partner(tx, key, PartnerRight.FILE, now)
            tag = None if once is None else Tag(f"partner.{partner.name}.{once.reveal()}")
            before = _filed_before(tx, tag, now)
            if before is not None:
                return before
            # All that one partner files counts as of one sender: whom they ask is their own matter.
            name = Address(f"partner {partner.name}")
            given = replace(filled, channel=partner.channel, proved=name, wire_id=None)
            receipt = files(tx, given, now, context)
            if receipt is None:
                raise AssertionError("a form without an id is never one that was sent before")
            tx.partners.filed(partner, receipt.report.id)
            if tag is not None:
                tx.capabilities.put(tag, Capability(now + _SAME, form=FormDraft(code=receipt.code.reveal())))
            return receipt

        self._turns.disk.refuse_where_full()
        in_order = b"" if once is None else self._turns.store.ordering_key("partner", Address(once.reveal()))
        unread = partial(turn, files=intake.form_as_it_is)
        return await self._turns.run_else(turn, unread, ordering_key=in_order)

    async def update(self, key: str, sent: PartnerUpdate, media: Media | None) -> None:
        """Of a report that it filed; nothing is fetched for one that was sent before. Raises as core.intake.update."""
        self._turns.disk.refuse_where_full()
        if media is not None:
            partner, store = await self._partner(key, PartnerRight.UPDATE), self._turns.store
            if not await self._turns.ask(lambda: store.read(lambda tx: intake.is_new(tx, partner, sent))):
                return
            sent = replace(sent, files=await self.media(key, media))
        now, context = self._now(), self._turns.context

        def turn(tx: UnitOfWork) -> bool:
            return intake.update(tx, _partner(tx, key, PartnerRight.UPDATE, now), sent, now, context)

        await self._turns.run(turn)
        self._turns.written.set()

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
        partner = await self._partner(key, PartnerRight.READ)
        return await self._turns.ask(lambda: self._turns.store.published.own(query, partner))

    async def _partner(self, key: str, right: PartnerRight) -> Partner:
        store, now = self._turns.store, self._now()
        return await self._turns.ask(lambda: store.read(lambda tx: _partner(tx, key, right, now)))

    def _now(self) -> datetime:
        return self._turns.clock.now()


def _filed_before(tx: UnitOfWork, tag: Tag | None, now: datetime) -> Receipt | None:
    """What was answered to the same request."""
    kept = None if tag is None else tx.capabilities.get(tag, now)
    if kept is None or kept.form is None:
        return None
    code = TrackingCode(kept.form.code)
    holder = tx.code_holders.by_code(code)
    report = None if holder is None else tx.reports.get(holder.report)
    return None if report is None else Receipt(report, code)


def _partner(tx: UnitOfWork, key: str, right: PartnerRight, now: datetime) -> Partner:
    partner = tx.partners.by_key(key)
    if partner is None or not partner.may(right, now):
        raise NotAllowed
    return partner
