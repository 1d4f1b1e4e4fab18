"""A crash, a hang or a lie of the child costs one file, and its restrictions really hold."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.sandbox import Sandbox
from app.sandbox.child import answer
from app.sandbox.preloading import samples
from app.sandbox.spawning import environment, spawner_of
from core.errors import FileAway, Refused
from core.limits import DEFAULT
from core.scrub import FORMATS, Limits, scrub
from tests.fakes.patience import PATIENCE
from tests.fakes.processes import ends
from tests.hostile.files import CANARY, after_start, picture, png, segment

# A child of the tests' own, that misbehaves when a file tells it to. It cannot be reached in production: nothing there
# names another command than the one in app/sandbox/births.
BAD_CHILD = """
import os, signal, sys
from app.sandbox import child, child_messages as messages

def reply(data):
    match data:
        case b"die":
            os.kill(os.getpid(), signal.SIGKILL)
        case b"hang":
            signal.pause()
        case b"huge":
            sys.stdout.buffer.raw.write(messages.ANSWER.pack(messages.CLEAN, 10, 1 << 60))
        case b"endless":
            while True:
                sys.stdout.buffer.raw.write(bytes(65536))
        case b"unfinished":
            sys.stdout.buffer.raw.write(messages.ANSWER.pack(messages.CLEAN, 10, 1000))
            signal.pause()
        case b"chatter":
            said = messages.ANSWER.pack(messages.REFUSED, 9, 0) + b"file_kind"
            sys.stdout.buffer.raw.write(said + said)
            signal.pause()
        case b"unknown":
            return messages.Answer(9, b"image/jpeg")
        case b"strange refusal":
            return messages.Answer(messages.REFUSED, b"<script>")
        case b"strange trace":
            clean = child.answer(open(sys.argv[1], "rb").read())
            return messages.Answer(messages.CLEAN, b"image/jpeg Budi", clean.data)
        case b"secret":
            return messages.Answer(messages.REFUSED, b"file_kind" if "RESI_KEYS" in os.environ else b"file_animated")
        case _ if data.startswith(b"lie "):
            return messages.Answer(messages.CLEAN, b"image/jpeg", data[4:])
    return child.answer(data)

child.say(sys.stdout.buffer.raw, messages.Answer(messages.HELLO, b"limits"))
child.serve(sys.stdin.buffer.raw, sys.stdout.buffer.raw, child.entered(sys.argv)[0], reply)
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox()
    made.start()
    yield made
    made.stop()


@contextmanager
def misbehaving(folder: Path, patience: float = PATIENCE) -> Iterator[Sandbox]:
    """Its files are slow after so many seconds: as many as a busy machine needs for a picture, where one shall be."""
    good = folder / "good.jpg"
    good.write_bytes(picture())
    made = Sandbox(births=spawner_of(Limits(), (sys.executable, "-P", "-c", BAD_CHILD, str(good))), patience=patience)
    made.start()
    try:
        yield made
    finally:
        made.stop()


@pytest.fixture
def bad(tmp_path: Path) -> Iterator[Sandbox]:
    with misbehaving(tmp_path) as made:
        yield made


