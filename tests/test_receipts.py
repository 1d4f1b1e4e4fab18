"""A receipt that comes before its message was noted as sent is not lost, and nobody waits for it."""

import asyncio

import pytest

from app.receipts import Receipts
from core.errors import StoreAway
from tests.fakes.patience import PATIENCE


class Notes:
    """Knows the message at the `known_at`th look."""

    def __init__(self, known_at: int = 0, fault: type[Exception] | None = None) -> None:
        self.known_at = known_at
        self.fault = fault
        self.looks = 0
        self.looked = asyncio.Event()

    async def note(self) -> bool:
        self.looks += 1
        if self.looks == max(self.known_at, 1) or self.looks == 4:
            self.looked.set()
        if self.fault is not None and self.looks > 1:
            raise self.fault
        return self.looks == self.known_at


@pytest.mark.parametrize("known_at", [1, 2, 4])
async def test_it_is_looked_for_until_it_is_known_and_no_longer(known_at: int) -> None:
    receipts, notes = Receipts(pauses=(0.0, 0.0, 0.0)), Notes(known_at)
    await receipts.take(notes.note)
    assert notes.looks == 1, "who tells of it does not wait"
    await asyncio.wait_for(notes.looked.wait(), PATIENCE)
    await asyncio.sleep(0)
    assert notes.looks == known_at


async def test_of_too_many_each_is_looked_for_once() -> None:
    receipts, first, second = Receipts(pauses=(3600.0,), most=1), Notes(), Notes()
    await receipts.take(first.note)
    await receipts.take(second.note)
    assert len(asyncio.all_tasks()) == 2, "this test, and the first"


async def test_trouble_with_the_database_later_is_nobodys_and_at_once_the_providers() -> None:
    receipts, notes = Receipts(pauses=(0.0,)), Notes(fault=StoreAway)
    await receipts.take(notes.note)
    [later] = asyncio.all_tasks() - {asyncio.current_task()}
    await later
    assert notes.looks == 2

    async def away() -> bool:
        raise StoreAway

    with pytest.raises(StoreAway):
        await receipts.take(away)
