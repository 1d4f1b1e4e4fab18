"""One HTTP connection, with the bounds that uvicorn's lacks: on crowds, on slow heads, on answers that nobody reads."""

import asyncio
import re
from dataclasses import dataclass

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from core.admission import Admission, Bounds, address_of
from web.client_address import CIRCUIT, Network
from web.onion import LONGEST_LINE, circuit_of

KEEP_ALIVE_SECONDS = 15
_HEAD_BYTES = 16_384  # of a head, where the server sets no other bound
_LINGER_SECONDS = KEEP_ALIVE_SECONDS + 5.0  # after an answer; uvicorn has closed by then, unless it is still unread
_FREE_CHUNKS, _LEAST_CHUNK = 1_000, 64  # bytes that chunks have on average, from so many on
_WHOLE = re.compile(rb"https?://([^/?@#]+)((?:[/?].*)?)", re.IGNORECASE)
_UNANSWERED = frozenset({h11.IDLE, h11.SEND_RESPONSE})
_LEAST_RATE = 1_024  # bytes a second at which an answer must be read
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nContent-Length: 0\r\nCache-Control: no-store\r\n"
    b"Connection: close\r\n\r\n"
)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: for the head of a request from its first byte, or from the opening; and without a look at an answer."""

    head: float = 10.0
    unread: float = 30.0


class _Strict(h11.Connection):
    """Refuses a request whose end can be read in two ways: whoever stands in front may have read the other one.

    And a body in crumbs: 2 MB that came by the byte kept everybody waiting for two seconds, and are 350 kB of a form.
    """

    _chunks: int = 0  # of the body that comes
    _bytes: int = 0  # in them

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        """Raises RemoteProtocolError, which is answered by 400, and the connection ends."""
        event = super().next_event()
        if isinstance(event, h11.Data):
            self._chunks += event.chunk_end  # one may come in several events
            self._bytes += len(event.data)
            if self._chunks > _FREE_CHUNKS and self._bytes < self._chunks * _LEAST_CHUNK:
                raise h11.RemoteProtocolError("crumbs")
        if isinstance(event, h11.Request):
            self._chunks = self._bytes = 0
            names = {name for name, _ in event.headers}
            if b"transfer-encoding" in names and (b"content-length" in names or event.http_version < b"1.1"):
                raise h11.RemoteProtocolError("two lengths")
            return _of_origin(event)
        return event


def _of_origin(asked: h11.Request) -> h11.Request:
    """What names a whole address is asked for by its path, of the host that it names: RFC 9112 demands it."""
    whole = _WHOLE.fullmatch(asked.target)
    if whole is None:
        return asked
    host, path = whole.groups()
    headers = [(b"host", host), *((name, value) for name, value in asked.headers if name != b"host")]
    target = path if path.startswith(b"/") else b"/" + path
    return h11.Request(method=asked.method, headers=headers, target=target, http_version=asked.http_version)


class Bounded(H11Protocol):
    """A connection that waits for its peer has a clock, and gives way to others; one that is worked for has neither."""

    admission: Admission["Bounded"]
    trusted: tuple[Network, ...]
    patience: Patience
    onion: int | None  # port of the listener that only Tor comes to
    _line: bytes | None = None  # that Tor opens a connection with, as far as it has come
    _timer: asyncio.TimerHandle | None = None
    _heading: bool = False  # the clock of a head runs
    _unsent: int = 0
    _turned_away: bool = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as its base does
        """Somebody who waits may have to go for it."""
        super().connection_made(transport)
        self.conn = _Strict(h11.SERVER, self.config.h11_max_incomplete_event_size or _HEAD_BYTES)
        if self.onion is not None and self.server is not None and self.server[1] == self.onion:
            self._line, self.client = b"", (CIRCUIT, 0)
        peer = address_of(self.client[0]) if self.client else None
        exempt = peer is not None and any(peer in network for network in self.trusted)
        ended = self.admission.enter(self, peer, self.loop.time(), exempt=exempt)
        if ended is None:
            self._turned_away = True
            transport.write(_FULL)
            transport.close()
            self._start(self.patience.head)
            return
        for each in ended:
            each.transport.abort()
        self._heading = True
        self._start(self.patience.head)

    def data_received(self, data: bytes) -> None:
        """The clock of a head starts with its first byte, and no further byte of it gives more time."""
        if self._turned_away:
            return
        if self._line is not None:
            data = self._named(data)
            if not data:
                return
        super().data_received(data)
        if not self.transport.is_closing():
            self._settle()

    def _named(self, data: bytes) -> bytes:
        """Whose circuit it is, from the line in front; what stands behind it. Whoever has none is not Tor."""
        line, end, rest = ((self._line or b"") + data).partition(b"\n")
        circuit = circuit_of(line) if end else None
        if circuit is not None:
            self._line, self.client = None, (circuit, 0)
            return rest
        if end or len(line) > LONGEST_LINE:
            self.transport.abort()
        self._line = line
        return b""

    def send_400_response(self, msg: str) -> None:
        """Nonsense behind an answer, or beside one, gets none of its own: the connection ends."""
        if self.conn.our_state in _UNANSWERED:
            super().send_400_response(msg)
        else:
            self.transport.close()

    def on_response_complete(self) -> None:
        """From now on it is for the peer to read, and to ask again."""
        self.admission.rests(self, self.loop.time())
        self._heading = False
        self._start(self.patience.unread if self.transport.get_write_buffer_size() else _LINGER_SECONDS)
        super().on_response_complete()
        if not self._idle():  # the next one came with it
            self._settle()

    def pause_writing(self) -> None:
        """Much of an answer is unread; nobody works for who does not read."""
        super().pause_writing()
        self.admission.rests(self, self.loop.time())
        self._start(self.patience.unread)

    def resume_writing(self) -> None:
        """It is read."""
        super().resume_writing()
        if not self._idle():
            self._settle()

    def connection_lost(self, exc: Exception | None) -> None:
        """Gone, however it went."""
        self.admission.leave(self)
        super().connection_lost(exc)
        self._stop()

    def _idle(self) -> bool:
        # None until the first request's head is whole, whatever its type says.
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or cycle.response_complete

    def _settle(self) -> None:
        """A body has a clock of its own, and until it is here the connection still waits."""
        if not self._idle():
            self._stop()
            if not self.cycle.more_body:
                self.admission.works(self)
        elif not self._heading:
            self._heading = True
            self._start(self.patience.head)

    def _start(self, seconds: float) -> None:
        self._stop()
        self._unsent = self.transport.get_write_buffer_size()
        self._timer = self.loop.call_later(seconds, self._give_up, seconds)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self, seconds: float) -> None:
        """Who reads on, and not too slowly, may read on."""
        self._timer = None
        if self._unsent - self.transport.get_write_buffer_size() > seconds * _LEAST_RATE:
            self._start(seconds)
        else:
            self.transport.abort()


def protocol_of(
    bounds: Bounds, networks: tuple[Network, ...], seconds: Patience, port: int | None = None
) -> type[Bounded]:
    """The connections of one server, which share their bounds; `networks`: proxies of ours; `port`: Tor's."""

    class Protocol(Bounded):
        admission = Admission[Bounded](bounds)
        trusted = networks
        patience = seconds
        onion = port

    return Protocol
