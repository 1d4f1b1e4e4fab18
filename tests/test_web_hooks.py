"""Hooks: raw in, exact in method and path, acknowledged only after the channel says so."""

import logging

import pytest

from core.errors import StoreAway
from tests.fakes.web_services import Behind, Ear, client, get, post


async def test_a_hook_gets_what_came_as_it_came() -> None:
    ear = Ear()
    answer = await post(
        Behind().app(ear.hook()),
        "/hooks/sms?b=%20&a=1%2B2",
        b"Body=\xff&From=",
        headers={"X-Twilio-Signature": "s="},
    )
    assert (answer.status_code, answer.content) == (200, b"<Response/>")
    assert answer.headers["content-type"].startswith("text/xml")
    (heard,) = ear.heard
    assert heard.body == b"Body=\xff&From="
    assert heard.query == "b=%20&a=1%2B2"
    assert heard.headers["x-twilio-signature"] == "s="


async def test_a_header_sent_twice_is_no_secret() -> None:
    ear = Ear()
    async with client(Behind().app(ear.hook())) as wire:
        await wire.post("/hooks/sms", headers=[("X-Secret", "right"), ("X-Secret", "right")])
    assert ear.heard[0].headers["x-secret"] == "right, right"


async def test_two_providers_have_each_their_own_path() -> None:
    one, two = Ear(), Ear(status=204)
    app = Behind().app(one.hook(), two.hook("GET", "/hooks/telegram"))
    assert (await post(app, "/hooks/sms")).status_code == 200
    assert (await get(app, "/hooks/telegram")).status_code == 204
    assert (len(one.heard), len(two.heard)) == (1, 1)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])
async def test_another_method_is_refused_and_heard_by_nobody(method: str) -> None:
    ear = Ear()
    async with client(Behind().app(ear.hook())) as wire:
        answer = await wire.request(method, "/hooks/sms")
    assert answer.status_code == 405
    assert not ear.heard


async def test_a_hook_that_is_read_by_get_is_not_called_by_head() -> None:
    ear = Ear()
    async with client(Behind().app(ear.hook("GET"))) as wire:
        answer = await wire.head("/hooks/sms?text=halo")
    assert answer.status_code == 405
    assert not ear.heard


async def test_an_unknown_hook_is_answered_plainly() -> None:
    answer = await post(Behind().app(), "/hooks/none")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(("length", "status"), [(1000, 200), (1001, 413)])
async def test_a_body_is_taken_up_to_its_limit(length: int, status: int) -> None:
    ear = Ear()
    answer = await post(Behind().app(ear.hook(max_bytes=1000)), "/hooks/sms", b"x" * length)
    assert answer.status_code == status
    assert len(ear.heard) == (status == 200)


async def test_with_the_store_away_the_provider_is_asked_to_come_again() -> None:
    answer = await post(Behind().app(Ear(raises=StoreAway()).hook()), "/hooks/sms")
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert answer.headers["content-type"].startswith("text/plain")


async def test_a_fault_of_ours_says_type_and_place_and_nothing_of_the_message(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    ear = Ear(raises=ValueError("kanari-isi"))
    answer = await post(Behind().app(ear.hook()), "/hooks/sms?from=kanari-nomor", b"kanari-badan", peer="203.0.113.9")
    assert answer.status_code == 500
    assert "kanari" not in answer.text
    ours = "\n".join(record.getMessage() + str(record.exc_info) for record in caplog.records if _ours(record))
    assert "type=ValueError place=web.hooks:" in ours
    assert "kanari" not in ours
    assert "203.0.113.9" not in ours


def _ours(record: logging.LogRecord) -> bool:
    return not record.name.startswith(("httpx", "httpcore"))
