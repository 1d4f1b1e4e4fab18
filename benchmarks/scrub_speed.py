"""How long a 12-megapixel photograph takes to scrub, in process and through the warm sandbox; run it by path."""

import io
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.sandbox import Sandbox
from core.scrub import Clean, scrub

ROUNDS = 10
SIZE = (4000, 3000)


def photograph(orientation: int) -> bytes:
    """Soft shapes and sensor noise, about 3.4 MB as phones make it; the same at every run."""
    dice = random.Random(12)
    shapes = Image.frombytes("RGB", (400, 300), dice.randbytes(400 * 300 * 3)).resize(SIZE, Image.Resampling.BICUBIC)
    noise = Image.frombytes("RGB", SIZE, dice.randbytes(SIZE[0] * SIZE[1] * 3))
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    Image.blend(shapes, noise, 0.06).save(out, "JPEG", quality=88, exif=exif)
    return out.getvalue()


def median_ms(clean: Callable[[bytes], Clean], data: bytes) -> float:
    """Of ROUNDS, after one that does not count."""
    clean(data)
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        clean(data)
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    """One line for each way a photograph is held."""
    sandbox = Sandbox()
    start = time.perf_counter()
    sandbox.start()
    print(f"child ready after {(time.perf_counter() - start) * 1000:.0f} ms behind {', '.join(sandbox.walls())}")
    for name, orientation in (("upright", 1), ("turned", 6)):
        data = photograph(orientation)
        inside, through = median_ms(scrub, data), median_ms(sandbox.scrub_now, data)
        print(f"JPEG 12 MP {name}, {len(data) / 1e6:.2f} MB: in process {inside:.0f} ms, sandbox {through:.0f} ms")
    sandbox.stop()


if __name__ == "__main__":
    main()
