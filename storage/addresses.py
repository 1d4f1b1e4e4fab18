"""Addresses sealed to a public key (HPKE, RFC 9180): every part seals them, and who sends opens them."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from pydantic import ValidationError

from core.errors import AddressLocked
from core.messages import Address, SealedAddress, Thread
from core.model import Delivery
from storage.typed_json import TypedJson
from storage.vault import SealBroken, filled, parse_keys, place

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_FORMAT = b"\x01"  # first byte: another suite can come beside this one
_ID_LENGTH = 12  # base32 characters: 60 bits of a hash of the public half


@dataclass(frozen=True, slots=True)
class _Inside:
    to: str
    thread: Thread | None = None


_JSON = TypedJson(_Inside)


@dataclass(frozen=True, slots=True)
class Written:
    """A sealed address as rows keep it, in JSON."""

    pair: str
    sealed: str
    person: str

    @classmethod
    def of(cls, address: SealedAddress) -> Self:
        """Bytes as text."""
        return cls(address.pair, base64.b64encode(address.sealed).decode(), address.person.hex())

    @property
    def address(self) -> SealedAddress:
        """As core passes it on; raises SealBroken for what nobody of ours wrote."""
        try:
            return SealedAddress(self.pair, base64.b64decode(self.sealed), bytes.fromhex(self.person))
        except ValueError:
            raise SealBroken("no sealed address") from None


def written(address: Address | SealedAddress) -> str | Written:
    """For a row that is sealed itself."""
    return Written.of(address) if isinstance(address, SealedAddress) else address.reveal()


def read(kept: str | Written) -> Address | SealedAddress:
    """What was written; raises SealBroken."""
    return kept.address if isinstance(kept, Written) else Address(kept)


def pair_of(address: Address | SealedAddress) -> str | None:
    """Which pair of keys it takes; None: none."""
    return address.pair if isinstance(address, SealedAddress) else None


class AddressSealer:
    """The public half of a pair; `pair` is its id, a hash of it, so that no half can pass for that of another."""

    def __init__(self, public: X25519PublicKey) -> None:
        """Raises ValueError for a key to which nothing can be sealed."""
        _SUITE.encrypt(b"", public)
        self.pair = _id_of(public)
        self._public = public

    @classmethod
    def parse(cls, text: str) -> Self:
        """Of `id:key`; raises ValueError that says what is wrong, and never shows a key."""
        keys = parse_keys(text)
        if len(keys.by_id) > 1:
            raise ValueError("addresses are sealed to one public half")
        try:
            sealer = cls(X25519PublicKey.from_public_bytes(keys.by_id[keys.first]))
        except ValueError:
            sealer = None
        if sealer is None or sealer.pair != keys.first:
            raise ValueError(f"key {keys.first} is not the public half of that pair")
        return sealer

    def seal(self, channel: str, person: bytes, address: Address, thread: Thread | None = None) -> SealedAddress:
        """`person`: the ordering key of whoever it belongs to; it cannot be put in front of another address."""
        inside = filled(_JSON.dump_json(_Inside(address.reveal(), thread)))
        sealed = _FORMAT + _SUITE.encrypt(inside, self._public, info=_about(channel, person))
        return SealedAddress(self.pair, sealed, person)


class AddressOpener:
    """Private halves, of which the first belongs to the pair that seals; none: nothing that is sealed opens."""

    def __init__(self, private: Mapping[str, X25519PrivateKey] | None = None) -> None:
        self._private = dict(private or {})

    @classmethod
    def parse(cls, text: str) -> Self:
        """Of `id:key,id:key`, or nothing; raises ValueError that says what is wrong, and never shows a key."""
        private = {}
        for pair, raw in (parse_keys(text).by_id if text else {}).items():
            private[pair] = X25519PrivateKey.from_private_bytes(raw)
            if _id_of(private[pair].public_key()) != pair:
                raise ValueError(f"key {pair} is not the private half of that pair")
        return cls(private)

    @property
    def pairs(self) -> tuple[str, ...]:
        """The ids of those it has."""
        return tuple(self._private)

    def sealer(self) -> AddressSealer | None:
        """The public half of the first; None where there is none."""
        first = next(iter(self._private.values()), None)
        return None if first is None else AddressSealer(first.public_key())

    def open(self, channel: str, address: SealedAddress) -> tuple[Address, Thread | None]:
        """With the citizen's own thread, where one is answered. Raises AddressLocked."""
        private = self._private.get(address.pair)
        if private is None or address.sealed[:1] != _FORMAT:
            raise AddressLocked(address.pair)
        try:
            opened = _SUITE.decrypt(address.sealed[1:], private, info=_about(channel, address.person))
            inside = _JSON.validate_json(opened)
        except (InvalidTag, ValidationError):
            raise AddressLocked(address.pair) from None
        return Address(inside.to), inside.thread

    def opened(self, delivery: Delivery) -> Delivery:
        """The same, ready for its wire. Raises AddressLocked."""
        if isinstance(delivery.to, Address):
            return delivery
        address, thread = self.open(delivery.channel, delivery.to)
        return replace(delivery, to=address, thread=thread or delivery.thread)


def new_pair() -> tuple[str, str]:
    """A fresh pair, private half and public half, each as its setting takes it."""
    private = X25519PrivateKey.generate()
    pair = _id_of(private.public_key())
    halves = (private.private_bytes_raw(), private.public_key().public_bytes_raw())
    one, other = (f"{pair}:{base64.urlsafe_b64encode(half).decode()}" for half in halves)
    return one, other


def _id_of(public: X25519PublicKey) -> str:
    digest = hashlib.sha256(b"resi address pair" + public.public_bytes_raw()).digest()
    return base64.b32encode(digest).decode().lower()[:_ID_LENGTH]


def _about(channel: str, person: bytes) -> bytes:
    return place("address", channel, person.hex())
