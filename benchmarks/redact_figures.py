"""How well core.redact reads: recall and false alarms by kind, on the lines of tests/redaction_*.toml.

Run: python benchmarks/redact_figures.py            prints the tables that docs/redaction.md holds
     python benchmarks/redact_figures.py --errors   names the lines of the development half that went wrong
     python benchmarks/redact_figures.py --voices   prints the same tables for the voices of the second set only
"""

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from core.redact import Span, Trace, find  # noqa: E402 - run as a script, the root must be on the path first

HEAD = (
    "| kind | closed | of the right kind | doubtful found | false alarms, certain | doubtful |",
    "|---|---|---|---|---|---|",
)
HALVES = ("development", "held out", "blind")
SETS = ("redaction_set.toml", "redaction_blind.toml")
MARK = re.compile(r"\{(\w+)([:?])([^{}]*)\}")
# Of a number or a name every letter must be closed; of a remark or an address most is enough, with an address' digits.
LOOSE = frozenset({Trace.ADDRESS_SELF, Trace.THIRD_PARTY})
ENOUGH = 0.6
# An e-wallet is a telephone number, wa.me a link and a number, "my house opposite" an address and a remark.
WHO_AND_WHERE = frozenset({Trace.THIRD_PARTY, Trace.ADDRESS_SELF, Trace.NAME_SELF})
WALLET = re.compile(r"\W*(?:\+?62|0)[ \-.]?8")
PAID = re.compile(r"wa\.me|paypal\.me", re.IGNORECASE)
# Signs a span may run over the mark's edge before it counts as closing too much: a remark takes its sentence along.
OVER = {True: 40, False: 12}


@dataclass(frozen=True, slots=True)
class Mark:
    """What the set says of a piece of a line; not `certain`: closed or open, either is right."""

    start: int
    end: int
    kind: Trace
    certain: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A message without its marks, and the marks."""

    half: str
    voice: str
    text: str
    marks: tuple[Mark, ...]


def parsed(half: str, voice: str, marked: str) -> Line:
    """The marks taken out of the words."""
    text, marks, done = "", [], 0
    for found in MARK.finditer(marked):
        text += marked[done : found.start()]
        marks.append(Mark(len(text), len(text) + len(found[3]), Trace(found[1]), certain=found[2] == ":"))
        text += found[3]
        done = found.end()
    return Line(half, voice, text + marked[done:], tuple(marks))


def lines() -> tuple[Line, ...]:
    """Every line of the set, in its order."""
    return tuple(line for name in SETS for line in lines_of(name))


def lines_of(name: str) -> tuple[Line, ...]:
    """Every line of one file of the set."""
    table = tomllib.loads((ROOT / "tests" / name).read_text(encoding="utf-8"))
    return tuple(parsed(v["half"], v["name"], words) for v in table["voice"] for words in v["lines"])


def _signs(text: str, start: int, end: int) -> Iterator[int]:
    return (at for at in range(start, end) if text[at].isalnum())


def is_closed(line: Line, mark: Mark, spans: tuple[Span, ...]) -> bool:
    """What had to be closed is; by a span of whatever kind."""
    covered = {at for span in spans for at in range(span.start, span.end)}
    signs = list(_signs(line.text, mark.start, mark.end))
    share = sum(at in covered for at in signs) / len(signs)
    if mark.kind in LOOSE:
        digits = [at for at in signs if line.text[at].isdigit()] if mark.kind is Trace.ADDRESS_SELF else []
        return share >= ENOUGH and all(at in covered for at in digits)
    return share == 1


def is_named(line: Line, mark: Mark, spans: tuple[Span, ...]) -> bool:
    """A span of the right kind stands on it, or of one that nobody could tell from it."""
    on_it = (s for s in spans if s.start < mark.end and mark.start < s.end)
    return any(s.kind is mark.kind or _alike(line.text[mark.start : mark.end], {s.kind, mark.kind}) for s in on_it)


def _alike(words: str, kinds: set[Trace]) -> bool:
    if kinds <= WHO_AND_WHERE:
        return True
    wallet = WALLET.match(words) is not None and kinds <= {Trace.PHONE, Trace.BANK_ACCOUNT}
    return wallet or (PAID.search(words) is not None and kinds <= {Trace.PHONE, Trace.BANK_ACCOUNT, Trace.URL_PROFILE})


def false_alarms(line: Line, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans that no mark explains, or that take far more than it."""
    return tuple(span for span in spans if _is_false(line, span))


