"""Figures and who subtracts them: every filter, every day against the day before, every area against its parts."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import areas
from core.categories import AGENCIES
from core.messages import Address
from core.model import (
    AgencyId,
    AreaCode,
    CategoryId,
    Feedback,
    FigureClass,
    FigureOutcome,
    FigureQuery,
    Grain,
    HistoryEntry,
    Number,
    OutcomeEvent,
    Place,
    PublicClass,
    Publishing,
    Report,
    ReportId,
    Status,
    Unpublished,
)
from core.ports import Context
from core.publication import publish
from core.publication.classes import split
from core.publication.counting import by_channel, counted, office_kind, proved
from core.record import Turn
from tests.fakes.memory_store import MemoryStore
from tests.fakes.nouns import NOW, entry, report
from tests.fakes.time_and_random import FakeRandomSource

LEAST = 3
DAY = timedelta(days=1)
NIGHT = NOW.replace(hour=17)
CONTEXT = Context(FakeRandomSource(), ZoneInfo("Asia/Jakarta"), "id", {}, publishing=Publishing(DAY, LEAST))
KINDS = [CategoryId(each) for each in ("pju", "jalan_rusak", "sampah", "narkoba", "pmks")]
PLACES = [AreaCode(each) for each in ("31.74.01.1001", "31.74.01.1002", "31.74.02.1001", "31.71.06.1003")]
OFFICES = [AgencyId(each) for each in ("kel:31.74.01.1001", "kel:31.74.01.1002", "dinas_sda", "dinas_bina_marga")]
Filed = tuple[CategoryId, AreaCode | None, AgencyId, str, int]
Cells = Counter[tuple[FigureOutcome, FigureClass]]

reports = st.tuples(
    st.sampled_from(KINDS),
    st.sampled_from([*PLACES, None]),
    st.sampled_from(OFFICES),
    st.sampled_from(("telegram", "mail", "sms")),
    st.integers(-1, 12),  # who sent it; less than nought: only claimed
)
fates = st.sampled_from(("", "", "solved", "solved", "praised", "blamed", "reopened", "restricted"))
days = st.lists(st.tuples(st.lists(reports, max_size=14), st.lists(fates, max_size=30)), min_size=1, max_size=4)


class Town:
    """Days of reports, and what is kept of them after each."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.senders: dict[ReportId, int] = {}
        self.day = 0

    def passes(self, filed: list[Filed], turns: list[str]) -> None:
        for report_id, fate in zip(sorted(self.store.state.published), turns, strict=False):
            self._befalls(report_id, fate)
        for at, each in enumerate(filed):
            self._files(f"{self.day}-{at:02}", each)
        now = NIGHT + self.day * DAY
        while self.store.run(lambda tx: publish(Turn(tx, now, CONTEXT))) is not None:
            pass
        self.day += 1

    def _files(self, name: str, filed: Filed) -> None:
        kind, area, office, channel, sender = filed
        made = replace(
            report(),
            id=ReportId(name),
            number=Number(f"R{name}"),
            category=kind,
            agency=office,
            channel=channel,
            place=Place(area),
            received=NOW + self.day * DAY,
            restricted=kind == "narkoba",
        )
        self.senders[made.id] = sender
        self.store.run(lambda tx: tx.reports.add(made, entry()))
        known = None if sender < 0 else Address(str(sender))
        self.store.run(lambda tx: tx.publications.add_waiting(made.id, "telegram", known))

    def _befalls(self, report_id: ReportId, fate: str) -> None:
        old = self.store.state.reports[report_id]
        new = _after(old, fate, NIGHT + self.day * DAY - timedelta(hours=2))
        if new != old:
            self.store.run(lambda tx: tx.reports.change(new, HistoryEntry(NOW, new.status, new.agency)))

    def cells(self) -> Cells:
        found: Cells = Counter()
        for (_, outcome, of, _), count in self.store.state.figures.items():
            found[outcome, of] += count
        return found


