"""Sessions: found by their token alone, and gone at once when they end."""

from dataclasses import replace

from hypothesis import given

from core.model import Factor, Session, SessionToken
from core.ports import Store
from storage import Retention, SqlStore
from storage.sessions import row_of, session_of
from tests.fakes import nouns
from tests.fakes.nouns import MINUTE, NOW


@given(nouns.SESSIONS)
def test_a_session_survives_its_row(session: Session) -> None:
    assert session_of(nouns.as_row(row_of(session, b"token"))) == session


def test_a_session_is_found_by_its_token_alone(store: Store) -> None:
    siti = nouns.staff()
    (one, token), (other, other_token) = nouns.session(siti), nouns.session(siti, NOW - MINUTE)
    store.run(lambda tx: tx.accounts.add(siti, "hash"))
    store.run(lambda tx: tx.sessions.add(one, token))
    store.run(lambda tx: tx.sessions.add(other, other_token))
    assert store.run(lambda tx: tx.sessions.by_token(token)) == (one, siti)
    assert store.run(lambda tx: tx.sessions.by_token(SessionToken(one.id))) is None
    assert list(store.run(lambda tx: tx.sessions.of(siti.id))) == [one, other]
    assert list(store.run(lambda tx: tx.sessions.of(nouns.staff().id))) == []
    assert store.run(lambda tx: tx.accounts.get(siti.id)) == siti


def test_a_session_tells_whether_the_second_step_of_its_account_is_set_up(store: Store) -> None:
    siti = nouns.staff()
    one, token = nouns.session(siti)
    store.run(lambda tx: tx.accounts.add(siti, "hash"))
    store.run(lambda tx: tx.sessions.add(one, token))
    assert store.run(lambda tx: tx.sessions.with_factor(token)) == (one, siti, False)
    for on in (False, True):
        factor = Factor(siti.id, "secret", on)
        store.run(lambda tx, factor=factor: tx.factors.put(factor))  # type: ignore[misc]  # a default binds the loop variable
        assert store.run(lambda tx: tx.sessions.with_factor(token)) == (one, siti, on)
    store.run(lambda tx: tx.factors.drop(siti.id))
    assert store.run(lambda tx: tx.sessions.with_factor(token)) == (one, siti, False)
    assert store.run(lambda tx: tx.sessions.with_factor(SessionToken(one.id))) is None


def test_a_session_is_used_completed_and_ended(store: Store) -> None:
    siti = nouns.staff()
    (one, token), (other, other_token) = nouns.session(siti), nouns.session(siti)
    half = replace(one, whole=False)
    store.run(lambda tx: tx.accounts.add(siti, "hash"))
    store.run(lambda tx: tx.sessions.add(half, token))
    store.run(lambda tx: tx.sessions.add(other, other_token))
    later = replace(half, seen=NOW + 5 * MINUTE, whole=True)
    store.run(lambda tx: tx.sessions.change(later))
    assert store.run(lambda tx: tx.sessions.by_token(token)) == (later, siti)
    assert store.run(lambda tx: tx.sessions.by_token(other_token)) == (other, siti)
    store.run(lambda tx: tx.sessions.end(one.id))
    store.run(lambda tx: tx.sessions.end(one.id))
    assert store.run(lambda tx: tx.sessions.by_token(token)) is None
    assert list(store.run(lambda tx: tx.sessions.of(siti.id))) == [other]


def test_a_session_whose_time_is_over_is_purged(sql_store: SqlStore) -> None:
    siti = nouns.staff()
    (old, old_token), (young, token) = nouns.session(siti), nouns.session(siti, NOW + MINUTE)
    sql_store.run(lambda tx: tx.accounts.add(siti, "hash"))
    sql_store.run(lambda tx: tx.sessions.add(old, old_token))
    sql_store.run(lambda tx: tx.sessions.add(young, token))
    assert sql_store.upkeep.purge(NOW + 12 * 60 * MINUTE, Retention(contact_days=30))["sessions"] == 1
    assert list(sql_store.run(lambda tx: tx.sessions.of(siti.id))) == [young]
