"""WebM with a canary in every element that can hold one."""

from collections.abc import Iterator

from tests.hostile.files import CANARY, WIDE, archive
from tests.hostile.media import Recording
from tests.hostile.recorded import recorded

_SEGMENT = b"\x18\x53\x80\x67"


def element(number: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return number.to_bytes((number.bit_length() + 7) // 8) + (1 << 56 | len(body)).to_bytes(8) + body


def with_more(data: bytes, more: bytes) -> bytes:
    """With elements at the end of the segment, whose size stands in eight bytes."""
    at = data.index(_SEGMENT) + 4
    assert data[at] == 1
    size = int.from_bytes(data[at + 1 : at + 8]) + len(more)
    return data[:at] + (1 << 56 | size).to_bytes(8) + data[at + 8 :] + more


def webms() -> Iterator[Recording]:
    film = recorded("webm", "libvpx", "libopus", words=(("title", CANARY.decode()), ("artist", CANARY.decode())))
    yield Recording("webm: title and tags", film, film, frozenset({"text"}))
    tag = element(0x1254C367, element(0x7373, element(0x67C8, element(0x45A3, b"LOCATION"), element(0x4487, CANARY))))
    file = element(0x1941A469, element(0x61A7, element(0x466E, CANARY), element(0x465C, archive())))
    chapters = element(0x1043A770, element(0x45B9, element(0xB6, element(0x80, element(0x85, CANARY)))))
    for name, more in (
        ("tags", tag),
        ("a file inside", file),
        ("chapters", chapters),
        ("a void", element(0xEC, CANARY)),
        ("a sum", element(0xBF, CANARY)),
        ("an unknown element", element(0x4B45, WIDE)),
    ):
        yield Recording(f"webm: {name}", with_more(film, more), film)
    yield Recording("webm: words behind", film + CANARY, film, frozenset({"trailer"}))
    yield Recording("webm: an archive behind", film + archive(), film, frozenset({"trailer"}))
    live = recorded("webm", "libvpx-vp9", "libopus", options=(("live", "1"),))
    yield Recording("webm: live", live, live)
    voice = recorded("webm", "", "libopus")
    yield Recording("webm: voice alone", voice + CANARY, voice)
