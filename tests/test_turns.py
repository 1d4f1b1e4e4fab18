"""The way in: order, files, poison and trouble, on the real store."""

import asyncio
import logging
import os
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.disk import Disk
from app.sandbox import Allowance, Origin
from app.turn_threads import Patience
from app.turns import Turns
from core import places
from core.errors import FileAway, StoreAway
from core.messages import Address, FileRef, IntakeResult, Tag
from core.phrases import phrase
from core.ports import UnitOfWork
from storage import Bucket, BucketFiles, Files, Keys
from storage.bucket import BucketPatience
from tests.fakes.broken_readers import BrokenReaders
from tests.fakes.cued_house import AWAY, CANARY, CuedStore, Fetch, Inside, until
from tests.fakes.object_server import Failure, ObjectServer
from tests.fakes.rows import deliveries
from tests.fakes.town import CODE


@pytest.fixture
async def inside(sqlite_url: str, keys: Keys, tmp_path: Path) -> AsyncIterator[Inside]:
    made = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    yield made
    made.close()


def photo(data: bytes = b"photo") -> tuple[FileRef, ...]:
    return (FileRef(data=data),)


def fetched(name: str) -> tuple[FileRef, ...]:
    return (FileRef(fetch_id=name),)


def files_of(inside: Inside) -> int:
    """Photos that a report or a draft names."""
    return len(inside.store.upkeep.file_names_in_use())


async def answers(inside: Inside) -> list[str]:
    """Everything that waits is sent; the words, with what can be pressed."""
    loop = asyncio.create_task(inside.outbox().run())
    await until(lambda: deliveries(inside.store) == 0)
    loop.cancel()
    await asyncio.wait([loop])
    return ["\n".join((out.text, *(option.label for option in out.options))) for out in inside.wire.sent]


async def test_a_message_is_taken_once_and_its_answer_waits_in_the_outbox(inside: Inside) -> None:
    letter = inside.letter("halo")
    assert await inside.turns.take(letter) is IntakeResult.DONE
    assert inside.turns.written.is_set()
    assert await inside.turns.take(letter) is IntakeResult.SEEN
    assert len(await answers(inside)) == 1


async def test_chance_against_us_is_tried_a_second_time_and_nobody_notices(inside: Inside) -> None:
    inside.store.faults["w1"] = 1
    assert await inside.turns.take(inside.letter("lampu mati di tebet timur")) is IntakeResult.DONE
    [said] = await answers(inside)
    assert "sekali lagi" not in said


async def test_a_poison_turn_is_tried_twice_then_apologised_for_and_acknowledged(
    inside: Inside, caplog: pytest.LogCaptureFixture
) -> None:
    inside.store.faults["w1"] = 2
    letter = inside.letter("racun")
    with caplog.at_level(logging.DEBUG):
        assert await inside.turns.take(letter) is IntakeResult.FAILED
    assert inside.store.faults["w1"] == 0
    assert await inside.turns.take(letter) is IntakeResult.SEEN
    assert await inside.turns.take(inside.letter("halo")) is IntakeResult.DONE
    sorry, hello = await answers(inside)
    assert "sekali lagi" in sorry
    assert sorry != hello
    assert [record.message for record in caplog.records if record.name == "app.turns"] == ["turn_again", "turn_failed"]
    assert CANARY not in str([vars(record) for record in caplog.records if record.name.startswith("app")])


async def test_where_not_even_an_apology_can_be_kept_the_message_is_recorded_and_blocks_nothing(inside: Inside) -> None:
    inside.store.faults["w1"] = 3
    letter = inside.letter("racun")
    assert await inside.turns.take(letter) is IntakeResult.FAILED
    assert await inside.turns.take(letter) is IntakeResult.SEEN
    assert await answers(inside) == []


async def test_where_nothing_at_all_can_be_kept_nothing_is_acknowledged(inside: Inside) -> None:
    inside.store.faults["w1"] = 1000
    with pytest.raises(StoreAway) as away:
        await inside.turns.take(inside.letter("racun"))
    assert CANARY not in str(away.value)


