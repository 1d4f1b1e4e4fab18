"""What photos look like is found through the index, among those of the same scope alone."""

import re

from core.messages import PerceptualHash
from core.ports import Store, UnitOfWork
from storage import SqlStore
from storage.perceptual_hashes import _LIKE
from storage.statements import Statements
from tests.fakes import nouns


def photo_hash(byte: int, flips: int = 0, exact: bytes = b"file") -> PerceptualHash:
    signs = int.from_bytes(bytes([byte]) * 32) ^ ((1 << flips) - 1)
    return PerceptualHash((signs.to_bytes(32) + b"\xff" * 32,) * 12, exact + bytes([byte, flips]))


def keep(store: Store, kept: PerceptualHash, scope: str = "") -> str:
    report = nouns.report()

    def turn(tx: UnitOfWork) -> None:
        tx.reports.add(report, nouns.entry())
        tx.perceptual_hashes.keep(report.id, kept, scope)

    store.run(turn)
    return report.id


def test_near_ones_are_found_nearest_first_and_far_ones_not(store: Store) -> None:
    far, near, nearest = (keep(store, each) for each in (photo_hash(0x0F), photo_hash(0xA5, 20), photo_hash(0xA5, 3)))
    found = store.run(lambda tx: tx.perceptual_hashes.similar_to(photo_hash(0xA5), ""))
    assert list(found) == [nearest, near]
    assert far not in found


def test_the_very_same_file_is_found_though_nothing_stands_on_it(store: Store) -> None:
    plain = PerceptualHash((bytes(64),) * 12, b"the same")
    kept = keep(store, plain)
    assert list(store.run(lambda tx: tx.perceptual_hashes.similar_to(plain, ""))) == [kept]
    assert (
        list(store.run(lambda tx: tx.perceptual_hashes.similar_to(PerceptualHash(plain.hashes, b"another"), ""))) == []
    )


def test_restricted_ones_are_compared_among_themselves(store: Store) -> None:
    kept = keep(store, photo_hash(0x3C), "inspektorat")
    assert list(store.run(lambda tx: tx.perceptual_hashes.similar_to(photo_hash(0x3C), ""))) == []
    assert list(store.run(lambda tx: tx.perceptual_hashes.similar_to(photo_hash(0x3C), "bnnp_dki"))) == []
    assert list(store.run(lambda tx: tx.perceptual_hashes.similar_to(photo_hash(0x3C), "inspektorat"))) == [kept]


def test_each_value_is_looked_up_in_the_index_though_nobody_counted_the_table(sql_store: SqlStore) -> None:
    """Else a look-up reads every photo of the city."""
    for byte in range(40):
        keep(sql_store, photo_hash(byte))
    database = sql_store._database  # noqa: SLF001 - no door asks for a plan
    asked = {"scope": "", "start": 0, "near": "[65537]"}

    def plan(statements: Statements) -> str:
        compiled = _LIKE[statements.laterally].compile(dialect=statements.connection.dialect)
        explain = "EXPLAIN" if statements.laterally else "EXPLAIN QUERY PLAN"
        given = compiled.construct_params(asked)
        told = statements.connection.exec_driver_sql(
            f"{explain} {compiled}",
            given if not compiled.positiontup else tuple(given[n] for n in compiled.positiontup),
        )
        return "\n".join(str(row[-1]) for row in told)

    told = database.read(plan)
    assert len(re.findall(r"(?:Index Cond:|SEARCH look).*scope.*chunk.*value", told)) == 2, told
