"""Behind the form for anybody: limits, photos through the sandbox, words read before the store is held, one turn."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from app import form_map
from app.authenticator import scanned
from app.file_cleaning import FileCleaning
from app.form_limits import WAIT, FormLimits, Limited
from app.logs import place_of
from app.sandbox import Allowance, Origin, Sandbox
from app.turns import Turns
from core import areas, conversation, tracking
from core.analysis import Analysis
from core.conversation import FormLook
from core.errors import Refused, ResiError
from core.intake import FilledPage, FormState, public_form
from core.messages import Address, Point, StoredFile
from core.model import FormDraft, FormPage
from core.phrases import day
from core.ports import UnitOfWork
from storage import Files
from web.form_view import Brought, FormFault, FormView, MapPicture

_log = logging.getLogger(__name__)
_CLEANING = 40.0  # seconds of work, for all photos of one page
_MINUTES = str(WAIT // 60)


class PublicForm:
    """Behind web.form_view.FillForm. `picture`: makes an image of a code, as a data: address."""

    def __init__(
        self,
        turns: Turns,
        files: Files,
        sandbox: Sandbox,
        picture: Callable[[str], str] = scanned,
        limits: FormLimits | None = None,
        *,
        map_credit: Callable[[], str] = str,
    ) -> None:
        self._turns = turns
        self._cleaning = FileCleaning(sandbox, files, turns.ask)
        self._picture = picture
        self._map_credit = map_credit
        self.limits = limits or FormLimits(turns.context.rng, time.monotonic)

    async def fill(self, filled: FilledPage, brought: Brought, peer: str) -> FormView:
        """After the commit. Raises Refused `web_form_gone`, StoreAway."""
        if self._too_many(filled, peer):
            return await self._put_off(filled)
        self._turns.disk.refuse_where_full()
        if filled.unread:
            return await self._unread(filled)
        filled = await self._pointed(filled, brought)
        kept, found, refused = await self._cleaned(filled, brought.photos, peer)
        state, look = await self._twice(replace(filled, files=kept, found=found))
        why = (*refused, *((state.why,) if state.why is not None else ()))
        if refused:  # what is wrong with a photo is said where another can be chosen
            state = replace(state, page=filled.page)
        return await self._shown(state, look, filled.lang, why)

    async def _pointed(self, filled: FilledPage, brought: Brought) -> FilledPage:
        """With the point of the pixel that was pressed."""
        if brought.pixel is None:
            return filled
        (x, y), city_map = brought.pixel, self._turns.context.city_map
        point = await self._turns.ask(lambda: form_map.seen_at(city_map, filled.place.picture, x, y))
        return replace(filled, place=replace(filled.place, point=point))

    def _too_many(self, filled: FilledPage, peer: str) -> bool:
        begins = filled.page is FormPage.STORY and not filled.token
        counted = [
            Limited.PAGE,
            *([Limited.BEGUN] if begins else []),
            *([Limited.SENT] if filled.send or filled.unread else []),
        ]
        put_off = [self.limits.puts_off(what, peer) for what in counted]
        return any(put_off)

    async def _put_off(self, filled: FilledPage) -> FormView:
        """The page as it was filled in: nothing of it is taken, and what came before it stays."""
        form = await self._standing(filled.token)
        if form is None and filled.page is not FormPage.STORY:
            raise Refused("web_form_gone")
        form = form or FormDraft()
        state = FormState(form, public_form.shown_again(form, filled.page), filled.token)
        look = await self._turns.ask(partial(self._look, state, filled.lang))
        view = await self._shown(state, look, filled.lang, (Refused("web_form_busy", minutes=_MINUTES),))
        return replace(view, wait=WAIT)

    async def _standing(self, token: str) -> FormDraft | None:
        turns = self._turns
        now = turns.clock.now()
        return await turns.ask(lambda: turns.store.read(lambda tx: public_form.standing(tx, token, now)))

    async def _cleaned(
        self, filled: FilledPage, photos: Sequence[bytes], peer: str
    ) -> tuple[tuple[StoredFile, ...], Point | None, tuple[Refused, ...]]:
        """Those that are clean now, where the first that says so was taken, and why others are not taken."""
        if not photos:
            return (), None, ()
        form = await self._standing(filled.token)
        if form is None:
            raise Refused("web_form_gone")
        room = conversation.MOST_PHOTOS - sum(each.name not in filled.drops for each in form.draft.files)
        if form.code or filled.page is not FormPage.PHOTOS:
            return (), None, ()
        sender = self._turns.store.ordering_key(public_form.CHANNEL, Address(filled.token))
        origin, allowance = Origin(public_form.CHANNEL, peer, sender), Allowance(_CLEANING)
        kept, refused = [], []
        found: Point | None = None
        for data in photos[: max(room, 0)]:
            try:
                file, place = await self._clean(data, origin, allowance)
                kept.append(file)
                found = found or place
            except Refused as no:
                refused.append(no)
        if len(photos) > room:
            refused.append(Refused("web_form_many", most=conversation.MOST_PHOTOS))
        return tuple(kept), found, tuple({each.phrase: each for each in refused}.values())  # each reason once

    async def _clean(self, data: bytes, origin: Origin, allowance: Allowance) -> tuple[StoredFile, Point | None]:
        """Raises Refused."""
        clean = await self._cleaning.clean(data, origin, allowance)
        if not clean.kind.startswith("image/"):
            raise Refused("web_form_photo")
        return await self._cleaning.keep(clean), clean.place

    async def _twice(self, filled: FilledPage) -> tuple[FormState, FormLook]:
        """A fault of ours may be chance; one that comes again loses nothing of what was typed. Raises as `fill`."""
        try:
            return await self._taken(filled)
        except ResiError:
            raise
        except Exception as fault:  # noqa: BLE001 - whatever it is, nothing of it was kept
            _log.warning("form_again", extra={"fault": place_of(fault)})
        try:
            return await self._taken(filled)
        except ResiError:
            raise
        except Exception as fault:  # noqa: BLE001 - the page is shown again as it was sent
            _log.error("form_failed", extra={"fault": place_of(fault)})
            raise FormFault(type(fault).__name__) from None

    async def _unread(self, filled: FilledPage) -> FormView:
        """What was told so far becomes a report; no rule of the form is asked. Raises as `fill`."""
        now, turns = self._turns.clock.now(), self._turns
        key = turns.store.ordering_key(public_form.CHANNEL, Address(filled.token)) if filled.token else b""
        state = await turns.run(lambda tx: public_form.as_it_is(tx, filled, now, turns.context), ordering_key=key)
        return await self._shown(state, FormLook(state.form.draft), filled.lang, ())

    async def _taken(self, filled: FilledPage) -> tuple[FormState, FormLook]:
        """One turn; its words are read before it, so that nobody waits for a reader."""
        turns = self._turns
        now, context, analysis = turns.clock.now(), turns.context, Analysis()
        form = await self._standing(filled.token) or FormDraft()

        def ahead() -> None:
            with analysis.open(), areas.on_map(context.city_map):
                state = public_form.applied(form, filled)
                if not form.code:
                    conversation.look(state.form, state.page, filled.lang)

        def turn(tx: UnitOfWork) -> FormState:
            with analysis.open():
                return public_form.fill(tx, filled, now, context)

        await turns.ask(ahead)
        key = turns.store.ordering_key(public_form.CHANNEL, Address(filled.token)) if filled.token else b""
        state = await turns.run(turn, ordering_key=key)

        def seen() -> FormLook:
            with analysis.open():
                return self._look(state, filled.lang)

        return state, await turns.ask(seen)

    def _look(self, state: FormState, lang: str) -> FormLook:
        with areas.on_map(self._turns.context.city_map):
            return conversation.look(state.form, state.page, lang)

    async def _shown(self, state: FormState, look: FormLook, lang: str, why: tuple[Refused, ...]) -> FormView:
        if state.code is None:
            city_map = self._turns.context.city_map
            drawn = await self._drawn(state, look)
            mapped = city_map.boundaries is not None
            credit = self._map_credit() if drawn is not None else ""
            return FormView(state.page, look, state.token, why, mapped=mapped, map=drawn, map_credit=credit)
        code, due = tracking.shown(state.code), state.form.due
        said = day(due, self._turns.context.zone, lang) if due is not None else ""
        picture, follows = self._picture(code), state.form.follows
        return FormView(state.page, look, state.token, code=code, due=said, picture=picture, follows=follows)

    async def _drawn(self, state: FormState, look: FormLook) -> MapPicture | None:
        about, city_map = look.picture, self._turns.context.city_map
        if state.page is not FormPage.PLACE or about is None:
            return None
        return await self._turns.ask(lambda: form_map.picture(city_map, about, look.point))
