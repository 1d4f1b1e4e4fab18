"""Which words give their writer away, by what was learned from lines of many hands: a tag for each token of a text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core import encoder
from core.encoder import CLOSED, Tokens
from core.redact import edges, scripts
from core.redact.grammar import KINDS, candidates
from core.redact.page import Page
from core.redact.public_prose import is_public_prose
from core.redact.traces import Span, Trace

WEIGHTS: Final = "tagger.npz"
OUTSIDE: Final = "O"
TAGS: Final = (OUTSIDE, *(f"{place}-{kind.value}" for kind in Trace for place in "BI"))
"""What a token is: outside of all traces, at the beginning of one, or inside of one."""

_KIND_OF: Final = (None, *(kind for kind in Trace for _ in "BI"))
_SURELY_OUTSIDE: Final = 0.99  # likelihood from which a token is of no trace, whatever stands beside it
# What may stand in one piece with digits, or with letters too.
_LINKS: Final = dict.fromkeys((Trace.PHONE, Trace.NIK, Trace.BANK_ACCOUNT), "-./") | {
    Trace.EMAIL: "._-+@/",
    Trace.URL_PROFILE: "._-+@/?=&%~#",
}
_FEW: Final = 4  # doubtful stretches of a text that are read one by one
_LONGEST_ROW: Final = 40  # tokens of a row of digits, or of a link, that are looked at on either side
_BLOCK: Final = 256  # tokens whose numbers fit into a processor's own memory: all at once take half as long again

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Tagger:
    """The file, read."""

    near: Numbers  # numbers of three neighbours in
    near_bias: Numbers
    out: Numbers
    out_bias: Numbers
    follows: Numbers  # what speaks for a tag behind another
    begins: Numbers  # what speaks for a tag at the beginning
    sure: float  # likelihood from which a trace is certain
    # Of a text in which nothing is closed, of one in which something is, and of news in which nothing is: who gives
    # themselves away once may twice, and news tells of others.
    leaning: Numbers  # what is added to each tag: of how much worse it is to miss one than to close too much
    least: Sequence[Mapping[Trace, float]]  # likelihood below which it is none, by its kind

    def scores(self, seen: Numbers) -> Numbers:
        """What speaks for each tag of each token."""
        edge = np.zeros((1, seen.shape[1]), np.float32)
        around = np.concatenate((edge, seen, edge))
        made = np.empty((len(seen), self.out.shape[1]), np.float32)
        for at in range(0, len(seen), _BLOCK):
            there = slice(at, min(at + _BLOCK, len(seen)))
            three = (around[there], around[there.start + 1 : there.stop + 1], around[there.start + 2 : there.stop + 2])
            near = np.concatenate(three, axis=1) @ self.near + self.near_bias
            made[there] = np.maximum(near, 0, out=near) @ self.out + self.out_bias
        return made


@cache
def _tagger() -> _Tagger:
    """Read at its first use, once."""
    with files(__package__).joinpath(WEIGHTS).open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
        limits = stored["limits"].tolist()
        named = ("near", "near_bias", "out", "out_bias", "follows", "begins", "leaning")
        return _Tagger(
            **{name: stored[name].astype(np.float32) for name in named},
            sure=limits[0][0],
            least=[dict(zip(Trace, least, strict=True)) for _, *least in limits],
        )


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring tokens that are one trace: the first, the one behind the last."""

    start: int
    end: int
    kind: Trace


def traces(page: Page) -> Iterator[Span]:
    """The traces of a page, in order, none over another. Pure, and in line with the length of the page."""
    reading = encoder.read(page.text)
    tokens = reading.tokens
    if not tokens:
        return
    tagger = _tagger()
    row = 1 if CLOSED in page.text else 2 if is_public_prose(page.text) else 0
    least = tagger.least[row]
    written = [(span.kind, stretch(tokens, span)) for span in candidates(page)]
    scores = tagger.scores(np.concatenate((reading.states, ruled(len(tokens), written)), axis=1))
    likely = 1 - _shares(scores)[:, 0]
    runs = list(_runs(tags(scores + tagger.leaning[row], tagger.follows, tagger.begins)))
    if scripts.is_unlearned(page.text):
        runs = [run for run in runs if run.kind in KINDS or scripts.is_announced(run.start, run.end, tokens.said)]
        least = {**least, **dict.fromkeys(KINDS, 0.0)}
    likely_ones = [(kind, at, _mean(likely, at) >= least[kind]) for kind, at in written]
    kept = [(run, _mean(likely, range(run.start, run.end))) for run in _whole(runs, likely_ones, tokens)]
    kept = [(run, likelihood) for run, likelihood in kept if likelihood >= least[run.kind]]
    done = 0
    for (run, likelihood), behind in zip(kept, [*(run.start for run, _ in kept), len(tokens)][1:], strict=True):
        at = edges.mended(range(run.start, run.end), run.kind, tokens, range(done, behind))
        done = at.stop
        yield Span(tokens.starts[at.start], tokens.end(done - 1), run.kind, certain=likelihood >= tagger.sure)


def ruled(size: int, written: Sequence[tuple[Trace, range]]) -> Numbers:
    """For each token, of which kinds it is by its grammar."""
    found = np.zeros((size, len(KINDS)), np.float32)
    for kind, at in written:
        found[at.start : at.stop, KINDS.index(kind)] = 1
    return found


