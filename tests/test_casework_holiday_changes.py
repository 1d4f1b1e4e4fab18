"""Holidays as use cases: kept once, noted, and counted by deadlines of cities that count working days."""

from datetime import UTC, datetime

import pytest

from core import deadlines
from core.casework import OPERATOR, holiday_changes
from core.errors import Refused
from core.model import StaffRole
from tests.fakes.office import Office

NAME = {"id": "Wafat Yesus", "en": "Good Friday"}


def test_a_day_is_kept_once_and_taken_out_once() -> None:
    office = Office()
    office.turn(lambda turn: holiday_changes.add_holiday(turn, " 2026-04-03 ", NAME))
    with pytest.raises(Refused, match="holiday_there"):
        office.turn(lambda turn: holiday_changes.add_holiday(turn, "2026-04-03", NAME))
    assert office.turn(lambda turn: holiday_changes.drop_holiday(turn, "2026-04-03", OPERATOR))
    assert not office.turn(lambda turn: holiday_changes.drop_holiday(turn, "2026-04-03", OPERATOR))
    office.turn(lambda turn: holiday_changes.add_holiday(turn, "2026-04-03", NAME))


@pytest.mark.parametrize(
    "day", ["", "1 Mei", "2026-02-30", "1999-12-31", "2101-01-01", "2026-04-03T00:00", "٢٠٢٦-05-01"]
)
def test_what_is_no_day_of_these_years_is_refused(day: str) -> None:
    office = Office()
    with pytest.raises(Refused, match="holiday_day"):
        office.turn(lambda turn: holiday_changes.add_holiday(turn, day, NAME))


def test_a_city_that_counts_every_day_moves_no_deadline() -> None:
    office = Office()
    office.hire("admin", StaffRole.ADMIN)
    received = datetime(2026, 4, 29, 3, tzinfo=UTC)
    before = deadlines.due(received)
    office.turn(lambda turn: holiday_changes.add_holiday(turn, "2026-04-03", NAME))
    assert deadlines.due(received) == before
