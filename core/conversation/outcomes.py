"""What a step of the conversation gives back: the dialogue that follows, what is said, and what shall be done."""

from dataclasses import dataclass, field

from core.messages import Line, Say, StoredFile
from core.model import About, Awaited, CategoryId, Dialogue, Draft, Place, ReportId, TrackingCode


@dataclass(frozen=True, slots=True)
class FileReport:
    """The draft becomes a report. `one_message`: from one message, without a dialogue."""

    draft: Draft
    one_message: bool = False
    alternatives: tuple[CategoryId, ...] = ()
    second: CategoryId | None = None  # what else the message told of, and is not filed for
    hint: str = ""  # phrase of an emergency number that was not said yet


@dataclass(frozen=True, slots=True)
class LookUp:
    """Somebody asks for the status."""

    code: TrackingCode


@dataclass(frozen=True, slots=True)
class Forget:
    """Somebody wants the address behind a code erased."""

    code: TrackingCode


@dataclass(frozen=True, slots=True)
class Correct:
    """What was just filed is about something else, or somewhere else. `words`: that say so, where nothing asked.

    `files`: that came with them.
    """

    report: ReportId
    category: CategoryId | None = None
    place: Place | None = None
    words: str = field(default="", repr=False)
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True, slots=True)
class CloseMore:
    """Words of what was just filed shall be closed too."""

    report: ReportId
    hides: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody answers what a message of ours asked; `solved`: what they say of a solution. `files`: theirs.

    `also`: the same for other reports, which have no files of it.
    """

    awaited: Awaited
    words: str = field(default="", repr=False)
    files: tuple[StoredFile, ...] = ()
    solved: bool | None = None
    also: tuple["Heard", ...] = ()


@dataclass(frozen=True, slots=True)
class ByCode:
    """A code and further words or files: an answer, where something was asked, else the status."""

    code: TrackingCode
    words: str = field(default="", repr=False)
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Add:
    """Something is added to a report; without words and files: it will come with the next message."""

    code: TrackingCode | None
    words: str = field(default="", repr=False)
    files: tuple[StoredFile, ...] = ()
    about: About | None = None  # where the report is known already


@dataclass(frozen=True, slots=True)
class Withdraw:
    """A report is taken back, perhaps with the reason."""

    code: TrackingCode
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Follow:
    """The draft goes to a report that says the same, and its writer hears of it from now on."""

    report: ReportId
    draft: Draft


@dataclass(frozen=True, slots=True)
class Hold:
    """Words or files that may be an answer, from somebody who only claims to be who was asked: a confirmation first.

    `beside`: they are read as the beginning of a report meanwhile.
    """

    words: str = field(default="", repr=False)
    files: tuple[StoredFile, ...] = ()
    beside: bool = False


Effect = Hold | FileReport | LookUp | Forget | Correct | CloseMore | Heard | ByCode | Add | Withdraw | Follow


def code_of(effect: Effect | None) -> TrackingCode | None:
    """The tracking code by which something is asked for, where it is asked for by one."""
    match effect:
        case LookUp() | Forget() | ByCode() | Add() | Withdraw():
            return effect.code
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`say` None: silence. Where there is an `effect`, what comes of it is said first, then the lines of `say`.

    `ready`: may be done without waiting for an answer, as nothing is left to ask.
    """

    dialogue: Dialogue
    say: Say | None = None
    effect: Effect | None = None
    ready: FileReport | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its lines, the ids of its options, and whether a place may be sent."""

    lines: tuple[Line, ...]
    options: tuple[str, ...] = ()
    point: bool = False


def line(key: str, *, keep: bool = True, **args: str) -> Line:
    """A line of what is said."""
    return Line(key, tuple(args.items()), keep)


def was_missed(outcome: Outcome) -> bool:
    """Whether an answer could not be read, and nothing follows but the question again."""
    said = {each.key for each in outcome.say.lines} if outcome.say is not None else set()
    return not said.isdisjoint({"choices_help", "not_understood"})
