"""An address holds no NUL: PostgreSQL takes none in a text, so what is asked for with one reads as with a space.

Forms lose theirs in `form_body`. Hooks keep them: an SMS comes in its address, and in UTF-16 every other byte is one.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

_HOOKS = "/hooks/"


class PlainAddress:
    """ASGI."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A raw NUL was refused by the server before."""
        if scope["type"] == "http" and not scope["path"].startswith(_HOOKS):
            query, path = scope["query_string"], scope["path"]
            if b"%00" in query or "\0" in path:
                scope = {**scope, "query_string": query.replace(b"%00", b"%20"), "path": path.replace("\0", " ")}
        await self._app(scope, receive, send)