def stretch(tokens: Tokens, span: Span) -> range:
    """The tokens that a span touches; there is one."""
    first = max(bisect_right(tokens.starts, span.start) - 1, 0)
    first += tokens.end(first) <= span.start
    return range(first, bisect_left(tokens.starts, span.end, lo=first))


def _shares(scores: Numbers) -> Numbers:
    raised: Numbers = np.exp(scores - np.maximum.reduce(scores, axis=1, keepdims=True))
    raised /= np.add.reduce(raised, axis=1, keepdims=True)
    return raised


def tags(scores: Numbers, follows: Numbers, begins: Numbers) -> list[int]:
    """The tag of each token; the way is looked for only where something speaks for a trace, which is seldom."""
    found = [0] * len(scores)
    perhaps = (_shares(scores)[:, 0] < _SURELY_OUTSIDE).tolist()
    doubtful = []
    start = 0
    for at, one in enumerate((*perhaps, False)):
        if one:
            continue
        if at > start:
            doubtful.append((start, at))
        start = at + 1
    if len(doubtful) > _FEW:
        return _ways(scores, follows, begins, doubtful)
    for start, end in doubtful:
        found[start:end] = _way(scores[start:end], follows, follows[0] if start else begins)
    return found


def _ways(scores: Numbers, follows: Numbers, begins: Numbers, doubtful: Sequence[tuple[int, int]]) -> list[int]:
    """The same of many stretches, found together: a step is one of all that are so long."""
    ordered = sorted(doubtful, key=lambda each: each[0] - each[1])  # the longest first
    starts = np.array([start for start, _ in ordered])
    sizes = [end - start for start, end in ordered]
    turned = np.ascontiguousarray(follows.T)
    ways = [scores[starts] + np.where(starts[:, None] > 0, follows[0], begins)]
    for step in range(1, sizes[0]):
        going = sum(size > step for size in sizes)
        ways.append(np.maximum.reduce(turned + ways[-1][:going, None], axis=2) + scores[starts[:going] + step])
    found = np.zeros(len(scores), np.intp)
    last = np.zeros(0, np.intp)
    for step in range(sizes[0] - 1, -1, -1):
        way = ways[step]
        behind = np.concatenate((last, np.zeros(len(way) - len(last), np.intp)))  # nothing of a trace stands behind
        last = (way + turned[behind]).argmax(axis=1)
        found[starts[: len(way)] + step] = last
    return found.tolist()


def _way(scores: Numbers, follows: Numbers, begins: Numbers) -> list[int]:
    """The row of tags for which most speaks (Viterbi), in line with the length."""
    turned = np.ascontiguousarray(follows.T)  # a row for each tag behind another
    ways = [scores[0] + begins]
    for row in scores[1:]:
        ways.append(np.maximum.reduce(turned + ways[-1], axis=1) + row)
    found = [0]  # as if what is of no trace stood behind it
    for way in reversed(ways):
        found.append(int((way + turned[found[-1]]).argmax()))
    return found[:0:-1]


def _runs(tags: Sequence[int]) -> Iterator[_Run]:
    """A tag for the inside of a trace goes on with what stands before it."""
    start = 0
    for at in range(1, len(tags) + 1):
        kind = _KIND_OF[tags[start]]
        if at < len(tags) and kind is not None and _KIND_OF[tags[at]] is kind and TAGS[tags[at]].startswith("I"):
            continue
        if kind is not None:
            yield _Run(start, at, kind)
        start = at


def _mean(likely: Numbers, at: range) -> float:
    return float(np.add.reduce(likely[at.start : at.stop])) / len(at)


def _whole(runs: Sequence[_Run], written: Sequence[tuple[Trace, range, bool]], tokens: Tokens) -> list[_Run]:
    """What is one by its grammar is closed as one, or not at all; a row of digits too. In order, none over another.

    `written`: what is one, where, and whether it is closed although no tag says so.
    """
    kept = [_to_its_end(run, tokens) if run.kind in _LINKS else run for run in runs]
    run_of: dict[int, _Run] = {at: run for run in runs for at in range(run.start, run.end)}
    for kind, at, perhaps in written:
        over = [run_of[each] for each in at if each in run_of]
        if all(run.kind in KINDS for run in over) and (over or perhaps):
            kept.append(_Run(at.start, at.stop, over[0].kind if over else kind))
    whole: list[_Run] = []
    for run in sorted(kept, key=lambda run: (run.start, -run.end)):
        if whole and run.start < whole[-1].end:
            whole[-1] = _Run(whole[-1].start, max(whole[-1].end, run.end), whole[-1].kind)
        else:
            whole.append(run)
    return whole


def _to_its_end(run: _Run, tokens: Tokens) -> _Run:
    """All of a number or an address that is written in one piece, without the signs that only end it."""
    links = _LINKS[run.kind]
    start, end = run.start, run.end
    while start > max(0, run.start - _LONGEST_ROW) and edges.joined(tokens, start - 1, links):
        start -= 1
    while end < min(len(tokens), run.end + _LONGEST_ROW) and edges.joined(tokens, end - 1, links):
        end += 1
    while start < run.start and tokens.said[start] in links:
        start += 1
    while end > run.end and tokens.said[end - 1] in links:
        end -= 1
    return _Run(start, end, run.kind)
