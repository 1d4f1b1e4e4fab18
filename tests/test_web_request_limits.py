"""How many are worked on at once: every address in its turn, hooks and monitors before pages."""

import asyncio
from dataclasses import dataclass, field

import httpx
import pytest

from tests.fakes.patience import PATIENCE
from tests.fakes.web_server import until
from tests.fakes.web_services import Behind, Ear, client, get, post
from web import Statistics, Tracked
from web.request_limits import FREE_BYTES, HELD_BYTES, Capacity, Crowded, Held, Line, hooks, monitors, pages

SMALL = Capacity(at_once=2, of_one=1, waiting=4, all_of_one=4, seconds=5)
MANY, OTHER = "203.0.113.5", "198.51.100.7"
FORM = b"kode=4821-0000-1111-2222"


async def _enters(line: Line, who: str, entered: list[str]) -> None:
    await line.enter(who)
    entered.append(who)


async def _waits(line: Line, who: str, entered: list[str]) -> asyncio.Task[None]:
    """One that stands in the line now, or is in already."""
    before = len(line.waiting.get(who, ()))
    task = asyncio.create_task(_enters(line, who, entered))
    await until(lambda: task.done() or len(line.waiting.get(who, ())) > before)
    return task


async def test_an_address_waits_for_itself_and_others_do_not() -> None:
    line, entered = Line(SMALL), list[str]()
    tasks = [await _waits(line, who, entered) for who in (MANY, MANY, MANY, OTHER)]
    assert entered == [MANY, OTHER]
    line.leave(MANY)
    await tasks[1]
    line.leave(OTHER)
    assert entered == [MANY, OTHER, MANY]
    line.leave(MANY)
    await tasks[2]
    line.leave(MANY)
    assert (line.total, dict(line.running), dict(line.waiting)) == (0, {}, {})


async def test_those_that_wait_go_in_turns() -> None:
    line, entered = Line(Capacity(at_once=1, of_one=1, waiting=9, all_of_one=9)), list[str]()
    tasks = [await _waits(line, who, entered) for who in ("a", "a", "a", "b", "b", "c")]
    for count in range(1, 6):
        line.leave(entered[-1])
        await until(lambda count=count: len(entered) > count)  # type: ignore[misc]  # a default binds the loop variable
    await asyncio.gather(*tasks)
    assert entered == ["a", "a", "b", "c", "a", "b"]


async def test_too_many_of_one_address_are_its_own_doing() -> None:
    line, entered = Line(SMALL), list[str]()
    tasks = [await _waits(line, MANY, entered) for _ in range(4)]
    with pytest.raises(Crowded) as refused:
        await line.enter(MANY)
    assert refused.value.own
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert not line.waiting


async def test_the_newest_of_the_longest_queue_gives_way_to_a_short_one() -> None:
    line, entered = Line(SMALL), list[str]()
    tasks = [await _waits(line, who, entered) for who in ("a", "b", "a", "a", "a", "b")]
    assert sum(map(len, line.waiting.values())) == 4
    newcomer = await _waits(line, "c", entered)
    with pytest.raises(Crowded) as refused:
        await tasks[4]
    assert refused.value.own
    assert not newcomer.done()
    tasks += [await _waits(line, "b", entered)]
    for who in ("d", "e"):
        tasks += [await _waits(line, who, entered)]
    with pytest.raises(Crowded) as full:
        await line.enter("f")
    assert not full.value.own
    for task in (*tasks, newcomer):
        task.cancel()
    await asyncio.gather(*tasks, newcomer, return_exceptions=True)


async def test_who_waits_too_long_is_told_so_and_leaves_no_trace() -> None:
    line = Line(Capacity(at_once=1, of_one=1, waiting=9, all_of_one=9, seconds=0.05))
    await line.enter(MANY)
    with pytest.raises(Crowded) as refused:
        await line.enter(OTHER)
    assert not refused.value.own
    line.leave(MANY)
    assert (line.total, dict(line.waiting)) == (0, {})


async def test_a_turn_that_comes_to_one_that_has_gone_passes_to_the_next() -> None:
    line, entered = Line(Capacity(at_once=1, of_one=1, waiting=9, all_of_one=9)), list[str]()
    first, gone, last = [await _waits(line, who, entered) for who in ("a", "b", "c")]
    line.leave("a")  # b is called now
    gone.cancel()
    await asyncio.wait({gone, last}, timeout=PATIENCE)
    assert first.done()
    assert last.done()
    assert entered == ["a", "c"]
    line.leave("c")
    assert line.total == 0


def test_bodies_in_memory_have_a_bound_and_one_address_a_quarter_of_it() -> None:
    held = Held(total=400)
    for who in "abcd":
        held.take(who, 100)
    with pytest.raises(Crowded) as own:
        held.take("a", 1)
    with pytest.raises(Crowded) as full:
        held.take("e", 1)
    assert (own.value.own, full.value.own) == (True, False)
    held.give_back("b", 100)
    held.take("e", 100)
    assert set(held.held) == set("acde")


