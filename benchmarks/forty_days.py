"""Forty days of a city, 400 reports in each, on both databases, compared with a count by hand.

python -m benchmarks.forty_days [DAYS] [REPORTS A DAY]
"""

import sys
import tempfile
import time
from pathlib import Path

from storage import migrate, new_key_line, open_store, parse_keys
from tests.fakes.by_hand import counted, differences
from tests.fakes.forty_days import City, Days
from tests.fakes.postgres_server import NoServer, OwnServer


def lived(url: str, days: Days) -> None:
    """Prints a line, and stops where the count by hand says otherwise."""
    migrate(url)
    store = open_store(url, parse_keys(new_key_line("bench")))
    try:
        began, worked = time.perf_counter(), time.process_time()
        city = City(store, days)
        city.lives()
        took, worked = time.perf_counter() - began, time.process_time() - worked
    finally:
        store.close()
    hand = counted(city.log)
    wrong = differences(city.kept, hand)
    turns = sum(city.turns[each] for each in ("messages in", "acts", "clock", "sent"))
    print(
        f"{url.partition(':')[0].partition('+')[0]:10} {days.many} days in {took:.0f} s ({worked:.0f} s of one "
        f"processor), {turns / took:.0f} turns/s: {len(hand.ends)} reports, {city.turns['acts']} acts, "
        f"{len(hand.notices)} notices, {hand.messages.total()} messages; "
        + ("as counted by hand" if not wrong else "NOT AS COUNTED BY HAND")
    )
    if wrong:
        sys.exit("\n".join(wrong))


def main(days: Days) -> None:
    """SQLite, then PostgreSQL where there is a server to start."""
    with tempfile.TemporaryDirectory() as folder:
        lived(f"sqlite:///{Path(folder) / 'bench.db'}", days)
    try:
        server = OwnServer()
    except NoServer as missing:
        print(f"no PostgreSQL here: {missing}")
        return
    try:
        lived(server.fresh(), days)
    finally:
        server.stop()


if __name__ == "__main__":
    many, reports = (int(each) for each in (sys.argv[1:] + ["40", "400"][len(sys.argv[1:]) :]))
    main(Days(many, reports))
