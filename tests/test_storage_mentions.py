"""Mentions: an account, a number, a minute, and nothing of what was said."""

from datetime import timedelta

from core.model import Mention, Number
from core.ports import Store
from storage import Retention, SqlStore
from storage.mentions import mention_of, row_of
from tests.fakes import nouns
from tests.fakes.nouns import MINUTE, NOW


def test_who_was_named_where_is_kept_once_newest_first_and_dropped(store: Store) -> None:
    siti = nouns.staff("siti")
    store.run(lambda tx: tx.accounts.add(siti, "hash"))
    one, two = Mention(siti.id, Number("R1"), NOW), Mention(siti.id, Number("R2"), NOW + MINUTE)
    for mention in (one, two, one):
        store.run(lambda tx, mention=mention: tx.mentions.put(mention))  # type: ignore[misc]  # a default binds the loop variable
        assert mention_of(nouns.as_row(row_of(mention))) == mention
    assert list(store.read(lambda tx: tx.mentions.of(siti.id))) == [two, one]
    again = Mention(siti.id, Number("R1"), NOW + 2 * MINUTE)
    store.run(lambda tx: tx.mentions.put(again))
    assert list(store.read(lambda tx: tx.mentions.of(siti.id))) == [again, two]
    store.run(lambda tx: tx.mentions.drop(siti.id, Number("R1")))
    assert list(store.read(lambda tx: tx.mentions.of(siti.id))) == [two]


def test_a_mention_is_forgotten_after_a_month(sql_store: SqlStore) -> None:
    siti = nouns.staff("siti")
    sql_store.run(lambda tx: tx.accounts.add(siti, "hash"))
    sql_store.run(lambda tx: tx.mentions.put(Mention(siti.id, Number("R1"), NOW)))
    rules = Retention(contact_days=30)
    assert sql_store.upkeep.purge(NOW + timedelta(days=30) - MINUTE, rules)["mentions"] == 0
    assert sql_store.upkeep.purge(NOW + timedelta(days=30), rules)["mentions"] == 1
