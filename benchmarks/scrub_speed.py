"""How long a 12-megapixel photograph takes to scrub, in process and through the warm sandbox; run it by path."""

import io
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.sandbox import Sandbox
from app.sandbox.spawning import environment
from core.scrub import Clean, scrub

ROUNDS = 20
SIZE = (4000, 3000)


def photograph(orientation: int) -> bytes:
    """Soft shapes and sensor noise, about 3.4 MB as phones make it; the same at every run."""
    rng = random.Random(12)
    shapes = Image.frombytes("RGB", (400, 300), rng.randbytes(400 * 300 * 3)).resize(SIZE, Image.Resampling.BICUBIC)
    noise = Image.frombytes("RGB", SIZE, rng.randbytes(SIZE[0] * SIZE[1] * 3))
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    Image.blend(shapes, noise, 0.06).save(out, "JPEG", quality=88, exif=exif)
    return out.getvalue()


def pairs_ms(data: bytes, sandbox: Sandbox) -> tuple[float, float, float]:
    """Medians of ROUNDS pairs, after one that does not count: in process, through the sandbox, and what that adds."""
    inside, through = [], []
    for _ in range(ROUNDS + 1):
        inside.append(taken_ms(scrub, data))
        through.append(taken_ms(sandbox.scrub_now, data))
    added = [after - before for before, after in zip(inside, through, strict=True)]
    return statistics.median(inside[1:]), statistics.median(through[1:]), statistics.median(added[1:])


def taken_ms(clean: Callable[[bytes], Clean], data: bytes) -> float:
    """Of one file."""
    start = time.perf_counter()
    clean(data)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """One line for each way a photograph is held; both sides keep their memory from file to file."""
    if environment().items() - os.environ.items():  # noqa: TID251 -- to hand it on
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **environment()})  # noqa: S606, TID251 -- this program again
    sandbox = Sandbox()
    start = time.perf_counter()
    sandbox.start()
    print(f"child ready after {(time.perf_counter() - start) * 1000:.0f} ms behind {', '.join(sandbox.restrictions())}")
    for name, orientation in (("upright", 1), ("turned", 6)):
        data = photograph(orientation)
        inside, through, added = pairs_ms(data, sandbox)
        size = f"{len(data) / 1e6:.2f} MB"
        print(f"JPEG 12 MP {name}, {size}: in process {inside:.1f} ms, sandbox {through:.1f} ms, added {added:+.1f} ms")
    sandbox.stop()


if __name__ == "__main__":
    main()
