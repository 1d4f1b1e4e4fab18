"""How an answer is read: numbers, yes and no, greetings, by the words of intents.toml."""

import re
import unicodedata
from dataclasses import replace
from itertools import takewhile

from core import suggest
from core.analysis import remembered
from core.toml_rows import any_of, read, word_table

_JUNK = re.compile(r"[^\w\s/+-]+|_")
_TABLE = read(__package__, "intents.toml")
WORDS = {name: frozenset(words) for name, words in word_table(_TABLE, "words").items()}
VERDICT = word_table(_TABLE, "verdict")
_SIGNS = {sign: said for said, signs in word_table(_TABLE, "sign").items() for sign in signs}
_TINTS = re.compile(r"[\s\ufe0f\U0001f3fb-\U0001f3ff]")  # colours of a hand, and how a sign is drawn
_MOST_SIGNS = 20
_COLON = re.compile(r"\s*[:\uff1a,]\s*")
_WRONG, _SKIP = WORDS["wrong"], WORDS["skip"] | WORDS["absent"]
_NO = WORDS["no"] | _WRONG | WORDS["absent"]
_TITLES, _THANKS = WORDS["titles"], WORDS["thanks"]
_CHANGES = {option: frozenset(words) for option, words in word_table(_TABLE, "change").items()}
_ASKING = WORDS["progress"] | WORDS["beside"] | WORDS["hails"] | _TITLES
_BACK_WORDS = 6  # of a question back
_OBJECTION_WORDS = 6
_WAY_WORDS = 7
_AGREEING_WORDS = 8
# What a word of consent, refusal or leaving out stands for, in the order in which an option is looked for.
SYNONYMS: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = (
    (WORDS["follow"], ("follow",)),
    (WORDS["yes"], ("send", "resume", "use", "close", "apart")),
    (_NO, ("other", "change", "drop", "fix", "ignore", "keep", "more", "back", "together")),
    (WORDS["skip"], ("skip",)),
    (WORDS["back"], ("back", "other")),
)
_NUMBERS = {word: int(number) for number, words in word_table(_TABLE, "number").items() for word in words}
_NUMBER = re.compile(r"(\d{1,2}|[a-z]+)")


@remembered
def normal(text: str) -> str:
    """Folded for comparing: compatibility forms, lower case, no punctuation, single spaces."""
    signs = set(_TINTS.sub("", text)) if len(text) <= _MOST_SIGNS else set()
    if signs and signs <= _SIGNS.keys():
        return " ".join(dict.fromkeys(_SIGNS[each] for each in sorted(signs)))
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_JUNK.sub(" ", folded).split())


@remembered
def words_in(text: str, /) -> int:
    """How many words that hold a letter."""
    return sum(word.isalpha() or any(map(str.isalpha, word)) for word in text.split())


def number_of(text: str) -> int | None:
    """The number that an answer names, in digits or as a word."""
    found = _NUMBER.fullmatch(bare(normal(text)))
    if found is None:
        return None
    said = found.group(1)
    return int(said) if said.isdigit() else _NUMBERS.get(said)


def bare(said: str, /) -> str:
    """An answer without the courtesy around it; the last word stays, whatever it is."""
    words = said.split()
    courtesy = takewhile((WORDS["leading"] | _TITLES).__contains__, words[:-1])
    return _begun(" ".join(words[sum(1 for _ in courtesy) :]))


def _begun(said: str) -> str:
    """An answer without the courtesy behind it: "iya pak" is a yes, and no title."""
    words = said.split()
    while len(words) > 1 and words[-1] in WORDS["trailing"]:
        words.pop()
    return " ".join(words)


def _ways(said: str) -> tuple[str, ...]:
    """How an answer may be read: as it was said, and without courtesy."""
    return said, _begun(said), bare(said)


def option_of(text: str, offered: tuple[str, ...], labels: tuple[str, ...]) -> str | None:
    """Which of the offered options the words mean: by number, by label, by a word of yes, no, skip or back."""
    if "together" in offered and way_of(text):
        return way_of(text)  # "satu saja" is no number there
    number = number_of(text)
    if number is not None:
        return offered[number - 1] if 1 <= number <= len(offered) else None
    said = normal(text)
    for way in _ways(said):
        found = _named(way, offered, labels)
        if found is not None:
            return found
    return None


