"""Whether words to a citizen ask who they are, or call them out; what they ask about the problem may go."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from core.staff_words import rules
from core.staff_words.letters import views
from core.staff_words.persons import words_of
from core.staff_words.prying_model import logit
from core.staff_words.signs import signs

LINE: Final = -0.3
"""Above it a question is refused: docs/staff-words.md says what that comes to among questions of strangers."""
_SENTENCE: Final = re.compile(r"[^.?!;]+(?:[.?!;]+(?=\s|$)|[.?!;](?=\S)|$)")
_LEAST: Final = 2  # words of a sentence that is looked at by itself
_MOST: Final = 24  # sentences; a text for a citizen has fewer


def pries(text: str, *, asks: bool = True) -> str | None:
    """The key of the phrase that refuses it; None: it may go. `asks`: it is a question, and no report of what was done.

    What was done is told in sentences that no line of questions teaches: there only what is sure is refused.
    """
    for view in views(text):
        sentences = list(_sentences(view))
        if asks and any(logit(signs(each)) > LINE for each in (view, *sentences)):
            return _key(sentences)
        if not asks and any(_sure(each) for each in chain((view,), sentences)):
            return _key(sentences)
    return None


def _sure(sentence: str) -> bool:
    if rules.about_writer(words_of(sentence)):
        return True
    return sentence.rstrip().endswith("?") and logit(signs(sentence)) > LINE


def _key(sentences: list[str]) -> str:
    calls = any(rules.calls_out(words_of(each)) for each in sentences)
    return "words_meeting" if calls else "words_writer"


def _sentences(view: str) -> Iterator[str]:
    """Each sentence that is long enough to say something."""
    found = (each.group().strip() for each in _SENTENCE.finditer(view))
    yield from [each for each in found if len(each.split()) >= _LEAST][:_MOST]
