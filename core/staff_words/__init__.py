"""What staff write to citizens: refused where it leads out of the service, or asks who wrote.

Who lives here: `refusal` (the one check of such words), `contact_details` (links, numbers, addresses, accounts in any
spelling), `prying` (questions about the writer), `letters` (a text as both read it), `named` (what the city itself
may be reached by).
"""

from core.staff_words.contact_details import contact
from core.staff_words.letters import folded
from core.staff_words.persons import words_of as _words_of
from core.staff_words.prying import pries

__all__ = ["contact", "pries", "refusal", "words_of"]


def refusal(text: str, named: tuple[str, ...] = (), *, asks: bool = True) -> str | None:
    """The key of the phrase that refuses these words; None: they may go. `named`: the city's own numbers and addresses.

    `asks`: they are a question, and no report of what was done.
    """
    return contact(text, named) or pries(text, asks=asks)


def words_of(text: str) -> list[str]:
    """The words of a text, each in one spelling."""
    return _words_of(folded(text))
