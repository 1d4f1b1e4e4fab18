"""Connections to the relay that are used again while answers are being sent, and closed when none is."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import aiosmtplib

_GOODBYE_SECONDS = 2.0  # the mail was taken or refused: what a relay says to QUIT changes nothing
_MOST = 100  # mails on one connection: many relays hang up after so many


@dataclass(slots=True)
class _Line:
    """An open connection, and how many mails it carried."""

    client: aiosmtplib.SMTP
    carried: int = 0


@dataclass(slots=True)
class RelayConnections:
    """`new` makes a client that is not connected yet. Belongs to one event loop.

    Nothing stays open behind the last message that is being sent, so there is nothing to close when the service ends.
    """

    new: Callable[[], aiosmtplib.SMTP]
    _idle: list[_Line] = field(default_factory=list)
    _users: int = 0

    @contextlib.asynccontextmanager
    async def one(self) -> AsyncIterator[aiosmtplib.SMTP]:
        """An open connection for one mail; it is kept for the next only where nothing went wrong."""
        self._users += 1
        try:
            line = await self._known() or await self._connected()
            try:
                async with _said_goodbye_to_if_refused(line.client):
                    yield line.client
            except BaseException:
                line.client.close()
                raise
            line.carried += 1
            self._idle.append(line)
        finally:
            self._users -= 1
            await self._closed()

    async def _known(self) -> _Line | None:
        """One that was used before and still answers."""
        while self._idle:
            line = self._idle.pop()
            try:
                if line.carried < _MOST:
                    await line.client.rset()
                    return line
                await _goodbye(line.client)
                line.client.close()
            except (aiosmtplib.SMTPException, OSError):
                line.client.close()
            except BaseException:
                line.client.close()
                raise
        return None

    async def _connected(self) -> _Line:
        client = self.new()
        try:
            await client.connect()
        except BaseException:  # the library's own context would wait for the answer to QUIT even when it is cancelled
            client.close()
            raise
        return _Line(client)

    async def _closed(self) -> None:
        if self._users:
            return
        leaving, self._idle = self._idle, []
        try:
            await asyncio.gather(*(_goodbye(line.client) for line in leaving))
        finally:
            for line in leaving:
                line.client.close()


@contextlib.asynccontextmanager
async def _said_goodbye_to_if_refused(client: aiosmtplib.SMTP) -> AsyncIterator[None]:
    try:
        yield
    except (aiosmtplib.SMTPResponseException, aiosmtplib.SMTPRecipientsRefused):
        await _goodbye(client)
        raise


async def _goodbye(client: aiosmtplib.SMTP) -> None:
    with contextlib.suppress(aiosmtplib.SMTPException, OSError):
        await client.quit(timeout=_GOODBYE_SECONDS)
