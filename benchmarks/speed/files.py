"""A photo of 12 megapixels cleaned, beside libmat2."""

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.sandbox import Sandbox
from benchmarks.big_files import photograph
from benchmarks.files_against_mat2 import ROUNDS, ours, theirs
from benchmarks.speed.target import Target


def measured() -> Iterator[Target]:
    """As it lies, and turned; nothing where libmat2 is not to be had (RESI_BENCH_MAT2)."""
    sandbox = Sandbox()
    sandbox.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            for name, orientation, least in (("as it lies", 1, 4.0), ("turned", 6, 2.2)):
                data = photograph(random.Random(12), orientation)
                file, copy = Path(folder, "photo.jpg"), Path(folder, "clean.jpg")
                file.write_bytes(data)
                _, ms = ours(sandbox, data, copy, ROUNDS)
                other = theirs([(file, copy, ROUNDS)])
                if other is None:
                    print(f"a photo of 12 megapixels, {name}: {ms:.0f} ms; libmat2: not measured (RESI_BENCH_MAT2)")
                    continue
                print(f"a photo of 12 megapixels, {name}: {ms:.0f} ms; libmat2: {other[0][1]:.0f} ms")
                yield Target(f"a photo of 12 megapixels, {name}", other[0][1] / ms, least=least, beside="libmat2")
    finally:
        sandbox.stop()
