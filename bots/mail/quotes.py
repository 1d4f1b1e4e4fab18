"""Where in a mail somebody else's words begin: attributions, heads of quoted mails, and the lines above them."""

import re
from collections.abc import Sequence
from itertools import islice

from bots.mail import quote_markers

_WRAPPED = 4  # lines over which an attribution may be broken
_HEAD_LINES = 16  # lines in which the head of a quoted mail shows itself
_BETWEEN = 2  # lines of a head in a row that are no new field: addresses that go on
_FOOTER_LINES = 12
_SHARED_TRIES = 4  # dates in one line that may begin an attribution
_REST = 1_000_000  # lines: all that are left


def marked(lines: Sequence[str], at: int, *, above: bool) -> int:
    """Over how many lines a mark stands here, below which somebody else speaks; 0: there is none.

    `above`: the writer has said something already.
    """
    bare = lines[at].strip()
    if not bare or len(bare) > quote_markers.MARK_WIDTH:
        return 0
    if quote_markers.RULE.match(bare):
        return _ruled(lines, at)
    if is_original(bare) or is_forward(bare):
        following = _next(lines, at + 1)
        if following == len(lines):
            return _REST
        return following - at + (head(lines, following, above=True) or _fields(lines, following))
    return attribution(lines, at) or head(lines, at, above=above)


def is_original(bare: str) -> bool:
    """Whether a line says that the mail follows which is answered."""
    title = _title(bare)
    return matches(quote_markers.CUTS, bare) or (title != "" and quote_markers.ORIGINAL.match(title) is not None)


def is_forward(bare: str) -> bool:
    """Whether a line says that a mail follows which is passed on."""
    title = _title(bare)
    return matches(quote_markers.FORWARDS, bare) or (title != "" and quote_markers.FORWARDED.match(title) is not None)


def _title(bare: str) -> str:
    """What stands behind two dashes or more; empty where there are none."""
    title = bare.lstrip(quote_markers.DASHES)
    dashes = bare[: len(bare) - len(title)]
    return title if sum(map(dashes.count, "-_=")) > 1 else ""


def matches(table: Sequence[re.Pattern[str]], bare: str) -> bool:
    """Whether a line is one of the table's."""
    return any(mark.match(bare) for mark in table)


def _next(lines: Sequence[str], at: int) -> int:
    """Where the next line with words stands."""
    return next((here for here in range(at, len(lines)) if lines[here].strip()), len(lines))


def _ruled(lines: Sequence[str], at: int) -> int:
    """A rule as Outlook draws it marks a quote where its head follows, or nothing more but a mailing list's own."""
    following = end = _next(lines, at + 1)
    while end < len(lines) and end - at < _FOOTER_LINES and quote_markers.FOOTER.match(lines[end].strip()):
        end = _next(lines, end + 1)
    if end == len(lines):
        return _REST
    if end > following and (attribution(lines, end) or lines[end].strip().startswith(">")):
        return end - at
    length = head(lines, following, above=True) or _begins_head(lines[following].strip())
    return following - at + length if length else 0


def _begins_head(bare: str) -> int:
    return int(quote_markers.HEAD_LINES["from"].match(bare) is not None)


def head(lines: Sequence[str], at: int, *, above: bool) -> int:
    """Over how many lines the head of a quoted mail stands here; 0 where it does not.

    A letter has such lines, too: unless something stands above them, an address or a time has to prove it.
    """
    if at >= len(lines) or not quote_markers.HEAD_LINE.match(lines[at].strip()):
        return 0
    if quote_markers.HEAD_IN_ONE.match(lines[at].strip()):
        return 1
    kinds, last, between = set[str](), at, 0
    for here in range(at, min(at + _HEAD_LINES, len(lines))):
        bare = lines[here].strip()
        kind = _kind(bare)
        if kind:
            kinds.add(kind)
            last, between = here, 0
        elif bare:
            between += 1
            if between > _BETWEEN:
                break
    whole = "from" in kinds and bool(kinds & {"sent", "date"}) and bool(kinds & {"to", "subject"})
    proved = above and "sent" in kinds
    proved = proved or any(quote_markers.HEAD_PROOF.search(line) for line in lines[at : last + 1])
    return last + 1 - at if whole and proved else 0


def _fields(lines: Sequence[str], at: int) -> int:
    """How many lines here are fields of a head, below a line that says that one follows."""
    return next((here - at for here in range(at, len(lines)) if not _kind(lines[here].strip())), len(lines) - at)


def _kind(bare: str) -> str:
    if len(bare) > quote_markers.MARK_WIDTH or not quote_markers.HEAD_LINE.match(bare):
        return ""
    return next((kind for kind, mark in quote_markers.HEAD_LINES.items() if mark.match(bare)), "")


def attribution(lines: Sequence[str], at: int) -> int:
    """Over how many lines "Pada ... menulis:" stands here; 0 where it does not."""
    bare = lines[at].strip()
    known = quote_markers.ATTRIBUTION_START.match(bare) is not None
    if not known and not quote_markers.DATE_AND_TIME.match(bare):
        return int(_introduces(lines, at))
    joined = ""
    for count, line in enumerate(lines[at : at + _WRAPPED], start=1):
        if not line.strip() or len(line) > quote_markers.MARK_WIDTH:
            return 0
        joined = f"{joined} {line.strip()}".strip()[-quote_markers.MARK_WIDTH :]
        if (known or "<" in joined) and _attributes(joined):
            return count
    return 0


def _introduces(lines: Sequence[str], at: int) -> bool:
    """Whether a line names who is quoted right below it, and when or by way of what."""
    bare = lines[at].strip()
    if not bare.endswith((":", "\uff1a")) or not quote_markers.DAY_OR_VIA.search(bare):
        return False
    following = _next(lines, at + 1)
    quoted = following < min(len(lines), at + 1 + _BETWEEN) and lines[following].strip().startswith(">")
    return quoted and quote_markers.WROTE.search(bare) is not None


def _attributes(joined: str) -> bool:
    if quote_markers.WROTE_LAST.search(joined[-quote_markers.LAST :]):
        return _is_dated(joined)
    # "Am 3.6. schrieb Lapor <...>:": the verb stands before the name.
    if joined.rstrip(" -=_*").endswith((":", "\uff1a")) and _is_dated(joined):
        verb = quote_markers.WROTE.search(joined)
        rest = joined[verb.end() :] if verb else ""
        if (verb and ("@" in rest or ("@" in joined and _is_dated(rest)))) or quote_markers.WROTE_BEFORE.search(joined):
            return True
    return _is_date_and_address(joined)


def _is_dated(text: str) -> bool:
    return quote_markers.ATTRIBUTION_PROOF.search(text) is not None


def _is_date_and_address(joined: str) -> bool:
    """Some programs need no verb."""
    if quote_markers.GMT.match(joined):
        return True
    address = joined.rfind("<")
    if address <= 0 or not quote_markers.DATED.match(joined):
        return False
    timed = quote_markers.TIME.search(joined, 0, address) or quote_markers.WHOLE_DATE.match(joined)
    return timed is not None and quote_markers.ADDRESS_END.match(joined, address) is not None


def shared(line: str) -> str:
    """One's own words in front of an attribution that stands in the same line; empty where there is none."""
    if len(line) > quote_markers.MARK_WIDTH or "@" not in line or line.lstrip().startswith(">"):
        return ""
    for found in islice(quote_markers.SHARED.finditer(line), _SHARED_TRIES):
        if _attributes(line[found.end() :].strip()):
            before = line[: found.start()].rstrip()
            return "" if before.endswith(">") and "@" in before else before
    return ""
