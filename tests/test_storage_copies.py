"""When copies were made and tried: the latest counts, whoever notes it last."""

from datetime import timedelta

import pytest

from core.errors import StoreAway
from storage import SqlStore, note_copy
from tests.fakes.nouns import NOW


def test_the_latest_counts_whoever_notes_it_last(sql_store: SqlStore, sql_url: str) -> None:
    assert sql_store.figures.last_copies() == {}
    for ago in (3, 1, 2):
        note_copy(sql_url, "backup", NOW - timedelta(hours=ago))
    note_copy(sql_url, "drill", NOW)
    assert sql_store.figures.last_copies() == {"backup": NOW - timedelta(hours=1), "drill": NOW}


def test_a_database_that_is_away_is_told() -> None:
    with pytest.raises(StoreAway):
        note_copy("postgresql+psycopg://nobody@127.0.0.1:1/nowhere", "backup", NOW)
