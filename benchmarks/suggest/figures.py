"""How good the suggestions are, how fast and how large, as docs/suggest.md tells it between its marks.

Run: python benchmarks/suggest/figures.py [--write]
"""

import argparse
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from core.categories import category  # noqa: E402 - found by the line above
from core.model import CategoryId  # noqa: E402 - likewise
from core.suggest import Suggestion, suggest  # noqa: E402 - likewise

SETS = {"development": ROOT / "tests" / "suggest_dev.tsv", "test": ROOT / "tests" / "suggest_test.tsv"}
WEIGHTS = ROOT / "core" / "suggest" / "weights.npz"
PAGE = ROOT / "docs" / "suggest.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
NOTHING = "-"
STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0)
NOWHERE = 9
LOADING = (
    "import sys, time; sys.path.insert(0, {root!r}); from core.suggest import suggest; a = time.process_time(); "
    "import numpy; b = time.process_time(); suggest('lampu'); print(b - a, time.process_time() - b)"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A message, what it is about, how it is written, and what was suggested."""

    leaf: str
    register: str
    text: str
    found: Suggestion

    @property
    def first(self) -> str:
        """What came first, or that nothing was offered."""
        return self.found.ranked[0][0] if self.found.ranked else NOTHING

    @property
    def place(self) -> int:
        """0: the right one came first."""
        ranked = [each for each, _ in self.found.ranked]
        return ranked.index(CategoryId(self.leaf)) if self.leaf in ranked else NOWHERE


def asked(path: Path) -> list[Asked]:
    """`leaf<TAB>register<TAB>text` lines, each suggested for."""
    rows = (line.split("\t", 2) for line in path.read_text(encoding="utf-8").splitlines())
    return [Asked(leaf, register, text, suggest(text)) for leaf, register, text in rows]


def share(count: int, of: int) -> str:
    """In percent."""
    return f"{100 * count / of:.1f} %" if of else "-"


def row(name: str, part: Sequence[Asked]) -> str:
    """First, among three, nothing offered."""
    places = [each.place for each in part]
    first, three = sum(at == 0 for at in places), sum(at < 3 for at in places)
    silent = sum(not each.found.ranked for each in part)
    return f"| {name} | {len(part)} | {share(first, len(part))} | {share(three, len(part))} | {silent} |"


def parted(told: Sequence[Asked], by: Callable[[Asked], str]) -> dict[str, list[Asked]]:
    """By name, in the order of the names."""
    found: dict[str, list[Asked]] = defaultdict(list)
    for each in told:
        found[by(each)].append(each)
    return dict(sorted(found.items()))


def calibration(told: Sequence[Asked]) -> Iterator[str]:
    """What was promised and what was kept, by steps of the best score."""
    yield "| score of the first | messages | mean score | right |"
    yield "|---|---|---|---|"
    for low, high in pairwise(STEPS):
        part = [each for each in told if each.found.ranked and low <= each.found.ranked[0][1] < high]
        if part:
            mean = sum(each.found.ranked[0][1] for each in part) / len(part)
            right = sum(each.place == 0 for each in part)
            yield f"| {low:.1f} to {high:.1f} | {len(part)} | {100 * mean:.1f} % | {share(right, len(part))} |"


def report(name: str, told: Sequence[Asked]) -> Iterator[str]:
    """The tables of one set."""
    meant = [each for each in told if each.leaf != NOTHING]
    noise = [each for each in told if each.leaf == NOTHING]
    head = ("| | messages | first | among three | nothing offered |", "|---|---|---|---|---|")
    yield from (f"### {name.capitalize()} set", "", *head, row("all leaves", meant))
    yield from (row(f"group {key}", part) for key, part in parted(meant, lambda e: _group(e.leaf)).items())
    yield from (row(f"register {key}", part) for key, part in parted(meant, lambda e: e.register).items())
    yield from (row("restricted leaves", [e for e in meant if category(CategoryId(e.leaf)).restricted]), "")
    silent = sum(not each.found.ranked for each in noise)
    yield from (f"Of {len(noise)} messages that are no report, {silent} are offered nothing.", "")
    yield from (*calibration(told), "", "Ten most frequent confusions (meant, read as, how often):", "")
    wrong = Counter((each.leaf, each.first) for each in told if each.leaf != each.first)
    best = sorted(wrong.items(), key=lambda each: (-each[1], each[0]))[:10]
    yield from (f"- `{leaf}` as `{first}`: {count}" for (leaf, first), count in best)
    yield ""


def _group(leaf: str) -> str:
    return category(CategoryId(leaf)).group


def speed(texts: Sequence[str]) -> Iterator[str]:
    """Median of a message, of a long mail, size and time to load."""
    mail = " ".join(texts)[:2000]
    usual = sorted(min(_seconds(text) for _ in range(5)) for text in texts)
    loads = [_loaded() for _ in range(5)]
    numpy, weights = min(each[0] for each in loads), min(each[1] for each in loads)
    median, longest = 1000 * usual[len(usual) // 2], 1000 * usual[-1]
    yield f"- a message: {median:.2f} ms (median), {longest:.2f} ms (slowest of the set)"
    yield f"- a mail of 2,000 characters: {1000 * min(_seconds(mail) for _ in range(20)):.2f} ms"
    yield f"- weights: {WEIGHTS.stat().st_size / 1e6:.2f} MB on disk"
    once = f"numpy {1000 * numpy:.0f} ms, all else {1000 * weights:.0f} ms of processor time"
    yield f"- at the first suggestion of a process: {once}"


def _seconds(text: str) -> float:
    start = perf_counter()
    suggest(text)
    return perf_counter() - start


def _loaded() -> tuple[float, float]:
    code = LOADING.format(root=str(ROOT))
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    numpy, weights = told.stdout.split()
    return float(numpy), float(weights)


def page(names: Sequence[str]) -> str:
    """Everything between the marks."""
    told = {name: asked(SETS[name]) for name in names}
    lines = [each for name in names for each in report(name, told[name])]
    lines += ["### Speed and size", "", *speed([each.text for each in told[names[0]]])]
    return "\n".join(lines)


def main() -> None:
    """The command."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--write", action="store_true", help="put the figures into docs/suggest.md")
    given.add_argument("--set", choices=tuple(SETS), action="append", help="one set alone")
    chosen = given.parse_args()
    figures = page(chosen.set or tuple(SETS))
    if chosen.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{figures}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    else:
        print(figures)


if __name__ == "__main__":
    main()
