"""What photos of results look like, in an index: a copy is found by a few short values, never by reading them all."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    bindparam,
    cast,
    select,
    tuple_,
    union_all,
)

from core import image_similarity
from core.messages import PerceptualHash
from core.model import ReportId
from storage.lists import listed
from storage.statements import Statements
from storage.tables import LOOK
from storage.upserts import Upsert, insert

_EXACT = 2 * image_similarity.CHUNKS  # the chunk under which the digest of the very file stands
_VALUES = 1 << image_similarity.CHUNK_BITS
_MOST = 10_000  # rows that one look-up reads at most


@cache
def _adding(hashes: int) -> Upsert:
    """A row for each chunk of each hash, and one for the file itself; what many rows share is given once."""
    shared = {"report": _given("report", "report"), "scope": _given("scope", "scope")}
    rows = [
        shared
        | {"chunk": first + chunk, "value": _given("value", _part(at, chunk)), "whole": _given("whole", f"h{at}")}
        for at in range(hashes)
        for first in (image_similarity.CHUNKS * (at >= hashes // 2),)
        for chunk in range(image_similarity.CHUNKS)
    ]
    rows.append(shared | {"chunk": _EXACT, "value": _given("value", "start"), "whole": _given("whole", "exact")})
    return insert(LOOK).values(rows).on_conflict_do_nothing()


def _given(column: str, name: str) -> BindParameter[Any]:
    return bindparam(name, type_=LOOK.c[column].type)


def _part(at: int, chunk: int) -> str:
    return f"p{at}_{chunk}"


def _start(exact: bytes) -> int:
    return int.from_bytes(exact[:2])


def _in_scope(*which: ColumnElement[bool]) -> Select[Any]:
    return select(LOOK.c.report, LOOK.c.chunk, LOOK.c.whole).where(LOOK.c.scope == bindparam("scope"), *which)


def _like(*, laterally: bool) -> CompoundSelect[Any]:
    """The very same file first, so that it is found whatever is cut off; then what is near.

    `laterally` each value is looked up by itself (the OFFSET keeps it so): in any other form PostgreSQL reads all of a
    scope or a chunk, as long as the table was not analyzed.
    """
    same = _in_scope(LOOK.c.chunk == _EXACT, LOOK.c.value == _given("value", "start"))
    wanted = listed("near")
    number = cast(wanted.c.value, Integer)
    chunk, value = number.op("/")(_VALUES), number % _VALUES
    if laterally:
        each = _in_scope(LOOK.c.chunk == chunk, LOOK.c.value == value).offset(0).lateral()
        near = select(*each.columns).select_from(wanted, each)
    else:
        near = _in_scope(tuple_(LOOK.c.chunk, LOOK.c.value).in_(select(chunk, value)))
    return union_all(same, near).limit(_MOST)


_LIKE = {laterally: _like(laterally=laterally) for laterally in (False, True)}


class SqlPerceptualHashes:
    """core.ports.PerceptualHashes.

    Wholes stand under the first chunks, middles under the next, the file itself under the last.
    """

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    def keep(self, report: ReportId, photo_hash: PerceptualHash, scope: str) -> None:
        """Inserts the hash in its chunks; the same hash again changes nothing."""
        given: dict[str, object] = {
            "report": report,
            "scope": scope,
            "start": _start(photo_hash.exact),
            "exact": photo_hash.exact,
        }
        for at, each in enumerate(photo_hash.hashes):
            given[f"h{at}"] = each
            given |= {_part(at, chunk): value for chunk, value in enumerate(image_similarity.chunks(each))}
        self._statements.change(_adding(len(photo_hash.hashes)), given)

    def similar_to(self, photo_hash: PerceptualHash, scope: str) -> Sequence[ReportId]:
        """Returns reports of the scope, most similar first."""
        wanted = [
            chunk * _VALUES + probe
            for first, window in zip((0, image_similarity.CHUNKS), image_similarity.asked(photo_hash), strict=True)
            for chunk, value in enumerate(image_similarity.chunks(window), first)
            for probe in image_similarity.probes(value)
        ]
        asked = {"scope": scope, "start": _start(photo_hash.exact), "near": json.dumps(wanted)}
        found: dict[ReportId, float] = {}
        near = tuple(map(image_similarity.Nearness, image_similarity.asked(photo_hash)))
        for row in self._statements.rows(_LIKE[self._statements.laterally], asked):
            if row.chunk == _EXACT:
                far = 0.0 if row.whole == photo_hash.exact else 1.0
            else:
                far = near[row.chunk >= image_similarity.CHUNKS].to(row.whole)
            if far <= image_similarity.ALIKE and far < found.get(row.report, 1):
                found[row.report] = far
        return sorted(found, key=lambda report: (found[report], report))
