"""The secrets of a database: made once whoever comes first, found again with new keys, refused with wrong ones."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest

from core.messages import Address, WireId
from core.model import ContactId, TrackingCode
from storage import Keys, KeysWrong, SqlStore, new_key_line, open_store, parse_keys
from storage.keyring import Keyring
from storage.vault import DataKey, Vault
from tests.fakes import nouns
from tests.fakes.nouns import NOW

SENDER = Address("+62811000111")


@contextmanager
def _opened(url: str, keys: str) -> Iterator[SqlStore]:
    with closing(open_store(url, parse_keys(keys))) as store:
        yield store


def test_a_store_opened_with_a_new_key_before_the_old_opens_everything(sql_url: str) -> None:
    old, new = new_key_line("old"), new_key_line("new")
    report, code, contact = nouns.report("Lampu"), nouns.code(), nouns.contact()
    with _opened(sql_url, old) as store:
        store.run(lambda tx: tx.reports.add(report, nouns.entry("masuk")))
        store.run(lambda tx: tx.code_holders.add(nouns.holder(report, code, contact), code, contact))
        store.run(lambda tx: tx.outbox.add(nouns.delivery(reach=contact)))
        ordering_key = store.run(lambda tx: tx.dialogues.ordering_key("sms", SENDER))
        store.run(lambda tx: tx.inbox.record_if_new("sms", WireId("SM1"), NOW))
    fresh = nouns.report("Jalan")
    with _opened(sql_url, f"{new},{old}") as store:
        assert store.run(lambda tx: tx.reports.get(report.id)) == report
        assert store.run(lambda tx: tx.reports.history(report.id))[0].text == "masuk"
        assert store.run(lambda tx: tx.code_holders.by_code(code)) == nouns.holder(report, code, contact)
        assert store.run(lambda tx: tx.code_holders.contact(contact.id)) == contact
        assert len(store.run(lambda tx: tx.outbox.claim(NOW, nouns.MINUTE, 9))) == 1
        assert store.run(lambda tx: tx.dialogues.ordering_key("sms", SENDER)) == ordering_key
        assert not store.run(lambda tx: tx.inbox.record_if_new("sms", WireId("SM1"), NOW))
        store.run(lambda tx: tx.reports.add(fresh, nouns.entry()))
    with pytest.raises(KeysWrong, match="needs key old; RESI_KEYS has new"), _opened(sql_url, new):
        pass
    with pytest.raises(KeysWrong, match="needs key new; RESI_KEYS has old"), _opened(sql_url, old):
        pass


def test_another_key_of_the_same_name_is_refused_by_its_name(sql_url: str) -> None:
    with _opened(sql_url, new_key_line("k1")):
        pass
    other = new_key_line("k1")
    with pytest.raises(KeysWrong, match="key k1 of RESI_KEYS is not the one") as raised, _opened(sql_url, other):
        pass
    assert other[3:20] not in str(raised.value)


def test_whoever_opens_an_empty_database_first_makes_its_secrets_for_all(sql_url: str, keys: Keys) -> None:
    def ordering_key(_: int) -> bytes:
        with closing(open_store(sql_url, keys)) as store:
            return store.run(lambda tx: tx.dialogues.ordering_key("sms", SENDER))

    with ThreadPoolExecutor(4) as crowd:
        assert len(set(crowd.map(ordering_key, range(4)))) == 1


def test_each_thing_is_looked_up_by_a_secret_and_a_word_of_its_own(keys: Keys) -> None:
    def ring(salt: int) -> Keyring:
        secrets = {name: bytes([salt, n]) for n, name in enumerate(("codes", "senders", "wires", "limits"))}
        return Keyring(Vault(keys), DataKey(bytes(32)), secrets)

    def all_of(one: Keyring) -> set[bytes]:
        return {
            one.ordering_key("a", Address("b")),
            one.contact(ContactId("b")),
            one.code(TrackingCode("b")),
            one.message("a", WireId("b")),
            one.provider("a", "b"),
            one.limit("a", "b"),
        }

    assert len(all_of(ring(1)) | all_of(ring(2))) == 12
    assert "b'" not in repr(ring(1))
