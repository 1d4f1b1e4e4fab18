"""Mails over SMTP, beside an aiosmtpd that throws them away; who sends them is a process of its own."""

import asyncio
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.controller import Controller

from benchmarks.speed.target import Target
from benchmarks.speed.turns import ROOT, SHORT, US, together
from tests.fakes.processes import processor_of
from tests.fakes.resi_process import Resi, free_port

CONNECTIONS, EACH = 16, 25


class ThrowsAway:
    """Takes every mail and keeps none."""

    async def handle_DATA(self, *_: object) -> str:  # noqa: N802 - aiosmtpd's name
        """Says yes."""
        return "250 OK"


@contextmanager
def thrown_away() -> Iterator[int]:
    """A port."""
    process = subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-m", __name__, "sink"], stdout=subprocess.PIPE, text=True, cwd=ROOT
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


def mails_a_second(port: int, each: int = EACH) -> tuple[float, list[float]]:
    """By sixteen connections, each mail from another address; and how long each took, in milliseconds."""
    ran = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", __name__, "send", str(port), str(each)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    rate, *took = ran.stdout.split()
    return float(rate), sorted(map(float, took))


def send(port: int, each: int) -> None:
    """Prints mails a second, and what each took."""
    took: list[float] = []

    def work(name: int) -> None:
        with smtplib.SMTP("127.0.0.1", port, "pc.test", timeout=120) as client:
            for number in range(each):
                who = f"w{name}-{number}@warga{name}.example"
                named = f"Message-ID: <{name}-{number}@{time.time_ns()}>"
                head = f"From: {who}\r\nTo: {US}\r\nSubject: Jalan\r\n{named}\r\n\r\n"
                began = time.perf_counter()
                client.sendmail(who, [US], f"{head}{SHORT} {number}\r\n".encode())
                took.append((time.perf_counter() - began) * 1000)

    print(CONNECTIONS * each / together(work, CONNECTIONS), *took)


def sink() -> None:
    """Prints its port, and takes mails until it is ended."""
    port = free_port()
    Controller(ThrowsAway(), hostname="127.0.0.1", port=port).start()
    print(port, flush=True)
    asyncio.new_event_loop().run_forever()


def measured() -> Iterator[Target]:
    """Beside a program that throws every mail away."""
    with thrown_away() as port:
        thrown, _ = mails_a_second(port)
    with service() as resi:
        mails_a_second(resi.mail_port, 2)  # what is loaded behind readiness is no mail's
        before = processor_of(resi.process.pid) if resi.process is not None else 0.0
        kept, took = mails_a_second(resi.mail_port)
        spent = (processor_of(resi.process.pid) if resi.process is not None else 0.0) - before
    mails = CONNECTIONS * EACH
    print(f"mails over SMTP, durable, {CONNECTIONS} connections: {kept:.0f}/s, p50 {took[mails // 2]:.0f} ms; ", end="")
    print(f"thrown away: {thrown:.0f}/s")
    yield Target(
        "SMTP, beside mails that are thrown away", kept / thrown, least=0.2, beside="an aiosmtpd that throws away"
    )
    yield Target("a mail over SMTP, ms of all processes", spent / mails * 1000, most=5)


if __name__ == "__main__":
    if sys.argv[1:] == ["sink"]:
        sink()
    else:
        send(*map(int, sys.argv[2:]))