def _after(old: Report, fate: str, at: object) -> Report:
    ended = replace(old, status=Status.SELESAI, closed=at)  # type: ignore[arg-type]
    match fate:
        case "solved":
            return ended
        case "praised":
            return replace(ended, handling=replace(old.handling, feedback=Feedback.SOLVED))
        case "blamed":
            return replace(ended, handling=replace(old.handling, feedback=Feedback.NOT_SOLVED))
        case "reopened":
            handling = replace(old.handling, reopened=1, feedback=Feedback.NOT_SOLVED)
            return replace(old, status=Status.PROSES, closed=None, handling=handling)
        case "restricted":
            return replace(old, restricted=True, category=CategoryId("narkoba"))
        case _:
            return old


def fits(of: FigureClass, query: FigureQuery) -> bool:
    kind = query.kind in {"", of.shared.group, of.shared.category}
    return kind and of.shared.area.startswith(query.area) and query.office in {"", of.office}


def every_query(cells: Cells) -> list[FigureQuery]:
    kinds = {"", *(each.shared.group for _, each in cells), *(each.shared.category for _, each in cells)}
    places = {AreaCode(""), *(AreaCode(each[:end]) for each in PLACES for end in (5, 8, 13))}
    offices = {"", *(each.office for _, each in cells)}
    return [FigureQuery(Grain.DAY, "", *each) for each in product(sorted(kinds), sorted(places), sorted(offices))]


def answers(cells: Cells) -> dict[tuple[FigureQuery, FigureOutcome], int]:
    return {
        (query, outcome): sum(count for (what, of), count in cells.items() if what is outcome and fits(of, query))
        for query in every_query(cells)
        for outcome in FigureOutcome
    }


def large(count: int) -> bool:
    return count == 0 or count >= LEAST


@settings(max_examples=40, deadline=None)
@given(days)
def test_no_answer_and_no_difference_of_two_days_is_of_fewer_than_enough(
    passed: list[tuple[list[Filed], list[str]]],
) -> None:
    town = Town()
    before: Cells = Counter()
    for filed, turns in passed:
        town.passes(filed, turns)
        after = town.cells()
        shown, earlier = answers(after), answers(before)
        assert all(count >= LEAST for count in (after - before).values()), "no class of a day, so no sum of any"
        assert all(map(large, shown.values()))
        assert all(large(count - earlier.get(query, 0)) for query, count in shown.items())
        assert all(count >= earlier.get(query, 0) for query, count in shown.items()), "figures only grow"
        for query, outcome in shown:
            if not query.area:
                continue
            inside = [each.code for each in areas.children(query.area)]
            parts = sum(shown.get((replace(query, area=each), outcome), 0) for each in inside)
            assert large(shown[query, outcome] - parts), "an area without its parts"
        before = after


@settings(max_examples=40, deadline=None)
@given(days)
def test_each_class_has_proved_senders_enough_and_what_is_never_published_is_in_none(
    passed: list[tuple[list[Filed], list[str]]],
) -> None:
    town = Town()
    for filed, turns in passed:
        town.passes(filed, turns)
    people: dict[tuple[object, FigureClass], set[int]] = {}
    for listed in town.store.state.published.values():
        people.setdefault((listed.batch, FigureClass(listed.pack.shared, listed.pack.office)), set()).add(
            town.senders[listed.report.report]
        )
    assert all(len(those - {-1}) >= LEAST for those in people.values())
    for _, of in town.cells():
        assert of.shared.category not in {"narkoba", "pmks"}
    for event, told in town.store.state.outcomes.values():
        if told:
            assert any(what is event.outcome and coarser_or_same(of, event.shared) for what, of in town.cells()), (
                "under what was published of it, or coarser"
            )


def coarser_or_same(of: FigureClass, told: PublicClass) -> bool:
    kinds = of.shared.category in {"", told.category} and of.shared.group in {"", told.group}
    return kinds and told.area.startswith(of.shared.area)


