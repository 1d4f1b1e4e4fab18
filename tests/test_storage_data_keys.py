"""Data keys: one an owner, unwrapped once a transaction, and gone for good when destroyed."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine

from storage.data_keys import DataKeys
from storage.statements import Statements
from storage.tables import DATA_KEY
from storage.vault import KeysWrong, SealBroken, Vault, new_key_line, parse_keys, place
from tests.fakes.long_way import LongWay

AT = place("report", "sealed", "r1")
VAULT = Vault(parse_keys(new_key_line("k1")))


@pytest.fixture
def statements() -> Iterator[Statements]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        DATA_KEY.create(connection)
        yield LongWay(connection)
    engine.dispose()


def test_what_an_owners_key_sealed_opens_in_a_later_transaction(statements: Statements) -> None:
    sealed = DataKeys(statements, VAULT).create("r1").seal(b"words", AT)
    key = DataKeys(statements, VAULT).of("r1")
    assert key is not None
    assert key.open(sealed, AT) == b"words"


def test_no_two_owners_share_a_key(statements: Statements) -> None:
    keys = DataKeys(statements, VAULT)
    sealed = keys.create("r1").seal(b"words", AT)
    with pytest.raises(SealBroken):
        keys.create("r2").open(sealed, AT)


def test_a_destroyed_key_is_gone_at_once_and_later(statements: Statements) -> None:
    keys = DataKeys(statements, VAULT)
    keys.create("r1")
    keys.destroy("r1")
    assert keys.of("r1") is None
    assert DataKeys(statements, VAULT).of("r1") is None
    assert DataKeys(statements, VAULT).of("never") is None


def test_a_key_that_we_cannot_unwrap_is_an_error_and_not_nothing(statements: Statements) -> None:
    DataKeys(statements, VAULT).create("r1")
    with pytest.raises(KeysWrong, match="needs key k1"):
        DataKeys(statements, Vault(parse_keys(new_key_line("k2")))).of("r1")
