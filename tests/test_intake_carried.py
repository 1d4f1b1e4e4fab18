"""What was found in a draft's words goes with it: the next turn reads what is new, and says what it would have said."""

from contextlib import ExitStack
from dataclasses import replace

import pytest

from core.analysis import Analysis
from core.watch import watched
from tests.fakes.broken_readers import BrokenReaders
from tests.fakes.town import Citizen, Town

STORY = "Jalan berlubang besar di depan pasar, kelurahan Tebet Timur. Nama saya Budi Santoso, telepon 0812-3456-7890."
PLACE = "depan rumah saya nomor 12 dekat pasar, kelurahan Tebet Timur"


def _readings(citizen: Citizen, text: str) -> dict[str, int]:
    watch = BrokenReaders()
    with watched(watch):
        citizen.writes(text)
    return {reader: count.readings for reader, count in watch.counts().items()}


def _forget(town: Town) -> None:
    """As a version kept drafts that carried nothing with them."""
    kept = town.store.state.dialogues
    for key, (dialogue, last) in kept.items():
        kept[key] = (
            replace(dialogue, draft=replace(dialogue.draft, traces=(), calm=False, unrestricted_place=False)),
            last,
        )


def _told(*told: str) -> tuple[Town, Citizen]:
    town = Town()
    citizen = town.citizen("telegram")
    for text in told:
        citizen.writes(text)
    return town, citizen


@pytest.mark.parametrize(
    ("told", "then", "reader", "new"),
    [((STORY,), "ya", "redact", 1), (("Lampu jalan mati sudah tiga malam",), "Tebet Timur", "danger", 0)],
    ids=["traces, only closed again", "danger"],
)
def test_what_is_known_of_a_draft_is_not_read_again(told: tuple[str, ...], then: str, reader: str, new: int) -> None:
    for forgets in (False, True):
        town, budi = _told(*told)
        if forgets:
            _forget(town)
        assert _readings(budi, then).get(reader, 0) == new + forgets


def test_words_of_a_place_that_lean_to_nothing_restricted_are_not_read_again_where_somebody_told_the_same() -> None:
    for forgets in (False, True):
        town, _ = _told("Lampu jalan mati sudah tiga malam", PLACE, "1")
        siti = town.citizen("telegram")
        for text in ("Lampu jalan mati sudah tiga malam", PLACE):
            siti.writes(text)
        if forgets:
            _forget(town)
        assert ("suggest" in _readings(siti, "1")) is forgets


def test_what_is_filed_has_its_traces_closed_all_the_same() -> None:
    town, budi = _told(STORY)
    budi.writes("ya")
    [report] = town.reports
    assert "Budi" not in report.text
    assert "0812" not in report.text


@pytest.mark.parametrize("told", [(STORY,), ("Lampu jalan mati", PLACE), (STORY, "hubungi kakak Rudi 0813-1111-2222")])
def test_what_was_carried_changes_nothing_of_what_is_filed(told: tuple[str, ...]) -> None:
    filed = []
    for forgets in (False, True):
        town, budi = _told()
        for text in (*told, "ya"):
            if forgets:
                _forget(town)
            budi.writes(text)
        filed.append([(report.text, report.place, report.category) for report in town.reports])
    assert filed[0] == filed[1]
    assert filed[0]


def test_a_kind_of_trace_that_only_a_newer_version_knows_is_looked_for_anew() -> None:
    town, budi = _told(STORY)
    kept = town.store.state.dialogues
    for key, (dialogue, last) in kept.items():
        kept[key] = (replace(dialogue, draft=replace(dialogue.draft, traces=(((0, 3, "aura", True),),))), last)
    budi.writes("ya")
    assert "0812" not in town.reports[0].text


def test_what_is_known_of_a_draft_is_no_reading_of_another_turn() -> None:
    _, budi = _told(STORY)
    analysis = Analysis()
    with ExitStack() as stack:
        stack.enter_context(analysis.open())
        budi.writes("ubah")
    assert any(STORY in str(key) for key in analysis.read)
