"""Years before a filled city, on SQLite: what is left of reports whose words had their time, made of its own rows.

Such a report has no key and no address any more, so that nothing of it is ever opened: ids, numbers and times are made
anew and all else is copied, which takes a twentieth of making it. History and figures of those years are left out.
"""

import sqlite3

from storage.engine import sqlite_path

_CACHE = 1_000_000  # KiB
_SHIFTED = frozenset({"received", "due", "closed", "batch", "updated"})
_TABLES = {  # what each keeps besides its times, and by what its report is named
    "report": "id",
    "held": "report",
    "holder": "report",
    "published": "report",
}
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def add(url: str, count: int, days: int) -> int:
    """So many more reports, a copy of all that ended for each `days` further back; how many there are then."""
    database = sqlite3.connect(sqlite_path(url), isolation_level=None)
    for line in (
        "journal_mode=OFF",
        "synchronous=OFF",
        f"cache_size=-{_CACHE}",
        "foreign_keys=OFF",
        "temp_store=MEMORY",
    ):
        database.execute(f"PRAGMA {line}")
    indexes = database.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        database.execute(f'DROP INDEX "{name}"')
    database.execute("CREATE TEMP TABLE first AS SELECT id, number FROM report WHERE closed IS NOT NULL")
    left, back = count, 0
    while left > 0:
        back += 1
        left -= _copied(database, back, f"-{back * days} days", left)
    for _, made in indexes:
        database.execute(made)
    database.execute("PRAGMA journal_mode=WAL")
    [there] = database.execute("SELECT count(*) FROM report").fetchone()
    database.close()
    return int(there)


def _copied(database: sqlite3.Connection, back: int, shift: str, most: int) -> int:
    database.execute("BEGIN")
    turned = f"substr(id, {back + 1}) || substr(id, 1, {back})"
    number = "'R' || " + " || ".join([f"substr('{_CROCKFORD}', abs(random() % 32) + 1, 1)"] * 8)
    chosen = f"SELECT id, {turned} AS anew, {number} AS called FROM first LIMIT {most}"  # noqa: S608 - numbers of ours
    database.execute(f"CREATE TEMP TABLE chosen AS {chosen}")
    database.execute("CREATE UNIQUE INDEX temp.chosen_by_id ON chosen (id)")
    for table, named in _TABLES.items():
        columns = [name for _, name, *_ in database.execute(f'PRAGMA table_info("{table}")')]
        values = ", ".join(_value(table, column, named, shift) for column in columns)
        listed = ", ".join(f'"{column}"' for column in columns)
        database.execute(
            f'INSERT OR IGNORE INTO "{table}" ({listed}) SELECT {values} '  # noqa: S608 - names of ours
            f'FROM "{table}" AS t JOIN chosen ON chosen.id = t."{named}"'
        )
    [(copied,)] = database.execute("SELECT count(*) FROM chosen")
    database.execute("DROP TABLE chosen")
    database.execute("COMMIT")
    return int(copied)


def _value(table: str, column: str, named: str, shift: str) -> str:
    if column == named:
        return "chosen.anew"
    if column == "number":
        return "chosen.called"
    if column in _SHIFTED:
        return f"strftime('%Y-%m-%d %H:%M:%f000', t.\"{column}\", '{shift}')"
    return {("holder", "code"): "randomblob(32)", ("holder", "contact"): "NULL"}.get((table, column), f't."{column}"')
