"""One act is one turn: the report, its history, its news, its photo's look and the trail; or nothing of it."""

import pytest

from core.model import Act, AgencyId, Number, StaffRole, Status
from tests.fakes.town import PHOTO
from tests.fakes.town_hall import BIRO, KELURAHAN, TownHall, photo_hash

ENGINEERS = "dinas_bina_marga"


@pytest.fixture
def hall() -> TownHall:
    made = TownHall()
    made.hire("lurah", KELURAHAN)
    made.hire("dinas", ENGINEERS)
    made.hire("biro", BIRO, StaffRole.BIRO)
    return made


def test_every_act_is_in_the_trail_with_who_and_which_and_no_words(hall: TownHall) -> None:
    number = hall.files()
    hall.does("lurah", Act.START, number, text="Rahasia")
    hall.does("biro", Act.NOTE, number, text="Rahasia")
    trail = list(hall.state.audit.values())[-2:]
    assert [(each.who, each.act, each.number, each.via) for each in trail] == [
        ("lurah", "start", number, "terminal"),
        ("biro", "note", number, "terminal"),
    ]
    assert "Rahasia" not in str(trail)


def test_an_unknown_number_and_a_forbidden_one_are_refused_alike(hall: TownHall) -> None:
    elsewhere, secret = hall.files(area=None), hall.files("kekerasan_pa")
    for act in Act:
        whys = {hall.refused("lurah", act, each, text="x") for each in (Number("R00000000"), elsewhere, secret)}
        assert whys == {"case_report_unknown"}
    assert {hall.refused("biro", Act.NOTE, each, text="x") for each in (Number("R00000000"), secret)} == {
        "case_report_unknown"
    }


@pytest.mark.parametrize("role", [StaffRole.CLERK, StaffRole.ADMIN, StaffRole.AUDITOR])
def test_who_reads_nothing_does_nothing_and_learns_not_even_whether_it_is_there(
    hall: TownHall, role: StaffRole
) -> None:
    hall.hire("siti", KELURAHAN, role)
    number = hall.files()
    for each in (number, Number("R00000000")):
        assert hall.refused("siti", Act.NOTE, each, text="x") == "case_role_reads_nothing"


def test_who_held_it_before_sees_it_and_does_nothing(hall: TownHall) -> None:
    number = hall.files()
    hall.does("lurah", Act.COORDINATE, number, to=ENGINEERS)
    assert hall.shows("lurah", number).can == ()
    for act in Act:
        assert hall.refused("lurah", act, number, text="x", to=KELURAHAN, photo=PHOTO) in {
            "case_not_yours",
            "case_report_unknown",  # a link is looked up first
        }


def test_a_report_is_returned_to_whoever_held_it_before_and_else_to_the_biro(hall: TownHall) -> None:
    number = hall.files()
    assert hall.does("lurah", Act.RETURN, number, text="Jalan provinsi").agency == BIRO
    hall.does("biro", Act.COORDINATE, number, to=ENGINEERS)
    report = hall.does("dinas", Act.RETURN, number, text="Bukan jalan kami")
    assert (report.agency, report.status) == (BIRO, Status.KOORDINASI)
    hall.does("biro", Act.RETURN, number, text="Sudah pasti jalan provinsi")
    assert hall.report(number).agency == ENGINEERS


def test_the_biro_that_was_first_returns_to_nobody(hall: TownHall) -> None:
    assert hall.refused("biro", Act.RETURN, hall.files(area=None), text="x") == "case_nobody_before"


def resulted(hall: TownHall, name: str, number: Number, second: str, seed: int) -> tuple[Number, ...]:
    hall.starts(name, number)
    hall.plans(name, number, second)
    return hall.does(
        name, Act.RESULT, number, text="Beres", photo=PHOTO, photo_hash=photo_hash(seed)
    ).handling.lookalikes


def test_photos_of_results_are_compared_with_all_earlier_ones_of_the_city(hall: TownHall) -> None:
    first, second, third = hall.files(), hall.files(), hall.files()
    hall.does("lurah", Act.COORDINATE, third, to=ENGINEERS)
    assert resulted(hall, "lurah", first, "biro", 5) == ()
    assert resulted(hall, "lurah", second, "biro", 5) == (first,)
    assert set(resulted(hall, "dinas", third, "biro", 5)) == {first, second}


def test_another_photo_is_like_none_and_an_own_photo_again_is_no_other_report(hall: TownHall) -> None:
    first, second = hall.files(), hall.files()
    assert resulted(hall, "lurah", first, "biro", 5) == ()
    assert resulted(hall, "lurah", second, "biro", 6) == ()
    hall.does("biro", Act.REJECT_RESULT, second, text="Ulangi")
    report = hall.does("lurah", Act.RESULT, second, text="Beres", photo=PHOTO, photo_hash=photo_hash(6))
    assert report.handling.lookalikes == ()


def test_photos_of_restricted_results_are_compared_within_their_agency_alone(hall: TownHall) -> None:
    for agency in ("inspektorat", "dinas_ppapp"):
        hall.hire(agency, agency)
        hall.hire(f"{agency} kepala", agency, StaffRole.HEAD)
    leaves = ("jalan_rusak", "pungli_korupsi", "pungli_korupsi", "kekerasan_pa")
    plain, graft, again, harm = (hall.files(leaf) for leaf in leaves)
    assert resulted(hall, "inspektorat", graft, "inspektorat kepala", 5) == ()
    assert resulted(hall, "lurah", plain, "biro", 5) == (), "nobody learns that there is a restricted one"
    assert resulted(hall, "inspektorat", again, "inspektorat kepala", 5) == (graft,)
    assert resulted(hall, "dinas_ppapp", harm, "dinas_ppapp kepala", 5) == ()
    assert {scope for _, _, scope in hall.state.perceptual_hashes} == {"", "inspektorat", "dinas_ppapp"}


def test_a_refused_result_leaves_no_look_behind(hall: TownHall) -> None:
    number = hall.files()
    assert hall.refused("lurah", Act.RESULT, number, text="x", photo=PHOTO, photo_hash=photo_hash(1)) == "case_not_now"
    assert hall.state.perceptual_hashes == {}


def test_an_officer_of_the_agency_outside_the_city_reads_and_forwards(hall: TownHall) -> None:
    hall.hire("bnn", "bnnp_dki")
    number = hall.files("narkoba")
    assert hall.lists("bnn") == [number]
    report = hall.does("bnn", Act.FORWARD, number, text="Ditangani kepolisian", to="polda_metro_jaya")
    assert (report.status, report.agency) == (Status.DITERUSKAN, AgencyId("bnnp_dki"))
