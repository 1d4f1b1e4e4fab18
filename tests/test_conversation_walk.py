"""A walk over every reachable state of a conversation with every kind of event, in every profile.

States are told apart by what decides the next question, so that the walk ends; what is said is rendered as it would be
sent, and must fit its channel.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

import pytest

from core import delivery, intake, tracking
from core.categories import category
from core.messages import ChannelProfile, Envelope, Incoming, Option, Point, StoredFile, UnsupportedContent, WireId
from core.model import Awaited, Dialogue, Step
from core.phrases import gsm7, render
from tests.fakes.doubtful import with_a_doubtful_number
from tests.fakes.memory_state import State
from tests.fakes.memory_store import MemoryStore
from tests.fakes.officers import Officers
from tests.fakes.said_once import SaidOnce
from tests.fakes.town import PHOTO, Town

CHANNELS = ("telegram", "sms", "mail")
TEXTS = (
    "halo",
    "terima kasih",
    "kekerasan dalam rumah tangga, istri dipukuli suami",
    "kebakaran besar di rumah warga kelurahan Cipinang Besar Selatan",
    "jalan rusak dan trotoar rusak dan galian kabel di jalan itu",
    "pungli di loket, petugas minta uang",
    with_a_doubtful_number("jalan rusak di tebet, mobil B 1234 XYZ"),
    "anu",
    "asdf qwer zxcv uiop",
    "ya",
    "tidak",
    "lewati",
    "1",
    "2",
    "5",
    "99",
    "dua",
    "!!!",
    "",
    "jatinegara",
    "kelurahan Kebayoran Lama Selatan",
    "di Bekasi",
    "depan warung Bu Sri",
    "kembali",
    "3201234567890123",
    "LAPOR",
    "LAPOR lampu jalan mati",
    "BATAL",
    "ULANG",
    "BANTUAN",
    "PRIVASI",
    "KODE",
    "EN",
    "ID",
    "/start",
    "/start jalan_rusak",
    "CEK",
    "LUPAKAN",
    "LUPAKAN 1234567890123456",
    "TAMBAH",
    "CABUT",
    "2 masih rusak",
    "sudah beres terima kasih",
    "jam 8 pagi sampai 5 sore",
    "pohon tumbang menutup jalan di kelurahan cikini sejak tadi pagi",
    "ikut",
    "lampu jalan mati dan sampah menumpuk di kelurahan cikini",
    "gabung",
    "/start air_bersih",
)
# Where answers are awaited: words that may be one, and those that lead to each kind of step.
FEWER = (
    "halo", "terima kasih", "baik", "ya", "1", "2", "3", "!!!", "BATAL", "LAPOR", "LAPOR lampu jalan mati", "/start",
    "jalan rusak di jalan itu", "kelurahan Kebayoran Lama Selatan", "3201234567890123", "TAMBAH", "BANTUAN",
    "2 masih rusak", "sudah beres terima kasih", "jam 8 pagi sampai 5 sore", "tidak ada air sejak kemarin",
    "pohon tumbang menutup jalan di kelurahan cikini sejak tadi pagi", "ikut",
)  # fmt: skip
# On Telegram, where buttons are pressed, a few more that lead somewhere; all are said by SMS and mail.
MORE = (
    "jatinegara",
    "di sini gelap sekali",
    "pungli di loket, petugas minta uang",
    with_a_doubtful_number("jalan rusak di tebet, mobil B 1234 XYZ"),
    "jalan rusak dan trotoar rusak dan galian kabel di jalan itu",
    "lampu jalan mati dan sampah menumpuk di kelurahan cikini",
    "/start air_bersih",
)


@dataclass(frozen=True)
class Stop:
    """One state of the walk: the dialogue, and the store that it lives in."""

    dialogue: Dialogue
    kept: State


def key_of(dialogue: Dialogue) -> tuple[object, ...]:
    draft, place = dialogue.draft, dialogue.draft.place
    leaf = category(draft.category) if draft.category else None
    if dialogue.step in {Step.ANSWER, Step.ADD, Step.RESUME}:
        return dialogue.step, dialogue.back, dialogue.filed is not None  # what lies below is not looked at meanwhile
    if dialogue.step in {Step.GROUP, Step.LEAF}:
        return dialogue.step, dialogue.offered, dialogue.filed is not None, bool(draft.text), dialogue.misses > 1
    return (
        dialogue.step,
        bool(draft.text),
        leaf.place_required if leaf else None,
        (place.area is not None, bool(place.words), place.point is not None) if place else None,
        bool(draft.files) and dialogue.step is Step.STORY,
        draft.found is not None,
        "B 1234 XYZ" in draft.text and not draft.doubted,
        dialogue.misses > 1,
        len(dialogue.offered),
        (dialogue.filed.placed, bool(dialogue.filed.alternatives)) if dialogue.filed else None,
        dialogue.alike is not None,
        len(draft.attributes) if dialogue.step in {Step.ATTRIBUTE, Step.SUMMARY, Step.CHANGE} else 0,
        bool(draft.second) and dialogue.step is Step.SUMMARY,  # only from there it is looked at
    )


@dataclass(frozen=True)
class Events:
    """What the walker may do, whatever stands; made once, as it is the same in every state."""

    plain: Envelope
    code: str
    waited_for: tuple[Awaited, ...]

    @cached_property
    def always(self) -> tuple[Incoming, ...]:
        """Words, and what comes without any."""
        return (*map(self._of, self._words()), *self._answers(), *self._files(), *self._others())

    def at(self, dialogue: Dialogue) -> Iterator[Incoming]:
        """Buttons as well, of now and of before."""
        yield from self.always
        for option in dialogue.offered:
            yield Incoming(replace(self.plain, choice=option, revision=dialogue.revision))
        yield Incoming(replace(self.plain, choice="send", revision=dialogue.revision - 1))

    def _of(self, text: str) -> Incoming:
        return Incoming(replace(self.plain, text=text))

    def _words(self) -> tuple[str, ...]:
        code, channel = self.code, self.plain.channel
        said = FEWER if self.waited_for else TEXTS if channel != "telegram" else (*FEWER, *MORE)
        coded = (code, f"CEK {code}", f"kode saya {code} bagaimana", f"TAMBAH {code}", f"TAMBAH {code} ada tiga")
        return (*said, *coded, f"{code} 2 masih rusak", f"CABUT {code}")

    def _answers(self) -> Iterator[Incoming]:
        for awaited in self.waited_for:
            yield self._of(awaited.last4)
            yield Incoming(replace(self.plain, text="itu jawabannya", in_thread=True, answers=(awaited.message,)))
            for button in ("answer", "solved", "unsolved"):
                yield Incoming(replace(self.plain, choice=f"{button}.{awaited.last4}", revision=0))

    def _files(self) -> Iterator[Incoming]:
        plain, tebet = self.plain, replace(self.plain, text="jalan rusak di tebet")
        yield Incoming(plain, (PHOTO,))
        yield Incoming(replace(plain, text=f"TAMBAH {self.code}"), (PHOTO,))
        yield Incoming(replace(plain, text=self.code), (PHOTO,))
        yield Incoming(replace(plain, group="album"), (PHOTO,))
        yield Incoming(replace(plain, text="ini fotonya"), (PHOTO,))
        yield Incoming(plain, (PHOTO,), found=Point(-6.2, 106.8))
        yield Incoming(tebet, (PHOTO,), found=Point(-6.2, 106.8))
        yield Incoming(plain, (), ("file_damaged",))

    def _others(self) -> Iterator[Incoming]:
        yield Incoming(replace(self.plain, text="3", in_thread=True))
        yield Incoming(replace(self.plain, text="apa kabar laporan saya", in_thread=True))
        yield Incoming(replace(self.plain, point=Point(-6.2, 106.8)))
        for unsupported in UnsupportedContent:
            yield Incoming(replace(self.plain, unsupported=unsupported))


def ordering_key_of(town: Town, channel: str) -> bytes:
    return town.store.run(lambda tx: tx.dialogues.ordering_key(channel, town.citizen(channel).address))


def silence_is_right(incoming: Incoming, before: Dialogue) -> bool:
    """To who left, and to the rest of an album that was answered already."""
    more = bool(incoming.envelope.group) and incoming.envelope.group == before.group and not incoming.envelope.text
    return incoming.envelope.unsupported is UnsupportedContent.LEFT or more


def check_said(text: str, options: tuple[Option, ...], profile: ChannelProfile, *, long: bool) -> None:
    most = profile.long_limit or profile.limit if long else profile.limit
    assert text
    if profile.gsm7:
        cost = gsm7.septets(text)
        assert cost is not None, f"outside GSM-7: {text}"
        assert cost <= most, f"{cost} septets: {text}"
    assert len(text) <= most
    assert len(options) <= profile.options


def files_are_kept(before: Dialogue, after: Dialogue, incoming: Incoming, *, filed: bool) -> bool:
    given: tuple[StoredFile, ...] = before.draft.files
    ended = incoming.envelope.text in {"BATAL", "ULANG"} or incoming.envelope.unsupported is UnsupportedContent.LEFT
    said = incoming.envelope.text
    chosen = before.offered[int(said) - 1 : int(said)] if said.isdecimal() and len(said) < 3 else ()
    dropped = incoming.envelope.choice in {"cancel", "drop", "photo"} or after.step is Step.IDLE or "photo" in chosen
    return filed or ended or dropped or len(after.draft.files) >= len(given)


@dataclass(frozen=True)
class Beside:
    """What stands beside the walk: how many questions wait for an answer, and whether "solved?" does."""

    questions: int = 0
    solved: bool = False


def asked(town: Town, channel: str, beside: Beside) -> None:
    """Reports of the walker about which staff ask something, or say that it is done."""
    walker = town.citizen(channel)
    for at in range(beside.questions + beside.solved):
        place = ("Gambir", "Menteng", "Senen")[at]
        if channel == "mail":
            walker.writes(f"lubang besar di jalan, kelurahan {place}")
        else:
            for words in ("/start jalan_rusak", "lubang di jalan itu", f"kelurahan {place}", "1"):
                walker.writes(words)
        ordering_key = ordering_key_of(town, channel)  # a turn of its own: what is kept is another state after it
        town.store.state.dialogues.pop(ordering_key, None)
    officers = Officers(town)
    for at, report in enumerate(town.reports[1:]):
        if at < beside.questions:
            officers.ask(report)
        else:
            officers.solve(report)


@dataclass
class Walk:
    """Every reachable state, one after the other."""

    town: Town
    channel: str
    lang: str
    code: str
    steps: set[Step] = field(default_factory=set)
    followed: bool = False
    ordering_key: bytes = field(init=False)
    events: Events = field(init=False)

    def __post_init__(self) -> None:
        self.ordering_key = ordering_key_of(self.town, self.channel)
        plain = Envelope(self.channel, self.town.citizen(self.channel).address, WireId("walk"))
        self.events = Events(plain, self.code, self.town.store.state.awaited.get(self.ordering_key, ()))

    def goes(self) -> None:
        begin = Dialogue(lang=self.lang)
        waiting, seen = deque([Stop(begin, self.town.store.state.copy())]), {key_of(begin)}
        while waiting:
            stop = waiting.popleft()
            self.steps.add(stop.dialogue.step)
            for incoming in self.events.at(stop.dialogue):
                kept = self._turn(stop, incoming)
                if kept.dialogue.lang == self.lang and key_of(kept.dialogue) not in seen:
                    seen.add(key_of(kept.dialogue))
                    waiting.append(kept)

    def _turn(self, stop: Stop, incoming: Incoming) -> Stop:
        """One event at one stop: answered once, in words that fit, with nothing lost."""
        town, profile = self.town, self.town.context.profiles[self.channel]
        store = MemoryStore()
        # What is awaited stands as at the beginning, so that each state meets it; how often a mail is answered, and
        # which were seen, is no state of the conversation.
        store.state = stop.kept.sharing()  # of which a turn makes a copy of its own
        store.state.awaited = stop.kept.awaited | town.store.state.awaited
        store.state.counts, store.state.seen = {}, {}
        before = len(store.state.reports)
        holders = len(store.state.holders)
        _, reply = store.run(lambda tx: intake.answer(tx, incoming, town.clock.now(), town.context))
        standing = store.state.dialogues.get(self.ordering_key)
        after = standing[0] if standing else Dialogue(lang=self.lang)
        if reply is None:
            assert silence_is_right(incoming, stop.dialogue), (stop.dialogue, incoming.envelope.text)
        else:
            said = render(reply.say, reply.lang, profile)
            check_said(said.text, said.options, profile, long=reply.say.long)
        followed = len(store.state.holders) - holders > len(store.state.reports) - before
        self.followed |= followed
        # What was filed, or went to the report that is followed, left the draft: a second one may wait behind it.
        gone = followed or len(store.state.reports) > before
        assert files_are_kept(stop.dialogue, after, incoming, filed=gone)
        return Stop(after, store.state)


@pytest.fixture(autouse=True, scope="module")
def _read_once() -> Iterator[None]:
    """The same few words are said in every state: what they mean is read once."""
    with SaidOnce().open():
        yield


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    ("lang", "beside"),
    [("id", Beside()), ("id", Beside(1)), ("en", Beside(2, solved=True))],
    ids=["plain", "asked", "thrice"],
)
def test_every_state_answers_every_event_in_words_that_fit_and_can_be_left(
    channel: str, lang: str, beside: Beside
) -> None:
    town = Town(lang, proved=("sms", "mail"))
    neighbour = town.citizen("telegram", "neighbour")
    neighbour.writes("/start jalan_rusak")
    neighbour.writes("lubang di kelurahan Kebayoran Lama Selatan")
    code = neighbour.writes("ya").code
    asked(town, channel, beside)
    assert len(town.store.state.awaited.get(ordering_key_of(town, channel), ())) == beside.questions + beside.solved
    walk = Walk(town, channel, lang, code)
    walk.goes()
    assert walk.steps >= {Step.IDLE, Step.STORY, Step.FILED, Step.ADD}
    if channel != "mail":
        assert walk.followed
        assert walk.steps >= {Step.CATEGORY, Step.GROUP, Step.LEAF, Step.PLACE, Step.PHOTO_PLACE, Step.SUMMARY}
        assert walk.steps >= {Step.CHANGE, Step.RESUME, Step.SEVERAL, Step.SECOND}
        assert (Step.ATTRIBUTE in walk.steps) is (channel == "telegram") or beside.questions
        assert walk.steps >= {Step.WHICH_PLACE, Step.DOUBT} or beside.questions
    if beside.questions:
        assert Step.ANSWER in walk.steps
        # In a mail thread with one question, no words are taken for a story of their own.
        assert (Step.WHICH in walk.steps) is (channel != "mail" or beside.solved)


def test_the_code_of_a_report_is_of_the_right_shape_in_every_reply() -> None:
    town = Town(proved=("sms", "mail"))
    budi = town.citizen("telegram")
    budi.writes("/start jalan_rusak")
    budi.writes("lubang di kelurahan cikini")
    told = budi.writes("ya")
    found = tracking.tried(told.code)
    assert found is not None
    assert tracking.holds_code(found)
    assert not town.store.run(lambda tx: delivery.claim(tx, town.clock.now(), 1, town.context))
