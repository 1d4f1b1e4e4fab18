"""What photos of results look like, in an index: a copy is found by a few short values, never by reading them all."""

from collections.abc import Sequence

from sqlalchemy import and_, bindparam, insert, or_, select

from core import likeness
from core.messages import Look
from core.model import ReportId
from storage.statements import Statements
from storage.tables import LOOK

_EXACT = 2 * likeness.CHUNKS  # the chunk under which the digest of the very file stands
_PROBES = 1 + likeness.CHUNK_BITS
_MOST = 4000  # rows that one look-up reads at most
_ADD = insert(LOOK)


def _name(chunk: int, probe: int) -> str:
    return f"v{chunk}_{probe}"


def _near(chunk: int) -> tuple[str, ...]:
    return tuple(_name(chunk, probe) for probe in range(_PROBES if chunk < _EXACT else 1))


_LIKE = (
    select(LOOK.c.report, LOOK.c.chunk, LOOK.c.whole)
    .where(
        LOOK.c.scope == bindparam("scope"),
        or_(
            *(
                and_(LOOK.c.chunk == chunk, or_(*(LOOK.c.value == bindparam(name) for name in _near(chunk))))
                for chunk in range(_EXACT + 1)
            )
        ),
    )
    .limit(_MOST)
)


class SqlLooks:
    """core.ports.Looks. Wholes stand under the first chunks, middles under the next, the file itself under the last."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    def keep(self, report: ReportId, look: Look, scope: str) -> None:
        """A row for each chunk of each hash; the same twice is kept twice, and costs nothing."""
        found = [
            (chunk, value, window)
            for at, window in enumerate(look.hashes)
            for chunk, value in enumerate(likeness.chunks(window), likeness.CHUNKS * (at >= len(look.hashes) // 2))
        ]
        found.append((_EXACT, int.from_bytes(look.exact[:2]), look.exact))
        rows = [
            {"report": report, "scope": scope, "chunk": chunk, "value": value, "whole": whole}
            for chunk, value, whole in found
        ]
        self._statements.change_all(_ADD, rows)

    def like(self, look: Look, scope: str) -> Sequence[ReportId]:
        """Nearest first."""
        asked: dict[str, object] = {"scope": scope, _name(_EXACT, 0): int.from_bytes(look.exact[:2])}
        for first, window in zip((0, likeness.CHUNKS), likeness.asked(look), strict=True):
            for chunk, value in enumerate(likeness.chunks(window), first):
                asked |= {_name(chunk, n): probe for n, probe in enumerate(likeness.probes(value))}
        found: dict[ReportId, float] = {}
        for row in self._statements.rows(_LIKE, asked):
            far = _difference(look, row.chunk, row.whole)
            if far <= likeness.ALIKE and far < found.get(row.report, 1):
                found[row.report] = far
        return sorted(found, key=lambda report: (found[report], report))


def _difference(look: Look, chunk: int, whole: bytes) -> float:
    if chunk == _EXACT:
        return 0.0 if whole == look.exact else 1.0
    return likeness.difference(likeness.asked(look)[chunk >= likeness.CHUNKS], whole)
