"""What a step of the conversation gives back: the dialogue that follows, what is said, and what shall be done."""

from dataclasses import dataclass

from core.messages import Line, Say
from core.model import CategoryId, Dialogue, Draft, Place, ReportId, TrackingCode


@dataclass(frozen=True, slots=True)
class FileReport:
    """The draft becomes a report. `shot`: from one message, without a dialogue."""

    draft: Draft
    shot: bool = False
    alternatives: tuple[CategoryId, ...] = ()
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
    """What was just filed is about something else, or somewhere else."""

    report: ReportId
    category: CategoryId | None = None
    place: Place | None = None


Effect = FileReport | LookUp | Forget | Correct


@dataclass(frozen=True, slots=True)
class Outcome:
    """`say` None: silence. Where there is an `effect`, what comes of it is said first, then the lines of `say`."""

    dialogue: Dialogue
    say: Say | None = None
    effect: Effect | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its lines, the ids of its options, and whether a place may be sent."""

    lines: tuple[Line, ...]
    options: tuple[str, ...] = ()
    point: bool = False


def line(key: str, *, keep: bool = True, **args: str) -> Line:
    """A line of what is said."""
    return Line(key, tuple(args.items()), keep)