members = st.lists(
    st.builds(
        lambda at, name, sender: (f"{at:03}", name, b"" if sender < 0 else bytes([sender])),
        st.integers(0, 999),
        st.sampled_from(("", "a", "b", "c")),
        st.integers(-1, 9),
    ),
    unique_by=lambda each: each[0],
    max_size=30,
)


def unpublished(drawn: tuple[str, str, bytes]) -> Unpublished:
    number, name, sender = drawn
    kind = CategoryId("pju")
    return Unpublished(
        ReportId(number), Number(number), Status.MENUNGGU, kind, None, NOW, sender=sender, agency=AgencyId(name),
        channel=name,
    )  # fmt: skip


@given(members, st.integers(1, 5))
def test_a_split_loses_nobody_and_each_part_is_enough(drawn: list[tuple[str, str, bytes]], least: int) -> None:
    everybody = [unpublished(each) for each in drawn]
    if len({each.sender for each in everybody if each.sender}) < least:
        return
    parts = split(everybody, (lambda each: each.agency,), least)
    assert sorted(each.number for part in parts.values() for each in part) == sorted(each.number for each in everybody)
    for part in parts.values():
        assert least <= 1 or len({each.sender for each in part if each.sender}) >= least
    assert parts == split(everybody[::-1], (lambda each: each.agency,), least), "the same in any order"


@given(members, st.integers(2, 5), st.integers(0, 30))
def test_who_knows_a_class_and_a_channel_cannot_tell_how_many_are_in_both(
    drawn: list[tuple[str, str, bytes]], least: int, size: int
) -> None:
    """Of a class and a channel the counts are known; each number between the bounds would fit both."""
    channels = by_channel([unpublished(each) for each in drawn], least)
    everybody = sum(channels.values())
    for here in channels.values():
        assert least <= here <= everybody
        if least <= size <= everybody - least and here != everybody:
            fewest, most = max(0, here + size - everybody), min(here, size)
            assert most - fewest >= least


def test_too_few_of_a_channel_take_the_smallest_along() -> None:
    telegram = [(f"{at:03}", "telegram", bytes([at])) for at in range(9)]
    mail = [(f"{at:03}", "mail", bytes([at])) for at in range(10, 15)]
    sms = [("900", "sms", b"")]
    assert by_channel(map(unpublished, [*telegram, *mail]), 5) == {"mail": 5, "telegram": 9}
    assert by_channel(map(unpublished, [*telegram, *mail, *sms]), 5) == {"": 6, "telegram": 9}
    assert by_channel(map(unpublished, sms), 5) == {}


def test_an_office_that_few_have_is_told_by_its_kind() -> None:
    dinas = next(each.kind for each in AGENCIES.values() if each.id == "dinas_sda")
    assert office_kind("kel:31.74.01.1001") == "kind:kel"
    assert office_kind("dinas_sda") == f"kind:{dinas}"
    assert (office_kind(""), office_kind("gone"), office_kind("kind:kel")) == ("", "", "kind:kel")


def test_who_sent_two_counts_once() -> None:
    assert proved([unpublished(("2", "", b"x")), unpublished(("1", "", b"x")), unpublished(("3", "", b""))]) == {"1"}


@pytest.mark.parametrize(("count", "told"), [(4, 0), (5, 5), (6, 6)])
def test_what_became_of_few_waits_for_more(count: int, told: int) -> None:
    shared = PublicClass("jalan", CategoryId("pju"), PLACES[0])
    events = [
        OutcomeEvent(ReportId(str(at)), str(at), FigureOutcome.SATISFIED, shared, "kel:31.74.01.1001", 0, bytes([at]))
        for at in range(count)
    ]
    counts, done = counted(events, 5)
    assert (sum(each.reports for each in counts), len(done)) == (told, told)
    forged = [replace(each, sender=b"") for each in events]
    assert counted(forged, 5) == ([], []), "of forgers, however many, nothing is told"
