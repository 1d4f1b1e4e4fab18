"""Sound with a canary in every tag, comment, chunk, gap and spare bit, edited by hand as no writer of ours does it."""

import struct
from collections.abc import Iterator

from tests.hostile.files import CANARY, WIDE, archive, film, picture
from tests.hostile.media import Recording
from tests.hostile.recorded import recorded

_WORDS = (("title", CANARY.decode()), ("artist", CANARY.decode()))


# Ogg


def ogg_sum(page: bytes) -> int:
    value = 0
    for byte in page:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
    return value


def ogg_page(flags: int, place: int, serial: int, number: int, *packets: bytes) -> bytes:
    laces = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, place, serial, number, 0, len(laces)) + laces
    page = head + b"".join(packets)
    return page[:22] + struct.pack("<I", ogg_sum(page)) + page[26:]


def ogg_pages(data: bytes) -> list[bytes]:
    found, at = [], 0
    while at < len(data):
        count = data[at + 26]
        end = at + 27 + count + sum(data[at + 27 : at + 27 + count])
        found.append(data[at:end])
        at = end
    return found


def opus_head() -> bytes:
    return b"OpusHead\1\1" + struct.pack("<HIhB", 312, 16_000, 0, 0)


def _padded_voice() -> bytes:
    """Silence, each packet padded with a canary; comments and the bytes behind them too."""
    packet = b"\xfb\x41" + bytes([len(CANARY)]) + b"\xff\xfe" + CANARY
    tags = b"OpusTags" + struct.pack("<I", len(CANARY)) + CANARY + struct.pack("<I", 0) + b"\1" + CANARY
    return b"".join((
        ogg_page(2, 0, 0x4B454E41, 0, opus_head()),
        ogg_page(0, 0, 0x4B454E41, 1, tags),
        ogg_page(4, 960 * 5, 0x4B454E41, 2, *[packet] * 5),
    ))  # fmt: skip


def _bare_voice() -> bytes:
    packet = b"\xfb\1\xff\xfe"
    return b"".join((
        ogg_page(2, 0, 9, 0, opus_head()),
        ogg_page(0, 0, 9, 1, b"OpusTags" + bytes(8)),
        ogg_page(4, 960 * 5, 9, 2, *[packet] * 5),
    ))  # fmt: skip


def oggs() -> Iterator[Recording]:
    voice = recorded("ogg", "", "libopus", words=_WORDS)
    comment = frozenset({"comment"})
    yield Recording("ogg: comments", voice, voice, comment)
    yield Recording("ogg: a second song behind", voice + voice, voice, frozenset({"other"}))
    pages = ogg_pages(voice)
    skeleton = ogg_page(2, 0, 77, 0, b"fishead\0" + CANARY.ljust(56))
    inside = ogg_page(4, 0, 77, 1, b"fisbone\0" + CANARY)
    mixed = b"".join([pages[0], skeleton, pages[1], inside, *pages[2:]])
    yield Recording("ogg: a skeleton", mixed, voice, frozenset({"other"}))
    for name, more in (("words", CANARY), ("an archive", archive()), ("a film", film())):
        yield Recording(f"ogg: {name} behind", voice + more, voice, frozenset({"trailer"}))
    yield Recording("ogg: padding", _padded_voice(), _bare_voice(), comment)
    song = recorded("ogg", "", "vorbis", layout="stereo", words=_WORDS)
    yield Recording("ogg: vorbis comments", song, song, comment)


# MP3


def id3(*frames: tuple[bytes, bytes]) -> bytes:
    body = b"".join(name + struct.pack(">IH", len(value), 0) + value for name, value in frames)
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\3\0\0" + size + body


ID3 = id3(
    (b"TIT2", b"\0" + CANARY), (b"APIC", b"\0image/jpeg\0\3\0" + picture() + CANARY), (b"GEOB", b"\0\0\0\0" + CANARY)
)
ID3_OLD = b"TAG" + CANARY.ljust(125)
LYRICS = b"LYRICSBEGINLYR00025" + CANARY + b"000044LYRICS200"


def ape() -> bytes:
    item = struct.pack("<II", len(CANARY), 0) + b"Artist\0" + CANARY
    size = len(item) + 32
    head = b"APETAGEX" + struct.pack("<IIII", 2000, size, 1, 0xA0000000) + bytes(8)
    foot = b"APETAGEX" + struct.pack("<IIII", 2000, size, 1, 0x80000000) + bytes(8)
    return head + item + foot


def silent_mp3(words: bytes = b"") -> bytes:
    """Frames in which no sound is stored: all behind the side information is room for words."""
    return (b"\xff\xfb\x90\xc4" + bytes(17) + words.ljust(396, b"\0")) * 4


