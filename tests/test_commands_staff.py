"""`resi staff`: accounts, their offices and roles, and passwords that are shown once or never."""

from pathlib import Path

import pytest

from app.runtime import open_runtime
from core.model import StaffRole
from storage import new_key_line
from tests.fakes.offices import KELURAHAN, Offices
from tests.fakes.set_up import settings_in


@pytest.fixture
def offices(tmp_path: Path) -> Offices:
    return Offices(tmp_path)


def hash_of(offices: Offices, name: str) -> str | None:
    opened = open_runtime(settings_in(offices.folder, DATA_DIR=str(offices.data)))
    try:
        return opened.store.run(lambda tx: tx.accounts.password_hash(name))
    finally:
        opened.close()


def test_a_generated_password_is_the_last_line_and_kept_as_a_hash_only(offices: Offices) -> None:
    ran = offices.done("staff", "add", "budi", "--agency", KELURAHAN, "--role", "officer")
    password = ran.lines[-1]
    assert len(password) == 16
    assert password.isalnum()
    assert offices.hire("siti") != password
    stored = hash_of(offices, "budi")
    assert stored
    assert password not in stored
    assert password not in "".join(offices.rows())


def test_a_password_from_stdin_is_taken_and_never_shown(offices: Offices) -> None:
    add = ("staff", "add", "budi", "--agency", KELURAHAN, "--role", "officer", "--password-stdin")
    ran = offices.done(*add, said="sandi rahasia 1\n")
    assert "rahasia" not in ran.all
    assert hash_of(offices, "budi")


def test_a_password_that_is_short_makes_no_account(offices: Offices) -> None:
    add = ("staff", "add", "budi", "--agency", KELURAHAN, "--role", "officer", "--password-stdin")
    for said in ("", "\n", "pendek\n", "12345678901\n"):
        assert "12" in offices.refused(*add, said=said)
    assert "budi" not in offices.done("staff", "list").out


@pytest.mark.parametrize(
    "said", ["password1234\n", "rahasia12345\n", "budi-santoso-1\n", "BUDI-SANTOSO budi-santoso\n"]
)
def test_a_password_that_is_guessed_first_makes_no_account(offices: Offices, said: str) -> None:
    add = ("staff", "add", "budi-santoso", "--agency", KELURAHAN, "--role", "officer", "--password-stdin")
    assert offices.refused(*add, said=said)
    offices.done(*add, said="correct-horse-battery\n")
    assert offices.refused("staff", "reset", "budi-santoso", "--password-stdin", said=said)


@pytest.fixture
def city(offices: Offices) -> Offices:
    """In production, with an administrator whom somebody watched being made."""
    offices.exported |= {"MODE": "production", "PUBLIC_URL": "https://resi.test", "MAIL_LISTEN": "off"}
    offices.exported["KEYS"] = new_key_line("test")
    offices.done("migrate")
    offices.done("staff", "add", "admin", "--agency", "biro_pemerintahan", "--role", "admin", "--witness", "Ibu Ratna")
    return offices


def test_in_production_an_account_that_sees_much_waits_for_a_second_person(city: Offices) -> None:
    said = city.done("staff", "add", "insp", "--agency", "inspektorat", "--role", "head")
    assert "second person" in said.out
    assert len(said.lines[-1]) == 16, "the password is the last line still"
    city.done("staff", "add", "siti", "--agency", KELURAHAN, "--role", "officer")
    city.done("staff", "add", "biro1", "--agency", "biro_pemerintahan", "--role", "biro", "--witness", "Ibu Ratna")
    assert city.done("staff", "list").lines == [
        "admin admin biro_pemerintahan",
        "biro1 biro biro_pemerintahan pending",
        "insp head inspektorat pending",
        f"siti officer {KELURAHAN}",
    ]
    why = city.refused("case", "list", "--as", "insp", CASE_TERMINAL="1")
    assert "orang kedua" in why
    city.done("staff", "disable", "insp")
    assert "insp head inspektorat disabled" in city.done("staff", "list").lines


def test_in_production_the_first_account_of_an_office_is_whole_where_somebody_watched(city: Offices) -> None:
    add = ("staff", "add", "insp", "--agency", "inspektorat", "--role", "head", "--witness")
    assert city.refused(*add, "insp")
    city.done(*add, "Ibu Ratna")
    assert "insp head inspektorat" in city.done("staff", "list").lines
    city.done("staff", "reset", "insp", "--witness", "Ibu Ratna")
    assert city.done("staff", "list").lines[1] == "insp head inspektorat"
    city.done("staff", "add", "auditor", "--agency", KELURAHAN, "--role", "auditor", "--witness", "Ibu Ratna")
    trail = city.done("audit", "list", "--as", "auditor").out
    assert "staff-witness Ibu Ratna" in trail


