"""`resi audit verify`: what somebody with the database did to the trail is found, and the first bad row is named."""

from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from core.model import AuditEntry
from storage import new_key_line, open_store, parse_keys
from tests.fakes.forked_programs import ForkedProgram
from tests.fakes.nouns import NOW
from tests.fakes.resi_process import Resi

pytestmark = pytest.mark.journey

ROWS = 5
_MOVED = ("UPDATE audit SET seq = -seq WHERE seq >= 3", "UPDATE audit SET seq = 1 - seq WHERE seq < 0")
_COPY = "INSERT INTO audit (seq, at, sealed, hash) SELECT {to}, at, sealed, hash FROM audit WHERE seq = {of}"
ATTACKS = {
    "changed": (("UPDATE audit SET at = '2020-01-01 00:00:00+00' WHERE seq = 2",), 2),
    "removed": (("DELETE FROM audit WHERE seq = 3",), 3),
    "removed, and the others moved up": (
        # by way of far away: no two rows may have one number in between
        ("DELETE FROM audit WHERE seq = 1", "UPDATE audit SET seq = seq + 1000", "UPDATE audit SET seq = seq - 1001"),
        1,
    ),
    "reordered": (
        (
            "UPDATE audit SET seq = 99 WHERE seq = 2",
            "UPDATE audit SET seq = 2 WHERE seq = 3",
            "UPDATE audit SET seq = 3 WHERE seq = 99",
        ),
        2,
    ),
    "inserted": ((*_MOVED, _COPY.format(to=3, of=2)), 3),
    "added at the end": ((_COPY.format(to=ROWS + 1, of=ROWS),), ROWS + 1),
    "cut off at the end": (("DELETE FROM audit WHERE seq >= 4",), 4),
    "cut off with its head": (
        (
            "DELETE FROM audit WHERE seq >= 4",
            "UPDATE chain_head SET seq = 3, hash = (SELECT hash FROM audit WHERE seq = 3)",
        ),
        4,
    ),
}


@pytest.fixture
def resi(sql_url: str, tmp_path: Path) -> Resi:
    """Not running: the commands are enough. A trail of a few rows."""
    line = new_key_line("k1")
    with closing(open_store(sql_url, parse_keys(line))) as store:
        for at in range(ROWS):
            store.run(lambda tx, act=f"act {at}": tx.audit.add(AuditEntry(NOW, "siti", act)))  # type: ignore[misc]  # a default binds the loop variable
    return Resi(tmp_path / "resi", {"DATABASE_URL": sql_url, "KEYS": line})


def _attack(url: str, *commands: str) -> None:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        for command in commands:
            connection.execute(text(command))


def test_each_attack_is_found_and_the_first_bad_row_named(resi: Resi, sql_url: str) -> None:
    """One after the other on one trail, each taken back before the next."""
    held = resi.runs("audit", "verify")
    assert (held.status, held.told) == (0, f"{ROWS} rows, the chain holds.\n")
    _attack(sql_url, "CREATE TABLE kept AS SELECT * FROM audit", "CREATE TABLE kept_head AS SELECT * FROM chain_head")
    found = {}
    for name, (commands, _) in ATTACKS.items():
        _attack(sql_url, *commands)
        ran = resi.runs("audit", "verify")
        found[name] = (ran.status, ran.told)
        _attack(
            sql_url,
            *("DELETE FROM audit", "INSERT INTO audit SELECT * FROM kept"),
            *("DELETE FROM chain_head", "INSERT INTO chain_head SELECT * FROM kept_head"),
        )

    _attack(sql_url, "DROP TABLE kept", "DROP TABLE kept_head")
    assert found == {
        name: (1, f"Row {bad} does not hold: it was changed, removed or moved.\n") for name, (_, bad) in ATTACKS.items()
    }


def test_a_trail_that_was_put_back_as_it_was_earlier_cannot_be_told(resi: Resi, sql_url: str) -> None:
    """What is not seen: said in docs/decisions/0014, and why a copy belongs elsewhere."""
    _attack(sql_url, "CREATE TABLE kept AS SELECT * FROM audit", "CREATE TABLE kept_head AS SELECT * FROM chain_head")
    hired = ("staff", "add", "baru", "--agency", "biro_pemerintahan", "--role", "biro")
    assert resi.runs(*hired).status == 0
    assert resi.runs("audit", "verify").told == f"{ROWS + 1} rows, the chain holds.\n"
    _attack(
        sql_url,
        *("DELETE FROM audit", "INSERT INTO audit SELECT * FROM kept"),
        *("DELETE FROM chain_head", "INSERT INTO chain_head SELECT * FROM kept_head"),
        *("DROP TABLE kept", "DROP TABLE kept_head"),
    )
    assert resi.runs("audit", "verify").told == f"{ROWS} rows, the chain holds.\n"


ADDS = """
import sys
from contextlib import closing
from core.errors import StoreAway
from core.model import AuditEntry
from storage import open_store, parse_keys
from tests.fakes.nouns import NOW

with closing(open_store(sys.argv[1], parse_keys(sys.argv[2]))) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(sys.argv[3])):
        added = False
        while not added:  # on a busy machine the others may hold SQLite for longer than a turn waits
            try:
                store.run(lambda tx: [tx.audit.add(AuditEntry(NOW, "siti", f"{number} {part}")) for part in "ab"])
                added = True
            except StoreAway:
                pass
"""
PROCESSES, TURNS = 3, 40


def test_processes_that_add_at_once_make_one_chain(resi: Resi, sql_url: str) -> None:
    with ExitStack() as stack:
        adding = [
            stack.enter_context(ForkedProgram(ADDS, sql_url, resi.settings["KEYS"], str(TURNS)))
            for _ in range(PROCESSES)
        ]
        for each in adding:
            assert each.stdout.readline() == "ready\n"
        for each in adding:
            each.stdin.write("\n")
            each.stdin.flush()
        assert [(each.wait(), each.said()) for each in adding] == [(0, "")] * PROCESSES
    rows = ROWS + 2 * PROCESSES * TURNS
    assert resi.runs("audit", "verify").told == f"{rows} rows, the chain holds.\n"
