"""Weights for a city's kinds out of lines that its operator has; what is personal in them is closed first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.city_pack import kind_fitting
from core import kind_weights
from core.categories import CATEGORIES
from core.model import CategoryId
from core.redact import closed
from core.suggest import cues
from core.suggest.learned import NOTHING, RARITY_UNIT
from core.suggest.words import stems

LEAST: Final = 10  # lines of a kind; one with fewer is found by its cues
HELD_OUT: Final = 5  # one of so many lines of a kind tells how sure the weights may be
_OF_LINE, _OF_CUE = 2.0, 0.7  # what each counts
_LONGEST: Final = 20_000  # characters of a line
_MOST: Final = 200_000  # lines


class TrainingLine(NamedTuple):
    """A message and its kind."""

    kind: CategoryId
    text: str


@dataclass(frozen=True, slots=True)
class Trained:
    """A file of weights, and what it is worth on lines that were kept aside while it was measured."""

    weights: bytes
    kinds: int  # with enough lines
    left: tuple[CategoryId, ...]  # kinds with fewer, which stay found by their cues
    asked: int  # lines kept aside that are about a kind
    right: int  # of those, how many got the right kind first
    right_by_cues: int  # the same by cues alone


class UnfitLines(ValueError):
    """Sentences that say what is wrong, by line."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(*sentences)
        self.sentences = tuple(sentences)


def lines_of(text: str) -> list[TrainingLine]:
    """`kind<TAB>words`, a line each, `-` for what is no report; raises UnfitLines."""
    known = {NOTHING, *(each.id for each in CATEGORIES)}
    found, wrong = list[TrainingLine](), list[str]()
    for at, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        kind, _, said = line.rstrip("\r").partition("\t")
        if not line.strip():
            continue
        if kind not in known:
            wrong.append(f"Line {at}: {kind[:40]!r} is no kind of this city. Write its id, a tab, the words.")
        elif not said.strip() or len(said) > _LONGEST:
            wrong.append(f"Line {at} has {'no words' if not said.strip() else 'too many words'}.")
        else:
            found.append(TrainingLine(CategoryId(kind), said))
    if len(found) > _MOST:
        wrong.append(f"There are {len(found)} lines: at most {_MOST}.")
    if wrong:
        raise UnfitLines(wrong)
    return found


def trained(lines: Sequence[TrainingLine]) -> Trained:
    """Raises UnfitLines where there are too few to learn from."""
    count = Counter(each.kind for each in lines)
    enough = [each.id for each in CATEGORIES if count[each.id] >= LEAST and not each.retired]
    if count[NOTHING] < LEAST or not enough:
        raise UnfitLines(list(_too_few(count)))
    classes = (*enough, NOTHING)
    used = [each._replace(text=closed(each.text)) for each in lines if each.kind in classes]
    aside = set(_aside(used))
    kept = [each for at, each in enumerate(used) if at not in aside]
    asked = [each for at, each in enumerate(used) if at in aside]
    measured = _fitted(classes, kept).logits([kind_fitting.words_of(each.text) for each in asked])
    whole = _fitted(classes, used)
    heat = kind_fitting.cooled(measured, _places(classes, asked))
    said = [(each, classes[int(row[:-1].argmax())]) for each, row in zip(asked, measured, strict=True)]
    told = [(each, first) for each, first in said if each.kind != NOTHING]
    return Trained(
        _packed(classes, whole, heat),
        len(enough),
        tuple(each.id for each in CATEGORIES if each.id not in classes and not each.retired),
        len(told),
        sum(each.kind == first for each, first in told),
        sum(each.kind == _by_cues(each.text) for each, _ in told),
    )


def _packed(classes: Sequence[CategoryId], fitted: kind_fitting.Fitted, heat: float) -> bytes:
    rarity = np.round(fitted.rarity * RARITY_UNIT).astype(np.uint8)
    weights, bias = fitted.weights.tobytes(), tuple(fitted.bias.tolist())
    return kind_weights.packed(
        kind_weights.StoredWeights(tuple(classes), fitted.scale, heat, weights, bias, rarity.tobytes())
    )


def _too_few(count: Counter[CategoryId]) -> Iterator[str]:
    if count[NOTHING] < LEAST:
        yield f"{count[NOTHING]} lines are no report: write {LEAST} at least, as -, a tab, the words (as: thanks)."
    if not any(lines >= LEAST for kind, lines in count.items() if kind != NOTHING):
        yield f"No kind has {LEAST} lines."


def _aside(lines: Sequence[TrainingLine]) -> Iterator[int]:
    """Every fifth of each kind."""
    seen = Counter[CategoryId]()
    for at, each in enumerate(lines):
        seen[each.kind] += 1
        if seen[each.kind] % HELD_OUT == 0:
            yield at


def _fitted(classes: Sequence[CategoryId], lines: Sequence[TrainingLine]) -> kind_fitting.Fitted:
    """Of lines, and of the cues of the kinds that are learned: who learns a kind reads its cues no more."""
    from_cues = [TrainingLine(each.id, cue) for each in CATEGORIES if each.id in classes for cue in each.cues]
    texts = [kind_fitting.words_of(each.text) for each in (*lines, *from_cues)]
    counts = np.array([_OF_LINE] * len(lines) + [_OF_CUE] * len(from_cues), np.float32)
    return kind_fitting.fitted(texts, _places(classes, (*lines, *from_cues)), counts, len(classes))


def _places(classes: Sequence[CategoryId], lines: Sequence[TrainingLine]) -> NDArray[np.intp]:
    return np.array([classes.index(each.kind) for each in lines], dtype=np.intp)


def _by_cues(text: str) -> CategoryId:
    weighed = cues.weights(stems(text))
    return max(weighed, key=weighed.__getitem__, default=NOTHING)
