"""Real recordings made at test time with PyAV, and what they look and sound like when they are played."""

import io
import struct
from fractions import Fraction
from functools import cache
from hashlib import blake2b
from typing import Literal

import av
from av.audio.resampler import AudioResampler

SIZE = 64, 48
_PERIOD = 63_000  # samples after which the wave comes again


@cache
def recorded(
    form: str,
    video: str = "",
    audio: str = "",
    *,
    rate: int = 48_000,
    seconds: int = 1,
    layout: Literal["mono", "stereo"] = "mono",
    options: tuple[tuple[str, str], ...] = (),
    coding: tuple[tuple[str, str], ...] = (),
    words: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """A moving square and a saw tooth. `options` are the container's, `coding` the film's, `words` go into its tags."""
    out = io.BytesIO()
    with av.open(out, "w", format=form, container_options=dict(options)) as container:
        container.metadata.update(dict(words))
        film = container.add_stream(video, rate=10) if video else None
        sound = container.add_stream(audio, rate=rate) if audio else None
        if film is not None:
            assert isinstance(film, av.VideoStream)
            film.width, film.height = (176, 144) if video == "h263" else SIZE
            film.pix_fmt = "yuv420p"
            film.options = dict(coding)
            film.codec_context.thread_count = 1  # for a few small pictures; threads of an encoder have died here
        if sound is not None:
            assert isinstance(sound, av.AudioStream)
            sound.layout = layout
            sound.options = {"strict": "experimental"}
        if isinstance(film, av.VideoStream):
            for number in range(10 * seconds):
                container.mux(film.encode(_picture(number, film.width, film.height)))
            container.mux(film.encode(None))
        if isinstance(sound, av.AudioStream):
            _play(container, sound, rate * seconds)
    return out.getvalue()


def _picture(number: int, width: int, height: int) -> av.VideoFrame:
    frame = av.VideoFrame(width, height, "yuv420p")
    for index, plane in enumerate(frame.planes):
        row = bytes((16 + number * 9 + index * 40 + column) % 220 for column in range(plane.line_size))
        plane.update(b"".join(row[line:] + row[:line] for line in range(plane.height)))
    frame.pts, frame.time_base = number, Fraction(1, 10)
    return frame


@cache
def _wave() -> bytes:
    """One period of what is heard: 16 bits a sample."""
    return struct.pack(f"<{_PERIOD}h", *(index * 97 % 9_000 - 4_500 + index % 7 * 31 for index in range(_PERIOD)))


def _play(container: av.container.OutputContainer, sound: av.AudioStream, samples: int) -> None:
    wave = (_wave() * (samples // _PERIOD + 1))[: samples * 2]
    frame = av.AudioFrame("s16", "mono", samples)
    frame.planes[0].update(wave.ljust(frame.planes[0].buffer_size, b"\0"))
    frame.sample_rate, frame.pts = sound.rate, 0
    size = sound.codec_context.frame_size or 1_024
    to = AudioResampler(sound.codec_context.format.name, sound.layout.name, sound.rate, frame_size=size)
    for piece in [*to.resample(frame), *to.resample(None)]:
        container.mux(sound.encode(piece))
    container.mux(sound.encode(None))


def played(data: bytes, form: str | None = None) -> dict[str, list[str]]:
    """A mark of each picture and each piece of sound; the first two streams only, as they are what is kept."""
    marks: dict[str, list[str]] = {}
    with av.open(io.BytesIO(data), "r", format=form) as container:
        wanted = [*container.streams.video[:1], *container.streams.audio[:1]]
        for packet in container.demux(wanted):
            for frame in packet.decode():
                assert isinstance(frame, av.VideoFrame | av.AudioFrame)
                marks.setdefault(packet.stream.type, []).append(_mark(frame))
    return marks


def _mark(frame: av.VideoFrame | av.AudioFrame) -> str:
    planes = frame.planes
    if isinstance(frame, av.VideoFrame):
        picture = frame.to_ndarray(format="yuv420p").tobytes()
        return blake2b(picture, digest_size=8).hexdigest()
    width = frame.format.bytes * (1 if frame.format.is_planar else len(frame.layout.channels))
    return blake2b(b"".join(bytes(plane)[: frame.samples * width] for plane in planes), digest_size=8).hexdigest()


def told(data: bytes, form: str | None = None) -> str:
    """Every word that PyAV finds in tags of the file and its streams."""
    with av.open(io.BytesIO(data), "r", format=form) as container:
        words = dict(container.metadata), *(dict(stream.metadata) for stream in container.streams)
        return repr((words, container.chapters(), len(container.streams)))