async def test_a_mail_that_we_fail_on_is_asked_for_again_for_an_hour_and_then_refused(inside: Inside) -> None:
    inside.store.faults["w1"] = 1000
    letter = inside.letter("surat", channel="mail")
    for minutes in (0, 30, 29):
        inside.clock.passes(minutes=minutes)
        assert await inside.turns.take(letter) is IntakeResult.LATER
    inside.clock.passes(minutes=2)
    assert await inside.turns.take(letter) is IntakeResult.FAILED
    assert deliveries(inside.store) == 0


# -- a turn that raises with words in it: filed as they are --


STORY = "Lampu jalan mati sudah seminggu di depan pasar.\n- Tomasz W."


@pytest.mark.parametrize("channel", ["mail", "sms", "telegram"])
async def test_words_of_a_turn_that_raises_twice_are_filed_as_they_are(
    inside: Inside, channel: str, caplog: pytest.LogCaptureFixture
) -> None:
    inside.store.faults["w1"] = 2
    letter = inside.letter(STORY, channel=channel)
    inside.turns.connections["mail"] = inside.wire
    assert await inside.turns.take(letter) is IntakeResult.DONE
    assert await inside.turns.take(letter) is IntakeResult.SEEN
    [said] = await answers(inside)
    assert CODE.search(said)
    assert inside.store.figures.total() == 1
    assert inside.turns.faults.counts()["turn"].faults == 1
    assert "Tomasz" not in str([vars(record) for record in caplog.records])


async def test_where_not_even_that_can_be_kept_it_is_as_before(inside: Inside) -> None:
    inside.store.faults["w1"] = 3
    assert await inside.turns.take(inside.letter(STORY)) is IntakeResult.FAILED
    [sorry] = await answers(inside)
    assert "sekali lagi" in sorry
    inside.store.faults["w2"] = 3
    assert await inside.turns.take(inside.letter(STORY, channel="mail")) is IntakeResult.LATER
    assert inside.store.figures.total() == 0


async def test_photos_of_such_a_message_are_kept_with_it(inside: Inside) -> None:
    inside.store.faults["w1"] = 2
    assert await inside.turns.take(inside.letter(STORY, files=photo())) is IntakeResult.DONE
    assert files_of(inside) == 1


async def test_a_reader_that_fails_is_heard_of_on_whatever_thread_it_reads(inside: Inside) -> None:
    inside.turns.faults = broken = BrokenReaders("areas")
    assert await inside.turns.take(inside.letter("lampu jalan mati di tebet timur")) is IntakeResult.DONE
    assert {reader for reader, _ in broken.heard} == {"areas"}
    await inside.turns.call(lambda: places.find("tebet timur"))
    assert broken.counts()["areas"].faults == len(broken.heard)


async def test_trouble_with_the_database_passes_through_and_is_no_fault_of_the_message(inside: Inside) -> None:
    inside.store.trouble = [AWAY]
    letter = inside.letter("halo")
    with pytest.raises(StoreAway):
        await inside.turns.take(letter)
    assert await inside.turns.take(letter) is IntakeResult.DONE


async def test_a_file_that_cannot_be_scrubbed_never_loses_the_words(inside: Inside) -> None:
    letter = inside.letter("lampu jalan mati", files=photo(b"bad"))
    assert await inside.turns.take(letter) is IntakeResult.DONE
    [said] = await answers(inside)
    assert "PDF" in said
    assert "Lampu jalan" in said
    assert files_of(inside) == 0


@pytest.mark.parametrize(
    "cues",
    [
        [FileAway(final=True)],
        [FileAway(final=False)] * 3,
        [ValueError(CANARY)],
        [asyncio.Event()],
    ],
    ids=["gone", "never comes", "a fault of the wire", "hangs"],
)
async def test_a_file_that_cannot_be_fetched_is_said_and_never_loses_the_words(
    inside: Inside, cues: list[Fetch], caplog: pytest.LogCaptureFixture
) -> None:
    inside.wire.files["f"] = cues
    assert await inside.turns.take(inside.letter("lampu jalan mati", files=fetched("f"))) is IntakeResult.DONE
    [said] = await answers(inside)
    assert "tidak sampai" in said
    assert "Lampu jalan" in said
    assert not inside.wire.files["f"]
    assert CANARY not in caplog.text


