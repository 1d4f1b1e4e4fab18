"""Facts in the reader's words."""

from collections.abc import Callable, Mapping
from typing import Final

from core import watch
from core.facts import rows
from core.facts.extraction import Fact, find
from core.phrases import KEYS, phrase


def _named(key: str) -> Callable[[str, str], str]:
    return lambda value, lang: phrase(key, lang).split()[int(value) - 1]


def _count(value: str, lang: str) -> str:
    return value if value[0].isdigit() else phrase(f"desk_fact_{value}", lang)


_VALUES: Final[Mapping[str, Callable[[str, str], str]]] = {
    "day": _named("desk_fact_weekdays"),
    "night": _named("desk_fact_weeknights"),
    "month": _named("months"),
    "count": _count,
}
_ONE: Final = tuple(f"{each}_one" for each in rows.says() if f"desk_fact_{each}_one" in KEYS)
SAYS: Final = frozenset((*rows.says(), *_ONE, *rows.about(), "weekdays", "weeknights"))
"""What stands behind desk_fact_ in the phrases."""


@watch.total_else("facts", answer=())
def told(text: str, lang: str, /) -> tuple[str, ...]:
    """Each fact of a text whose traces are closed, as a few words: "sejak seminggu", "tiang KJ-112"."""
    return tuple(_told(fact, lang) for fact in find(text))


def _told(fact: Fact, lang: str) -> str:
    values = {name: _VALUES[name](value, lang) if name in _VALUES else value for name, value in fact.values}
    one = f"desk_fact_{fact.says}_one"
    if values.get("count") == "1" and one in KEYS:
        return phrase(one, lang)
    return phrase(f"desk_fact_{fact.says}", lang, **values)
