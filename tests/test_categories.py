"""The taxonomy holds what menus, routing and news rely on."""

import re
from itertools import chain

import pytest

from core.categories import (
    AGENCIES,
    CATEGORIES,
    FALLBACK,
    GROUPS,
    NOISE,
    agency,
    category,
    city_branches,
    group_label,
    label,
    leaves,
)
from core.categories.leaves import category_of, leaves_of
from core.model import AgencyId, CategoryId
from core.phrases import LANGUAGES, SPOKEN

GSM7 = re.compile(r"[A-Za-z0-9 @!\"#%&'()*+,\-./:;<=>?]+")  # the part of GSM-7 that labels have use for
CITIES = ("jakpus", "jakut", "jakbar", "jaksel", "jaktim", "kepser")


def test_there_are_eight_groups_of_at_most_eight_leaves_beside_the_fallback() -> None:
    assert len(GROUPS) == 8
    for group in GROUPS:
        assert 1 <= len([each for each in leaves(group.id) if each.id != FALLBACK]) <= 8


def test_every_leaf_hangs_in_one_group_and_none_is_lost() -> None:
    hanging = list(chain.from_iterable(leaves(group.id) for group in GROUPS))
    assert sorted(each.id for each in hanging) == sorted(each.id for each in CATEGORIES)
    assert len(CATEGORIES) >= 45, "none is ever taken out, for reports have it"


def test_ids_and_sms_codes_are_unique() -> None:
    assert len({each.id for each in CATEGORIES}) == len(CATEGORIES)
    assert len({each.sms_code for each in CATEGORIES}) == len(CATEGORIES)
    assert len({group.id for group in GROUPS}) == len(GROUPS)


def test_an_sms_code_begins_with_the_digit_of_its_group_and_ends_in_its_place() -> None:
    for number, group in enumerate(GROUPS, start=1):
        codes = [each.sms_code for each in leaves(group.id) if each.id != FALLBACK]
        assert codes == [f"{number}{place}" for place in range(1, len(codes) + 1)]
    assert category(FALLBACK).sms_code == "99"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_label_fits_a_menu_of_an_sms(lang: str) -> None:
    shown = [label(each.id, lang) for each in CATEGORIES] + [group_label(group.id, lang) for group in GROUPS]
    assert [each for each in shown if len(each) > 24 or not GSM7.fullmatch(each)] == []
    assert len(set(shown)) == len(shown), "an answer typed as a label must mean one thing"


def test_labels_exist_in_every_complete_language_and_in_none_that_nobody_speaks() -> None:
    labels = [each.labels for each in CATEGORIES] + [group.labels for group in GROUPS]
    assert [each for each in labels if not set(LANGUAGES) <= set(each) <= set(SPOKEN)] == []


def test_every_category_reaches_an_agency_and_its_ladder_ends() -> None:
    for each in CATEGORIES:
        above, steps = agency(each.lead_agency), 0
        while above.reports_to is not None:
            above, steps = agency(above.reports_to), steps + 1
            assert steps < 5
        assert above.external or above.id == "pemprov_dki"


def test_what_is_handled_outside_the_government_says_so() -> None:
    for each in CATEGORIES:
        assert (each.handling == "forward_external") == agency(each.lead_agency).external


def test_a_restricted_category_is_sensitive_and_read_by_its_lead_only() -> None:
    restricted = [each for each in CATEGORIES if each.restricted]
    assert {each.id for each in restricted} == {"narkoba", "pungli_korupsi", "kekerasan_pa"}
    for each in restricted:
        assert each.sensitive
        assert each.restricted == each.lead_agency


def test_only_roads_and_drains_may_ask_for_more_time() -> None:
    assert {each.group for each in CATEGORIES if each.estimate} <= {"jalan", "air", "bangunan"}
    assert category(CategoryId("jalan_rusak")).estimate


def test_danger_has_a_number_to_call_first() -> None:
    assert category(CategoryId("kebakaran")).emergency == "112"
    assert category(CategoryId("kebakaran")).handling == "redirect"
    assert category(CategoryId("gangguan_ketertiban")).emergency == "110"
    assert category(CategoryId("listrik")).emergency == "123"


def test_people_are_not_asked_to_photograph_what_endangers_them() -> None:
    for each in CATEGORIES:
        if each.restricted or each.group == "covid":
            assert each.photo != "normal"


def test_every_leaf_has_plenty_of_cues() -> None:
    assert [each.id for each in CATEGORIES if len(each.cues) < 25] == []


def test_passed_over_names_are_there() -> None:
    assert {"lubang buaya", "depan sekolah"} <= set(NOISE)


@pytest.mark.parametrize("city", CITIES)
def test_every_city_has_its_branch_of_each_dinas_that_has_branches(city: str) -> None:
    assert [each.id for each in city_branches(AgencyId("dinas_sda"), city)] == [f"sudin_sda_{city}"]
    assert [each.id for each in city_branches(AgencyId("satpol_pp"), city)] == [f"satpol_pp_{city}"]


def test_education_has_two_branches_a_city_but_one_on_the_islands() -> None:
    found = city_branches(AgencyId("dinas_pendidikan"), "jaksel")
    assert [each.id for each in found] == ["sudin_pendidikan_jaksel_1", "sudin_pendidikan_jaksel_2"]
    assert len(city_branches(AgencyId("dinas_pendidikan"), "kepser")) == 1


def test_who_has_no_branches_has_none() -> None:
    assert city_branches(AgencyId("pam_jaya"), "jaksel") == ()
    assert city_branches(AgencyId("dinas_sda"), "bekasi") == ()


def test_every_agency_reports_to_one_that_exists_and_has_names_for_an_sms() -> None:
    for each in AGENCIES.values():
        assert each.reports_to is None or each.reports_to in AGENCIES
        assert GSM7.fullmatch(each.short)
        assert GSM7.fullmatch(each.name)


def test_a_retired_leaf_is_no_longer_offered() -> None:
    row: dict[str, object] = {
        "id": "x",
        "sms_code": "98",
        "labels": {"id": "X", "en": "X"},
        "group": "air",
        "lead": "biro_pemerintahan",
    }
    for retired in (False, True):
        leaf = category_of({**row, "retired": retired}, AGENCIES, {})
        assert (leaf in leaves_of([leaf])["air"]) is not retired


def test_an_unknown_id_is_a_key_error() -> None:
    for ask in (
        lambda: category(CategoryId("nothing")),
        lambda: leaves("nothing"),
        lambda: agency(AgencyId("kel:31.74.01.1001")),
        lambda: label(CategoryId("nothing"), "id"),
        lambda: group_label("nothing", "id"),
    ):
        with pytest.raises(KeyError):
            ask()


def test_a_language_without_a_label_of_its_own_shows_the_indonesian_one() -> None:
    assert label(FALLBACK, "xx") == label(FALLBACK, "id")
    assert group_label(GROUPS[0].id, "xx") == group_label(GROUPS[0].id, "id")
