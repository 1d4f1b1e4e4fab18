"""Settings of publication: the mode's own, whatever is set instead, and what is odd about it."""

from datetime import timedelta

import pytest

from app.publishing import read_publishing
from core.messages import Problem
from core.model import Publishing

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def read(
    *, production: bool = False, every: str = "", least: str = "", token: str = ""
) -> tuple[Publishing, list[str]]:
    notes = list[Problem]()
    values = {"PUBLISH_EVERY": every, "PUBLISH_LEAST": least, "METRICS_TOKEN": token}
    found = read_publishing(values, production, notes)
    return found, [f"{'fatal' if note.fatal else 'odd'} {note.setting}" for note in notes]


def test_development_publishes_at_once_and_production_daily_among_five() -> None:
    assert read() == (Publishing(), [])
    assert Publishing().at_once
    assert read(production=True) == (Publishing(DAY, 5), [])


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("0", timedelta(0)),
        ("90", 1.5 * HOUR),
        ("90m", 1.5 * HOUR),
        ("6h", 6 * HOUR),
        ("1d", DAY),
        ("1 D", DAY),
        ("daily", DAY),
        ("Hourly", HOUR),
        ("weekly", 7 * DAY),
    ],
)
@pytest.mark.parametrize("production", [False, True])
def test_what_is_set_holds_in_either_mode(typed: str, span: timedelta, *, production: bool) -> None:
    assert read(production=production, every=typed, least="3")[0] == Publishing(span, 3)


@pytest.mark.parametrize("typed", ["soon", "-1", "1y", "32d", "\u0661", "1.5h", "99999999d", "d"])
@pytest.mark.parametrize("production", [False, True])
def test_a_span_that_cannot_be_read_is_told_and_taken_for_a_day(typed: str, *, production: bool) -> None:
    found, notes = read(production=production, every=typed, least="5")
    assert (found, notes) == (Publishing(DAY, 5), ["fatal PUBLISH_EVERY"])


@pytest.mark.parametrize("typed", ["0", "-5", "many", "1001", "\u0665"])
def test_a_number_that_cannot_be_read_is_told_and_taken_for_five(typed: str) -> None:
    assert read(every="1d", least=typed) == (Publishing(DAY, 5), ["fatal PUBLISH_LEAST"])


@pytest.mark.parametrize(
    ("production", "every", "least", "odd"),
    [
        (True, "0", "1", ["odd PUBLISH_EVERY"]),
        (False, "0", "1", []),
        (True, "0", "", ["odd PUBLISH_EVERY"]),
        (False, "", "5", ["odd PUBLISH_EVERY"]),
        (True, "", "1", ["odd PUBLISH_LEAST"]),
        (False, "1d", "", ["odd PUBLISH_LEAST"]),
        (True, "6h", "10", []),
    ],
)
def test_what_is_odd_is_told_and_done(every: str, least: str, odd: list[str], *, production: bool) -> None:
    assert read(production=production, every=every, least=least)[1] == odd


def test_a_token_that_could_be_guessed_is_told() -> None:
    assert read(token="secret")[1] == ["fatal METRICS_TOKEN"]
    assert read(token="s" * 16)[1] == []
