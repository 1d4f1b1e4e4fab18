"""What danger of this minute is learned from: lines by hand, ways of typing them, and plain reports of the city."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import urgent_figures
from benchmarks.readers.lines import by_hand as many_hands
from benchmarks.suggest.make import by_hand, typed
from benchmarks.suggest.make import written as reports

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MARKS = {"+": True, "-": False}
# Of these leaves many lines are emergencies, of those some; the lines of all others are plain reports.
DANGEROUS = {"kebakaran", "kekerasan_pa", "gangguan_ketertiban", "banjir"}
MIXED = {"listrik", "hewan", "layanan_covid", "faskes", "pmks", "narkoba", "pohon", "kabel_utilitas"}
UNSURE = re.compile(
    r"api\b|asap|asep|perci|ledak|spark|explo|putus|hidup|setrum|kelupas|meletus|ular|ulo|python|kobra|sanca|serang|cakar"
    r"|gigit|buaya|macan|pukul|kejar|sesa?e?k|saturasi|kritis|oksigen|meninggal|bayi|hilang|ilang|pingsan|sick|ngamuk"
    r"|lempar|lumpuh|linglung|sasar|nyasar|kabur|ga balik|overdos|nelen|minum|igd|emergency|stroke|jantung|ambulan"
    r"|timpa|nimpa|leher",
)
SETS = ("suggest_dev.tsv", "suggest_test.tsv")
SEED = 20210801
TYPED = 2  # further ways in which a line is typed
REPORTS = 2500
MOST = 4  # words of a part of a line
BY_HAND, RETYPED, PLAIN, PART = 1.0, 0.5, 1.5, 0.3  # how much a line counts


@dataclass(frozen=True, slots=True)
class Line:
    """A message, whether it tells an emergency, and how much it counts."""

    text: str
    urgent: bool
    weight: float = BY_HAND


def written() -> list[Line]:
    """All lines by hand: those for danger alone, and those of many hands. ValueError: a line without its mark."""
    return own() + [Line(each.text, urgent=bool(each.danger)) for each in many_hands()]


def own() -> list[Line]:
    """The lines by hand: those beside this file, marked + or -, and all of the sets but the half that stays unread.

    ValueError names a line without its mark.
    """
    found: list[Line] = []
    for path in sorted((HERE / "lines").glob("*.txt")):
        for at, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            mark, _, text = row.partition(" ")
            if mark not in MARKS or not text.strip():
                raise ValueError(f"{path.name}:{at}")
            found.append(Line(text, MARKS[mark]))
    return found + [
        Line(each.text, each.urgent) for each in urgent_figures.lines() if each.half not in urgent_figures.UNSEEN
    ]


def examples(by_hand_too: Sequence[Line]) -> list[Line]:
    """All of it, the same at every call: these lines, ways of typing them, and plain reports of the city."""
    rng = random.Random(SEED)
    found = list(by_hand_too)
    for each in by_hand_too:
        found += [Line(typed(each.text, rng), each.urgent, RETYPED) for _ in range(TYPED)]
    plain = list(_plain(rng))
    calm = [each.text for each in (*by_hand_too, *plain) if not each.urgent]
    return found + plain + [Line(_part(text, rng), urgent=False, weight=PART) for text in calm]


def _part(text: str, rng: random.Random) -> str:
    """A few words in a row of it: so a message without a subject is none of danger."""
    words = text.split()
    long = rng.randint(1, MOST)
    start = rng.randint(0, max(len(words) - long, 0))
    return " ".join(words[start : start + long])


def _plain(rng: random.Random) -> Iterator[Line]:
    """Reports of the city that are none of danger."""
    told = [(each.leaf, each.text) for each in by_hand()] + list(_from_sets())
    yield from (Line(text, urgent=False, weight=PLAIN) for leaf, text in told if _is_plain(leaf, text))
    made = [each.text for each in reports() if not each.line and each.leaf not in DANGEROUS | MIXED]
    yield from (Line(text, urgent=False, weight=PLAIN / 8) for text in rng.sample(made, REPORTS))


def _from_sets() -> Iterator[tuple[str, str]]:
    """Leaf and message of the sets by which categories are measured."""
    for name in SETS:
        for row in (ROOT / "tests" / name).read_text(encoding="utf-8").splitlines():
            leaf, _, text = row.split("\t", 2)
            yield leaf, text


def _is_plain(leaf: str, text: str) -> bool:
    return leaf not in DANGEROUS and (leaf not in MIXED or not UNSURE.search(text.casefold()))
