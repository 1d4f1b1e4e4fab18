"""A counter: under the channel of its office, in the clerk's own kelurahan unless the words say another."""

import re
from dataclasses import replace

import pytest

from core import intake
from core.errors import NotAllowed, Refused
from core.intake import CounterReceipt, Typed, counter
from core.messages import Address
from core.model import AgencyId, AreaCode, Staff, StaffId, StaffRole
from core.record import Turn
from tests.fakes.drawn_city import EAST, IN_NORTH, NORTH, WEST, mapped
from tests.fakes.town import PHOTO, Town

GAMBIR = AgencyId("kel:31.71.01.1001")
LAMP = Typed("f1", "Lampu jalan mati sejak Senin", "pju", "dekat masjid")


def clerk(town: Town, office: AgencyId = GAMBIR, role: StaffRole = StaffRole.CLERK) -> Staff:
    staff = Staff(StaffId(f"s {office} {role}"), f"loket {office} {role}", office, role)
    if town.store.state.staff.get(staff.id) is None:
        town.store.run(lambda tx: tx.accounts.add(staff, "hash"))
    return staff


def send(
    town: Town, typed: Typed, office: AgencyId = GAMBIR, role: StaffRole = StaffRole.CLERK
) -> CounterReceipt | None:
    who, now = clerk(town, office, role), town.clock.now()
    return town.store.run(lambda tx: intake.at_counter(Turn(tx, now, town.context), who, typed))


def filed(typed: Typed, office: AgencyId = GAMBIR) -> CounterReceipt:
    slip = send(Town(), typed, office)
    assert slip is not None
    return slip


def refused(typed: Typed, office: AgencyId = GAMBIR) -> str:
    town = Town()
    with pytest.raises(Refused) as no:
        send(town, typed, office)
    assert not town.reports
    assert not town.store.state.seen
    return no.value.phrase


@pytest.mark.parametrize(
    ("office", "channel"),
    [
        ("kel:31.71.01.1001", "kelurahan"),
        ("kec:31.71.01", "kecamatan"),
        ("kota:jaksel", "walikota"),
        ("biro_pemerintahan", "pendopo"),
        ("inspektorat", "inspektorat"),
    ],
)
def test_a_report_comes_by_the_channel_of_its_counter(office: str, channel: str) -> None:
    slip = filed(replace(LAMP, words="Kelurahan Gambir"), AgencyId(office))
    assert slip.receipt.report.channel == channel


def test_an_office_without_a_counter_files_nothing() -> None:
    assert refused(LAMP, AgencyId("dinas_sda")) == "counter_none"


@pytest.mark.parametrize("role", [role for role in StaffRole if role is not StaffRole.CLERK])
def test_nobody_but_a_clerk_files_at_a_counter(role: StaffRole) -> None:
    town = Town()
    with pytest.raises(NotAllowed):
        send(town, LAMP, AgencyId("biro_pemerintahan"), role)
    assert not town.reports


def test_a_clerk_who_is_one_no_more_files_nothing() -> None:
    town = Town()
    staff = clerk(town)
    town.store.run(lambda tx: tx.accounts.change(replace(staff, active=False)))
    with pytest.raises(NotAllowed):
        send(town, LAMP)


def test_a_form_that_is_sent_twice_is_one_report() -> None:
    town = Town()
    assert send(town, LAMP) is not None
    assert send(town, LAMP) is None
    assert len(town.reports) == 1
    assert send(town, replace(LAMP, id="f2")) is not None


@pytest.mark.parametrize(
    ("words", "area", "found"),
    [
        ("dekat masjid", "", "31.71.01.1001"),
        ("", "", "31.71.01.1001"),
        ("Gambir", "", "31.71.01.1001"),  # the kecamatan holds the kelurahan of that name
        ("Kelurahan Petojo Selatan", "", "31.71.01.1004"),
        ("Kelurahan Petojo Selatan", "31.71.01.1001", "31.71.01.1001"),
        ("dekat masjid", "31.74.01", "31.74.01"),
        ("dekat masjid", counter.UNKNOWN, None),
    ],
)
def test_what_is_chosen_wins_then_what_is_written_then_the_clerks_own_kelurahan(
    words: str, area: str, found: str | None
) -> None:
    assert filed(replace(LAMP, words=words, area=area)).receipt.report.place.area == found


def test_a_counter_of_no_kelurahan_asks_where_it_is_unless_the_citizen_cannot_say() -> None:
    pendopo = AgencyId("biro_pemerintahan")
    assert refused(LAMP, pendopo) == "counter_place"
    unknown = filed(replace(LAMP, area=counter.UNKNOWN), pendopo).receipt.report
    assert (unknown.place.area, unknown.agency) == (None, "biro_pemerintahan")
    assert refused(replace(LAMP, words="", area=counter.UNKNOWN), pendopo) == "form_place"
    assert refused(replace(LAMP, area="31.99"), pendopo) == "routes_area_unknown"


