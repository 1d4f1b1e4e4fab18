"""The training set: lines written by hand, vocabulary put into frames, cues of the table, and ways of typing them."""

import random
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.readers.lines import by_hand as lines_of_many_hands
from core import areas
from core.categories import CATEGORIES

HERE = Path(__file__).parent
NOTHING = "-"
FRAMED = 130  # messages from templates for each leaf
MIXED = 1200  # messages of two subjects
TYPED = 3  # further ways in which a line by hand is typed
SELF = 0.08  # share of messages from templates that tell who writes
MAILED = 12  # of a hundred messages, those that are wrapped into a mail
SEED = 20210714
VOWELS = "aiueo"
SHORT = {
    "yang": "yg", "tidak": "gk", "sudah": "udh", "belum": "blm", "dengan": "dgn", "jalan": "jln", "depan": "dpn",
    "karena": "krn", "orang": "org", "banyak": "bnyk", "rumah": "rmh", "tolong": "tlg", "sampai": "smp", "masih": "msh",
    "malam": "mlm", "kantor": "kntr", "untuk": "utk", "tetangga": "ttngga", "sekolah": "skolah", "petugas": "ptgs",
    "bisa": "bs", "saya": "sy", "warga": "wrga", "dari": "dr", "pada": "pd", "sama": "sm", "juga": "jg",
    "terus": "trs", "minta": "mnta", "lampu": "lmpu", "sampah": "smph", "motor": "mtr", "mobil": "mbl", "anak": "ank",
    "dapat": "dpt", "listrik": "lstrk", "banjir": "bnjr", "parkir": "prkr", "kabel": "kbl", "pohon": "phn",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """A message, what it is about, how much it counts, the line by hand that it stems from, and whether it is that."""

    leaf: str
    text: str
    weight: float = 1.0
    line: int = 0
    first: bool = False


def by_hand(folder: Path = HERE / "lines") -> Iterator[Example]:
    """Lines written one by one."""
    for path in sorted(folder.glob("*.tsv")):
        yield from from_file(path)


def many_hands() -> Iterator[Example]:
    """Lines of which more than the subject is known."""
    for line in lines_of_many_hands():
        yield Example(str(line.kind), line.text)


def from_file(path: Path) -> Iterator[Example]:
    """`leaf<TAB>text` lines; ValueError names the line whose leaf is none."""
    known = {*(each.id for each in CATEGORIES), NOTHING}
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        leaf, _, text = line.partition("\t")
        if leaf not in known or not text.strip():
            raise ValueError(f"{path.name}:{at}")
        yield Example(leaf, text)


def _items(said: str) -> list[str]:
    return [each.strip() for each in said.split("|")]


class Frames:
    """What stands around the words that matter."""

    def __init__(self, rng: random.Random) -> None:
        self.tables = tomllib.loads((HERE / "templates.toml").read_text(encoding="utf-8"))
        self.frame = {name: _items(said) for name, said in self.tables["frame"].items()}
        self.mail = {name: _items(said) for name, said in self.tables["mail"].items()}
        self.streets = _items(self.tables["vocabulary"]["streets"])
        self.areas = sorted({each.name for each in areas.AREAS.values()})
        self.rng = rng

    def place(self) -> str:
        """Where something is, as people say it."""
        where = self.rng.choice(self.frame["where"])
        return where.format(street=self.rng.choice(self.streets), area=self.rng.choice(self.areas).lower())

    def filled(self, what: str, how: str) -> str:
        """A short message."""
        parts = {name: self.rng.choice(self.frame[name]) for name in ("lead", "ask", "since", "effect")}
        said = self.rng.choice(self.frame["plain"]).format(what=what, how=how, where=self.place(), **parts)
        return f"{said}. {self.rng.choice(self.frame['self'])}" if self.rng.random() < SELF else said

    def wrapped(self, text: str) -> str:
        """The message as the core of a mail, with as much around it as people write."""
        before = self.rng.sample(self.mail["more"], self.rng.randint(0, 2))
        after = self.rng.sample(self.mail["more"], self.rng.randint(0, 4))
        whole = [self.rng.choice(self.mail["open"]), *before, text + ".", *after, self.rng.choice(self.mail["close"])]
        return " ".join(whole).format(street=self.rng.choice(self.streets), area=self.rng.choice(self.areas))

    def around(self, text: str) -> str:
        """The message with courtesies, a place or a request before or behind it."""
        named = self.rng.choice(("lead", "ask", "since", "effect", "where", "self"))
        extra = self.place() if named == "where" else self.rng.choice(self.frame[named])
        return f"{extra} {text}" if named == "lead" or self.rng.random() < 0.3 else f"{text} {extra}"


def _abbreviated(words: list[str], rng: random.Random) -> list[str]:
    return [SHORT.get(word, word) if rng.random() < 0.7 else word for word in words]


def _without_vowels(words: list[str], rng: random.Random) -> list[str]:
    def shorten(word: str) -> str:
        if len(word) < 5 or rng.random() < 0.6:
            return word
        kept = [c for at, c in enumerate(word) if at == 0 or c not in VOWELS or rng.random() < 0.5]
        return "".join(kept)

    return [shorten(word) for word in words]


def _slipped(words: list[str], rng: random.Random) -> list[str]:
    found = list(words)
    for _ in range(1 + len(words) // 6):
        at = rng.randrange(len(found))
        word = found[at]
        if len(word) < 4:
            continue
        place = rng.randrange(1, len(word) - 1)
        slips = (
            word[:place] + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + word[place] + word[place:],
            word[:place] + rng.choice("aiueonrstklgmb") + word[place + 1 :],
        )
        found[at] = rng.choice(slips)
    return found


def _joined(words: list[str], rng: random.Random) -> list[str]:
    if len(words) < 2:
        return words
    if rng.random() < 0.4:
        return ["".join(words[:8]), *words[8:]]
    at = rng.randrange(len(words) - 1)
    return [*words[:at], words[at] + words[at + 1], *words[at + 2 :]]


def _betawi(words: list[str], rng: random.Random) -> list[str]:
    """The last a of a closed syllable as e, and -in for -kan, as in malem and bersihin."""

    def turned(word: str) -> str:
        if len(word) > 4 and word.endswith("kan") and rng.random() < 0.6:
            return word[:-3] + "in"
        if len(word) > 4 and word[-2] == "a" and word[-1] not in VOWELS and rng.random() < 0.4:
            return word[:-2] + "e" + word[-1]
        return word

    return [turned(word) for word in words]


WAYS: tuple[Callable[[list[str], random.Random], list[str]], ...] = (
    _abbreviated,
    _without_vowels,
    _slipped,
    _joined,
    _betawi,
)


def typed(text: str, rng: random.Random) -> str:
    """The same message as another hand types it."""
    words = text.lower().split()
    for way in rng.sample(WAYS, rng.choice((1, 1, 2))):
        words = way(words, rng)
    return " ".join(words)


def _nothing(frames: Frames, rng: random.Random) -> Iterator[str]:
    """What is no report: a place alone, keys struck at random, a courtesy."""
    for _ in range(160):
        yield frames.place()
        street = rng.choice([*frames.streets, *frames.areas])
        kind, which = rng.choice(("jl", "jln", "jalan", "gang")), rng.choice(("", "raya ", "dalam "))
        yield f"{kind} {street} {which}no {rng.randint(1, 99)}"
        yield "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 14)))
        yield " ".join(rng.sample([*frames.frame["lead"], *frames.frame["ask"]], rng.randint(1, 2)))


def _mixed(frames: Frames, rng: random.Random) -> Iterator[Example]:
    """Two subjects in one message: it is about either, a little more about what is named first."""
    leaves = sorted(frames.tables["leaf"])
    for _ in range(MIXED):
        pair = rng.sample(leaves, 2)
        said = [
            " ".join(rng.choice(_items(frames.tables["leaf"][leaf][part])) for part in ("what", "how")) for leaf in pair
        ]
        text = rng.choice((" dan ", ", ", ", juga ", ". terus ", " sama ", " and ")).join(said)
        text = frames.around(text) if rng.random() < 0.5 else text
        yield from (Example(pair[0], text, 0.5), Example(pair[1], text, 0.4))


def written() -> list[Example]:
    """What is written for training, the same at every call."""
    rng = random.Random(SEED)
    frames = Frames(rng)
    found: list[Example] = []
    for line, (each, ways) in enumerate([*((one, TYPED) for one in by_hand()), *((one, 1) for one in many_hands())], 1):
        found.append(Example(each.leaf, each.text, 2.0, line, first=True))
        for _ in range(ways):
            around = frames.around(each.text) if rng.random() < 0.5 and each.leaf != NOTHING else each.text
            wraps = rng.randrange(100) < MAILED and each.leaf != NOTHING
            found.append(Example(each.leaf, frames.wrapped(each.text) if wraps else typed(around, rng), 1.0, line))
    for leaf, said in frames.tables["leaf"].items():
        what, how = _items(said["what"]), _items(said["how"])
        for _ in range(FRAMED):
            text = frames.filled(rng.choice(what), rng.choice(how))
            wraps = rng.randrange(100) < MAILED
            found.append(
                Example(leaf, frames.wrapped(text) if wraps else text if rng.random() < 0.5 else typed(text, rng), 0.7)
            )
    found += [Example(NOTHING, text, 0.7) for text in _nothing(frames, rng)]
    found += _mixed(frames, rng)
    return found


def examples() -> list[Example]:
    """All of it: what is written, and the cues of the table as they stand now."""
    return written() + [Example(each.id, cue, 0.7) for each in CATEGORIES for cue in each.cues]
