"""What a citizen wrote now, without quoted history, signatures and small print: one pass over a table of marks.

Kept libraries know little Indonesian and lose the words of first mails; this is what the service lives by.
"""

from collections.abc import Sequence

from bots.mail import quote_markers
from bots.mail.quotes import marked, matches
from bots.mail.signatures import without_closing, without_signature
from core.watch import total

_MOST_LINES = 5_000
_LONGEST = 400_000  # characters: a long thread above a short answer, and eight times what a report may have


def _untrimmed(text: str, /) -> str:
    """Quoted words and a signature are better than none: what they tell of the writer is closed when it is filed."""
    return text.strip()


@total("trim", instead=_untrimmed)
def trim(text: str, /) -> str:
    """The writer's own words; empty where there are none."""
    lines = [line.rstrip() for line in text[:_LONGEST].split("\n", _MOST_LINES)[:_MOST_LINES]]
    return _tidy(without_closing(without_signature(_own(lines))))


def _own(lines: Sequence[str]) -> list[str]:
    kept: list[str] = []
    at = 0
    while at < len(lines):
        bare = lines[at].strip()
        length = marked(lines, at, above=any(kept))
        if length:
            at += length
            if not _goes_on(lines, at):
                break
            continue
        if matches(quote_markers.DISCLAIMERS, bare) and any(kept):
            break
        if not bare.startswith(">") and not _drops(bare):
            kept.append(lines[at])
        at += 1
    return kept


def _goes_on(lines: Sequence[str], at: int) -> bool:
    """Below a mark: whether what is quoted is told apart from the writer's own words, which may stand between."""
    following = next((here for here in range(at, len(lines)) if lines[here].strip()), len(lines))
    if following == len(lines):
        return False
    return lines[following].strip().startswith(">") or marked(lines, following, above=True) > 0


def _drops(bare: str) -> bool:
    return len(bare) <= quote_markers.MARK_WIDTH and (
        quote_markers.RULE.match(bare) is not None or matches(quote_markers.DROPPED, bare)
    )


def _tidy(lines: Sequence[str]) -> str:
    return "\n".join(line for at, line in enumerate(lines) if line.strip() or (at and lines[at - 1].strip())).strip()
