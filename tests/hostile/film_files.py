"""Films with a canary in every box that can hold one, edited by hand so that nothing is shared with the scrubber."""

import struct
from collections.abc import Callable, Iterator

from tests.hostile.files import CANARY, WIDE, archive, film, picture, segment
from tests.hostile.media import Recording
from tests.hostile.recorded import recorded

Edit = Callable[[bytes], bytes]


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


def split(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 0
    while at < len(data):
        size = struct.unpack_from(">I", data, at)[0]
        found.append((data[at + 4 : at + 8], data[at + 8 : at + size]))
        at += size
    return found


def edited(data: bytes, path: bytes, change: Edit) -> bytes:
    """With the body of the first box at such a path changed; only where nothing behind it counts places in the file."""
    head, _, rest = path.partition(b"/")
    made, done = [], False
    for kind, body in split(data):
        now = body
        if kind == head and not done:
            now = edited(body, rest, change) if rest else change(body)
            done = True
        made.append(box(kind, now))
    assert done, path
    return b"".join(made)


def plain(video: str = "libx264", audio: str = "aac") -> bytes:
    """Its tables stand behind the sound, so that they can be edited."""
    return recorded("mp4", video, audio, words=(("title", CANARY.decode()), ("comment", CANARY.decode())))


def place_words(text: bytes = b"-06.1754+106.8272/") -> bytes:
    return box(b"\xa9xyz", struct.pack(">HH", len(text), 0x15C7), text)


def apple_place() -> bytes:
    name = b"com.apple.quicktime.location.ISO6709"
    keys = box(b"keys", bytes(4), struct.pack(">I", 1), struct.pack(">I", 8 + len(name)), b"mdta", name)
    value = box(b"data", struct.pack(">II", 1, 0), b"-06.1754+106.8272+012.000/")
    return box(b"meta", box(b"hdlr", bytes(8), b"mdta", bytes(13)), keys, box(b"ilst", box(b"\0\0\0\1", value)))


def phone_place() -> bytes:
    longitude, latitude = round(106.8272 * 65536), round(-6.1754 * 65536)
    return box(
        b"loci",
        bytes(4),
        b"\x15\xc7",
        CANARY,
        b"\0\0",
        struct.pack(">iii", longitude, latitude, 0),
        b"earth\0",
        CANARY,
        b"\0",
    )


def _more(path: bytes, *boxes: bytes) -> Edit:
    return lambda data: edited(data, path, lambda body: body + b"".join(boxes))


def _times(data: bytes) -> bytes:
    when = struct.pack(">II", 0xE0112233, 0xE0112244)
    data = edited(data, b"moov/mvhd", lambda body: body[:4] + when + body[12:])
    data = edited(data, b"moov/trak/tkhd", lambda body: body[:4] + when + body[12:])
    return edited(data, b"moov/trak/mdia/mdhd", lambda body: body[:4] + when + body[12:20] + b"\x26\x4e" + body[22:])


def _entry(change: Edit) -> Edit:
    return lambda data: edited(
        data,
        b"moov/trak/mdia/minf/stbl/stsd",
        lambda body: body[:8] + b"".join(box(k, change(b)) for k, b in split(body[8:])),
    )


def _compressor(entry: bytes) -> bytes:
    return entry[:42] + bytes([25]) + CANARY + bytes(6) + entry[74:]


def _config_note(entry: bytes) -> bytes:
    """A note among the parameter sets themselves."""
    note = b"\6\5" + CANARY
    at = entry.index(b"avcC") + 4
    config = entry[at : at - 8 + struct.unpack_from(">I", entry, at - 8)[0]]
    size = struct.unpack_from(">H", config, 6)[0]
    first = config[6 : 8 + size]
    changed = config[:5] + b"\xe2" + first + struct.pack(">H", len(note)) + note + config[8 + size :]
    return entry[:78] + box(b"avcC", changed) + box(b"btrt", CANARY[:12])


def _tracks_more(data: bytes, kind: bytes, coding: bytes, *, first: bool = False) -> bytes:
    """With a copy of the sound's track under another name."""

    def add(movie: bytes) -> bytes:
        parts = split(movie)
        copy = box(*parts[[kind for kind, _ in parts].index(b"trak")])
        copy = edited(copy, b"trak/mdia/hdlr", lambda body: body[:8] + kind + body[12:24] + CANARY + b"\0")
        copy = edited(copy, b"trak/mdia/minf/stbl/stsz", lambda _: struct.pack(">III", 0, 9, 1))
        copy = edited(
            copy, b"trak/mdia/minf/stbl/stsd", lambda _: bytes(4) + b"\0\0\0\1" + box(coding, CANARY.ljust(78))
        )
        others = [box(*part) for part in parts]
        return b"".join([*others[:1], copy, *others[1:]] if first else [*others, copy])

    return edited(data, b"moov", add)


def _spoken(text: bytes) -> Edit:
    """With an encoder's own words overwritten."""

    def change(data: bytes) -> bytes:
        assert text in data
        return data.replace(text, CANARY[: len(text)].ljust(len(text), b"K"))

    return change


_ENDS: tuple[tuple[str, bytes], ...] = (
    ("a film behind", film()),
    ("an archive behind", archive()),
    ("a photograph behind", picture()[:-2] + segment(0xFE, CANARY) + b"\xff\xd9"),
    ("words behind", CANARY),
    ("a box of words behind", box(b"uuid", bytes(16), CANARY)),
    ("free space behind", box(b"free", CANARY)),
    ("skipped space behind", box(b"skip", WIDE)),
    ("sound that no sample owns", box(b"mdat", CANARY * 3)),
    ("a picture's EXIF that no sample owns", box(b"mdat", b"\xff\xd8" + segment(0xE1, b"Exif\0\0" + CANARY))),
    (
        "notes of the file",
        box(b"meta", bytes(4), box(b"hdlr", bytes(8), b"mdir", CANARY, b"\0"), box(b"xml ", bytes(4), CANARY)),
    ),
    ("an unknown box", box(b"KENA", CANARY)),
    ("a preview", box(b"PICT", CANARY)),
)
_EDITS: tuple[tuple[str, Edit, frozenset[str]], ...] = (
    (
        "user data",
        _more(b"moov", box(b"udta", box(b"\xa9mak", CANARY), box(b"\xa9nam", WIDE))),
        frozenset({"camera", "text"}),
    ),
    ("place in words", _more(b"moov", box(b"udta", place_words())), frozenset({"gps"})),
    ("place by Apple", _more(b"moov", apple_place()), frozenset({"gps"})),
    ("place by 3GPP", _more(b"moov", box(b"udta", phone_place())), frozenset({"gps"})),
    (
        "a cover",
        _more(
            b"moov", box(b"udta", box(b"meta", bytes(4), box(b"ilst", box(b"covr", box(b"data", bytes(8), CANARY)))))
        ),
        frozenset({"thumbnail"}),
    ),
    ("user data of a track", _more(b"moov/trak", box(b"udta", box(b"name", CANARY))), frozenset({"text"})),
    ("a box of words in a track", _more(b"moov/trak", box(b"uuid", bytes(16), CANARY)), frozenset({"text"})),
    ("a reference to chapters", _more(b"moov/trak", box(b"tref", box(b"chap", CANARY[:24]))), frozenset()),
    ("a box beside the tables", _more(b"moov/trak/mdia/minf/stbl", box(b"KENA", CANARY)), frozenset()),
    ("a box beside the description", _entry(lambda entry: entry + box(b"KENA", CANARY)), frozenset()),
    ("the compressor's name", _entry(_compressor), frozenset()),
    ("a note among parameter sets", _entry(_config_note), frozenset()),
    ("times", _times, frozenset({"time"})),
    (
        "the handler's name",
        lambda data: edited(data, b"moov/trak/mdia/hdlr", lambda body: body[:24] + CANARY + b"\0"),
        frozenset(),
    ),
    ("a track of words", lambda data: _tracks_more(data, b"text", b"text"), frozenset({"other"})),
    ("subtitles", lambda data: _tracks_more(data, b"sbtl", b"tx3g"), frozenset({"other"})),
    ("data of sensors", lambda data: _tracks_more(data, b"meta", b"mebx", first=True), frozenset({"other"})),
    ("a cover as the first track", lambda data: _tracks_more(data, b"vide", b"jpeg", first=True), frozenset({"other"})),
    ("a note in a sample", _spoken(b"x264 - core"), frozenset()),
)


def films() -> Iterator[Recording]:
    data = plain()
    for name, more in _ENDS:
        yield Recording(f"mp4: {name}", data + more, data)
    for name, edit, kinds in _EDITS:
        yield Recording(f"mp4: {name}", edit(data), data, told=kinds)
    hevc = recorded("mov", "libx265", "aac", coding=(("x265-params", "log-level=none"),))
    yield Recording("mov: hevc", _spoken(b"x265 (build")(hevc), hevc)
    older = plain("mpeg4")
    yield Recording("mp4: user data in mpeg-4 samples", _spoken(b"Lavc")(older), older)
    loose = recorded("mp4", "libx264", "aac", options=(("movflags", "frag_keyframe+empty_moov+default_base_moof"),))
    event = box(b"emsg", bytes(4), CANARY, b"\0", CANARY, b"\0", bytes(16), CANARY)
    yield Recording("mp4: in fragments", loose + event, loose)
    yield Recording("3gp: h263", recorded("3gp", "h263", "aac") + box(b"free", CANARY), recorded("3gp", "h263", "aac"))
    for codec in ("aac", "alac"):
        song = recorded("ipod", "", codec)
        yield Recording(f"m4a: {codec}", _more(b"moov", box(b"udta", box(b"\xa9ART", CANARY)))(song), song)
