"""Turns in process: a mail that files, a long one, a draft that grows; beside plain commits and django-helpdesk."""

import json
import os
import shlex
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from app.runtime import Runtime, open_runtime
from benchmarks.speed.target import Target
from bots.mail.compose import compose
from bots.mail.envelope import envelope_of
from bots.mail.setup import setup_of
from core import intake
from core.messages import Address, Envelope, Incoming, Outgoing, WireId
from tests.fakes.set_up import settings_in

ROOT = Path(__file__).resolve().parents[2]
US = "lapor@localhost"
WARM = 10  # turns that are not counted
HELPDESK = Path(__file__).with_name("helpdesk_side.py")
SHORT = (
    "Jalan berlubang besar di depan pasar, sudah seminggu tidak ada yang memperbaiki. Kemarin dua motor jatuh. "
    "Mohon segera diperbaiki, Kelurahan Tebet Barat. Nama saya Budi, telepon 0812-3456-7890."
)
MORE = (
    " Warga sudah melapor ke ketua RT tetapi belum ada tanggapan. Setiap hujan lubang itu tertutup air dan pengendara "
    "tidak bisa melihatnya, apalagi malam hari karena lampu penerangan di sana juga kurang terang."
)
LONG = (SHORT + MORE * 12)[:2000]
DRAFT = (
    "Halo",
    "Lampu jalan mati sudah tiga malam",
    "gelap sekali, kemarin ada yang jatuh dari motor",
    "di Jalan Tebet Timur Raya dekat pasar, kelurahan Tebet Timur",
    "1",
)


def filed(text: str, count: int = 60) -> float:
    """Milliseconds of processor for a mail that is filed: turn, commit and answer."""
    with tempfile.TemporaryDirectory() as folder, closing(open_runtime(settings_in(Path(folder)))) as opened:

        def one(number: int) -> None:
            envelope = Envelope("mail", Address(f"w{number}@example.org"), WireId(f"{number}"), text=f"{text} {number}")
            _take(opened, envelope)
            compose(Outgoing(Address("w@example.org"), text, id=str(number), subject="Laporan warga"), US, "localhost")

        return _spent(one, count)


def grown(count: int = 30) -> float:
    """The same for a report that is told in five messages, all of them together."""
    with tempfile.TemporaryDirectory() as folder, closing(open_runtime(settings_in(Path(folder)))) as opened:

        def one(number: int) -> None:
            for at, text in enumerate(DRAFT):
                envelope = Envelope("telegram", Address(f"{number}"), WireId(f"{number}-{at}"), text=text)
                _take(opened, envelope)

        return _spent(one, count)


def _take(opened: Runtime, envelope: Envelope) -> None:
    """Turn and commit of one message."""
    opened.store.run(lambda tx: intake.message(tx, Incoming(envelope), opened.clock.now(), opened.context))


def _spent(one: Callable[[int], None], count: int) -> float:
    for number in range(WARM):
        one(-1 - number)
    began = time.process_time()
    for number in range(count):
        one(number)
    return (time.process_time() - began) / count * 1000


def plain_commits(count: int = 300) -> float:
    """Single durable commits a second of a row like a report's, by sqlite3 alone."""
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(Path(folder, "plain.db"))) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE report (id TEXT PRIMARY KEY, body BLOB)")
        began = time.perf_counter()
        for number in range(count):
            with database:
                database.execute("INSERT INTO report VALUES (?, ?)", (f"{number:032x}", os.urandom(1500)))
        return count / (time.perf_counter() - began)


def grouped_turns(threads: int = 64, each: int = 12) -> float:
    """Turns a second that file, as many at once as a service lets wait for one commit."""
    with tempfile.TemporaryDirectory() as folder, closing(open_runtime(settings_in(Path(folder)))) as opened:

        def work(name: int) -> None:
            for number in range(each):
                sender, wire = Address(f"w{name}-{number}@example.org"), WireId(f"{name}-{number}")
                envelope = Envelope("mail", sender, wire, text=f"{SHORT} {number}")
                _take(opened, envelope)

        return threads * each / together(work, threads)


def together(work: Callable[[int], None], threads: int) -> float:
    """Seconds until all have done it."""
    with ThreadPoolExecutor(threads) as crowd:
        began = time.perf_counter()
        for _ in crowd.map(work, range(threads)):
            pass
        return time.perf_counter() - began


def mails_beside(count: int = 110) -> Iterator[Target]:
    """From its bytes to a kept report and a composed answer; nothing where django-helpdesk is not to be had.

    RESI_BENCH_HELPDESK says how a Python is called that has it.
    """
    command = shlex.split(os.environ.get("RESI_BENCH_HELPDESK", ""))  # noqa: TID251 - a benchmark has no settings
    if not command:
        print("django-helpdesk: not measured (RESI_BENCH_HELPDESK: a Python that has it)")
        return
    mails = [
        f"From: w{n}@warga.example\r\nTo: {US}\r\nSubject: Jalan {n}\r\nMessage-ID: <{n}@x>\r\n\r\n{SHORT} {n}\r\n"
        for n in range(count)
    ]
    done = subprocess.run(  # noqa: S603 - as the operator says
        [*command, str(HELPDESK)], input=json.dumps(mails), stdout=subprocess.PIPE, text=True, check=True
    )
    rate, spent = json.loads(done.stdout)
    own, cost = from_bytes(mails)
    print(
        f"mails in process, each committed: {own:.0f}/s, {cost:.1f} ms; django-helpdesk: {rate:.0f}/s, {spent:.1f} ms"
    )
    yield Target("mails in process, beside django-helpdesk", own / rate, least=8, beside="django-helpdesk, in process")
    yield Target(
        "processor for a mail, beside django-helpdesk", spent / cost, least=8, beside="django-helpdesk, in process"
    )


def from_bytes(mails: Sequence[str]) -> tuple[float, float]:
    """Mails a second, and milliseconds of processor for each: read, filed, committed and answered, as theirs are."""
    setup = setup_of({"MAIL_ADDRESS": US, "MAIL_HOSTNAME": "localhost"})
    with tempfile.TemporaryDirectory() as folder, closing(open_runtime(settings_in(Path(folder)))) as opened:

        def one(number: int) -> None:
            sender = f"w{number}@warga.example"
            envelope = envelope_of(mails[number].encode(), sender, setup)
            if envelope is None:
                sys.exit("a mail was taken for a program's")
            _take(opened, envelope)
            compose(Outgoing(Address(sender), SHORT, id=str(number), subject="Laporan warga"), US, "localhost")

        for number in range(WARM):
            one(number)
        count = len(mails) - WARM
        began, spent = time.perf_counter(), time.process_time()
        for number in range(WARM, len(mails)):
            one(number)
        took, spent = time.perf_counter() - began, time.process_time() - spent
        return count / took, spent / count * 1000


def measured() -> Iterator[Target]:
    """Turns and commits alone."""
    plain, grouped = plain_commits(), grouped_turns()
    print(f"turns that file, grouped: {grouped:.0f}/s; plain commits: {plain:.0f}/s")
    yield Target(
        "turns that file, grouped, beside plain commits", grouped / plain, least=0.3, beside="commits by sqlite3"
    )
    yield Target("a filed mail in process, ms", filed(SHORT), most=5)
    yield Target("one of 2,000 characters, ms", filed(LONG), most=5)
    yield Target("a draft grown in five messages, ms", grown(), most=5)
    yield from mails_beside()
