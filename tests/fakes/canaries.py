"""Looking for canaries: every place where something is kept, and every form in which a word could lie there."""

import base64
from collections.abc import Iterator

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

from tests.fakes.resi_process import Resi


def places_of(resi: Resi) -> dict[str, bytes]:
    """All that a thief, an administrator or a reader of logs could have."""
    files = [path for path in resi.data.rglob("*") if path.is_file() and resi.data / "outbox" not in path.parents]
    kept = b"\n".join(str(path.relative_to(resi.data)).encode() + b"\n" + path.read_bytes() for path in files)
    return {"files": kept, "log": resi.log.read_bytes(), "tables": tables_of(resi.database_url)}


def tables_of(url: str) -> bytes:
    """Every value of every row, as it is stored."""
    engine = create_engine(url, poolclass=NullPool)
    values = []
    with engine.connect() as connection:
        for name in inspect(engine).get_table_names():
            rows = connection.execute(text(f'SELECT * FROM "{name}"'))  # noqa: S608 - a name that the database gave
            values += [value for row in rows for value in row]
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)


def forms_of(canary: str) -> Iterator[bytes]:
    """How it could be written down."""
    plain = canary.encode()
    yield from (plain, canary.encode("utf-16-le"), canary.encode("utf-16-be"), plain.hex().encode(), plain[::-1])
    yield from (canary.lower().encode(), canary.upper().encode())
    # In base64 the letters depend on where in its threes the word begins; those at the edges on its neighbours.
    for shift in range(3):
        yield base64.b64encode(b"\0" * shift + plain)[2 * (shift > 0) + 2 * (shift > 1) :].rstrip(b"=")[:-1]
    if canary.isdigit():
        yield int(canary).to_bytes((int(canary).bit_length() + 7) // 8, "big")
        yield int(canary).to_bytes(8, "little")  # as PostgreSQL keeps a number


def found_in(place: bytes, canaries: Iterator[str]) -> list[str]:
    return [canary for canary in canaries if any(form in place for form in forms_of(canary))]
