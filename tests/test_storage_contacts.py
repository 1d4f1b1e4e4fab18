"""Contacts as rows: an address under a key of its own, and sealed to a pair where there is one."""

import pytest
from hypothesis import given

from core.messages import Address, SealedAddress
from core.model import Contact, ContactId, DeliveryId
from storage.addresses import AddressOpener, AddressSealer, new_pair
from storage.contacts import contact_of, row_of
from storage.keyring import Keyring
from storage.vault import DataKey, Vault, new_key_line, parse_keys
from tests.fakes import nouns

KEY = DataKey(bytes(range(32)))
PRIVATE, PUBLIC = new_pair()
PLAIN = Keyring(Vault(parse_keys(new_key_line("test"))), KEY, {"senders": b"s"})
SEALING = Keyring(PLAIN.vault, KEY, {"senders": b"s"}, AddressSealer.parse(PUBLIC))


@given(nouns.CONTACTS)
def test_a_contact_survives_its_row_and_shows_nothing_but_its_id(contact: Contact) -> None:
    row = row_of(contact, KEY, PLAIN)
    assert contact_of(nouns.as_row(row), KEY) == contact
    assert set(row) == {"id", "sealed", "pair"}
    assert row["pair"] is None


@given(nouns.CONTACTS)
def test_where_there_is_a_pair_all_survives_but_the_address_which_its_private_half_opens(contact: Contact) -> None:
    row = row_of(contact, KEY, SEALING)
    kept = contact_of(nouns.as_row(row), KEY)
    assert isinstance(kept.address, SealedAddress)
    assert (kept.id, kept.channel, kept.lang, kept.thread) == (
        contact.id,
        contact.channel,
        contact.lang,
        contact.thread,
    )
    assert kept.address.pair == row["pair"] == AddressSealer.parse(PUBLIC).pair
    assert kept.address.person == SEALING.ordering_key(contact.channel, contact.address)
    assert AddressOpener.parse(PRIVATE).open(contact.channel, kept.address) == (contact.address, None)


def test_what_is_sealed_already_is_written_down_as_it_is() -> None:
    kept = contact_of(nouns.as_row(row_of(nouns.contact(), KEY, SEALING)), KEY)
    assert contact_of(nouns.as_row(row_of(kept, KEY, PLAIN)), KEY) == kept


@pytest.mark.parametrize("ring", [PLAIN, SEALING], ids=["without a pair", "with a pair"])
def test_who_lists_suspects_cannot_tell_them_apart_by_how_much_is_sealed(ring: Keyring) -> None:
    suspects = (
        "31482",
        "7316482905",
        "+6281298764517",
        "a@b.co",
        "raden.wiraningtyas@dinas-lingkungan.kota.test",
    )
    rows = [
        row_of(Contact(ContactId("c" * 26), channel, Address(who), "id", DeliveryId("t" * 26)), KEY, ring)
        for channel in ("sms", "telegram")
        for who in suspects
    ]
    assert len({len(bytes(row["sealed"])) for row in rows}) == 1  # type: ignore[call-overload]  # it is bytes


def test_nor_can_who_took_over_a_part_that_opens_the_row_and_not_the_address() -> None:
    suspects = ("31482", "raden.wiraningtyas@dinas-lingkungan.kota.test")
    sealed = [SEALING.kept("mail", Address(who)) for who in suspects]
    assert len({len(each.sealed) for each in sealed if isinstance(each, SealedAddress)}) == 1
