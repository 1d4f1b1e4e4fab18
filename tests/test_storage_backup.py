"""Copies: whole, sealed, only what changed, good for whoever was killed, and forgetting what was erased since."""

import json
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Table, create_engine, func, inspect, select
from sqlalchemy.pool import NullPool

from core.messages import Address, SealedAddress, Thread
from core.model import AgencyId, CategoryId, Status
from core.ports import UnitOfWork
from storage import (
    AddressOpener,
    AddressSealer,
    Files,
    Keys,
    NotWhole,
    Retention,
    migrate,
    new_key_line,
    new_pair,
    parse_keys,
    schema_current,
)
from storage.backup import BackupFault, Fault, Source, listed, make_backup, restore
from storage.backup.catalogue import BackupFolder
from storage.backup.database_lines import lines, load, snapshot, tables
from storage.backup.pieces import CAPACITY, PIECE_BYTES, cut, name_of, split
from storage.backup.repository import FolderRepository
from storage.ledger import Replayed
from storage.migrations import fill, finish
from storage.tables import ERASURE, OUTBOX, AnyRow
from storage.vault import KeysWrong
from tests.fakes import nouns
from tests.fakes.copied_house import KEY, House
from tests.fakes.nouns import NOW
from tests.fakes.postgres_server import PostgresServer

MINUTE = timedelta(minutes=1)


@pytest.fixture
def house(sql_url: str, keys: Keys, tmp_path: Path) -> House:
    return House(sql_url, keys, tmp_path)


@pytest.fixture
def small(sqlite_url: str, keys: Keys, tmp_path: Path) -> House:
    """On SQLite alone: where the database makes no difference."""
    return House(sqlite_url, keys, tmp_path)


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in tables()
        }


def opened(house: House) -> BackupFolder:
    return BackupFolder(FolderRepository(house.copies), KEY)


def fault_of(house: House, key: bytes = KEY) -> Fault:
    with pytest.raises(BackupFault) as told:
        house.drills(key=key)
    return told.value.fault


def test_what_is_restored_is_row_for_row_and_file_for_file_what_was_there(house: House) -> None:
    filed = [house.files_a_report(f"report {at}", os.urandom(at * 50_000 + 1)) for at in range(4)]
    made = house.backs_up()
    assert (made.head.reports, made.head.files, made.lost, made.kept) == (4, 8, 0, 1)
    again, done = house.restores()
    assert rows(again.url) == rows(house.url)
    assert again.reports() == house.reports()
    assert [again.files.get(each.report.files[0]) for each in filed] == [each.photo for each in filed]
    assert (done.whole.reports, done.whole.files, done.whole.addresses) == (4, 8, 4)
    assert schema_current(again.url)
    with again.store() as store:
        assert all(store.read(lambda tx, of=each: tx.code_holders.by_code(of.code)) for each in filed)  # type: ignore[misc]  # a default binds the loop variable


def test_a_copy_of_either_database_becomes_one_of_postgresql(
    house: House, postgres_server: PostgresServer, tmp_path: Path
) -> None:
    filed = house.files_a_report()
    with house.store() as store:
        store.run(lambda tx: tx.outbox.add(nouns.delivery()))
    house.backs_up()
    url, target = postgres_server.fresh(), tmp_path / "target"
    try:
        restore(house.wanted(), target, url, NOW, lambda _: None)
        assert rows(url) == rows(house.url)
        again = House(url, house.keys, target)
        assert again.files.get(filed.report.files[0]) == filed.photo
        with again.store() as store:
            store.run(lambda tx: tx.outbox.add(nouns.delivery()))  # its number follows
        assert len(set(rows(url)["outbox"])) == 2
        with pytest.raises(BackupFault) as told:
            restore(house.wanted(), tmp_path / "other", url, NOW, lambda _: None)
        assert told.value.fault is Fault.TARGET
    finally:
        postgres_server.drop(url)


