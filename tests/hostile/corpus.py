"""Every generated file in one table, with what is to become of it, and ways to cut and bend it."""

import importlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from tests.hostile.pdf_files import bomb, bomb_in_a_bomb, slow_bomb

# Where files come from: the module, and its functions that make them.
GENERATORS = (
    ("jpeg_files", ("jpegs",)),
    ("png_files", ("pngs",)),
    ("picture_files", ("pictures",)),
    ("film_files", ("films",)),
    ("webm_files", ("webms",)),
    ("sound_files", ("oggs", "mp3s", "adts", "amrs", "waves")),
    ("pdf_files", ("pdfs",)),
    ("text_files", ("texts",)),
    ("unsupported_files", ("unsupported",)),
)


@dataclass(frozen=True)
class Case:
    """One file; `refused`: the phrase it is to be refused with, or nothing where it is to be taken."""

    source: str
    name: str
    data: bytes = field(repr=False)
    refused: str = ""


@cache
def cases() -> tuple[Case, ...]:
    """Made once a run; a name that was given twice gets a number."""
    found: dict[str, Case] = {}
    for case in _made():
        name = case.name if case.name not in found else f"{case.name} {len(found)}"
        found[name] = replace(case, name=name)
    return tuple(found.values())


def _made() -> Iterator[Case]:
    for module, makers in GENERATORS:
        room = importlib.import_module(f"tests.hostile.{module}")
        for maker in makers:
            for file in getattr(room, maker)():
                yield Case(maker, file.name, file.data, getattr(file, "phrase", ""))
    for name, data in (("deflate", bomb()), ("deflate twice", bomb_in_a_bomb()), ("LZW", slow_bomb())):
        yield Case("bombs", f"bomb: {name}", data, "file_too_large")


def cuts(case: Case, count: int) -> Iterator[bytes]:
    """Ends that fall evenly over the file, and the last bytes one by one."""
    size = len(case.data)
    ends = {size * part // count for part in range(count)} | {size - last for last in (1, 2, 3, 4, 8, 12)}
    yield from (case.data[:end] for end in sorted(ends) if 0 <= end < size)


def bends(case: Case, count: int) -> Iterator[bytes]:
    """With bits, bytes, numbers and whole pieces changed; the same at every run."""
    rng = random.Random(case.name)
    for _ in range(count if case.data else 0):
        changed = bytearray(case.data)
        for _ in range(rng.choice((1, 1, 2, 4, 8))):
            _bend(changed, rng)
        yield bytes(changed)


def _bend(data: bytearray, rng: random.Random) -> None:
    at = rng.randrange(max(len(data), 1))
    match rng.randrange(7):
        case 0:
            data[at : at + 1] = bytes((rng.randrange(256),))
        case 1:
            data[at : at + 1] = bytes((rng.choice((0, 1, 0x7F, 0x80, 0xFE, 0xFF)),))
        case 2:
            data[at : at + 4] = rng.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", bytes(4), b"\0\0\0\1"))
        case 3:
            del data[at : at + rng.randint(1, 64)]
        case 4:
            data[at:at] = rng.randbytes(rng.randint(1, 16))
        case 5:
            data[at:at] = data[at : at + rng.randint(1, 256)]
        case _:
            other = rng.randrange(max(len(data), 1))
            data[at : at + 16], data[other : other + 16] = data[other : other + 16], data[at : at + 16]
