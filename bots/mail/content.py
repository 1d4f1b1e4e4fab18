"""The bytes between DATA and the lone dot, read in pieces of a megabyte whatever lines they are made of."""

import asyncio

_END = b"\r\n.\r\n"
_BREAK = b"\r\n"
_DOT = b".\r\n"
_FRAME = len(_BREAK) + len(_DOT)  # what stands around a mail


async def content_of(reader: asyncio.StreamReader, most: int) -> bytes | None:
    """A mail, dots unstuffed; None: it was larger than `most`, and was read to its end and thrown away.

    Raises IncompleteReadError where the peer ends before the mail does.
    """
    # The dot may be the first thing that comes: so let a line break stand before it.
    reader._buffer[:0] = _BREAK  # type: ignore[attr-defined]  # noqa: SLF001 - a reader cannot be given back what was read
    pieces: list[bytes] = []
    size = 0
    while True:
        piece, last = await _piece(reader)
        size += len(piece)
        if size > most + _FRAME:
            pieces.clear()
        else:
            pieces.append(piece)
        if last:
            break
    if size > most + _FRAME:
        return None
    return b"".join(pieces)[: -len(_DOT)].replace(b"\r\n.", _BREAK)[len(_BREAK) :]


async def _piece(reader: asyncio.StreamReader) -> tuple[bytes, bool]:
    """Some bytes, and whether the mail ends with them."""
    try:
        return await reader.readuntil(_END), True
    except asyncio.LimitOverrunError as more:
        return await reader.readexactly(more.consumed), False
