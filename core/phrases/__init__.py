"""Every sentence a person reads, one file a language; `render` fits it to a channel's profile.

Who lives here: `phrase` (one sentence), `render` (a whole message), `SPOKEN` (the files of this folder), `LANGUAGES`
(those with every sentence), `CALLED` (words that ask for a language), `gsm7` (what an SMS costs).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from importlib import resources
from string import Formatter

from core import gsm7
from core.city import folder, read
from core.city.profile import CITY, told
from core.messages import ChannelProfile, Line, Option, Say
from core.toml_rows import Row, parsed, table, text, texts

__all__ = [
    "CALLED",
    "KEYS",
    "LANGUAGES",
    "SPOKEN",
    "channel",
    "channels_named",
    "day",
    "fits",
    "gsm7",
    "named",
    "phrase",
    "render",
    "terse_of",
]


_THEIRS = "phrases/*.toml"
_CHANNEL = "web_channel_"


@dataclass(frozen=True, slots=True)
class _Book:
    """The sentences of one language: in full, and in the short form of narrow channels; the words that ask for it."""

    full: dict[str, str]
    terse: dict[str, str]
    called: tuple[str, ...]


_HOME = CITY.language


def _load() -> dict[str, _Book]:
    """The files of this folder, and what the city says itself beside or instead of them."""
    ours = {file.name: file for file in resources.files(__name__).iterdir() if file.name.endswith(".toml")}
    names = {f"{lang}.toml" for lang in CITY.languages} or {*ours, *(each.name for each in folder().glob(_THEIRS))}
    books = {}
    for name in sorted(names, key=lambda each: (each != f"{_HOME}.toml", each)):
        lang = name.removesuffix(".toml")
        both = [parsed(ours[name].read_text(encoding="utf-8"))] if name in ours else []
        books[lang] = _book([*both, read(f"phrases/{name}", needed=False)], lang)
    return books


def _book(tables: Iterable[Row], lang: str) -> _Book:
    full, terse, called = dict[str, str](), dict[str, str](), tuple[str, ...]()
    for each in tables:
        short = table(each, "terse")
        own = [key for key in each if key not in {"terse", "called"}]
        # A sentence that the city says itself has no short form but its own.
        terse = {key: said for key, said in terse.items() if key not in own or key in short}
        terse |= {key: told(text(short, key), lang) for key in short}
        full |= {key: told(text(each, key), lang) for key in own}
        called = texts(each, "called") or called
    return _Book(full, terse, called)


def _filled(book: _Book, home: _Book) -> _Book:
    """What a language does not say itself is said in the city's first; a complete one has short forms of its own."""
    if book.full.keys() >= home.full.keys():
        return book
    return _Book(home.full | book.full, home.terse | book.terse, book.called)


_FILES = _load()
_BOOKS = {lang: _filled(book, _FILES[_HOME]) for lang, book in _FILES.items()}
KEYS = frozenset(_FILES[_HOME].full)
SPOKEN = tuple(_FILES)
LANGUAGES = tuple(lang for lang, book in _FILES.items() if book.full.keys() >= KEYS)
CALLED = {lang: book.called for lang, book in _FILES.items()}


def phrase(key: str, lang: str, **args: str) -> str:
    """The sentence in full; KeyError for a key, a language or a placeholder that is not there."""
    return _BOOKS[lang].full[key].format_map(args)


def terse_of(key: str, lang: str, **args: str) -> str:
    """The sentence in its short form, where it has one."""
    book = _BOOKS[lang]
    return book.terse.get(key, book.full[key]).format_map(args)


def named(key: str, lang: str) -> tuple[str, ...]:
    """The placeholders of a sentence, each once, in the order in which it names them."""
    found = (name for _, name, _, _ in Formatter().parse(_BOOKS[lang].full[key]) if name)
    return tuple(dict.fromkeys(found))


def channel(name: str, lang: str) -> str:
    """How people call what a report came by; a partner's channel that has no name of its own goes by its id."""
    return _BOOKS[lang].full.get(f"{_CHANNEL}{name}", name)


def channels_named() -> set[str]:
    """The channels that have a name."""
    return {key.removeprefix(_CHANNEL) for key in KEYS if key.startswith(_CHANNEL)}


def day(at: datetime, zone: tzinfo, lang: str) -> str:
    """A day as people say it: "24 Nov"."""
    local = at.astimezone(zone)
    return f"{local.day} {phrase('months', lang).split()[local.month - 1]}"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message in words; `options` are those that a channel shows as buttons, empty where numbered in the text."""

    text: str = field(repr=False)
    options: tuple[Option, ...] = ()


def _pressed(options: tuple[Option, ...], profile: ChannelProfile) -> bool:
    """Whether they are buttons: all of them or none, so that a number always means what stands at it."""
    most = profile.label_limit
    return len(options) <= profile.max_buttons and all(not most or len(each.label) <= most for each in options)


def _menu(options: tuple[Option, ...], profile: ChannelProfile) -> str:
    if _pressed(options, profile):
        return ""
    if profile.terse:
        return " ".join(f"{number} {option.label}" for number, option in enumerate(options, 1))
    return "\n".join(f"{number}. {option.label}" for number, option in enumerate(options, 1))


def _size(text: str, profile: ChannelProfile) -> int:
    if not profile.gsm7:
        return len(text)
    # One character outside the alphabet makes the whole message UCS-2: 70 characters for 160.
    cost = gsm7.septets(text)
    return cost if cost is not None else len(text) * 160 // 70 + 1


def _text(lines: tuple[Line, ...], menu: str, lang: str, profile: ChannelProfile) -> str:
    say = terse_of if profile.terse else phrase
    parts = [said for line in lines if (said := say(line.key, lang, **dict(line.args)).strip())]
    parts += [menu] if menu else []
    joined = (" " if profile.terse else "\n\n").join(parts)
    return gsm7.plain(joined) if profile.gsm7 else joined


def render(say: Say, lang: str, profile: ChannelProfile) -> Rendered:
    """The message in the language, as the profile allows; lines that may go are left out, last first, until it fits."""
    menu = _menu(say.options, profile)
    lines = say.lines
    limit = profile.long_limit or profile.limit if say.long else profile.limit
    text = _text(lines, menu, lang, profile)
    while _size(text, profile) > limit and any(not line.keep for line in lines):
        at = max(n for n, line in enumerate(lines) if not line.keep)
        lines = lines[:at] + lines[at + 1 :]
        text = _text(lines, menu, lang, profile)
    return Rendered(text, say.options if _pressed(say.options, profile) else ())


def fits(say: Say, lang: str, profile: ChannelProfile, spare: int = 0) -> bool:
    """Whether one message holds it all, and so much more; nothing is left out for it."""
    menu = _menu(say.options, profile)
    return _size(_text(say.lines, menu, lang, profile), profile) <= profile.limit - spare
