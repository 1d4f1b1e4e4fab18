"""uvicorn in the service's own loop: no signals, no access log, a bound socket, and an end within seconds."""

import asyncio
import contextlib
import errno
import socket
from collections.abc import Generator

import uvicorn
from starlette.types import ASGIApp

from core.admission import Bounds
from core.errors import ResiError
from web.client_address import networks
from web.protocol import KEEP_ALIVE_SECONDS, Patience, protocol_of

_STOP_SECONDS = 6  # requests that still run get this long, then they are cancelled
_LAST_SECONDS = 1
_BOUNDS = Bounds(total=600, address=200)  # below the 1,024 open files that a process may have by default
_PATIENCE = Patience()
_HEAD_BYTES = 32_768  # a long SMS comes in the address, up to six characters for each of its own
_BACKLOG = 1024


class CannotListen(ResiError):
    """The address cannot be bound; `busy`: another program listens there."""

    def __init__(self, host: str, port: int, *, busy: bool) -> None:
        super().__init__("address busy" if busy else "address not available")
        self.host = host
        self.port = port
        self.busy = busy


class _Quiet(uvicorn.Server):
    """Leaves signals to the application."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


def _bound(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError:
        raise CannotListen(host, port, busy=False) from None
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        # Listens from now on: a second program on the port is told at once, and who comes early waits.
        listening.listen(_BACKLOG)
        listening.settimeout(0)
    except OSError as error:
        listening.close()
        raise CannotListen(host, port, busy=error.errno == errno.EADDRINUSE) from None
    return listening


class Listener:
    """One web server: `run` works until `stop` or until it is cancelled, and ends gently either way."""

    def __init__(
        self, app: ASGIApp, bound: list[socket.socket], http: type[asyncio.Protocol], *, stop_seconds: int
    ) -> None:
        """`bound`: what it listens on; the port of the first is its own."""
        config = uvicorn.Config(
            app,
            http=http,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="warning",  # below it, uvicorn writes the addresses of its peers
            access_log=False,
            server_header=False,
            proxy_headers=False,  # web/client_address reads X-Forwarded-For, and only from whom it may
            limit_concurrency=None,  # it would count who only waits: web/protocol and web/gate bound both
            backlog=_BACKLOG,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=stop_seconds,
            h11_max_incomplete_event_size=_HEAD_BYTES,
        )
        self._sockets = bound
        self._server = _Quiet(config)
        self.port: int = bound[0].getsockname()[1]
        self.onion_port: int | None = bound[-1].getsockname()[1] if len(bound) > 1 else None

    @property
    def listening(self) -> bool:
        """Whether requests are answered now."""
        return self._server.started and not self._server.should_exit

    @property
    def connections(self) -> int:
        """How many are open now."""
        return len(self._server.server_state.connections)

    def stop(self) -> None:
        """Takes no new request; `run` returns when those that run have ended, or their time is over."""
        self._server.should_exit = True

    async def run(self) -> None:
        """Serves until it is told to stop; a cancelled `run` stops as gently, then says that it was cancelled."""
        serving = asyncio.create_task(self._server.serve(self._sockets))
        try:
            await asyncio.shield(serving)
        except asyncio.CancelledError:
            self.stop()
            await serving
            raise
        finally:
            await self._leave()

    async def _leave(self) -> None:
        """What was cancelled says so to its client; then nothing of ours stays open."""
        state = self._server.server_state
        if state.tasks:
            await asyncio.wait(tuple(state.tasks), timeout=_LAST_SECONDS)
        for each in self._sockets:
            each.close()
        for connection in tuple(state.connections):
            connection.transport.abort()


def serve(
    app: ASGIApp,
    host: str,
    port: int,
    *,
    bounds: Bounds = _BOUNDS,
    trusted: tuple[str, ...] = (),
    stop_seconds: int = _STOP_SECONDS,
    patience: Patience = _PATIENCE,
    onion: tuple[str, int] | None = None,
) -> Listener:
    """Binds now, serves when `run` is awaited. Port 0 takes a free one.

    `trusted`: proxies of ours, which bring many; `onion`: where Tor brings who comes by the onion service.
    Raises CannotListen.
    """
    bound = [_bound(host, port)]
    if onion is not None:
        try:
            bound.append(_bound(*onion))
        except CannotListen:
            bound[0].close()
            raise
    tor = bound[-1].getsockname()[1] if onion is not None else None
    http = protocol_of(bounds, networks(trusted), patience, tor)
    return Listener(app, bound, http, stop_seconds=stop_seconds)
