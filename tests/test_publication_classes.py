"""What published reports share: never fewer different senders than asked, so that no row is anybody's alone."""

import random
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import areas
from core.categories import CATEGORIES
from core.model import AreaCode, CategoryId, Number, PublicClass, ReportId, Status, Unpublished
from core.publication.classes import LEVELS, Level, coarser, finest, packed, partition
from tests.fakes.public_day import MIDNIGHT, public_day

_KINDS = [each.id for each in CATEGORIES if each.restricted is None and not each.sensitive]
# Few of each, so that some share and some do not; with places that are coarse from the beginning, or unknown.
_PLACES: list[AreaCode | None] = [
    *map(AreaCode, ("31.74.01.1001", "31.74.01.1002", "31.74.02.1001", "31.71.01.1001", "31.74.01", "31.74")),
    AreaCode("99.99.99.9999"),
    None,
]
_REPORTS = st.lists(
    st.builds(
        Unpublished,
        report=st.just(ReportId("r")),
        number=st.just(Number("R")),
        status=st.just(Status.MENUNGGU),
        category=st.sampled_from(_KINDS[:6]),
        area=st.sampled_from(_PLACES),
        received=st.just(MIDNIGHT),
        sender=st.sampled_from([b"", b"", *(bytes([0, each]) for each in range(12))]),
    ),
    max_size=60,
).map(lambda reports: [replace(each, number=Number(f"R{at:03}")) for at, each in enumerate(reports)])


def class_of(report: Unpublished, level: Level) -> PublicClass:
    """What it shares with others at a level."""
    return coarser(finest(report), level)


def senders(reports: tuple[Unpublished, ...]) -> set[bytes]:
    return {each.sender for each in reports if each.sender}


def is_above(shared: PublicClass, report: Unpublished) -> bool:
    """Whether what is told of a report is true, however coarse."""
    finest = class_of(report, (0, 0))
    kind = (shared.group in {"", finest.group}) and shared.category in {"", finest.category}
    return kind and finest.area.startswith(shared.area)


@given(_REPORTS, st.integers(2, 6))
def test_each_class_has_as_many_proved_senders_as_are_asked_for(reports: list[Unpublished], least: int) -> None:
    found = partition(reports, least)
    for shared, those in found.classes.items():
        assert len(senders(those)) >= least
        assert all(is_above(shared, each) for each in those)


@given(_REPORTS, st.integers(1, 6))
def test_each_report_is_in_one_class_or_is_held(reports: list[Unpublished], least: int) -> None:
    found = partition(reports, least)
    told = [each.number for those in (*found.classes.values(), found.held) for each in those]
    assert sorted(told) == sorted(each.number for each in reports)


@given(_REPORTS, st.integers(1, 6))
def test_only_those_are_held_who_even_all_together_are_too_few(reports: list[Unpublished], least: int) -> None:
    assert len(senders(partition(reports, least).held)) < least


@given(_REPORTS, st.integers(1, 6))
def test_no_report_is_coarser_than_it_has_to_be(reports: list[Unpublished], least: int) -> None:
    """At each level that is finer, those who were not yet published were too few."""
    found = partition(reports, least)
    coarse: dict[Number, int] = {}
    for shared, those in found.classes.items():
        for each in those:
            coarse[each.number] = next(at for at, level in enumerate(LEVELS) if class_of(each, level) == shared)
    for at, level in enumerate(LEVELS):
        left = [each for each in reports if coarse.get(each.number, len(LEVELS)) > at]
        for shared in {class_of(each, level) for each in left}:
            assert len(senders(tuple(each for each in left if class_of(each, level) == shared))) < max(least, 2)


@given(_REPORTS, st.integers(1, 6), st.randoms(use_true_random=False))
def test_the_order_in_which_reports_came_changes_nothing(
    reports: list[Unpublished], least: int, rng: random.Random
) -> None:
    assert partition(rng.sample(reports, len(reports)), least) == partition(reports, least)


