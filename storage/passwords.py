"""Passwords as hashes that are slow to guess; never called within a turn, for each takes a time that all would wait."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_HASHER = PasswordHasher()  # Argon2id as RFC 9106 has it where memory is short: 64 MiB, three passes, four lanes


def hashed(password: str) -> str:
    """With its salt and its parameters in it, so that others can follow later."""
    return _HASHER.hash(password)


def fits(kept: str, password: str) -> bool:
    """Compared in constant time; False too where what is kept is no hash."""
    try:
        return _HASHER.verify(kept, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def decoy(password: str) -> None:
    """Costs what `fits` costs: for a name that nobody has, so that no clock tells which names there are."""
    hashed(password)