def mp3s() -> Iterator[Recording]:
    song = recorded("mp3", "", "libmp3lame", rate=44_100, words=_WORDS)
    start = song.index(b"\xff\xfb")
    first = song[start:]
    size = 144 * 64_000 // 44_100
    assert b"Info" in first[: size + 1] or b"Xing" in first[: size + 1]
    bare = first[first.index(b"\xff\xfb", 100) :]
    half = bare.index(bare[:2], 9 * size)
    for name, data in (
        ("tags in front", ID3 + bare),
        ("two tags in front", ID3 + ID3 + bare),
        ("an old tag behind", bare + ID3_OLD),
        ("an APE tag behind", bare + ape() + ID3_OLD),
        ("lyrics behind", bare + LYRICS + ID3_OLD),
        ("an archive behind", bare + archive()),
        ("words behind", bare + CANARY),
        ("words in front", CANARY + bytes(100) + bare),
        ("a tag between frames", bare[:half] + ID3 + bare[half:]),
        ("an old tag and another song", bare + ID3_OLD + ID3 + bare),
    ):
        yield Recording(f"mp3: {name}", data, bare, form="mp3")
    told = first.replace(b"Lavf", CANARY[:4]).replace(b"LAME", CANARY[:4])
    yield Recording("mp3: words of the encoder", told, bare, frozenset({"camera"}), form="mp3")
    yield Recording("mp3: words where no sound is", silent_mp3(CANARY * 3), silent_mp3(), form="mp3")


# AAC and AMR


def with_fill(frame: bytes, words: bytes) -> bytes:
    """An ADTS frame with words in front of its sound, as encoders write their names."""
    value, width = 6 << 4 | 15, 7
    value, width = value << 8 | len(words) - 14, width + 8
    value, width = value << 8 * len(words) | int.from_bytes(words), width + 8 * len(words)
    sound = frame[7:]
    value, width = value << 8 * len(sound) | int.from_bytes(sound), width + 8 * len(sound)
    body = (value << -width % 8).to_bytes((width + 7) // 8)
    size = 7 + len(body)
    head = int.from_bytes(frame[:7]) & ~(0x1FFF << 13) | size << 13
    return head.to_bytes(7) + body


def adts_frames(data: bytes) -> list[bytes]:
    found, at = [], 0
    while at < len(data):
        size = int.from_bytes(data[at + 3 : at + 6]) >> 5 & 0x1FFF
        found.append(data[at : at + size])
        at += size
    return found


def adts() -> Iterator[Recording]:
    song = recorded("adts", "", "aac", rate=44_100)
    noted = b"".join(with_fill(frame, CANARY) for frame in adts_frames(song))
    yield Recording("aac: words in front of sound", noted, song, form="aac")
    yield Recording("aac: tags", ID3 + song + ID3_OLD, song, frozenset({"text", "trailer"}), form="aac")
    yield Recording("aac: an archive behind", song + archive(), song, frozenset({"trailer"}), form="aac")
    spare = bytes(song[index] for index in range(len(song)))
    yield Recording("aac: as it is", spare, song, form="aac")


def amr(words: bytes = b"") -> bytes:
    """Speech of the best mode; the last four bits of a frame are nobody's."""
    return b"#!AMR\n" + b"".join(b"\x3c" + bytes(30) + bytes([letter & 15]) for letter in words or bytes(25))


def amrs() -> Iterator[Recording]:
    yield Recording("amr: words in spare bits", amr(CANARY), amr(bytes(len(CANARY))))


# WAV


def chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def wave(*more: bytes, sound: bytes | None = None, front: bytes = b"", behind: bytes = b"") -> bytes:
    samples = sound if sound is not None else bytes(index * 37 % 251 for index in range(4_000))
    told = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8_000, 16_000, 2, 16))
    body = b"WAVE" + front + told + b"".join(more) + chunk(b"data", samples)
    return b"RIFF" + struct.pack("<I", len(body)) + body + behind


def waves() -> Iterator[Recording]:
    bare = wave()
    text = frozenset({"text"})
    for name, kind, traces in (
        ("a list", b"LIST", text),
        ("ID3", b"id3 ", text),
        ("a broadcast", b"bext", text),
        ("cues", b"cue ", frozenset({"other"})),
        ("junk", b"JUNK", frozenset({"other"})),
        ("XMP", b"_PMX", frozenset({"other"})),
        ("a level", b"PEAK", frozenset({"other"})),
    ):
        yield Recording(f"wav: {name}", wave(chunk(kind, CANARY)), bare, traces)
        yield Recording(f"wav: {name} behind", wave(behind=chunk(kind, WIDE)), bare, traces)
    yield Recording("wav: words behind", wave(behind=CANARY), bare)
    yield Recording("wav: a chunk in front", wave(front=chunk(b"JUNK", CANARY)), bare)
    extended = (
        struct.pack("<HHIIHHHHI", 0xFFFE, 1, 8_000, 16_000, 2, 16, 22, 16, 4)
        + b"\1\0"
        + bytes.fromhex("000000001000800000aa00389b71")
    )
    samples = bytes(index * 37 % 251 for index in range(4_000))
    body = b"WAVE" + chunk(b"fmt ", extended) + chunk(b"fact", CANARY) + chunk(b"data", samples)
    yield Recording("wav: extensible", b"RIFF" + struct.pack("<I", len(body)) + body, bare)
