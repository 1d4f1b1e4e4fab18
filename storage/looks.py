"""What photos of results look like, in an index: a copy is found by a few short values, never by reading them all."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select, union_all
from sqlalchemy.dialects.postgresql import Insert, insert  # SQLite writes ON CONFLICT the same way

from core import likeness
from core.messages import Look
from core.model import ReportId
from storage.lists import filled, places
from storage.statements import Statements
from storage.tables import LOOK

_EXACT = 2 * likeness.CHUNKS  # the chunk under which the digest of the very file stands
_PROBES = 1 + likeness.CHUNK_BITS
_MOST = 10_000  # rows that one look-up reads at most
_COLUMNS = ("report", "scope", "chunk", "value", "whole")


@cache
def _adding(rows: int) -> Insert:
    return insert(LOOK).values(places(_COLUMNS, rows)).on_conflict_do_nothing()


def _name(chunk: int, probe: int) -> str:
    return f"v{chunk}_{probe}"


def _near(chunk: int) -> tuple[str, ...]:
    return tuple(_name(chunk, probe) for probe in range(_PROBES if chunk < _EXACT else 1))


def _at(chunk: int, value: str) -> Select[Any]:
    """Of one value; of a list PostgreSQL would read the whole chunk, as long as the table was not analyzed."""
    which = LOOK.c.scope == bindparam("scope"), LOOK.c.chunk == chunk, LOOK.c.value == bindparam(value)
    return select(LOOK.c.report, LOOK.c.chunk, LOOK.c.whole).where(*which)


# The very same file first: whatever is cut off, it is found.
_LIKE = union_all(*(_at(chunk, value) for chunk in (_EXACT, *range(_EXACT)) for value in _near(chunk))).limit(_MOST)


def rows_of(report: ReportId, look: Look, scope: str) -> list[dict[str, object]]:
    """A row for each chunk of each hash, and one for the file itself."""
    found = [
        (chunk, value, window)
        for at, window in enumerate(look.hashes)
        for chunk, value in enumerate(likeness.chunks(window), likeness.CHUNKS * (at >= len(look.hashes) // 2))
    ]
    found.append((_EXACT, int.from_bytes(look.exact[:2]), look.exact))
    return [
        {"report": report, "scope": scope, "chunk": chunk, "value": value, "whole": whole}
        for chunk, value, whole in found
    ]


class SqlLooks:
    """core.ports.Looks. Wholes stand under the first chunks, middles under the next, the file itself under the last."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    def keep(self, report: ReportId, look: Look, scope: str) -> None:
        """The same twice is kept once."""
        rows = rows_of(report, look, scope)
        self._statements.change(_adding(len(rows)), filled(rows))

    def like(self, look: Look, scope: str) -> Sequence[ReportId]:
        """Nearest first."""
        asked: dict[str, object] = {"scope": scope, _name(_EXACT, 0): int.from_bytes(look.exact[:2])}
        for first, window in zip((0, likeness.CHUNKS), likeness.asked(look), strict=True):
            for chunk, value in enumerate(likeness.chunks(window), first):
                asked |= {_name(chunk, n): probe for n, probe in enumerate(likeness.probes(value))}
        found: dict[ReportId, float] = {}
        near = tuple(map(likeness.Nearness, likeness.asked(look)))
        for row in self._statements.rows(_LIKE, asked):
            if row.chunk == _EXACT:
                far = 0.0 if row.whole == look.exact else 1.0
            else:
                far = near[row.chunk >= likeness.CHUNKS].to(row.whole)
            if far <= likeness.ALIKE and far < found.get(row.report, 1):
                found[row.report] = far
        return sorted(found, key=lambda report: (found[report], report))