async def test_of_a_file_that_its_wire_calls_too_large_it_is_said_that_a_smaller_one_is_wanted(inside: Inside) -> None:
    inside.wire.files["f"] = [FileAway(final=True, too_large=True)]
    assert await inside.turns.take(inside.letter("lampu jalan mati", files=fetched("f"))) is IntakeResult.DONE
    [said] = await answers(inside)
    assert "terlalu besar" in said
    assert "Lampu jalan" in said


async def test_a_file_that_comes_at_the_third_try_is_kept(inside: Inside) -> None:
    inside.wire.files["f"] = [FileAway(final=False), FileAway(final=False), b"photo"]
    assert await inside.turns.take(inside.letter("lampu jalan mati", files=fetched("f"))) is IntakeResult.DONE
    assert files_of(inside) == 1


async def test_a_file_on_a_channel_that_is_off_is_said(inside: Inside) -> None:
    inside.turns.connections.clear()
    assert await inside.turns.take(inside.letter("lampu jalan mati", files=fetched("f"))) is IntakeResult.DONE
    assert files_of(inside) == 0


async def test_without_a_sandbox_nothing_is_acknowledged(inside: Inside) -> None:
    letter = inside.letter("lampu mati", files=photo(b"away"))
    with pytest.raises(StoreAway):
        await inside.turns.take(letter)
    assert deliveries(inside.store) == 0


async def test_one_sender_keeps_order_while_files_take_their_time_and_others_pass(inside: Inside) -> None:
    ended: list[str] = []

    async def take(name: str, **more: object) -> None:
        await inside.turns.take(inside.letter(more.pop("text", "halo"), **more))  # type: ignore[arg-type]  # see letter
        ended.append(name)

    first = asyncio.create_task(take("budi 1", text="lampu jalan mati", files=photo(b"slow")))
    await inside.sandbox.begun.wait()
    second = asyncio.create_task(take("budi 2", text="tebet timur"))
    await take("siti", sender="siti")
    assert ended == ["siti"]
    inside.sandbox.may_end.set()
    await asyncio.gather(first, second)
    assert ended == ["siti", "budi 1", "budi 2"]


@pytest.mark.parametrize("shown", [(), (Tag("b" * 26),)], ids=["no right", "an invented right"])
async def test_who_forges_a_mail_does_not_wait_for_the_photos_of_whom_it_names(
    inside: Inside, shown: tuple[Tag, ...]
) -> None:
    photos = inside.letter("lampu jalan mati", channel="mail", tags=(Tag("a" * 26),), files=photo(b"slow"))
    first = asyncio.create_task(inside.turns.take(photos))
    await inside.sandbox.begun.wait()
    forged = inside.letter("masih rusak", channel="mail", tags=shown)
    assert await inside.turns.take(forged) is IntakeResult.DONE
    mine = asyncio.create_task(inside.turns.take(inside.letter("tebet timur", channel="mail", tags=(Tag("a" * 26),))))
    done, _ = await asyncio.wait([first, mine], timeout=0.1)
    assert not done, "answers to one message of ours keep their order"
    inside.sandbox.may_end.set()
    await asyncio.gather(first, mine)


async def test_a_caller_that_goes_away_ends_neither_the_turn_nor_the_order(inside: Inside) -> None:
    first = asyncio.create_task(inside.turns.take(inside.letter("lampu jalan mati", files=photo(b"slow"))))
    await inside.sandbox.begun.wait()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    second = asyncio.create_task(inside.turns.take(inside.letter("tebet timur")))
    done, _ = await asyncio.wait([second], timeout=0.1)
    assert not done, "the second overtook the first, whose file is still being cleaned"
    inside.sandbox.may_end.set()
    assert await second is IntakeResult.DONE
    said = await answers(inside)
    assert len(said) == 2
    assert files_of(inside) == 1


async def test_an_ordering_key_leaves_nothing_behind_when_its_messages_are_done(inside: Inside) -> None:
    await asyncio.gather(*(inside.turns.take(inside.letter("halo", sender=f"s{n % 5}")) for n in range(25)))
    await until(lambda: not inside.turns.busy)
    assert inside.turns.ordered_senders == 0


