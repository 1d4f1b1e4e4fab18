"""Which passwords may be chosen: long enough without the account's name, and nothing that guessers try first."""

from core.casework import login
from core.city.profile import CITY
from core.errors import Refused

_LOOKED_AT = 72  # characters: what zxcvbn takes, in a tenth of a second at most
_HARD = 3  # of its scores, 0 to 4: more than 10^8 guesses
_KNOWN = ("resi", "petugas", *CITY.known_words)  # what everybody knows of this desk


def judged(password: str, name: str) -> None:
    """Raises Refused."""
    login.good_password(password, name)
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its lists take a tenth of a second, and few commands need them

    if zxcvbn(password[:_LOOKED_AT], user_inputs=[name, *_KNOWN])["score"] < _HARD:
        raise Refused("staff_password_common")
