"""The child that scrubs: seals itself, then is asked on stdin and answers on stdout.

Forked by the zygote, which has loaded everything; where that cannot be, run by itself (`python -m app.sandbox.child`).
No key, address or open file of the service is in its memory.
"""

import os
import sys
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, NoReturn

from app.sandbox import child_messages, kept_memory, restrictions
from app.sandbox.preloading import clean_all, rehearse
from app.sandbox.shared_memory import SharedMemory
from core.errors import Refused
from core.scrub import Limits, unproved
from core.scrub.perceptual_hash import perceptual_hash_of

_DEFAULT = Limits()


def main() -> None:
    """Ends when the parent closes its end."""
    warnings.simplefilter("ignore")  # showing one would open its source file
    room, limits = entered(sys.argv)
    inward, outward = pipes()  # before anything of a library runs that may print
    rehearse()
    _live(room, limits, inward, outward)


def live(room: SharedMemory, limits: Limits) -> NoReturn:
    """Seals itself, then serves until the parent closes its end; everything that it needs was loaded before."""
    _live(room, limits, *pipes())


def _live(room: SharedMemory, limits: Limits, inward: BinaryIO, outward: BinaryIO) -> NoReturn:
    close_all_but(inward.fileno(), outward.fileno())
    _goes_first()
    held = restrictions.apply_all()
    clean_all()  # a restriction that stops a good file must be known now, not from a citizen's photograph
    say(outward, child_messages.Answer(child_messages.HELLO, " ".join(held).encode()))
    serve(inward, outward, room, partial(answer, limits=limits))
    os._exit(0)


def entered(arguments: Sequence[str]) -> tuple[SharedMemory, Limits]:
    """What the parent's line put at the end of the command."""
    limits = Limits.heard(arguments[-1])
    room = SharedMemory(int(arguments[-2]), limits)
    room.leave()
    return room, limits


def serve(
    inward: BinaryIO, outward: BinaryIO, room: SharedMemory, reply: Callable[[bytes], child_messages.Answer]
) -> None:
    """Replies to one file after the other, until there are no more."""
    while (head := _exactly(inward, child_messages.REQUEST.size)) is not None:
        size: int = child_messages.REQUEST.unpack(head)[0]
        asked = _hash if size & child_messages.HASH_ONLY else reply
        said = asked(room.file(size & ~child_messages.HASH_ONLY))
        room.put_clean(said.data)
        say(outward, said)
        kept_memory.give_back()


def answer(data: bytes, limits: Limits = _DEFAULT) -> child_messages.Answer:
    """To one file; the parent proves it."""
    try:
        return child_messages.told(unproved(data, limits))
    except Refused as refused:
        return child_messages.Answer(child_messages.REFUSED, refused.phrase.encode())
    except Exception:  # noqa: BLE001 -- a library that stumbles costs one file, never the child
        return child_messages.Answer(child_messages.REFUSED, b"file_damaged")


def _hash(data: bytes) -> child_messages.Answer:
    """What a clean picture looks like."""
    found = perceptual_hash_of(data)
    if found is None:
        return child_messages.Answer(child_messages.REFUSED, b"file_kind")
    return child_messages.Answer(child_messages.HASHED, b"", b"".join(found.hashes))


def pipes() -> tuple[BinaryIO, BinaryIO]:
    """Ours alone: a library that prints must not speak for us."""
    inward, outward = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for taken in (0, 1, 2):
        os.dup2(nothing, taken)
    os.close(nothing)
    return os.fdopen(inward, "rb", buffering=0), os.fdopen(outward, "wb", buffering=0)


def _goes_first() -> None:
    """Where the machine has no memory left, a file is lost and not the service."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def close_all_but(*ours: int) -> None:
    """The memory of the room stays; its descriptor, of which mmap keeps a copy, does not, nor does anything else."""
    kept = sorted({0, 1, 2, *ours})
    for low, high in pairwise((*kept, os.sysconf("SC_OPEN_MAX"))):
        os.closerange(low + 1, high)


def _exactly(inward: BinaryIO, size: int) -> bytes | None:
    pieces = []
    while size:
        piece = inward.read(size)
        if not piece:
            return None
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def say(outward: BinaryIO, said: child_messages.Answer) -> None:
    """All but the file, which lies in the room."""
    left = memoryview(child_messages.ANSWER.pack(said.kind, len(said.note), len(said.data)) + said.note)
    while left:
        left = left[outward.write(left) :]


if __name__ == "__main__":
    main()
