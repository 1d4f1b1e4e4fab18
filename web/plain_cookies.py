"""Cookies in quotes are not read: none of ours is, and opening them takes the square of their length.

CVE-2024-7592, in Python before 3.11.10: 30 kB of backslashes, which any page takes, held everybody up for two seconds.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

_COOKIE, _QUOTE = b"cookie", b'"'


class PlainCookies:
    """ASGI."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What is left of such a header keeps its order."""
        if scope["type"] == "http":
            headers: list[tuple[bytes, bytes]] = scope["headers"]
            if any(name == _COOKIE and _QUOTE in value for name, value in headers):
                plain = [(name, _plain(value) if name == _COOKIE else value) for name, value in headers]
                scope = {**scope, "headers": plain}
        await self._app(scope, receive, send)


def _plain(value: bytes) -> bytes:
    return b";".join(each for each in value.split(b";") if _QUOTE not in each)
