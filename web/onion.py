"""The onion service: a listener of its own, whose clients have Tor's word for their circuit in place of an address."""

import re
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.client_address import CIRCUIT, by_onion
from web.errors import refused

LONGEST_LINE = 107  # bytes of a PROXY line of version 1
# HiddenServiceExportCircuitID haproxy: an address of Tor's own whose last 32 bits are the number of the circuit.
_LINE = re.compile(rb"PROXY TCP6 fc00:dead:beef:4dad::([0-9a-f]{1,4}):([0-9a-f]{1,4}) \S{1,45} \d{1,5} \d{1,5}\r?")
_PUBLIC = re.compile(r"/(?:|lacak|(?:lapor|statistik)(?:/.*)?)")
# Staff, providers and monitors have no business there, and nobody there is to try their passwords and tokens.
_ELSEWHERE = ("/petugas", "/hooks", "/metrics", "/readyz")
_LOOKS = frozenset({"GET", "HEAD"})


def circuit_of(line: bytes) -> str | None:
    """What stands for the client, out of the line with which Tor opens a connection; None: it is not Tor's."""
    found = _LINE.fullmatch(line)
    return None if found is None else f"{CIRCUIT}{int(found[1], 16):04x}{int(found[2], 16):04x}"


class Onion:
    """ASGI: tells a browser where the onion is, and shows there what is for citizens alone."""

    def __init__(self, app: ASGIApp, *, onion: str, public_url: str) -> None:
        """`onion`: its base; empty: there is none. It is told over https, at our own name, and nowhere else."""
        self._app = app
        public = urlsplit(public_url)
        self._onion = onion if public.scheme == "https" else ""
        self._host = public.netloc.lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if by_onion(scope):
            if f"{scope['path']}/".startswith(tuple(f"{each}/" for each in _ELSEWHERE)):
                answer = refused(Request(scope), HTTPException(HTTPStatus.NOT_FOUND))
                await answer(scope, receive, send)
                return
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, self._telling(scope, send) if self._tells(scope) else send)

    def _tells(self, scope: Scope) -> bool:
        if not self._onion or scope["method"] not in _LOOKS or _PUBLIC.fullmatch(scope["path"]) is None:
            return False
        return Request(scope).headers.get("host", "").lower() == self._host

    def _telling(self, scope: Scope, send: Send) -> Send:
        query = scope["query_string"].decode("latin-1")
        there = self._onion + scope["raw_path"].decode("latin-1") + (f"?{query}" if query else "")

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault("Onion-Location", there)
            await send(message)

        return sent
