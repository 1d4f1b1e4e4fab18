"""Reports as rows: nothing is lost on the way, and a restricted one shows neither category nor area."""

from dataclasses import replace

import pytest
from hypothesis import given

from core.model import (
    AgencyId,
    AreaCode,
    CategoryId,
    Handling,
    HistoryEntry,
    Number,
    Place,
    Report,
    ReportId,
    StaffId,
    Status,
)
from storage.report_rows import counted_report_of, history_entry_of, history_row_of, report_of, row_of
from storage.vault import DataKey, SealBroken
from tests.fakes import nouns
from tests.fakes.nouns import NOW

KEY = DataKey(bytes(range(32)))


@given(nouns.REPORTS)
def test_a_report_survives_its_row(report: Report) -> None:
    assert report_of(nouns.as_row(row_of(report, KEY)), KEY) == report


@given(nouns.HISTORY)
def test_an_entry_survives_its_row(entry: HistoryEntry) -> None:
    assert history_entry_of(nouns.as_row(history_row_of(ReportId("r"), 3, entry, KEY)), KEY) == entry


@given(nouns.REPORTS)
def test_a_restricted_report_has_neither_category_nor_area_in_clear(report: Report) -> None:
    row = row_of(replace(report, restricted=True), KEY)
    assert (row["category"], row["area"]) == (None, None)


def test_without_its_key_only_what_is_clear_is_left() -> None:
    report = nouns.report("Lampu", place=Place(AreaCode("31.74.01"), "Tebet", "depan pasar"))
    left = report_of(nouns.as_row(row_of(report, KEY)), None)
    assert left == replace(report, text="", place=Place(AreaCode("31.74.01")))
    entry = history_entry_of(nouns.as_row(history_row_of(report.id, 1, nouns.entry("kata"), KEY)), None)
    assert entry == replace(nouns.entry(), agency=AgencyId(""), text="")


def test_the_length_of_an_entry_does_not_tell_whose_it_is() -> None:
    holders = ("bnn", "dinas_perhubungan", "kec:31.74.01", "kel:31.74.01.1001")
    rows = [
        history_row_of(ReportId("r"), 1, HistoryEntry(NOW, Status.MENUNGGU, AgencyId(each)), KEY) for each in holders
    ]
    assert len({len(nouns.as_row(row).sealed) for row in rows}) == 1


def test_nor_does_the_length_of_a_report_tell_of_which_restricted_kind_it_is_or_which_words_it_holds() -> None:
    kinds = ("pungli", "narkoba", "korupsi_pengadaan")
    words = ("Petugas minta uang", "Petugas loket minta uang untuk surat pengantar")
    rows = [
        row_of(replace(nouns.report(said), restricted=True, category=CategoryId(kind)), KEY)
        for kind in kinds
        for said in words
    ]
    assert len({len(nouns.as_row(row).sealed) for row in rows}) == 1


def test_a_text_moved_to_another_report_does_not_open() -> None:
    row = row_of(nouns.report(), KEY) | {"id": "another"}
    with pytest.raises(SealBroken):
        report_of(nouns.as_row(row), KEY)


def test_only_what_queues_and_figures_need_of_the_handling_is_clear() -> None:
    done = Handling(planner=StaffId("kenari"), doer=StaffId("kenari"), lookalikes=(Number("kenari"),))
    row = row_of(replace(nouns.report(), handling=done), KEY)
    assert b"kenari" not in str(row).encode()


@given(nouns.REPORTS)
def test_a_report_keeps_how_long_its_history_is(report: Report) -> None:
    assert counted_report_of(nouns.as_row(row_of(report, KEY, entries=3)), KEY) == (report, 3)
    assert counted_report_of(nouns.as_row(row_of(report, KEY)), None)[1] == 0
