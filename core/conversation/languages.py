"""Which language words are in, where that is plain: even of a few words, by what only one language has."""

import re
from collections import Counter
from dataclasses import replace
from typing import Final

from core.analysis import remembered
from core.conversation.intents import normal
from core.model import Dialogue, Step
from core.phrases import SPOKEN
from core.toml_rows import listed, read, text

_TABLE: Final = read(__package__, "languages.toml")
_ENGLISH: Final = frozenset(listed(text(_TABLE, "english")))
_PLAIN: Final = frozenset(listed(text(_TABLE, "plain")))
_INDONESIAN: Final = frozenset(listed(text(_TABLE, "indonesian"))) | _PLAIN
_READ: Final = 2_000  # characters
_SHARE: Final = 4  # of all words, one in so many at least must be known as English
_APOSTROPHE: Final = re.compile(r"(?<=[a-z])['\u2019](?=[a-z])", re.IGNORECASE)  # doesn't, isn't
# Names of places are Indonesian in any language.
_PLACE: Final = re.compile(
    r"\b(?:Jalan|Jln?|Gang|Gg|Pasar|Kali|Kampung|Kp|Kelurahan|Kel|Kecamatan|Kec|Taman|Stasiun|Terminal|Halte|Pulau|Perumahan)"
    r"\b\.?(?:\s+[A-Z]\w*)+"
)
# Endings that one language has and the other does not, of words that are in no list.
_LOOKS_ENGLISH: Final = re.compile(r"[a-z]{2,}(?:tions?|ights?|ness|ously|less|[bcdfgklmnprtvxz]ed)")
_LOOKS_INDONESIAN: Final = re.compile(r"[a-z]{2,}(?:nya|kan|lah)|(?:meng|memp|menj|meny|diper|terj|berj)[a-z]{3,}")


@remembered
def language_of(said: str, known: tuple[str, ...], /) -> str | None:
    """The language of a message, where it is plain; None where it is not."""
    words = Counter(normal(_PLACE.sub(" ", _APOSTROPHE.sub("", said[:_READ]))).split())
    english = sum(times for word, times in words.items() if _is_english(word))
    indonesian = sum(times for word, times in words.items() if _is_indonesian(word))
    if "en" in known and english > 2 * indonesian and english * _SHARE >= words.total():
        return "en"
    plain = sum(times for word, times in words.items() if word in _PLAIN)
    return "id" if "id" in known and plain > 2 * english else None


def spoken(dialogue: Dialogue, said: str) -> Dialogue:
    """In the language of what is said where nothing is asked; a short answer to a question tells none."""
    lang = language_of(said, SPOKEN) if said and dialogue.step in {Step.IDLE, Step.FILED} else None
    return replace(dialogue, lang=lang) if lang else dialogue


def _is_english(word: str) -> bool:
    return word in _ENGLISH or (word not in _INDONESIAN and _LOOKS_ENGLISH.fullmatch(word) is not None)


def _is_indonesian(word: str) -> bool:
    return word in _INDONESIAN or (word not in _ENGLISH and _LOOKS_INDONESIAN.fullmatch(word) is not None)
