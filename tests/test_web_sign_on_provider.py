"""What a browser carries of a login that it began: its secret prints nowhere."""

from core.model import SessionToken
from web.sign_on_provider import SignOnBegun


def test_the_secret_of_what_was_begun_prints_as_a_placeholder() -> None:
    assert "a-secret" not in repr(SignOnBegun(SessionToken("a-secret"), "/petugas", 1))
