"""Words that were moved into sound and pictures: found wherever they stand, and never found in sound."""

import io
import math
import random
import re
import struct
from array import array
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.scrub import Clean, proved, scrub, unproved
from core.scrub.embedded_text import _FOLLOWS, _MOVES, TEXT, has_text, samples_have_text
from tests.hostile.files import CANARY, WIDE, picture
from tests.hostile.film_files import plain
from tests.hostile.recorded import played, recorded
from tests.hostile.sound_files import amr, chunk, ogg_page, ogg_pages, opus_head, wave

NARROW = CANARY.decode().encode("utf-16-le")
PLAIN, FLOAT, A_LAW, MU_LAW, ADPCM = 1, 3, 6, 7, 0x11


def noise(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


def refused(data: bytes) -> str:
    """The phrase that answers it, or nothing."""
    try:
        scrub(data)
    except Refused as no:
        return no.phrase
    return ""


# Rows of bytes


@pytest.mark.parametrize(
    "words",
    [
        CANARY,
        CANARY[:11],
        CANARY[-11:],
        b"Samsung Galaxy",
        b"Canon EOS 5D Mark II",
        b"2024:05:06 07:08:09",
        b"-06.1754+106.8272/",
        b"john.smith@example.com",
        b"0f8fad5b-d9cb-469f-a165-70867728950e",
    ],
)
@pytest.mark.parametrize("coding", ["ascii", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("at", [0, 1, 65_536, 65_528, 70_000])
def test_words_are_found_wherever_they_stand(words: bytes, coding: str, at: int) -> None:
    data = noise(at) + b"\xff" + words.decode().encode(coding) + b"\xff" + noise(9)
    assert has_text(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        noise(3_000_000),
        bytes(3_000),
        b"U" * 300,
        b"3333333333333333",
        b"0440488084004088",
        b"an" * 30,
        b"\xff".join([CANARY[:10]] * 20),
        b"qxjvqzjxkqvj",
        b"K\0" * 40,
    ],
)
def test_chance_patterns_and_short_rows_are_no_words(data: bytes) -> None:
    assert not has_text(data)


def test_what_is_full_of_different_rows_is_no_sound() -> None:
    rng = random.Random(2)
    strange = b"QXZJqxzj"
    rows = {bytes(rng.choice(strange) for _ in range(11)) for _ in range(11_000)}
    few, many = (b"\xff".join(sorted(rows)[:count]) for count in (9_000, 10_500))
    assert not has_text(few)
    assert has_text(many)


LETTERS = st.lists(st.sampled_from(sorted(TEXT)), max_size=30).map(bytes)
PIECES = st.lists(
    st.one_of(st.binary(max_size=9), LETTERS, LETTERS.map(lambda text: text.decode().encode("utf-16-le"))), max_size=12
).map(b"".join)


@given(PIECES, st.integers(0, 40))
def test_words_are_the_same_wherever_a_block_ends(data: bytes, before: int) -> None:
    assert has_text(bytes(65_536 - before) + b"\xff" + data) == has_text(b"\xff" + data)


def slowly(data: bytes) -> bool:
    """The same question answered by other means: whole rows by one expression each, sums instead of steps."""
    sign = b"[" + re.escape(bytes(sorted(TEXT))) + b"]"
    rows = re.findall(sign + b"{11,}", data)
    rows += [row[::2] for row in re.findall(b"(?:%b\\0){10,}%b" % (sign, sign), data)]
    return any(map(reads, rows))


def reads(row: bytes) -> bool:
    pairs = list(pairwise(row.decode()))
    if len(set(pairs)) >= 22:
        return True
    first = {pair: at for at, pair in reversed(list(enumerate(pairs)))}
    sums = list(accumulate(worth(pair, again=first[pair] < at) for at, pair in enumerate(pairs)))
    best = max((max(sums[at:]) - before for at, before in enumerate([0, *sums[:-1]])), default=0)
    # Signs are counted over the whole row: a long row of few letters with others behind them says more than it seems.
    return best >= 30 and len(set(row)) >= 6


def worth(pair: tuple[str, str], *, again: bool) -> int:
    one, other = pair
    if one.isalpha() and other.isalpha() and not (one.islower() and other.isupper()):
        bits = int(_FOLLOWS[ord(one.lower()) - 97][ord(other.lower()) - 97]) - 2 - one.isupper()
    else:
        bits = _MOVES[
            "".join("0" if s.isdigit() else "A" if s.isupper() else "a" if s.islower() else " " for s in pair)
        ]
    return min(bits, 0) if again else bits


@given(PIECES)
def test_a_slow_reader_of_another_make_says_the_same(data: bytes) -> None:
    assert has_text(data) == slowly(data)


@given(PIECES)
def test_what_chance_has_in_front_and_behind_hides_no_words(data: bytes) -> None:
    assert has_text(noise(99) + b"\xff" + data + b"\xff" + noise(99, 2)) == has_text(data)


# Words in what is coded


def spoilt(data: bytes, at: int, words: bytes = CANARY) -> bytes:
    """With words in place of what was there."""
    return data[:at] + words + data[at + len(words) :]


def _in_the_largest(data: bytes) -> bytes:
    """In the middle of the largest coded piece, of a picture if there is one.

    Nowhere fixed: encoders make other bytes on other machines, and heads and sizes stand between.
    """
    with av.open(io.BytesIO(data), "r") as recording:
        packets = (each for each in recording.demux() if each.size)
        coded = max(packets, key=lambda each: (each.stream.type == "video", each.size))
        in_units = coded.stream.codec_context.name in {"h264", "hevc"}
        piece = max(units(bytes(coded)), key=len) if in_units else bytes(coded)
    assert len(piece) > 3 * len(CANARY)
    return spoilt(data, data.index(piece) + (len(piece) - len(CANARY)) // 2)


def units(picture: bytes) -> Iterator[bytes]:
    """Without the size that stands before each."""
    while picture:
        size = int.from_bytes(picture[:4])
        yield picture[4 : 4 + size]
        picture = picture[4 + size :]


def _in_ogg(data: bytes) -> bytes:
    *pages, last = ogg_pages(data)
    begin = 27 + last[26]
    body = spoilt(last[begin:], 40)
    laces, packets, at, begun = last[27:begin], [], 0, b""
    for lace in laces:
        begun += body[at : at + lace]
        at += lace
        if lace < 255:
            packets.append(begun)
            begun = b""
    return b"".join(pages) + ogg_page(last[5], int.from_bytes(last[6:14], "little"), 1, len(pages), *packets)


def _in_speech(data: bytes) -> bytes:
    return spoilt(data, len(b"#!AMR\n") + 3)


SPOILT: dict[str, tuple[Callable[[], bytes], Callable[[bytes], bytes]]] = {
    "mp4": (plain, _in_the_largest),
    "mov": (lambda: recorded("mov", "libx265", "aac", coding=(("x265-params", "log-level=none"),)), _in_the_largest),
    "3gp": (lambda: recorded("3gp", "h263", "aac"), _in_the_largest),
    "m4a": (lambda: recorded("ipod", "", "aac"), _in_the_largest),
    "alac": (lambda: recorded("ipod", "", "alac"), _in_the_largest),
    "mp3": (lambda: recorded("mp3", "", "libmp3lame", rate=44_100), _in_the_largest),
    "aac": (lambda: recorded("adts", "", "aac"), _in_the_largest),
    "amr": (amr, _in_speech),
    "ogg": (lambda: recorded("ogg", "", "libopus"), _in_ogg),
    "vorbis": (lambda: recorded("ogg", "", "vorbis", layout="stereo"), _in_ogg),
    "webm": (lambda: recorded("webm", "libvpx", "libopus"), _in_the_largest),
    "wav": (wave, lambda data: spoilt(data, 300)),
    "wav, wide": (wave, lambda data: spoilt(data, 300, WIDE)),
}


@pytest.mark.parametrize("kind", SPOILT)
def test_words_moved_into_a_recording_are_refused_by_the_writer_and_by_the_proof(kind: str) -> None:
    source, spoil = SPOILT[kind]
    clean = scrub(source())
    bad = spoil(clean.data)
    assert CANARY in bad or WIDE in bad
    assert refused(bad) == "file_damaged"
    assert not proved(Clean(bad, clean.kind, clean.extension, ()))
    harmless = bad.replace(CANARY, noise(len(CANARY))).replace(WIDE, noise(len(WIDE)))
    assert kind in {"ogg", "vorbis"} or proved(Clean(harmless, clean.kind, clean.extension, ()))


def test_sizes_of_packets_that_look_like_letters_are_no_words() -> None:
    """In front of each page of an Ogg stand its sizes, a byte each."""
    packets = [b"\xfb\1" + noise(letter - 2, letter) for letter in CANARY]
    song = ogg_page(2, 0, 1, 0, opus_head()) + ogg_page(0, 0, 1, 1, b"OpusTags" + bytes(8))
    clean = scrub(song + ogg_page(4, 960 * len(packets), 1, 2, *packets))
    assert CANARY in clean.data
    assert proved(clean)


# Samples as they are


def waved(sound: bytes, kind: int = PLAIN, width: int = 16, *, size: int | None = None, behind: bytes = b"") -> bytes:
    told = chunk(b"fmt ", struct.pack("<HHIIHH", kind, 1, 8_000, 1_000 * width, width // 8, width))
    body = b"WAVE" + told + chunk(b"data", sound)
    return b"RIFF" + struct.pack("<I", len(body) if size is None else size) + body + behind


def heard(data: bytes) -> list[float]:
    """What a stranger's decoder makes of it, between -1 and 1."""
    with av.open(io.BytesIO(data), "r") as container:
        frames = [frame for packet in container.demux() for frame in packet.decode()]
    found: list[float] = []
    for frame in frames:
        assert isinstance(frame, av.AudioFrame)
        values = frame.to_ndarray().ravel().astype(float)
        offset, whole = {"u8": (128, 128), "s16": (0, 32_768), "s32": (0, 1 << 31)}.get(frame.format.name, (0, 1))
        found += ((values - offset) / whole).tolist()
    return found


def sounds() -> Iterator[tuple[str, list[float]]]:
    """Half a second each, between -1 and 1."""
    rng = random.Random(5)
    times = [index / 8_000 for index in range(4_000)]
    yield "silence", [0.0] * 4_000
    for high in (50, 440, 997):
        yield f"{high} Hz", [math.sin(math.tau * high * time) for time in times]
    yield "a chord", [sum(math.sin(math.tau * high * time) for high in (220, 277, 330, 440)) / 4 for time in times]
    yield "a sweep", [math.sin(math.tau * (100 + 1_500 * time) * time) for time in times]
    yield "noise", [rng.uniform(-1, 1) for _ in times]
    yield "a saw", [time * 173 % 1 * 2 - 1 for time in times]
    yield (
        "a voice",
        [
            math.sin(math.tau * 130 * time) * (0.6 + 0.4 * math.sin(math.tau * 3 * time)) * rng.uniform(0.8, 1)
            for time in times
        ],
    )


CODINGS: dict[str, tuple[int, int, Callable[[float], bytes]]] = {
    "8": (PLAIN, 8, lambda value: bytes([round(value * 127) + 128])),
    "16": (PLAIN, 16, lambda value: struct.pack("<h", round(value * 32_767))),
    "16 of 8": (PLAIN, 16, lambda value: struct.pack("<h", round(value * 127) * 256)),
    "24": (PLAIN, 24, lambda value: struct.pack("<i", round(value * 8_388_607))[:3]),
    "32": (PLAIN, 32, lambda value: struct.pack("<i", round(value * 2_147_483_647))),
    "float": (FLOAT, 32, lambda value: struct.pack("<f", value)),
    "double": (FLOAT, 64, lambda value: struct.pack("<d", value)),
}


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("loud", [1, 0.5, 0.2, 0.05, 0.004])
def test_no_sound_is_taken_for_words(coding: str, loud: float) -> None:
    kind, width, one = CODINGS[coding]
    for name, values in sounds():
        for offset in (0, -0.15, 0.0024):
            data = waved(b"".join(one(max(-1, min(1, value * loud + offset))) for value in values), kind, width)
            clean = scrub(data)
            assert proved(clean), name
            if not (coding == "16" and loud < 0.01):
                assert width == 8 or clean.data == data, name


@pytest.mark.parametrize("kind", [A_LAW, MU_LAW, ADPCM])
def test_what_only_telephone_exchanges_write_is_another_kind(kind: int) -> None:
    assert refused(waved(bytes(range(256)) * 4, kind, 8)) == "file_kind"


def test_samples_of_eight_bits_sound_the_same_with_sixteen() -> None:
    data = waved(bytes(range(256)) * 4, PLAIN, 8)
    clean = scrub(data)
    assert clean.data[34:36] == b"\x10\0"
    assert heard(clean.data) == pytest.approx(heard(data), abs=1 / 256)
    assert scrub(clean.data).data == clean.data


def test_words_among_samples_of_eight_bits_cannot_be_read_any_more() -> None:
    clean = scrub(waved(noise(4_000) + CANARY + WIDE + noise(4_000), PLAIN, 8))
    assert CANARY not in clean.data[::2] + clean.data[1::2] + clean.data
    assert proved(clean)
    assert not proved(Clean(waved(noise(400), PLAIN, 8), "audio/wav", ".wav", ()))


def test_soft_samples_that_look_like_letters_lose_what_nobody_hears() -> None:
    data = waved(array("h", (index * 37 % 99 - 50 for index in range(2_000))).tobytes() + NARROW)
    clean = scrub(data)
    assert NARROW not in clean.data
    assert heard(clean.data) == pytest.approx(heard(data), abs=16 / 32_768)
    assert clean.data[:400] == data[:400]
    assert proved(clean)
    assert not proved(Clean(data, "audio/wav", ".wav", ()))
    assert scrub(clean.data).data == clean.data


def test_wide_words_in_the_upper_halves_of_samples_are_refused_unless_all_lower_ones_are_empty() -> None:
    upper = b"\0" + NARROW[:-1]
    assert refused(waved(noise(2_000) + upper)) == "file_damaged"
    assert samples_have_text(noise(2_000) + upper)
    data = waved(array("h", (value * 256 for value in range(-128, 128))).tobytes() * 2 + upper)
    assert scrub(data).data == data


def test_no_sample_stands_behind_the_end_of_a_wav() -> None:
    sound = noise(1_000)
    bare = waved(sound)
    longer = bare[:40] + struct.pack("<I", 1_200) + bare[44:] + noise(400, 2)
    assert scrub(longer).data == bare
    for size in (0, 0xFFFFFFFF, 36):
        assert scrub(waved(sound, size=size)).data == bare


def test_samples_full_of_rows_cost_no_reading() -> None:
    """Each would be read by the parent too, for as long as a sender likes."""
    rng = random.Random(3)
    rows = [bytes(rng.choice(b"QXZJqxzj") for _ in range(11)) for _ in range(100_003)]
    assert refused(waved(b"\xff".join(rows))) == "file_damaged"
    assert refused(waved(b"\xff".join(rows[:9_000]))) == ""
    soft = waved(b"\0\1".join(bytes(byte for letter in row for byte in (letter, 0)) for row in rows))
    assert proved(scrub(soft))
    assert not proved(Clean(soft, "audio/wav", ".wav", ()))
    long = waved(b"".join(bytes((letter, 0)) for letter in b"@BQXJ" * 100_000))
    assert scrub(long).data == long


# JPEG


def test_what_the_child_makes_of_a_bent_photo_is_believed_or_nothing() -> None:
    """A marker among coded pixels is skipped by decoders; the proof is not so kind, and would cost a child."""
    photo = picture()
    start = photo.index(b"\xff\xda") + 14
    assert proved(unproved(photo))
    for at in range(start, len(photo) - 2):
        for more in (b"\xff\xd0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff"):
            try:
                made = unproved(spoilt(photo, at, more))
            except Refused:
                continue
            assert proved(made)


def test_what_is_refused_here_was_good_before() -> None:
    """Else the tests above would be content with anything."""
    for source, _ in SPOILT.values():
        assert played(scrub(source()).data)
