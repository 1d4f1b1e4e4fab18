"""Envelopes, what is said, and what a Channel is: the words that every wire and the core share."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol


class Secret:
    """A value that prints as a placeholder wherever it lands: log line, exception, page; `reveal` opens it."""

    __slots__ = ("_value",)
    shown = "<secret>"

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself; only a vault, a mapper or a wire has reason to ask."""
        return self._value

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, Secret) and other.reveal() == self._value

    def __hash__(self) -> int:
        return hash((self.shown, self._value))

    def __repr__(self) -> str:
        return self.shown

    __str__ = __repr__


class Address(Secret):
    """Where a citizen can be reached on one channel: a chat id, a phone number, a mail address."""

    __slots__ = ()
    shown = "<address>"


@dataclass(frozen=True, slots=True)
class SealedAddress:
    """An address, and the thread it is answered in, that only the part that sends can open.

    `pair`: which key it takes. `person`: the ordering key of whoever it belongs to, by which it is compared.
    """

    pair: str
    sealed: bytes = field(repr=False)
    person: bytes = field(repr=False)


class WireId(Secret):
    """What a wire calls one message of its own: update_id, MessageSid, Message-ID; opaque to us."""

    __slots__ = ()
    shown = "<wire id>"


class Tag(Secret):
    """What a message shows beside its sender, and only who got a message of ours can know: it opens a Capability."""

    __slots__ = ()
    shown = "<tag>"


TAG_MARK = "resi."
"""Stands in front of a tag wherever one is written among other words."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth, WGS 84 degrees."""

    latitude: float
    longitude: float

    def rounded(self, decimals: int) -> "Point":
        """With so many digits of a degree: 4 are 11 metres."""
        return Point(round(self.latitude, decimals), round(self.longitude, decimals))

    def __repr__(self) -> str:
        return "<point>"


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that came with a message: its bytes, or the wire's id by which they can be fetched. Never its name."""

    data: bytes = field(default=b"", repr=False)
    fetch_id: str = field(default="", repr=False)
    size: int | None = None


class UnsupportedContent(StrEnum):
    """What came instead of words that a conversation can read."""

    STICKER = "sticker"
    CONTACT = "contact"
    OTHER = "other"  # polls, dice, games, whatever a wire invents next
    EDIT = "edit"  # a message changed after it was sent
    GROUP = "group"  # we were added to a group chat
    LEFT = "left"  # the person blocked us or told the carrier STOP: no answer can reach them


