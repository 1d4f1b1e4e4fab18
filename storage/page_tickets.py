"""A ticket stands for a tracking code on a page: sealed, it opens for an hour, here alone, and no row is kept of it."""

import base64
import binascii
from datetime import UTC, datetime, timedelta

from core.model import TrackingCode
from storage.keyring import Keyring
from storage.vault import SealBroken, place

LIVES = timedelta(hours=1)
_LONGEST = 200  # characters: one of ours has 70
_TIME = 6  # bytes: seconds
_AT = place("page", "ticket", "code")


class PageTickets:
    """Safe to call from any thread; reads no row."""

    def __init__(self, ring: Keyring) -> None:
        self._ring = ring

    def made(self, code: TrackingCode, now: datetime) -> str:
        """Letters, digits, - and _; no two are the same."""
        until = int((now + LIVES).timestamp()).to_bytes(_TIME, "big")
        sealed = self._ring.transient.seal(until + code.reveal().encode("ascii"), _AT)
        return base64.urlsafe_b64encode(sealed).decode().rstrip("=")

    def opened(self, ticket: str, now: datetime) -> TrackingCode | None:
        """None: it is none of ours, or its time has passed."""
        if not ticket.isascii() or len(ticket) > _LONGEST:
            return None
        try:
            sealed = base64.b64decode(ticket + "=" * (-len(ticket) % 4), altchars=b"-_", validate=True)
            plain = self._ring.transient.open(sealed, _AT)
        except (binascii.Error, ValueError, SealBroken):
            return None
        until = datetime.fromtimestamp(int.from_bytes(plain[:_TIME], "big"), UTC)
        return TrackingCode(plain[_TIME:].decode("ascii")) if now < until else None
