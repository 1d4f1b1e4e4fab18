"""What a message costs, each figure beside a plain program in the same run: python benchmarks/performance.py.

Mails over SMTP are sent by a process of its own, so that the service has as much of the machine as it had from afar.
"""

import asyncio
import os
import smtplib
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from aiosmtpd.controller import Controller

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.runtime import open_runtime
from bots.mail.compose import compose
from core import intake
from core.messages import Address, Envelope, Incoming, Outgoing, WireId
from tests.fakes.resi_process import Resi, free_port
from tests.fakes.set_up import settings_in

US = "lapor@localhost"
CONNECTIONS, EACH = 16, 25
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


# -- in process --


def filed(text: str, count: int = 60) -> float:
    """Milliseconds of processor for a mail that is filed: turn, commit and answer."""
    with tempfile.TemporaryDirectory() as folder, closing(open_runtime(settings_in(Path(folder)))) as opened:

        def one(number: int) -> None:
            envelope = Envelope("mail", Address(f"w{number}@example.org"), WireId(f"{number}"), text=f"{text} {number}")
            opened.store.run(lambda tx: intake.message(tx, Incoming(envelope), opened.clock.now(), opened.context))
            compose(Outgoing(Address("w@example.org"), text, id=str(number), subject="Laporan warga"), US, "localhost")

        return _spent(one, count)


def grown(count: int = 30) -> float:
    """The same for a report that is told in five messages, all of them together."""
    with tempfile.TemporaryDirectory() as folder, closing(open_runtime(settings_in(Path(folder)))) as opened:

        def one(number: int) -> None:
            for at, text in enumerate(DRAFT):
                envelope = Envelope("telegram", Address(f"{number}"), WireId(f"{number}-{at}"), text=text)
                opened.store.run(
                    lambda tx, of=envelope: intake.message(tx, Incoming(of), opened.clock.now(), opened.context)  # type: ignore[misc]
                )

        return _spent(one, count)


def _spent(one: Callable[[int], None], count: int) -> float:
    for number in range(10):
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
                opened.store.run(
                    lambda tx, of=envelope: intake.message(tx, Incoming(of), opened.clock.now(), opened.context)  # type: ignore[misc]
                )

        return threads * each / _together(work, threads)


def _together(work: Callable[[int], None], threads: int) -> float:
    """Seconds until all have done it."""
    with ThreadPoolExecutor(threads) as crowd:
        began = time.perf_counter()
        for _ in crowd.map(work, range(threads)):
            pass
        return time.perf_counter() - began


# -- over SMTP --


class ThrowsAway:
    """Takes every mail and keeps none."""

    async def handle_DATA(self, *_: object) -> str:  # noqa: N802 - aiosmtpd's name
        """Says yes."""
        return "250 OK"


@contextmanager
def thrown_away() -> Iterator[int]:
    """A port."""
    process = subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, __file__, "sink"], stdout=subprocess.PIPE, text=True
    )
    try:
        yield int(process.stdout.readline() if process.stdout is not None else 0)
    finally:
        process.terminate()
        process.wait()


@contextmanager
def service() -> Iterator[Resi]:
    """A real `resi run`, with nothing configured."""
    with tempfile.TemporaryDirectory() as folder, Resi(Path(folder), {"LOG_LEVEL": "ERROR"}, forked=False) as resi:
        yield resi


def mails_a_second(port: int) -> tuple[float, list[float]]:
    """By sixteen connections, each mail from another address; and how long each took, in milliseconds."""
    ran = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, __file__, "send", str(port)], capture_output=True, text=True, check=True
    )
    rate, *took = ran.stdout.split()
    return float(rate), sorted(map(float, took))


def send(port: int) -> None:
    """Prints mails a second, and what each took."""
    took: list[float] = []

    def work(name: int) -> None:
        with smtplib.SMTP("127.0.0.1", port, "pc.test", timeout=120) as client:
            for number in range(EACH):
                who = f"w{name}-{number}@warga{name}.example"
                named = f"Message-ID: <{name}-{number}@{time.time_ns()}>"
                head = f"From: {who}\r\nTo: {US}\r\nSubject: Jalan\r\n{named}\r\n\r\n"
                began = time.perf_counter()
                client.sendmail(who, [US], f"{head}{SHORT} {number}\r\n".encode())
                took.append((time.perf_counter() - began) * 1000)

    print(CONNECTIONS * EACH / _together(work, CONNECTIONS), *took)


