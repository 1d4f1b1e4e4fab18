"""Connections to the relay that are used again while answers are being sent, and closed when none is."""

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import aiosmtplib

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
                yield line.client
            except aiosmtplib.SMTPResponseException:
                _goodbye(line.client)
                raise
            except BaseException:
                line.client.close()
                raise
            line.carried += 1
            self._idle.append(line)
        finally:
            self._users -= 1
            while self._idle and not self._users:
                _goodbye(self._idle.pop().client)

    async def _known(self) -> _Line | None:
        """One that was used before and still answers."""
        while self._idle:
            line = self._idle.pop()
            if line.carried >= _MOST:
                _goodbye(line.client)
                continue
            try:
                await line.client.rset()
            except (aiosmtplib.SMTPException, OSError):
                line.client.close()
            except BaseException:
                line.client.close()
                raise
            else:
                return line
        return None

    async def _connected(self) -> _Line:
        client = self.new()
        try:
            await client.connect()
        except BaseException:  # the library's own context would wait for the answer to QUIT even when it is cancelled
            client.close()
            raise
        return _Line(client)


def _goodbye(client: aiosmtplib.SMTP) -> None:
    """Waits for no answer, which changes nothing: cancelled there, a mail that was taken would leave again."""
    if client.protocol is not None:
        with contextlib.suppress(aiosmtplib.SMTPException):
            client.protocol.write(b"QUIT\r\n")
    client.close()
