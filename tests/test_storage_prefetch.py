"""What is asked along with another query is heard once, and never after a write that could have changed it."""

from collections.abc import Callable

from sqlalchemy import bindparam, select

from storage import SqlStore
from storage.prefetch import Prefetch
from storage.statements import Statements
from storage.tables import STAFF
from tests.fakes import nouns

_NAMED = select(STAFF.c.name).where(STAFF.c.name == bindparam("of"))
_ALL = select(STAFF.c.name).order_by(STAFF.c.name)


def within(store: SqlStore, turn: Callable[[Statements], object]) -> None:
    database = store._database  # noqa: SLF001 - no door asks two things at once
    database.run(turn)


def hired(store: SqlStore, *names: str) -> None:
    for name in names:
        staff = nouns.staff(name)
        store.run(lambda tx, staff=staff: tx.accounts.add(staff, "hash"))  # type: ignore[misc]  # a default binds the loop variable


def test_both_are_answered_and_what_was_heard_serves_once(sql_store: SqlStore) -> None:
    hired(sql_store, "budi", "siti")

    def turn(statements: Statements) -> None:
        prefetch = Prefetch(statements, _NAMED)
        assert [row.name for row in prefetch.rows_with((_ALL, {}), "siti")] == ["budi", "siti"]
        statements.change(STAFF.delete(), {})
        assert [row.name for row in prefetch.rows("siti")] == ["siti"], "as it was heard"
        assert not prefetch.rows("siti"), "asked anew"

    within(sql_store, turn)


def test_what_was_not_heard_is_asked(sql_store: SqlStore) -> None:
    hired(sql_store, "budi", "siti")

    def turn(statements: Statements) -> None:
        prefetch = Prefetch(statements, _NAMED)
        prefetch.rows_with((_ALL, {}), "siti")
        assert [row.name for row in prefetch.rows("budi")] == ["budi"]
        assert not prefetch.rows("nobody")

    within(sql_store, turn)


def test_a_write_makes_it_forget(sql_store: SqlStore) -> None:
    hired(sql_store, "siti")

    def turn(statements: Statements) -> None:
        prefetch = Prefetch(statements, _NAMED)
        prefetch.rows_with((_ALL, {}), "siti")
        statements.change(STAFF.delete(), {})
        prefetch.forget()
        assert not prefetch.rows("siti")

    within(sql_store, turn)
