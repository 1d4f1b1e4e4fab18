"""What a citizen wrote now, without quoted history, signatures and small print: one pass over a table of marks.

Kept libraries know little Indonesian and lose the words of first mails; this is what the service lives by.
"""

import re
from collections.abc import Sequence

from bots.mail import quote_markers
from core.watch import total

_MOST_LINES = 5_000
_LONGEST = 400_000  # characters: a long thread above a short answer, and eight times what a report may have
_WRAPPED = 4  # lines over which an attribution may be broken
_HEAD_LINES = 8  # lines in which the head of a quoted mail shows itself
_SIGNATURE_LINES = 15  # below a lone "--"; more is a text with a dash in it
_CLOSING_LINES = 4
_TAIL = 10
_GREETING_WORDS = 4
_NAME_WIDTH = 60
_NAME_WORDS = 6
_CODE_DIGITS = 14  # so many digits are a tracking code or a NIK, and no telephone
_PHONE_DIGITS = 7


def _untrimmed(text: str, /) -> str:
    """Quoted words and a signature are better than none: what they tell of the writer is closed when it is filed."""
    return text.strip()


@total("trim", instead=_untrimmed)
def trim(text: str, /) -> str:
    """The writer's own words; empty where there are none."""
    lines = [line.rstrip() for line in text[:_LONGEST].split("\n", _MOST_LINES)[:_MOST_LINES]]
    return _tidy(_without_closing(_without_signature(_own(lines))))


def _own(lines: Sequence[str]) -> list[str]:
    kept: list[str] = []
    at = 0
    while at < len(lines):
        bare = lines[at].strip()
        wrapped = attribution(lines, at)
        if wrapped:
            if not _next_word(lines, at + wrapped).startswith(">"):
                break
            at += wrapped
            continue
        if _cuts(lines, at) or (_is(quote_markers.DISCLAIMERS, bare) and any(kept)):
            break
        if not bare.startswith(">") and not _drops(bare):
            kept.append(lines[at])
        at += 1
    return kept


def _is(table: Sequence[re.Pattern[str]], bare: str) -> bool:
    return any(mark.match(bare) for mark in table)


def _drops(bare: str) -> bool:
    return len(bare) <= quote_markers.MARK_WIDTH and (
        quote_markers.RULE.match(bare) is not None or _is(quote_markers.DROPPED, bare)
    )


def _cuts(lines: Sequence[str], at: int) -> bool:
    bare = lines[at].strip()
    if not bare or len(bare) > quote_markers.MARK_WIDTH:
        return False
    if quote_markers.RULE.match(bare):
        following = _next_word(lines, at + 1)
        return not following or quote_markers.HEAD_FROM.match(following) is not None
    return _is(quote_markers.CUTS, bare) or _is(quote_markers.FORWARDS, bare) or begins_head(lines, at)


def begins_head(lines: Sequence[str], at: int) -> bool:
    """Whether the head of a quoted mail begins here: From, then within a few lines Sent and To or Subject."""
    if not quote_markers.HEAD_FROM.match(lines[at].strip()):
        return False
    near = [line.strip() for line in lines[at + 1 : at + 1 + 2 * _HEAD_LINES] if line.strip()][:_HEAD_LINES]
    return any(map(quote_markers.HEAD_SENT.match, near)) and any(map(quote_markers.HEAD_MORE.match, near))


def attribution(lines: Sequence[str], at: int) -> int:
    """Over how many lines "Pada ... menulis:" stands here; 0 where it does not."""
    bare = lines[at].strip()
    if not quote_markers.ATTRIBUTION_START.match(bare):
        return 0
    joined = ""
    for count, line in enumerate(lines[at : at + _WRAPPED], start=1):
        if not line.strip() or len(line) > quote_markers.MARK_WIDTH:
            return 0
        joined = f"{joined} {line.strip()}"[-quote_markers.MARK_WIDTH :]
        if quote_markers.ATTRIBUTION_END.match(line.strip()):
            return count if quote_markers.ATTRIBUTION_PROOF.match(joined) else 0
    return 0


def _next_word(lines: Sequence[str], at: int) -> str:
    return next((line.strip() for line in lines[at : at + _MOST_LINES] if line.strip()), "")


def _without_signature(lines: list[str]) -> list[str]:
    for at, line in enumerate(lines):
        if quote_markers.SIGNATURE.match(line.strip()) and any(lines[:at]):
            below = sum(1 for other in lines[at + 1 :] if other.strip())
            return lines[:at] if below <= _SIGNATURE_LINES else lines
    return lines


def _without_closing(lines: list[str]) -> list[str]:
    """Closing and name at the end go, where words of the report stand above them."""
    tail = [at for at, line in enumerate(lines) if line.strip()][-_TAIL:]
    for position, at in enumerate(tail):
        if not quote_markers.CLOSING.match(lines[at].strip()) or not _says_something(lines[:at]):
            continue
        after = tail[position + 1 :]
        names = 0
        while names < len(after) and _is_name(lines[after[names]].strip()):
            names += 1
        plain = sum(1 for other in after[:names] if not quote_markers.CLOSING.match(lines[other].strip()))
        rest = after[names:]
        if plain <= _CLOSING_LINES and (not rest or quote_markers.NEWS.match(lines[rest[0]].strip())):
            return lines[:at] + ([] if not rest else lines[rest[0] :])
    return lines


def _says_something(lines: Sequence[str]) -> bool:
    return any(
        line.strip() and not (quote_markers.GREETING.match(line.strip()) and len(line.split()) <= _GREETING_WORDS)
        for line in lines
    )


def _is_name(bare: str) -> bool:
    """Whether a line under a closing is a name, a title, a telephone or the like."""
    if quote_markers.CLOSING.match(bare):
        return True
    digits = sum(map(str.isdigit, bare))
    if len(bare) > _NAME_WIDTH or digits >= _CODE_DIGITS or quote_markers.NEWS.match(bare):
        return False
    if quote_markers.CONTACT.match(bare):
        return True
    if not any(map(str.isalpha, bare)):
        return digits >= _PHONE_DIGITS
    parts = bare.split()
    capital = all(not part[0].isalpha() or part[0].isupper() for part in parts)
    return len(parts) <= _NAME_WORDS and (capital or len(parts) <= 2) and bare[-1] not in "?!"  # noqa: PLR2004 - given and family name


def _tidy(lines: Sequence[str]) -> str:
    return "\n".join(line for at, line in enumerate(lines) if line.strip() or (at and lines[at - 1].strip())).strip()
