"""The present of a city: rows that were changed stand in place of the folder's, in every room, from one moment on."""

from collections.abc import Mapping

import pytest

from core import workflow
from core.categories import AGENCIES, ALL_CATEGORIES, CATEGORIES, KEEP_DAYS, OF_FOLDER, adopt, category, label, leaves
from core.categories.agencies import agency_rows
from core.categories.leaves import category_rows
from core.city.present import UNCHANGED, Changes, changes_of, merged, of_present, present
from core.conversation.kinds import labelled
from core.model import AgencyId, CategoryId, CityChange, CityPart
from core.suggest import suggest
from core.toml_rows import BadRow, Row
from tests.fakes.town import Town

BENCH = {
    "id": "bangku",
    "sms_code": "98",
    "labels": {"id": "Bangku taman", "en": "Park bench"},
    "group": "jalan",
    "lead": "dinas_bina_marga",
    "keep_days": 10,
    "cues": {"id": ["bangku taman", "bangku rusak", "kursi taman", "tempat duduk", "bangku patah", "!!!"]},
}


def changed(part: CityPart, id_: str, row: Row | None) -> Changes:
    return changes_of([CityChange(part, id_, row)])


def row_of(kind: str) -> dict[str, object]:
    return dict(next(row for row in category_rows(UNCHANGED) if row["id"] == kind))


def test_a_new_kind_is_offered_named_found_by_its_cues_and_kept_as_long_as_it_says() -> None:
    adopt(changed(CityPart.CATEGORY, "bangku", BENCH))
    kind = CategoryId("bangku")
    assert label(kind, "en") == "Park bench"
    assert [each.id for each in leaves("jalan")][-1] == kind
    assert [*CATEGORIES][-1].id == [*OF_FOLDER.categories][-1].id
    assert labelled("bangku taman") == kind
    assert suggest("bangku taman patah, tempat duduk rusak").ranked[0][0] == kind
    assert KEEP_DAYS[kind] == 10
    assert kind not in {each.id for each in OF_FOLDER.categories}


def test_a_retired_kind_is_offered_no_longer_and_still_known() -> None:
    kind = CategoryId("banjir")
    adopt(changed(CityPart.CATEGORY, kind, row_of(kind) | {"retired": True}))
    assert kind not in {each.id for each in CATEGORIES}
    assert kind in ALL_CATEGORIES
    assert category(kind).retired
    assert labelled(label(kind, "id")) is None
    assert kind not in {each for each, _ in suggest("banjir setinggi lutut").ranked}


def test_who_stands_above_whom_is_that_of_the_present() -> None:
    office = AgencyId("sudin_sda_jaksel")
    assert workflow.rungs(office, restricted=False)[0] == "dinas_sda"
    row = dict(agency_rows(UNCHANGED)[office]) | {"reports_to": "dinas_bina_marga"}
    adopt(changed(CityPart.AGENCY, office, row))
    assert workflow.rungs(office, restricted=False)[0] == "dinas_bina_marga"


def test_a_retired_agency_keeps_its_name_and_is_given_nothing_new() -> None:
    office = AgencyId("dinas_sda")
    adopt(changed(CityPart.AGENCY, office, dict(agency_rows(UNCHANGED)[office]) | {"retired": True}))
    assert workflow.agency_name(office, "id") == "SDA"
    assert (workflow.known(office), workflow.in_service(office)) == (True, False)
    assert office not in workflow.offices_for(None, outside=False)
    assert len(AGENCIES) == len(OF_FOLDER.agencies)


@pytest.mark.parametrize(
    "wrong",
    [
        changed(CityPart.CATEGORY, "bangku", BENCH | {"lead": "nobody"}),
        changed(CityPart.CATEGORY, "bangku", BENCH | {"colour": "red"}),
        changed(CityPart.AGENCY, "x", {"name": "X", "short": "X", "kind": "x", "reports_to": "x"}),
        changed(CityPart.ATTRIBUTE, "x", {"id": "x", "kind": "date"}),
        changed(CityPart.HOLIDAY, "2026-13-01", {"name": {}}),
    ],
)
def test_what_cannot_be_read_is_no_city_and_the_one_before_stays(wrong: Changes) -> None:
    adopt(changed(CityPart.CATEGORY, "bangku", BENCH))
    before = present()
    with pytest.raises((BadRow, ValueError)):
        adopt(wrong)
    assert present() is before


