"""A NUL in an address reads as a space wherever a text is made of it, and reaches whoever reads bytes."""

import json

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from core.messages import Hook, HookAnswer, HookRequest
from tests.fakes.web_services import Behind, get
from web.plain_address import PlainAddress


async def shown(scope: Scope, receive: Receive, send: Send) -> None:
    request = Request(scope)
    await JSONResponse({"path": request.url.path, "asked": list(request.query_params.multi_items())})(
        scope, receive, send
    )


@pytest.mark.parametrize(
    ("address", "path", "asked"),
    [
        ("/petugas?jenis=a%00b", "/petugas", [["jenis", "a b"]]),
        ("/petugas?%00=%00&x=%2500", "/petugas", [[" ", " "], ["x", "%00"]]),
        ("/petugas/laporan/R%00", "/petugas/laporan/R ", []),
        ("/hooks/sms?text=%00h%00i", "/hooks/sms", [["text", "\0h\0i"]]),
    ],
)
async def test_a_nul_is_a_space_but_for_hooks(address: str, path: str, asked: list[list[str]]) -> None:
    answer = await get(PlainAddress(shown), address)  # type: ignore[arg-type]  # any application will do
    assert json.loads(answer.text)["asked"] == asked
    assert json.loads(answer.text)["path"].replace("%20", " ") == path


async def test_every_page_of_ours_stands_behind_it() -> None:
    heard: list[str] = []

    async def hear(request: HookRequest) -> HookAnswer:
        heard.append(request.query)
        return HookAnswer(200)

    app = Behind().app(Hook("GET", "/hooks/x", hear))
    assert (await get(app, "/hooks/x?text=%00")).status_code == 200
    assert heard == ["text=%00"]
    assert (await get(app, "/lacak%00")).status_code == 404