def sink() -> None:
    """Prints its port, and takes mails until it is ended."""
    port = free_port()
    Controller(ThrowsAway(), hostname="127.0.0.1", port=port).start()
    print(port, flush=True)
    asyncio.new_event_loop().run_forever()


def processor(pid: int) -> float:
    """Seconds of a process and of those below it."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    below = [
        int(each)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for each in (task / "children").read_text(encoding="ascii").split()
    ]
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + sum(map(processor, below))


# -- starting --


def starts(*command: str) -> float:
    """Seconds of processor of a command, where it finds a database already."""
    with tempfile.TemporaryDirectory() as folder:
        here = {"cwd": folder, "env": os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}}  # noqa: TID251 - handed on
        spent = 0.0
        for _ in range(2):
            before = sum(os.times()[2:4])
            subprocess.run([sys.executable, "-m", "app", *command], capture_output=True, check=False, **here)  # type: ignore[call-overload]  # noqa: S603 - ourselves
            spent = sum(os.times()[2:4]) - before
        return spent


def ready() -> float:
    """Seconds from a second start to the first 200 of /readyz."""
    with tempfile.TemporaryDirectory() as folder:
        resi = Resi(Path(folder), {"LOG_LEVEL": "ERROR"}, forked=False)
        with resi:
            resi.end()
            began = time.perf_counter()
            resi.start()
            return time.perf_counter() - began


@dataclass(frozen=True)
class Target:
    """What a figure should reach: at least, or at most."""

    name: str
    figure: float
    least: float | None = None
    most: float | None = None

    def told(self) -> str:
        """With what is wanted, where it falls short."""
        short = (self.least is not None and self.figure < self.least) or (
            self.most is not None and self.figure > self.most
        )
        wanted = f"at least {self.least:g}" if self.least is not None else f"at most {self.most:g}"
        return f"{self.name:58} {self.figure:8.3f}" + (f"   FALLS SHORT: {wanted} is wanted" if short else "")


def over_smtp() -> Iterator[Target]:
    """Beside a program that throws every mail away."""
    with thrown_away() as port:
        thrown, _ = mails_a_second(port)
    with service() as resi:
        before = processor(resi.process.pid) if resi.process is not None else 0.0
        kept, took = mails_a_second(resi.mail_port)
        spent = (processor(resi.process.pid) if resi.process is not None else 0.0) - before
    mails = CONNECTIONS * EACH
    print(f"mails over SMTP, durable, {CONNECTIONS} connections: {kept:.0f}/s, p50 {took[mails // 2]:.0f} ms; ", end="")
    print(f"thrown away: {thrown:.0f}/s")
    yield Target("SMTP, beside mails that are thrown away", kept / thrown, least=0.2)
    yield Target("a mail over SMTP, ms of all processes", spent / mails * 1000, most=5)


def in_process() -> Iterator[Target]:
    """Turns and commits alone."""
    plain, grouped = plain_commits(), grouped_turns()
    print(f"turns that file, grouped: {grouped:.0f}/s; plain commits: {plain:.0f}/s")
    yield Target("turns that file, grouped, beside plain commits", grouped / plain, least=0.3)
    yield Target("a filed mail in process, ms", filed(SHORT), most=5)
    yield Target("one of 2,000 characters, ms", filed(LONG), most=5)
    yield Target("a draft grown in five messages, ms", grown(), most=5)


def commands() -> Iterator[Target]:
    """Starts."""
    yield Target("resi --help, s of processor", starts("--help"), most=0.4)
    yield Target("resi status, s of processor", starts("status", "0" * 16), most=0.9)
    yield Target("resi case list, s of processor", starts("case", "list", "--as", "nobody"), most=0.9)
    yield Target("ready after a second start, s", ready(), most=1.5)


def main() -> None:
    """Prints a line a figure, and which fall short of what is wanted."""
    for part in (over_smtp, in_process, commands):
        for target in part():
            print(target.told(), flush=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["send", port]:
            send(int(port))
        case ["sink"]:
            sink()
        case _:
            main()
