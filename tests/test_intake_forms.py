"""The second door: a filled form becomes a report with a code, closed like any other, and once."""

from dataclasses import replace

import pytest

from core import intake
from core.errors import Refused
from core.intake import Filled, Receipt
from core.messages import Address, Point, WireId
from core.model import AreaCode, CategoryId, CodeHolder, ContactId, Role
from tests.fakes.town import Town

HOLE = Filled("jaki", CategoryId("jalan_rusak"), "Lubang besar di jalan", "Kelurahan Tebet Barat")
WEST = AreaCode("31.74.01.1002")


def send(town: Town, filled: Filled) -> Receipt | None:
    now = town.clock.now()
    return town.store.run(lambda tx: intake.form(tx, filled, now, town.context))


def filed(town: Town, filled: Filled) -> Receipt:
    receipt = send(town, filled)
    assert receipt is not None
    return receipt


def holder(town: Town, receipt: Receipt) -> CodeHolder:
    found = town.store.run(lambda tx: tx.code_holders.by_code(receipt.code))
    assert found is not None
    return found


def refused(town: Town, filled: Filled) -> str:
    with pytest.raises(Refused) as no:
        send(town, filled)
    assert not town.store.state.reports
    return no.value.phrase


def test_a_form_is_a_report_of_its_channel_with_the_office_of_its_place_and_a_code_that_answers() -> None:
    town = Town()
    receipt = filed(town, HOLE)
    assert (receipt.report.channel, receipt.report.agency) == ("jaki", "kel:31.74.01.1002")
    assert receipt.report.place.area == WEST
    assert holder(town, receipt).role is Role.REPORTER
    assert receipt.report.received == town.clock.now().replace(second=0, microsecond=0)


def test_what_points_at_the_writer_is_closed_in_story_and_place() -> None:
    told = replace(HOLE, text="Lubang besar. Nama saya Budi Santoso, 0812-3456-7890", words="rumah saya no 12")
    report = filed(Town(), replace(told, area=WEST)).report
    assert "Budi" not in report.text
    assert "7890" not in report.text
    assert "12" not in report.place.words


def test_a_place_is_taken_from_a_list_from_words_or_from_the_story() -> None:
    for filled in (
        replace(HOLE, words="", area=WEST),
        HOLE,
        replace(HOLE, words="depan pasar", text="Lubang besar di kelurahan Tebet Barat"),
    ):
        assert filed(Town(), filled).report.place.area == WEST


def test_a_place_that_is_no_known_area_is_kept_as_it_was_told_and_waits_with_the_biro() -> None:
    point = Point(-6.2, 106.8)
    report = filed(Town(), replace(HOLE, words="dekat situ", point=point)).report
    assert (report.place.area, report.place.words, report.place.point) == (None, "dekat situ", point)
    assert report.agency == "biro_pemerintahan"


def test_a_point_that_the_words_write_down_is_the_point_of_the_report() -> None:
    for filled in (
        replace(HOLE, words="-6.2, 106.8 x"),
        replace(HOLE, words="-6.2001, 106.8001"),
        replace(HOLE, words="", text="-6.2001, 106.8001"),
    ):
        place = filed(Town(), filled).report.place
        assert place.point == (None if filled.words.endswith("x") else Point(-6.2001, 106.8001))


def test_what_is_missing_is_said_and_nothing_is_kept() -> None:
    assert refused(Town(), replace(HOLE, text=" ")) == "form_text"
    assert refused(Town(), replace(HOLE, words="")) == "form_place"
    assert refused(Town(), replace(HOLE, text="x" * 4001)) == "form_long"


def test_a_matter_that_has_no_place_needs_none() -> None:
    report = filed(Town(), replace(HOLE, category=CategoryId("kependudukan"), words="")).report
    assert report.place.area is None


def test_a_form_that_is_sent_twice_is_one_report() -> None:
    town = Town()
    once = replace(HOLE, wire_id=WireId("a-form"))
    filed(town, once)
    assert send(town, once) is None
    assert len(town.store.state.reports) == 1


def test_an_address_that_was_left_gets_the_news_on_its_own_channel() -> None:
    town = Town()
    receipt = filed(town, replace(HOLE, channel="kelurahan", reach=("sms", Address("+6281200000001"))))
    contact = holder(town, receipt).contact
    assert contact is not None
    kept = town.store.run(lambda tx: tx.code_holders.contact(ContactId(contact)))
    assert kept is not None
    assert (kept.channel, receipt.report.channel) == ("sms", "kelurahan")


def test_nobody_is_told_where_no_address_was_left() -> None:
    town = Town()
    assert holder(town, filed(town, HOLE)).contact is None


def test_answers_to_what_is_asked_of_a_kind_are_kept_closed_and_nothing_else_is() -> None:
    town = Town()
    given = {"tiang": "TJK 7, 0812 3456 7890", "sejak": "hari_ini", "rumah": "3", "name": "Budi"}
    wires = replace(HOLE, category=CategoryId("kabel_utilitas"), text="Kabel menjuntai", attributes=given)
    told = dict(filed(town, wires).report.attributes)
    assert set(told) == {"tiang", "sejak"}
    assert told["tiang"].startswith("TJK 7")
    assert "0812" not in told["tiang"]
    assert filed(town, replace(HOLE, attributes=given)).report.attributes == ()


@pytest.mark.parametrize("given", [{"sejak": "Hari ini"}, {"tiang": "x" * 201}])
def test_an_answer_that_is_none_is_refused(given: dict[str, str]) -> None:
    wires = replace(HOLE, category=CategoryId("kabel_utilitas"), text="Kabel menjuntai", attributes=given)
    assert refused(Town(), wires) == "form_attribute"


def test_a_point_in_another_part_of_the_world_is_no_place_and_words_beside_it_are() -> None:
    far = replace(HOLE, text="Lubang besar di jalan", words="", point=Point(50, 8))
    assert refused(Town(), far) == "form_outside"
    report = filed(Town(), replace(far, words=HOLE.words)).report
    assert (report.place.area, report.place.point) == (WEST, None)


GRAFT = "Petugas kelurahan Tebet Barat minta uang pelicin untuk surat pengantar, ini pungli"


@pytest.mark.parametrize("told", [replace(HOLE, text=GRAFT), replace(HOLE, words=GRAFT)], ids=["story", "place"])
def test_words_of_a_bribe_go_to_the_agency_that_alone_reads_them_whatever_was_chosen(told: Filled) -> None:
    report = filed(Town(), told).report
    assert (report.category, report.agency, report.restricted) == ("pungli_korupsi", "inspektorat", True)


def test_a_bribe_that_is_told_in_an_answer_is_read_by_that_agency_alone_and_is_not_lost() -> None:
    wires = replace(HOLE, category=CategoryId("kabel_utilitas"), text="Kabel menjuntai", attributes={"tiang": GRAFT})
    report = filed(Town(), wires).report
    assert (report.agency, report.restricted) == ("inspektorat", True)
    assert "uang pelicin" in report.text
