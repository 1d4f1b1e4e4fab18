"""Phone numbers in one form, so that a sender is one person however a carrier writes them."""

import re

import phonenumbers

from core.city.profile import CITY
from core.messages import Address

_HOME = CITY.country
_SHORT = 6  # digits: a carrier's or a shop's short code
_LONGEST = 15  # digits, E.164
_TEXTED = frozenset({phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE})
_SEPARATORS = re.compile(r"[\s().\-/]+")
_NUMBER = re.compile(r"(\+?)([0-9]+)")


def address_of(raw: str) -> Address | None:
    """The sender as +<country><number>; None for a robot, which has a name or a short code instead of a number."""
    match = _NUMBER.fullmatch(_SEPARATORS.sub("", raw))
    if match is None:
        return None
    plus, digits = match.groups()
    if not _SHORT < len(digits) <= _LONGEST:
        return None
    return Address(_written(digits, international=bool(plus)))


def own_number(typed: str) -> Address | None:
    """What somebody writes down as their own number, as it would be if they wrote from it; None: no telephone's."""
    address = address_of(typed.strip())
    if address is None:
        return None
    try:
        parsed = phonenumbers.parse(address.reveal(), _HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed) or phonenumbers.number_type(parsed) not in _TEXTED:
        return None
    return address


def _written(digits: str, *, international: bool) -> str:
    if international or not digits.startswith(("0", "8")):
        return _e164("+" + digits)
    if digits.startswith("00"):
        return _e164("+" + digits[2:])
    if digits.startswith("8") and not _is_home_mobile(digits):
        return _e164("+" + digits)
    return _e164(digits)


def _e164(number: str) -> str:
    """As the plan of its country has it (a 0 after +62 goes); a number of no known plan stays as it is."""
    try:
        parsed = phonenumbers.parse(number, _HOME)
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _is_home_mobile(digits: str) -> bool:
    """Whether it is an Indonesian mobile number that lost its 0; +81 to +86 and others begin alike."""
    parsed = phonenumbers.parse(digits, _HOME)
    return phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE
