"""Whoever writes in somebody's name: it changes nothing, tells nothing of whom it names, and opens no report of graft.

Two towns with the same chance differ in one thing alone: in one the suspect reported, in the other a stranger did, in
the same words. Whatever is forged in the suspect's name, both stay the same. Pairs of messages are all tried, triples
by chance: two thousand, or as many as RESI_TEST_TRIPLES says.
"""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from core.messages import Incoming, Secret, StoredFile, Tag
from core.model import Report
from tests.fakes.officers import Officers
from tests.fakes.said_once import SaidOnce
from tests.fakes.town import PHOTO, Citizen, Told, Town

pytestmark = pytest.mark.hostile

SUSPECT, STRANGER = "+6281100000001", "+6281100000002"
STORY = "Jalan berlubang besar di kelurahan cikini, sudah seminggu."
GRAFT = "Petugas Kelurahan Tebet Timur minta uang pelicin untuk surat pengantar, ini pungli"
MARK = "uang pelicin"
TRIPLES = int(os.environ.get("RESI_TEST_TRIPLES", "2000"))  # noqa: TID251 - how long a test may take


@dataclass(frozen=True)
class Forged:
    """One message in somebody's name; by mail perhaps as a reply to one of ours that never was."""

    text: str
    invented: bool = False
    quoted: str = ""
    files: tuple[StoredFile, ...] = ()

    def sent(self, citizen: Citizen) -> Told:
        """What that address is told."""
        threaded = self.invented and citizen.channel == "mail"
        envelope = replace(citizen.begun(), text=self.text, in_thread=threaded)
        if threaded:
            envelope = replace(envelope, answers=("aaaa",), tags=(Tag("a" * 26),))
        if self.quoted and citizen.channel == "mail":
            envelope = replace(envelope, codes=(Secret(self.quoted),))
        files = self.files if citizen.channel == "mail" else ()
        return citizen.sends(Incoming(envelope, files))


ANYTHING = (
    Forged("1"),
    Forged("1", invented=True),
    Forged("2 masih rusak"),
    Forged("3"),
    Forged("ya"),
    Forged("tidak"),
    Forged("jangan dicabut, bukan saya", invented=True),
    Forged("nomor 12", invented=True),
    Forged("Di depan warung sebelah pos ronda, sejak hari Senin", invented=True),
    Forged("kependudukan"),
    Forged("Lampu jalan (PJU)"),
    Forged("Tebet Timur"),
    Forged("/start pju"),
    Forged("/start"),
    Forged("LAPOR lampu jalan mati di kelurahan Tebet Timur"),
    Forged("lampu jalan mati di kelurahan Tebet Timur sejak minggu lalu"),
    Forged(STORY),
    Forged(f"LAPOR {STORY}"),
    Forged("ikut"),
    Forged("KODE"),
    Forged("TAMBAH masih berlubang"),
    Forged("TAMBAH 1234-5678-9012-3456 masih berlubang"),
    Forged("CABUT"),
    Forged("CABUT 1234-5678-9012-3456"),
    Forged("LUPAKAN 1234-5678-9012-3456"),
    Forged("CEK 1234567890123456"),
    Forged("1", quoted="1234567890123456"),
    Forged("batal"),
    Forged("ulang"),
    Forged("bahasa"),
    Forged("bantuan"),
    Forged("terima kasih"),
    Forged("4827 1"),
    Forged("", invented=True, files=(PHOTO,)),
)
"""Commands, options, payloads, stories and answers."""


@pytest.fixture(autouse=True, scope="module")
def _read_once() -> Iterator[None]:
    """The same few words are said ten thousand times: what they mean is read once."""
    with SaidOnce().open():
        yield


# -- whose address it is --


def _code(by: Citizen, story: str) -> str:
    """Of what they report; where questions are asked first, they choose what stands first."""
    told = by.writes(story)
    for _ in range(5):
        if not told.code:
            told = by.writes("1")
    assert told.code
    return told.code


def filed(town: Town, by: Citizen) -> Report:
    _code(by, f"LAPOR {STORY}")
    return town.reports[0]


def asked(town: Town, by: Citizen) -> Report:
    return Officers(town).ask(filed(town, by), "Di depan nomor berapa?")


