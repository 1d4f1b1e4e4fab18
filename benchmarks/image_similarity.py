"""How long it takes to know a photo among 100,000 results: python -m benchmarks.image_similarity [PHOTOS]."""

import random
import secrets
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import create_engine, insert, text

from core import image_similarity
from core.messages import PerceptualHash
from core.model import ReportId
from core.ports import UnitOfWork
from storage import SqlStore, migrate, new_key_line, open_store, parse_keys
from storage.engine import Database, is_sqlite
from storage.perceptual_hashes import SqlPerceptualHashes
from storage.pool import PostgresPool
from storage.statements import Statements
from storage.tables import REPORT
from storage.writer import SqliteWriter
from tests.fakes.postgres_server import NoServer, OwnServer

_NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
_BATCH = 500
_ASKED = 500
_STRONG = b"\xff" * image_similarity.SIGNS


def photo(rng: random.Random) -> PerceptualHash:
    """What a picture like no other looks like, under each of its windows."""
    return PerceptualHash(tuple(rng.randbytes(image_similarity.SIGNS) + _STRONG for _ in range(12)), rng.randbytes(32))


def altered(photo_hash: PerceptualHash, rng: random.Random) -> PerceptualHash:
    """A copy that was packed again: some of its weaker signs have turned."""
    turned = []
    for each in photo_hash.hashes:
        signs = bytearray(each)
        for bit in rng.sample(range(64, image_similarity.SIGNS * 8), 24):
            signs[bit // 8] ^= 1 << bit % 8
        turned.append(bytes(signs))
    return PerceptualHash(tuple(turned), rng.randbytes(32))


def fill(database: Database, count: int, rng: random.Random) -> list[tuple[str, PerceptualHash]]:
    """Photos of as many reports, without turns; some of them, to be asked for."""
    known: list[tuple[str, PerceptualHash]] = []

    def batch(statements: Statements) -> None:
        made = [(secrets.token_hex(13), photo(rng)) for _ in range(_BATCH)]
        statements.connection.execute(insert(REPORT), [_row(report) for report, _ in made])
        hashes = SqlPerceptualHashes(statements)
        for report, photo_hash in made:
            hashes.keep(ReportId(report), photo_hash, "")
        known.extend(made[: max(1, _ASKED * _BATCH // count)])

    for _ in range(count // _BATCH):
        database.run(batch)
    return known


def _row(report: str) -> dict[str, object]:
    """No more than a look needs to belong to."""
    plain = {"channel": "sms", "status": "selesai", "agency": "biro_pemerintahan", "restricted": False, "sealed": b""}
    return plain | {"id": report, "number": f"R{report}", "received": _NOW, "due": _NOW}


def measure(store: SqlStore, known: list[tuple[str, PerceptualHash]], rng: random.Random) -> None:
    """New photos, copies that were packed again, and the very same files."""
    new = [("", photo(rng)) for _ in known]
    for name, asked in (
        ("a new photo", new),
        ("a copy that was packed again", [(report, altered(photo_hash, rng)) for report, photo_hash in known]),
        ("the very same file", known),
    ):
        took, right, worked = list[float](), 0, time.process_time()
        for report, photo_hash in asked:
            began = time.perf_counter()
            found = store.read(partial(_like, photo_hash=photo_hash))
            took.append((time.perf_counter() - began) * 1000)
            right += list(found) == ([report] if report else [])
        worked = (time.process_time() - worked) * 1000 / len(took)
        took.sort()
        print(
            f"  {name:28} median {took[len(took) // 2]:.2f} ms, p95 {took[len(took) * 95 // 100]:.2f} ms; "
            f"{worked:.2f} ms of one processor; {right} of {len(took)} answered rightly"
        )


def _settled(url: str) -> None:
    """As a server does by itself within minutes of so many rows: before, a look-up takes nearly twice as long."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


def _like(tx: UnitOfWork, photo_hash: PerceptualHash) -> Sequence[ReportId]:
    return tx.perceptual_hashes.similar_to(photo_hash, "")


def looked(url: str, count: int) -> None:
    """Prints the figures of one database."""
    rng = random.Random(1)
    migrate(url)
    store = open_store(url, parse_keys(new_key_line("bench")))
    database: Database = SqliteWriter(url) if is_sqlite(url) else PostgresPool(url)
    try:
        known = fill(database, count, rng)
        if not is_sqlite(url):
            _settled(url)
        print(f"{url.partition(':')[0]}: {count} photos of results")
        measure(store, known, rng)
    finally:
        database.close()
        store.close()


def main(count: int) -> None:
    """SQLite, then PostgreSQL where there is a server to start."""
    with tempfile.TemporaryDirectory() as folder:
        looked(f"sqlite:///{Path(folder) / 'bench.db'}", count)
    try:
        server = OwnServer()
    except NoServer as missing:
        print(f"no PostgreSQL here: {missing}")
        return
    try:
        looked(server.fresh(), count)
    finally:
        server.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
