"""What a citizen wrote now, without quoted history, signatures and small print: one pass over a table of marks.

Kept libraries know little Indonesian and lose the words of first mails; this is what the service lives by.
"""

import re
from collections.abc import Sequence

from bots.mail import quote_markers
from bots.mail.charset import WRITTEN
from bots.mail.quotes import marked, matches, shared
from bots.mail.signatures import without_closing, without_signature
from core.watch import total

_MOST_LINES = 5_000
_LONG_LINE = 66  # characters after which a program breaks a quoted line
_LONGEST = 400_000  # characters: a long thread above a short answer, and eight times what a report may have

_INITIALS = re.compile(r"\s*([^\W\d_]{1,12})>")


def _untrimmed(text: str, /) -> str:
    """Quoted words and a signature are better than none: what they tell of the writer is closed when it is filed."""
    return text.strip().replace(WRITTEN, "")


@total("trim", instead=_untrimmed)
def trim(text: str, /) -> str:
    """The writer's own words; empty where there are none."""
    lines = _marked_plainly([line.rstrip() for line in text[:_LONGEST].split("\n", _MOST_LINES)[:_MOST_LINES]])
    return _tidy(without_closing(without_signature(_own(lines)))).replace(WRITTEN, "")


def _marked_plainly(lines: Sequence[str]) -> Sequence[str]:
    """Some programs put initials or a name of who is quoted before each sign of a quote: "SC> ..."."""
    for at, line in enumerate(lines):
        found = _INITIALS.match(line) if ">" in line else None
        above = next((each for each in reversed(lines[max(0, at - 2) : at]) if each), "")
        if found and quote_markers.WROTE_LAST.search(above[-quote_markers.LAST :]):
            mark = f"{found[1]}>"
            return [each.strip().removeprefix(found[1]) if each.strip().startswith(mark) else each for each in lines]
    return lines


def _own(lines: Sequence[str]) -> list[str]:
    kept: list[str] = []
    at = 0
    while at < len(lines):
        bare = lines[at].strip()
        words = shared(lines[at])
        length = 1 if words else marked(lines, at, above=any(kept))
        if length:
            kept += filter(None, [words])
            at += length
            if not _goes_on(lines, at, above=any(kept)):
                break
            continue
        if matches(quote_markers.DISCLAIMERS, bare) and any(kept):
            break
        if not bare.startswith(">") and not _drops(bare) and not _is_wrapped(lines, at):
            kept.append(lines[at])
        at += 1
    return kept


def _is_wrapped(lines: Sequence[str], at: int) -> bool:
    """The rest of a quoted line that was broken where it was long; nobody answers in the middle of a sentence."""
    before, here = lines[at - 1].strip() if at else "", lines[at].strip()
    after = lines[at + 1].strip() if at + 1 < len(lines) else ""
    quoted = before.startswith(">") and after.startswith(">")
    return quoted and len(before) >= _LONG_LINE and here[:1].islower() and before[-1] not in ".?!:"


def _goes_on(lines: Sequence[str], at: int, *, above: bool) -> bool:
    """Below a mark: whether what is quoted is told apart from the writer's own words, which may stand between."""
    following = next((here for here in range(at, len(lines)) if lines[here].strip()), len(lines))
    if following == len(lines):
        return False
    if lines[following].strip().startswith(">") or marked(lines, following, above=True) > 0:
        return True
    return not above and _answers_between(lines[following:])


def _answers_between(lines: Sequence[str]) -> bool:
    """Whether words stand below quoted ones, where else nothing would be the writer's own."""
    quotes = (at for at, line in enumerate(lines) if line.lstrip().startswith(">"))
    first = next(quotes, len(lines))
    return any(line.strip() and not line.lstrip().startswith(">") for line in lines[first:])


def _drops(bare: str) -> bool:
    if len(bare) > quote_markers.MARK_WIDTH:
        return False
    unmarked = quote_markers.LINKED.sub(r"\1", bare).strip(quote_markers.EMPHASIS)
    return quote_markers.RULE.match(bare) is not None or matches(quote_markers.DROPPED, unmarked)


def _tidy(lines: Sequence[str]) -> str:
    return "\n".join(line for at, line in enumerate(lines) if line.strip() or (at and lines[at - 1].strip())).strip()
