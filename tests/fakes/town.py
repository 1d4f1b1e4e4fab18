"""A town in memory: citizens who write, and what they are told; the whole core, without a wire."""

import copy
import re
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from core import delivery, intake
from core.messages import (
    Address,
    Envelope,
    Incoming,
    IntakeResult,
    Option,
    Point,
    Secret,
    StoredFile,
    Tag,
    Thread,
    UnsupportedContent,
    WireId,
)
from core.model import Asking, Awaited, DeliveryKind, Dialogue, Report
from core.ports import Context
from tests.fakes.declared import BY_CARRIER, profiles
from tests.fakes.memory_store import MemoryStore, MemoryUnitOfWork
from tests.fakes.time_and_random import FakeClock, FakeRandomSource

CODE = re.compile(r"\d{4}-\d{4}-\d{4}-\d{4}")
PHOTO = StoredFile("a" * 40, "a2V5", "image/jpeg", 1000)


@dataclass(frozen=True)
class Told:
    """One message that a citizen got."""

    text: str
    options: tuple[Option, ...] = ()
    ask_point: bool = False
    revision: int = 0
    thread: Thread | None = None
    to: tuple[str, Address] | None = None
    kind: DeliveryKind = DeliveryKind.REPLY
    id: str = ""  # what its wire calls it
    tag: str = ""  # what a reply to it shows

    @property
    def code(self) -> str:
        found = CODE.search(self.text)
        return found.group() if found else ""


class Town:
    """One service and its citizens."""

    def __init__(self, lang: str = "id", seed: int = 1, *, proved: tuple[str, ...] = BY_CARRIER) -> None:
        """`proved`: channels whose senders the operator declares to be proved, beside those that always are."""
        self.store = MemoryStore()
        self.clock = FakeClock()
        self.context = Context(
            rng=FakeRandomSource(seed),
            zone=ZoneInfo("Asia/Jakarta"),
            lang=lang,
            profiles=profiles(proved),
        )
        self.news: list[Told] = []  # all but replies, in the order in which they arrived
        self.told: list[Told] = []  # all of it, likewise
        self._messages = 0

    def copy(self) -> "Town":
        """One that goes on from here by itself, with the same chance."""
        other = copy.copy(self)
        other.store, other.clock = MemoryStore(), FakeClock(self.clock.now())
        other.store.state = self.store.state.copy()
        other.context = replace(self.context, rng=copy.copy(self.context.rng))
        other.news, other.told = list(self.news), list(self.told)
        return other

    def citizen(self, channel: str, address: str = "budi") -> "Citizen":
        return Citizen(self, channel, Address(address))

    def take(self, incoming: Incoming) -> tuple[IntakeResult, list[Told]]:
        now = self.clock.now()
        taken = self.store.run(lambda tx: intake.message(tx, incoming, now, self.context))
        return taken, self.post()

    def post(self) -> list[Told]:
        """Everything in the outbox is delivered."""
        told = []
        now = self.clock.now()
        while ready := self.store.run(lambda tx: delivery.claim(tx, now, 10, self.context)):
            for each in ready:
                out = each.outgoing
                to, kind = (each.delivery.channel, out.to), each.delivery.kind
                told.append(
                    Told(
                        out.text,
                        each.delivery.say.options,
                        out.ask_point,
                        out.revision,
                        out.thread,
                        to,
                        kind,
                        out.id,
                        out.tag,
                    )
                )
                self.store.run(lambda tx, done=each.delivery: delivery.sent(tx, done, "", now, self.context))  # type: ignore[misc]  # a default binds the loop variable
        self.news += [each for each in told if each.kind is not DeliveryKind.REPLY]
        self.told += told
        return told

    def next_id(self) -> WireId:
        self._messages += 1
        return WireId(f"wire-{self._messages}")

    @property
    def awaited(self) -> list[Awaited]:
        """Whatever is waited for of anybody, but corrections of what was just filed."""
        every = (each for awaited in self.store.state.awaited.values() for each in awaited)
        return [each for each in every if each.asking is not Asking.CORRECTION]

    @property
    def reports(self) -> list[Report]:
        return list(self.store.state.reports.values())


