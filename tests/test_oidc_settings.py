"""What is said of single sign-on: sound, or told with its mend, and never with a secret."""

from pathlib import Path

import pytest

from app import oidc_settings
from app.oidc_settings import roles_of, setup_of, wanted
from core.model import AgencyId, StaffRole
from tests.fakes import certificate

SET = {
    **{each.name: each.default for each in oidc_settings.SETTINGS},
    "LOGIN": "both",
    "OIDC_ISSUER": "https://login.city.test/realms/resi",
    "OIDC_CLIENT_ID": "resi",
    "OIDC_CLIENT_SECRET": "a-secret-of-ours",
}


def test_what_is_sound_is_taken() -> None:
    assert list(oidc_settings.problems(SET)) == []
    setup = setup_of(SET | {"OIDC_SCOPES": " openid   profile ", "OIDC_ROLES": "groups: a=clerk@kel:31.74.01.1001"})
    assert (setup.scopes, setup.issuer) == ("openid profile", SET["OIDC_ISSUER"])
    assert setup.roles.of({"groups": ["a"]}) == (StaffRole.CLERK, AgencyId("kel:31.74.01.1001"))
    assert "a-secret" not in repr(setup)


def test_without_it_nothing_is_asked_for() -> None:
    plain = {each.name: each.default for each in oidc_settings.SETTINGS}
    assert not wanted(plain)
    assert list(oidc_settings.problems(plain)) == []
    (told,) = oidc_settings.problems(plain | {"OIDC_ISSUER": SET["OIDC_ISSUER"]})
    assert not told.fatal


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOGIN", "sso"),
        ("OIDC_ISSUER", ""),
        ("OIDC_ISSUER", "http://login.city.test"),
        ("OIDC_ISSUER", "https://user:word@login.city.test"),
        ("OIDC_ISSUER", "https://login.city.test?x=1"),
        ("OIDC_ISSUER", "https://[::1"),
        ("OIDC_CLIENT_ID", ""),
        ("OIDC_SCOPES", "profile"),
        ("OIDC_CA", "/nowhere.pem"),
        ("OIDC_ROLES", "groups"),
        ("OIDC_ROLES", ":a=clerk@kel:31.74.01.1001"),
        ("OIDC_ROLES", "groups:a=king@kel:31.74.01.1001"),
        ("OIDC_ROLES", "groups:a=clerk@nowhere"),
        ("OIDC_ROLES", "groups:a=biro@kel:31.74.01.1001"),
        ("OIDC_ROLES", "groups:a=clerk@kel:31.74.01.1001,a=head@kel:31.74.01.1001"),
        ("OIDC_ROLES", "groups:a=clerk@kel:31.74.01.1001,"),
    ],
)
def test_what_is_not_is_told_with_its_mend(name: str, value: str) -> None:
    (told,) = oidc_settings.problems(SET | {name: value})
    assert (told.setting, told.fatal) == (name, True)
    assert "a-secret" not in told.what + told.mend


def test_a_public_client_is_only_mentioned() -> None:
    (told,) = oidc_settings.problems(SET | {"OIDC_CLIENT_SECRET": ""})
    assert not told.fatal


def test_a_private_authority_is_read_from_its_file(tmp_path: Path) -> None:
    made = certificate.made(tmp_path)
    assert setup_of(SET | {"OIDC_CA": str(made.certificate)}).trusted is not None


def test_no_mapping_gives_nobody_a_role() -> None:
    assert roles_of("").of({"": "x", "groups": "x"}) is None
