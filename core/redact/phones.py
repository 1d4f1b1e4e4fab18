"""Telephone numbers in every Indonesian way of writing, and foreign ones with a plus."""

import re
from collections.abc import Iterator

import phonenumbers

from core.redact.page import Page
from core.redact.traces import Span, Trace

_GAP = r"[ .\-()/]{0,3}"
# Letters stand for 0 and 1 where somebody hides a number from machines.
_CANDIDATE = re.compile(
    rf"(?<![\w+])(?:\+[ (]{{0,2}}\d|\(?[0o]|62)(?:{_GAP}\d|(?<=\d)[oil](?![a-z])){{7,15}}(?!\d)"
    rf"|(?<=[a-z])(?:\+?62|0)8(?:{_GAP}\d){{7,11}}(?!\d)"
)
_LETTERS = str.maketrans("oOiIl", "00111")
_GROUP = re.compile(r"[\doil]+")
_PLAN = phonenumbers.PhoneMetadata.metadata_for_region("ID")
_FIXED = re.compile((_PLAN and _PLAN.fixed_line and _PLAN.fixed_line.national_number_pattern) or r"[2-9]\d{7,10}")
_DATE = re.compile(r"\d{1,2}([./\- ])\d{1,2}\1(?:19|20)\d\d(?!\d)|\d{1,2}\.[0-5]\d ?- ?\d{1,2}\.[0-5]\d(?!\d)")
ENDLESS = re.compile(r"(?:[0-9]{1,2}[ .\-()/]{1,3}){25,}")
"""A table of short numbers: passed over in one step, for nobody writes a number of a person so."""
_START = re.compile(r"0{0,2}[1-9]")
_MOBILE = re.compile(r"8[1-9]\d{7,11}")
# Call centres, free numbers, short ones, and the city's hotline for women and children.
_PUBLIC = re.compile(r"1500\d*|14\d{3}|170[08]|1[12]\d|(?:0|62)?(?:80\d+|81317617622)")
_LEAST, _MOST = 9, 15
_LEAST_WRITTEN = 6  # a local number; of a longer one some digits may be letters
_MOST_WRITTEN = 13
_PAIR = 2
_WHOLE = 11  # digits of a mobile number; one with fewer may go on with a pair
_COUNTED = re.compile(r" ?[a-z]")

_SPELT_DIGIT = {
    **dict.fromkeys(("nol", "kosong", "kosng", "zero", "oh"), "0"),
    **dict.fromkeys(("satu", "siji", "hiji", "atu", "one"), "1"),
    **dict.fromkeys(("dua", "loro", "due", "two"), "2"),
    **dict.fromkeys(("tiga", "telu", "tige", "three"), "3"),
    **dict.fromkeys(("empat", "papat", "opat", "pat", "four"), "4"),
    **dict.fromkeys(("lima", "limo", "lime", "five"), "5"),
    **dict.fromkeys(("enam", "nem", "genep", "six"), "6"),
    **dict.fromkeys(("tujuh", "tuju", "pitu", "seven"), "7"),
    **dict.fromkeys(("delapan", "lapan", "dlapan", "wolu", "eight"), "8"),
    **dict.fromkeys(("sembilan", "smbilan", "songo", "nine"), "9"),
}
_SPELT = re.compile(
    rf"(?<![a-z\d])(?:(?:{'|'.join(sorted(_SPELT_DIGIT, key=len, reverse=True))}|(?<!\d)\d{{1,4}}(?!\d))"
    rf"[\s,.\-]{{0,3}}){{5,20}}(?![a-z])"
)
_SPELT_WORD = re.compile("|".join(sorted(_SPELT_DIGIT, key=len, reverse=True)) + r"|\d")
_SPELT_LEAST = 5  # of eight must be words: else it is a row of numbers
_MIXED_LEAST = 2  # where the whole can be dialled as a mobile number
_NIK_DIGITS = 16
_SPELT_DIGITS = 8
_SPELT_WORDS = frozenset(_SPELT_DIGIT)
_FEW = 3  # different words for digits
_SPELT_CUES = ("nol", "kosong", "lapan", "wolu", "zero", "oh", "eight", "tujuh", "tuju")