class Citizen:
    """Somebody on one channel."""

    def __init__(self, town: Town, channel: str, address: Address) -> None:
        self._town = town
        self.channel = channel
        self.address = address
        self.last = Told("")

    def sends(self, incoming: Incoming) -> Told:
        taken, told = self._town.take(incoming)
        assert taken is IntakeResult.DONE
        replies = [each for each in told if each.kind is DeliveryKind.REPLY]
        assert len(replies) <= 1, "one turn, one message"
        assert all(each.to == (self.channel, self.address) for each in replies)
        self.last = replies[0] if replies else Told("")
        return self.last

    def begun(self) -> Envelope:
        """A message that says nothing yet."""
        return Envelope(self.channel, self.address, self._town.next_id())

    def writes(self, text: str, *, in_thread: bool = False) -> Told:
        """`in_thread`: as a reply to what they were told last."""
        tags = (Tag(self.newest.tag),) if in_thread else ()
        return self.sends(Incoming(replace(self.begun(), text=text, in_thread=in_thread, tags=tags)))

    def writes_forged(self, text: str) -> Told:
        """In the name of this address, as a reply to a message of ours that never was."""
        envelope = replace(self.begun(), text=text, in_thread=True, answers=("aaaa",), tags=(Tag("a" * 26),))
        return self.sends(Incoming(envelope))

    def writes_from(self, path: str, text: str) -> Told:
        """From that network."""
        return self.sends(Incoming(replace(self.begun(), text=text, path=path)))

    def quotes(self, code: str, text: str) -> Told:
        """From a program that drops every header, and quotes what it answers."""
        codes = (Secret(code.replace("-", "")),)
        return self.sends(Incoming(replace(self.begun(), text=text, codes=codes)))

    @property
    def newest(self) -> Told:
        """What arrived last, an answer or not."""
        return next((each for each in reversed(self._town.told) if each.to == (self.channel, self.address)), Told(""))

    @property
    def news(self) -> list[Told]:
        return [each for each in self._town.news if each.to == (self.channel, self.address)]

    def replies_to(self, told: Told, text: str, files: tuple[StoredFile, ...] = ()) -> Told:
        """A reply to that very message."""
        tags = (Tag(told.tag),)
        envelope = replace(self.begun(), text=text, in_thread=True, answers=(told.id,), tags=tags)
        return self.sends(Incoming(envelope, files))

    def presses_news(self, told: Told, label: str) -> Told:
        """A button below a message that came by itself."""
        option = next(each for each in told.options if each.label == label)
        return self.presses_stale(option.id, told.revision)

    def presses(self, label: str) -> Told:
        option = next(each for each in self.last.options if each.label == label)
        return self.sends(Incoming(replace(self.begun(), choice=option.id, revision=self.last.revision)))

    def presses_stale(self, option: str, revision: int) -> Told:
        return self.sends(Incoming(replace(self.begun(), choice=option, revision=revision)))

    def points(self, latitude: float = -6.2, longitude: float = 106.8, words: str = "") -> Told:
        return self.sends(Incoming(replace(self.begun(), point=Point(latitude, longitude), text=words)))

    def sends_photo(
        self, caption: str = "", *, group: str = "", refused: tuple[str, ...] = (), found: Point | None = None
    ) -> Told:
        files = () if refused else (PHOTO,)
        return self.sends(Incoming(replace(self.begun(), text=caption, group=group), files, refused, found))

    def sends_unsupported(self, unsupported: UnsupportedContent, caption: str = "") -> Told:
        return self.sends(Incoming(replace(self.begun(), unsupported=unsupported, text=caption)))

    @property
    def dialogue(self) -> Dialogue | None:
        """Where it stands: by address where that is proved, else where the tag of what they were told last leads."""
        standing = self._town.store.run(lambda tx: tx.dialogues.get(self._key(tx)))
        return standing[0] if standing else None

    def _key(self, tx: MemoryUnitOfWork) -> bytes:
        shown = tx.capabilities.get(Tag(self.last.tag), self._town.clock.now()) if self.last.tag else None
        if shown is not None and shown.dialogue:
            return bytes.fromhex(shown.dialogue)
        return tx.dialogues.ordering_key(self.channel, self.address)


def lamp(town: Town) -> Told:
    """A report as most are: two messages, and the code."""
    budi = town.citizen("telegram")
    budi.writes("lampu jalan mati sudah seminggu di depan SDN 03, kelurahan manggarai")
    return budi.presses("Kirim")