def solved(town: Town, by: Citizen) -> Report:
    return Officers(town).solve(filed(town, by))


def being_withdrawn(town: Town, by: Citizen) -> Report:
    code = _code(by, f"LAPOR {STORY}")
    town.citizen("telegram", "thief").writes(f"CABUT {code}")
    return town.reports[0]


def step_by_step(town: Town, by: Citizen) -> Report:
    """Without a command: by SMS a draft stands open meanwhile."""
    _code(by, STORY)
    return town.reports[0]


def without_a_place(town: Town, by: Citizen) -> Report:
    told = by.writes("LAPOR lampu jalan mati gelap sekali tolong")
    for words in ("lewati", "1"):
        told = told if told.code else by.writes(words)
    assert town.reports[0].place.area is None
    return town.reports[0]


def followed(town: Town, by: Citizen) -> Report:
    """As somebody who reported the same, and got a code of their own for it."""
    report = filed(town, town.citizen("sms", "+6281100000003"))
    told = by.writes("lubang besar di jalan, bahaya sekali")
    for words in ("kelurahan cikini", "1", "1", "1"):
        told = told if told.code else by.writes(words)
    return report


STAGES = {each.__name__: each for each in (filed, asked)}
MORE_STAGES = {each.__name__: each for each in (solved, being_withdrawn, step_by_step, without_a_place, followed)}
EVERY_STAGE = STAGES | MORE_STAGES


@dataclass(frozen=True)
class Twins:
    """The town where the suspect reported, and the one where a stranger did."""

    suspected: Town
    free: Town

    def forged(self, channel: str, message: Forged) -> "Twins":
        """Both as they go on; what anybody could see of it is the same."""
        after = Twins(self.suspected.copy(), self.free.copy())
        told = [message.sent(town.citizen(channel, SUSPECT)) for town in (after.suspected, after.free)]
        assert told[0] == told[1], message
        assert seen(after.suspected) == seen(after.free), message
        return after

    def dealt_with(self, act: str) -> "Twins":
        """An officer does something about the report of which they would like to know who sent it."""
        after = Twins(self.suspected.copy(), self.free.copy())
        for town in (after.suspected, after.free):
            officers, report = Officers(town), town.reports[0]
            officers.ask(report, "Sejak kapan?") if act == "ask" else officers.solve(report)
        return after

    def later(self, hours: int) -> "Twins":
        """Both, that long afterwards, with what was sent meanwhile."""
        towns = self.suspected.copy(), self.free.copy()
        for town in towns:
            town.clock.passes(hours=hours)
            town.post()
        return Twins(*towns)


def twins(stage: str, channel: str) -> Twins:
    towns = []
    for who in (SUSPECT, STRANGER):
        town = Town(proved=())
        EVERY_STAGE[stage](town, town.citizen(channel, who))
        towns.append(town)
    return Twins(*towns)


def seen(town: Town) -> object:
    """Whatever a page, a list, a count or a figure could be made of, and how much of the rest there is."""
    state = town.store.state
    exact = (state.reports, state.history, state.holders, state.corrections, state.held, state.notices, state.audit)
    awaited = [
        each for ordering_key in state.awaited.values() for each in ordering_key if each.until > town.clock.now()
    ]
    kept = (
        len(state.contacts),
        len(state.capabilities),
        len(state.waiting),
        len(state.done),
        len(awaited),
        len(state.dialogues),
        len(state.seen),
    )
    published = (set(state.unpublished), state.published)
    sent = [(each.text, each.options, each.kind) for each in town.told]
    return exact, published, sent, kept


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("channel", ["mail", "sms"])
def test_whatever_two_messages_are_forged_nothing_tells_whether_that_address_reported(channel: str, stage: str) -> None:
    begun = twins(stage, channel)
    for first in ANYTHING:
        after = begun.forged(channel, first)
        for second in ANYTHING:
            after.forged(channel, second)


@pytest.mark.parametrize("act", ["ask", "solve"])
@pytest.mark.parametrize("channel", ["mail", "sms"])
def test_what_an_officer_does_meanwhile_tells_nothing_either(channel: str, act: str) -> None:
    begun = twins("filed", channel)
    for first in ANYTHING:
        after = begun.forged(channel, first).dealt_with(act)
        for second in ANYTHING:
            after.forged(channel, second)


