"""Durable turns a second, as a city on a rainy morning would send them: python -m benchmarks.storage_turns [URL]."""

import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.messages import Address, Line, Option, Say, WireId
from core.model import (
    AgencyId,
    CategoryId,
    CodeHolder,
    Contact,
    ContactId,
    Delivery,
    DeliveryId,
    DeliveryKind,
    Dialogue,
    Draft,
    HistoryEntry,
    Number,
    Place,
    Report,
    ReportId,
    Role,
    Status,
    Step,
    TrackingCode,
)
from core.ports import UnitOfWork
from storage import AddressSealer, SqlStore, migrate, new_key_line, new_pair, open_store, parse_keys

_NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
_SAY = Say(
    (Line("ask_place"), Line("hint", (("number", "112"),))), (Option("1", "Jalan rusak"), Option("2", "Lampu mati"))
)
_TEXT = "Lampu jalan di depan pasar mati sejak tiga malam, gelap sekali dan sudah ada yang jatuh. " * 2


def asking(sender: Address) -> Callable[[UnitOfWork], None]:
    """A message in the middle of a dialogue: seen, read, stored, answered."""

    def turn(tx: UnitOfWork) -> None:
        ordering_key = tx.dialogues.ordering_key("sms", sender)
        tx.inbox.record_if_new("sms", WireId(secrets.token_hex(16)), _NOW)
        tx.dialogues.get(ordering_key)
        tx.dialogues.put(ordering_key, Dialogue("id", Step.PLACE, Draft(_TEXT, CategoryId("lampu_jalan"))), _NOW)
        tx.outbox.add(_reply(ordering_key, sender, None))

    return turn


def filing(sender: Address) -> Callable[[UnitOfWork], None]:
    """The last message: report, history, holder, code, contact, answer."""

    def turn(tx: UnitOfWork) -> None:
        ordering_key = tx.dialogues.ordering_key("sms", sender)
        tx.inbox.record_if_new("sms", WireId(secrets.token_hex(16)), _NOW)
        tx.dialogues.get(ordering_key)
        report, contact = ReportId(secrets.token_hex(16)), ContactId(secrets.token_hex(16))
        agency = AgencyId("kel:31.74.01.1001")
        tx.reports.add(
            Report(
                id=report,
                number=Number("R" + secrets.token_hex(4)),
                channel="sms",
                status=Status.MENUNGGU,
                category=CategoryId("lampu_jalan"),
                agency=agency,
                received=_NOW,
                due=_NOW + timedelta(days=7),
                text=_TEXT,
                place=Place(words="depan pasar"),
            ),
            HistoryEntry(_NOW, Status.MENUNGGU, agency),
        )
        code = TrackingCode(f"{secrets.randbelow(10**16):016d}")
        tx.code_holders.add(
            CodeHolder(report, Role.REPORTER, "4321", contact), code, Contact(contact, "sms", sender, "id")
        )
        tx.dialogues.put(ordering_key, Dialogue("id"), _NOW)
        tx.outbox.add(_reply(ordering_key, sender, contact))

    return turn


def story(sender: Address) -> Callable[[UnitOfWork], None]:
    """Any message of a guided story: the fifth files it."""
    return filing(sender) if secrets.randbelow(5) == 0 else asking(sender)


def _reply(ordering_key: bytes, sender: Address, contact: ContactId | None) -> Delivery:
    return Delivery(
        DeliveryId(secrets.token_hex(16)),
        ordering_key,
        DeliveryKind.REPLY,
        "sms",
        sender,
        _SAY,
        "id",
        _NOW,
        contact=contact,
    )


def measure(store: SqlStore, make: Callable[[Address], Callable[[UnitOfWork], None]], threads: int, each: int) -> float:
    """Turns a second."""

    def work(name: int) -> None:
        sender = Address(f"+62812{name:07d}")
        for _ in range(each):
            store.run(make(sender), ordering_key=sender.reveal().encode())

    crowd = [threading.Thread(target=work, args=(name,)) for name in range(threads)]
    began = time.perf_counter()
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    return threads * each / (time.perf_counter() - began)


def main(url: str) -> None:
    """Prints a line a measurement: without a pair of keys for addresses, then with one."""
    migrate(url)
    keys = parse_keys(new_key_line("bench"))
    for pair, sealer in (("no pair", None), ("a pair", AddressSealer.parse(new_pair()[1]))):
        store = open_store(url, keys, sealer)
        try:
            for name, make in (("asking", asking), ("filing", filing), ("story", story)):
                for threads, each in ((1, 300), (8, 100), (64, 60)):
                    spent = time.process_time()
                    rate = measure(store, make, threads, each)
                    spent = (time.process_time() - spent) * 1000 / (threads * each)
                    print(
                        f"{pair:7} {name:7} {threads:3} threads {rate:8.0f} turns/s {spent:6.2f} ms of processor each"
                    )
        finally:
            store.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1])
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(f"sqlite:///{Path(folder) / 'bench.db'}")
