"""Partners are told what becomes of their reports: signed, tried again, and never by way of a private network."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.outside_web import CannotReach, OutsideWeb
from app.partner_hooks import PartnerHooks, secret_shown
from app.partners import PartnerFiling
from core import casework
from core.intake import Filled
from core.model import CategoryId, HookState, Partner
from storage import Files, Keys
from tests.fakes.cued_house import CuedStore, Inside
from tests.fakes.patience import PATIENCE

HOLE = Filled("", CategoryId("jalan_rusak"), "Lubang besar milik Budi", "Kelurahan Tebet Barat")


@dataclass
class Ears:
    """A partner's server: what it answers, and what it heard. A word: it cannot be reached, and why."""

    answers: list[str] = field(default_factory=list)
    heard: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    async def post(self, url: str, headers: dict[str, str], body: bytes, *, seconds: float) -> int:
        assert seconds <= 15
        self.heard.append((url, headers, body))
        answer = self.answers.pop(0) if self.answers else "204"
        if not answer.isdecimal():
            raise CannotReach(answer)
        return int(answer)


@pytest.fixture
def inside(sqlite_url: str, keys: Keys, tmp_path: Path) -> Iterator[Inside]:
    house = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    yield house
    house.close()


def joined(inside: Inside, hook: str = "https://jaki.example/in", name: str = "jaki-app") -> bytes:
    def turn(tx: Any) -> bytes:  # noqa: ANN401 - of either store
        made = casework.Turn(tx, inside.clock.now(), inside.turns.context)
        casework.add_partner(made, Partner(name, "jaki"), "a-key" if name == "jaki-app" else name)
        return casework.tell_partner_at(made, name, hook)

    return inside.store.run(turn)


async def test_what_is_told_is_signed_with_its_time_and_holds_no_word_of_a_report(inside: Inside) -> None:
    secret, ears = joined(inside), Ears()
    filed = await PartnerFiling(inside.turns).file("a-key", HOLE)
    assert await PartnerHooks(inside.turns, ears).round() == 1  # type: ignore[arg-type]  # stands in for the web
    [(url, headers, body)] = ears.heard
    assert url == "https://jaki.example/in"
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret_shown(secret).removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert int(headers["webhook-timestamp"]) == int(inside.clock.now().timestamp())
    told = json.loads(body)
    assert told["type"] == "request.created"
    assert told["data"] == {
        "service_request_id": filed.report.number, "status": "open", "status_notes": "Menunggu",
    }  # fmt: skip
    assert b"Budi" not in body
    assert await PartnerHooks(inside.turns, ears).round() == 0, "once"  # type: ignore[arg-type]  # stands in for the web


async def test_what_was_not_taken_is_tried_again_later_under_the_same_id(inside: Inside) -> None:
    joined(inside)
    await PartnerFiling(inside.turns).file("a-key", HOLE)
    ears = Ears(["500", "time", "302", "204"])
    hooks = PartnerHooks(inside.turns, ears)  # type: ignore[arg-type]  # stands in for the web
    assert await hooks.round() == 1
    assert await hooks.round() == 0, "not at once"
    for _ in range(3):
        inside.clock.passes(hours=2)
        assert await hooks.round() == 1
    assert len({headers["webhook-id"] for _, headers, _ in ears.heard}) == 1
    assert len({headers["webhook-timestamp"] for _, headers, _ in ears.heard}) == 4
    [kept] = inside.store.hooks.log(9)
    assert (kept.state, kept.answer, kept.attempts) == (HookState.SENT, "204", 4)


async def test_who_says_that_it_is_gone_is_told_nothing_more(inside: Inside) -> None:
    joined(inside)
    await PartnerFiling(inside.turns).file("a-key", HOLE)
    hooks = PartnerHooks(inside.turns, Ears(["410"]))  # type: ignore[arg-type]  # stands in for the web
    await hooks.round()
    await PartnerFiling(inside.turns).file("a-key", HOLE)
    assert [each.state for each in inside.store.hooks.log(9)] == [HookState.DEAD]


async def test_what_is_never_taken_ends(inside: Inside) -> None:
    joined(inside)
    await PartnerFiling(inside.turns).file("a-key", HOLE)
    hooks = PartnerHooks(inside.turns, Ears(["503"] * 100))  # type: ignore[arg-type]  # stands in for the web
    for _ in range(95):
        inside.clock.passes(hours=2)
        await hooks.round()
    [kept] = inside.store.hooks.log(9)
    assert (kept.state, kept.attempts) == (HookState.DEAD, 90)


async def test_a_server_that_hangs_holds_up_no_other_partner(inside: Inside) -> None:
    hangs, heard = asyncio.Event(), asyncio.Queue[str]()

    class Hung(Ears):
        async def post(self, url: str, headers: dict[str, str], body: bytes, *, seconds: float) -> int:
            await heard.put(url)
            if "hung" in url:
                await hangs.wait()
            return await super().post(url, headers, body, seconds=seconds)

    joined(inside, "https://hung.example/in")
    joined(inside, "https://quick.example/in", "qlue-app")
    await PartnerFiling(inside.turns).file("a-key", HOLE)
    for _ in range(3):
        await PartnerFiling(inside.turns).file("qlue-app", HOLE)
    running = asyncio.create_task(PartnerHooks(inside.turns, Hung()).run())  # type: ignore[arg-type]  # stands in
    async with asyncio.timeout(PATIENCE):
        told = [await heard.get() for _ in range(4)]
    running.cancel()
    assert sorted(told) == ["https://hung.example/in", *["https://quick.example/in"] * 3]


@pytest.mark.parametrize("hook", ["https://127.0.0.1/in", "https://localhost/in", "https://[::1]/in"])
async def test_no_private_network_is_called(inside: Inside, hook: str) -> None:
    joined(inside, hook)
    await PartnerFiling(inside.turns).file("a-key", HOLE)
    await PartnerHooks(inside.turns, OutsideWeb()).round()
    [kept] = inside.store.hooks.log(9)
    assert (kept.state, kept.answer) == (HookState.WAITING, "address")
