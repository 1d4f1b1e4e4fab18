"""A walk over every reachable state of a conversation with every kind of event, in every manner and language.

States are told apart by what decides the next question, so that the walk ends; what is said is rendered as it would be
sent, and must fit its channel.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from core import delivery, intake, tracking
from core.categories import category
from core.messages import Envelope, Incoming, Manner, Odd, Option, Point, StoredFile, WireId
from core.model import Dialogue, Step
from core.phrases import LANGUAGES, gsm7, render
from tests.fakes.memory_store import MemoryStore, State
from tests.fakes.town import PHOTO, Town

CHANNELS = ("telegram", "sms", "mail")
TEXTS = (
    "halo",
    "terima kasih",
    "kekerasan dalam rumah tangga, istri dipukuli suami",
    "kebakaran besar di rumah warga kelurahan Cipinang Besar Selatan",
    "jalan rusak dan trotoar rusak dan galian kabel di jalan itu",
    "pungli di loket, petugas minta uang",
    "jalan rusak di tebet, mobil B 1234 XYZ, hubungi toko itu 0812 3456 7890",
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
)
START = Dialogue(lang="id")


@dataclass(frozen=True)
class Stop:
    """One state of the walk: the dialogue, and the store that it lives in."""

    dialogue: Dialogue
    kept: State


def key_of(dialogue: Dialogue) -> tuple[object, ...]:
    draft, place = dialogue.draft, dialogue.draft.place
    leaf = category(draft.category) if draft.category else None
    menu = dialogue.step in {Step.GROUP, Step.LEAF}
    return (
        dialogue.step,
        dialogue.back if dialogue.step is Step.RESUME else None,
        bool(draft.text),
        leaf.place_required if leaf else None,
        (place.area is not None, bool(place.words), place.point is not None) if place and not menu else None,
        bool(draft.files) and dialogue.step is Step.STORY,
        draft.found is not None,
        "B 1234 XYZ" in draft.text and not draft.doubted,
        dialogue.misses > 1,
        dialogue.offered if menu else len(dialogue.offered),
        (dialogue.filed.placed, bool(dialogue.filed.alternatives)) if dialogue.filed else None,
    )


def events(channel: str, dialogue: Dialogue, code: str, town: Town) -> Iterator[Incoming]:
    plain = Envelope(channel, town.citizen(channel).address, WireId("walk"))
    for text in (*TEXTS, code, f"CEK {code}", f"kode saya {code} bagaimana"):
        yield Incoming(replace(plain, text=text))
    yield Incoming(replace(plain, text="3", in_thread=True))
    yield Incoming(replace(plain, text="apa kabar laporan saya", in_thread=True))
    for option in dialogue.offered:
        yield Incoming(replace(plain, choice=option, revision=dialogue.revision))
    yield Incoming(replace(plain, choice="send", revision=dialogue.revision - 1))
    yield Incoming(replace(plain, point=Point(-6.2, 106.8)))
    yield Incoming(plain, (PHOTO,))
    yield Incoming(replace(plain, text="ini fotonya"), (PHOTO,))
    yield Incoming(plain, (PHOTO,), found=Point(-6.2, 106.8))
    yield Incoming(replace(plain, text="jalan rusak di tebet"), (PHOTO,), found=Point(-6.2, 106.8))
    yield Incoming(plain, (), ("file_damaged",))
    for odd in Odd:
        yield Incoming(replace(plain, odd=odd))


def silence_is_right(incoming: Incoming) -> bool:
    return incoming.envelope.odd is Odd.LEFT


def check_said(text: str, options: tuple[Option, ...], manner: Manner) -> None:
    assert text
    if manner.gsm7:
        cost = gsm7.septets(text)
        assert cost is not None, f"outside GSM-7: {text}"
        assert cost <= manner.limit, f"{cost} septets: {text}"
    assert len(text) <= manner.limit
    assert len(options) <= manner.options


def files_are_kept(before: Dialogue, after: Dialogue, incoming: Incoming, *, filed: bool) -> bool:
    given: tuple[StoredFile, ...] = before.draft.files
    ended = incoming.envelope.text in {"BATAL", "ULANG"} or incoming.envelope.odd is Odd.LEFT
    dropped = incoming.envelope.choice in {"cancel", "drop"} or after.step is Step.IDLE
    return filed or ended or dropped or len(after.draft.files) >= len(given)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_state_answers_every_event_in_words_that_fit_and_can_be_left(channel: str, lang: str) -> None:
    town = Town(lang)
    neighbour = town.citizen("telegram", "neighbour")
    neighbour.writes("/start jalan_rusak")
    neighbour.writes("lubang di kelurahan Kebayoran Lama Selatan")
    code = neighbour.writes("ya").code
    manner = town.house.manners[channel]
    lane = town.store.run(lambda tx: tx.dialogues.lane(channel, town.citizen(channel).address))
    waiting = deque([Stop(Dialogue(lang=lang), town.store.state.copy())])
    seen = {key_of(waiting[0].dialogue)}
    steps = set()
    while waiting:
        stop = waiting.popleft()
        steps.add(stop.dialogue.step)
        for number, incoming in enumerate(events(channel, stop.dialogue, code, town)):
            store = MemoryStore()
            store.state = stop.kept.copy()
            named = replace(incoming, envelope=replace(incoming.envelope, wire_id=WireId(f"{len(seen)}-{number}")))
            before = len(store.state.reports)
            _, reply = store.run(lambda tx, now=named: intake.answer(tx, now, town.clock.now(), town.house))  # type: ignore[misc]  # a default binds the loop variable
            standing = store.state.dialogues.get(lane)
            after = standing[0] if standing else Dialogue(lang=lang)
            if reply is None:
                assert silence_is_right(named), (stop.dialogue, named.envelope.text)
            else:
                said = render(reply.say, reply.lang, manner)
                check_said(said.text, said.options, manner)
            assert files_are_kept(stop.dialogue, after, named, filed=len(store.state.reports) > before)
            if after.lang == lang and key_of(after) not in seen:
                seen.add(key_of(after))
                waiting.append(Stop(after, store.state.copy()))
    assert steps >= {Step.IDLE, Step.STORY, Step.FILED}
    if channel != "mail":
        assert steps >= {
            Step.CATEGORY,
            Step.GROUP,
            Step.LEAF,
            Step.PLACE,
            Step.WHICH_PLACE,
            Step.PHOTO_PLACE,
            Step.DOUBT,
            Step.SUMMARY,
            Step.RESUME,
        }


def test_the_code_of_a_report_is_of_the_right_shape_in_every_reply() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("/start jalan_rusak")
    budi.writes("lubang di kelurahan cikini")
    told = budi.writes("ya")
    found = tracking.tried(told.code)
    assert found is not None
    assert tracking.holds_code(found)
    assert not town.store.run(lambda tx: delivery.claim(tx, town.clock.now(), 1, town.house))