async def test_a_file_tells_its_channel_path_and_sender_and_no_address(inside: Inside) -> None:
    await inside.turns.take(inside.letter(sender="budi", channel="mail", path="198.51.100.0/24", files=photo()))
    await inside.turns.take(inside.letter(sender="budi", files=photo()))
    mail, chat = (origin for origin, _ in inside.sandbox.asked)
    assert mail == Origin("mail", "198.51.100.0/24", inside.store.ordering_key("mail", Address("budi")), proved=False)
    assert chat is not None
    assert (chat.channel, chat.path, chat.proved) == ("telegram", "", True)
    assert "budi" not in f"{mail!r} {mail.sender!r} {chat!r} {chat.sender!r}"


async def test_photos_are_cleaned_before_documents_and_share_the_seconds_of_their_message(inside: Inside) -> None:
    files = (b"%PDF-1", b"photo 1", b"%PDF-2", b"photo 2")
    await inside.turns.take(inside.letter(channel="mail", files=tuple(FileRef(data) for data in files)))
    assert inside.sandbox.cleaned == [b"photo 1", b"photo 2", b"%PDF-1", b"%PDF-2"]
    allowances = {id(allowance) for _, allowance in inside.sandbox.asked}
    assert len(allowances) == 1
    assert inside.sandbox.asked[0][1] == Allowance(20.0)


async def test_it_is_told_which_of_the_files_of_a_mail_were_not_taken(inside: Inside) -> None:
    files = tuple(FileRef(data) for data in (b"%PDF-1", b"bad", b"photo", b"bad"))
    inside.turns.connections["mail"] = inside.wire
    story = "Lampu jalan mati di kelurahan Tebet Timur sejak kemarin malam"
    await inside.turns.take(inside.letter(story, channel="mail", files=files, refused=("file_many",)))
    [said] = await answers(inside)
    assert CODE.search(said)
    assert phrase("file_kind", "id") in said
    assert phrase("file_many", "id") in said
    assert phrase("file_numbers", "id", numbers="2, 4") in said


async def test_a_disk_with_nothing_but_its_reserve_takes_nothing_new_and_recovers(
    inside: Inside, tmp_path: Path
) -> None:
    seen = [os.statvfs_result((1000, 1000, 10**6, free, free, 9, 9, 9, 0, 255)) for free in (0, 10**6)]
    disk = Disk(tmp_path, look=lambda _: seen.pop(0))
    turns = Turns(inside.store, Files(tmp_path), inside.sandbox, inside.turns.context, inside.clock, disk=disk)
    letter = inside.letter("halo")
    with pytest.raises(StoreAway):
        await turns.take(letter)
    assert await turns.take(letter) is IntakeResult.DONE
    turns.close()


async def test_a_photo_waits_outside_while_the_store_of_files_is_away_and_words_do_not(inside: Inside) -> None:
    with ObjectServer(away=Failure(503, "SlowDown")) as server:
        bucket = Bucket(server.place(), BucketPatience(tries=1))
        turns = Turns(inside.store, Files(BucketFiles(bucket)), inside.sandbox, inside.turns.context, inside.clock)
        letter = inside.letter("lampu jalan mati", files=photo())
        with pytest.raises(StoreAway):
            await turns.take(letter)
        assert await turns.take(inside.letter("halo")) is IntakeResult.DONE
        server.away = None
        assert await turns.take(letter) is IntakeResult.DONE
        turns.close()
        assert len(server.whole()) == 1


async def test_a_store_that_hangs_is_away_and_what_it_keeps_at_last_counts_as_seen(
    inside: Inside, tmp_path: Path
) -> None:
    turns = Turns(
        inside.store,
        Files(tmp_path),
        inside.sandbox,
        inside.turns.context,
        inside.clock,
        patience=Patience(silent=0.1),
    )
    may_go, stuck = threading.Event(), threading.Event()

    def hang(_: UnitOfWork) -> None:
        stuck.set()
        may_go.wait()

    hanging = asyncio.create_task(turns.call(lambda: inside.store.run(hang)))
    await until(stuck.is_set)
    letter = inside.letter("halo")
    with pytest.raises(StoreAway):
        await turns.take(letter)
    may_go.set()
    await hanging
    assert await turns.take(letter) is IntakeResult.SEEN
    assert len(await answers(inside)) == 1
    turns.close()