def _digits(written: str) -> str:
    return "".join(c for c in written.translate(_LETTERS) if c.isdigit())


def _valid_abroad(digits: str) -> bool:
    """By the plan of the country; asked directly, since a full parse of a hostile text takes minutes."""
    if digits.startswith("0"):
        return False
    for length in range(1, 4):
        code = int(digits[:length])
        regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(code)
        if regions:
            plan = phonenumbers.PhoneMetadata.metadata_for_region_or_calling_code(code, regions[0])
            pattern = plan and plan.general_desc and plan.general_desc.national_number_pattern
            national = digits[length:]
            return bool(pattern) and any(re.fullmatch(str(pattern), n) for n in (national, national.removeprefix("0")))
    return False


def _can_be_dialled(digits: str, *, plus: bool) -> bool:
    if not _LEAST <= len(digits) <= _MOST or _PUBLIC.fullmatch(digits):
        return False
    if digits.startswith("00"):
        digits, plus = digits[2:], True
    if plus and not digits.startswith(("62", "0")):
        return _valid_abroad(digits)
    national = digits.removeprefix("62").removeprefix("0")
    return (_MOBILE if national.startswith("8") else _FIXED).fullmatch(national) is not None


def is_phone(written: str) -> bool:
    """Whether it can be dialled: Indonesian by its structure or its plan, foreign by its own country's plan."""
    return _can_be_dialled(_digits(written), plus=written.lstrip("( ").startswith("+"))


def _end(written: str, *, counted: bool) -> int | None:
    """Where the number ends: at the last group of digits that still belongs to it; `counted`: a word follows."""
    digits = _digits(written)
    if not _START.match(digits):
        return None
    plus = written.lstrip("( ").startswith("+")
    groups = [g.span() for g in _GROUP.finditer(written)]
    single = all(end - start <= _PAIR for start, end in groups)
    best: int | None = None
    length = 0
    for at, (start, end) in enumerate(groups):
        length += end - start
        short = at == len(groups) - 1 and length - (end - start) < _WHOLE and not counted
        if best is not None and not single and ((end - start <= _PAIR and not short) or length > _MOST_WRITTEN):
            break  # "0812 3456 7890 15 orang"
        if length >= _LEAST and _can_be_dialled(digits[:length], plus=plus):
            best = end
    return best


def _slashes_fit(written: str) -> bool:
    # 021/5551234 is a number, 021/77/2021 is a letter's.
    return written.count("/") <= 1


def phones(page: Page) -> Iterator[Span]:
    """Numbers written with digits."""
    for start, end in page.numbers if page.digits >= _LEAST_WRITTEN else ():
        yield from _phones(page, start, end)


def _phones(page: Page, at: int, stop: int) -> Iterator[Span]:
    while found := _CANDIDATE.search(page.low, at, stop):
        start = found.start()
        date = _DATE.match(page.low, start)
        counted = _COUNTED.match(page.low, found.end()) is not None
        size = None if date else _end(found.group(), counted=counted)
        if size is not None and _slashes_fit(found.group()[:size]):
            yield Span(start, start + size, Trace.PHONE, certain=True)
            at = start + size
        elif date:
            at = date.end()
        else:
            passed = ENDLESS.match(page.low, start) or _GROUP.search(page.low, start)
            at = max(start + 1, passed.end() if passed else 0)


def spelt(page: Page) -> Iterator[Span]:
    """Numbers spelt with words, such as nol delapan satu dua."""
    if len(_SPELT_WORDS & page.words) < _FEW and not any(word in page.low for word in _SPELT_CUES):
        return
    for found in _SPELT.finditer(page.low):
        words = _SPELT_WORD.findall(found.group())
        digits = "".join(_SPELT_DIGIT.get(w, w) for w in words)
        mobile = digits.startswith("08") and is_phone(digits)
        if len(digits) < _SPELT_DIGITS or sum(not w.isdigit() for w in words) < (
            _MIXED_LEAST if mobile else _SPELT_LEAST
        ):
            continue
        written = found.group().rstrip(" \n,.-")
        kind = Trace.NIK if len(digits) == _NIK_DIGITS else Trace.PHONE
        yield Span(found.start(), found.start() + len(written), kind, certain=True)
