"""The lookup secrets and the transient key: random, in the database, wrapped by a master key that is not."""

import base64
import hmac
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from core.messages import Address, SealedAddress, Tag, Thread, WireId
from core.model import ContactId, DeliveryId, SessionToken, TrackingCode
from storage.addresses import AddressSealer
from storage.tables import CHAIN_HEAD, DATA_KEY, SECRET
from storage.upserts import insert
from storage.vault import DataKey, KeysWrong, Vault, Wrapped, tag

_NAMES = ("codes", "senders", "wires", "limits", "transient", "audit", "chain", "sessions", "tags")
_NEW = insert(SECRET).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
_BEGIN = insert(CHAIN_HEAD)
_ALL = select(SECRET)
_STRANGE = select(DATA_KEY.c.key_id).limit(1)


_MARK_BYTES = 2
EMPTY_CHAIN = bytes(32)
"""What the first row of the audit trail follows."""


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """What a store needs to find and to seal; `transient` seals what passes: dialogues and waiting deliveries.

    `sealer`: the public half to which addresses are sealed; None: they lie under the other keys alone.
    """

    vault: Vault
    transient: DataKey
    _secrets: dict[str, bytes] = field(repr=False)
    sealer: AddressSealer | None = None

    def kept(
        self, channel: str, address: Address | SealedAddress, thread: Thread | None = None
    ) -> Address | SealedAddress:
        """As it is written down: sealed with the thread, unless it was sealed before or there is no pair of keys."""
        if self.sealer is None or isinstance(address, SealedAddress):
            return address
        return self.sealer.seal(channel, self.ordering_key(channel, address), address, thread)

    def ordering_key(self, channel: str, sender: Address | SealedAddress) -> bytes:
        """Of who is speaking."""
        if isinstance(sender, SealedAddress):
            return sender.person
        return tag(self._secrets["senders"], "lane", channel, sender.reveal())

    def mark(self, people: str, sender: Address) -> bytes:
        """Enough to tell five senders apart, too little to name one: one in 65,536 addresses has the same."""
        return tag(self._secrets["senders"], "mark", people, sender.reveal())[:_MARK_BYTES]

    def contact(self, contact: ContactId) -> bytes:
        """By which a delivery names its contact, so that only the keys tell which report it belongs to."""
        return tag(self._secrets["senders"], "contact", contact)

    def erased(self, what: str, owner: str) -> bytes:
        """Of something that was erased: the ledger names nothing, but knows it again."""
        return tag(self._secrets["senders"], "erased", what, owner)

    def code(self, code: TrackingCode) -> bytes:
        """Of a tracking code."""
        return tag(self._secrets["codes"], code.reveal())

    def message(self, channel: str, wire_id: WireId) -> bytes:
        """Of a message that came in."""
        return tag(self._secrets["wires"], "in", channel, wire_id.reveal())

    def provider(self, channel: str, provider_id: str) -> bytes:
        """Of a message that went out, as its provider calls it."""
        return tag(self._secrets["wires"], "out", channel, provider_id)

    def tag_of(self, delivery: DeliveryId) -> Tag:
        """What a reply to one message of ours shows: nobody makes it of the id without the keys."""
        return Tag(base64.b32encode(tag(self._secrets["tags"], "delivery", delivery)[:16]).decode().rstrip("=").lower())

    def shown(self, shown: Tag) -> bytes:
        """Of a tag that a message shows."""
        return tag(self._secrets["tags"], "shown", shown.reveal())

    def limit(self, what: str, who: str) -> bytes:
        """Of somebody who does something that is limited."""
        return tag(self._secrets["limits"], what, who)

    def partner(self, key: str) -> bytes:
        """Of the key of a partner."""
        return tag(self._secrets["codes"], "partner", key)

    def alert_code(self, staff: str, code: str) -> bytes:
        """Of the code that confirms where an account is told."""
        return tag(self._secrets["codes"], "alert", staff, code)

    def hook(self, partner: str, salt: str) -> bytes:
        """What signs all that a partner is told."""
        return tag(self._secrets["tags"], "hook", partner, salt)

    def session(self, token: SessionToken) -> bytes:
        """Of what a browser shows."""
        return tag(self._secrets["sessions"], token.reveal())

    def provider_session(self, issuer: str, sid: str) -> bytes:
        """Of a session at a provider of single sign-on."""
        return tag(self._secrets["sessions"], "provider", issuer, sid)

    def audit_key(self) -> DataKey:
        """What seals the audit trail."""
        return DataKey(self._secrets["audit"])

    def chained(self, before: bytes, *parts: bytes) -> bytes:
        """Of a row of the audit trail and the hash before it."""
        return self._chain(b"row", before, *parts)

    def end_proof(self, seq: int, by: bytes) -> bytes:
        """Of where the audit trail ends."""
        return self._chain(b"end", str(seq).encode(), by)

    def _chain(self, *parts: bytes) -> bytes:
        told_apart = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
        return hmac.digest(self._secrets["chain"], told_apart, "sha256")


def load(connection: Connection, vault: Vault, sealer: AddressSealer | None = None) -> Keyring:
    """Reads the secrets, making those that are not there; raises KeysWrong when the keys given do not fit."""
    fresh = [vault.create(name)[1] for name in _NAMES]
    made = set()
    for kept in fresh:
        row = {"name": kept.owner, "key_id": kept.key_id, "wrapped": kept.wrapped}
        if connection.execute(_NEW, row).rowcount:
            made.add(kept.owner)
    rows = connection.execute(_ALL).all()
    secrets = {row.name: vault.unwrap(Wrapped(row.name, row.key_id, row.wrapped)) for row in rows}
    _know_every_key(connection, vault)
    ring = Keyring(vault, DataKey(secrets.pop("transient")), secrets, sealer)
    if "chain" in made:  # only then: a head that vanished later must not be made anew
        proof = ring.end_proof(0, EMPTY_CHAIN)
        connection.execute(_BEGIN, {"id": 1, "seq": 0, "hash": EMPTY_CHAIN, "mac": proof})
    return ring


def _know_every_key(connection: Connection, vault: Vault) -> None:
    strange = connection.execute(_STRANGE.where(DATA_KEY.c.key_id.not_in(vault.key_ids))).scalar()
    if strange is not None:
        raise KeysWrong(f"the database needs key {strange}; RESI_KEYS has {', '.join(vault.key_ids)}")
