"""INSERT … ON CONFLICT as SQLite and PostgreSQL both write it, without loading what else PostgreSQL knows."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from sqlalchemy import Column, ColumnElement, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite.dml import OnConflictDoNothing, OnConflictDoUpdate

__all__ = ["Upsert", "insert"]


class _Pass(OnConflictDoNothing):
    inherit_cache = True
    constraint_target = None  # PostgreSQL's compiler asks for the name of a constraint, which SQLite cannot be given


class _Put(OnConflictDoUpdate):
    inherit_cache = True
    constraint_target = None


class Upsert(sqlite.Insert):
    """A statement that both databases are sent."""

    inherit_cache = True

    def on_conflict_do_nothing(self, index_elements: Sequence[str | Column[Any]] | None = None) -> Self:  # type: ignore[override]  # narrower: what both know
        """A row that is there stays as it is."""
        return self.ext(_Pass(index_elements))

    def on_conflict_do_update(  # type: ignore[override]  # as above
        self,
        index_elements: Sequence[str | Column[Any]],
        set_: Mapping[str, object],
        where: ColumnElement[bool] | None = None,
    ) -> Self:
        """A row that is there is changed, where `where` holds of it."""
        return self.ext(_Put(index_elements, set_=dict(set_), where=where))


def insert(table: Table) -> Upsert:
    """Into a table; `excluded` of it is the row that was to be written."""
    return Upsert(table)
