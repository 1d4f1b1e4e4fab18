"""The lookup secrets and the transient key: random, in the database, wrapped by a master key that is not."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert  # SQLite writes ON CONFLICT the same way

from core.messages import Address, WireId
from core.model import ContactId, TrackingCode
from storage.tables import DATA_KEY, SECRET
from storage.vault import DataKey, KeysWrong, Vault, Wrapped, tag

_NAMES = ("codes", "senders", "wires", "limits", "transient")
_NEW = insert(SECRET).on_conflict_do_nothing()
_ALL = select(SECRET)
_STRANGE = select(DATA_KEY.c.key_id).limit(1)


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """What a store needs to find and to seal; `transient` seals what passes: dialogues and waiting deliveries."""

    vault: Vault
    transient: DataKey
    _secrets: dict[str, bytes] = field(repr=False)

    def lane(self, channel: str, sender: Address) -> bytes:
        """Of who is speaking."""
        return tag(self._secrets["senders"], "lane", channel, sender.reveal())

    def contact(self, contact: ContactId) -> bytes:
        """By which a delivery names its contact, so that only the keys tell which report it belongs to."""
        return tag(self._secrets["senders"], "contact", contact)

    def code(self, code: TrackingCode) -> bytes:
        """Of a tracking code."""
        return tag(self._secrets["codes"], code.reveal())

    def message(self, channel: str, wire_id: WireId) -> bytes:
        """Of a message that came in."""
        return tag(self._secrets["wires"], "in", channel, wire_id.reveal())

    def provider(self, channel: str, provider_id: str) -> bytes:
        """Of a message that went out, as its provider calls it."""
        return tag(self._secrets["wires"], "out", channel, provider_id)

    def limit(self, what: str, who: str) -> bytes:
        """Of somebody who does something that is limited."""
        return tag(self._secrets["limits"], what, who)


def load(connection: Connection, vault: Vault) -> Keyring:
    """Reads the secrets, making those that are not there; raises KeysWrong when the keys given do not fit."""
    fresh = [vault.create(name)[1] for name in _NAMES]
    for kept in fresh:
        connection.execute(_NEW, {"name": kept.owner, "key_id": kept.key_id, "wrapped": kept.wrapped})
    rows = connection.execute(_ALL).all()
    secrets = {row.name: vault.unwrap(Wrapped(row.name, row.key_id, row.wrapped)) for row in rows}
    _know_every_key(connection, vault)
    return Keyring(vault, DataKey(secrets.pop("transient")), secrets)


def _know_every_key(connection: Connection, vault: Vault) -> None:
    strange = connection.execute(_STRANGE.where(DATA_KEY.c.key_id.not_in(vault.key_ids))).scalar()
    if strange is not None:
        raise KeysWrong(f"the database needs key {strange}; RESI_KEYS has {', '.join(vault.key_ids)}")
