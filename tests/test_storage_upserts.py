"""One statement for both databases."""

from typing import TYPE_CHECKING, cast

import pytest
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

from storage.tables import COPY
from storage.upserts import insert

if TYPE_CHECKING:
    from collections.abc import Callable

DIALECTS = [sqlite.dialect(), cast("Callable[[], Dialect]", postgresql.dialect)()]
NEW = insert(COPY)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda each: each.name)
def test_a_row_that_is_there_is_left_alone(dialect: Dialect) -> None:
    told = str(NEW.on_conflict_do_nothing().compile(dialect=dialect))
    assert told.endswith(" ON CONFLICT DO NOTHING")
    told = str(NEW.on_conflict_do_nothing(index_elements=["what"]).compile(dialect=dialect))
    assert told.endswith(" ON CONFLICT (what) DO NOTHING")


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda each: each.name)
def test_a_row_that_is_there_is_changed_where_it_is_older(dialect: Dialect) -> None:
    put = NEW.on_conflict_do_update(["what"], {"at": NEW.excluded.at}, where=COPY.c.at < NEW.excluded.at)
    told = str(put.compile(dialect=dialect))
    assert told.endswith(" ON CONFLICT (what) DO UPDATE SET at = excluded.at WHERE copy.at < excluded.at")
