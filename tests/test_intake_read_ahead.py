"""What a message is read for is read before its turn, and a turn that finds something else reads by itself."""

from contextlib import ExitStack
from dataclasses import replace

import pytest

from core import intake
from core.analysis import Analysis
from core.messages import Incoming, IntakeResult
from core.model import Dialogue, Step
from core.watch import watched
from storage import SqlStore
from tests.fakes.broken_readers import BrokenReaders
from tests.fakes.town import Citizen, Town

READERS = ("suggest", "danger", "parts", "redact", "areas")
STORY = (
    "Jalan berlubang besar di depan pasar Tebet Barat, dua motor jatuh. Nama saya Budi Santoso, telepon 0812-3456-7890."
)
TALKS = {
    "one mail": ("mail", (STORY,)),
    "one SMS": ("sms", (f"LAPOR {STORY}",)),
    "a story told bit by bit": (
        "telegram",
        (
            "Halo",
            "Lampu jalan mati",
            "gelap sekali sejak tiga malam",
            "di Jalan Tebet Timur Raya, kelurahan Tebet Timur",
        ),
    ),
}


def _foreseen(town: Town, incoming: Incoming, analysis: Analysis) -> None:
    told, dialogue, now = incoming, Dialogue(lang=town.context.lang), town.clock.now()
    with analysis.open():
        if intake.needs_store(incoming, town.context):
            told, dialogue = town.store.run(lambda tx: intake.stands(tx, incoming, now, town.context))
        intake.foresee(told, dialogue, town.context)


def _readings(watch: BrokenReaders) -> dict[str, int]:
    counts = watch.counts()
    return {reader: counts[reader].readings if reader in counts else 0 for reader in READERS}


def _says(citizen: Citizen, text: str) -> Incoming:
    return Incoming(replace(citizen.begun(), text=text))


@pytest.mark.parametrize("talk", TALKS)
def test_a_turn_that_was_foreseen_reads_nothing(talk: str) -> None:
    channel, said = TALKS[talk]
    town = Town(proved=())
    citizen = town.citizen(channel)
    for text in said:
        watch, analysis, incoming = BrokenReaders(), Analysis(), _says(citizen, text)
        with ExitStack() as stack:
            stack.enter_context(watched(watch))
            _foreseen(town, incoming, analysis)
            before = _readings(watch)
            stack.enter_context(analysis.open())
            citizen.sends(incoming)
        assert _readings(watch) == before, text
    assert town.reports or channel == "telegram"


@pytest.mark.parametrize("talk", TALKS)
def test_what_was_foreseen_changes_no_answer(talk: str) -> None:
    channel, said = TALKS[talk]
    heard = []
    for foreseen in (False, True):
        town = Town(proved=())
        citizen = town.citizen(channel)
        for text in said:
            analysis, incoming = Analysis(), _says(citizen, text)
            if foreseen:
                _foreseen(town, incoming, analysis)
            with analysis.open():
                heard.append((foreseen, citizen.sends(incoming).text))
    assert [text for foreseen, text in heard if foreseen] == [text for foreseen, text in heard if not foreseen]


def test_a_message_that_came_between_is_heard_though_it_was_not_foreseen() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("Lampu jalan mati sudah tiga malam, gelap sekali")
    analysis, place = Analysis(), _says(budi, "kelurahan Tebet Timur")
    _foreseen(town, place, analysis)
    budi.writes("BATAL")
    with analysis.open():
        taken, _ = town.take(place)
    assert taken is IntakeResult.DONE
    assert not town.reports


@pytest.mark.parametrize(
    ("channel", "proved", "looks"), [("mail", (), False), ("sms", (), False), ("sms", ("sms",), True)]
)
def test_of_whoever_is_only_claimed_nothing_is_looked_up(channel: str, proved: tuple[str, ...], *, looks: bool) -> None:
    town = Town(proved=proved)
    assert intake.needs_store(_says(town.citizen(channel), STORY), town.context) is looks


def test_a_code_that_is_quoted_is_counted_by_the_turn_alone() -> None:
    town = Town()
    budi = town.citizen("telegram")
    incoming = _says(budi, "bagaimana?")
    quoted = replace(incoming, envelope=replace(incoming.envelope, codes=("0000000000000000",)))  # type: ignore[arg-type]  # its shape does not matter
    assert not intake.needs_store(quoted, town.context)


def test_where_the_conversation_stands_is_read_on_a_connection_that_may_only_read(sql_store: SqlStore) -> None:
    town = Town(proved=())
    incoming, now = _says(town.citizen("telegram"), STORY), town.clock.now()
    assert intake.needs_store(incoming, town.context)
    told, dialogue = sql_store.read(lambda tx: intake.stands(tx, incoming, now, town.context))
    assert told.envelope.text == STORY
    assert (dialogue.step, dialogue.lang, dialogue.awaited) == (Step.IDLE, town.context.lang, ())