def test_where_words_may_mean_several_places_it_is_asked_which() -> None:
    doubtful = replace(LAMP, words="Kelurahan Kebon Melati atau Kelurahan Karet")
    with pytest.raises(Refused, match="counter_place") as no:
        send(Town(), doubtful)
    assert no.value.details == {"areas": "31.71.07.1005 31.74.02.1004"}
    assert filed(replace(LAMP, words="Kelurahan Gambir")).receipt.report.place.area == "31.71.01.1001"


def test_a_kind_that_needs_no_place_is_not_put_into_the_clerks_kelurahan() -> None:
    report = filed(Typed("f1", "Petugas minta uang", "pungli_korupsi")).receipt.report
    assert report.place.area is None
    assert (report.agency, report.restricted) == ("inspektorat", True)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (replace(LAMP, text=" "), "form_text"),
        (replace(LAMP, text="x" * 4001), "form_long"),
        (replace(LAMP, category=""), "counter_category"),
        (replace(LAMP, category="tidak_ada"), "counter_category"),
    ],
)
def test_what_is_missing_is_said(change: Typed, why: str) -> None:
    assert refused(change) == why


def test_a_photo_can_stand_for_the_story() -> None:
    assert filed(replace(LAMP, text="", files=(PHOTO,))).receipt.report.files == (PHOTO,)


def test_where_a_rule_fails_it_is_filed_as_it_is_and_once() -> None:
    town, typed = Town(), replace(LAMP, text=f"{LAMP.text}. Telepon saya 0812-3456-7890")
    who, now = clerk(town), town.clock.now()

    def sent() -> CounterReceipt | None:
        return town.store.run(lambda tx: intake.at_counter_as_it_is(Turn(tx, now, town.context), who, typed))

    slip = sent()
    assert slip is not None
    report = slip.receipt.report
    assert (report.channel, report.category, report.place.area) == ("kelurahan", LAMP.category, None)
    assert LAMP.words in report.text
    assert "7890" not in report.text
    assert slip.closed
    assert sent() is None
    assert len(town.store.state.audit) == 1


def test_what_points_at_the_citizen_is_closed_and_that_is_told() -> None:
    slip = filed(replace(LAMP, text="Lampu mati. Nama saya Budi Santoso, 0812-3456-7890"))
    assert slip.closed
    assert "Budi" not in slip.receipt.report.text
    assert not filed(LAMP).closed
    assert filed(replace(LAMP, words="depan rumah saya no 12")).closed


def test_news_goes_to_the_contact_that_was_left_and_nothing_goes_at_once() -> None:
    town = Town()
    assert send(town, replace(LAMP, reach=("sms", Address("+628123456789")))) is not None
    (contact,) = town.store.state.contacts.values()
    assert (contact.channel, contact.address) == ("sms", Address("+628123456789"))
    assert not town.post()


def test_the_trail_says_which_clerk_filed_which_report_and_no_code() -> None:
    town = Town()
    slip = send(town, LAMP)
    assert slip is not None
    (entry,) = town.store.state.audit.values()
    assert (entry.who, entry.act, entry.number, entry.via) == (
        clerk(town).name,
        "file",
        slip.receipt.report.number,
        "desk",
    )
    assert not re.search(r"\d{16}", repr(entry))


def test_the_kelurahan_of_an_office_is_that_of_a_kelurahan_alone() -> None:
    assert counter.own_area(GAMBIR) == AreaCode("31.71.01.1001")
    assert counter.own_area(AgencyId("kec:31.71.01")) is None
    assert counter.own_area(AgencyId("inspektorat")) is None


def test_coordinates_in_the_words_are_the_kelurahan_that_holds_them_or_those_it_is_asked_of() -> None:
    town = mapped(Town())
    slip = send(town, replace(LAMP, words="-6.1950, 106.8110"))
    assert slip is not None
    assert (slip.receipt.report.place.area, slip.receipt.report.place.point) == (NORTH, IN_NORTH)
    with pytest.raises(Refused, match="counter_place") as no:
        send(town, replace(LAMP, id="f2", words="-6.2050, 106.8097"))
    assert no.value.details == {"areas": f"{WEST} {EAST}"}


def test_coordinates_outside_of_the_city_are_no_place_at_the_counter_either() -> None:
    slip = send(mapped(Town()), replace(LAMP, words="dekat masjid -6.9, 106.79"))
    assert slip is not None
    assert (slip.receipt.report.place.area, slip.receipt.report.place.point) == ("31.71.01.1001", None)
