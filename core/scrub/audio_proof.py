"""Reads MP3, AAC, AMR and WAV that we made as a stranger would: frames that fill the file, and no word anywhere.

Shares no code with the writers, on purpose.
"""

# ruff: noqa: PLR2004 -- a proof is made of the very numbers that the format says

from core.scrub.codec_proof import silent_front, speech
from core.scrub.embedded_text import has_text, samples_have_text
from core.scrub.proof_cursor import ProofCursor, need, proof, silent

_KBITS = {
    True: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_HERTZ = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def _aac(file: ProofCursor) -> None:
    """ADTS: equal headers with fixed spare bits."""
    known: set[int] = set()
    while file.more():
        head = int.from_bytes(file.take(7))
        known.add(head >> 26)
        size = head >> 13 & 0x1FFF
        need(holds=head >> 40 == 0xFFF1)
        need(holds=head >> 38 & 3 == 1 and head >> 33 & 1 == 0 and head >> 26 & 15 == head >> 26 & 12)
        need(holds=head & 0x1FFF == 0x1FFC and head >> 30 & 7 > 0 and len(known) == 1)
        start = file.at
        file.take(size - 7)
        need(holds=silent_front(file.data, start, file.at))
    need(holds=bool(known))


def _amr(file: ProofCursor) -> None:
    """Either width."""
    wide = file.fixed(b"#!AMR\n", b"#!AMR-WB\n") != b"#!AMR\n"
    need(holds=file.more() and speech(file.data, file.at, file.end, wide=wide))
    file.at = file.end


def _wav(file: ProofCursor) -> None:
    """A head of 44 bytes, and samples without words."""
    file.fixed(b"RIFF")
    need(holds=file.little() == file.end - 8)
    file.fixed(b"WAVEfmt \x10\0\0\0")
    kind, channels, rate, speed, block, width = (file.little(size) for size in (2, 2, 4, 4, 2, 2))
    need(holds=(kind, width) in {(1, 16), (1, 24), (1, 32), (3, 32), (3, 64)})
    need(holds=0 < channels <= 8 and block == channels * width // 8 and speed == rate * block and rate > 0)
    file.fixed(b"data")
    size = file.little()
    need(holds=size > 0 == size % block)
    sound = file.take(size)
    need(holds=not (samples_have_text if (kind, width) == (1, 16) else has_text)(sound))
    file.fixed(bytes(size % 2))


def _mp3(file: ProofCursor) -> None:
    """Frames alone, with nothing where no sound is; the first may tell how many there are, and of how many bytes."""
    areas, used, at, told = list[bytes](), list[tuple[int, int]](), 0, b""
    while file.more():
        sync, rest = file.number(2), file.number(2)
        version = sync >> 3 & 3
        need(holds=sync & 0xFFE6 == 0xFFE2 and version in _HERTZ and rest & 0x010F == 0 and 0 < rest >> 12 < 15)
        first, mono = version == 3, rest >> 6 & 3 == 3
        hertz = _HERTZ[version][rest >> 10 & 3]
        size = (144 if first else 72) * 1000 * _KBITS[first][(rest >> 12) - 1] // hertz + (rest >> 9 & 1)
        summed = 0 if sync & 1 else 2
        file.take(summed)
        bits = file.take((17 if mono else 32) if first else (9 if mono else 17))
        area = file.take(size - 4 - summed - len(bits))
        if not (areas or told) and area.startswith(b"Info"):
            need(holds=not summed and not bits.strip(b"\0") and not area[16:].strip(b"\0"))
            told = area[4:16]
            continue
        need(holds=not area.startswith((b"Xing", b"Info")))
        back, length = _sound_of(int.from_bytes(bits), 8 * len(bits), first=first, mono=mono)
        used.append((8 * (at - back), 8 * (at - back) + length))
        areas.append(area)
        at += len(area)
    need(holds=bool(areas) and told in {b"", b"".join(number.to_bytes(4) for number in (3, len(areas), file.end))})
    _gaps_are_empty(b"".join(areas), used)


def _sound_of(bits: int, width: int, *, first: bool, mono: bool) -> tuple[int, int]:
    """How far back the sound begins, in bytes, and how many bits of it there are; between them stand spare bits."""
    begin = 9 if first else 8
    spare = (5 if mono else 3) if first else (1 if mono else 2)
    at = begin + spare + ((4 if mono else 8) if first else 0)
    need(holds=bits >> width - begin - spare & (1 << spare) - 1 == 0)
    step, count = (59, 2 if mono else 4) if first else (63, 1 if mono else 2)
    lengths = (bits >> width - at - step * part - 12 & 0xFFF for part in range(count))
    return bits >> width - begin, sum(lengths)


def _gaps_are_empty(sound: bytes, used: list[tuple[int, int]]) -> None:
    end = 0
    for start, stop in [*used, (8 * len(sound), 0)]:
        if start > end:
            first = end // 8 + (end % 8 > 0)
            need(holds=not sound[first : start // 8].strip(b"\0"))
            need(holds=end % 8 == 0 or sound[end // 8] & (0xFF >> end % 8) == 0 or start // 8 < first)
        end = max(end, min(stop, 8 * len(sound)))


aac_is_bare, amr_is_bare, mp3_is_bare = proof(_aac), proof(_amr), proof(_mp3)
wav_is_bare = proof(_wav, silent)