def test_what_is_made_of_the_present_is_made_once_for_each() -> None:
    made: list[Changes] = []
    ask = of_present(made.append)
    ask()
    ask()
    adopt(changed(CityPart.CATEGORY, "bangku", BENCH))
    ask()
    assert len(made) == 2


def test_rows_keep_their_place_and_new_ones_stand_behind() -> None:
    changes = changes_of(
        [
            CityChange(CityPart.HOLIDAY, "c", {"name": 3}),
            CityChange(CityPart.HOLIDAY, "a", {"name": 1}),
            CityChange(CityPart.HOLIDAY, "b", None),
            CityChange(CityPart.AGENCY, "d", {}),
        ]
    )
    assert [*merged(CityPart.HOLIDAY, {"a": {}, "b": {}}, changes).items()] == [("a", {"name": 1}), ("c", {"name": 3})]


WATER = CategoryId("air_bersih")
LATER: Mapping[str, Changes] = {
    "retired": changed(CityPart.CATEGORY, WATER, row_of(WATER) | {"retired": True}),
    "asks nothing": changed(CityPart.CATEGORY, WATER, row_of(WATER) | {"attributes": []}),
    "asks otherwise": changed(CityPart.CATEGORY, WATER, row_of(WATER) | {"attributes": ["hewan", "rute"]}),
    "another lead": changed(CityPart.CATEGORY, WATER, row_of(WATER) | {"lead": "dinas_sda", "place": False}),
}


@pytest.mark.parametrize("change", LATER)
@pytest.mark.parametrize("turns", range(4))
def test_a_dialogue_that_is_open_comes_to_its_end_whatever_changes(change: str, turns: int) -> None:
    town = Town()
    budi = town.citizen("telegram")
    said = [f"/start {WATER}", "air keran mati di kampung kami", "kelurahan cikini", "Minggu ini"]
    for words in said[: turns + 1]:
        budi.writes(words)
    adopt(LATER[change])
    for words in said[turns + 1 :]:
        budi.writes(words)
    for _ in range(6):
        if not town.reports:
            budi.writes("ya")
    [report] = town.reports
    assert report.category == WATER
    assert label(report.category, "id")


def test_a_filed_report_of_a_kind_and_an_office_that_ended_is_still_told() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("lampu jalan mati di kelurahan cikini")
    filed = budi.presses("Kirim")
    [report] = town.reports
    adopt(
        changes_of(
            [
                CityChange(CityPart.CATEGORY, report.category, row_of(report.category) | {"retired": True}),
                CityChange(CityPart.AGENCY, "dinas_sda", dict(agency_rows(UNCHANGED)["dinas_sda"]) | {"retired": True}),
            ]
        )
    )
    assert workflow.agency_name(report.agency, "id") in budi.writes(filed.code).text


@pytest.mark.parametrize("channel", ["telegram", "sms", "mail"])
def test_an_agency_that_was_made_at_the_desk_is_named_to_whoever_asks_for_a_report(channel: str) -> None:
    gardens = dict(agency_rows(UNCHANGED)["dinas_sda"]) | {"short": "Taman Kota"}
    bench = BENCH | {"lead": "dinas_taman", "place": False}
    adopt(
        changes_of(
            [
                CityChange(CityPart.AGENCY, "dinas_taman", gardens),
                CityChange(CityPart.CATEGORY, "bangku", bench),
            ]
        )
    )
    town = Town()
    budi = town.citizen(channel)
    told = budi.writes("LAPOR bangku taman patah, tempat duduk rusak, kursi taman miring")
    for answer in ("1", "lewati", "ya"):
        if not town.reports:
            told = budi.writes(answer)
    [report] = town.reports
    assert report.agency == AgencyId("dinas_taman")
    assert "Taman Kota" in budi.writes(f"status {told.code}").text
