"""What can happen in a conversation, read from a message; identity and wire words stay outside."""

from dataclasses import dataclass, field

from core.conversation.command_words import command_of
from core.conversation.intents import tells_own_home
from core.messages import Envelope, Incoming, Point, StoredFile, UnsupportedContent
from core.watch import total_else


@dataclass(frozen=True, slots=True)
class Text:
    """Words; `in_thread`: they answer a message of ours, `answers`: which ones, as the wire calls them."""

    text: str = field(repr=False)
    in_thread: bool = False
    answers: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """An option was pressed, of the question with that revision."""

    option: str
    revision: int


@dataclass(frozen=True, slots=True)
class At:
    """A place was sent; `words`: its name and address, where somebody chose one that has them."""

    point: Point
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Files:
    """Files came, perhaps with words, perhaps as one part of an album; `refused`: a phrase key for each not taken."""

    files: tuple[StoredFile, ...]
    refused: tuple[str, ...] = ()
    words: "Text | Command | None" = None
    group: str = field(default="", repr=False)
    found: Point | None = None
    in_thread: bool = False
    answers: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Strange:
    """Something came that a conversation cannot read, perhaps with words."""

    odd: UnsupportedContent
    words: "Text | Command | None" = None


@dataclass(frozen=True, slots=True)
class Command:
    """One of COMMANDS, and what stood behind it."""

    name: str
    rest: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PatienceEnded:
    """Nothing came for a day."""


Event = Text | Choice | At | Files | Strange | Command | PatienceEnded


def words_of(event: Event) -> str:
    """What is said in it, behind LAPOR too; empty where nothing is."""
    match event:
        case Text(text=said) | Command(name="report", rest=said):
            return said
        case Files(words=words) | Strange(words=words) if words is not None:
            return words_of(words)
        case _:
            return ""


@total_else("command", answer=None)
def _command(text: str, /) -> tuple[str, str] | None:
    return command_of(text)


def _words(text: str, envelope: Envelope) -> Text | Command:
    found = _command(text)
    return Command(*found) if found else Text(text, envelope.in_thread, envelope.answers)


def event_of(incoming: Incoming) -> Event:
    """The one event that a message is; files before words, a press before a place."""
    envelope = incoming.envelope
    # Half a surrogate is no character: it can be neither kept nor sent.
    text = envelope.text.replace("\x00", " ").encode("utf-8", "ignore").decode().strip()
    words = _words(text, envelope) if text else None
    if envelope.unsupported is not None:
        return Strange(envelope.unsupported, words)
    if envelope.choice or envelope.revision is not None:
        return Choice(envelope.choice, -1 if envelope.revision is None else envelope.revision)
    if incoming.files or incoming.refused:
        return Files(
            incoming.files,
            incoming.refused,
            words,
            envelope.group,
            incoming.found,
            envelope.in_thread,
            envelope.answers,
        )
    if envelope.point is not None:
        # Where somebody lives is nobody's matter: such a place is its point alone.
        return At(envelope.point, "" if tells_own_home(text.partition(",")[0]) else text[:300])
    return words or Text("", in_thread=envelope.in_thread)
