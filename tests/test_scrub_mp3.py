"""MP3 of many makes, with anything around and between its frames: no frame is lost, and no word comes on."""

import io
import random
import struct
from collections.abc import Callable

import av
import pytest

from core.errors import Refused
from core.scrub import Limits, audio_proof, mp3, scrub
from tests.hostile.files import CANARY
from tests.hostile.recorded import recorded
from tests.hostile.sound_files import ID3_OLD, LYRICS, ape

KBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
KBITS_LOW = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
NOISE = random.Random(11).randbytes(3_000).replace(b"\xff", b"\xfe")


def frames(data: bytes) -> list[bytes]:
    """One after the other, from the first byte on."""
    found, at = [], 0
    while at < len(data):
        version, bits, rate, more = (
            data[at + 1] >> 3 & 3,
            data[at + 2] >> 4,
            data[at + 2] >> 2 & 3,
            data[at + 2] >> 1 & 1,
        )
        hertz = (44_100, 48_000, 32_000)[rate] >> {3: 0, 2: 1, 0: 2}[version]
        size = 144_000 * KBITS[bits] // hertz if version == 3 else 72_000 * KBITS_LOW[bits] // hertz
        found.append(data[at : at + size + more])
        at += size + more
    return found


def song(rate: int = 44_100, layout: str = "mono") -> list[bytes]:
    """Frames of sound, without the first one, which only says how they were made."""
    made = recorded("mp3", "", "libmp3lame", rate=rate, layout=layout)
    start = made.index(b"\xff", 10 + int.from_bytes(made[6:10]))
    return frames(made[start:])[1:]


SONG = song()
FIRST, SECOND = b"".join(SONG[:15]), b"".join(SONG[15:])


def id3(body: bytes = CANARY, *, padding: int = 0, footer: bool = False) -> bytes:
    body += bytes(padding)
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    rest = bytes((4, 0, 0x10 if footer else 0)) + size
    return b"ID3" + rest + body + (b"3DI" + rest if footer else b"")


def played(data: bytes) -> int:
    """Samples."""
    with av.open(io.BytesIO(data), "r", format="mp3") as container:
        return sum(frame.samples for frame in container.decode(audio=0))


AROUND: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda bare: bare,
    "padding in the tag": lambda bare: id3(padding=2_000) + bare,
    "a footer": lambda bare: id3(footer=True) + bare,
    "a footer and zeros behind it": lambda bare: id3(footer=True) + bytes(300) + bare,
    "zeros that the tag does not count": lambda bare: id3() + bytes(20_000) + bare,
    "a tag longer than it says": lambda bare: id3()[:-4] + CANARY + bare,
    "an APE tag in front": lambda bare: ape() + bare,
    "tags of all kinds behind": lambda bare: bare + LYRICS + ape() + ID3_OLD,
    "old lyrics behind": lambda bare: bare + b"LYRICSBEGIN" + CANARY + b"LYRICSEND" + ID3_OLD,
    "a tag behind with its footer": lambda bare: bare + id3(footer=True),
    "zeros behind": lambda bare: bare + bytes(5_000),
    "noise behind": lambda bare: bare + NOISE,
    "zeros in front": lambda bare: bytes(300) + bare,
    "noise in front": lambda bare: NOISE + bare,
    "fill bytes in front": lambda bare: b"\xff\xff\xff" + bare,
}
BETWEEN = {
    "a tag": id3(CANARY * 50),
    "a tag with a picture": id3(random.Random(3).randbytes(40_000)),
    "two songs' tags": ID3_OLD + ape() + id3(),
    "noise": NOISE,
    "zeros": bytes(9_000),
    "one byte": b"x",
    "fill bytes": b"\xff" * 50,
    "what looks like frames": (b"\xff\xfb\x90" + bytes(30)) * 2 + b"\xff\xfb\x90\xc4" + bytes(9),
}


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("rate", [44_100, 48_000, 32_000, 24_000, 16_000, 11_025, 8_000])
def test_no_frame_is_lost_to_what_stands_around_them(rate: int, around: str) -> None:
    bare = b"".join(song(rate))
    clean = scrub(AROUND[around](bare))
    assert (clean.kind, clean.data) == ("audio/mpeg", scrub(bare).data)
    assert played(clean.data) == played(bare)
    assert CANARY not in clean.data


@pytest.mark.parametrize("between", BETWEEN)
def test_no_frame_is_lost_to_what_stands_between_them(between: str) -> None:
    clean = scrub(FIRST + BETWEEN[between] + SECOND)
    assert clean.data == scrub(FIRST + SECOND).data
    assert "other" in clean.removed


@pytest.mark.parametrize("every", [2, 4, 10])
def test_bytes_that_come_again_and_again_cost_no_frame(every: int) -> None:
    torn = b"".join(frame + (b"zz" if number % every == every - 1 else b"") for number, frame in enumerate(SONG))
    assert scrub(torn).data == scrub(b"".join(SONG)).data


@pytest.mark.parametrize("left", [1, 2])
def test_the_last_frames_behind_a_gap_are_sound_too(left: int) -> None:
    torn = b"".join(SONG[:-left]) + NOISE + b"".join(SONG[-left:]) + ID3_OLD
    assert len(frames(scrub(torn).data)) == len(SONG)


