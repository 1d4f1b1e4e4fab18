"""The child that scrubs: loads everything, seals itself, then reads files on stdin and answers on stdout.

Started by exec (`python -m app.sandbox.child`), so that no key, address or open file of the parent is in its memory.
"""

import os
import warnings
from collections.abc import Callable
from typing import BinaryIO

from app.sandbox import walls, wire
from app.sandbox.rehearsal import rehearse
from core.errors import Refused
from core.scrub import scrub

_PIECE = 1 << 20  # what a pipe holds


def main() -> None:
    """Ends when the parent closes its end."""
    warnings.simplefilter("ignore")  # showing one would open its source file
    inward, outward = _pipes()
    rehearse()
    standing = walls.raise_all()
    rehearse()  # again: a wall that stops a good file must be known now, not from a citizen's photograph
    say(outward, wire.Answer(wire.HELLO, " ".join(standing).encode()))
    serve(inward, outward, answer)
    os._exit(0)


def serve(inward: BinaryIO, outward: BinaryIO, reply: Callable[[bytes], wire.Answer]) -> None:
    """Replies to one file after the other, until there are no more."""
    while (data := _request(inward)) is not None:
        say(outward, reply(data))


def answer(data: bytes) -> wire.Answer:
    """To one file."""
    try:
        return wire.told(scrub(data))
    except Refused as refused:
        return wire.Answer(wire.REFUSED, refused.phrase.encode())
    except Exception:  # noqa: BLE001 -- a library that stumbles costs one file, never the child
        return wire.Answer(wire.REFUSED, b"file_damaged")


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Ours alone: a library that prints must not speak for us."""
    inward, outward = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for taken in (0, 1, 2):
        os.dup2(nothing, taken)
    os.close(nothing)
    return os.fdopen(inward, "rb", buffering=0), os.fdopen(outward, "wb", buffering=0)


def _request(inward: BinaryIO) -> bytes | None:
    head = _exactly(inward, wire.REQUEST.size)
    return None if head is None else _exactly(inward, wire.REQUEST.unpack(head)[0])


def _exactly(inward: BinaryIO, size: int) -> bytes | None:
    pieces = []
    while size:
        piece = inward.read(min(size, _PIECE))
        if not piece:
            return None
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def say(outward: BinaryIO, said: wire.Answer) -> None:
    """All of it, however much a pipe takes at a time."""
    head = wire.ANSWER.pack(said.kind, len(said.note), len(said.data))
    for part in (head + said.note, said.data):
        left = memoryview(part)
        while left:
            left = left[outward.write(left) :]


if __name__ == "__main__":
    main()
