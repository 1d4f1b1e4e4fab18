"""Where a name ends: told by capitals, by lists of names, and by the words that are none."""

import re

from core.redact.page import Page
from core.redact.words import COMMON, FURTHER, GIVEN

HONORIFIC = (
    r"(?:(?:keluarga|bapak|bpk|pak|ibu|bu|mas|mbak|mba|bang|kak|sdr|sdri|ny|nyonya|tn|tuan|mpok|"
    r"pakde|bude|raden mas|raden|kh|saudara|saudari|dr|drs|dra|ir|h|hj|haji|hajjah|"
    r"ust|ustadz|ko|koh|ci|cik|kang|teh|neng|bunda|mami|opa|oma|eyang|mbah|gus|kyai|ny\.|"
    r"mr|mrs|ms|miss)\b\.? ?){0,2}"
)
_HONORIFIC = re.compile(HONORIFIC)
_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['\-](?=[^\W\d_])){0,30}\.?")
_TITLE = re.compile(
    r",? ?(?:S\.? ?(?:H|E|T|Kom|Pd|Sos|Psi|Ked|IP|Ag|Si)|M\.? ?(?:M|T|Si|Kom|Pd|H|Sc)|Ph\.? ?D|Sp\.? ?[A-Z]{1,3}|"
    r"Amd)\b\.?"
)
_DEED = re.compile(r"(?:me[mnrlwy]|ber|ter|di|pe[mnrl]|ke)\w{4,}$|\w{3,}(?:kan|nya|lah|kah|ing|ed)$")
# Parts of names that are written short: their dot ends no sentence.
_SHORT = frozenset(
    (
        "br",
        "ay",
        "rr",
        "rd",
        "moh",
        "muh",
        "mhd",
        "moch",
        "abd",
        "abdr",
        "hj",
        "st",
        "gst",
        "ngr",
        "ag",
        "syf",
        "ahm",
        "nur",
        "sit",
    )
)
_ABBREVIATION = re.compile(r"[A-Z]{2,4}$")
_MOST = 4
_MOST_LOWER = 3


def skip_honorific(page: Page, at: int) -> int:
    """Where the name itself begins."""
    found = _HONORIFIC.match(page.low, at)
    return found.end() if found else at


def is_deed(word: str) -> bool:
    """Whether a word in lower case has the shape of a verb, and is no name that we know."""
    return _DEED.match(word) is not None and word not in GIVEN and word not in FURTHER


def _goes_on(token: str, *, shouted: bool, lower: bool, strong: bool) -> bool:
    word = token.lower().rstrip(".")
    if word in COMMON:
        return False
    if word in GIVEN or word in FURTHER:
        return True
    if not lower and not shouted:
        return token[0].isupper()
    return strong and len(word) > 2 and not is_deed(word)  # noqa: PLR2004 -- di, yg, rt


def _begins(token: str, *, shouted: bool, strong: bool) -> bool:
    word = token.lower().rstrip(".")
    if word in COMMON:
        return False
    if word in GIVEN:
        return True
    if token[0].isupper() and not shouted:
        return strong or not (is_deed(word) or _ABBREVIATION.match(token))
    return strong and len(word) > 1 and not is_deed(word)


def name_end(page: Page, at: int, *, strong: bool) -> int | None:
    """The end of the name at `at`, or None; `strong`: the words before leave no doubt that a name comes."""
    first = _TOKEN.match(page.text, at)
    shouted = page.text.isupper()
    if first is None or not _begins(first.group(), shouted=shouted, strong=strong):
        return None
    lower = first.group()[0].islower()
    end = _without_dot(page, first)
    for _ in range((_MOST_LOWER if lower or shouted else _MOST) - 1):
        following = _TOKEN.match(page.text, end + _gap(page.text, end))
        if following is None or following.start() == end:
            break
        if not _goes_on(following.group(), shouted=shouted, lower=lower, strong=strong):
            break
        end = _without_dot(page, following)
    title = _TITLE.match(page.text, end)
    return title.end() if title else end


def _without_dot(page: Page, token: re.Match[str]) -> int:
    # "Budi S." has a dot of its own; "Budi." ends a sentence.
    written = token.group()
    if written.lower().rstrip(".") in _SHORT and page.text[token.end() : token.end() + 2].strip()[:1].isupper():
        return token.end()
    return token.end() - (written.endswith(".") and len(written) > 2)  # noqa: PLR2004 -- a letter and its dot


def _gap(text: str, at: int) -> int:
    if text[at : at + 1] == " ":
        return 2 if text[at + 1 : at + 2] == " " else 1
    return text[at - 1 : at] == "."


def known(page: Page, at: int) -> bool:
    """Whether a common first name stands at `at`."""
    found = _TOKEN.match(page.low, at)
    return found is not None and found.group().rstrip(".") in GIVEN
