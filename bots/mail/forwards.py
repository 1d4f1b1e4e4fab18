"""The words of a mail that is passed on: what is told stands below the line where one's own words end."""

import re
from collections.abc import Sequence

from bots.mail import quote_markers
from bots.mail.quotes import attribution, head, is_forward, is_original
from bots.mail.trim import trim
from core.watch import total

_MOST_LINES = 5_000
_LONGEST = 400_000  # characters
_DEEPEST = 5  # mails passed on in one another
_ENOUGH = 12  # words of a story; "still so" alone stands above the mail that tells it
_HEAD_LINES = 30
_WRAPPED = 4  # lines over which a list of addresses may go on
_QUOTE = re.compile(r"> ?")
_MARKS = re.compile(r"^[ \t]{0,9}(?:>[ \t]?){1,20}", re.MULTILINE)
# A subject that says so, as mail programs write it in the languages of those who write to us.
_SUBJECT = re.compile(
    r"(?:re\s*:\s*)*(?:fw|fwd|tr|trs|terusan|teruskan|wg|rv|enc|i|vs|doorst|\u8f6c\u53d1|\u8f49\u5bc4|\u8ee2\u9001)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:\uff1a]",
    re.IGNORECASE,
)


def says_so(subject: str) -> bool:
    """Whether a subject says that the mail passes another one on."""
    return _SUBJECT.match(subject.strip()) is not None


def _nothing(_text: str, /, *, announced: bool) -> str:
    del announced
    return ""


@total("forwards", instead=_nothing)
def passed_on(text: str, /, *, announced: bool) -> str:
    """The words of the mail inside, without its head and signature; empty where there is none.

    Of what that mail quotes no more is read than a story needs.

    `announced`: the subject says that there is one; else its own line has to.
    """
    lines: Sequence[str] = [line.rstrip() for line in text[:_LONGEST].split("\n", _MOST_LINES)[:_MOST_LINES]]
    told: list[str] = []
    for _ in range(_DEEPEST):
        below = _below(lines, announced=announced)
        if below is None:
            break
        lines, announced = _unquoted(_without_head(_unquoted(below))), True
        told += filter(None, [trim("\n".join(lines))])
        if sum(len(words.split()) for words in told) >= _ENOUGH:
            break
    return "\n\n".join(told)


def unquoted(text: str) -> str:
    """The words of a mail whose writer put all of them, or nearly all, between the marks of a quote."""
    return trim(_MARKS.sub("", text))


def _below(lines: Sequence[str], *, announced: bool) -> Sequence[str] | None:
    """What stands below the first line that says so; None where no line does."""
    for at, line in enumerate(lines):
        bare = line.strip()
        if len(bare) > quote_markers.MARK_WIDTH:
            continue
        if is_forward(bare) or (announced and is_original(bare)):
            return lines[at + 1 :]
        if announced and head(lines, at, above=True):
            return lines[at:]
        if announced and (wrapped := attribution(lines, at)):
            return lines[at + wrapped :]
    return None


def _unquoted(lines: Sequence[str]) -> list[str]:
    """Apple Mail quotes what it passes on."""
    first = next((line for line in lines if line.strip()), "")
    return [_QUOTE.sub("", line, count=1) for line in lines] if first.startswith(">") else list(lines)


def _without_head(lines: Sequence[str]) -> list[str]:
    """Without the lines that say from whom, to whom and when: as far down as one follows another."""
    end, misses = 0, 0
    for at, line in enumerate(lines[:_HEAD_LINES]):
        bare = line.strip()
        if quote_markers.HEAD_LINE.match(bare):
            end, misses = at + 1, 0
        elif bare and end:
            misses += 1
            if misses > _WRAPPED or not lines[at - 1].strip():
                break
        elif bare:
            break
    return list(lines[end:])