def _named(said: str, offered: tuple[str, ...], labels: tuple[str, ...]) -> str | None:
    for option, label in zip(offered, labels, strict=True):
        if said and said == normal(label):
            return option
    for words, options in SYNONYMS:
        found = next((option for option in options if option in offered), None) if said in words else None
        if found is not None:
            return found
    return None


def is_back(text: str) -> bool:
    """Whether somebody wants the question before this one again."""
    return bare(normal(text)) in WORDS["back"]


def is_wrong(text: str) -> bool:
    """Whether somebody says no more than that something is wrong: "bukan itu", "salah pak"."""
    return not _WRONG.isdisjoint(_ways(normal(text)))


def is_yes(text: str) -> bool:
    """Whether somebody agrees and says no more: "ya", "benar pak"."""
    return not WORDS["yes"].isdisjoint(_ways(normal(text)))


def is_new(text: str) -> bool:
    """Whether somebody only says that it is a report of its own: "baru", which is a kelurahan too."""
    return normal(text) in WORDS["new"]


def tells_own_home(text: str) -> bool:
    """Whether few words name the home of whoever writes: "rumah saya itu mah"."""
    said = f" {normal(text)} "
    return len(said.split()) <= _AGREEING_WORDS and any(f" {home} " in said for home in WORDS["own_home"])


def way_of(text: str) -> str:
    """Whether two problems shall be reported apart or together, by the id of that option; empty for other words."""
    said = set(normal(text).split())
    apart, together = bool(said & WORDS["apart"]), bool(said & WORDS["together"])
    if len(said) > _WAY_WORDS or apart == together:
        return ""
    return "apart" if apart and not said & WORDS["not"] else "together"


def one_named(text: str) -> tuple[str, bool] | None:
    """By which words one of two is named that goes alone, or goes first: "yang lampu aja", "sampah dulu ya"."""
    said = normal(text).split()
    alone, sooner = (not WORDS[name].isdisjoint(said) for name in ("alone", "sooner"))
    if len(said) > _WAY_WORDS or not (alone or sooner) or not WORDS["not"].isdisjoint(said):
        return None
    beside = WORDS["alone"] | WORDS["sooner"] | WORDS["which_one"] | WORDS["trailing"]
    named = " ".join(word for word in said if word not in beside)
    return (named, sooner) if named else None


def means_all(text: str) -> bool:
    """Whether somebody says no more than that all of several are meant: "dua-duanya pak"."""
    said = set(normal(text).split())
    return bool(said & WORDS["every"]) and said <= WORDS["every"] | WORDS["every_beside"] | _TITLES


def change_of(text: str) -> str:
    """What somebody wants to change: an option of that menu; empty for other words."""
    said = bare(normal(text))
    return next((option for option, words in _CHANGES.items() if said in words), "")


def is_bare(text: str) -> bool:
    """An answer to some question, and no story: a number, a yes, a no, "lewati", "balik"."""
    ways = _ways(normal(text))
    return number_of(text) is not None or any(not words.isdisjoint(ways) for words, _ in SYNONYMS)


def asks_who_we_are(text: str) -> bool:
    """A short question back, about us or about why we ask: "ini siapa?", "emang perlu alamat?"."""
    said = set(normal(text).split())
    asks = text.rstrip().endswith("?") and words_in(text) <= _BACK_WORDS and bool(said & WORDS["why"])
    return asks or (bool(said & WORDS["who"]) and said <= WORDS["who"] | WORDS["who_beside"] | _TITLES)


def addition_in(text: str) -> str:
    """What somebody says is more of the same: "tambah: lubangnya dalam"; empty for other words."""
    head, *rest = _COLON.split(text, maxsplit=1)
    return rest[0].strip() if rest and normal(head) in WORDS["addition"] else ""


def announces_photo(text: str) -> bool:
    """Whether few words say that a photo was left behind, or follows: "fotonya ketinggalan"."""
    said = set(normal(text).split())
    later = said & WORDS["photos"] and said & WORDS["photo_later"]
    return bool(later) and words_in(text) <= _AGREEING_WORDS and not tells_problem(text)


def has_no_photo(text: str) -> bool:
    """Whether few words say that there is no photo, or none is needed: "ga usah pakai foto"."""
    said = set(normal(text).split())
    none = said & WORDS["photos"] and said & (WORDS["not"] | WORDS["no_photo"])
    return bool(none) and words_in(text) <= _BACK_WORDS and not tells_problem(text)