def test_three_forged_messages_hours_and_days_apart_tell_nothing_either() -> None:
    chance = random.Random(1312)
    stages = [(stage, channel) for stage in EVERY_STAGE for channel in ("mail", "sms", "telegram")]
    begun = {at: twins(*at) for at in stages}
    for _ in range(TRIPLES):
        stage, channel = chance.choice(stages)
        after = begun[stage, channel]
        for message in chance.choices(ANYTHING, k=3):
            # Nobody writes in another's name by Telegram, but of its user they may know number and address.
            claimed = chance.choice(("mail", "sms")) if channel == "telegram" else channel
            after = after.later(chance.choice((0, 0, 2, 25))).forged(claimed, message)


def test_marks_in_a_report_do_not_tell_which_language_a_number_spoke_before() -> None:
    texts = []
    for who in (SUSPECT, STRANGER):
        town = Town(proved=())
        reporter, forger = town.citizen("sms", who), town.citizen("sms", SUSPECT)
        for words in ("language", "Big pothole in the road in kelurahan cikini for a week now", "1"):
            reporter.writes(words)
        for words in ("PJU Jl. Tebet Timur Dalam 12, kelurahan Tebet Timur, 081234567890", "1", "1"):
            forger.writes(words)
        assert len(town.reports) == 2
        texts.append(town.reports[-1].text)
    assert "[telepon]" in texts[0]
    assert texts[0] == texts[1]


# -- a victim's report of graft --


def by_mail(victim: Citizen) -> None:
    victim.writes(GRAFT)


def by_command(victim: Citizen) -> None:
    victim.writes(f"LAPOR {GRAFT}")


def in_plain_words(victim: Citizen) -> None:
    """And the questions that come back are answered as somebody does who reads them."""
    wanted = (
        *("lanjut", "pungli", "extortion", "laporan baru", "new report", "pisah", "separately", "kirim", "send"),
        *("layanan & aparatur", "services & officials", "lihat lagi", "show more"),  # where the kind is looked for
        *("bukan itu", "something else"),
    )
    _answers(victim, wanted)


def in_one_report(victim: Citizen) -> None:
    """The same for somebody who says yes to whatever stands first."""
    _answers(victim, ("gabung", "together", ""))


def _answers(victim: Citizen, wanted: tuple[str, ...]) -> None:
    told = victim.writes(GRAFT)
    for _ in range(16):
        if told.code and not told.options:
            return
        labels = [option.label.lower() for option in told.options]
        chosen = next((at for words in wanted for at, label in enumerate(labels, 1) if words in label), None)
        told = victim.writes(str(chosen) if chosen else "Tebet Timur")


WAYS = {"by_mail": by_mail, "by_command": by_command, "in_plain_words": in_plain_words, "in_one_report": in_one_report}


def leaks(town: Town) -> list[str]:
    """What stands wrongly of the story of graft; nothing where it is at its agency alone."""
    state = town.store.state
    told = [report for report in town.reports if MARK in f"{report.text} {report.place.words}"]
    wrong = [] if told else ["nothing was filed"]
    wrong += [f"open: {report.text} {report.place.words}" for report in told if not report.restricted]
    wrong += [f"at {report.agency}" for report in told if report.agency != "inspektorat"]
    others = [report.id for report in town.reports if not report.restricted]
    wrong += [f"in the history: {each.text}" for one in others for each in state.history[one] if MARK in each.text]
    return wrong


@pytest.mark.parametrize("way", WAYS)
def test_whatever_was_forged_before_it_a_report_of_graft_is_restricted(way: str) -> None:
    channel = "mail" if way == "by_mail" else "sms"
    empty, wrong = Town(proved=()), {}
    for first in ANYTHING:
        once = empty.copy()
        first.sent(once.citizen(channel, SUSPECT))
        for second in ANYTHING:
            twice = once.copy()
            second.sent(twice.citizen(channel, SUSPECT))
            WAYS[way](twice.citizen(channel, SUSPECT))
            if found := leaks(twice):
                wrong[first, second] = found
    assert not wrong
