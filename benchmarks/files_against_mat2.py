"""Ours through the warm sandbox and libmat2 in process, side by side: leaks, formats, milliseconds; run it by path.

libmat2 wants PyGObject with GdkPixbuf and Poppler, mutagen, exiftool and ffmpeg. RESI_BENCH_MAT2 says how a Python that
can import it is called (with `env PYTHONPATH=…` in front of it if need be); without it only ours is measured. To get it
on Debian: pip install mat2==0.15.0 beside python3-gi, python3-gi-cairo, gir1.2-poppler-0.18, gir1.2-gdkpixbuf-2.0,
libimage-exiftool-perl and ffmpeg.
"""

import json
import os
import random
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.sandbox import Sandbox
from benchmarks.big_files import big_files
from core.errors import Refused
from tests.hostile.corpus import cases
from tests.hostile.judge import EXIFTOOL, leaks, told_by_exiftool

SIDE = Path(__file__).with_name("mat2_side.py")
ROUNDS = 10
FORMATS = (
    (0, b"\xff\xd8\xff", ".jpg"), (0, b"\x89PNG", ".png"), (8, b"WEBP", ".webp"), (0, b"GIF8", ".gif"),
    (0, b"II*\0", ".tiff"), (0, b"MM\0*", ".tiff"), (0, b"BM", ".bmp"), (8, b"heic", ".heic"), (8, b"mif1", ".heic"),
    (8, b"M4A ", ".m4a"), (8, b"qt  ", ".mov"), (8, b"3gp", ".3gp"), (4, b"ftyp", ".mp4"),
    (0, b"OggS", ".ogg"), (0, b"\x1a\x45\xdf\xa3", ".webm"), (0, b"#!AMR", ".amr"),
    (8, b"WAVE", ".wav"), (0, b"\xff\xf1", ".aac"), (0, b"\xff\xf9", ".aac"), (0, b"ID3", ".mp3"),
    (0, b"\xff\xfb", ".mp3"), (0, b"%PDF", ".pdf"), (0, b"", ".txt"),
)  # fmt: skip


@dataclass
class Row:
    """Figures of one side for one format."""

    files: int = 0
    taken: int = 0
    leaking: int = 0
    ms: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        """Taken of all, leaking of these, median ms."""
        median = f"{statistics.median(self.ms):8.1f}" if self.ms else f"{'-':>8}"
        return f"{self.taken:>5}/{self.files:<4}{self.leaking:>6}{median}"


def extension(data: bytes) -> str:
    """As a person would have named the file; libmat2 goes by names."""
    return next(name for at, magic, name in FORMATS if data.startswith(magic, at))


def ours(sandbox: Sandbox, data: bytes, copy: Path, rounds: int) -> tuple[str, float]:
    """The phrase of a refusal, and the median of milliseconds; the first round does not count where there are more."""
    taken, why = [], ""
    for _ in range(rounds + (rounds > 1)):
        start = time.perf_counter()
        try:
            clean = sandbox.scrub_now(data)
            taken.append((time.perf_counter() - start) * 1000)
            copy.write_bytes(clean.data)
        except Refused as no:
            taken.append((time.perf_counter() - start) * 1000)
            why = no.phrase
    return why, statistics.median(taken[rounds > 1 :])


def theirs(rows: list[tuple[Path, Path, int]]) -> list[tuple[str, float]] | None:
    """None where libmat2 is not to be had."""
    command = shlex.split(os.environ.get("RESI_BENCH_MAT2", ""))  # noqa: TID251 -- a benchmark has no settings
    if not command:
        return None
    told = json.dumps([[str(file), str(copy), rounds] for file, copy, rounds in rows])
    done = subprocess.run([*command, str(SIDE)], input=told.encode(), stdout=subprocess.PIPE, check=True)  # noqa: S603 -- as the operator says
    return [(why, ms) for why, ms in json.loads(done.stdout)]


def spoken(folder: Path) -> dict[str, bool]:
    """Which copies still say something: by our own search, and by exiftool where it is."""
    found = {path.name: bool(leaks(path.read_bytes())) for path in folder.iterdir()}
    for name, tags in told_by_exiftool(folder).items() if EXIFTOOL and found else ():
        found[name] = found[name] or any("KENARI" in tag for tag in tags)
    return found


def corpus_table(sandbox: Sandbox, folder: Path) -> None:
    """Every good file that carries something, by format."""
    files = [case for case in cases() if not case.refused and case.source != "texts" and leaks(case.data)]
    sides = [folder / side for side in ("in", "ours", "theirs")]
    for side in sides:
        side.mkdir()
    names = [f"{number}{extension(case.data)}" for number, case in enumerate(files)]
    for name, case in zip(names, files, strict=True):
        (sides[0] / name).write_bytes(case.data)
    answers = [
        [ours(sandbox, case.data, sides[1] / name, 1) for name, case in zip(names, files, strict=True)],
        theirs([(sides[0] / name, sides[2] / name, 1) for name in names]) or [],
    ]
    table: dict[str, list[Row]] = defaultdict(lambda: [Row(), Row()])
    for number, (side, answered) in enumerate(zip(sides[1:], answers, strict=True)):
        said = spoken(side)
        for name, (why, ms) in zip(names, answered, strict=False):
            for row in (table[Path(name).suffix][number], table["all"][number]):
                row.files += 1
                row.taken += not why
                row.leaking += not why and said.get(name, False)
                row.ms += [] if why else [ms]
    print(f"{'':<8}{'ours: taken':>12}{'leak':>5}{'ms':>6}   {'mat2: taken':>12}{'leak':>5}{'ms':>6}")
    for suffix in (*sorted(table.keys() - {"all"}), "all"):
        print(f"{suffix:<8}{table[suffix][0]}   {table[suffix][1]}")


def speed_table(sandbox: Sandbox, folder: Path) -> None:
    """Large files of the kind that citizens send."""
    rows = []
    for name, data in big_files(random.Random(12)):
        file = folder / name
        file.write_bytes(data)
        rows.append((name, data, file, folder / f"clean-{name}"))
    mine = [ours(sandbox, data, copy, ROUNDS) for _, data, _, copy in rows]
    other = theirs([(file, copy, ROUNDS) for _, _, file, copy in rows])
    for number, (name, data, _, _) in enumerate(rows):
        why, ms = mine[number]
        line = f"{name:<28}{len(data) / 1e6:6.1f} MB  ours {ms:7.1f} ms {why}"
        if other:
            line += f"  libmat2 {other[number][1]:7.1f} ms {other[number][0]}  x{other[number][1] / ms:.1f}"
        print(line)


def main() -> None:
    """Two tables."""
    sandbox = Sandbox()
    sandbox.start()
    print(
        f"restrictions: {', '.join(sandbox.restrictions())}; exiftool {'is' if EXIFTOOL else 'is not'} there to judge"
    )
    if not os.environ.get("RESI_BENCH_MAT2"):  # noqa: TID251 -- likewise
        print(__doc__)
    folder = Path(tempfile.mkdtemp(prefix="resi-bench-"))
    try:
        corpus_table(sandbox, folder)
        speed_table(sandbox, folder)
    finally:
        sandbox.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