def test_a_second_copy_writes_only_what_changed(house: House) -> None:
    for at in range(5):
        house.files_a_report(photo=os.urandom(200_000 + at))
    house.backs_up()
    before = house.everything_in_the_copies()
    second = house.backs_up(NOW + MINUTE)
    after = house.everything_in_the_copies()
    assert second.written <= 3 * PIECE_BYTES  # its catalogue, which its lines may cut in two, and the index
    new = [path for path in after if path not in before]
    assert len(new) <= 4
    photo = house.files_a_report(photo=os.urandom(1_000)).photo
    third = house.backs_up(NOW + 2 * MINUTE)
    assert third.written < 10 * PIECE_BYTES
    again, _ = house.restores()
    assert photo in {again.files.get(each.files[0]) for each in again.reports()}


def test_an_older_copy_is_there_until_it_is_thrown_away(small: House) -> None:
    names = []
    for at in range(4):
        small.files_a_report(f"report {at}", os.urandom(70_000))
        names.append(small.backs_up(NOW + at * MINUTE).head.name)
    heads = listed(small.copies, KEY)
    assert [(head.name, head.reports, head.at) for head in heads] == [
        (name, at + 1, NOW + at * MINUTE) for at, name in enumerate(names)
    ]
    again, _ = small.restores(names[1])
    assert len(again.reports()) == 2
    size = len(small.everything_in_the_copies())
    last = small.backs_up(NOW + timedelta(hours=1), keep=2)
    assert [head.name for head in listed(small.copies, KEY)] == [names[3], last.head.name]
    assert len(small.everything_in_the_copies()) < size
    small.drills()
    small.drills(names[3])
    with pytest.raises(BackupFault) as told:
        small.drills(names[0])
    assert told.value.fault is Fault.UNKNOWN


def test_a_thief_of_the_copies_sees_pieces_of_one_size_and_no_word_name_or_time(house: House) -> None:
    canaries = (b"kenari-teks", b"kenari-foto", b"+62811223344", b"report", b"resi.db", b"image/jpeg", b"2026-11")
    for _ in range(3):
        house.files_a_report("kenari-teks", b"kenari-foto" * 20_000)
    house.backs_up()
    house.drills()
    house.backs_up(NOW + MINUTE)
    found = house.everything_in_the_copies()
    assert not [word for word in canaries for data in found.values() if word in data]
    names = {path.relative_to(house.copies).as_posix() for path in found}
    assert not [name for name in names if any(word.decode() in name for word in canaries)]
    assert {len(data) for path, data in found.items() if "pieces" in path.parts} == {PIECE_BYTES}
    assert len({len(data) for path, data in found.items() if "pieces" not in path.parts}) == 1
    assert {path.stat().st_mtime for path in found} == {0}
    assert not [path for path in (house.copies, *house.copies.rglob("*")) if path.stat().st_mode & 0o077]


def test_the_same_report_in_two_folders_makes_no_two_pieces_that_are_alike(small: House) -> None:
    small.files_a_report()
    small.backs_up()
    first = small.everything_in_the_copies()
    small.copies.rename(small.folder / "first")
    small.backs_up(key=bytes(32))
    second = small.everything_in_the_copies()
    assert not {path.name for path in first if "pieces" in path.parts} & {path.name for path in second}


def test_another_key_opens_nothing_and_adds_nothing(small: House) -> None:
    small.files_a_report()
    small.backs_up()
    before = small.everything_in_the_copies()
    assert fault_of(small, key=bytes(32)) is Fault.KEY
    with pytest.raises(BackupFault) as told:
        small.backs_up(key=bytes(32))
    assert told.value.fault is Fault.KEY
    assert small.everything_in_the_copies() == before


def test_the_keys_of_another_house_open_nothing_of_what_is_restored(small: House) -> None:
    small.files_a_report()
    small.backs_up()
    stranger = House(small.url, parse_keys(new_key_line("test")), small.folder)
    with pytest.raises(KeysWrong):
        stranger.drills()
    with pytest.raises(KeysWrong):
        stranger.restores()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_byte_that_was_changed_anywhere_fails_the_drill(small: House, data: st.DataObject) -> None:
    if not small.copies.exists():
        small.files_a_report(photo=os.urandom(100_000))
        small.backs_up()
        small.files_a_report()
        small.backs_up(NOW + MINUTE)
        small.drills()
    path = data.draw(st.sampled_from(sorted(small.everything_in_the_copies())))
    whole = path.read_bytes()
    position = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[position] ^= data.draw(st.integers(1, 255))
    try:
        path.write_bytes(changed)
        assert fault_of(small) in {Fault.DAMAGED, Fault.KEY}
    finally:
        path.write_bytes(whole)


