"""How a command is read: alone, with a code or a story behind it, or asked for politely, by intents.toml."""

import re

from core import tracking
from core.analysis import remembered
from core.conversation.intents import WORDS, bare, normal
from core.phrases import CALLED
from core.toml_rows import any_of, read, word_table

_TABLE = read(__package__, "intents.toml")
COMMANDS = {**word_table(_TABLE, "command"), **{f"speak_{lang}": called for lang, called in CALLED.items()}}
_BY_WORD = {word: name for name, words in COMMANDS.items() for word in words}
_OF_A_CODE = ("check", "forget", "add", "withdraw")
_REQUEST = {name: frozenset(words) for name, words in word_table(_TABLE, "request").items()}
_TAKES_REST = frozenset({"start", "report", *_OF_A_CODE})
# What may part a command from its rest; "lapor.go.id" is somebody else's address.
_BREAK = re.compile(r"(?:[\s#:,;=/|>\u2013\u2014-]|\.(?!go\.id\b))+", re.IGNORECASE)
_BEFORE = "/#*\"'(\u2018\u201c"  # what may stand before one
_GLUED = re.compile(rf"({any_of(each for name in _OF_A_CODE for each in COMMANDS[name])})(?=\d)", re.IGNORECASE)
_HEADED = re.compile(r"(?:laporan|aduan|pengaduan|report)\s*[:#]\s*(?=\S)", re.IGNORECASE)  # as in a form
_CODE_LIKE = 6  # digits behind CEK or LUPAKAN that make it a command and not a story
_LEAST_LETTERS = 3  # of a command that is written wrongly
_MOST_SLIPS = 2
_MISREAD = frozenset("OoQlIi")  # letters that people write for digits


@remembered
def command_of(text: str, /) -> tuple[str, str] | None:
    """The command and what stands behind it, or None for plain words.

    A word means a command when it stands alone or behind a slash; LAPOR takes what follows, CEK and LUPAKAN take it
    only if it can be a code, since "cek lampu jalan di sini mati" is a story.
    """
    body = text.strip()
    slash = body.startswith("/")
    plain = body.lstrip(_BEFORE)
    alone = "help" if body == "?" else _alone(normal(plain))
    if alone is not None:
        return alone, ""
    if headed := _HEADED.match(plain):
        return "report", plain[headed.end() :]
    glued = _GLUED.match(plain)
    first, *behind = (glued[1], plain[glued.end() :]) if glued else _BREAK.split(plain, maxsplit=1)
    name = _BY_WORD.get(normal(first.partition("@")[0] if slash else first))
    rest = behind[0].replace("#", " ").strip() if behind else ""
    if name is None and slash and body[1:].isidentifier():
        return "help", ""  # nobody's story is one word behind a slash: /menu, /settings
    name = name or _slipped(normal(first), rest)
    if name is None or not (slash or _takes(name, rest)):
        return None
    return name, rest if name in _TAKES_REST else ""


def _alone(said: str) -> str | None:
    """Courtesy may stand around a command: "ga jadi deh pak"; what only announces a report is a greeting."""
    polite = _BY_WORD.get(bare(said))
    return _BY_WORD.get(said) or (None if polite in {"start", "report"} else polite) or _requested(said)


def _requested(said: str) -> str | None:
    """What shall be done to a report, or to what is kept of its writer: "mohon data saya dihapus"."""
    words = frozenset(said.split())
    beside = _REQUEST["beside"] | WORDS["leading"] | WORDS["trailing"] | WORDS["titles"]
    for name in ("retract", "forget"):
        verbs, what = _REQUEST[name], _REQUEST[f"{name}_what"]
        if not words.isdisjoint(verbs) and not words.isdisjoint(what) and words <= verbs | what | beside:
            return name
    return None


def _slipped(first: str, rest: str) -> str | None:
    """The command that a slip of the finger made unreadable in front of a code, or LAPOR: "TAMBHA 6734...", "LPAOR"."""
    coded = rest[:1].isdigit() and tracking.inside(rest) is not None
    named = (name for name in _OF_A_CODE for word in COMMANDS[name] if coded and _slip_of(first, word))
    report = any(first[:1] == word[0] and sorted(first) == sorted(word) for word in COMMANDS["report"])
    return "report" if report else next(named, None)


def _slip_of(said: str, word: str) -> bool:
    """Whether letters changed places, or one or two of them were left out or put in."""
    short, long = sorted((said, word), key=len)
    left = iter(long)
    few = len(short) >= _LEAST_LETTERS and len(long) - len(short) <= _MOST_SLIPS
    return few and (sorted(said) == sorted(word) or all(letter in left for letter in short))


def _takes(name: str, rest: str) -> bool:
    if name in {"add", "withdraw"}:
        # "tambah lampu di jalan ini" is a story: what is added to a report, or taken back, is named by its code.
        return any(code is not None for code in (tracking.tried(rest), tracking.inside(rest)))
    if name in {"check", "forget"}:
        digits = sum(c.isdigit() for c in rest)
        return digits >= _CODE_LIKE or (digits > 0 and not any(c.isalpha() and c not in _MISREAD for c in rest))
    return name == "report"