@dataclass
class _Slow(Behind):
    """Pages that are worked on until they may end."""

    begun: int = 0
    may_end: asyncio.Event = field(default_factory=asyncio.Event)

    async def track(self, typed: str, peer: str, lang: str) -> Tracked:
        self.begun += 1
        await self.may_end.wait()
        return await super().track(typed, peer, lang)

    async def statistics(self, lang: str) -> Statistics:
        return await super().statistics(lang)


async def _flood(behind: _Slow, browser: httpx.AsyncClient, count: int) -> list[asyncio.Task[httpx.Response]]:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    tasks = [asyncio.create_task(browser.post("/lacak", content=FORM, headers=kind)) for _ in range(count)]
    await until(lambda: behind.begun > 0)
    return tasks


async def test_a_flood_of_pages_from_one_address_holds_up_neither_hooks_nor_monitors_nor_others() -> None:
    behind, ear = _Slow(), Ear()
    app = behind.app(ear.hook(), requests_of_one=60)
    async with client(app, MANY) as browser:
        flood = await _flood(behind, browser, 300)
        assert (await get(app, "/healthz", peer=MANY)).status_code == 200
        assert (await get(app, "/readyz", peer=MANY)).status_code == 200
        assert (await post(app, "/hooks/sms", b"halo", peer=MANY)).status_code == 200
        assert (await get(app, "/lacak", peer=OTHER)).status_code == 200
        refused = await get(app, "/lacak", peer=MANY)
        assert refused.status_code == 429
        behind.may_end.set()
        answers = await asyncio.gather(*flood)
    assert sum(answer.status_code == 200 for answer in answers) == 60
    assert {answer.status_code for answer in answers} == {200, 429}
    assert behind.begun == 60
    assert (await get(app, "/lacak", peer=MANY)).status_code == 200


async def test_who_is_told_to_wait_is_told_so_in_the_shape_that_it_reads() -> None:
    behind = _Slow()
    app = behind.app(requests_of_one=1)
    async with client(app, MANY) as browser:
        flood = await _flood(behind, browser, 2)
        page = await get(app, "/lacak?lang=en", peer=MANY)
        machine = await get(app, "/open311/v2/services.json", peer=MANY)
        other_machine = await get(app, "/open311/v2/services.xml", peer=MANY)
        behind.may_end.set()
        await asyncio.gather(*flood)
    for answer in (page, machine, other_machine):
        assert answer.status_code == 429
        assert int(answer.headers["Retry-After"]) > 0
    assert "A moment, please" in page.text
    assert machine.json() == [{"code": 429, "description": "Too Many Requests"}]
    assert "<code>429</code>" in other_machine.text


async def test_a_hundred_at_once_from_one_address_are_all_served() -> None:
    ear = Ear()
    app = Behind().app(ear.hook())
    pages = await asyncio.gather(*(get(app, "/lacak", peer=MANY) for _ in range(150)))
    hooks = await asyncio.gather(*(post(app, "/hooks/sms", b"halo", peer=MANY) for _ in range(400)))
    assert {answer.status_code for answer in (*pages, *hooks)} == {200}
    assert len(ear.heard) == 400


@pytest.mark.parametrize("connections", [64, 224, 524, 2_000])
def test_the_lines_together_are_shorter_than_the_door_is_wide(connections: int) -> None:
    every = (hooks(connections), monitors(connections), pages(connections, 200))
    assert sum(each.at_once + each.waiting for each in every) < connections
    assert hooks(connections).of_one == hooks(connections).at_once
    assert pages(connections, 200).all_of_one <= 200


async def test_behind_our_own_proxy_everybody_is_counted_apart() -> None:
    behind = _Slow()
    app = behind.app(requests_of_one=1, trusted_proxies=("10.0.0.0/8",))
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    async with client(app, "10.0.0.1") as proxy:
        tasks = [
            asyncio.create_task(
                proxy.post("/lacak", content=FORM, headers={**kind, "X-Forwarded-For": f"203.0.113.{n}"})
            )
            for n in range(2)
        ]
        await until(lambda: behind.begun == 2)
        again = await proxy.get("/lacak", headers={"X-Forwarded-For": "203.0.113.1"})
        other = asyncio.create_task(proxy.get("/lacak", headers={"X-Forwarded-For": "203.0.113.9"}))
        behind.may_end.set()
        assert {(await task).status_code for task in (*tasks, other)} == {200}
    assert again.status_code == 429


async def test_large_bodies_of_one_address_have_a_bound_together() -> None:
    ear = Ear()
    app = Behind().app(ear.hook(max_bytes=2 * HELD_BYTES))
    assert (await post(app, "/hooks/sms", b"x" * (HELD_BYTES // 4))).status_code == 200
    assert (await post(app, "/hooks/sms", b"x" * (HELD_BYTES // 4 + FREE_BYTES + 1))).status_code == 429
    assert len(ear.heard) == 1