@given(_REPORTS, st.integers(1, 6))
def test_a_class_is_cut_into_packs_of_which_each_is_enough(reports: list[Unpublished], least: int) -> None:
    for those in partition(reports, least).classes.values():
        packs = packed(those, least)
        assert sorted(each.number for pack in packs for each in pack) == [each.number for each in those]
        assert all(least <= 1 or len(senders(pack)) >= least for pack in packs)


def test_nothing_is_made_of_nothing() -> None:
    assert (partition([], 5).classes, partition([], 5).held, packed([], 5)) == ({}, (), ())


def test_levels_go_from_what_was_told_to_everything() -> None:
    report = replace(public_day(1)[0], area=AreaCode("31.74.01.1001"), category=CategoryId("pju"))
    assert class_of(report, LEVELS[0]) == PublicClass("jalan", CategoryId("pju"), AreaCode("31.74.01.1001"))
    assert class_of(report, LEVELS[-1]) == PublicClass()
    assert {class_of(report, (0, place)).area for place in range(4)} == {"31.74.01.1001", "31.74.01", "31.74", ""}
    for finer, next_one in pairwise(LEVELS):
        assert not (next_one[0] <= finer[0] and next_one[1] <= finer[1]), "what is coarser in both never comes first"


def five(**changes: object) -> list[Unpublished]:
    """Five people who report a lamp in one kelurahan."""
    made = public_day(5)
    same = {"area": AreaCode("31.74.01.1001"), "category": CategoryId("pju")} | changes
    return [
        replace(each, number=Number(f"R{at}"), sender=bytes([1, at]), **same)  # type: ignore[arg-type]  # of one test
        for at, each in enumerate(made)
    ]


def test_who_reports_five_times_does_not_hide_among_themselves() -> None:
    alone = [replace(each, sender=b"me") for each in five()]
    assert partition(alone, 5).held == tuple(alone)


def test_a_forger_of_addresses_stands_beside_nobody() -> None:
    """Four forged mails and one report of a citizen: as if the citizen were alone."""
    forged = [replace(each, sender=b"") for each in five()[:4]]
    assert partition([*forged, five()[4]], 5).held == (*forged, five()[4])


def test_a_report_whose_sender_is_only_claimed_goes_along_with_enough_others() -> None:
    claimed = replace(five()[0], number=Number("R9"), sender=b"")
    found = partition([*five(), claimed], 5)
    assert found.classes == {class_of(claimed, (0, 0)): (*five(), claimed)}


def test_who_is_left_over_waits_and_makes_nobody_coarser() -> None:
    far = replace(five()[0], number=Number("R9"), sender=b"far", category=CategoryId("sampah"), area=None)
    found = partition([*five(), far], 5)
    assert found.classes == {class_of(five()[0], (0, 0)): tuple(five())}
    assert found.held == (far,)


@pytest.mark.parametrize("proved", [1.0, 0.5, 0.2])
@pytest.mark.parametrize("size", [508, 5000])
def test_a_day_of_the_city_points_at_nobody_and_holds_hardly_anybody_back(size: int, proved: float) -> None:
    """Who knows kind and place of a report, at whatever coarseness: the rows it can be are of five people or more."""
    day = public_day(size, proved=proved)
    found = partition(day, 5)
    assert len(found.held) < size / 50
    for could_be in found.classes.values():
        others = senders(could_be)
        assert all(len(others - {known.sender}) >= 4 for known in could_be)


def test_before_most_rows_of_a_day_were_the_only_ones_of_their_kind_and_kelurahan_and_now_none_is() -> None:
    day = public_day(508)
    as_it_is = Counter((each.category, each.area) for each in day)
    assert sum(count == 1 for count in as_it_is.values()) / len(day) > 0.85
    assert min(len(those) for those in partition(day, 5).classes.values()) >= 5


def test_most_of_a_day_still_tells_kind_and_city() -> None:
    """What it costs, as docs/publication.md says."""
    day = public_day(508)
    finer = [
        each
        for shared, those in partition(day, 5).classes.items()
        for each in those
        if shared.group and (shared.area or each.area is None)
    ]
    assert len(finer) / len(day) > 0.8
    assert all(areas.AREAS[code].kind for code in {shared.area for shared in partition(day, 5).classes} if code)
