"""The list that is worked through: cut into parts and pages, counted, and never another office's."""

from datetime import timedelta

import pytest

from core import casework
from core.casework import Turn, Wanted, When, Which
from core.casework.queue import PAGE, Queue
from core.errors import Refused
from core.model import StaffRole, Status
from tests.fakes import nouns
from tests.fakes.nouns import NOW
from tests.fakes.town import Town


def asked(town: Town, name: str, wanted: Wanted) -> Queue:
    return town.store.run(lambda tx: casework.queue(Turn(tx, NOW, town.context), name, wanted))


def town_with(*dues: timedelta, status: Status = Status.MENUNGGU) -> Town:
    town = Town()
    town.store.run(lambda tx: tx.accounts.add(nouns.staff("siti"), "hash"))
    town.store.run(lambda tx: tx.accounts.add(nouns.staff("loket", StaffRole.CLERK), "hash"))
    for due in dues:
        report = nouns.report()
        changed = type(report)(
            **{n: getattr(report, n) for n in report.__slots__} | {"due": NOW + due, "status": status}
        )
        town.store.run(lambda tx, new=changed: tx.reports.add(new, nouns.entry()))  # type: ignore[misc] # a default binds the loop variable
    return town


@pytest.mark.parametrize(
    ("due", "when"),
    [
        (timedelta(minutes=-1), When.LATE),
        (timedelta(0), When.LATE),
        (timedelta(hours=8), When.TODAY),
        (timedelta(hours=9), When.SOON),
        (timedelta(days=2), When.SOON),
        (timedelta(days=3), When.LATER),
    ],
)
def test_a_deadline_is_as_near_as_people_count_days(due: timedelta, when: When) -> None:
    (row,) = asked(town_with(due), "siti", Wanted()).rows
    assert row.when is when  # it is 15:00 there


def test_what_has_ended_is_late_no_more() -> None:
    town = town_with(timedelta(days=-1), status=Status.SELESAI)
    assert asked(town, "siti", Wanted()).rows == ()
    (row,) = asked(town, "siti", Wanted(Which.ENDED)).rows
    assert row.when is When.ENDED
    assert not row.mine


def test_counts_are_of_all_whatever_is_shown() -> None:
    town = town_with(timedelta(days=-1), timedelta(hours=1), timedelta(days=5))
    found = asked(town, "siti", Wanted(Which.LATE, page=3))
    assert {which.value: count for which, count in found.counts.items()} == {
        "open": 3, "mine": 3, "late": 1, "today": 1, "ended": 0, "all": 3,
    }  # fmt: skip
    assert (found.total, found.page, found.pages) == (1, 1, 1)
    assert [row.when for row in found.rows] == [When.LATE]


def test_pages_cut_the_list_and_a_page_behind_the_last_is_the_last() -> None:
    town = town_with(*(timedelta(hours=hours) for hours in range(PAGE + 2)))
    first, last = asked(town, "siti", Wanted()), asked(town, "siti", Wanted(page=99))
    assert (len(first.rows), len(last.rows), last.page, last.pages) == (PAGE, 2, 2, 2)
    dues = [row.report.due for row in (*first.rows, *last.rows)]
    assert dues == sorted(dues)
    assert len({row.report.id for row in (*first.rows, *last.rows)}) == PAGE + 2


def test_who_reads_no_reports_sees_none_and_a_stranger_is_refused() -> None:
    town = town_with(timedelta(days=1))
    assert asked(town, "loket", Wanted(Which.ALL)).rows == ()
    with pytest.raises(Refused):
        asked(town, "nobody", Wanted())
