"""Partners are told what becomes of their reports: signed as Standard Webhooks has it, and tried like deliveries."""

import asyncio
import base64
import contextlib
import hmac
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus

from app.logs import place_of
from app.outside_web import CannotReach, OutsideWeb
from app.turns import Turns
from core import delivery
from core.errors import StoreAway
from core.model import ENDED, HookEvent, HookState
from core.phrases import phrase

_log = logging.getLogger(__name__)
_GIVE_UP_AFTER = 90  # tries, as of a delivery: more than three days
_TYPES = {True: "request.created", False: "request.updated"}


@dataclass(frozen=True, slots=True)
class HookPace:
    """Seconds."""

    poll: float = 1.0  # another process may have written
    patience: float = 15.0  # for one answer
    lease: float = 60.0  # after which another process tries what this one let go of
    away: float = 2.0  # until the store is asked again


def body_of(event: HookEvent, lang: str) -> bytes:
    """What is said: number and status, and no word of a report."""
    data = {
        "service_request_id": event.number,
        "status": "closed" if event.status in ENDED else "open",
        "status_notes": phrase(f"status_{event.status.value}", lang),
    }
    told = {"type": _TYPES[event.created], "timestamp": event.at.isoformat(), "data": data}
    return json.dumps(told, ensure_ascii=False).encode()


def signed(event: HookEvent, at: datetime, body: bytes) -> Mapping[str, str]:
    """The headers of Standard Webhooks, version 1."""
    stamp = str(int(at.timestamp()))
    said = b".".join((event.id.encode(), stamp.encode(), body))
    signature = base64.b64encode(hmac.digest(event.secret, said, "sha256")).decode()
    return {
        "Content-Type": "application/json",
        "webhook-id": event.id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{signature}",
    }


def secret_shown(secret: bytes) -> str:
    """As a partner is given it."""
    return f"whsec_{base64.b64encode(secret).decode()}"


class PartnerHooks:
    """Tells partners until it is cancelled."""

    def __init__(self, turns: Turns, web: OutsideWeb | None = None, pace: HookPace | None = None) -> None:
        self._turns = turns
        self._web = web or OutsideWeb()
        self._pace = pace or HookPace()
        self._telling: dict[str, asyncio.Task[None]] = {}
        self._free = asyncio.Event()

    async def run(self) -> None:
        """Never ends by itself; the store being away is waited out, and a server that hangs holds up itself alone."""
        try:
            while True:
                self._free.clear()
                try:
                    begun = await self._begin()
                except StoreAway:
                    await asyncio.sleep(self._pace.away)
                except Exception as fault:  # noqa: BLE001 - the loop outlives a fault
                    _log.error("hooks_failed", extra={"fault": place_of(fault)})
                    await asyncio.sleep(self._pace.away)
                else:
                    if not begun:
                        await self._wait()
        finally:
            for task in self._telling.values():
                task.cancel()

    async def round(self) -> int:
        """Tries what is due now, one event of each partner; how many."""
        begun = await self._begin()
        await asyncio.gather(*begun)
        return len(begun)

    async def _begin(self) -> list[asyncio.Task[None]]:
        """The next event of each partner that is not being told one."""
        hooks, now, lease = self._turns.store.hooks, self._turns.clock.now(), timedelta(seconds=self._pace.lease)
        busy = frozenset(self._telling)
        claimed = await self._turns.ask(lambda: hooks.claim(now, lease, busy))
        self._telling |= {each.partner: asyncio.create_task(self._tell(each)) for each in claimed}
        return [self._telling[each.partner] for each in claimed]

    async def _wait(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._pace.poll):
                await self._free.wait()

    async def _tell(self, event: HookEvent) -> None:
        try:
            await self._told(event)
        except Exception as fault:  # noqa: BLE001 - of the store: it is tried again when its lease has ended
            _log.error("hooks_failed", extra={"fault": place_of(fault)})
        finally:
            del self._telling[event.partner]
            self._free.set()

    async def _told(self, event: HookEvent) -> None:
        answer = await self._answer(event) if event.hook else "off"
        tried = replace(event, attempts=event.attempts + 1, answer=answer)
        gone = answer == str(HTTPStatus.GONE.value)
        if answer.startswith("2"):
            tried = replace(tried, state=HookState.SENT)
        elif gone or not event.hook or tried.attempts >= _GIVE_UP_AFTER:
            tried = replace(tried, state=HookState.DEAD)
        turns = self._turns
        later = turns.clock.now() + delivery.pause(event.attempts, None, turns.context.rng)
        with contextlib.suppress(StoreAway):  # as above
            await turns.ask(lambda: turns.store.hooks.tried(tried, later, gone=gone))
        _log.info("hook_tried", extra={"state": tried.state.value})

    async def _answer(self, event: HookEvent) -> str:
        """A status, or why there was none."""
        body = body_of(event, self._turns.context.lang)
        headers = signed(event, self._turns.clock.now(), body)
        try:
            return str(await self._web.post(event.hook, headers, body, seconds=self._pace.patience))
        except CannotReach as none:
            return none.why
        except Exception as fault:  # noqa: BLE001 - an address that breaks the library must not stop the others
            _log.error("hook_fault", extra={"fault": place_of(fault)})
            return "fault"