def is_hold(text: str) -> bool:
    """Whether somebody only asks us to wait."""
    said = set(normal(text).split())
    return bool(said & WORDS["hold"]) and said <= WORDS["hold"] | WORDS["hold_beside"] | _TITLES


_HEAD_WORDS = 20  # of a story that may only announce it
_NAMED = 0.2  # score below which nobody would say that a problem was named
_LIKELY = 0.5  # score from which words are taken to tell of a problem

_PLACE = word_table(_TABLE, "place")
_WHEREABOUTS = re.compile(rf"(?:{any_of(_PLACE['at'])})\b", re.IGNORECASE)
_SITE = re.compile(rf"(?:{any_of(_PLACE['site'])})\b", re.IGNORECASE)
_OFFICE = re.compile(rf"\b(?:{any_of(_PLACE['office'])})\b", re.IGNORECASE)


def problem_in(text: str) -> suggest.Suggestion:
    """What problem the words tell of, those of a place left out; a guess that nobody is asked about is none."""
    told = suggest.suggest(without_office(text))
    named = bool(told.ranked) and not told.nothing and told.ranked[0][1] >= _NAMED
    return told if named else replace(told, ranked=(), restricted=False)


def behind_announcement(text: str) -> str:
    """The story behind "selamat pagi pak, saya mau melaporkan bahwa": such words drown what it is about."""
    beside = WORDS["greetings"] | WORDS["leading"] | WORDS["announced"] | WORDS["announcing"]
    head = [normal(word).split() for word in text.split()[:_HEAD_WORDS]]
    at = next((n for n, said in enumerate(head) if not beside.issuperset(said)), len(head))
    announced = any(not WORDS["announcing"].isdisjoint(said) for said in head[:at])
    rest = text.split(None, at)[at:]
    return rest[0] if announced and rest else text


def without_office(text: str) -> str:
    """The words without what kind of area a name is: "kecamatan" is read as its office, and drowns the problem."""
    return _OFFICE.sub(" ", text)


def is_whereabouts(text: str) -> bool:
    """Words that begin as a place does: "di sungai kel Marunda" names no problem of a river."""
    return _WHEREABOUTS.match(text.strip()) is not None


def begins_as_site(text: str) -> bool:
    """Words that begin as the name of a site does: "sdn 05 cipinang"."""
    return _SITE.match(text.strip()) is not None


def tells_problem(text: str) -> bool:
    """Whether the words more likely than not tell of a problem that has a name; a doubtful guess is none."""
    ranked = problem_in(text).ranked
    return bool(ranked and ranked[0][1] >= _LIKELY)


def is_objection(text: str) -> bool:
    """Whether words say that a report shall not be withdrawn: its option's number, or few words that begin with no."""
    said = normal(text).split()
    return number_of(text) == 1 or (0 < len(said) <= _OBJECTION_WORDS and said[0] in WORDS["objects"])


def is_skip(text: str) -> bool:
    """Whether the words leave a question open."""
    return normal(text) in _SKIP or text.strip() == "-"


def is_greeting(text: str) -> bool:
    """Nothing but a greeting or an announcement: "selamat pagi pak, saya mau lapor"."""
    said = normal(text).replace("/", " ").split()
    return bool(said) and all(word in WORDS["greetings"] for word in said)


def is_hail(text: str) -> bool:
    """A greeting that answers nothing, though a question waits: "malam" alone or "ada pak" may well be the answer."""
    said = set(normal(text).replace("/", " ").split())
    hour = bool(said & WORDS["hours"]) and said <= WORDS["hours"] | _TITLES and bool(said & _TITLES)
    return is_greeting(text) and (hour or bool(said & WORDS["hails"]))


def is_asking(text: str) -> bool:
    """Words beside a code that only ask how the report is: "kode saya ... bagaimana kabarnya?"."""
    said = set(normal(text).split())
    return bool(said & WORDS["progress"]) and said <= _ASKING


def is_assent(text: str) -> bool:
    """A consent that is no thanks: "baik", "ok pak"."""
    said = set(normal(text).split())
    return bool(said & WORDS["assent"]) and said <= WORDS["assent"] | _TITLES


def is_thanks(text: str) -> bool:
    """Nothing but thanks or a farewell."""
    said = normal(text).split()
    return all(word in _THANKS for word in said) and any(word in WORDS["thanks_said"] for word in said)