@dataclass(frozen=True, slots=True)
class Thread:
    """A mail thread: what the answer names in In-Reply-To and References (each with its angle brackets)."""

    in_reply_to: str = field(default="", repr=False)
    references: str = field(default="", repr=False)
    ours: str = field(default="", repr=False)  # else: the id of the message of ours (Outgoing.id) that began it


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message of a citizen as a channel hands it over: a whitelist of what the core may know."""

    channel: str
    sender: Address
    wire_id: WireId
    text: str = field(default="", repr=False)
    choice: str = ""  # id of the option that was pressed
    revision: int | None = None  # of the question whose option was pressed
    point: Point | None = None
    files: tuple[FileRef, ...] = ()
    refused: tuple[str, ...] = ()  # phrase keys: what came with it, and is not even handed over
    unsupported: UnsupportedContent | None = None
    group: str = field(default="", repr=False)  # what ties the parts of one album
    in_thread: bool = False  # it answers, or claims to answer, a message of ours: a mail, a reply in a chat
    answers: tuple[str, ...] = field(default=(), repr=False)  # what the wire calls the messages of ours it answers
    proved: bool = False  # this very message's wire proves who sent it, though the channel in general does not
    tags: tuple[Tag, ...] = ()  # of messages of ours that it names, the likeliest first; any of them may be invented
    codes: tuple[Secret, ...] = ()  # tracking codes in words of ours that it quotes
    thread: Thread | None = None
    counted_as: str = ""  # the channel that a report of it is counted under, where that is not `channel`
    path: str = field(default="", repr=False)  # the network it came from, where a wire tells: for limits alone
    person: Address | None = None  # who wrote, where `sender` also says to which number of ours
    domain: str = field(default="", repr=False)  # whose owner has as many addresses as they like

    @property
    def author(self) -> Address:
        """Who wrote, whatever number of ours it was to, by whichever channel: nobody is answered by it."""
        return self.person or self.sender

    @property
    def counted(self) -> Address:
        """As whom the author counts where different senders are counted: one owner of a domain is one."""
        return Address(self.domain) if self.domain else self.author


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A scrubbed file that lies sealed under a random name; `key` opens it (base64), `kind` is its media type."""

    name: str
    key: str = field(repr=False)
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class PerceptualHash:
    """What a picture looks like: hashes of it and its croppings, then of the middle of each; `exact`: of the file."""

    hashes: tuple[bytes, ...] = field(repr=False)
    exact: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Incoming:
    """An envelope whose files were fetched and scrubbed; `refused` are phrase keys, one for each file not taken.

    `refused_at`: which ones of those that came with it, from 1.
    """

    envelope: Envelope
    files: tuple[StoredFile, ...] = ()
    refused: tuple[str, ...] = ()
    found: Point | None = None  # where a photo says that it was taken; offered, never kept by itself
    refused_at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One phrase with its arguments; a line that is not `keep` is left out where the channel has no room for it."""

    key: str
    args: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    keep: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be answered: `id` is what comes back, `label` what is read (already in the language)."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Say:
    """One message out, in phrases, not yet in a language nor fitted to a channel's profile."""

    lines: tuple[Line, ...]
    options: tuple[Option, ...] = ()
    ask_point: bool = False  # a place can be sent: show the channel's location button if it has one
    revision: int = 0  # of the question: comes back with a pressed option
    long: bool = False  # carries words of staff: may cost two segments


class SenderProof(StrEnum):
    """How well a channel proves who sent a message: docs/decisions/0031-proved-and-claimed.md."""

    PROVED = "proved"  # nobody else can send in this name
    CLAIMED = "claimed"  # anybody can: what exists is opened by a capability alone


class OneShot(StrEnum):
    """When one message is filed at once, without a dialogue."""

    NEVER = "never"
    KEYWORD = "keyword"  # LAPOR <words>
    ALWAYS = "always"  # every new message that tells a problem


@dataclass(frozen=True, slots=True)
class ChannelProfile:
    """How a channel speaks. `limit`: characters (GSM-7 septets where `gsm7`) that one message may hold."""

    name: str
    limit: int
    long_limit: int = 0  # the same for a message that carries words of staff; 0: no other
    max_buttons: int = 0  # most options that are pressed; those of a question with more are numbered in its text
    label_limit: int = 0  # most characters on a button, and of a place's name where phrases are terse; 0: no limit
    gsm7: bool = False
    terse: bool = False  # phrases in their short form, lines joined by spaces
    echo: bool = True  # the citizen's own words may be shown back
    threads: bool = False  # messages have a subject and a thread
    one_shot: OneShot = OneShot.NEVER
    options: int = 10  # most options that one question shows
    sender_proof: SenderProof = SenderProof.CLAIMED
    people: str = ""  # channels whose senders are the same people, by the same address, have the same word here

    @property
    def buttons(self) -> bool:
        """Whether options can be pressed at all."""
        return self.max_buttons > 0

    @property
    def proved(self) -> bool:
        """Whether nobody else can send in somebody's name."""
        return self.sender_proof is SenderProof.PROVED

    def with_proved_senders(self) -> "ChannelProfile":
        """The same, where nobody else can send in somebody's name."""
        return replace(self, sender_proof=SenderProof.PROVED)


