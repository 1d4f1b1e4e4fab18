"""A new master key takes over while everything still answers, and a kill in the middle costs nothing."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.model import CategoryId, Report, TrackingCode
from core.ports import UnitOfWork
from storage import KeysWrong, Retention, SqlStore, migrate, new_key_line, open_store, parse_keys
from tests.fakes import nouns
from tests.fakes.forked_programs import ForkedProgram
from tests.fakes.killed_rotation import killed_and_begun_again

OLD, NEW = new_key_line("old"), new_key_line("new")
BOTH = f"{NEW},{OLD}"
ROTATE = """
import sys
from storage import open_store, parse_keys
store = open_store(sys.argv[1], parse_keys(sys.argv[2]))
told = lambda done: (print(done, flush=True), sys.stdin.readline())
store.rotation.run(told)
"""


def filed(store: SqlStore, text: str) -> tuple[TrackingCode, Report]:
    report, code, contact = nouns.report(text), nouns.code(), nouns.contact()

    def turn(tx: UnitOfWork) -> None:
        tx.reports.add(report, nouns.entry())
        tx.code_holders.add(nouns.holder(report, code, contact), code, contact)

    store.run(turn)
    return code, report


def read(code: TrackingCode) -> Callable[[UnitOfWork], tuple[str, str]]:
    """The text and the address behind a code."""

    def turn(tx: UnitOfWork) -> tuple[str, str]:
        holder = tx.code_holders.by_code(code)
        assert holder is not None
        assert holder.contact is not None
        report, contact = tx.reports.get(holder.report), tx.code_holders.contact(holder.contact)
        assert report is not None
        assert contact is not None
        return report.text, nouns.words_of(contact.address)

    return turn


def test_every_code_and_text_still_opens_and_the_old_key_is_no_longer_needed(sql_url: str) -> None:
    migrate(sql_url)
    store = open_store(sql_url, parse_keys(OLD))
    kept = [filed(store, f"Lampu {number}") for number in range(5)]
    store.close()
    both = open_store(sql_url, parse_keys(BOTH))
    assert both.rotation.waiting() == 9 + 2 * 5  # the secrets, and two keys a report
    assert both.rotation.run() == 19
    assert both.rotation.waiting() == 0
    assert both.rotation.run() == 0
    both.close()
    alone = open_store(sql_url, parse_keys(NEW))
    for code, report in kept:
        assert alone.run(read(code)) == (report.text, "+62811000111")
    alone.close()
    with pytest.raises(KeysWrong):
        open_store(sql_url, parse_keys(OLD))


def rotating(url: str) -> ForkedProgram:
    """Another process that wraps all anew, says so after each batch, and reads a line."""
    return ForkedProgram(ROTATE, url, BOTH)


@pytest.mark.crash
def test_a_kill_in_the_middle_and_reports_that_come_meanwhile_lose_nothing(sql_url: str) -> None:
    with closing(open_store(sql_url, parse_keys(OLD))) as store:
        kept = [filed(store, f"Lampu {number}") for number in range(450)]
    beside = open_store(sql_url, parse_keys(BOTH))
    meanwhile: list[tuple[TrackingCode, Report]] = []

    def goes_on() -> None:
        meanwhile.append(filed(beside, f"Lampu di tengah {len(meanwhile)}"))
        code, report = kept[len(meanwhile) % len(kept)]
        assert beside.run(read(code)) == (report.text, "+62811000111")

    with closing(beside):
        killed_and_begun_again(lambda: rotating(sql_url), beside.rotation.waiting, beside.rotation.run, goes_on)
        assert beside.rotation.waiting() == 0
    assert meanwhile
    with closing(open_store(sql_url, parse_keys(NEW))) as alone:
        for code, report in kept + meanwhile:
            assert alone.run(read(code)) == (report.text, "+62811000111")
    with pytest.raises(KeysWrong):
        open_store(sql_url, parse_keys(OLD))


def test_a_key_that_is_still_needed_and_not_given_is_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'resi.db'}"
    migrate(url)
    open_store(url, parse_keys(OLD)).close()
    with pytest.raises(KeysWrong, match="needs key old"):
        open_store(url, parse_keys(NEW))


def test_texts_had_their_time_by_category_and_only_then(sql_store: SqlStore) -> None:
    long_ago = nouns.NOW - timedelta(days=100)
    kept, gone = nouns.report("tetap"), nouns.report("hilang", restricted=True)
    kept = replace(kept, closed=long_ago, category=CategoryId("pju"))
    gone = replace(gone, closed=long_ago, category=CategoryId("narkoba"))

    def turn(tx: UnitOfWork) -> None:
        tx.reports.add(kept, nouns.entry())
        tx.reports.add(gone, nouns.entry("alasan"))

    sql_store.run(turn)
    rules = Retention(contact_days=30, text_days={kept.category: 200, gone.category: 90})
    assert sql_store.upkeep.counts_due(nouns.NOW, rules)["texts"] == 1
    assert sql_store.upkeep.purge(nouns.NOW, rules)["texts"] == 1
    assert sql_store.upkeep.counts_due(nouns.NOW, rules)["texts"] == 0

    def look(tx: UnitOfWork) -> tuple[str, str, str]:
        one, other = tx.reports.get(kept.id), tx.reports.get(gone.id)
        assert one is not None
        assert other is not None
        return one.text, other.text, tx.reports.history(gone.id)[0].text

    assert sql_store.run(look) == ("tetap", "", "")
