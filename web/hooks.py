"""Hooks: what providers send, handed over raw and bounded to the channel that named the path."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response

from core.messages import Hook, HookRequest
from web.body import read
from web.services import services_of


def _headers(request: Request) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in request.headers.items():
        # A header sent twice matches no secret and no signature.
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _endpoint(hook: Hook) -> Callable[[Request], Awaitable[Response]]:
    async def called(request: Request) -> Response:
        body = await read(request, most=hook.max_bytes, seconds=services_of(request).body_seconds)
        query = request.scope["query_string"].decode("latin-1")
        answer = await hook.answer(HookRequest(body, query, _headers(request)))
        return Response(answer.body, answer.status, media_type=answer.media_type)

    return called


def router_of(hooks: tuple[Hook, ...]) -> APIRouter:
    """One route a hook, exactly its method and path."""
    router = APIRouter(redirect_slashes=False)
    for hook in hooks:
        router.add_api_route(hook.path, _endpoint(hook), methods=[hook.method], response_model=None)
    return router