def _is_false(line: Line, span: Span) -> bool:
    touched = [m for m in line.marks if m.start < span.end and span.start < m.end]
    if not touched:
        return True
    marked = {at for mark in line.marks for at in range(mark.start, mark.end)}
    over = sum(at not in marked for at in _signs(line.text, span.start, span.end))
    return over > OVER[span.kind in LOOSE]


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one half, by kind; `crowd` and `bothered`: negative lines, and those with a false alarm."""

    due: Counter[Trace]
    closed: Counter[Trace]
    named: Counter[Trace]
    doubtful: Counter[Trace]
    asked: Counter[Trace]
    alarms: Counter[Trace]
    sure_alarms: Counter[Trace]
    crowd: int
    bothered: int
    surely_bothered: int


def figures(half: str, of: tuple[Line, ...]) -> Figures:
    """Counted over the lines of a half."""
    counts = [Counter[Trace]() for _ in range(7)]
    due, closed, named, doubtful, asked, alarms, sure = counts
    crowd = bothered = surely = 0
    for line in (each for each in of if each.half == half):
        spans = find(line.text)
        for mark in line.marks:
            got = is_closed(line, mark, spans)
            (due if mark.certain else doubtful)[mark.kind] += 1
            (closed if mark.certain else asked)[mark.kind] += got
            named[mark.kind] += mark.certain and got and is_named(line, mark, spans)
        wrong = false_alarms(line, spans)
        alarms.update(s.kind for s in wrong)
        sure.update(s.kind for s in wrong if s.certain)
        if not line.marks:
            crowd += 1
            bothered += bool(wrong)
            surely += any(s.certain for s in wrong)
    return Figures(due, closed, named, doubtful, asked, alarms, sure, crowd, bothered, surely)


def _of(part: int, whole: int) -> str:
    return f"{part}/{whole} ({part / whole:.0%})" if whole else "-"


def _rows(of: Figures) -> Iterator[str]:
    for kind in Trace:
        yield (
            f"| {kind} | {_of(of.closed[kind], of.due[kind])} | {_of(of.named[kind], of.closed[kind])} "
            f"| {_of(of.asked[kind], of.doubtful[kind])} | {of.sure_alarms[kind]} "
            f"| {of.alarms[kind] - of.sure_alarms[kind]} |"
        )
    closed, due, sure = of.closed.total(), of.due.total(), of.sure_alarms.total()
    yield (
        f"| **all** | {_of(closed, due)} | {_of(of.named.total(), closed)} "
        f"| {_of(of.asked.total(), of.doubtful.total())} | {sure} | {of.alarms.total() - sure} |"
    )


def table(of: tuple[Line, ...]) -> str:
    """Markdown: a table for each half, and a line for its negative lines."""
    parts = []
    for half in (each for each in HALVES if any(line.half == each for line in of)):
        got = figures(half, of)
        size = sum(line.half == half for line in of)
        bothered = _of(got.bothered, got.crowd)
        alarmed = f"false alarms in {bothered} of those ({got.surely_bothered} by a certain span)"
        parts += [
            f"**{half.capitalize()}**: {size} lines, {got.crowd} without any trace; {alarmed}.",
            "",
            *HEAD,
            *_rows(got),
            "",
        ]
    return "\n".join(parts).strip()


def _errors(of: tuple[Line, ...]) -> Iterator[str]:
    for line in (each for each in of if each.half == "development"):
        spans = find(line.text)
        for mark in line.marks:
            if mark.certain and not is_closed(line, mark, spans):
                got = [f"{s.kind}:{line.text[s.start : s.end]}" for s in spans]
                yield f"open   {mark.kind} <{line.text[mark.start : mark.end]}> in: {line.text!r} {got}"
        for span in false_alarms(line, spans):
            yield f"alarm  {span.kind} {span.certain} <{line.text[span.start : span.end]}> in: {line.text!r}"


def main() -> None:
    """Print the tables, or the errors that may be looked at."""
    if "--voices" in sys.argv:
        print(table(lines_of("redaction_blind.toml")))
    else:
        print("\n".join(_errors(lines())) if "--errors" in sys.argv else table(lines()))


if __name__ == "__main__":
    main()
