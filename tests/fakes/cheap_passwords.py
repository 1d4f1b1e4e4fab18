"""Hashes of passwords that cost next to nothing: hundreds of tests log in, and a real one takes a third of a second.

test_storage_passwords.py tries the real ones.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher

from storage import passwords

_REAL = passwords._HASHER  # noqa: SLF001 - no setting makes them cheap, so that nobody can by mistake


def hash_cheaply() -> None:
    """From now on, in this process and in those forked from it."""
    passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # noqa: SLF001 - see above


@contextmanager
def as_in_service() -> Iterator[None]:
    """Meanwhile they cost what they cost in service."""
    before, passwords._HASHER = passwords._HASHER, _REAL  # noqa: SLF001 - see above
    try:
        yield
    finally:
        passwords._HASHER = before  # noqa: SLF001 - see above
