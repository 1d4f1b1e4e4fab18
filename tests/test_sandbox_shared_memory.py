"""The room between parent and child: one size for good, and copies that nobody can change any more."""

import contextlib
import os
from collections.abc import Iterator

import pytest

from app.sandbox.shared_memory import SharedMemory
from core.scrub import Limits

SMALL = Limits(file_bytes=8192, clean_bytes=4096)


@pytest.fixture
def parent() -> Iterator[SharedMemory]:
    room = SharedMemory.made(SMALL)
    yield room
    room.free()
    with contextlib.suppress(OSError):
        room.leave()


@pytest.fixture
def child(parent: SharedMemory) -> Iterator[SharedMemory]:
    room = SharedMemory(os.dup(parent.descriptor), SMALL)
    room.leave()
    yield room
    room.free()


def test_what_one_side_puts_in_the_other_takes_out(parent: SharedMemory, child: SharedMemory) -> None:
    parent.put_file(b"a file")
    assert child.file(6) == b"a file"
    child.put_clean(b"clean")
    assert parent.clean(5) == b"clean"
    assert child.file(6) == b"a file"


def test_a_child_that_writes_again_changes_nothing_that_was_taken(parent: SharedMemory, child: SharedMemory) -> None:
    child.put_clean(b"clean")
    taken = parent.clean(5)
    child.put_clean(b"dirty")
    assert taken == b"clean"


@pytest.mark.parametrize("size", [1, 4095, 4096, 5000, 8192])
def test_nothing_of_a_file_is_there_when_the_next_one_comes(
    parent: SharedMemory, child: SharedMemory, size: int
) -> None:
    parent.put_file(b"k" * size)
    child.put_clean(b"k" * min(size, 4096))
    parent.clear(size, min(size, 4096))
    assert child.file(8192) == bytes(8192)
    assert parent.clean(4096) == bytes(4096)
    parent.put_file(b"next")
    assert child.file(4) == b"next"


def test_more_than_there_is_room_for_is_not_written(parent: SharedMemory, child: SharedMemory) -> None:
    with pytest.raises((IndexError, ValueError)):
        child.put_clean(bytes(4097))
    assert len(child.file(1 << 40)) == 8192


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="only Linux seals memory")
def test_nobody_can_make_it_smaller_under_the_parents_eyes(parent: SharedMemory) -> None:
    for size in (0, 4096, 1 << 20):
        with pytest.raises(PermissionError):
            os.ftruncate(parent.descriptor, size)