def test_a_file_that_is_missing_or_cut_off_fails_the_drill_whichever_it_is(small: House) -> None:
    small.files_a_report(photo=os.urandom(100_000))
    small.backs_up()
    small.files_a_report()
    small.backs_up(NOW + MINUTE)
    for path, whole in small.everything_in_the_copies().items():
        path.unlink()
        assert fault_of(small) in {Fault.MISSING, Fault.EMPTY}
        path.write_bytes(whole[:-1])
        assert fault_of(small) in {Fault.DAMAGED, Fault.KEY}
        path.write_bytes(b"")
        assert fault_of(small) in {Fault.DAMAGED, Fault.KEY}
        path.write_bytes(whole)
    small.drills()


def test_what_is_no_file_fails_the_drill_at_once_and_is_named(small: House) -> None:
    small.files_a_report()
    small.backs_up()
    for path, whole in small.everything_in_the_copies().items():
        path.unlink()
        for make in (path.mkdir, lambda path=path: os.mkfifo(path), lambda path=path: path.symlink_to("/dev/zero")):
            make()
            assert fault_of(small) in {Fault.DAMAGED, Fault.KEY}
            path.rmdir() if path.is_dir() else path.unlink()
        path.symlink_to(path.name)
        with pytest.raises(BackupFault) as told:
            small.drills()
        assert told.value.where.startswith(path.relative_to(small.copies).as_posix()) or path.name == "index"
        path.unlink()
        path.write_bytes(whole)
    small.drills()


def test_two_pieces_that_changed_places_fail_the_drill(small: House) -> None:
    small.files_a_report(photo=os.urandom(200_000))
    small.backs_up()
    one, other, *_ = (path for path in small.everything_in_the_copies() if "pieces" in path.parts)
    here, there = one.read_bytes(), other.read_bytes()
    one.write_bytes(there)
    other.write_bytes(here)
    assert fault_of(small) is Fault.DAMAGED


def test_a_lost_piece_of_rows_or_files_is_written_anew_by_the_next_copy(small: House) -> None:
    small.files_a_report(photo=os.urandom(300_000))
    name = small.backs_up().head.name
    catalogue = opened(small).catalogue(name)
    for id_ in split(catalogue.rows + b"".join(ids for _, ids in catalogue.files.values())):
        (small.copies / name_of(id_)).unlink()
        assert fault_of(small) is Fault.MISSING
        small.backs_up(NOW + MINUTE)
        small.drills()


def test_a_backup_whose_catalogue_is_lost_is_let_go_when_its_head_is_removed(small: House) -> None:
    small.files_a_report()
    lost = small.backs_up().head.name
    small.files_a_report()
    kept = small.backs_up(NOW + MINUTE).head.name
    folder = opened(small)
    own = folder.ids(f"backups/{lost}") - folder.ids(f"backups/{kept}") - set(split(folder.catalogue(lost).rows))
    (small.copies / name_of(min(own))).unlink()
    with pytest.raises(BackupFault):
        small.backs_up(NOW + 2 * MINUTE)
    (small.copies / "backups" / lost).unlink()
    small.backs_up(NOW + 2 * MINUTE)
    assert lost not in {head.name for head in listed(small.copies, KEY)}
    small.drills(kept)


def test_without_its_index_a_folder_still_gives_back_what_it_holds(small: House) -> None:
    small.files_a_report()
    first = small.backs_up().head.name
    small.files_a_report()
    small.backs_up(NOW + MINUTE)
    (small.copies / "index").unlink()
    assert fault_of(small) is Fault.MISSING
    target = small.folder / "target"
    done = restore(replace(small.wanted(), salvage=True), target, "", NOW, lambda _: None)
    assert done.whole.reports == 2
    small.backs_up(NOW + 2 * MINUTE)
    assert next(head.name for head in listed(small.copies, KEY)) == first
    small.drills()


