"""Codes of the second step against the vectors of the standard, and the picture that a telephone scans."""

from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest

from app.authenticator import TelephoneCodes

# RFC 6238, appendix B, SHA-1; the last six of its eight digits.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
VECTORS = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]


def at(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


@pytest.mark.parametrize(("second", "code"), VECTORS)
def test_codes_are_those_of_the_standard(second: int, code: str) -> None:
    assert TelephoneCodes().step(SECRET, code, at(second)) == second // 30


def test_a_code_of_the_step_before_or_after_is_near_enough_and_no_other() -> None:
    codes = TelephoneCodes()
    for steps, near in ((-2, False), (-1, True), (0, True), (1, True), (2, False)):
        found = codes.step(SECRET, "005924", at(1234567890) + timedelta(seconds=30 * steps))
        assert found == (1234567890 // 30 if near else None)


@pytest.mark.parametrize("typed", ["", "00592", "0059240", "abcdef", "\u0660\u0660\u0665\u0669\u0662\u0664", "\ud800"])
def test_what_is_no_code_is_of_no_step(typed: str) -> None:
    assert TelephoneCodes().step(SECRET, typed, at(1234567890)) is None


def test_a_secret_of_ours_can_be_read_by_every_app() -> None:
    address = TelephoneCodes().address(SECRET, "siti a")
    assert address.startswith("otpauth://totp/Resi:siti%20a?")
    assert f"secret={SECRET}" in address


def test_the_picture_holds_all_of_itself() -> None:
    codes = TelephoneCodes()
    picture = codes.picture(codes.address(SECRET, "siti"))
    assert picture.startswith("data:image/svg+xml")
    assert "<path" in unquote(picture)
    assert "http://" not in unquote(picture).replace("http://www.w3.org/2000/svg", "")
