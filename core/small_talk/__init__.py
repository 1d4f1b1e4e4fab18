"""Reading room of what is said to us and reports nothing: questions about us, thanks, anger, adverts, chat.

Who lives here: `likelihood`. What such words are about is told by a table of the conversation, topics.toml.
"""

from math import exp
from typing import Final

from core import watch
from core.analysis import remembered
from core.small_talk.hashed_words import signs, words_of

MOST: Final = 20
"""Words of a message that is read; a longer one tells something, whatever it is."""


@remembered
@watch.total_else("small_talk", answer=0.0)  # what cannot be read may be a report
def likelihood(text: str, /) -> float:
    """How likely it is, from 0 to 1, that a message reports nothing; pure and total."""
    words = words_of(text)
    if not 0 < len(words) <= MOST:
        return 0.0
    from core.small_talk.model import logit  # noqa: PLC0415 - numpy is slow to import, and most commands read none

    return 1 / (1 + exp(-logit(text, signs(words))))