def test_nothing_is_restored_over_anything(small: House) -> None:
    small.files_a_report()
    small.backs_up()
    for occupied in (small.folder / "files", small.folder / "resi.db"):
        with pytest.raises(BackupFault) as told:
            restore(small.wanted(), occupied, "", NOW, lambda _: None)
        assert told.value.fault is Fault.TARGET
    empty = small.folder / "empty"
    empty.mkdir()
    restore(small.wanted(), empty, "", NOW, lambda _: None)
    assert sorted(path.name for path in empty.iterdir()) == ["files", "resi.db"]


def test_a_restore_that_fails_leaves_nothing_that_looks_restored(small: House) -> None:
    small.files_a_report()
    small.backs_up()

    def breaks(_: object) -> None:
        raise BackupFault(Fault.ROWS)

    target = small.folder / "target"
    with pytest.raises(BackupFault):
        restore(small.wanted(), target, "", NOW, breaks)
    assert list(target.iterdir()) == []


def test_a_half_restored_postgresql_starts_no_service(
    small: House, postgres_server: PostgresServer, tmp_path: Path
) -> None:
    small.files_a_report()
    small.backs_up()
    url = postgres_server.fresh()

    def breaks(_: object) -> None:
        raise BackupFault(Fault.ROWS)

    try:
        with pytest.raises(BackupFault):
            restore(small.wanted(), tmp_path / "target", url, NOW, breaks)
        assert not schema_current(url)
        with pytest.raises(ValueError, match="later version"):
            migrate(url)
    finally:
        postgres_server.drop(url)


def test_a_folder_of_something_else_is_left_alone(small: House) -> None:
    small.files_a_report()
    small.copies.mkdir()
    (small.copies / "holiday.jpg").write_bytes(b"sea")
    with pytest.raises(BackupFault) as told:
        small.backs_up()
    assert told.value.fault is Fault.FOREIGN
    assert small.everything_in_the_copies() == {small.copies / "holiday.jpg": b"sea"}


def test_the_copies_of_one_service_are_not_mixed_with_those_of_another(house: House, tmp_path: Path) -> None:
    """With the same key for both: a mistyped folder, or an empty database in the place of the real one."""
    url = f"sqlite:///{tmp_path / 'other.db'}"
    migrate(url)
    other = House(url, house.keys, house.folder)
    house.files_a_report()
    house.hires()
    house.backs_up()
    before = house.everything_in_the_copies()
    for _ in ("empty", "with a trail of its own"):
        with pytest.raises(BackupFault) as told:
            other.backs_up(keep=1)
        assert told.value.fault is Fault.OTHER
        assert house.everything_in_the_copies() == before
        other.hires()
    again, _ = house.restores()
    again = replace(again, folder=house.folder)
    house.hires()
    assert house.backs_up(NOW + MINUTE).kept == 2
    assert again.backs_up(NOW + MINUTE * 2).kept == 3


def test_copies_of_before_anybody_acted_are_of_who_goes_on_with_them(small: House) -> None:
    small.files_a_report()
    small.backs_up()
    small.hires()
    assert small.backs_up(NOW + MINUTE).kept == 2
    assert small.drills().backups == 2


def test_a_file_that_a_report_names_and_nobody_has_is_told(small: House) -> None:
    filed = small.files_a_report()
    name = filed.report.files[0].name
    (small.folder / "files" / name[:2] / name).unlink()
    assert small.backs_up().lost == 1


def test_a_copy_of_an_older_version_is_brought_up_to_date(small: House) -> None:
    """As the version of then wrote it: its tables and columns alone."""
    filed = small.files_a_report()
    counts: dict[str, int] = {}
    with snapshot(small.url) as connection:
        rows_of_now = list(lines(connection, counts))
    for revision in ("r0010", "r0013"):
        url = f"sqlite:///{small.folder / revision}.db"
        shapes = _shapes_at(revision, small.folder, counts)
        fill(url, revision, partial(load, shapes=shapes, read=_cut_down(rows_of_now, shapes)))
        finish(url)
        assert schema_current(url)
        again = House(url, small.keys, small.folder)
        assert again.reports() == small.reports() == [filed.report]


