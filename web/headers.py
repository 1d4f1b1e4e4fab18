"""The headers of every answer, set in one place so that no page can forget them."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
ALWAYS = (
    ("Content-Security-Policy", _CSP),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),  # a page that may be kept says so itself
)
DESK = (
    (
        "Content-Security-Policy",
        _CSP.replace("default-src 'none';", "default-src 'none'; script-src 'self'; connect-src 'self';"),
    ),
    ("Referrer-Policy", "same-origin"),
)
"""What the pages of staff have otherwise: scripts of ours, which none of them needs."""
_HTTPS_ONLY = ("Strict-Transport-Security", "max-age=31536000")


class Headers:
    """Adds what the answer does not say itself."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._headers = (*ALWAYS, _HTTPS_ONLY) if https else ALWAYS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                desk = DESK if scope["path"].startswith("/petugas") else ()
                for name, value in (*desk, *self._headers):
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)
