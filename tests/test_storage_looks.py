"""What photos look like is found through the index, among those of the same scope alone."""

from core.messages import Look
from core.ports import Store, Tx
from tests.fakes import nouns


def look(byte: int, flips: int = 0, exact: bytes = b"file") -> Look:
    signs = int.from_bytes(bytes([byte]) * 32) ^ ((1 << flips) - 1)
    return Look((signs.to_bytes(32) + b"\xff" * 32,) * 12, exact + bytes([byte, flips]))


def keep(store: Store, kept: Look, scope: str = "") -> str:
    report = nouns.report()

    def turn(tx: Tx) -> None:
        tx.reports.add(report, nouns.entry())
        tx.looks.keep(report.id, kept, scope)

    store.run(turn)
    return report.id


def test_near_ones_are_found_nearest_first_and_far_ones_not(store: Store) -> None:
    far, near, nearest = (keep(store, each) for each in (look(0x0F), look(0xA5, 20), look(0xA5, 3)))
    found = store.run(lambda tx: tx.looks.like(look(0xA5), ""))
    assert list(found) == [nearest, near]
    assert far not in found


def test_the_very_same_file_is_found_though_nothing_stands_on_it(store: Store) -> None:
    plain = Look((bytes(64),) * 12, b"the same")
    kept = keep(store, plain)
    assert list(store.run(lambda tx: tx.looks.like(plain, ""))) == [kept]
    assert list(store.run(lambda tx: tx.looks.like(Look(plain.hashes, b"another"), ""))) == []


def test_restricted_ones_are_compared_among_themselves(store: Store) -> None:
    kept = keep(store, look(0x3C), "inspektorat")
    assert list(store.run(lambda tx: tx.looks.like(look(0x3C), ""))) == []
    assert list(store.run(lambda tx: tx.looks.like(look(0x3C), "bnnp_dki"))) == []
    assert list(store.run(lambda tx: tx.looks.like(look(0x3C), "inspektorat"))) == [kept]