@pytest.mark.parametrize("cut", [1, 3, 100])
@pytest.mark.parametrize("tail", [b"", ID3_OLD, ape()])
def test_a_last_frame_that_was_cut_is_kept_and_eats_no_tag(cut: int, tail: bytes) -> None:
    bare = b"".join(SONG)
    clean = scrub(bare[:-cut] + tail)
    assert len(frames(clean.data)) == len(SONG)
    assert CANARY not in clean.data
    assert played(clean.data) == played(bare)


def test_what_was_cut_out_of_a_stream_begins_with_its_first_whole_frame() -> None:
    assert scrub(b"".join(SONG)[len(SONG[0]) // 2 :]).data == scrub(b"".join(SONG[1:])).data


@pytest.mark.parametrize(
    "other", [song(44_100, "stereo"), song(48_000), song(22_050), song(8_000)], ids=["stereo", "rate", "MPEG-2", "2.5"]
)
def test_songs_of_different_makes_one_behind_the_other_are_kept_whole(other: list[bytes]) -> None:
    both = b"".join(SONG) + id3() + b"".join(other) + b"".join(SONG)
    assert len(frames(scrub(both).data)) == 2 * len(SONG) + len(other)


def test_the_length_of_songs_of_different_makes_is_their_sum() -> None:
    slow = b"".join(song(8_000))
    seconds = played(slow) / 8_000
    many = slow * int(5 / seconds + 1) + b"".join(SONG)
    assert scrub(many, Limits(voice_seconds=8)).kind == "audio/mpeg"
    with pytest.raises(Refused, match="file_too_long"):
        scrub(many, Limits(voice_seconds=5))


@pytest.mark.parametrize("head", [b"\xff\xfb\x00\xc4", b"\xff\xfd\x90\xc4", b"\xff\xff\x90\xc4"])
def test_free_format_and_other_layers_are_of_no_kind_that_we_take(head: bytes) -> None:
    with pytest.raises(Refused, match="file_kind"):
        scrub((head + bytes(413)) * 9)


def test_words_are_never_frames() -> None:
    text = "Jalan rusak di depan pasar, ÿû sudah lama. " * 50
    assert scrub(text.encode()).kind == "text/plain"


def test_a_head_that_says_vbri_is_no_sound() -> None:
    size = len(SONG[0])
    told = (SONG[0][:4] + bytes(32) + b"VBRI" + struct.pack(">HHHII", 1, 0, 75, 0, 0) + CANARY).ljust(size, b"\0")
    clean = scrub(told + b"".join(SONG))
    assert clean.data == scrub(b"".join(SONG)).data
    assert "camera" in clean.removed


def varied() -> list[bytes]:
    """Silent frames of a low and of a high bit rate."""
    low = b"\xff\xfb\x10\xc4".ljust(144 * 32_000 // 44_100, b"\0")
    high = b"\xff\xfb\xe0\xc4".ljust(144 * 320_000 // 44_100, b"\0")
    return [high] * 40 + [low] * 200


def test_a_varying_bit_rate_is_played_for_as_long_as_it_lasts() -> None:
    bare = b"".join(varied())
    clean = scrub(bare).data
    seconds = 240 * 1_152 / 44_100
    with av.open(io.BytesIO(bare), "r", format="mp3") as guessed:
        assert guessed.duration is not None
        assert guessed.duration / 1_000_000 < seconds * 0.6, "as a player guesses it"
    with av.open(io.BytesIO(clean), "r", format="mp3") as told:
        assert told.duration is not None
        assert told.duration / 1_000_000 == pytest.approx(seconds, rel=0.01)
    assert played(clean) == 240 * 1_152
    again = scrub(clean)
    assert (again.data, again.removed) == (clean, ())


def test_what_a_first_frame_tells_of_its_length_is_counted_and_nothing_else_stands_there() -> None:
    clean = scrub(b"".join(varied())).data
    at = clean.index(b"Info")
    assert audio_proof.mp3_is_bare(clean)
    for place, value in ((at + 7, 2), (at + 11, 1), (at + 15, 1), (at + 40, 65), (at - 5, 65)):
        bent = bytearray(clean)
        bent[place] = value
        assert not audio_proof.mp3_is_bare(bytes(bent)), place
    assert not audio_proof.mp3_is_bare(clean[: at - 21 + 104] + clean)


@pytest.mark.parametrize("rate", [24_000, 16_000, 8_000])
def test_the_first_frame_has_room_at_every_rate(rate: int) -> None:
    one = song(rate)[0]
    other = next(frame for bits in range(1, 15) if len(frame := resized(one, bits)) != len(one))
    clean = scrub(b"".join([one, other] * 20)).data
    assert b"Info" in clean[:60]
    assert scrub(clean).data == clean


def resized(frame: bytes, bits: int) -> bytes:
    """A silent frame of the same make with another bit rate."""
    start = frame[:2] + bytes((bits << 4 | frame[2] & 0x0C, frame[3]))
    told = mp3.head(start, 0)
    assert told is not None
    return start.ljust(told.size, b"\0")
