"""Simulated citizens reach a code in few messages, and what is no report is answered; docs/talk.md has the figures."""

from pathlib import Path
from statistics import median

import pytest

from benchmarks import talk

DOC = Path(__file__).resolve().parent.parent / "docs" / "talk.md"


@pytest.fixture(scope="module")
def talks() -> list[talk.Talk]:
    return list(talk.population())


def test_three_hundred_citizens_with_every_habit_on_every_channel(talks: list[talk.Talk]) -> None:
    assert len(talks) >= 300
    assert {each.channel for each in talks} == set(talk.CHANNELS)
    assert {each.habit for each in talks} == {habit.name for habit in talk.habits()}


def test_nearly_all_reach_a_code_in_few_messages(talks: list[talk.Talk]) -> None:
    assert sum(each.code for each in talks) >= 0.97 * len(talks)
    for channel, most in {"telegram": 4, "sms": 3, "mail": 1}.items():
        assert median(each.sent for each in talks if each.channel == channel) <= most
    for habit in ("plain", "hurried"):
        assert median(each.sent for each in talks if (each.channel, each.habit) == ("telegram", habit)) <= 2


def test_nobody_meets_silence_and_no_farewell_becomes_a_report(talks: list[talk.Talk]) -> None:
    assert not any(each.trouble["silence"] or each.trouble["farewell taken for a report"] for each in talks)


def test_most_that_is_no_report_is_answered_and_none_is_met_with_silence() -> None:
    fates = [fate for _, _, _, fate in talk.noise()]
    assert "silence" not in fates
    assert fates.count("answered") >= 0.9 * len(fates)


def test_the_document_has_the_figures_of_today(talks: list[talk.Talk]) -> None:
    assert talk.tables(talks) in DOC.read_text(encoding="utf-8")
