"""Decision tables: a rule reads a message where the dialogue stands; the first that reads it says what follows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from core import areas
from core.conversation.code_words import code_in
from core.conversation.events import At, Event, Files, Text
from core.conversation.outcomes import Outcome
from core.messages import ChannelProfile, StoredFile
from core.model import Asking, Dialogue, Step, TrackingCode

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Given:
    """What may be an answer to a message of ours. `point`: the words are a place that was sent."""

    said: Text
    files: tuple[StoredFile, ...] = ()
    group: str = ""
    point: bool = False


@dataclass(frozen=True)  # no slots: what is read of it is kept
class Received:
    """An event and the dialogue that it meets. `answers`: it may answer a message of ours."""

    dialogue: Dialogue
    event: Event
    profile: ChannelProfile
    answers: bool = True

    @property
    def text(self) -> str:
        """Its words, where nothing came with them."""
        return self.event.text if isinstance(self.event, Text) else ""

    @property
    def in_our_thread(self) -> bool:
        """A mail that answers one of ours."""
        return self.profile.threads and isinstance(self.event, Text) and self.event.in_thread

    @cached_property
    def given(self) -> Given | None:
        """Words, files or a place, where they may be an answer."""
        match self.event:
            case Text() as said if self.answers:
                return Given(said)
            case At(point, words) if _takes_a_point(self.dialogue):
                kept = areas.rounded(point)
                return Given(Text(f"{words}\n{kept.latitude}, {kept.longitude}".strip()), point=True)
            case Files(words=Text() | None as words) as files if files.files:
                return Given(words or Text("", files.in_thread, files.answers), files.files, files.group)
            case _:
                return None

    @cached_property
    def code(self) -> TrackingCode | None:
        """The code that its words name."""
        given = self.given
        text = self.text if given is None else given.said.text
        return None if given is not None and given.point else code_in(text)

    @property
    def answer(self) -> Given | None:
        """What is `given`, unless a code among the words says what they are about."""
        return self.given if self.given is not None and self.code is None else None


def _takes_a_point(dialogue: Dialogue) -> bool:
    """Whether a place that is sent is an answer, and not the place of a report."""
    asked = any(each.asking is Asking.ANSWER and not each.over for each in dialogue.awaited)
    waits = dialogue.step in {Step.ANSWER, Step.ADD} or keeps_words(dialogue)
    return waits or (dialogue.free and asked)


def keeps_words(dialogue: Dialogue) -> bool:
    """Whether words are kept for one of several reports, though something else was answered meanwhile."""
    return Step.WHICH in {dialogue.step, dialogue.back}


@dataclass(frozen=True, slots=True)
class Rule:
    """`name`: what is read, `then`: what follows; `take`: both of it, None for a message that is something else.

    `inner`: the rules of a table within the table, which stand in its place.
    """

    name: str
    then: str
    take: Callable[[Received], Outcome | None]
    inner: tuple["Rule", ...] = ()


def rule(
    name: str,
    read: Callable[[Received], T | None],
    act: Callable[[Dialogue, T, ChannelProfile], Outcome],
    then: str,
) -> Rule:
    """What `read` finds is what `act` acts on."""

    def take(received: Received) -> Outcome | None:
        found = read(received)
        return None if found is None else act(received.dialogue, found, received.profile)

    return Rule(name, then, take)


def nested(name: str, meet: Callable[[Received], Received | None], inner: tuple[Rule, ...]) -> Rule:
    """A table for the message as `meet` sees it; None: for this message it is none."""

    def take(received: Received) -> Outcome | None:
        met = meet(received)
        return None if met is None else first(inner, met)

    return Rule(name, "", take, inner)


def first(rules: tuple[Rule, ...], received: Received) -> Outcome | None:
    """What follows by the first rule that reads the message."""
    return next((outcome for each in rules if (outcome := each.take(received)) is not None), None)


def words(are: Callable[[str], object]) -> Callable[[Received], str | None]:
    """Reads words by what they are alone."""
    return lambda received: received.text if are(received.text) else None


def when(holds: Callable[[Received], bool]) -> Callable[[Received], str | None]:
    """Reads words by what they are where the dialogue stands."""
    return lambda received: received.text if holds(received) else None


def where(holds: Callable[[Received], bool]) -> Callable[[Received], Received | None]:
    """A table for such messages alone."""
    return lambda received: received if holds(received) else None


def as_if(change: Callable[[Dialogue], Dialogue]) -> Callable[[Received], Received]:
    """A table that meets the dialogue changed."""
    return lambda received: replace(received, dialogue=change(received.dialogue))