# -- what was erased since --


def test_what_was_erased_after_a_copy_is_erased_in_what_is_restored_from_it(house: House) -> None:
    forgotten, old, withdrawn, hidden, stays = (house.files_a_report(f"report {at}") for at in range(5))
    with house.store() as store:
        store.run(lambda tx: tx.outbox.add(replace(nouns.delivery(), contact=forgotten.contact)))
    first = house.backs_up().head.name
    long_ago = NOW - timedelta(days=5000)

    def later(tx: UnitOfWork) -> None:
        tx.code_holders.forget(forgotten.contact)
        tx.reports.change(replace(old.report, status=Status.DITOLAK, closed=long_ago))
        tx.reports.change(replace(withdrawn.report, status=Status.DICABUT, closed=NOW))
        restricted = replace(
            hidden.report, category=CategoryId("pungli_korupsi"), agency=AgencyId("inspektorat"), restricted=True
        )
        tx.reports.change(restricted)

    with house.store() as store:
        store.run(later)
        store.upkeep.purge(NOW, Retention(contact_days=9999, text_days={old.report.category: 10}))
    house.backs_up(NOW + MINUTE)
    again, done = house.restores(first)
    assert done.replayed == Replayed(contacts=1, words=1, withdrawn=1, restricted=1)
    with again.store() as store:
        read = {each.report.id: each for each in (forgotten, old, withdrawn, hidden, stays)}
        found = {of: store.read(lambda tx, of=of: tx.reports.get(of)) for of in read}  # type: ignore[misc]  # a default binds the loop variable
        assert store.read(lambda tx: tx.code_holders.contact(forgotten.contact)) is None
        assert store.read(lambda tx: tx.code_holders.contact(stays.contact)) is not None
        assert {row.sealed for row in _select(again.url, OUTBOX)} == set()
    assert found[old.report.id].text == ""
    assert not set(again.files.names()) & {each.name for each in old.report.files}
    assert found[withdrawn.report.id].status is Status.DICABUT
    assert (found[hidden.report.id].restricted, found[hidden.report.id].category) == (
        True,
        CategoryId("pungli_korupsi"),
    )
    assert found[stays.report.id] == stays.report
    # and the copy that is made of it forgets as well, even of the oldest backup
    again.backs_up(NOW)
    third, _ = again.restores()
    assert rows(third.url) == rows(again.url)
    assert _count(third.url) == _count(house.url) == 4


def test_the_ledger_of_a_live_database_counts_even_if_no_copy_was_made_since(small: House) -> None:
    filed = small.files_a_report()
    small.backs_up()
    with small.store() as store:
        store.run(lambda tx: tx.code_holders.forget(filed.contact))
        marks = store.ledger.marks()
    again, done = small.restores(marks=marks)
    assert done.replayed.contacts == 1
    with again.store() as store:
        assert store.read(lambda tx: tx.code_holders.contact(filed.contact)) is None


def test_what_is_erased_while_a_copy_is_made_is_erased_in_what_is_restored_from_it(house: House) -> None:
    """Its rows were read already, its files not yet: those of the report are gone when they are asked for."""
    forgotten, ended = house.files_a_report(), house.files_a_report()

    class Busy(Files):
        def names(self) -> list[str]:
            found = super().names()
            with house.store() as store:
                store.run(lambda tx: tx.code_holders.forget(forgotten.contact))
                store.run(lambda tx: tx.reports.change(replace(ended.report, status=Status.DITOLAK, closed=NOW)))
                days = {each.report.category: 0 for each in (ended,)}
                store.upkeep.purge(NOW, Retention(contact_days=9999, text_days=days))
                self.sweep(store.upkeep.file_names_in_use(), NOW + timedelta(days=9999))
            return found

    made = make_backup(Source(house.url, Busy(house.folder / "files")), house.copies, KEY, NOW)
    assert made.lost == 0
    assert made.head.files == 2
    again, done = house.restores()
    assert (done.replayed.contacts, done.replayed.words, done.whole.files) == (1, 1, 2)
    with again.store() as store:
        assert store.read(lambda tx: tx.code_holders.contact(forgotten.contact)) is None


