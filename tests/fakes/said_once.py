"""An analysis for as long as a test: the same few words are said again and again, and what they mean is read once."""

from collections.abc import Hashable

from core.analysis import Analysis
from core.messages import Point


class _OfWords(dict[Hashable, object]):
    """What was read of words or a point alone: every other question is a new one."""

    def __setitem__(self, question: Hashable, answer: object) -> None:
        _, asked, *how = question if isinstance(question, tuple) else (None, ())
        if not how and all(isinstance(each, str | Point) for each in asked):
            super().__setitem__(question, answer)


class SaidOnce(Analysis):
    """To be opened around many turns."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__()
        self.read = _OfWords()
