"""A receipt that comes before its message was noted as sent is not lost, and one of no message of ours ends soon."""

from app.receipts import noted


async def _tried(known_at: int) -> tuple[bool, int]:
    tries = 0

    async def note() -> bool:
        nonlocal tries
        tries += 1
        return tries == known_at

    return await noted(note, pauses=(0.0, 0.0, 0.0)), tries


async def test_it_is_tried_until_the_message_is_known_and_no_longer() -> None:
    assert await _tried(known_at=1) == (True, 1)
    assert await _tried(known_at=3) == (True, 3)
    assert await _tried(known_at=4) == (True, 4)
    assert await _tried(known_at=0) == (False, 4)