def refusal(sandbox: Sandbox, data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        sandbox.scrub_now(data)
    return caught.value.phrase


# The real child


@pytest.mark.parametrize("data", [picture(), png(), after_start(picture(), segment(0xFE, CANARY))])
async def test_the_child_gives_what_the_scrub_gives(sandbox: Sandbox, data: bytes) -> None:
    assert await sandbox.scrub(data) == scrub(data)
    assert sandbox.scrub_now(data) == scrub(data)


@pytest.mark.parametrize("data", [b"", b"GIF89a", picture()[:300], picture() + bytes(DEFAULT.file_bytes)])
def test_the_child_refuses_as_the_scrub_refuses(sandbox: Sandbox, data: bytes) -> None:
    with pytest.raises(Refused) as caught:
        scrub(data)
    assert refusal(sandbox, data) == caught.value.phrase


async def test_many_files_at_once_wait_for_each_other(sandbox: Sandbox) -> None:
    files = [picture(), png(), b"GIF89a"] * 5
    done = await asyncio.gather(*map(sandbox.scrub, files), return_exceptions=True)
    assert [type(one).__name__ for one in done] == ["Clean", "Clean", "Refused"] * 5


async def test_who_gives_up_waiting_spoils_nothing_for_the_next(sandbox: Sandbox) -> None:
    waiting = asyncio.create_task(sandbox.scrub(picture()))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await sandbox.scrub(png()) == scrub(png())


def test_a_child_that_died_while_idle_is_replaced_and_no_file_pays_for_it() -> None:
    sandbox = Sandbox()
    try:
        assert sandbox.scrub_now(picture()) == scrub(picture())  # started by the first file
        child = sandbox.pid
        assert child is not None
        os.kill(child, signal.SIGKILL)
        assert ends(child)
        assert sandbox.scrub_now(picture()) == scrub(picture())
        assert sandbox.pid != child
    finally:
        sandbox.stop()


def test_rehearsal_covers_every_format_and_all_of_it_is_clean() -> None:
    files = list(samples())
    assert all(any(row.fits(data) for data in files) for row in FORMATS)
    assert all(answer(data).data for data in files)


# A child that misbehaves


def costs_one_file(bad: Sandbox, order: bytes, phrase: str) -> None:
    first = bad.pid
    assert first is not None
    assert refusal(bad, order) == phrase
    assert ends(first)
    assert bad.scrub_now(picture()) == scrub(picture())
    assert bad.pid != first


@pytest.mark.parametrize("order", [b"die", b"huge", b"endless", b"unknown", b"strange refusal", b"strange trace"])
def test_a_bad_child_costs_one_file_and_is_replaced(bad: Sandbox, order: bytes) -> None:
    costs_one_file(bad, order, "file_damaged")


@pytest.mark.parametrize("order", [b"hang", b"unfinished"])
def test_a_child_that_hangs_costs_one_file_and_is_replaced(tmp_path: Path, order: bytes) -> None:
    with misbehaving(tmp_path, patience=10) as bad:
        costs_one_file(bad, order, "file_slow")


def test_a_child_that_hands_back_more_than_pixels_is_not_believed(bad: Sandbox) -> None:
    for lie in (after_start(picture(), segment(0xFE, CANARY)), picture() + CANARY, png(), b"<html>", b""):
        assert refusal(bad, b"lie " + lie) == "file_damaged"
    assert bad.scrub_now(b"lie " + scrub(picture()).data).data == scrub(picture()).data


def test_an_answer_too_many_is_never_taken_for_the_next_file(bad: Sandbox) -> None:
    first = bad.pid
    assert refusal(bad, b"chatter") == "file_kind"
    assert bad.scrub_now(picture()) == scrub(picture())
    assert bad.pid != first


def test_no_secret_of_ours_is_in_the_childs_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESI_KEYS", "made-up")
    sandbox = Sandbox(births=spawner_of(Limits(), (sys.executable, "-P", "-c", BAD_CHILD)))
    sandbox.start()
    try:
        assert refusal(sandbox, b"secret") == "file_animated"
    finally:
        sandbox.stop()


@pytest.mark.parametrize("command", [("/bin/false",), ("/nonexistent",), ("/bin/cat", "/proc/self/status")])
def test_where_no_child_can_be_had_the_file_is_not_blamed(command: tuple[str, ...]) -> None:
    sandbox = Sandbox(births=spawner_of(Limits(), command))
    try:
        with pytest.raises(FileAway) as caught:
            sandbox.scrub_now(picture())
        assert not caught.value.final
    finally:
        sandbox.stop()


async def test_stopping_in_the_middle_of_a_file_does_not_blame_the_file(bad: Sandbox) -> None:
    hanging, waiting = asyncio.create_task(bad.scrub(b"hang")), asyncio.create_task(bad.scrub(picture()))
    await asyncio.sleep(0)
    child = bad.pid
    assert child is not None
    bad.stop()
    bad.stop()
    for task in (hanging, waiting, asyncio.create_task(bad.scrub(picture()))):
        with pytest.raises(FileAway):
            await task
    assert ends(child)


def test_nothing_of_a_file_is_logged(bad: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    refusal(bad, b"die")
    refusal(bad, b"lie " + CANARY)
    bad.scrub_now(after_start(picture(), segment(0xFE, CANARY)))
    assert [record.getMessage() for record in caplog.records] == [
        "sandbox_child_replaced reason=BrokenPipeError",
        "sandbox_child_replaced reason=Garbage",
    ]
    assert CANARY.decode() not in caplog.text


ORPHAN = """
import sys
from app.sandbox import child, restrictions, child_messages as messages
up = " ".join(restrictions.apply_all())
child.say(sys.stdout.buffer.raw, messages.Answer(messages.HELLO, up.encode()))
while True:
    pass
"""
PARENT = """
import os, signal, sys
from app.sandbox.spawning import ByCommand
from app.sandbox.child_connection import ChildConnection
from core.limits import Limits
line = ChildConnection(ByCommand((sys.executable, "-P", "-c", sys.argv[1]), Limits()))
print(line.pid, *line.hello(20), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_child_dies_with_its_parent_in_the_middle_of_a_file() -> None:
    """It is busy and reads nothing any more: only the kernel can end it."""
    command = [sys.executable, "-P", "-c", PARENT, ORPHAN]
    said = subprocess.run(command, env=environment(), capture_output=True, check=False).stdout  # noqa: S603 -- our own code
    pid, *up = said.decode().split()
    if "dies_with_parent" not in up:
        os.kill(int(pid), signal.SIGKILL)
        pytest.skip("this kernel does not end a child with its parent")
    assert ends(int(pid))
