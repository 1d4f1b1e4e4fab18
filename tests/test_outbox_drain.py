"""What is due leaves at once, beside or without a running service: by its wire, on paper, or later again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from app.outbox_drain import drain_outbox
from app.runtime import Runtime, open_runtime
from core import intake
from core.messages import Address, Envelope, Incoming, WireId
from storage import new_pair
from tests.fakes.offices import STORY
from tests.fakes.relay import Relay
from tests.fakes.resi_process import free_port
from tests.fakes.rows import deliveries
from tests.fakes.set_up import settings_in

_MINUTE = timedelta(minutes=1)


@contextmanager
def opened_in(folder: Path, **values: str) -> Iterator[Runtime]:
    opened = open_runtime(settings_in(folder, **values))
    try:
        yield opened
    finally:
        opened.close()


def by(relay: str) -> dict[str, str]:
    """Mail that is switched on and leaves by that relay."""
    return {"MAIL_LISTEN": "127.0.0.1:0", "MAIL_RELAY_URL": relay, "MAIL_ADDRESS": "lapor@kota.test"}


def hears(opened: Runtime, text: str = STORY, channel: str = "mail") -> None:
    """One citizen's message, whose answer waits then."""
    names = opened.context.rng
    envelope = Envelope(channel, Address(f"{names.token()}@surat.test"), WireId(names.token()), text=text)
    now = opened.clock.now()
    opened.store.run(lambda tx: intake.message(tx, Incoming(envelope), now, opened.context))


def test_where_nothing_waits_nothing_is_sent(tmp_path: Path) -> None:
    with opened_in(tmp_path) as opened:
        assert drain_outbox(opened) == 0


def test_a_wire_gets_everything_that_is_due_once(tmp_path: Path) -> None:
    with Relay() as relay, opened_in(tmp_path, **by(relay.url)) as opened:
        for _ in range(40):
            hears(opened)
        assert drain_outbox(opened) == 40
        assert len(relay.mails) == 40
        assert drain_outbox(opened) == 0
        assert deliveries(opened.store) == 0
    assert not (opened.settings.data_dir / "outbox").exists()


def test_without_a_way_out_messages_of_every_channel_lie_on_paper(tmp_path: Path) -> None:
    with opened_in(tmp_path) as opened:
        hears(opened)
        hears(opened, "halo", "sms")
        hears(opened, "halo", "telegram")
        assert drain_outbox(opened) == 3
        kinds = sorted(path.suffix for path in (opened.settings.data_dir / "outbox").iterdir())
    assert kinds == [".eml", ".txt", ".txt"]


def test_a_wire_that_is_away_is_tried_once_and_later_again(tmp_path: Path) -> None:
    gone = f"smtp://127.0.0.1:{free_port()}"
    with opened_in(tmp_path, **by(gone)) as opened:
        hears(opened)
        assert drain_outbox(opened) == 1
        [waiting] = opened.store.figures.waiting(9)
        assert waiting.attempts == 1
        assert waiting.not_before > opened.clock.now()
        assert drain_outbox(opened) == 0


def test_what_a_running_service_is_sending_is_left_to_it(tmp_path: Path) -> None:
    with Relay() as relay, opened_in(tmp_path, **by(relay.url)) as opened:
        hears(opened)
        hears(opened)
        now = opened.clock.now()
        [held] = opened.store.run(lambda tx: tx.outbox.claim(now, _MINUTE, 1))
        assert drain_outbox(opened) == 1
        assert [each.id for each in opened.store.figures.waiting(9)] == [held.id]
        assert len(relay.mails) == 1


def test_who_cannot_open_addresses_leaves_everything_to_who_can(tmp_path: Path) -> None:
    private, public = new_pair()
    with Relay() as relay:
        with opened_in(tmp_path, **by(relay.url), ADDRESS_PUBLIC=public) as opened:
            hears(opened)
            assert drain_outbox(opened) == 0
            assert [row.attempts for row in opened.store.figures.waiting(9)] == [0]
        with opened_in(tmp_path, **by(relay.url), ADDRESS_KEYS=private) as opened:
            assert drain_outbox(opened) == 1
        assert len(relay.mails) == 1
