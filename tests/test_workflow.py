"""Who holds a report when it arrives."""

import pytest

from core import areas, workflow
from core.categories import AGENCIES, CATEGORIES, Category, agency
from core.model import NOWHERE, AgencyId, AreaCode, Place
from core.phrases import LANGUAGES

KELURAHAN = next(each for each in areas.AREAS.values() if each.kind == "kelurahan")
KECAMATAN = next(each for each in areas.AREAS.values() if each.kind == "kecamatan")
HERE = Place(area=KELURAHAN.code, name=KELURAHAN.name)


@pytest.mark.parametrize("leaf", CATEGORIES, ids=lambda leaf: leaf.id)
def test_each_category_has_its_holder_with_and_without_a_place(leaf: Category) -> None:
    located, unlocated = workflow.first_holder(leaf.id, HERE), workflow.first_holder(leaf.id, NOWHERE)
    if leaf.restricted:
        assert located == unlocated == leaf.restricted, "restricted beats place"
    else:
        assert located == f"kel:{KELURAHAN.code}"
        assert unlocated == (workflow.BIRO if leaf.place_required else leaf.lead_agency)


def test_the_table_has_all_four_kinds_of_category() -> None:
    assert {bool(leaf.restricted) for leaf in CATEGORIES} == {True, False}
    assert {leaf.place_required for leaf in CATEGORIES if not leaf.restricted} == {True, False}


def test_where_only_the_kecamatan_is_known_its_office_holds() -> None:
    leaf = next(leaf for leaf in CATEGORIES if not leaf.restricted and leaf.place_required)
    assert workflow.first_holder(leaf.id, Place(area=KECAMATAN.code)) == f"kec:{KECAMATAN.code}"


def test_words_and_a_point_without_an_area_are_no_place_yet() -> None:
    leaf = next(leaf for leaf in CATEGORIES if not leaf.restricted and leaf.place_required)
    assert workflow.first_holder(leaf.id, Place(words="depan warung")) == workflow.BIRO


def test_the_biro_is_an_agency_of_the_table() -> None:
    assert agency(workflow.BIRO).id == workflow.BIRO


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everybody_who_can_hold_a_report_has_a_name(lang: str) -> None:
    holders = [*AGENCIES, *(areas.office(code) for code in areas.AREAS)]
    assert all(workflow.agency_name(AgencyId(holder), lang).strip() for holder in holders)


def test_an_area_that_does_not_exist_is_a_fault() -> None:
    with pytest.raises(KeyError):
        workflow.first_holder(next(iter(CATEGORIES)).id, Place(area=AreaCode("99.99")))
