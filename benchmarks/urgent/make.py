"""What danger of this minute is learned from: lines by hand, what calms them, and ways of typing them."""

import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import urgent_figures
from benchmarks.suggest.make import by_hand, typed
from benchmarks.suggest.make import written as reports

HERE = Path(__file__).parent
MARKS = {"+": True, "-": False}
# Of these leaves some lines are emergencies; the lines of all others are plain reports.
DANGEROUS = {
    "kebakaran", "kekerasan_pa", "gangguan_ketertiban", "listrik", "hewan", "banjir", "layanan_covid", "faskes", "pmks",
    "narkoba",
}  # fmt: skip
SEED = 20210801
TYPED = 2  # further ways in which a line is typed
FRAMED = 2  # ways in which an emergency stays one, with more around it
FIGURES, TOPICS, REPORTS = 900, 500, 2500
LONG = 14  # words of a line around which nothing is put
BY_HAND, RETYPED, MADE, PLAIN = 1.0, 0.5, 0.3, 0.6  # how much a line counts


@dataclass(frozen=True, slots=True)
class Line:
    """A message, whether it tells an emergency, and how much it counts."""

    text: str
    urgent: bool
    weight: float = BY_HAND


def written() -> list[Line]:
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


class _Frames:
    def __init__(self, dice: random.Random) -> None:
        told: dict[str, str] = tomllib.loads((HERE / "frames.toml").read_text(encoding="utf-8"))
        self._said = {name: [each.strip() for each in items.split("|")] for name, items in told.items()}
        self._dice = dice

    def one(self, name: str) -> str:
        return self._dice.choice(self._said[name])

    def calmed(self, text: str) -> str:
        """An emergency that was, may be or is told of."""
        if self._dice.random() < 0.55:
            return f"{self.one('calm_before')} {text}"
        return f"{text}{self._dice.choice(('', ','))} {self.one('calm_after')}"

    def kept(self, text: str) -> str:
        """The same, with more around it."""
        where = self._dice.random()
        before = f"{self.one('now_before')} " if where < 0.6 else ""
        after = f" {self.one('now_after')}" if where > 0.4 else ""
        return f"{before}{text}{after}"

    def figure(self) -> str:
        """Danger that stands for something else."""
        who = self._dice.choice(("", self.one("figure_who")))
        if self._dice.random() < 0.65:
            said = f"{who} {self.one('figure_suffers')} {self.one('figure_thing')}"
        else:
            said = f"{self.one('figure_thing')} {who} {self.one('figure_does')}"
        tail = self.one("figure_tail") if self._dice.random() < 0.2 else ""
        return " ".join(f"{said} {tail}".split())

    def about(self) -> str:
        """Danger that is only spoken of."""
        return self.one("about").format(n=self.one("topic"))


def _around(lines: Sequence[Line], frames: _Frames) -> Iterator[Line]:
    for each in lines:
        if not each.urgent:
            yield Line(frames.kept(each.text), urgent=False, weight=MADE)
        elif len(each.text.split()) <= LONG:
            yield Line(frames.calmed(each.text), urgent=False, weight=MADE)
            yield from (Line(frames.kept(each.text), urgent=True, weight=MADE) for _ in range(FRAMED))


def examples(by_hand_too: Sequence[Line]) -> list[Line]:
    """All of it, the same at every call: these lines, what is made of them, and plain reports of the city."""
    dice = random.Random(SEED)
    frames = _Frames(dice)
    found = list(by_hand_too)
    for each in by_hand_too:
        found += [Line(typed(each.text, dice), each.urgent, RETYPED) for _ in range(TYPED)]
    found += _around(by_hand_too, frames)
    found += [Line(frames.figure(), urgent=False, weight=MADE) for _ in range(FIGURES)]
    found += [Line(frames.about(), urgent=False, weight=MADE) for _ in range(TOPICS)]
    return found + list(_plain(frames, dice))


def _plain(frames: _Frames, dice: random.Random) -> Iterator[Line]:
    """Reports of the city that are none of danger, also with a call for haste around them."""
    for each in by_hand():
        if each.leaf not in DANGEROUS:
            yield Line(each.text, urgent=False, weight=PLAIN)
            yield Line(frames.kept(each.text), urgent=False, weight=PLAIN / 2)
    told = [each.text for each in reports() if not each.line and each.leaf not in DANGEROUS]
    yield from (Line(text, urgent=False, weight=PLAIN / 2) for text in dice.sample(told, REPORTS))