def test_in_development_an_account_is_whole_at_once(offices: Offices) -> None:
    ran = offices.done("staff", "add", "insp", "--agency", "inspektorat", "--role", "head")
    assert "second person" not in ran.out
    assert offices.queue("insp") == []


@pytest.mark.parametrize(
    "office", ["dinas_sda", "biro_pemerintahan", "kel:31.74.01.1001", "kec:31.74.01", "kota:jaksel", " dinas_sda "]
)
def test_an_office_is_an_agency_or_that_of_an_area(offices: Offices, office: str) -> None:
    offices.hire("budi", office)
    assert offices.done("staff", "list").lines == [f"budi officer {office.strip()}"]


@pytest.mark.parametrize(
    "office",
    [
        "",
        "dinas",
        "DINAS_SDA",
        "kel:31.74.01",
        "kec:31.74.01.1001",
        "kel:",
        "kota:atlantis",
        "a:b:c",
        "x" * 10_000,
        "€",
    ],
)
def test_an_office_that_is_not_known_is_refused(offices: Offices, office: str) -> None:
    assert "kel:" in offices.refused("staff", "add", "budi", "--agency", office, "--role", "officer")


def test_agencies_outside_the_city_have_accounts_only_where_a_restricted_category_is_theirs(offices: Offices) -> None:
    assert offices.refused("staff", "add", "budi", "--agency", "polda_metro_jaya", "--role", "officer")
    offices.hire("bnn", "bnnp_dki")


@pytest.mark.parametrize("role", list(StaffRole))
def test_every_role_has_accounts_and_that_of_the_biro_only_its_own(offices: Offices, role: StaffRole) -> None:
    offices.hire("budi", "biro_pemerintahan", role.value)
    if role is StaffRole.BIRO:
        assert offices.refused("staff", "add", "siti", "--agency", KELURAHAN, "--role", role.value)
    else:
        offices.hire("siti", KELURAHAN, role.value)


def test_a_role_that_is_none_is_wrong_usage(offices: Offices) -> None:
    ran = offices.resi("staff", "add", "budi", "--agency", KELURAHAN, "--role", "boss")
    assert ran.code == 2
    assert "officer" in ran.err


@pytest.mark.parametrize(
    "name", ["", " ", " budi", "budi ", "a\nb", "a\tb", "\x1b[31m", "\x00", "\u202eidub", "x" * 65]
)
def test_a_name_that_could_not_be_typed_again_is_refused(offices: Offices, name: str) -> None:
    assert offices.refused("staff", "add", name, "--agency", KELURAHAN, "--role", "officer")


def test_a_name_is_given_once_even_to_one_who_left(offices: Offices) -> None:
    offices.hire("Siti Nur")
    offices.refused("staff", "add", "Siti Nur", "--agency", "dinas_sda", "--role", "officer")
    offices.done("staff", "disable", "Siti Nur")
    offices.refused("staff", "add", "Siti Nur", "--agency", "dinas_sda", "--role", "officer")
    assert offices.done("staff", "list").lines == [f"Siti Nur officer {KELURAHAN} disabled"]


def test_who_is_disabled_acts_no_more_and_cannot_be_disabled_again(offices: Offices) -> None:
    offices.hire("budi")
    assert offices.queue("budi") == []
    offices.done("staff", "disable", "budi")
    offices.refused("case", "list", "--as", "budi")
    offices.refused("staff", "disable", "budi")
    offices.refused("staff", "disable", "nobody")
    offices.refused("staff", "reset", "budi")


def test_a_reset_gives_another_password_by_either_way(offices: Offices) -> None:
    first = offices.hire("budi")
    before = hash_of(offices, "budi")
    ran = offices.done("staff", "reset", "budi")
    assert ran.lines[-1] != first
    between = hash_of(offices, "budi")
    typed = offices.done("staff", "reset", "budi", "--password-stdin", said="sandi rahasia 2\r\n")
    assert "rahasia" not in typed.out
    assert len({before, between, hash_of(offices, "budi")}) == 3
    offices.refused("staff", "reset", "budi", "--password-stdin", said="pendek")
    offices.refused("staff", "reset", "nobody")


def test_every_change_of_an_account_is_in_the_trail(offices: Offices) -> None:
    offices.hire("auditor", KELURAHAN, "auditor")
    offices.hire("budi")
    offices.done("staff", "reset", "budi")
    offices.done("staff", "disable", "budi")
    acts = [line.split()[1:] for line in offices.done("audit", "list", "--as", "auditor").lines]
    assert acts == [
        ["budi", "staff-disable", "-", "terminal"],
        ["budi", "staff-reset", "-", "terminal"],
        ["budi", "staff-add", "-", "terminal"],
        ["auditor", "staff-add", "-", "terminal"],
    ]


def test_without_accounts_the_list_says_how_to_make_one(offices: Offices) -> None:
    assert "staff add" in offices.done("staff", "list").out
