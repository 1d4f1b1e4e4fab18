"""Mentions: an account, a number, a minute, and nothing of what was said."""

from dataclasses import replace
from datetime import timedelta

from core.model import AgencyId, Mention, Number
from core.ports import Store, Visibility
from storage import Retention, SqlStore
from storage.mentions import mention_of, row_of
from tests.fakes import nouns
from tests.fakes.nouns import AGENCY, MINUTE, NOW

OTHER = AgencyId("kel:31.74.02.1001")


def test_who_was_named_where_is_kept_once_newest_first_and_dropped(store: Store) -> None:
    siti, visibility = nouns.staff("siti"), Visibility(AGENCY)
    store.run(lambda tx: tx.accounts.add(siti, "hash"))
    first, second = _filed(store), _filed(store)
    one, two = Mention(siti.id, first, NOW), Mention(siti.id, second, NOW + MINUTE)
    for mention in (one, two, one):
        store.run(lambda tx, mention=mention: tx.mentions.put(mention))  # type: ignore[misc]  # a default binds the loop variable
        assert mention_of(nouns.as_row(row_of(mention))) == mention
    assert list(store.read(lambda tx: tx.mentions.of(siti.id, visibility))) == [two, one]
    again = Mention(siti.id, first, NOW + 2 * MINUTE)
    store.run(lambda tx: tx.mentions.put(again))
    assert list(store.read(lambda tx: tx.mentions.of(siti.id, visibility))) == [again, two]
    store.run(lambda tx: tx.mentions.drop(siti.id, first))
    assert list(store.read(lambda tx: tx.mentions.of(siti.id, visibility))) == [two]


def test_only_of_reports_that_can_be_seen(store: Store) -> None:
    siti = nouns.staff("siti")
    store.run(lambda tx: tx.accounts.add(siti, "hash"))
    named = [_filed(store), _filed(store, OTHER), _filed(store, restricted=True), _filed(store, OTHER, restricted=True)]
    for n, number in enumerate((*named, Number("R0"))):
        mention = Mention(siti.id, number, NOW - n * MINUTE)
        store.run(lambda tx, mention=mention: tx.mentions.put(mention))  # type: ignore[misc]  # a default binds the loop variable

    def of(visibility: Visibility) -> list[Number]:
        return [each.number for each in store.read(lambda tx: tx.mentions.of(siti.id, visibility))]

    own, others, secret, _ = named
    assert of(Visibility(AGENCY)) == [own, secret]
    assert of(Visibility(AGENCY, every=True)) == [own, others, secret]
    assert of(Visibility(AgencyId("biro_pemerintahan"), every=True)) == [own, others]
    assert of(Visibility(AgencyId("biro_pemerintahan"))) == []


def _filed(store: Store, agency: AgencyId = AGENCY, *, restricted: bool = False) -> Number:
    report = replace(nouns.report(restricted=restricted), agency=agency)
    store.run(lambda tx: tx.reports.add(report, nouns.entry()))
    return report.number


def test_a_mention_is_forgotten_after_a_month(sql_store: SqlStore) -> None:
    siti = nouns.staff("siti")
    sql_store.run(lambda tx: tx.accounts.add(siti, "hash"))
    sql_store.run(lambda tx: tx.mentions.put(Mention(siti.id, Number("R1"), NOW)))
    rules = Retention(contact_days=30)
    assert sql_store.upkeep.purge(NOW + timedelta(days=30) - MINUTE, rules)["mentions"] == 0
    assert sql_store.upkeep.purge(NOW + timedelta(days=30), rules)["mentions"] == 1
