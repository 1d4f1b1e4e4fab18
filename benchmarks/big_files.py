"""Files as large as citizens send them, made anew and the same at every run: photographs, a film, documents."""

import io
import random
from collections.abc import Iterator

import av
import numpy as np
from PIL import Image

from tests.hostile.pdf_files import file_of, stream

SIZE = (4000, 3000)
FILM = (1280, 720)


def big_files(rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Name and bytes."""
    for name, orientation in (("upright", 1), ("turned", 6)):
        yield f"photo-12MP-{name}.jpg", photograph(rng, orientation)
    yield "film-20MB.mp4", film(20_000_000)
    yield "document-1-page.pdf", document(1)
    yield "document-20-pages.pdf", document(20)


def photograph(rng: random.Random, orientation: int) -> bytes:
    """Soft shapes and sensor noise, about 3.4 MB as phones make it."""
    shapes = Image.frombytes("RGB", (400, 300), rng.randbytes(400 * 300 * 3)).resize(SIZE, Image.Resampling.BICUBIC)
    noise = Image.frombytes("RGB", SIZE, rng.randbytes(SIZE[0] * SIZE[1] * 3))
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Maker", orientation
    out = io.BytesIO()
    Image.blend(shapes, noise, 0.06).save(out, "JPEG", quality=88, exif=exif)
    return out.getvalue()


def film(size: int) -> bytes:
    """H.264 and AAC, of noise that no encoder makes small, until it is about that large."""
    noise = np.random.default_rng(12)
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        video = container.add_stream("libx264", rate=30, options={"preset": "ultrafast", "crf": "18"})
        video.width, video.height, video.pix_fmt = *FILM, "yuv420p"
        sound = container.add_stream("aac", rate=48_000)
        while out.tell() < size:
            grid = noise.integers(0, 256, (FILM[1] // 8, FILM[0] // 8, 3), dtype=np.uint8)
            frame = av.VideoFrame.from_ndarray(np.kron(grid, np.ones((8, 8, 1), np.uint8)), format="rgb24")
            container.mux(video.encode(frame))
            silence = av.AudioFrame.from_ndarray(noise.normal(0, 0.1, (1, 1600)).astype(np.float32), "fltp", "mono")
            silence.sample_rate = 48_000
            container.mux(sound.encode(silence))
        container.mux(video.encode(None))
        container.mux(sound.encode(None))
    return out.getvalue()


def document(count: int) -> bytes:
    """A4 pages full of words."""
    words = b"(Jalan rusak di depan pasar, lampu mati sejak pekan lalu, tolong diperbaiki.) Tj\n"
    lines = b"".join(b"1 0 0 1 50 %d Tm " % y + words for y in range(60, 800, 14))
    font = b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources %b >>" % (3 + count, font)
    kids = b" ".join(b"%d 0 R" % (3 + number) for number in range(count))
    head = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count %d /Kids [%b] >>" % (count, kids))
    return file_of(*head, *[page] * count, stream(b"BT /F 10 Tf\n" + lines + b"ET"))