def test_the_ledger_names_nobody_without_the_keys(small: House) -> None:
    filed = small.files_a_report()
    with small.store() as store:
        store.run(lambda tx: tx.code_holders.forget(filed.contact))
    (row,) = _select(small.url, ERASURE)
    assert len(row.mark) == 32
    assert filed.contact.encode() not in row.mark


def _shapes_at(revision: str, folder: Path, counts: dict[str, int]) -> dict[str, tuple[tuple[str, ...], int]]:
    """Tables and columns as they were then."""
    found: dict[str, tuple[tuple[str, ...], int]] = {}

    def look(connection: Connection) -> None:
        there = inspect(connection)
        names = set(there.get_table_names()) & counts.keys()
        found.update({name: (tuple(row["name"] for row in there.get_columns(name)), counts[name]) for name in names})

    fill(f"sqlite:///{folder / revision}.look.db", revision, look)
    return found


def _cut_down(whole: list[bytes], shapes: dict[str, tuple[tuple[str, ...], int]]) -> Iterator[bytes]:
    now = {table.name: list(table.columns.keys()) for table in tables()}
    for name, *values in map(json.loads, whole):
        if name in shapes:
            row = dict(zip(now[name], values, strict=True))
            yield json.dumps([name, *(row[column] for column in shapes[name][0])]).encode()


def _select(url: str, table: Table) -> list[AnyRow]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return list(connection.execute(select(table)))


def _count(url: str) -> int:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(ERASURE)).scalar_one()


# -- parts --


@given(st.lists(st.binary(min_size=1, max_size=3000), max_size=60), st.integers(0, 3))
def test_what_is_cut_is_the_same_bytes_in_parts_that_fit(lines: list[bytes], times: int) -> None:
    whole = [line * (1 + 40 * times) for line in lines]
    parts = list(cut(whole))
    assert b"".join(parts) == b"".join(whole)
    assert all(0 < len(part) <= CAPACITY for part in parts)


def test_a_line_more_in_the_middle_leaves_the_parts_far_from_it_as_they_are() -> None:
    rng = random.Random(1)  # of other lines it may be that no cut is near for a while
    lines = [rng.randbytes(300) for _ in range(4_000)]
    before = set(cut(lines))
    after = set(cut([*lines[:2_000], rng.randbytes(300), *lines[2_000:]]))
    assert len(after - before) <= 3
    assert len(before) > 15


def test_addresses_that_are_sealed_to_a_pair_are_proved_by_its_private_half_alone(house: House) -> None:
    private, public = new_pair()
    house = replace(house, sealer=AddressSealer.parse(public))
    filed = house.files_a_report()
    with house.store() as store:
        store.run(lambda tx: tx.outbox.add(nouns.delivery()))
    house.backs_up()
    with pytest.raises(NotWhole, match="2 addresses take a private half"):
        house.drills()
    again, done = house.restores()
    assert (done.whole.reports, done.whole.addresses, done.whole.locked) == (1, 1, 2)
    assert again.reports() == house.reports()
    house = replace(house, opener=AddressOpener.parse(private))
    assert house.drills().restored.whole.locked == 0
    again, done = house.restores()
    assert done.whole.locked == 0
    with again.store() as store:
        contact = store.read(lambda tx: tx.code_holders.contact(filed.contact))
    assert contact is not None
    assert isinstance(contact.address, SealedAddress)
    assert house.opener.open("sms", contact.address)[0].reveal() == "+62811223344"


class Careless(AddressSealer):
    """Seals, and loses a bit of it."""

    def seal(self, channel: str, person: bytes, address: Address, thread: Thread | None = None) -> SealedAddress:
        sealed = super().seal(channel, person, address, thread)
        return replace(sealed, sealed=sealed.sealed[:-1] + bytes([sealed.sealed[-1] ^ 1]))


def test_a_sealed_address_that_was_changed_fails_the_drill(small: House) -> None:
    private, public = new_pair()
    small = replace(small, sealer=Careless.parse(public), opener=AddressOpener.parse(private))
    small.files_a_report()
    small.backs_up()
    with pytest.raises(NotWhole, match="a sealed address does not open"):
        small.drills()
