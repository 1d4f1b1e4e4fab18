"""The headers of every answer, set in one place so that no page can forget them."""

from pathlib import PurePosixPath

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
_PERMISSIONS = dict(ALWAYS)["Permissions-Policy"]
FORM = (*DESK[:1], ("Permissions-Policy", _PERMISSIONS.replace("geolocation=()", "geolocation=(self)")))
"""What the form for anybody has otherwise: likewise; its addresses tell nothing, and are told to nobody.

Where somebody is may be asked of their browser, which asks them first.
"""
_SAVED = {".json": "open311.json", ".xml": "open311.xml"}
"""Answers for machines, by the end of their path: a browser that is led there saves a file and shows no page."""
_HTTPS_ONLY = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")


def _besides(path: str) -> tuple[tuple[str, str], ...]:
    """What the pages of staff and the answers for machines have otherwise, or more."""
    if path.startswith("/petugas"):
        return DESK
    if path == "/lapor":
        return FORM
    saved = _SAVED.get(PurePosixPath(path).suffix) if path.startswith("/open311/") else None
    return (("Content-Disposition", f'attachment; filename="{saved}"'),) if saved else ()


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
                for name, value in (*_besides(scope["path"]), *self._headers):
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)
