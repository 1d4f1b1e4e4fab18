"""A file that came is cleaned and kept, by whichever way: with what says to its sender why it was not taken."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol, TypeVar

from app.sandbox import Allowance, Origin, Sandbox
from core.errors import FileAway, StoreAway
from core.messages import StoredFile
from core.scrub import Clean
from storage import Files

T = TypeVar("T")


class Ask(Protocol):
    """What of app.turns.Turns.ask is called."""

    def __call__(self, work: Callable[[], T], /) -> Awaitable[T]:
        """Work on a thread of the store's."""


class FileCleaning:
    """Both raise StoreAway where it is our fault and passes: whoever sent it sends it again."""

    def __init__(self, sandbox: Sandbox, files: Files, ask: Ask) -> None:
        self._sandbox = sandbox
        self._files = files
        self._ask = ask

    async def clean(self, data: bytes, origin: Origin, allowance: Allowance) -> Clean:
        """Raises Refused with the sentence for its sender."""
        try:
            return await self._sandbox.scrub(data, origin, allowance)
        except FileAway:
            # No child, or too much that waits: nothing about the file.
            raise StoreAway("no sandbox") from None

    async def keep(self, clean: Clean) -> StoredFile:
        """Sealed, before any row names it; what none comes to name is swept."""
        return await self._ask(partial(self._files.put, clean.data, clean.kind))