class DeliveryKind(StrEnum):
    """Of a delivery: why it leaves."""

    REPLY = "reply"  # to what somebody just wrote
    QUESTION = "question"  # of staff, or about what was asked in somebody's name
    NEWS = "news"  # of a report, by itself
    DIGEST = "digest"  # later news of the same hour, together
    ALERT = "alert"  # to staff: never a citizen's, and no answer to it is read


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message ready for its wire; `id` is random, made once, and the same at every try.

    A channel whose provider sends nothing but templates that it has approved takes `key`, `lang` and `arguments` for
    `text`: they say the one thing that may not be left out, of a digest the newest.
    """

    to: Address
    text: str = field(repr=False)
    id: str
    options: tuple[Option, ...] = ()
    ask_point: bool = False
    point_label: str = ""  # what the location button says
    revision: int = 0
    subject: str = ""
    thread: Thread | None = None
    tag: str = field(default="", repr=False)  # what a reply to it may show; the same at every try
    kind: DeliveryKind = DeliveryKind.REPLY
    lang: str = ""
    key: str = ""  # the phrase that it is about
    arguments: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # what fills it, in the order it names them


class IntakeResult(StrEnum):
    """What became of an envelope that was handed in; only the first three are acknowledged to the wire."""

    DONE = "done"
    SEEN = "seen"  # came before: nothing was done again
    FAILED = "failed"  # a fault of ours, recorded as seen and answered "please send it again"
    LATER = "later"  # mail only: a fault of ours within the first hour, or too many; the wire shall try again


TakeEnvelope = Callable[[Envelope], Awaitable[IntakeResult]]
"""Hands an envelope to the core and returns after the commit; raises StoreAway when nothing could be kept."""


@dataclass(frozen=True, slots=True)
class HookRequest:
    """An HTTP request to a hook: bounded bytes; `query` is the raw query string, header names are lower case."""

    body: bytes = field(repr=False)
    query: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class HookAnswer:
    """What a hook answers."""

    status: int
    body: bytes = field(default=b"", repr=False)
    media_type: str = "text/plain"


@dataclass(frozen=True, slots=True)
class Hook:
    """A path at which a provider calls us; `answer` raises StoreAway for 503."""

    method: str
    path: str
    answer: Callable[[HookRequest], Awaitable[HookAnswer]]
    max_bytes: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting that a channel reads, without the prefix RESI_."""

    name: str
    about: str  # one line for .env.example and the doctor
    default: str = ""
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """A setting that is missing or contradicts another, and the mend; `fatal`: production does not start with it."""

    setting: str
    what: str
    mend: str
    fatal: bool = True


Values = Mapping[str, str]
"""Settings by name, without the prefix RESI_; empty where unset."""


DeliveryReceipt = Callable[[str, bool], Awaitable[None]]
"""Takes a provider's word on one message of ours: its id there, and whether it arrived."""


@dataclass(frozen=True, slots=True)
class ChannelCallbacks:
    """What a channel is given when it connects: where messages go in, and who takes receipts."""

    take: TakeEnvelope
    receipt: DeliveryReceipt


class Connection(Protocol):
    """A channel that is switched on."""

    @property
    def hooks(self) -> tuple[Hook, ...]:
        """Paths at which its provider calls us."""

    async def listen(self) -> None:
        """Works until it is cancelled: polls, holds a port open, or only waits. Trouble outside is waited out."""

    def ready(self) -> bool:
        """Whether its loop or port is up, whoever else may be away."""

    async def send(self, out: Outgoing) -> str:
        """The provider's id of the message, or nothing; raises DeliveryFailed."""

    async def fetch(self, ref: FileRef) -> bytes:
        """Raises FileAway."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A way for citizens to reach us; `bots/channels.py` lists them, all else loops over that list."""

    name: str
    profile: ChannelProfile
    settings: tuple[Setting, ...]
    configured: Callable[[Values], bool]  # has a way in
    sends: Callable[[Values], bool]  # has a real way out; else, in development, messages are written to var/outbox
    problems: Callable[[Values], tuple[Problem, ...]]
    connect: Callable[[Values, ChannelCallbacks], Connection]
    as_file: Callable[[Values, Outgoing], bytes] | None = None  # the message as its wire would carry it (.eml)
    reached_at: Callable[[Values], str] | None = None  # the address or number that people write to, where it is known
    typed: Callable[[Values, str], Address | None] | None = None  # what somebody writes down as their own; None: none
    proves: Callable[[Values], bool] = lambda _: False  # the operator declares that its wire proves who sent what
    off: str = ""  # one line: how to switch it on
    silent_loggers: tuple[str, ...] = ()  # loggers of its libraries that would write addresses or words
