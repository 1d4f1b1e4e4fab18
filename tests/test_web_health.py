"""What a monitor asks."""

from core.errors import StoreAway
from tests.fakes.web_doors import Behind, client, get


async def test_alive_asks_nobody() -> None:
    answer = await get(Behind(raises=StoreAway()).app(), "/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


async def test_ready_is_said_in_a_word() -> None:
    answer = await get(Behind().app(), "/readyz")
    assert (answer.status_code, answer.text) == (200, "ready\n")


async def test_what_is_not_ready_is_named() -> None:
    answer = await get(Behind(missing=("telegram", "mail")).app(), "/readyz")
    assert (answer.status_code, answer.text) == (503, "telegram\nmail\n")


async def test_a_store_that_is_away_is_not_ready() -> None:
    answer = await get(Behind(raises=StoreAway()).app(), "/readyz")
    assert (answer.status_code, answer.text) == (503, "store\n")


async def test_metrics_come_as_they_are_with_their_type() -> None:
    answer = await get(Behind(text=b'resi_reports{channel="sms"} 3\n').app(metrics_type="text/plain; v=9"), "/metrics")
    assert answer.content == b'resi_reports{channel="sms"} 3\n'
    assert answer.headers["content-type"] == "text/plain; v=9"


async def test_a_monitor_may_ask_for_the_head_alone() -> None:
    async with client(Behind(missing=("mail",)).app()) as monitor:
        assert (await monitor.head("/healthz")).status_code == 200
        assert (await monitor.head("/readyz")).status_code == 503
