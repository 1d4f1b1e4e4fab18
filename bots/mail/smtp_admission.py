"""What all SMTP conversations share: who may come in, who gives way, what they hold, and what is being committed."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from bots.mail.setup import MailSetup
from bots.mail.smtp_answers import BUSY
from bots.mail.submission import Submission
from core.admission import Admission, Bounds, address_of

IN_FLIGHT_BYTES = 268_435_456  # of mails half come in, over all connections; never below two of the largest
GREETING_SECONDS = 30.0  # in which a first command must come
WITHOUT_MAIL_SECONDS = 900.0
GOODBYE_SECONDS = 5.0  # to read the last word; then the connection is cut
PACE_SECONDS = 20.0  # in which a mail that comes in must grow by
LEAST_RATE = 512  # bytes a second

Commit = Callable[[str, bytes, Submission], Awaitable[str]]
"""Takes envelope sender, bytes and how they came; returns the SMTP answer, after the commit; raises nothing."""


class Conversation(Protocol):
    """One conversation, as the others see it."""

    @property
    def committing(self) -> bool:
        """Whether a mail of it is being kept: then it is not ended."""

    @property
    def held(self) -> int:
        """Bytes of the mail that is coming in."""

    @property
    def rate(self) -> float:
        """Bytes of it a second."""

    @property
    def busy(self) -> "asyncio.Task[None] | None":
        """The conversation, while a mail of it is being committed."""

    def leave(self, word: str = "") -> None:
        """Closes the connection."""

    def cut(self) -> None:
        """Ends it at once, and what it holds is held no more."""


class SmtpAdmission:
    """Of one port. In one loop."""

    def __init__(self, setup: MailSetup, commit: Commit) -> None:
        self.setup = setup
        self.commit = commit
        self.connections: set[Conversation] = set()
        self.running: set[asyncio.Task[str]] = set()
        self.held = 0
        self.closing = False
        self.pace = PACE_SECONDS
        self.greeting = GREETING_SECONDS
        self._admission = Admission[Conversation](Bounds(setup.connections, min(setup.of_one, setup.connections)))

    @property
    def full(self) -> bool:
        """Whether the mails that are coming in hold all the memory they may."""
        return self.held > max(IN_FLIGHT_BYTES, 2 * self.setup.max_bytes)

    def is_relay(self, host: str) -> bool:
        """Whether a mail server of ours is at the other end, which brings everybody's mail."""
        address = address_of(host)
        return address is not None and (address.is_loopback or any(address in each for each in self.setup.front))

    def stranger(self, host: str) -> str:
        """The address of a peer; empty for a relay of ours, of which the network tells nothing."""
        return "" if self.is_relay(host) else host

    def enter(self, one: Conversation, host: str, now: float) -> bool:
        """Whether there is a place: who has waited longest in the largest crowd is sent away for it."""
        if self.closing:
            return False
        ended = self._admission.enter(one, address_of(host), now, exempt=self.is_relay(host))
        if ended is None:
            return False
        self.connections.add(one)
        for each in ended:
            each.leave(BUSY)
        return True

    def exit(self, one: Conversation) -> None:
        """It is closed."""
        self.connections.discard(one)
        self._admission.leave(one)

    def rests(self, one: Conversation, now: float, *, known: bool) -> None:
        """From now on it waits for its peer; `known`: a mail of it was kept."""
        self._admission.rests(one, now, known=known)

    def works(self, one: Conversation) -> None:
        """A mail of it is being committed."""
        self._admission.works(one)

    def slowest(self, least: int) -> Conversation | None:
        """Of those whose mail holds more than so many bytes and is not yet whole, the one that comes in most slowly."""
        coming = (each for each in self.connections if each.held > least and not each.committing)
        return min(coming, key=lambda each: each.rate, default=None)

    async def run(self, sender: str, raw: bytes, submission: Submission) -> str:
        """The commit, which goes on whatever becomes of the connection that asked for it."""
        task = asyncio.ensure_future(self.commit(sender, raw, submission))
        self.running.add(task)
        task.add_done_callback(self.running.discard)
        return await asyncio.shield(task)
