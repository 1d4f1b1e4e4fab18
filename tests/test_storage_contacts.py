"""Contacts as rows: an address under a key of its own."""

from hypothesis import given

from core.model import Contact
from storage.contacts import contact_of, row_of
from storage.vault import DataKey
from tests.fakes import nouns

KEY = DataKey(bytes(range(32)))


@given(nouns.CONTACTS)
def test_a_contact_survives_its_row_and_shows_nothing_but_its_id(contact: Contact) -> None:
    row = row_of(contact, KEY)
    assert contact_of(nouns.as_row(row), KEY) == contact
    assert set(row) == {"id", "sealed"}
