"""SIGKILL in the middle of turns: whatever was acknowledged is there, and no turn is there by half."""

import signal
from contextlib import closing

import pytest

from core.model import ReportId
from storage import open_store, parse_keys
from storage.vault import new_key_line
from tests.fakes.forked_programs import ForkedProgram

pytestmark = pytest.mark.crash

WRITER = """
import sys, threading
from dataclasses import replace
from storage import open_store, parse_keys
from tests.fakes import nouns

store = open_store(sys.argv[1], parse_keys(sys.argv[2]))
say = threading.Lock()

def work():
    while True:
        report, code = nouns.report("Lampu"), nouns.code()
        def turn(tx):
            tx.reports.add(report, nouns.entry("masuk"))
            tx.code_holders.add(nouns.holder(report, code, None), code, None)
        store.run(turn)
        with say:
            print(report.id, flush=True)

threads = [threading.Thread(target=work) for _ in range(6)]
for each in threads:
    each.start()
for each in threads:
    each.join()
"""


def test_what_was_acknowledged_before_a_kill_is_there(sql_url: str) -> None:
    keys = new_key_line("k1")
    with ForkedProgram(WRITER, sql_url, keys) as writer:
        acknowledged = [writer.stdout.readline().strip() for _ in range(150)]
        writer.send_signal(signal.SIGKILL)
        acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]
    assert all(acknowledged)
    with closing(open_store(sql_url, parse_keys(keys))) as store:
        entries = store.run(lambda tx: [len(tx.reports.history(ReportId(report))) for report in acknowledged])
        assert entries == [1] * len(acknowledged)
        assert store.figures.total() >= len(acknowledged)
