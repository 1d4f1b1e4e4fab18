"""Everything is opened: what is whole is counted, and what is not is told by how many."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import Keys, NotWhole
from storage.proof import Whole
from tests.fakes.copied_house import Filed, House


@pytest.fixture
def house(sqlite_url: str, keys: Keys, tmp_path: Path) -> House:
    return House(sqlite_url, keys, tmp_path)


def proved(house: House) -> Whole:
    with house.store() as store:
        return store.proof.open_all(house.files)


def photo_of(house: House, filed: Filed) -> Path:
    name = filed.report.files[0].name
    return house.folder / "files" / name[:2] / name


def test_what_is_whole_is_counted(house: House) -> None:
    for _ in range(3):
        house.files_a_report()
    assert proved(house) == Whole(reports=3, erased=0, steps=3, holders=3, addresses=3, files=6)


def test_a_report_whose_words_had_their_time_is_no_fault(house: House) -> None:
    filed = house.files_a_report()
    with closing(sqlite3.connect(house.folder / "resi.db")) as database:
        database.execute("DELETE FROM data_key WHERE owner = ?", (filed.report.id,))
        database.commit()
    photo_of(house, filed).unlink()
    assert proved(house) == Whole(reports=1, erased=1, steps=1, holders=1, addresses=1, files=0)


def test_photos_that_are_missing_or_changed_are_counted(house: House) -> None:
    missing, changed = house.files_a_report(), house.files_a_report()
    photo_of(house, missing).unlink()
    path = photo_of(house, changed)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(NotWhole, match="1 files that reports name are missing, 1 do not open"):
        proved(house)


@pytest.mark.parametrize("table", ["report", "history", "holder", "contact", "dialogue"])
def test_a_sealed_row_that_was_changed_does_not_open(house: House, table: str) -> None:
    house.files_a_report()
    with closing(sqlite3.connect(house.folder / "resi.db")) as database:
        database.execute("DROP TRIGGER history_no_update")
        database.execute(f"UPDATE {table} SET sealed = CAST(substr(sealed, 2) AS BLOB)")  # noqa: S608 - our own names
        database.commit()
    with pytest.raises(NotWhole):
        proved(house)
