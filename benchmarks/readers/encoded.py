"""Messages in the numbers that the network learns from."""

import numpy as np
from numpy.typing import NDArray

from benchmarks.readers.lines import NONE, Line
from benchmarks.readers.network import NOT_SAID, RULES, Message
from benchmarks.redact_figures import Mark
from core.categories import CATEGORIES
from core.encoder import Tokens, features, lexicon
from core.redact.grammar import candidates
from core.redact.page import Page, read
from core.redact.tagger import TAGS, ruled, stretch

LONGEST = 6000  # characters of a message
KINDS = (*(each.id for each in CATEGORIES), NONE)


class Encoding:
    """Messages by a lexicon; what is known of a word is found out once."""

    def __init__(self, known: lexicon.Lexicon) -> None:
        self._lexicon = known
        self._words: dict[str, lexicon.WordEntry] = {}

    def message(self, line: Line, *, ruled_too: bool = True) -> Message:
        """A message with the tags that its marks make; those of a doubtful mark weigh nothing."""
        page = read(line.text[:LONGEST])
        found = Tokens(page.text)
        words = [self._word(each.lower()) for each in found.said]
        tags, weights = np.zeros(len(found), np.int64), np.ones(len(found), np.float32)
        for mark in line.marks:
            _mark(mark, page, found, tags, weights)
        rules = np.zeros((len(found), RULES), np.float32)
        if ruled_too:
            rules = ruled(len(found), [(span.kind, stretch(found, span)) for span in candidates(page)])
        return Message(
            rows=np.array([each.row for each in words], np.int64),
            pieces=[list(each.pieces) for each in words],
            known=np.array([each.known for each in words], np.float32).reshape(len(found), lexicon.KNOWN),
            shapes=np.array([features.shape(each) for each in found.said], np.int64),
            flags=features.flags(page.text, found),
            rules=rules,
            tags=tags,
            weights=weights if line.marked else np.zeros_like(weights),
            kind=NOT_SAID if line.kind is None else KINDS.index(line.kind),
            danger=NOT_SAID if line.danger is None else int(line.danger),
        )

    def _word(self, word: str) -> lexicon.WordEntry:
        if word not in self._words:
            self._words[word] = self._lexicon.entry(word)
        return self._words[word]


def _mark(mark: Mark, page: Page, found: Tokens, tags: NDArray[np.int64], weights: NDArray[np.float32]) -> None:
    begun = False
    for at, (start, said) in enumerate(zip(found.starts, found.said, strict=True)):
        if not mark.start <= page.at[start] < mark.end:
            continue
        if not mark.certain:
            weights[at] = 0
        elif said != "\n" or begun:
            tags[at] = TAGS.index(f"{'I' if begun else 'B'}-{mark.kind.value}")
            begun = True
