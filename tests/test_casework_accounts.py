"""Accounts: who may have one, and what a closed one may do."""

import pytest

from core import casework
from core.casework import Actor
from core.errors import Refused
from core.model import Act, StaffRole
from tests.fakes.town_hall import BIRO, KELURAHAN, TownHall


@pytest.fixture
def hall() -> TownHall:
    return TownHall()


def refused(hall: TownHall, name: str, agency: str = KELURAHAN, role: StaffRole = StaffRole.OFFICER) -> str:
    before = hall.state.copy()
    with pytest.raises(Refused) as no:
        hall.hire(name, agency, role)
    assert hall.state == before
    return no.value.phrase


@pytest.mark.parametrize("name", ["siti", "Siti Aminah", "s.aminah", "a", "petugas-1", "O'Neil", "ibu@kel", "a" * 64])
def test_a_name_is_words_as_people_write_them(hall: TownHall, name: str) -> None:
    assert hall.hire(name, KELURAHAN).name == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        " siti",
        "siti ",
        "-siti",
        "si\nti",
        "siti\n",
        "siti\t",
        "a" * 65,
        "<b>",
        "a/b",
        "s\u0456ti",
        "siti\u0301",
        "adm\u0131n",
        "\uff11",
    ],
)
def test_a_name_that_could_hide_is_refused(hall: TownHall, name: str) -> None:
    assert refused(hall, name) == "staff_name_wrong"


def test_no_two_accounts_have_one_name_however_it_is_typed(hall: TownHall) -> None:
    hall.hire("siti", KELURAHAN)
    for name in ("siti", "Siti", "SITI"):
        assert refused(hall, name, "dinas_lh") == "staff_name_taken"
    hall.run(lambda turn: casework.disable(turn, "siti"))
    assert refused(hall, "siti") == "staff_name_taken", "the trail would not tell them apart"


def test_an_account_belongs_to_an_office_of_the_city_or_to_readers_of_what_is_restricted(hall: TownHall) -> None:
    assert refused(hall, "siti", "dinas_sihir") == "case_office_unknown"
    assert refused(hall, "siti", "kel:00.00.00.0000") == "case_office_unknown"
    assert refused(hall, "siti", "pln_uid_jakarta_raya") == "staff_office_outside"
    assert hall.hire("bnn", "bnnp_dki").agency == "bnnp_dki"


def test_only_the_biro_has_the_role_of_the_biro(hall: TownHall) -> None:
    assert refused(hall, "siti", KELURAHAN, StaffRole.BIRO) == "staff_biro_only"
    assert hall.hire("biro", BIRO, StaffRole.BIRO).role is StaffRole.BIRO


def test_who_is_no_more_acts_lists_and_reads_no_more_from_that_moment(hall: TownHall) -> None:
    hall.hire("siti", KELURAHAN)
    number = hall.files()
    hall.starts("siti", number)
    hall.run(lambda turn: casework.disable(turn, "siti"))
    assert hall.refused("siti", Act.NOTE, number, text="x") == "staff_unknown"
    assert hall.show_refused("siti", number) == "staff_unknown"
    for ask in (hall.lists, hall.notices):
        with pytest.raises(Refused, match="staff_unknown"):
            ask("siti")


def test_who_never_was_is_refused_with_the_same_words(hall: TownHall) -> None:
    number = hall.files()
    assert hall.refused("nobody", Act.NOTE, number, text="x") == "staff_unknown"
    assert hall.show_refused("nobody", number) == "staff_unknown"


@pytest.mark.parametrize("name", ["nobody", "gone"])
def test_what_is_not_there_is_neither_closed_nor_given_a_password(hall: TownHall, name: str) -> None:
    hall.hire("gone", KELURAHAN)
    hall.run(lambda turn: casework.disable(turn, "gone"))
    before = hall.state.copy()
    with pytest.raises(Refused, match="staff_unknown"):
        hall.run(lambda turn: casework.disable(turn, name))
    with pytest.raises(Refused, match="staff_unknown"):
        hall.run(lambda turn: casework.change_password(turn, name, "hash"))
    assert hall.state == before


def test_a_new_password_takes_the_place_of_the_old_and_of_nothing_else(hall: TownHall) -> None:
    staff = hall.hire("siti", KELURAHAN)
    hall.run(lambda turn: casework.change_password(turn, "siti", "another"))
    assert hall.state.passwords == {staff.id: "another"}
    assert hall.state.staff == {staff.id: staff}


def test_all_that_is_done_to_accounts_is_in_the_trail_and_no_password(hall: TownHall) -> None:
    hall.hire("siti", KELURAHAN)
    hall.run(lambda turn: casework.change_password(turn, "siti", "another"))
    hall.run(lambda turn: casework.disable(turn, "siti"))
    assert [(each.who, each.act) for each in hall.state.audit.values()] == [
        ("siti", "staff-add"),
        ("siti", "staff-reset"),
        ("siti", "staff-disable"),
    ]
    assert "another" not in str(hall.state.audit)


def test_the_trail_says_by_which_way_somebody_came(hall: TownHall) -> None:
    hall.hire("siti", KELURAHAN)
    number = hall.files("pungli_korupsi")
    hall.hire("insp", "inspektorat")
    hall.run(lambda turn: casework.show(turn, Actor("insp", "desk"), number))
    assert list(hall.state.audit.values())[-1].via == "desk"


def test_an_office_is_read_as_it_is_written_on_a_command_line() -> None:
    assert casework.office_of(f" {KELURAHAN}\n") == KELURAHAN
    with pytest.raises(Refused, match="case_office_unknown"):
        casework.office_of("kelurahan tebet")
