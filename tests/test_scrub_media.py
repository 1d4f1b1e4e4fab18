"""Recordings: played as they were, turned as they were, cut where they were cut; what is no recording is refused."""

import io
import struct
from collections.abc import Callable

import av
import pytest

from app.sandbox import Sandbox
from app.sandbox.sample_recordings import samples
from core.errors import Refused
from core.limits import Limits
from core.scrub import Clean, proved, scrub, vorbis
from tests.hostile.files import CANARY
from tests.hostile.film_files import apple_place, box, edited, phone_place, place_words, plain, split
from tests.hostile.recorded import played, recorded
from tests.hostile.sound_files import (
    adts_frames,
    amr,
    chunk,
    ogg_page,
    ogg_pages,
    opus_head,
    silent_mp3,
    wave,
    with_fill,
)
from tests.hostile.webm_files import element, with_more

TRACK = b"moov/trak"
TABLE = TRACK + b"/mdia/minf/stbl"


def refused(data: bytes, limits: Limits | None = None) -> str:
    """The phrase that answers it."""
    with pytest.raises(Refused) as caught:
        scrub(data, limits or Limits())
    return caught.value.phrase


def copied(data: bytes, form: str, into: str) -> bytes:
    """The same packets in another container."""
    out = io.BytesIO()
    with av.open(io.BytesIO(data), "r", format=form) as source, av.open(out, "w", format=into) as target:
        stream = target.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(source.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    return out.getvalue()


def long(data: bytes) -> float:
    """Seconds that the file itself says, as players show them; those of a WebM stand in its head alone."""
    with av.open(io.BytesIO(data), "r") as container:
        return (container.duration or 0) / av.time_base


def test_a_webm_tells_how_long_it_is() -> None:
    for live in ("0", "1"):  # a browser that records has not told it
        film = recorded("webm", "libvpx", "libopus", seconds=3, options=(("live", live),))
        assert long(scrub(film).data) == pytest.approx(3, abs=0.1)


def test_a_length_that_its_blocks_do_not_have_is_no_bare_webm() -> None:
    clean = scrub(recorded("webm", "libvpx", "libopus"))
    at = clean.data.index(b"\x44\x89") + 10
    for told in (struct.pack(">d", 9_999), b"secret.."):
        changed = clean.data[:at] + told + clean.data[at + 8 :]
        assert not proved(Clean(changed, clean.kind, clean.extension, (), None))


KINDS = [
    (recorded("mp4", "libx264", "aac"), "video/mp4", ".mp4"),
    (recorded("mov", "libx264", "aac"), "video/mp4", ".mp4"),
    (recorded("mp4", "libx265", coding=(("x265-params", "log-level=none"),)), "video/mp4", ".mp4"),
    (recorded("mp4", "mpeg4", "aac"), "video/mp4", ".mp4"),
    (recorded("mp4", "libx264", "libopus"), "video/mp4", ".mp4"),
    (recorded("3gp", "h263", "aac"), "video/3gpp", ".3gp"),
    (recorded("ipod", "", "aac"), "audio/mp4", ".m4a"),
    (recorded("ipod", "", "alac"), "audio/mp4", ".m4a"),
    (recorded("webm", "libvpx", "libopus"), "video/webm", ".webm"),
    (recorded("webm", "", "libopus"), "audio/ogg", ".ogg"),
    (recorded("ogg", "", "libopus"), "audio/ogg", ".ogg"),
    (recorded("mp3", "", "libmp3lame", rate=44_100), "audio/mpeg", ".mp3"),
    (recorded("adts", "", "aac"), "audio/aac", ".aac"),
    (amr(), "audio/amr", ".amr"),
    (b"#!AMR-WB\n" + (b"\x44" + bytes(60)) * 50, "audio/amr", ".amr"),
    (copied(amr(), "amr", "3gp"), "audio/amr", ".amr"),
    (wave(), "audio/wav", ".wav"),
]


@pytest.mark.parametrize(("data", "kind", "extension"), KINDS)
def test_each_kind_is_known_by_its_bytes_and_proved(data: bytes, kind: str, extension: str) -> None:
    clean = scrub(data)
    assert (clean.kind, clean.extension) == (kind, extension)
    assert proved(clean)


def test_the_sealed_child_cleans_every_kind_to_the_same_bytes() -> None:
    sandbox = Sandbox()
    sandbox.start()
    try:
        for data, kind, _ in KINDS:
            clean = sandbox.scrub_now(data)
            assert (clean.kind, clean.data) == (kind, scrub(data).data)
    finally:
        sandbox.stop()


def test_the_rehearsal_goes_through_every_kind_that_comes_out() -> None:
    kinds = {kind for _, kind, _ in KINDS} - {"video/3gpp", "audio/mp4"}
    assert kinds <= {scrub(data).kind for data in samples()}


def test_pictures_out_of_order_and_sound_keep_their_times() -> None:
    data = recorded("mp4", "libx264", "aac", coding=(("bf", "3"), ("g", "6")), seconds=2)
    clean = scrub(data).data
    with av.open(io.BytesIO(data), "r") as before, av.open(io.BytesIO(clean), "r") as after:
        times = [
            [(packet.stream.type, packet.pts, packet.dts, packet.duration) for packet in one.demux()]
            for one in (before, after)
        ]
        assert sorted(map(repr, times[0])) == sorted(map(repr, times[1]))
        assert after.duration == before.duration
    assert played(clean) == played(data)


@pytest.mark.parametrize(
    "turn",
    [(0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0), (-1, 0, 0, 1)],
)
def test_a_film_held_sideways_stays_so(turn: tuple[int, int, int, int]) -> None:
    a, b, c, d = (part << 16 for part in turn)
    matrix = struct.pack(">9i", a, b, 0, c, d, 0, 123 << 16, 77 << 16, 1 << 30)
    data = edited(plain(), TRACK + b"/tkhd", lambda body: body[:40] + matrix + body[76:])
    clean = scrub(data)
    found = next(clean.data[at + 48 : at + 84] for at in [clean.data.index(b"tkhd") - 4])
    words = struct.unpack(">9i", found)
    assert (words[0], words[1], words[3], words[4]) == (a, b, c, d)
    assert min(words[6], words[7]) >= 0
    assert proved(clean)
    with av.open(io.BytesIO(clean.data), "r") as one, av.open(io.BytesIO(data), "r") as other:
        assert next(one.decode(video=0)).rotation == next(other.decode(video=0)).rotation


def test_a_matrix_that_turns_nothing_known_is_made_straight() -> None:
    matrix = struct.pack(">9i", 40_000, 40_000, 1, -40_000, 40_000, 0, 0, 0, 1 << 30)
    clean = scrub(edited(plain(), TRACK + b"/tkhd", lambda body: body[:40] + matrix + body[76:]))
    assert proved(clean)
    assert matrix not in clean.data


@pytest.mark.parametrize("more", [box(b"udta", place_words()), apple_place(), box(b"udta", phone_place())])
def test_where_it_was_filmed_is_read_before_it_is_gone(more: bytes) -> None:
    clean = scrub(edited(plain(), b"moov", lambda body: body + more))
    assert clean.place is not None
    assert abs(clean.place.latitude + 6.1754) < 0.001
    assert abs(clean.place.longitude - 106.8272) < 0.001
    assert b"106.8" not in clean.data


@pytest.mark.parametrize("words", [b"", b"+99.0000+010.0000/", b"+00.0000+000.0000/", b"somewhere", b"-06.1754"])
def test_a_place_that_is_none_is_not_offered(words: bytes) -> None:
    assert scrub(edited(plain(), b"moov", lambda body: body + box(b"udta", place_words(words)))).place is None


def test_what_an_edit_hides_is_left_out() -> None:
    """A film cut on a phone still holds what was cut, until now."""
    data = recorded("mp4", "libx264", "aac", coding=(("g", "5"), ("bf", "0"), ("sc_threshold", "0")), seconds=3)
    scale = struct.unpack_from(">I", data, data.index(b"mdhd") + 16)[0]
    shown = struct.pack(">IIIiI", 0, 1, 1_000, scale, 1 << 16)  # the second of three seconds
    clean = scrub(edited(data, TRACK + b"/edts/elst", lambda _: shown))
    with av.open(io.BytesIO(clean.data), "r") as film:
        packets = [packet for packet in film.demux(video=0) if packet.size]
    assert 10 <= len(packets) <= 11
    assert len(clean.data) < len(scrub(data).data)


def test_a_track_that_begins_later_still_does() -> None:
    rows = struct.pack(">IIIiIIiI", 0, 2, 500, -1, 1 << 16, 1_000, 0, 1 << 16)
    clean = scrub(edited(plain(), TRACK + b"/edts/elst", lambda _: rows))
    with av.open(io.BytesIO(clean.data), "r") as film:
        start = film.streams.video[0].start_time
        assert start is not None
        assert float(start * (film.streams.video[0].time_base or 0)) == pytest.approx(0.5, abs=0.01)


def test_a_film_in_fragments_becomes_a_plain_one() -> None:
    data = recorded("mp4", "libx264", "aac", options=(("movflags", "frag_keyframe+empty_moov"),), coding=(("g", "3"),))
    clean = scrub(data)
    assert b"moof" not in clean.data
    assert played(clean.data) == played(data)


def _entries(change: Callable[[bytes, bytes], bytes]) -> bytes:
    return edited(
        plain(), TABLE + b"/stsd", lambda body: body[:8] + b"".join(change(*part) for part in split(body[8:]))
    )


@pytest.mark.parametrize(
    ("data", "phrase"),
    [
        (_entries(lambda _, body: box(b"encv", body)), "file_locked"),
        (_entries(lambda kind, body: box(kind, body, box(b"sinf", bytes(8)))), "file_locked"),
        (_entries(lambda _, body: box(b"ap4h", body)), "file_kind"),
        (_entries(lambda _, body: box(b"jpeg", body)), "file_kind"),
        (recorded("mp4", "libx264", "libmp3lame"), "file_kind"),
        (plain().replace(b"stco", b"KENA"), "file_damaged"),
        (plain()[:-200], "file_damaged"),
        (edited(plain(), TRACK + b"/mdia/minf/dinf/dref", lambda body: body[:-1] + b"\0"), "file_damaged"),
        (edited(plain(), TABLE + b"/stco", lambda body: body[:8] + b"\x7f" + body[9:]), "file_damaged"),
        (edited(plain(), TABLE + b"/stsz", lambda _: struct.pack(">III", 0, 9_000, 150_000)), "file_damaged"),
        (edited(plain(), TABLE + b"/stsz", lambda _: struct.pack(">III", 0, 9, 1 << 31)), "file_too_large"),
        (edited(plain(), TABLE + b"/stsc", lambda _: bytes(8)), "file_damaged"),
        (
            edited(plain(), TRACK + b"/edts/elst", lambda _: struct.pack(">IIIiIIiI", 0, 2, 9, 0, 1, 9, 0, 1)),
            "file_kind",
        ),
        (ogg_page(2, 0, 1, 0, b"\x80theora" + bytes(40)), "file_kind"),
        (ogg_page(2, 0, 1, 0, opus_head()[:-1] + b"\1"), "file_damaged"),
        (b"OggS" + bytes(80), "file_damaged"),
        (amr() + CANARY, "file_damaged"),
        (b"#!AMR\n", "file_damaged"),
        (wave(sound=b""), "file_damaged"),
        (b"RIFF\x24\0\0\0WAVE" + chunk(b"fmt ", struct.pack("<HHIIHH", 0x11, 1, 8000, 4000, 256, 4)), "file_kind"),
        (b"RIFF\x24\0\0\0AVI " + bytes(40), "file_kind"),
        (b"\x1a\x45\xdf\xa3" + bytes(40), "file_damaged"),
    ],
)
def test_what_cannot_be_proved_is_refused_with_a_sentence(data: bytes, phrase: str) -> None:
    assert refused(data) == phrase


@pytest.mark.parametrize("data", [data for data, *_ in KINDS if len(data) > 3_000])
def test_a_recording_over_the_limit_is_refused(data: bytes) -> None:
    assert refused(data, Limits(seconds=0, voice_seconds=0)) == "file_too_long"


def test_pictures_over_the_limit_are_refused() -> None:
    assert refused(plain(), Limits(pixels=100)) == "file_too_large"
    assert refused(recorded("webm", "libvpx", "libopus"), Limits(pixels=100)) == "file_too_large"


def test_words_that_look_like_a_film_are_words() -> None:
    assert scrub(b"The free lunch was not what they said it was.\n").kind == "text/plain"


def test_nothing_stands_behind_the_headers_of_vorbis() -> None:
    pages = ogg_pages(recorded("ogg", "", "vorbis", layout="stereo"))
    first, *_ = (page[27 + page[26] :] for page in pages)
    books = b"".join(page[27 + page[26] :] for page in pages[1:]).partition(b"\5vorbis")[2]
    whole = next(size for size in range(len(books), 0, -1) if _is_setup(first, books[:size]))
    assert _is_setup(first, books[:whole] + bytes(9))
    for more in (CANARY, b"\1", b"\xff"):
        assert not _is_setup(first, books[:whole] + more)


def _is_setup(first: bytes, books: bytes) -> bool:
    try:
        vorbis.setup([first, vorbis.COMMENTS, b"\5vorbis" + books])
    except (Refused, ValueError):
        return False
    return True


def test_a_last_piece_that_was_cut_is_left_out() -> None:
    assert scrub(amr()[:-5]).data == amr()[:-32]
    song = recorded("adts", "", "aac")
    assert scrub(song[:-3]).data == scrub(b"".join(adts_frames(song)[:-1])).data


# The proof

DIRTY: list[tuple[str, Callable[[], bytes], Callable[[bytes], bytes]]] = [
    (".mp4", plain, lambda bare: bare + box(b"free", b"")),
    (".mp4", plain, lambda bare: bare + b"\0"),
    (".mp4", plain, lambda bare: bare[:-1]),
    (".mp4", plain, lambda bare: edited(bare, b"ftyp", lambda body: body + b"KENA")),
    (".mp4", plain, lambda bare: edited(bare, b"moov/mvhd", lambda body: body[:4] + b"\1" + body[5:])),
    (".mp4", plain, lambda bare: edited(bare, b"moov/mvhd", lambda body: body[:-1] + b"\x09")),
    (".mp4", plain, lambda bare: edited(bare, b"moov", lambda body: body + box(b"udta", b""))),
    (".mp4", plain, lambda bare: edited(bare, TRACK + b"/tkhd", lambda body: body[:7] + b"\1" + body[8:])),
    (".mp4", plain, lambda bare: edited(bare, TRACK + b"/tkhd", lambda body: body[:64] + b"\1" + body[65:])),
    (".mp4", plain, lambda bare: edited(bare, TRACK + b"/mdia/mdhd", lambda body: body[:20] + b"\x26" + body[21:])),
    (".mp4", plain, lambda bare: edited(bare, TRACK + b"/mdia/hdlr", lambda body: body[:20] + b"K" + body[21:])),
    (".mp4", plain, lambda bare: edited(bare, TABLE, lambda body: body + box(b"sdtp", b""))),
    (
        ".mp4",
        plain,
        lambda bare: edited(
            bare, TABLE + b"/stco", lambda body: body[:7] + bytes([body[7] + 1]) + body[8:] + body[-4:]
        ),
    ),
    (".mp4", plain, lambda bare: bare.replace(b"avcC\1", b"avcC\2")),
    (".mp4", plain, lambda bare: bare.replace(b"\0\0\0\x18\xff\xff", b"\0K\0\x18\xff\xff")),
    (".mp4", plain, lambda bare: bare[: bare.index(b"mdat") + 8] + b"\6" + bare[bare.index(b"mdat") + 9 :]),
    (".ogg", lambda: recorded("ogg", "", "libopus"), lambda bare: bare + bare),
    (".ogg", lambda: recorded("ogg", "", "libopus"), lambda bare: bare.replace(b"OpusTags\0", b"OpusTags\1")),
    (".ogg", lambda: recorded("ogg", "", "libopus"), lambda bare: bare[:14] + b"K" + bare[15:]),
    (".ogg", lambda: recorded("ogg", "", "libopus"), lambda bare: b"".join(ogg_pages(bare)[:-1])),
    (".webm", lambda: recorded("webm", "libvpx", "libopus"), lambda bare: with_more(bare, element(0xEC, CANARY))),
    (".webm", lambda: recorded("webm", "libvpx", "libopus"), lambda bare: bare + CANARY),
    (".mp3", silent_mp3, lambda _: silent_mp3(CANARY)),
    (".mp3", silent_mp3, lambda bare: bare + b"TAG"),
    (".mp3", silent_mp3, lambda bare: bare.replace(b"\xff\xfb\x90\xc0", b"\xff\xfb\x90\xcc", 1)),
    (".aac", lambda: recorded("adts", "", "aac"), lambda bare: with_fill(bare, CANARY)),
    (".aac", lambda: recorded("adts", "", "aac"), lambda bare: bare[:3] + bytes([bare[3] | 0x20]) + bare[4:]),
    (".amr", amr, lambda _: amr() + b"\0"),
    (".wav", wave, lambda bare: bare + chunk(b"LIST", CANARY)),
    (".wav", wave, lambda _: wave(chunk(b"LIST", CANARY))),
]


@pytest.mark.parametrize(("extension", "source", "dirty"), DIRTY)
def test_the_proof_refuses_a_recording_with_anything_more(
    extension: str, source: Callable[[], bytes], dirty: Callable[[bytes], bytes]
) -> None:
    clean = scrub(source())
    assert clean.extension == extension
    spoiled = dirty(clean.data)
    assert spoiled != clean.data
    assert proved(clean)
    assert not proved(Clean(spoiled, clean.kind, clean.extension, ()))


def test_a_film_that_can_only_be_begun_by_a_note_still_can() -> None:
    """Open groups of pictures: the note is written anew, in our own words."""
    open_groups = (("x264-params", "open-gop=1:keyint=5:min-keyint=1:bframes=2:scenecut=0"),)
    data = recorded("mp4", "libx264", coding=open_groups, seconds=2)
    clean = scrub(data)
    assert b"\0\0\0\5\6\6\1\xc4\x80" in clean.data
    assert clean.data.count(b"\6\5") == 0
    assert played(clean.data) == played(data)
    assert not proved(Clean(clean.data.replace(b"\6\6\1\xc4\x80", b"\6\6\1\xc5\x80"), clean.kind, clean.extension, ()))
