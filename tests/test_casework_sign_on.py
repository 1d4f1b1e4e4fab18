"""Who comes in by single sign-on: tied by hand or by a claim, never by a name, as long as both sides say so."""

from dataclasses import replace

import pytest

from core import casework
from core.casework import LoginAttempt, Stage, login, sign_on
from core.casework.actors import Actor
from core.casework.sign_on import Identity
from core.errors import Refused
from core.model import AgencyId, SessionToken, Staff, StaffIdentity, StaffRole
from tests.fakes.office import GAMBIR, Office

ISSUER = "https://login.city.test"
BIRO = AgencyId("biro_pemerintahan")
SITI = Identity(ISSUER, "siti-1", "siti")
CLERK = (StaffRole.CLERK, GAMBIR)
FROM = LoginAttempt("sso 198.51.100.7", "198.51.100.7")


def enters(office: Office, who: Identity = SITI) -> tuple[SessionToken, Stage] | str:
    return office.turn(lambda turn: sign_on.enter(turn, who, FROM, "a hash"))


def inside(office: Office, who: Identity = SITI) -> tuple[Staff, Stage]:
    entered = enters(office, who)
    assert not isinstance(entered, str)
    visitor = office.turn(lambda turn: login.visit(turn, entered[0], forced=office.production))
    assert visitor is not None
    assert visitor.session.provider
    return visitor.staff, visitor.stage


def tied(office: Office, staff: Staff, subject: str = "siti-1") -> None:
    office.turn(lambda turn: casework.tie_identity(turn, staff.name, ISSUER, subject))


def acts(office: Office) -> list[str]:
    return [each.act for each in office.town.store.state.audit.values()]


def test_nobody_comes_in_whom_nobody_tied_and_no_claim_gives_a_role() -> None:
    office = Office()
    office.hire("siti")
    assert enters(office) == "desk_oidc_unknown", "a name at the provider is nobody's account here"


def test_whom_an_administrator_tied_comes_in_with_their_own_account() -> None:
    office = Office()
    siti = office.hire("siti", fresh=True)
    tied(office, siti)
    assert inside(office) == (siti, Stage.WHOLE), "the password that was made up for them is not asked for"
    assert acts(office) == ["staff-tie", "login-oidc"]
    assert enters(office, replace(SITI, subject="siti-2")) == "desk_oidc_unknown"
    assert enters(office, replace(SITI, issuer="https://evil.test")) == "desk_oidc_unknown"


def test_a_subject_has_one_account_and_an_account_one_subject() -> None:
    office = Office()
    siti, budi = office.hire("siti"), office.hire("budi")
    tied(office, siti)
    with pytest.raises(Refused, match="desk_oidc_subject_taken"):
        tied(office, budi)
    tied(office, siti, "siti-9")
    assert enters(office) == "desk_oidc_unknown"
    tied(office, budi)
    assert inside(office)[0] == budi
    for wrong in ("", " ", "a\nb", "x" * 256):
        with pytest.raises(Refused, match="desk_oidc_subject_wrong"):
            tied(office, siti, wrong)


def test_tying_is_for_administrators_and_never_for_oneself() -> None:
    office = Office()
    siti, admin = office.hire("siti"), office.hire("admin", StaffRole.ADMIN, BIRO)
    with pytest.raises(Refused, match="case_not_yours"):
        office.turn(lambda turn: casework.tie_identity(turn, admin.name, ISSUER, "x", Actor(siti.name)))
    with pytest.raises(Refused, match="staff_not_oneself"):
        office.turn(lambda turn: casework.tie_identity(turn, admin.name, ISSUER, "x", Actor(admin.name)))
    assert not office.town.store.state.identities


def test_a_claim_makes_an_account_of_its_own_even_where_the_name_is_taken() -> None:
    office = Office()
    siti = office.hire("Siti")
    staff, stage = inside(office, replace(SITI, account=CLERK, mapped=True))
    assert (staff.role, staff.agency, stage) == (*CLERK, Stage.WHOLE)
    assert staff.id != siti.id
    assert staff.name.startswith("siti-")
    assert inside(office, replace(SITI, account=CLERK, mapped=True))[0] == staff, "and it is theirs the next time"
    for name in ("", "  ", "\u202e", "a" * 300, "<script>", "-"):
        who = Identity(ISSUER, f"new {name}", name, CLERK, mapped=True)
        assert inside(office, who)[0].name


def test_what_the_provider_says_of_its_own_accounts_counts_at_each_login() -> None:
    office = Office()
    who = replace(SITI, account=CLERK, mapped=True)
    first, _ = inside(office, who)
    moved, _ = inside(office, replace(who, account=(StaffRole.OFFICER, GAMBIR)))
    assert (moved.id, moved.role) == (first.id, StaffRole.OFFICER)
    assert "staff-move officer kel:31.71.01.1001" in acts(office)
    assert len(office.town.store.state.sessions) == 1, "what it had before is over"
    assert enters(office, replace(who, account=None)) == "desk_oidc_no_role"
    assert not office.town.store.state.sessions
    by_hand = office.hire("budi")
    tied(office, by_hand, "budi-1")
    assert inside(office, replace(who, subject="budi-1", account=None))[0] == by_hand


def test_who_sees_much_by_a_claim_waits_for_a_second_person_where_one_is_wanted() -> None:
    office = Office(production=True)
    who = replace(SITI, account=(StaffRole.BIRO, BIRO), mapped=True)
    assert inside(office, who)[1] is Stage.PENDING
    clerk = replace(who, subject="budi-1", account=CLERK)
    assert inside(office, clerk)[1] is Stage.WHOLE
    assert inside(office, replace(clerk, account=(StaffRole.AUDITOR, BIRO)))[1] is Stage.PENDING


def test_the_second_step_is_the_providers_and_a_locked_account_stays_out() -> None:
    office = Office(production=True)
    biro = office.hire("biro", StaffRole.BIRO, BIRO)
    identity = Identity(ISSUER, "biro-1")
    office.town.store.run(lambda tx: tx.identities.put(StaffIdentity(ISSUER, "biro-1", biro.id)))
    assert inside(office, identity)[1] is Stage.WHOLE
    entered = enters(office, identity)
    assert not isinstance(entered, str)
    office.turn(lambda turn: casework.disable(turn, "biro"))
    assert office.turn(lambda turn: login.visit(turn, entered[0], forced=True)) is None
    assert enters(office, identity) == "desk_oidc_locked"


def test_untied_nobody_comes_in_and_who_is_in_goes_out() -> None:
    office = Office()
    siti = office.hire("siti")
    tied(office, siti)
    inside(office)
    office.turn(lambda turn: casework.untie_identity(turn, "siti"))
    assert not office.town.store.state.sessions
    assert enters(office) == "desk_oidc_unknown"


def test_what_was_begun_is_answered_once_and_tries_are_limited() -> None:
    office = Office()
    assert office.turn(lambda turn: sign_on.attempt(turn, FROM, "a state"))
    assert not office.turn(lambda turn: sign_on.attempt(turn, FROM, "a state"))

    def many() -> None:
        for n in range(50):
            office.turn(lambda turn, n=n: sign_on.attempt(turn, FROM, f"state {n}"))  # type: ignore[misc]  # a default binds the loop variable

    with pytest.raises(Refused, match="desk_wait"):
        many()
