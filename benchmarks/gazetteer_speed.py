"""How long the names of a map take among a hundred thousand, slips of the finger included.

    PYTHONPATH=. python benchmarks/gazetteer_speed.py [NAMES]

The names are made up by a fixed seed. A fifth of the messages has a name as it is written, two fifths with one letter
wrong, missing, doubled or swapped, two fifths with none that is known. What is counted is processor time.
"""

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from core.areas import AREAS, FoundAreas, on_map
from core.places.known_names import led_to
from core.ports import CityMap
from storage.maps import NameIndex, load_names

_SYLLABLES = tuple(first + last for first in "bcdgjklmnprstwy" for last in "aiu")
_KINDS = ("street", "market", "school", "mosque", "station")
_BEFORE = {"street": "jl", "market": "pasar", "school": "sekolah", "mosque": "masjid", "station": "stasiun"}
_STORY = "lampu jalan mati sudah tiga hari di {} dekat warung, gelap sekali kalau malam, tolong segera diperbaiki"


def _word(rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4)))


def _rows(rng: random.Random, count: int) -> list[tuple[str, str]]:
    names: dict[str, str] = {}
    while len(names) < count:
        kind = rng.choice(_KINDS)
        name = f"{_word(rng)} {_word(rng)}" + (f" {rng.randint(1, 30)}" if rng.random() < 0.4 else "")
        names.setdefault(name if kind == "street" else f"{_BEFORE[kind]} {name}", kind)
    return list(names.items())


def _mistyped(rng: random.Random, name: str) -> str:
    letters = [at for at, letter in enumerate(name) if letter.isalpha() and at > len(name.partition(" ")[0]) + 1]
    at = rng.choice(letters or [1])
    change = rng.choice((name[at + 1 :], "x" + name[at + 1 :], name[at] * 2 + name[at + 1 :], "x" + name[at:]))
    return name[:at] + change


def _messages(rng: random.Random, rows: list[tuple[str, str]], count: int) -> list[tuple[str, bool]]:
    """Each with whether it names something."""
    told = []
    for number in range(count):
        name, kind = rng.choice(rows)
        written = (name, _mistyped(rng, name), _mistyped(rng, name), *[f"{_word(rng)}{_word(rng)} {_word(rng)}"] * 2)
        before = "jl " if kind == "street" else ""
        told.append((_STORY.format(before + written[number % 5]), number % 5 < 3))
    return told


def _file(folder: Path, rng: random.Random, rows: list[tuple[str, str]]) -> Path:
    codes = [code for code, area in AREAS.items() if area.finest]
    lines = (f"{name}\t{kind}\t106.8\t-6.2\t{rng.choice(codes)}\n" for name, kind in rows)
    file = folder / "gazetteer.tsv"
    file.write_text("name\tkind\tlon\tlat\tareas\n" + "".join(lines), encoding="utf-8")
    return file


def _loaded(file: Path, folder: Path, label: str) -> NameIndex:
    began = time.process_time()
    index = load_names(file, folder)
    print(f"{label}: {time.process_time() - began:.2f} s of a processor")
    return index


def _measured(index: NameIndex, messages: list[tuple[str, bool]]) -> list[float]:
    taken, found = [], 0
    with on_map(CityMap(gazetteer=index)):
        for text, names in messages:
            began = time.thread_time_ns()
            led = led_to(text, FoundAreas(), [])
            taken.append((time.thread_time_ns() - began) / 1e6)
            found += bool(led.candidates) and names
    print(f"{found} of {sum(names for _, names in messages)} messages with a name were led somewhere")
    return sorted(taken)


def main() -> None:
    """The command."""
    rng = random.Random(19)
    rows = _rows(rng, int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    with tempfile.TemporaryDirectory() as folder:
        file = _file(Path(folder), rng, rows)
        index = _loaded(file, Path(folder, "maps"), "read and prepared")
        index = _loaded(file, Path(folder, "maps"), "prepared before")
        print(f"kept: {sum(each.stat().st_size for each in Path(folder, 'maps').iterdir()) / 1e6:.1f} MB")
    taken = _measured(index, _messages(rng, rows, 2000))
    print(f"a message: median {statistics.median(taken):.3f} ms, 95 % within {taken[len(taken) * 95 // 100]:.3f} ms")


if __name__ == "__main__":
    main()
