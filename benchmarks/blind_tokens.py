"""Blind tokens beside an index in memory: what a report costs, its size, how a search goes, what a thief reads.

    python -m benchmarks.blind_tokens [REPORTS]

Words as benchmarks/scale/city makes them up, by Zipf's law. The thief knows how often words are said in another city of
the same language, and names tokens by their rank, as everybody's first attack does.
"""

import hashlib
import hmac
import random
import secrets
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

from app.search_index import SearchIndex
from benchmarks.scale.city import WORDS, vocabulary
from core.model import Number
from core.search_terms import SearchTerms

_TOKEN = 8  # bytes of an HMAC
_BATCH = 100  # reports in a commit, as a busy writer groups them
_RANKS = (10, 50, 200, 1000)


class Said:
    """What reports say."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        self._weights = tuple(accumulate(1 / (at + 3) for at in range(len(vocabulary()))))

    def words(self) -> frozenset[str]:
        """Of one report."""
        return frozenset(self._rng.choices(vocabulary(), cum_weights=self._weights, k=WORDS))


def in_memory(count: int) -> None:
    """The index as it is."""
    said, index = Said(1), SearchIndex()
    reports = [said.words() for _ in range(count)]
    busy = time.process_time()
    for at, words in enumerate(reports):
        index.add(Number(f"R{at:08d}"), words)
    index.sort()
    spent = time.process_time() - busy
    postings = sum(each.itemsize * len(each) for each in index._by_word.values())  # noqa: SLF001 - what it weighs
    print(f"in memory: {spent / count * 1e6:.0f} us a report, {postings / count + 12:.0f} bytes each")
    _searched("in memory", lambda words: len(index.find(SearchTerms(words), 10_000)))


def in_the_database(count: int, folder: Path) -> None:
    """A row for each word of each report, lying by token and then by report, newest last."""
    key, said = secrets.token_bytes(32), Said(1)
    database = sqlite3.connect(folder / "tokens.db", isolation_level=None)
    for line in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-32000"):
        database.execute(f"PRAGMA {line}")
    database.execute(
        "CREATE TABLE token (token BLOB, at INTEGER, report BLOB, PRIMARY KEY (token, at, report)) WITHOUT ROWID"
    )
    reports = [said.words() for _ in range(count)]
    busy, began = time.process_time(), time.perf_counter()
    for first in range(0, count, _BATCH):
        database.execute("BEGIN")
        for at, words in enumerate(reports[first : first + _BATCH], first):
            database.executemany(
                "INSERT INTO token VALUES (?, ?, ?)",
                [(_token(key, word), at, secrets.token_bytes(16)) for word in words],
            )
        database.execute("COMMIT")
    spent, took = time.process_time() - busy, time.perf_counter() - began
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = (folder / "tokens.db").stat().st_size
    each, by_clock = spent / count * 1e6, took / count * 1e6
    print(f"blind tokens: {each:.0f} us a report ({by_clock:.0f} by the clock), {size / count:.0f} bytes each")

    def find(words: tuple[str, ...]) -> int:
        first, *others = (_token(key, each) for each in words)
        more = "".join(" AND EXISTS (SELECT 1 FROM token o WHERE o.token = ? AND o.at = t.at)" for _ in others)
        asked = f"SELECT at FROM token t WHERE token = ?{more} ORDER BY at DESC LIMIT 10000"  # noqa: S608 - no value of anybody's
        return len(database.execute(asked, [first, *others]).fetchall())

    _searched("blind tokens", find)
    counts = dict(database.execute("SELECT token, count(*) FROM token GROUP BY token"))
    database.close()
    _stolen(counts, key, count)


def _token(key: bytes, word: str) -> bytes:
    return hmac.digest(key, word.encode(), hashlib.sha256)[:_TOKEN]


def _searched(name: str, find: Callable[[tuple[str, ...]], int]) -> None:
    words = vocabulary()
    for what, asked in (("commonest", (words[0],)), ("two common", words[:2]), ("seldom", (words[20_000],))):
        took, found = [], 0
        for _ in range(20):
            busy = time.process_time()
            found = find(tuple(asked))
            took.append((time.process_time() - busy) * 1000)
        print(f"  {name}, {what}: {sorted(took)[10]:.2f} ms of work, {found} candidates")


def _stolen(counts: dict[bytes, int], key: bytes, count: int) -> None:
    """How many tokens are named rightly, or to a few, by how often they come."""
    elsewhere: Counter[str] = Counter()
    other = Said(2)
    for _ in range(count):
        elsewhere.update(other.words())
    tokens = sorted(counts, key=lambda token: -counts[token])
    known = [_token(key, word) for word, _ in elsewhere.most_common(max(_RANKS) + 100)]
    place = {token: at for at, token in enumerate(known)}
    rows = sum(counts.values())
    for most in _RANKS:
        right = sum(tokens[at] == known[at] for at in range(most))
        near = sum(abs(place.get(tokens[at], 10**6) - at) <= 5 for at in range(most))
        said = sum(counts[token] for token in tokens[:most]) / rows
        print(
            f"  a thief: of the {most} commonest tokens {right} named, {near} within five ranks; {said:.0%} of all said"
        )


def main(count: int) -> None:
    """Both."""
    in_memory(count)
    with tempfile.TemporaryDirectory() as folder:
        in_the_database(count, Path(folder))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
