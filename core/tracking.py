"""The tracking code: 15 random digits and a Damm check digit, told apart from a NIK by its first two digits."""

import re
import unicodedata

from core import watch
from core.model import Number, TrackingCode
from core.ports import RandomSource

# Damm's quasigroup of order 10 (H. Michael Damm, 2004): catches every single wrong digit and every adjacent swap.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_LENGTH = 16
# A NIK begins with the number of a province and has 16 digits too: no code begins so.
_PROVINCES = frozenset(
    f"{n:02d}"
    for low, high in ((11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 97))
    for n in range(low, high + 1)
)
_PREFIXES = tuple(f"{n:02d}" for n in range(100) if f"{n:02d}" not in _PROVINCES)
_LOOKALIKES = str.maketrans("OoQlIi|", "0001111")
_DIGIT = r"[0-9OoQlIi|]"
# What phones make of a hyphen or a space by themselves: dashes, minus, middle dot, and what cannot be seen.
_ALSO = "\u00ad\u00b7\u2010-\u2015\u2022\u2212\u200b-\u200f\u2060\ufeff"
_GAP = rf"[\s.\-_/,:*{_ALSO}]{{0,3}}"
_AROUND = rf"\s.\-_/,:*#<>()\[\]\"'`\u2018-\u201f{_ALSO}"
# Any separators between digits, but no more than a few: sixteen digits of a long text are no code.
_CODE = re.compile(rf"(?<![0-9A-Za-z])(?:{_DIGIT}{_GAP}){{15}}{_DIGIT}(?![0-9A-Za-z])")
_ONLY = re.compile(rf"[{_AROUND}]*((?:{_DIGIT}{_GAP}){{11,19}}{_DIGIT})[{_AROUND}!?]*")
_EDGE = " \t\n.:,;#*-_"  # between a code and the words beside it
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def check_digit(digits: str) -> str:
    """The digit that makes `digits` whole."""
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return str(interim)


def holds(digits: str) -> bool:
    """Whether sixteen digits can be a code of ours: check digit and prefix."""
    return len(digits) == _LENGTH and digits[:2] not in _PROVINCES and check_digit(digits) == "0"


def new_code(rng: RandomSource) -> TrackingCode:
    """About 49 random bits."""
    digits = _PREFIXES[rng.below(len(_PREFIXES))] + f"{rng.below(10**13):013d}"
    return TrackingCode(digits + check_digit(digits))


def new_number(rng: RandomSource) -> Number:
    """A public number: not secret, but not to be counted up either."""
    return Number("R" + "".join(_CROCKFORD[rng.below(len(_CROCKFORD))] for _ in range(8)))


def shown(code: TrackingCode) -> str:
    """Four times four, as a person reads it out."""
    digits = code.reveal()
    return "-".join(digits[at : at + 4] for at in range(0, _LENGTH, 4))


def last4(code: TrackingCode) -> str:
    """What news may call a report by."""
    return code.reveal()[-4:]


def _plain(text: str) -> str:
    """Digits of any width and every kind of space as a keyboard has them."""
    return unicodedata.normalize("NFKC", text)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text.translate(_LOOKALIKES))


@watch.total_else("codes", answer=None)
def tried(text: str, /) -> TrackingCode | None:
    """The try, right or wrong, when a message is nothing but a code; `holds_code` says whether it can be one.

    12 to 20 digits are taken for a try: a digit may have been lost or doubled, and that shall be answered.
    A phone number in international writing is none.
    """
    text = _plain(text).strip()
    if text.startswith("+"):
        return None
    found = _ONLY.fullmatch(text)
    if found is None or not any(c.isdigit() for c in text):
        return None
    digits = _digits(found.group(1))
    # Twelve to fourteen digits that begin with 0 or 62 are somebody's phone number.
    if len(digits) < _LENGTH - 1 and digits.startswith(("0", "62")):
        return None
    return TrackingCode(digits)


def holds_code(code: TrackingCode) -> bool:
    """False for a mistyped code: it is answered at once and is no guess."""
    return holds(code.reveal())


@watch.total_else("codes", answer=None)
def inside(text: str, /) -> TrackingCode | None:
    """The first code among other words; sixteen digits count only if check digit and prefix hold."""
    code, _ = split(text)
    return code


def _words_alone(text: str, /) -> tuple[TrackingCode | None, str]:
    return None, text


@watch.total("codes", instead=_words_alone)
def split(text: str, /) -> tuple[TrackingCode | None, str]:
    """The first code among other words, and those words without it."""
    plain = _plain(text)
    for found in _CODE.finditer(plain):
        digits = _digits(found.group())
        if sum(c.isdigit() for c in found.group()) >= _LENGTH // 2 and holds(digits):
            words = f"{plain[: found.start()].rstrip(_EDGE)} {plain[found.end() :].lstrip(_EDGE)}"
            return TrackingCode(digits), words.strip()
    return None, text
