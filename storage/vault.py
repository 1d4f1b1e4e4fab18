"""Keys and sealing in one place, so that whoever reads rows or disk without RESI_KEYS reads nothing."""

import base64
import binascii
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY_BYTES = 32
_NONCE_BYTES = 12
_FORMAT = b"\x01"  # first byte of everything sealed: another way of sealing can come beside this one
_STRIDE = 256  # bytes to which what is sealed is filled up
_KEY_ID = re.compile(r"[A-Za-z0-9_.-]{1,32}")


class KeysWrong(ValueError):
    """RESI_KEYS cannot open what lies in the database; names key ids only."""


class SealBroken(ValueError):
    """A sealed value was changed, or moved to another row."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What RESI_KEYS says: `first` seals, all open."""

    first: str
    by_id: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A data key as the database keeps it; `owner` is the id of the row, or the name of the secret, that it is for."""

    owner: str
    key_id: str
    wrapped: bytes = field(repr=False)


def parse_keys(text: str) -> Keys:
    """Reads `id:key,id:key`; raises ValueError that says what is wrong, and never shows a key."""
    by_id: dict[str, bytes] = {}
    for at, entry in enumerate((part.strip() for part in text.split(",")), start=1):
        key_id, colon, key = entry.partition(":")
        if not colon or _KEY_ID.fullmatch(key_id) is None:
            raise ValueError(f"key {at} is not written id:key")
        if key_id in by_id:
            raise ValueError(f"key id {key_id} is there twice")
        by_id[key_id] = _decoded(key_id, key)
    return Keys(next(iter(by_id)), by_id)


def _decoded(key_id: str, key: str) -> bytes:
    try:
        raw = base64.b64decode(key + "=" * (-len(key) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = None
    if raw is None:
        raise ValueError(f"key {key_id} is not urlsafe base64")
    if len(raw) != _KEY_BYTES:
        raise ValueError(f"key {key_id} has {len(raw)} bytes, not {_KEY_BYTES}")
    return raw


def new_key_line(id: str) -> str:  # noqa: A002 - the word of RESI_KEYS itself
    """A fresh key as RESI_KEYS takes it."""
    if _KEY_ID.fullmatch(id) is None:
        raise ValueError("a key id has 1 to 32 letters, digits, _ . or -")
    return f"{id}:{base64.urlsafe_b64encode(secrets.token_bytes(_KEY_BYTES)).decode()}"


def place(table: str, column: str, row: str) -> bytes:
    """Where a sealed value belongs: bound to it, so that no value can be moved to another row."""
    return f"{table}|{column}|{row}".encode()


def filled(told: bytes, to: int = _STRIDE) -> bytes:
    """JSON with blanks behind it, up to a multiple of so many bytes: how long something is shows through every seal.

    It would tell an employee's address from a colleague's, a restricted kind from another, words that somebody has.
    """
    return told + b" " * (-len(told) % to)


class DataKey:
    """Seals and opens what belongs to one owner."""

    __slots__ = ("_cipher",)

    def __init__(self, raw: bytes) -> None:
        self._cipher = AESGCM(raw)

    def seal(self, plain: bytes, at: bytes) -> bytes:
        """Nonce and ciphertext; `at` is a `place`."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _FORMAT + nonce + self._cipher.encrypt(nonce, plain, at)

    def open(self, sealed: bytes, at: bytes) -> bytes:
        """Raises SealBroken."""
        if sealed[:1] != _FORMAT:
            raise SealBroken("unknown format")
        try:
            return self._cipher.decrypt(sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :], at)
        except (InvalidTag, ValueError):
            raise SealBroken("does not open here") from None


class Vault:
    """Wraps data keys with the first master key and opens them with any."""

    def __init__(self, keys: Keys) -> None:
        self.first = keys.first
        self._masters = {key_id: DataKey(raw) for key_id, raw in keys.by_id.items()}

    @cached_property
    def key_ids(self) -> tuple[str, ...]:
        """The ids of every key given, first one first."""
        return tuple(self._masters)

    def create(self, owner: str) -> tuple[bytes, Wrapped]:
        """A fresh key, bare and wrapped."""
        raw = secrets.token_bytes(_KEY_BYTES)
        return raw, self.wrap(owner, raw)

    def wrap(self, owner: str, raw: bytes) -> Wrapped:
        """Sealed by the first key."""
        return Wrapped(owner, self.first, self._masters[self.first].seal(raw, place("data_key", "wrapped", owner)))

    def unwrap(self, kept: Wrapped) -> bytes:
        """Raises KeysWrong when the master key is missing or another one of the same name."""
        master = self._masters.get(kept.key_id)
        if master is None:
            raise KeysWrong(f"the database needs key {kept.key_id}; RESI_KEYS has {', '.join(self.key_ids)}")
        try:
            return master.open(kept.wrapped, place("data_key", "wrapped", kept.owner))
        except SealBroken:
            raise KeysWrong(f"key {kept.key_id} of RESI_KEYS is not the one that sealed the database") from None


def tag(secret: bytes, *parts: str) -> bytes:
    """HMAC-SHA256 of the parts: what is looked up by it cannot be read from it, nor guessed without the secret."""
    return hmac.digest(secret, "\0".join(parts).encode(errors="surrogatepass"), "sha256")  # a wire may send halves
