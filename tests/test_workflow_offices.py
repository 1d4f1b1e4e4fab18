"""Which office stands above which, and which row of forwarding fits best."""

import pytest

from core import areas, workflow
from core.categories import AGENCIES, CATEGORIES
from core.model import NOWHERE, AgencyId, AreaCode, CategoryId, Place, Route
from core.workflow import BIRO
from tests.fakes.town_hall import KELURAHAN, TEBET

PJU, POHON = CategoryId("pju"), CategoryId("pohon")
HERE = Place(TEBET)
EVERYBODY = (*AGENCIES, *(areas.office(code) for code in areas.AREAS))


def rungs(holder: str) -> tuple[str, ...]:
    return workflow.rungs(AgencyId(holder), restricted=False)


def test_lateness_climbs_from_the_kelurahan_by_kecamatan_and_city_to_the_biro() -> None:
    assert rungs(KELURAHAN) == ("kec:31.74.01", "kota:jaksel", BIRO)
    assert rungs("kec:31.74.01") == ("kota:jaksel", BIRO)
    assert rungs("kota:jaksel") == (BIRO,)


def test_lateness_climbs_from_the_suku_dinas_by_its_dinas_to_the_biro() -> None:
    assert rungs("sudin_bina_marga_jaksel") == ("dinas_bina_marga", BIRO)
    assert rungs("dinas_bina_marga") == (BIRO,)


def test_nobody_stands_above_the_biro() -> None:
    assert rungs(BIRO) == ()


@pytest.mark.parametrize("holder", sorted(set(AGENCIES) - {BIRO}))
def test_whatever_is_late_reaches_the_biro_in_the_end_and_nobody_twice(holder: str) -> None:
    above = rungs(holder)
    assert above[-1] == BIRO
    assert len(set(above)) == len(above)
    assert holder not in above
    assert not [each for each in above if ":" not in each and AGENCIES[AgencyId(each)].kind == "province"]


@pytest.mark.parametrize("gone", ["dinas_that_left", "kel:that.left"])
def test_an_office_that_left_the_pack_climbs_to_the_biro_and_is_called_by_its_id(gone: str) -> None:
    assert rungs(gone) == (BIRO,)
    assert workflow.agency_name(AgencyId(gone), "id") == gone
    assert not workflow.external(AgencyId(gone))


@pytest.mark.parametrize("holder", ["inspektorat", "dinas_ppapp", "bnnp_dki"])
def test_of_a_restricted_report_nobody_between_hears(holder: str) -> None:
    assert workflow.rungs(AgencyId(holder), restricted=True) == (BIRO,)


def test_every_office_is_known_and_nothing_else() -> None:
    assert all(workflow.known(AgencyId(each)) for each in EVERYBODY)
    for wrong in ("", "x", ":", "kel:", "kota:", "kel:jaksel", "kota:31.74", "kec:31.74.01.1001", "KEL:31.74.01.1001"):
        assert not workflow.known(AgencyId(wrong)), wrong


def test_outside_the_city_stand_only_those_that_the_table_says() -> None:
    outside = {each for each in EVERYBODY if workflow.external(AgencyId(each))}
    assert outside == {each.id for each in AGENCIES.values() if each.kind == "external"}
    assert "pln_uid_jakarta_raya" in outside


def test_a_restricted_category_has_readers_even_outside_the_city() -> None:
    readers = {each for each in EVERYBODY if workflow.reads_restricted(AgencyId(each))}
    assert readers == {leaf.restricted for leaf in CATEGORIES if leaf.restricted}
    assert [each for each in readers if workflow.external(AgencyId(each))]


def test_branches_are_those_of_the_city_of_the_place() -> None:
    dinas = AgencyId("dinas_bina_marga")
    assert workflow.branches(dinas, TEBET) == {"sudin_bina_marga_jaksel"}
    assert workflow.branches(AgencyId("dinas_pendidikan"), TEBET) == {
        "sudin_pendidikan_jaksel_1",
        "sudin_pendidikan_jaksel_2",
    }
    assert workflow.branches(dinas, None) == frozenset()
    assert workflow.branches(KELURAHAN, TEBET) == frozenset()
    assert workflow.branches(AgencyId("sudin_bina_marga_jaksel"), TEBET) == frozenset()


def first(chosen: CategoryId, place: Place, *routes: tuple[str, CategoryId | None, str | None]) -> str:
    rows = [Route(AgencyId(to), of, AreaCode(area) if area else None) for to, of, area in routes]
    return workflow.first_holder(chosen, place, rows)


def test_of_several_rows_of_forwarding_the_smallest_area_decides_and_then_the_category() -> None:
    everywhere, city, ward = ("dinas_lh", PJU, None), ("dinas_sda", None, "31.74"), ("dinas_tamhut", None, TEBET)
    assert first(PJU, HERE, everywhere) == "dinas_lh"
    assert first(PJU, HERE, everywhere, city) == "dinas_sda"
    assert first(PJU, HERE, ward, everywhere, city) == "dinas_tamhut"
    assert first(PJU, HERE, ("dinas_lh", None, TEBET), ("dinas_bina_marga", PJU, TEBET)) == "dinas_bina_marga"


def test_a_row_of_another_category_or_area_forwards_nothing() -> None:
    assert first(POHON, HERE, ("dinas_lh", PJU, None)) == KELURAHAN
    assert first(PJU, HERE, ("dinas_lh", PJU, "31.71"), ("dinas_lh", None, "31.74.01.1002")) == KELURAHAN
    assert first(PJU, NOWHERE, ("dinas_lh", PJU, "31.74")) == BIRO


def test_no_row_forwards_what_is_restricted() -> None:
    secret = [leaf for leaf in CATEGORIES if leaf.restricted]
    assert secret
    for leaf in secret:
        assert first(leaf.id, HERE, ("dinas_lh", leaf.id, None), ("dinas_lh", None, TEBET)) == leaf.restricted
